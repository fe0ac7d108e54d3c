// Jobs: staging work with progress.

#include "road/job.h"

#include "api/json.h"
#include "api/reply.h"
#include "crypto/random.h"
#include "road/sql.h"

namespace fenming::road {
namespace {

constexpr std::int64_t kHold_ms = 30'000;
constexpr std::int64_t kStoreEvery_ms = 200;

struct Taken {
    JobId id;
    std::string kind;
    Area area;
    std::string input;
    AccountId account;
    StaffId staff;
    std::string channel;
    static constexpr auto fields = std::make_tuple(
        field("id", &Taken::id), field("kind", &Taken::kind), field("area", &Taken::area),
        field("input", &Taken::input), field("account_id", &Taken::account),
        field("staff_id", &Taken::staff), field("channel", &Taken::channel));
};

}  // namespace

JobDesk::JobDesk(Road& r, JobId i, std::string holder, Caller c, Area a)
    : road(r), id(i), caller(std::move(c)), area(a), holder_(std::move(holder)) {}

void JobDesk::progress(std::int64_t done, std::int64_t total) {
    if (shown) shown(done, total);
    const auto now = road.clock().now().ms;
    if (now - stored_ms_ < kStoreEvery_ms && done != total) return;
    stored_ms_ = now;
    auto tx = road.database().begin_write();
    if (tx->run(sql::progress, id, holder_, done, total, now + kHold_ms) == 0) throw Cancelled{};
    tx->commit();
}

Jobs::Jobs(Road& road, std::vector<JobKind> kinds) : road_(road) {
    for (auto& kind : kinds) kinds_.emplace(kind.name, kind);
}

Result<JobId> Jobs::start(const Caller& caller, std::string_view kind, Area area,
                          const api::Value& input) {
    const auto it = kinds_.find(kind);
    if (it == kinds_.end()) return refuse(refusal(kNoSuchJobKind).with("kind", std::string(kind)));
    auto tx = road_.database().begin_write();
    const auto now = road_.clock().now();
    TRY(road_.authoriser().may_read(*tx, road_.keys(), caller, it->second.permission, area, now));
    const JobId id{road_.ids().next(now.ms)};
    tx->run(sql::add_job, id, kind, area, api::to_json(input), caller.account, caller.staff,
            caller.channel, now);
    tx->commit();
    return id;
}

Result<api::Value> Jobs::work(JobId id, const JobKind& kind, const Caller& caller, Area area,
                              std::string_view input, const std::string& holder,
                              const std::function<void(std::int64_t, std::int64_t)>& shown) {
    JobDesk desk(road_, id, holder, caller, area);
    desk.shown = shown;
    const auto end = [&](std::string_view state, const api::Value& output) {
        auto tx = road_.database().begin_write();
        tx->run(sql::end_job, id, holder, state, api::to_json(output), road_.clock().now());
        tx->commit();
    };
    try {
        auto result = kind.work(
            desk, TRY(api::parse_json(input, {.bytes = 64U << 20U, .items = 10'000'000})));
        if (result)
            end("done", *result);
        else
            end("refused", api::Object{{"code", std::string(result.error().kind().code)}});
        return result;
    } catch (const JobDesk::Cancelled&) {
        end("cancelled", {});
        return refuse(kJobCancelled);
    } catch (const std::exception&) {
        end("failed", {});
        throw;
    }
}

bool Jobs::work_one() {
    const std::string holder = crypto::random_public_id();
    std::optional<Taken> taken;
    {
        auto tx = road_.database().begin_write();
        const auto now = road_.clock().now().ms;
        // Pen 3 is nobody's county: two workers never take one job.
        const store::Pen three[] = {{3}};
        tx->lock_pens(three);
        if (tx->run(sql::take_job, holder, now, now + kHold_ms) == 0) return false;
        taken = tx->one<Taken>(sql::held_job, holder);
        tx->commit();
    }
    check(taken.has_value(), "a job that was taken is held");
    const auto it = kinds_.find(taken->kind);
    const Caller caller{taken->account, taken->staff, taken->channel, "", {0}};
    if (it == kinds_.end()) {
        auto tx = road_.database().begin_write();
        tx->run(sql::end_job, taken->id, holder, "failed", "{}", road_.clock().now());
        tx->commit();
        return true;
    }
    [[maybe_unused]] const auto ended =
        work(taken->id, it->second, caller, taken->area, taken->input, holder, {});
    return true;
}

Result<api::Value> Jobs::run_now(const Caller& caller, std::string_view kind, Area area,
                                 const api::Value& input,
                                 const std::function<void(std::int64_t, std::int64_t)>& shown) {
    const auto id = TRY(start(caller, kind, area, input));
    const std::string holder = crypto::random_public_id();
    {
        auto tx = road_.database().begin_write();
        const auto until = road_.clock().now().ms + kHold_ms;
        if (tx->run(sql::take_this_job, id, holder, until) == 0) return refuse(kJobCancelled);
        tx->commit();
    }
    return work(id, kinds_.find(kind)->second, caller, area, api::to_json(input), holder, shown);
}

Result<JobRow> Jobs::find(const Caller& caller, JobId id) {
    return look(road_, caller, "job.read", {},
                [&](store::Tx& tx, const Scope& scope) -> Result<JobRow> {
                    auto row = tx.one<JobRow>(sql::job, id, scope);
                    if (!row) return refuse(kNoSuchJob);
                    return std::move(*row);
                });
}

Result<std::vector<JobRow>> Jobs::list(const Caller& caller, JobId before, int limit) {
    return look(road_, caller, "job.read", {},
                [&](store::Tx& tx, const Scope& scope) -> Result<std::vector<JobRow>> {
                    return tx.all<JobRow>(sql::jobs, before, limit, scope);
                });
}

Result<Done> Jobs::cancel(const Caller& caller, JobId id) {
    auto tx = road_.database().begin_write();
    const auto scope = TRY(road_.authoriser().may_read(*tx, road_.keys(), caller, "job.read", {},
                                                       road_.clock().now()));
    if (tx->run(sql::cancel_job, id, scope) == 0) return refuse(kNoSuchJob);
    tx->commit();
    return Done{};
}

}  // namespace fenming::road

// Jobs: staging work with progress.

#include "road/job.h"

#include "api/json.h"
#include "api/reply.h"
#include "crypto/random.h"
#include "road/sql.h"

namespace fenming::road {
namespace {

// Longer than any statement between two reports of progress: a job must not be taken from a worker
// that lives.
constexpr std::int64_t kHold_ms = 120'000;
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

/// Kinds of jobs and types of orders may have one name; their keys are apart.
std::string key_type(std::string_view kind) {
    return "job/" + std::string(kind);
}

struct KeyedJob {
    crypto::Digest digest{};
    JobId job;
    std::string state;
    static constexpr auto fields =
        std::make_tuple(field("order_digest", &KeyedJob::digest), field("id", &KeyedJob::job),
                        field("state", &KeyedJob::state));
    [[nodiscard]] bool came_to_nothing() const {
        return state == "refused" || state == "failed" || state == "cancelled";
    }
};

/// The job that holds the key, if it came to something.
Result<std::optional<JobId>> holder_of(store::Tx& tx, const Caller& caller, std::string_view kind,
                                       const JobCall& call) {
    if (call.key.empty()) return std::optional<JobId>();
    const auto used = tx.one<KeyedJob>(sql::keyed_job, caller.account, key_type(kind), call.key);
    if (!used || used->came_to_nothing()) return std::optional<JobId>();
    if (used->digest != call.digest) return refuse(refusal(kKeyReused).with("key", call.key));
    return std::optional<JobId>(used->job);
}

/// Why the fund said no, without what names somebody (S3), in the language that the input names.
api::Value told(const Refusal& why, const api::Value& input) {
    const auto* object = input.if_object();
    const auto* tag = object == nullptr ? nullptr : object->find("language");
    const bool is_english = tag != nullptr && tag->if_text() != nullptr && *tag->if_text() == "en";
    Refusal bare(why.kind());
    for (const auto& each : why.values())
        if (!each.is_personal) bare = std::move(bare).with(each);
    const auto sentence = say(bare, is_english ? Language::en : Language::zh_cn);
    return api::Object{{"code", std::string(why.kind().code)},
                       {"detail", sentence.says},
                       {"mend", sentence.mend},
                       {"values", values_of(why)}};
}

}  // namespace

api::Object values_of(const Refusal& refusal) {
    api::Object values;
    for (const auto& each : refusal.values())
        if (!each.is_personal)
            std::visit([&](const auto& value) { values.set(each.name, value); }, each.value);
    return values;
}

JobDesk::JobDesk(Road& r, JobId i, std::string holder, Caller c, Area a)
    : road(r), id(i), caller(std::move(c)), area(a), holder_(std::move(holder)) {}

void JobDesk::progress(std::int64_t done, std::int64_t total) {
    if (shown) shown(done, total);
    const auto now = road.clock().now().ms;
    if (now - stored_ms_ < kStoreEvery_ms && done != total && total == stored_total_) return;
    stored_ms_ = now;
    stored_total_ = total;
    auto tx = road.database().begin_write();
    if (tx->run(sql::progress, id, holder_, done, total, now + kHold_ms) == 0) throw Cancelled{};
    tx->commit();
}

std::string JobDesk::order_key() const {
    return "job/" + std::to_string(id.number);
}

Jobs::Jobs(Road& road, std::vector<JobKind> kinds) : road_(road) {
    for (auto& kind : kinds) kinds_.emplace(kind.name, kind);
}

Result<JobId> Jobs::start(const Caller& caller, std::string_view kind, Area area,
                          const api::Value& input, const JobCall& call) {
    const auto it = kinds_.find(kind);
    if (it == kinds_.end()) return refuse(refusal(kNoSuchJobKind).with("kind", std::string(kind)));
    auto tx = road_.database().begin_write();
    const auto now = road_.clock().now();
    TRY(road_.authoriser().may_read(*tx, road_.keys(), caller, it->second.permission, area, now));
    const JobId id{road_.ids().next(now.ms)};
    if (!call.key.empty()) {
        if (tx->run(sql::take_key, caller.account, key_type(kind), call.key, call.digest, id.number,
                    now) == 0) {
            if (const auto before = TRY(holder_of(*tx, caller, kind, call))) return *before;
            tx->run(sql::pass_key_on, call.digest, id, now, caller.account, key_type(kind),
                    call.key);
        }
    }
    tx->run(sql::add_job, id, kind, area, api::to_json(input), caller.account, caller.staff,
            caller.channel, now);
    tx->commit();
    return id;
}

Result<std::optional<JobId>> Jobs::started_before(const Caller& caller, std::string_view kind,
                                                  const JobCall& call) {
    auto tx = road_.database().begin_read();
    return holder_of(*tx, caller, kind, call);
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
        const auto asked = TRY(api::parse_json(input, {.bytes = 64U << 20U, .items = 10'000'000}));
        auto result = kind.work(desk, asked);
        if (result)
            end(desk.is_refused ? "refused" : "done", *result);
        else
            end("refused", told(result.error(), asked));
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
                                 const std::function<void(std::int64_t, std::int64_t)>& shown,
                                 const JobCall& call) {
    const auto id = TRY(start(caller, kind, area, input, call));
    const std::string holder = crypto::random_public_id();
    bool is_taken = false;
    {
        auto tx = road_.database().begin_write();
        const auto until = road_.clock().now().ms + kHold_ms;
        is_taken = tx->run(sql::take_this_job, id, holder, until) != 0;
        tx->commit();
    }
    if (is_taken)
        return work(id, kinds_.find(kind)->second, caller, area, api::to_json(input), holder,
                    shown);
    const auto row = TRY(find(caller, id));
    if (row.state == "done") return api::parse_json(row.output);
    if (row.state == "running" || row.state == "cancelling")
        return refuse(refusal(kJobRunning).with("job", std::to_string(id.number)));
    return refuse(kJobCancelled);
}

Result<Scope> Jobs::readable(store::Tx& tx, const Caller& caller) const {
    return road_.authoriser().may_read(tx, road_.keys(), caller, "job.read", {},
                                       road_.clock().now());
}

Result<JobRow> Jobs::find(const Caller& caller, JobId id) {
    auto tx = road_.database().begin_read();
    if (auto own = tx->one<JobRow>(sql::own_job, id, caller.account)) return std::move(*own);
    const auto scope = TRY(readable(*tx, caller));
    auto row = tx->one<JobRow>(sql::job, id, scope);
    if (!row) return refuse(kNoSuchJob);
    return std::move(*row);
}

Result<std::vector<JobRow>> Jobs::list(const Caller& caller, JobId before, int limit) {
    auto tx = road_.database().begin_read();
    const auto scope = readable(*tx, caller);
    if (!scope) return tx->all<JobRow>(sql::own_jobs, before, limit, caller.account);
    return tx->all<JobRow>(sql::jobs, before, limit, caller.account, *scope);
}

Result<Done> Jobs::cancel(const Caller& caller, JobId id) {
    auto tx = road_.database().begin_write();
    const auto now = road_.clock().now();
    if (tx->run(sql::cancel_own_job, now, id, caller.account) == 0) {
        const auto scope = TRY(readable(*tx, caller));
        if (tx->run(sql::cancel_job, now, id, scope) == 0) return refuse(kNoSuchJob);
    }
    tx->commit();
    return Done{};
}

}  // namespace fenming::road

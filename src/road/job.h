#pragma once
// Work that may take over two seconds (E7): staged without a pen, with progress, cancellable, begun
// again after a crash. A job never writes the books: it stages, then gives an order.

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/value.h"
#include "road/road.h"

namespace fenming::road {

inline constexpr RefusalKind kNoSuchJob{"road.no_such_job", 404};
inline constexpr RefusalKind kNoSuchJobKind{"road.no_such_job_kind", 422};
inline constexpr RefusalKind kJobCancelled{"road.job_cancelled", 409};
/// A job that was started with the same key is still at work.
inline constexpr RefusalKind kJobRunning{"road.job_running", 409};

/// What the work of a job sees.
class JobDesk {
public:
    JobDesk(Road& road, JobId id, std::string holder, Caller caller, Area area);

    Road& road;
    const JobId id;
    const Caller caller;  ///< the starter: the job has his rights and no others
    const Area area;

    /// Tells how far it is; stored at most every 200 ms, and always when it ends (done = total) or
    /// begins a new part (another total). Throws Cancelled when somebody cancelled and it stored.
    void progress(std::int64_t done, std::int64_t total);
    struct Cancelled {};
    /// The key of the order that posts what the job staged: a job that is begun again after its
    /// worker died posts nothing twice.
    [[nodiscard]] std::string order_key() const;
    /// The fund said no to the whole, and the answer tells why: the job ends as refused, and its
    /// key may be used again (E37).
    bool is_refused = false;
    /// Also called with every progress, e.g. by the command line's bar.
    std::function<void(std::int64_t, std::int64_t)> shown;

private:
    std::string holder_;
    std::int64_t stored_ms_ = 0;
    std::int64_t stored_total_ = -1;
};

struct JobKind {
    std::string name;        ///< folder.verb
    std::string permission;  ///< asked when the job is started
    /// The answer as JSON (ids, sums, counts: no personal data), or a refusal.
    std::function<Result<api::Value>(JobDesk&, const api::Value& input)> work;
};

struct JobRow {
    JobId id;
    std::string kind;
    Area area;
    std::string state;  ///< waiting running cancelling done refused failed cancelled
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::string output;  ///< JSON: the answer, or the problem
    AccountId account;
    Instant created;
    Instant ended;
    static constexpr auto fields =
        std::make_tuple(field("id", &JobRow::id), field("kind", &JobRow::kind),
                        field("area", &JobRow::area), field("state", &JobRow::state),
                        field("done", &JobRow::done), field("total", &JobRow::total),
                        field("output", &JobRow::output), field("account_id", &JobRow::account),
                        field("created", &JobRow::created), field("ended", &JobRow::ended));
};

/// The values of a refusal that name nobody: what a job keeps of it (S3).
api::Object values_of(const Refusal& refusal);

/// How a job is started.
struct JobCall {
    std::string key;          ///< idempotency key of the starter; "" for none
    crypto::Digest digest{};  ///< of what was asked: the same key with another one is refused
};

/// The kinds a program knows, and the work on them. Each worker thread of the server calls
/// work_one() in a loop; the command line calls run_now().
class Jobs {
public:
    Jobs(Road& road, std::vector<JobKind> kinds);

    /// Asks for the permission and stores the job as waiting. With a key that was used for the same
    /// before, that job's number; a job that came to nothing gives its key back.
    Result<JobId> start(const Caller& caller, std::string_view kind, Area area,
                        const api::Value& input, const JobCall& call = {});
    /// The job that start() would answer for this key; none if it would start one.
    Result<std::optional<JobId>> started_before(const Caller& caller, std::string_view kind,
                                                const JobCall& call);
    /// Takes the oldest waiting job, or one whose worker died; false when there is none.
    bool work_one();
    /// Starts and works it in this thread; a refusal of the work is the refusal. With a key that
    /// was used before, the answer of that job.
    Result<api::Value> run_now(const Caller& caller, std::string_view kind, Area area,
                               const api::Value& input,
                               const std::function<void(std::int64_t, std::int64_t)>& shown = {},
                               const JobCall& call = {});
    /// One's own job, or with job.read one of the area.
    Result<JobRow> find(const Caller& caller, JobId id);
    /// The newest first, before `before`: one's own, and with job.read those of the area.
    Result<std::vector<JobRow>> list(const Caller& caller, JobId before, int limit);
    /// One's own job, or with job.read one of the area. A job that has ended is not there any more.
    Result<Done> cancel(const Caller& caller, JobId id);

private:
    Result<api::Value> work(JobId id, const JobKind& kind, const Caller& caller, Area area,
                            std::string_view input, const std::string& holder,
                            const std::function<void(std::int64_t, std::int64_t)>& shown);
    Result<Scope> readable(store::Tx& tx, const Caller& caller) const;
    Road& road_;
    std::map<std::string, JobKind, std::less<>> kinds_;
};

}  // namespace fenming::road

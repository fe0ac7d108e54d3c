#pragma once
// Work that may take over two seconds (E7): staged without a pen, with progress, cancellable, begun
// again after a crash. A job never writes the books: it stages, then gives an order.

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "api/value.h"
#include "road/road.h"

namespace fenming::road {

inline constexpr RefusalKind kNoSuchJob{"road.no_such_job", 404};
inline constexpr RefusalKind kNoSuchJobKind{"road.no_such_job_kind", 422};
inline constexpr RefusalKind kJobCancelled{"road.job_cancelled", 409};

/// What the work of a job sees.
class JobDesk {
public:
    JobDesk(Road& road, JobId id, std::string holder, Caller caller, Area area);

    Road& road;
    const JobId id;
    const Caller caller;  ///< the starter: the job has his rights and no others
    const Area area;

    /// Tells how far it is; stored at most every 200 ms. Throws Cancelled when somebody cancelled.
    void progress(std::int64_t done, std::int64_t total);
    struct Cancelled {};
    /// Also called with every progress, e.g. by the command line's bar.
    std::function<void(std::int64_t, std::int64_t)> shown;

private:
    std::string holder_;
    std::int64_t stored_ms_ = 0;
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

/// The kinds a program knows, and the work on them. Each worker thread of the server calls
/// work_one() in a loop; the command line calls run_now().
class Jobs {
public:
    Jobs(Road& road, std::vector<JobKind> kinds);

    /// Asks for the permission and stores the job as waiting.
    Result<JobId> start(const Caller& caller, std::string_view kind, Area area,
                        const api::Value& input);
    /// Takes the oldest waiting job, or one whose worker died; false when there is none.
    bool work_one();
    /// Starts and works it in this thread; a refusal of the work is the refusal.
    Result<api::Value> run_now(const Caller& caller, std::string_view kind, Area area,
                               const api::Value& input,
                               const std::function<void(std::int64_t, std::int64_t)>& shown = {});
    Result<JobRow> find(const Caller& caller, JobId id);
    Result<std::vector<JobRow>> list(const Caller& caller, JobId before, int limit);
    Result<Done> cancel(const Caller& caller, JobId id);

private:
    Result<api::Value> work(JobId id, const JobKind& kind, const Caller& caller, Area area,
                            std::string_view input, const std::string& holder,
                            const std::function<void(std::int64_t, std::int64_t)>& shown);
    Road& road_;
    std::map<std::string, JobKind, std::less<>> kinds_;
};

}  // namespace fenming::road

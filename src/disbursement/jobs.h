#pragma once
// Long work of paying as jobs (E7): taking a roster in, checking a large batch. A job's row holds
// ids, counts, sums, codes and places only (S3): the roster lies encrypted in the file store, and
// so does the report that repeats what somebody wrote.

#include <functional>
#include <string_view>
#include <vector>

#include "disbursement/roster.h"
#include "road/job.h"

namespace fenming::disbursement {

/// disbursement.import_roster: {"batch","rows","accepted","refused","registered","total_fen",
/// "errors":[{"row","column","code","values"}],"errors_left_out","errors_file"}; the file is the
/// report in full, `errors_file` is "" when there is no more to say. Refused if nothing was posted.
/// disbursement.check_batch: the receipt of the check.
std::vector<road::JobKind> job_kinds();

using Shown = std::function<void(std::int64_t, std::int64_t)>;

/// Keeps the roster, and starts the job on it; `options.key` is the key of the job. Sentences of
/// the report are in `language`.
Result<JobId> start_roster(road::Road& road, road::Jobs& jobs, const road::Caller& caller,
                           std::string_view bytes, const RosterOptions& options, Language language);
/// The same, worked at once; answers the report in full, as to_json(RosterReport) makes it.
Result<api::Value> run_roster(road::Road& road, road::Jobs& jobs, const road::Caller& caller,
                              std::string_view bytes, const RosterOptions& options,
                              Language language, const Shown& shown = {});
/// Checks a batch as a job, worked at once; answers the receipt.
Result<api::Value> run_check(road::Road& road, road::Jobs& jobs, const road::Caller& caller,
                             BatchId batch, const Shown& shown = {});

}  // namespace fenming::disbursement

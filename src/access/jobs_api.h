#pragma once
// The routes of long work. They stand here because the road knows no requests of its own.

#include <vector>

#include "access/visit.h"
#include "api/route.h"
#include "road/job.h"

namespace fenming::access {

/// The report of a job repeats what its starter wrote: nobody else has it.
inline constexpr RefusalKind kNotYourJob{"access.not_your_job", 403};

/// List, show, errors, cancel. Handlers expect a Visit. A job whose output names an `errors_file`
/// keeps there a JSON report with "errors" (sheet, row, column, value, code, message, mend) and
/// "errors_left_out".
std::vector<api::Route> job_routes(road::Road& road, road::Jobs& jobs);

}  // namespace fenming::access

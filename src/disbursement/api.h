#pragma once
// The routes of this folder.

#include <vector>

#include "api/route.h"
#include "road/job.h"
#include "road/road.h"

namespace fenming::disbursement {

/// Handlers expect an access::Visit. `jobs` knows job_kinds().
std::vector<api::Route> routes(road::Road& road, road::Jobs& jobs);

}  // namespace fenming::disbursement

#pragma once
// The routes of this folder.

#include <vector>

#include "api/route.h"
#include "road/road.h"

namespace fenming::workflow {

/// The inbox, the acts of a case, deputies. Handlers expect an access::Visit.
std::vector<api::Route> routes(road::Road& road);

}  // namespace fenming::workflow

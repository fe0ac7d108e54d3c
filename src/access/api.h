#pragma once
// The routes of this folder.

#include <vector>

#include "access/visit.h"
#include "api/route.h"

namespace fenming::access {

/// Signing in, one's own account, the administrators' orders, lists. Handlers expect a Visit.
std::vector<api::Route> routes(road::Road& road);
/// The lists alone; routes() has them.
void add_list_routes(std::vector<api::Route>& routes, road::Road& road);

}  // namespace fenming::access

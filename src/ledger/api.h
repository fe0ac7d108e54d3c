#pragma once
// The routes of this folder.

#include <vector>

#include "api/route.h"
#include "road/road.h"

namespace fenming::ledger {

/// Lines with their balances, a line's path, parts and statement, rates; closing and reversing.
/// Handlers expect an access::Visit.
std::vector<api::Route> routes(road::Road& road);

}  // namespace fenming::ledger

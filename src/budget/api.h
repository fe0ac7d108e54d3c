#pragma once
// The routes of this folder.

#include <vector>

#include "api/route.h"
#include "road/road.h"

namespace fenming::budget {

/// Importing, documents, what becomes of pending ones, splitting, adjusting, opening. Handlers
/// expect an access::Visit.
std::vector<api::Route> routes(road::Road& road);

}  // namespace fenming::budget

#pragma once
// The routes that belong to the whole: health, the description of all routes, events.

#include <string_view>
#include <vector>

#include "api/route.h"
#include "road/road.h"

namespace fenming::server {

/// Adds them to the routes of the folders; the description holds itself, too.
void add_routes(std::vector<api::Route>& all, road::Road& road, std::string_view version);

}  // namespace fenming::server

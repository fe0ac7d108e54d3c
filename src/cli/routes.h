#pragma once
// Every route of the program, in the order of src/LEVELS.

#include <vector>

#include "api/route.h"
#include "cli/program.h"

namespace fenming::cli {

std::vector<api::Route> all_routes(Program& program);

}  // namespace fenming::cli

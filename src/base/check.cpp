// Where a Bug is thrown: what did not hold, and at which line of ours.

#include "base/check.h"

#include <string_view>

namespace fenming {

void bug(const char* what, const char* file, int line) {
    // A place from src/ on: the folder it was built in is nobody's business.
    std::string_view place = file;
    if (const auto src = place.rfind("/src/"); src != place.npos) place.remove_prefix(src + 1);
    throw Bug(std::string(what) + " (" + std::string(place) + ":" + std::to_string(line) + ")");
}

}  // namespace fenming

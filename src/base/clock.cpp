// The machine's clock, read here and nowhere else.

#include "base/clock.h"

#include <chrono>

namespace fenming {

Instant SystemClock::now() const {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

}  // namespace fenming

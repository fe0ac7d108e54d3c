#pragma once
// Scope: the areas a query may see. Only the authoriser makes one, and every statement on a table
// with areas takes one, so that a query without a right does not compile (E3, DESIGN §4).

#include <cstdint>

#include "base/area.h"

namespace fenming {

class Scope {
public:
    /// Codes in [low, end).
    [[nodiscard]] std::int64_t low() const { return low_; }
    [[nodiscard]] std::int64_t end() const { return end_; }
    [[nodiscard]] bool contains(Area area) const { return area.code >= low_ && area.code < end_; }

private:
    Scope(std::int64_t low, std::int64_t end) : low_(low), end_(end) {}
    std::int64_t low_;
    std::int64_t end_;
    friend class ScopeMaker;
};

/// Whoever may make a scope derives from this: the road's Authoriser, and `verify` and migrations,
/// which see the whole by their nature. tools/tidy.py lists who derives.
class ScopeMaker {
protected:
    static Scope scope_of(Area area) { return {area.code, area.end()}; }
    static Scope scope_of_everything() { return {0, std::int64_t{1} << 62}; }
};

}  // namespace fenming

#pragma once
// Spans of days in which a fact holds, and how a new fact cuts an older one (E6). Pure.

#include <algorithm>
#include <vector>

#include "base/date.h"

namespace fenming::registry {

/// From the first day to the last: `from` none = since ever, `to` none = still. `to` is the first
/// day on which it holds no longer.
struct Span {
    Date from;
    Date to;
    friend bool operator==(const Span&, const Span&) = default;

    /// Holds at least one day.
    [[nodiscard]] bool is_sound() const { return to.is_none() || from < to; }
    [[nodiscard]] bool holds_on(Date day) const {
        return from <= day && (to.is_none() || day < to);
    }
};

/// At least one day in common.
inline bool overlap(const Span& a, const Span& b) {
    return (b.to.is_none() || a.from < b.to) && (a.to.is_none() || b.from < a.to);
}

/// What is left of `old` when `now` takes its days: none, one or two spans, in order.
inline std::vector<Span> left_of(const Span& old, const Span& now) {
    if (!overlap(old, now)) return {old};
    std::vector<Span> left;
    if (old.from < now.from) left.push_back({old.from, now.from});
    if (!now.to.is_none() && (old.to.is_none() || now.to < old.to))
        left.push_back({now.to, old.to});
    return left;
}

}  // namespace fenming::registry

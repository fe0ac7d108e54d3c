#pragma once
// The only way to learn the time. Tests, demos and the simulator hand in their own.

#include <atomic>

#include "base/date.h"

namespace fenming {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] Date today() const { return beijing_date(now()); }
};

/// The machine's clock; clock.cpp alone may ask it.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

/// A clock that stands where it is put. Only tests and databases marked demo accept one (S19).
class SetClock final : public Clock {
public:
    explicit SetClock(Instant at) : ms_(at.ms) {}
    [[nodiscard]] Instant now() const override { return {ms_.load()}; }
    void set(Instant at) { ms_ = at.ms; }
    void advance_ms(std::int64_t ms) { ms_ += ms; }

private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace fenming

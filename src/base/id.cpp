// Minting ids: 41 bits of milliseconds since 2020 | 8 bits of node | 14 bits of counter (E38).

#include "base/id.h"

#include <algorithm>

#include "base/check.h"

namespace fenming {
namespace {

constexpr int kCounterBits = 14;
constexpr int kNodeBits = 8;
constexpr int kMsShift = kCounterBits + kNodeBits;
constexpr std::int64_t kCounterMask = (std::int64_t{1} << kCounterBits) - 1;
constexpr std::int64_t kNodeMask = (std::int64_t{1} << kNodeBits) - 1;
constexpr std::int64_t kEpochMs = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr std::int64_t kPlaces = std::int64_t{1} << (63 - kNodeBits);
constexpr std::int64_t kLargestBlock = std::int64_t{1} << 32;

std::int64_t place_of(std::int64_t id) {
    return id >> kMsShift << kCounterBits | (id & kCounterMask);
}

std::int64_t id_at(std::int64_t place, std::int64_t node) {
    return place >> kCounterBits << kMsShift | node << kCounterBits | (place & kCounterMask);
}

}  // namespace

IdSource::IdSource(int node, std::int64_t floor) : node_(node), last_place_(0) {
    check(node >= 0 && node <= kNodeMask, "an id's node has 8 bits");
    raise(floor);
}

void IdSource::raise(std::int64_t floor) {
    check(floor >= 0, "an id is not negative");
    std::int64_t place = place_of(floor);
    // Another node's bits outweigh our counter within the same millisecond: pass it over whole.
    if (node_of(floor) != node_) place |= kCounterMask;
    const std::lock_guard lock(mutex_);
    last_place_ = std::max(last_place_, place);
}

std::int64_t IdSource::block(std::int64_t now_ms, std::int64_t count) {
    check(count >= 1 && count <= kLargestBlock, "a block holds 1 to 2^32 ids");
    const std::int64_t now = std::max<std::int64_t>(now_ms - kEpochMs, 0);
    check(now < kPlaces >> kCounterBits, "the milliseconds of ids are used up");
    const std::lock_guard lock(mutex_);
    const std::int64_t first = std::max(last_place_ + 1, now << kCounterBits);
    check(first < kPlaces - count, "the milliseconds of ids are used up");
    last_place_ = first + count - 1;
    return id_at(first, node_);
}

std::int64_t IdSource::step(std::int64_t id, std::int64_t by) {
    check(id > 0 && by >= 0 && by < kPlaces - place_of(id), "ids step forward within 63 bits");
    return id_at(place_of(id) + by, node_of(id));
}

std::int64_t IdSource::ms_of(std::int64_t id) {
    return (id >> kMsShift) + kEpochMs;
}

int IdSource::node_of(std::int64_t id) {
    return static_cast<int>(id >> kCounterBits & kNodeMask);
}

}  // namespace fenming

#pragma once
// Strong ids, and where they come from.

#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace fenming {

/// A row's name. Ids of different kinds do not mix. 0 means "none". In JSON an id is a string,
/// since 63 bits do not fit a JavaScript number.
template <class Tag>
struct Id {
    std::int64_t number = 0;
    friend constexpr auto operator<=>(Id, Id) = default;
    explicit constexpr operator bool() const { return number != 0; }
};

/// The id of an order that passed the road: the name under which the trail holds what it wrote.
using OrderId = Id<struct OrderTag>;
using PersonId = Id<struct PersonTag>;              ///< somebody who may receive money
using PayeeAccountId = Id<struct PayeeAccountTag>;  ///< a bank account money goes to
using StaffId = Id<struct StaffTag>;      ///< somebody who works here (a person, not an account)
using AccountId = Id<struct AccountTag>;  ///< a sign-in account of a staff person
using AllotmentId = Id<struct AllotmentTag>;
using DocumentId = Id<struct DocumentTag>;
using BatchId = Id<struct BatchTag>;
using LineId = Id<struct LineTag>;
using CaseId = Id<struct CaseTag>;
using TaskId = Id<struct TaskTag>;
using JobId = Id<struct JobTag>;
using FileId = Id<struct FileTag>;

/// Mints time-ordered 63-bit ids (E38): 41 bits of milliseconds since 2020, 8 bits of node, 14 bits
/// of counter. A full counter borrows the next millisecond; ids never go backwards, whatever the
/// clock does. Thread-safe.
///
/// Within a node, (millisecond, counter) is one number of 55 bits, its *place*, that only counts
/// up. A block is a run of places without a gap: ids step by 1 while the counter lasts; the id
/// after a full counter (…3FFF) is counter 0 of the node's next millisecond, with the same node
/// bits.
class IdSource {
public:
    /// `node` 0…255 is leased in the store; `floor` ≥ 0 is the greatest id already stored, by any
    /// node: every id minted is greater.
    IdSource(int node, std::int64_t floor);

    /// One id at or after `now_ms` (Unix milliseconds).
    std::int64_t next(std::int64_t now_ms) { return block(now_ms, 1); }
    /// The first of `count` (1…2^32) ids that belong to the caller alone; the others are
    /// step(first) and so on, or step(first, n). It is a Bug if the 41 bits end (September 2089).
    std::int64_t block(std::int64_t now_ms, std::int64_t count);
    /// From now on every id minted is greater than `floor`, an id that another node stored.
    void raise(std::int64_t floor);
    /// The id `by` ≥ 0 places after `id` in a block of the same node (skips the other nodes' bits).
    [[nodiscard]] static std::int64_t step(std::int64_t id, std::int64_t by = 1);
    /// The moment in an id, in Unix milliseconds.
    [[nodiscard]] static std::int64_t ms_of(std::int64_t id);
    /// The node in an id, 0…255.
    [[nodiscard]] static int node_of(std::int64_t id);

private:
    std::mutex mutex_;
    const std::int64_t node_;
    std::int64_t last_place_;  // the greatest place handed out or passed over
};

}  // namespace fenming

template <class Tag>
struct std::hash<fenming::Id<Tag>> {
    std::size_t operator()(fenming::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.number);
    }
};

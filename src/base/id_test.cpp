// Ids (E38): the layout, the clock going back, full counters, floors, threads.

#include "base/id.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include "base/check.h"

namespace fenming {
namespace {

constexpr std::int64_t kEpochMs = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr std::int64_t kNowMs = 1'795'500'829'123;
constexpr std::int64_t kFullCounter = (1 << 14) - 1;

std::int64_t counter_of(std::int64_t id) {
    return id & kFullCounter;
}

TEST(IdSource, Layout) {
    IdSource ids(5, 0);
    const std::int64_t first = ids.next(kNowMs);
    EXPECT_EQ(first, (kNowMs - kEpochMs) << 22 | 5 << 14);
    EXPECT_EQ(IdSource::ms_of(first), kNowMs);
    EXPECT_EQ(IdSource::node_of(first), 5);
    EXPECT_EQ(ids.next(kNowMs), first + 1);
    const std::int64_t later = ids.next(kNowMs + 1);
    EXPECT_EQ(IdSource::ms_of(later), kNowMs + 1);
    EXPECT_EQ(counter_of(later), 0);
}

TEST(IdSource, TheClockGoesBackTheIdsDoNot) {
    IdSource ids(255, 0);
    const std::int64_t first = ids.next(kNowMs);
    EXPECT_EQ(ids.next(kNowMs - 3'600'000), first + 1);
    EXPECT_EQ(ids.next(0), first + 2);
    EXPECT_EQ(ids.next(-1), first + 3);
    EXPECT_EQ(ids.next(kNowMs), first + 4);
}

TEST(IdSource, AFullCounterBorrowsTheNextMillisecond) {
    IdSource ids(7, 0);
    std::int64_t id = ids.next(kNowMs);
    for (std::int64_t count = 0; count < kFullCounter; ++count) {
        const std::int64_t next = ids.next(kNowMs);
        ASSERT_EQ(next, id + 1);
        id = next;
    }
    EXPECT_EQ(counter_of(id), kFullCounter);
    const std::int64_t borrowed = ids.next(kNowMs);
    EXPECT_EQ(IdSource::ms_of(borrowed), kNowMs + 1);
    EXPECT_EQ(IdSource::node_of(borrowed), 7);
    EXPECT_EQ(counter_of(borrowed), 0);
    EXPECT_EQ(borrowed, IdSource::step(id));
    EXPECT_EQ(ids.next(kNowMs + 1), borrowed + 1);
}

TEST(IdSource, ABlockRunsOnThroughMilliseconds) {
    IdSource ids(9, 0);
    (void)ids.next(kNowMs);
    const std::int64_t first = ids.block(kNowMs, 100'000);
    EXPECT_EQ(counter_of(first), 1);
    std::int64_t id = first;
    for (std::int64_t count = 1; count < 100'000; ++count) {
        const std::int64_t next = IdSource::step(id);
        ASSERT_GT(next, id);
        ASSERT_EQ(IdSource::node_of(next), 9);
        ASSERT_TRUE(next == id + 1 || counter_of(id) == kFullCounter);
        ASSERT_EQ(next, IdSource::step(first, count));
        id = next;
    }
    EXPECT_EQ(IdSource::ms_of(id), kNowMs + 100'000 / (kFullCounter + 1));
    EXPECT_EQ(ids.next(kNowMs), IdSource::step(id)) << "the block is the caller's alone";
    EXPECT_EQ(IdSource::step(first, 0), first);
}

TEST(IdSource, EveryIdIsAboveTheFloor) {
    struct Row {
        int node;
        int floor_node;
        std::int64_t floor_counter;
    };
    const Row rows[] = {{3, 3, 17},  {3, 200, 0}, {200, 3, kFullCounter}, {3, 200, kFullCounter},
                        {0, 255, 5}, {255, 0, 5}, {3, 3, kFullCounter}};
    for (const Row& row : rows) {
        const std::int64_t floor =
            (kNowMs - kEpochMs) << 22 | row.floor_node << 14 | row.floor_counter;
        for (const std::int64_t now : {kNowMs - 1'000, kNowMs, kNowMs + 1'000}) {
            IdSource ids(row.node, floor);
            const std::int64_t first = ids.next(now);
            EXPECT_GT(first, floor);
            EXPECT_EQ(IdSource::node_of(first), row.node);
            EXPECT_LE(IdSource::ms_of(first), std::max(now, kNowMs + 1));
        }
    }
}

TEST(IdSource, NoIdIsZero) {
    IdSource ids(0, 0);
    EXPECT_GT(ids.next(0), 0);
    EXPECT_GT(ids.next(kEpochMs), 0);
}

TEST(IdSource, Bugs) {
    EXPECT_THROW(IdSource(-1, 0), Bug);
    EXPECT_THROW(IdSource(256, 0), Bug);
    EXPECT_THROW(IdSource(0, -1), Bug);
    IdSource ids(0, 0);
    EXPECT_THROW((void)ids.block(kNowMs, 0), Bug);
    EXPECT_THROW((void)ids.block(kNowMs, -1), Bug);
    EXPECT_THROW((void)ids.block(kNowMs, (std::int64_t{1} << 32) + 1), Bug);
    EXPECT_THROW((void)ids.next(kEpochMs + (std::int64_t{1} << 41)), Bug);
    EXPECT_THROW((void)ids.next(INT64_MAX), Bug);
    EXPECT_THROW((void)IdSource::step(0), Bug);
    EXPECT_THROW((void)IdSource::step(1, -1), Bug);
    // The very last millisecond still has its ids, and a floor there has none above it.
    const std::int64_t last = kEpochMs + (std::int64_t{1} << 41) - 1;
    EXPECT_GT(ids.next(last), 0);
    IdSource full(0, INT64_MAX);
    EXPECT_THROW((void)full.next(kNowMs), Bug);
}

TEST(IdSource, ThreadsNeverShareAnId) {
    IdSource ids(1, 0);
    std::vector<std::vector<std::int64_t>> minted(4);
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < minted.size(); ++each) {
        threads.emplace_back([&, each] {
            for (std::int64_t turn = 0; turn < 5'000; ++turn) {
                // Clocks that disagree, single ids and blocks mixed.
                const std::int64_t now = kNowMs + (turn * 7 + static_cast<std::int64_t>(each)) % 5;
                const std::int64_t count = 1 + turn % 9;
                const std::int64_t first = ids.block(now, count);
                for (std::int64_t at = 0; at < count; ++at) {
                    minted[each].push_back(IdSource::step(first, at));
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();

    std::set<std::int64_t> all;
    std::size_t count = 0;
    for (const auto& mine : minted) {
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end())) << "each thread sees time go forward";
        all.insert(mine.begin(), mine.end());
        count += mine.size();
    }
    EXPECT_EQ(all.size(), count);
}

// Whatever the clock does, each block begins above the end of the last and not before its time.
RC_GTEST_PROP(IdSourceProperty, BlocksFollowOneAnother, ()) {
    const int node = *rc::gen::inRange(0, 256);
    const std::int64_t floor = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 60);
    IdSource ids(node, floor);
    std::int64_t last = floor;
    const auto steps =
        *rc::gen::container<std::vector<std::pair<std::int64_t, std::int64_t>>>(rc::gen::pair(
            rc::gen::inRange<std::int64_t>(-100, 100), rc::gen::inRange<std::int64_t>(1, 40'000)));
    std::int64_t now = kNowMs;
    for (const auto& [drift, count] : steps) {
        now += drift;
        const std::int64_t first = ids.block(now, count);
        RC_ASSERT(first > last);
        RC_ASSERT(IdSource::node_of(first) == node);
        RC_ASSERT(IdSource::ms_of(first) >= now);
        last = IdSource::step(first, count - 1);
        RC_ASSERT(last >= first && IdSource::node_of(last) == node);
    }
}

// Nodes never mint the same id, even at the same moment.
RC_GTEST_PROP(IdSourceProperty, NodesNeverMeet, (std::uint8_t a, std::uint8_t b)) {
    RC_PRE(a != b);
    IdSource left(a, 0), right(b, 0);
    std::set<std::int64_t> all;
    for (int turn = 0; turn < 50; ++turn) {
        all.insert(left.next(kNowMs));
        all.insert(right.next(kNowMs));
    }
    RC_ASSERT(all.size() == 100u);
}

static_assert(!std::is_convertible_v<PersonId, StaffId> && !std::is_convertible_v<PersonId, int>);
static_assert(!PersonId{} && PersonId{1} && PersonId{1} < PersonId{2});

}  // namespace
}  // namespace fenming

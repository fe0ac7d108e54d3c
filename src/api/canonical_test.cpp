// The canonical bytes: fixed for ever, and different for every difference.

#include "api/canonical.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "api/sample_for_test.h"

namespace fenming::api {
namespace {

using sample::Confidential;
using sample::Line;
using sample::Mark;
using sample::Whole;

/// The form itself. If this changes, digests in every database stop matching: don't.
TEST(Canonical, FormIsFixed) {
    const Line line{{7}, Money::fen(-1), "低"};
    EXPECT_EQ(to_hex(canonical_bytes(line)),
              "6f00000022"  // o, 34 bytes
              "6400000008"
              "0000000000000007"  // d
              "6d00000008"
              "ffffffffffffffff"  // m
              "7300000003"
              "e4bd8e");  // s
    const Line absent{{7}, Money::fen(-1), std::nullopt};
    EXPECT_EQ(to_hex(canonical_bytes(absent)),
              "6f0000001f"
              "6400000008"
              "0000000000000007"
              "6d00000008"
              "ffffffffffffffff"
              "6e00000000");  // n
}

TEST(Canonical, FormOfEveryTypeIsFixed) {
    Whole whole;
    whole.is_urgent = true;
    whole.day = *parse_date("2026-03-05");
    whole.month = {2026, 3};
    whole.period = *parse_period("2026Q1");
    whole.at = {1};
    whole.area = {430408001002};
    whole.seal = {0xAB};
    whole.tags = {"x"};
    EXPECT_EQ(to_hex(canonical_bytes(whole)),
              "6f000000b9"
              "620000000101"                    // b
              "69000000080000000000000000"      // i
              "69000000080000000000000000"      // i, narrower
              "7300000000"                      // s
              "6d000000080000000000000000"      // m
              "64000000080000000000000000"      // d
              "740000000a323032362d30332d3035"  // t
              "7500000007323032362d3033"        // u
              "7000000006323032365131"          // p
              "61000000080000000000000001"      // a
              "7200000008000000643650e5ea"      // r
              "6500000006646972656374"          // e, "direct"
              "7900000001ab"                    // y
              "7600000000"                      // v, empty
              "7600000006730000000178"          // v of one s
              "6e000000006e000000006e000000006e000000006e00000000");
}

/// Goal: whatever differs in an order differs in its bytes. Method: one change each from one
/// origin.
TEST(Canonical, EveryDifferenceShows) {
    const std::function<void(Whole&)> changes[] = {
        [](Whole&) {},
        [](Whole& w) { w.is_urgent = true; },
        [](Whole& w) { w.count = 1; },
        [](Whole& w) { w.small = 1; },
        [](Whole& w) { w.total_fen = Money::fen(1); },
        [](Whole& w) { w.name = "a"; },
        [](Whole& w) { w.name = std::string("a\0", 2); },
        [](Whole& w) { w.batch = {1}; },
        [](Whole& w) { w.day = *parse_date("2026-01-01"); },
        [](Whole& w) {
            w.month = {2026, 1};
        },
        [](Whole& w) { w.period = *parse_period("2026"); },
        [](Whole& w) { w.at = {1}; },
        [](Whole& w) { w.area = {430000000000}; },
        [](Whole& w) { w.mark = Mark::tracked; },
        [](Whole& w) { w.seal = {0}; },
        [](Whole& w) { w.tags = {"ab"}; },
        [](Whole& w) {
            w.tags = {"a", "b"};
        },
        [](Whole& w) {
            w.tags = {"ab", ""};
        },
        [](Whole& w) {
            w.tags = {"", "ab"};
        },
        [](Whole& w) { w.lines = {{}}; },
        [](Whole& w) {
            w.lines = {{}, {}};
        },
        [](Whole& w) {
            w.lines = {{{}, {}, ""}};
        },  // an empty note is not an absent one
        [](Whole& w) { w.cap_fen = Money(); },
        [](Whole& w) { w.parent = BatchId(); },
        [](Whole& w) { w.until = Date(); },
        [](Whole& w) { w.second_mark = Mark::direct; },
        [](Whole& w) { w.first = Line(); },
    };
    std::set<Bytes> seen;
    for (const auto& change : changes) {
        Whole whole;
        change(whole);
        EXPECT_TRUE(seen.insert(canonical_bytes(whole)).second) << "change " << seen.size();
    }
}

TEST(Canonical, HoldsSecrets) {
    Confidential a;
    a.id_number = Secret<std::string>("430408199001011234");
    Confidential b = a;
    EXPECT_EQ(canonical_bytes(a), canonical_bytes(b));
    b.id_number = Secret<std::string>("430408199001011235");
    EXPECT_NE(canonical_bytes(a), canonical_bytes(b));
    EXPECT_EQ(to_hex(canonical_bytes(Confidential())), "6f0000000a73000000006e00000000");
}

}  // namespace
}  // namespace fenming::api

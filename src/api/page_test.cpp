// Pages and their cursors.

#include "api/page.h"

#include <gtest/gtest.h>

#include <random>

#include "api/sample_for_test.h"

namespace fenming::api {
namespace {

using sample::Line;
using sample::verdict;

/// Not a real MAC, but every byte of input and key shows in it: enough to see that it is asked.
CursorMac mac_with(std::uint64_t key) {
    return [key](BytesView bytes) {
        std::uint64_t state = key * 0x9E3779B97F4A7C15U + 1;
        for (const std::uint8_t byte : bytes) state = (state ^ byte) * 0x100000001B3U;
        std::array<std::uint8_t, 32> out{};
        for (std::uint8_t& byte : out) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            byte = static_cast<std::uint8_t>(state >> 56U);
        }
        return out;
    };
}

Request with_query(std::string_view query) {
    Request request;
    request.query = *parse_query(query);
    return request;
}

TEST(Page, ReadsLimitAndAfter) {
    struct Row {
        std::string_view query;
        std::string_view read;
    };
    const Row rows[] = {
        // clang-format off
        {"",                        "50 "},
        {"limit=1",                 "1 "},
        {"limit=500&after=xyz",     "500 xyz"},
        {"limit=&year=2026",        "50 "},
        {"limit=0",                 "api.page_limit ?limit"},
        {"limit=501",               "api.page_limit ?limit"},
        {"limit=-1",                "api.page_limit ?limit"},
        {"limit=all",               "api.not_a_number ?limit"},
        {"limit=1&limit=2",         "api.query_twice ?limit"},
        // clang-format on
    };
    for (const Row& row : rows) {
        const auto page = read_page(with_query(row.query));
        EXPECT_EQ(page ? std::to_string(page->limit) + " " + page->after : verdict(page), row.read);
    }
}

TEST(Cursor, OpensOnlyWhereItWasMade) {
    const CursorMac mac = mac_with(1);
    const Date day = *parse_date("2026-03-05");
    const std::string cursor = encode_cursor(mac, "batches area=430408", day, BatchId{17});
    EXPECT_EQ(cursor.find_first_of("+/= &"), std::string::npos) << "it stands in URLs";

    const auto key = decode_cursor<Date, BatchId>(mac, "batches area=430408", cursor);
    ASSERT_TRUE(key) << verdict(key);
    EXPECT_EQ(*key, std::make_tuple(day, BatchId{17}));

    const auto opened = [](const auto& result) { return verdict(result); };
    constexpr std::string_view kNo = "api.bad_cursor ?after";
    EXPECT_EQ(opened(decode_cursor<Date, BatchId>(mac, "batches area=430100", cursor)), kNo);
    EXPECT_EQ(opened(decode_cursor<Date, BatchId>(mac_with(2), "batches area=430408", cursor)),
              kNo);
    // Rightly signed, but for a list whose key has changed with a release.
    constexpr std::string_view kList = "batches area=430408";
    EXPECT_EQ(opened(decode_cursor<Date>(mac, kList, cursor)), kNo);
    EXPECT_EQ(opened(decode_cursor<BatchId, Date>(mac, kList, cursor)), kNo);
    EXPECT_EQ(opened(decode_cursor<Date, Money>(mac, kList, cursor)), kNo);
}

/// Goal: no bent cursor opens. Method: every single-character change, cut and noise.
TEST(Cursor, CannotBeForged) {
    const CursorMac mac = mac_with(1);
    const std::string cursor = encode_cursor(mac, "list", std::int64_t{5}, std::string("k"));
    const auto opens = [&](const std::string& text) {
        return decode_cursor<std::int64_t, std::string>(mac, "list", text).has_value();
    };
    ASSERT_TRUE(opens(cursor));
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        for (const char c : std::string("Ab0-_=+/%")) {
            std::string bent = cursor;
            bent[i] = c;
            EXPECT_EQ(opens(bent), bent == cursor) << i << c;
        }
        EXPECT_FALSE(opens(cursor.substr(0, i)));
    }
    EXPECT_FALSE(opens(cursor + "A"));
    EXPECT_FALSE(opens(std::string(100'000, 'A')));
    std::mt19937 random(3);
    for (int i = 0; i < 10'000; ++i) {
        std::string noise;
        for (std::size_t n = random() % 100; n > 0; --n)
            noise.push_back("ABCDEFGHabcdefgh01234567-_"[random() % 26]);
        EXPECT_FALSE(opens(noise));
    }
}

TEST(Page, TellsWhetherThereAreMore) {
    std::vector<Line> rows;
    for (int i = 1; i <= 3; ++i) rows.push_back({{i}, Money::fen(i), std::nullopt});
    const auto cursor_of = [](const Line& line) {
        return "after-" + std::to_string(line.person.number);
    };

    const Value some = page_of(rows, Page{2, ""}, cursor_of);
    EXPECT_EQ(some.at("/items")->if_array()->size(), 2U);
    EXPECT_EQ(*some.at("/next"), "after-2");

    const Value all = page_of(rows, Page{3, ""}, cursor_of);
    EXPECT_EQ(all.at("/items")->if_array()->size(), 3U);
    EXPECT_TRUE(all.at("/next")->is_null());

    EXPECT_EQ(to_json(page_of(std::vector<Line>(), Page(), cursor_of)),
              R"({"items":[],"next":null})");
}

}  // namespace
}  // namespace fenming::api

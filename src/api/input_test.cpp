// What handlers read from requests.

#include "api/input.h"

#include <gtest/gtest.h>

#include "api/sample_for_test.h"

namespace fenming::api {
namespace {

using sample::Line;
using sample::Mark;
using sample::verdict;

struct Filter {
    std::int64_t year = 0;
    std::optional<Area> area;
    std::optional<bool> is_open;
    std::optional<std::string> name;
    std::optional<Money> least_fen;
    std::optional<int> month;
    std::vector<Mark> mark;
    static constexpr auto fields =
        std::make_tuple(field("year", &Filter::year, "of the allotment"),
                        field("area", &Filter::area), field("is_open", &Filter::is_open),
                        field("name", &Filter::name), field("least_fen", &Filter::least_fen),
                        field("month", &Filter::month), field("mark", &Filter::mark));
};

Request with_query(std::string_view query) {
    Request request;
    request.query = *parse_query(query);
    return request;
}

TEST(Input, ReadsQueries) {
    const auto read = read_query<Filter>(with_query(
        "year=2026&area=430408&is_open=true&name=&least_fen=-5&month=&mark=other&mark=direct"));
    ASSERT_TRUE(read) << verdict(read);
    EXPECT_EQ(read->year, 2026);
    EXPECT_EQ(read->area, Area{430408000000});
    EXPECT_EQ(read->is_open, true);
    EXPECT_EQ(read->name, "");
    EXPECT_EQ(read->least_fen, Money::fen(-5));
    EXPECT_EQ(read->month, std::nullopt);
    EXPECT_EQ(read->mark, (std::vector<Mark>{Mark::other, Mark::direct}));
    EXPECT_TRUE(read_query<Filter>(with_query("year=2026"))->mark.empty());
    EXPECT_TRUE(read_query<NoQuery>(with_query("")));
}

/// Goal: every way a query can be wrong. Method: one row per case.
TEST(Input, RefusesQueries) {
    struct Row {
        std::string_view query;
        std::string_view verdict;
    };
    const Row rows[] = {
        // clang-format off
        {"",                        "api.missing_field ?year"},
        {"year=",                   "api.not_a_number ?year"},
        {"year=2026x",              "api.not_a_number ?year"},
        {"year=+2026",              "api.not_a_number ?year"},
        {"year=99999999999999999999", "api.not_a_number ?year"},
        {"year=2026&year=2025",     "api.query_twice ?year"},
        {"year=2026&yaer=2025",     "api.unknown_field ?yaer"},
        {"year=2026&limit=5",       "api.unknown_field ?limit"},
        {"year=2026&is_open=yes",   "api.not_a_yes_no ?is_open"},
        {"year=2026&least_fen=1.5", "api.not_an_amount ?least_fen"},
        {"year=2026&area=5",        "base.not_an_area ?area"},
        {"year=2026&month=9999999999", "api.number_out_of_range ?month"},
        {"year=2026&mark=direct&mark=x", "api.unknown_choice ?mark/1"},
        // clang-format on
    };
    for (const Row& row : rows)
        EXPECT_EQ(verdict(read_query<Filter>(with_query(row.query))), row.verdict) << row.query;
    EXPECT_EQ(verdict(read_query<NoQuery>(with_query("a=1"))), "api.unknown_field ?a");
    EXPECT_EQ(verdict(read_query<Filter>(with_query("year=1&limit=5&after=x"), Paging::yes)),
              "accepted");
}

TEST(Input, ReadsPaths) {
    Request request;
    request.path_values = {{"batch", "17"}, {"area", "43"}, {"year", "2026"}};
    EXPECT_EQ(*read_path<BatchId>(request, "batch"), BatchId{17});
    EXPECT_EQ(*read_path<int>(request, "year"), 2026);
    EXPECT_EQ(verdict(read_path<Area>(request, "area")), "base.not_an_area {area}");
    EXPECT_EQ(verdict(read_path<LineId>(request, "area")), "accepted");
    request.path_values[0].text = "x";
    EXPECT_EQ(verdict(read_path<BatchId>(request, "batch")), "api.not_an_id {batch}");
    EXPECT_THROW((void)read_path<BatchId>(request, "line"), Bug);
}

TEST(Input, ReadsBodies) {
    struct Row {
        std::string_view type;
        std::string_view body;
        std::string_view verdict;
    };
    const std::string_view good = R"({"person":"7","amount_fen":1})";
    const Row rows[] = {
        // clang-format off
        {"application/json",                    good,               "accepted"},
        {"Application/JSON; charset=utf-8",     good,               "accepted"},
        {"text/plain",                          good,               "api.not_json_type"},
        {"application/x-www-form-urlencoded",   good,               "api.not_json_type"},
        {"application/json-seq",                good,               "api.not_json_type"},
        {"",                                    good,               "api.not_json_type"},
        {"application/json",                    "",                 "api.json_cut"},
        {"application/json",                    R"({"person":"7"})","api.missing_field /amount_fen"},
        // clang-format on
    };
    for (const Row& row : rows) {
        Request request;
        request.content_type = row.type;
        request.body = bytes_of(row.body);
        EXPECT_EQ(verdict(read_body<Line>(request)), row.verdict) << row.type << row.body;
    }
}

TEST(Input, ReadsKeysAndVersions) {
    Request request;
    EXPECT_EQ(verdict(read_key(request)), "api.key_missing");
    EXPECT_EQ(verdict(read_version(request)), "api.version_missing");
    struct Row {
        std::string text;
        std::string_view as_key;
        std::string_view as_version;
    };
    const Row rows[] = {
        // clang-format off
        {"\"17\"",                  "accepted",             "accepted"},
        {"\"0\"",                   "accepted",             "accepted"},
        {"17",                      "accepted",             "api.version_malformed"},
        {"W/\"17\"",                "accepted",             "api.version_malformed"},
        {"*",                       "accepted",             "api.version_malformed"},
        {"\"\"",                    "accepted",             "api.version_malformed"},
        {"\"1\", \"2\"",            "api.key_malformed",    "api.version_malformed"},
        {"\"-1\"",                  "accepted",             "api.version_malformed"},
        {std::string(128, 'k'),     "accepted",             "api.version_malformed"},
        {std::string(129, 'k'),     "api.key_malformed",    "api.version_malformed"},
        {"编号",                     "api.key_malformed",    "api.version_malformed"},
        {"a\nb",                    "api.key_malformed",    "api.version_malformed"},
        // clang-format on
    };
    for (const Row& row : rows) {
        request.idempotency_key = request.if_match = row.text;
        EXPECT_EQ(verdict(read_key(request)), row.as_key) << row.text;
        EXPECT_EQ(verdict(read_version(request)), row.as_version) << row.text;
    }
    request.if_match = version_tag(42);
    EXPECT_EQ(*read_version(request), 42);
}

TEST(Context, GivesBackWhatWasPutIn) {
    struct Session {
        int number = 3;
    };
    Session session;
    Request request;
    EXPECT_THROW((void)request.context.as<Session>(), Bug);
    request.context = Context(session);
    request.context.as<Session>().number = 4;
    EXPECT_EQ(session.number, 4);
    EXPECT_THROW((void)request.context.as<int>(), Bug);
}

}  // namespace
}  // namespace fenming::api

// Described structs to and from JSON, and their schema.

#include "api/describe.h"

#include <gtest/gtest.h>

#include "api/json.h"
#include "api/sample_for_test.h"
#include "api/schema.h"

namespace fenming::api {
namespace {

using sample::Confidential;
using sample::Line;
using sample::Mark;
using sample::verdict;
using sample::Whole;

// What must not compile, as far as a concept can say it.
struct BareAmount {
    Money total;
    static constexpr auto fields = std::make_tuple(field("total", &BareAmount::total));
};
struct FalseAmount {
    std::int64_t total_fen;
    static constexpr auto fields = std::make_tuple(field("total_fen", &FalseAmount::total_fen));
};
struct ListOfAmounts {
    std::vector<std::optional<Money>> parts;
    static constexpr auto fields = std::make_tuple(field("parts", &ListOfAmounts::parts));
};
struct SameNameTwice {
    int a;
    int b;
    static constexpr auto fields =
        std::make_tuple(field("a", &SameNameTwice::a), field("a", &SameNameTwice::b));
};
struct BadName {
    int a;
    static constexpr auto fields = std::make_tuple(field("camelCase", &BadName::a));
};
struct Nested {
    std::vector<Confidential> persons;
    static constexpr auto fields = std::make_tuple(field("persons", &Nested::persons));
};
static_assert(Sound<Whole> && Sound<Line> && Sound<Confidential>);
static_assert(!Sound<BareAmount> && !Sound<FalseAmount> && !Sound<ListOfAmounts>);
static_assert(!Sound<SameNameTwice> && !Sound<BadName>);

template <class T>
concept Writable = requires(const T& t) {
    to_value(t);
};
static_assert(Writable<Whole> && Writable<Line>);
static_assert(!Writable<Confidential> && !Writable<Nested>, "Secret never becomes JSON (S10)");

constexpr std::string_view kWholeJson = R"({
  "is_urgent": true,
  "count": -5,
  "small": 2147483647,
  "name": "低保 \"一\"",
  "total_fen": 123456,
  "batch": "9223372036854775807",
  "day": "2026-03-05",
  "month": "2026-03",
  "period": "2026Q1",
  "at": "2026-11-24T14:13:49.123+08:00",
  "area": "430408001002",
  "mark": "tracked",
  "seal": "AP8=",
  "lines": [
    {
      "person": "7",
      "amount_fen": -1,
      "note": null
    },
    {
      "person": "8",
      "amount_fen": 9007199254740991,
      "note": ""
    }
  ],
  "tags": [
    "a",
    ""
  ],
  "cap_fen": null,
  "parent": "3",
  "until": null,
  "second_mark": "other",
  "first": null
})";

Whole whole() {
    Whole out;
    out.is_urgent = true;
    out.count = -5;
    out.small = 2147483647;
    out.name = "低保 \"一\"";
    out.total_fen = Money::fen(123456);
    out.batch = {9223372036854775807};
    out.day = *parse_date("2026-03-05");
    out.month = {2026, 3};
    out.period = *parse_period("2026Q1");
    out.at = *parse_instant("2026-11-24T14:13:49.123+08:00");
    out.area = {430408001002};
    out.mark = Mark::tracked;
    out.seal = {0x00, 0xFF};
    out.lines = {{{7}, Money::fen(-1), std::nullopt}, {{8}, Money::fen(kMaxFen), ""}};
    out.tags = {"a", ""};
    out.parent = BatchId{3};
    out.second_mark = Mark::other;
    return out;
}

TEST(Describe, WritesEveryTypeOfMember) {
    EXPECT_EQ(to_indented_json(to_value(whole())), kWholeJson);
}

TEST(Describe, ReadsWhatItWrites) {
    const auto read = from_value<Whole>(*parse_json(kWholeJson));
    ASSERT_TRUE(read) << verdict(read);
    EXPECT_EQ(*read, whole());
}

TEST(Describe, WritesNoneAsEmptyText) {
    const Value value = to_value(Whole());
    EXPECT_EQ(*value.at("/batch"), "");
    EXPECT_EQ(*value.at("/day"), "");
    EXPECT_EQ(*value.at("/month"), "");
    EXPECT_EQ(*value.at("/period"), "");
    EXPECT_EQ(*value.at("/area"), "000000000000");  // the country is a place
    EXPECT_EQ(*value.at("/seal"), "");
    EXPECT_TRUE(value.at("/parent")->is_null());
}

/// The JSON of whole() with the value at the pointer replaced; "absent" takes the field out.
Value with(std::string_view name, std::string_view json) {
    const Value original = to_value(whole());
    Object object;
    for (const Member& each : original.if_object()->members())
        if (each.name != name) object.append(each.name, each.value);
    if (json != "absent") object.append(std::string(name), *parse_json(json));
    return object;
}

/// Goal: every way one member can be wrong. Method: a sound object with one field replaced.
TEST(Describe, RefusesByName) {
    struct Row {
        std::string_view name;
        std::string_view json;
        std::string_view verdict;
    };
    const Row rows[] = {
        // clang-format off
        {"is_urgent",   "1",                    "api.not_a_yes_no /is_urgent"},
        {"is_urgent",   "null",                 "api.not_a_yes_no /is_urgent"},
        {"is_urgent",   "absent",               "api.missing_field /is_urgent"},
        {"count",       R"("5")",               "api.not_a_number /count"},
        {"count",       "true",                 "api.not_a_number /count"},
        {"small",       "2147483648",           "api.number_out_of_range /small"},
        {"small",       "-2147483649",          "api.number_out_of_range /small"},
        {"name",        "5",                    "api.not_a_text /name"},
        {"name",        "null",                 "api.not_a_text /name"},
        {"name",        R"("")",                "accepted"},
        {"total_fen",   R"("12.34")",           "api.not_an_amount /total_fen"},
        {"total_fen",   "null",                 "api.not_an_amount /total_fen"},
        {"batch",       "17",                   "api.not_an_id /batch"},
        {"batch",       "null",                 "api.not_an_id /batch"},
        {"batch",       R"("")",                "api.not_an_id /batch"},
        {"batch",       R"("0")",               "api.not_an_id /batch"},
        {"batch",       R"("017")",             "api.not_an_id /batch"},
        {"batch",       R"("-17")",             "api.not_an_id /batch"},
        {"batch",       R"("17x")",             "api.not_an_id /batch"},
        {"batch",       R"("9223372036854775808")", "api.not_an_id /batch"},
        {"day",         R"("2026-02-30")",      "base.not_a_date /day"},
        {"day",         R"("")",                "base.not_a_date /day"},
        {"day",         "20260305",             "api.not_a_text /day"},
        {"month",       R"("2026-13")",         "base.not_a_month /month"},
        {"period",      R"("2026Q5")",          "base.not_a_period /period"},
        {"at",          R"("noon")",            "base.not_an_instant /at"},
        {"at",          R"("2026-11-24T06:13:49.123Z")", "accepted"},
        {"area",        R"("43")",              "base.not_an_area /area"},
        {"mark",        R"("Direct")",          "api.unknown_choice /mark"},
        {"mark",        "1",                    "api.not_a_text /mark"},
        {"seal",        R"("AP8")",             "api.not_base64 /seal"},
        {"lines",       "{}",                   "api.not_a_list /lines"},
        {"lines",       "absent",               "api.missing_field /lines"},
        {"lines",       "[[]]",                 "api.not_an_object /lines/0"},
        {"lines",       R"([{"person":"7"}])",  "api.missing_field /lines/0/amount_fen"},
        {"lines",       R"([{"person":"7","amount_fen":1},{"person":"x","amount_fen":1}])",
                                                "api.not_an_id /lines/1/person"},
        {"tags",        R"(["a",1])",           "api.not_a_text /tags/1"},
        {"toatl_fen",   "1",                    "api.unknown_field /toatl_fen"},
        {"a/b~",        "1",                    "api.unknown_field /a~1b~0"},
        // optional members: absent, null, and "" where a text is never empty
        {"cap_fen",     "absent",               "accepted"},
        {"cap_fen",     "null",                 "accepted"},
        {"cap_fen",     "-3",                   "accepted"},
        {"cap_fen",     R"("")",                "api.not_an_amount /cap_fen"},
        {"parent",      R"("")",                "accepted"},
        {"parent",      R"("x")",               "api.not_an_id /parent"},
        {"until",       R"("")",                "accepted"},
        {"until",       R"("soon")",            "base.not_a_date /until"},
        {"second_mark", R"("")",                "accepted"},
        {"first",       "null",                 "accepted"},
        {"first",       "{}",                   "api.missing_field /first/person"},
        // clang-format on
    };
    for (const Row& row : rows)
        EXPECT_EQ(verdict(from_value<Whole>(with(row.name, row.json))), row.verdict)
            << row.name << ": " << row.json;
    EXPECT_EQ(verdict(from_value<Whole>(Array())), "api.not_an_object");
    EXPECT_EQ(verdict(from_value<Line>(Object(), "/lines/3")), "api.missing_field /lines/3/person");
    const Value too_much = Object{{"person", "7"}, {"amount_fen", kMaxFen + 1}};
    EXPECT_EQ(verdict(from_value<Line>(too_much)), "api.amount_out_of_range /amount_fen");
    const Value too_little = Object{{"person", "7"}, {"amount_fen", -kMaxFen - 1}};
    EXPECT_EQ(verdict(from_value<Line>(too_little)), "api.amount_out_of_range /amount_fen");
}

/// Goal: a mistyped name is answered with the one that was meant (torture C2).
TEST(Describe, SuggestsTheClosestName) {
    struct Row {
        std::string name;
        std::string_view closest;
    };
    const Row rows[] = {
        // clang-format off
        {"toatl_fen",                "total_fen"},    // two letters swapped
        {"totalfen",                 "total_fen"},    // one left out
        {"total_fens",               "total_fen"},    // one too many
        {"Month",                    "month"},
        {"second_marc",              "second_mark"},
        {std::string(100'000, 'x'),  "is_urgent"},           // nothing is close, and it costs little
        // clang-format on
    };
    for (const Row& row : rows) {
        const auto refused = from_value<Whole>(Object{{row.name, 1}});
        ASSERT_FALSE(refused);
        EXPECT_NE(
            say(refused.error(), Language::en).mend.find('"' + std::string(row.closest) + '"'),
            std::string::npos)
            << row.name.substr(0, 40) << " → " << say(refused.error(), Language::en).mend;
    }
    const auto refused = from_value<Whole>(with("mark", R"("trakced")"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(say(refused.error(), Language::en).mend,
              R"(Do you mean "tracked"? There are: direct, tracked, other)");
}

TEST(Describe, ReadsSecretsAndNeverRepeatsThem) {
    const Value good = Object{{"id_number", "430408199001011234"}, {"birthday", "1990-01-01"}};
    const auto read = from_value<Confidential>(good);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id_number.reveal(), "430408199001011234");
    EXPECT_EQ(read->birthday->reveal().text(), "1990-01-01");

    const Value bad = Object{{"id_number", "430408199001011234"}, {"birthday", "1990-01-91"}};
    const auto refused = from_value<Confidential>(bad);
    EXPECT_EQ(verdict(refused), "api.secret_malformed /birthday");
    EXPECT_TRUE(refused.error().values().empty());
    EXPECT_EQ(say(refused.error(), Language::en).says.find("1990"), std::string::npos);

    EXPECT_EQ(verdict(from_value<Confidential>(Object{{"id_number", 5}})),
              "api.secret_malformed /id_number");
    EXPECT_EQ(verdict(from_value<Nested>(Object{{"persons", Array{good, bad}}})),
              "api.secret_malformed /persons/1/birthday");
}

TEST(Describe, AnEnumWithoutANameIsABug) {
    EXPECT_THROW(name_of(static_cast<Mark>(3)), Bug);
    EXPECT_EQ(name_of(Mark::other), "other");
}

TEST(Schema, OfALineBothWays) {
    EXPECT_EQ(to_indented_json(schema_of<Line>()), R"({
  "type": "object",
  "properties": {
    "person": {
      "type": "string",
      "pattern": "^[1-9][0-9]{0,18}$",
      "description": "who receives"
    },
    "amount_fen": {
      "type": "integer",
      "minimum": -9007199254740991,
      "maximum": 9007199254740991,
      "format": "fen"
    },
    "note": {
      "type": [
        "string",
        "null"
      ]
    }
  },
  "required": [
    "person",
    "amount_fen"
  ],
  "additionalProperties": false
})");
    const Value output = schema_of<Line, Side::output>();
    EXPECT_EQ(to_json(*output.at("/required")), R"(["person","amount_fen","note"])");
    EXPECT_EQ(*output.at("/properties/person/pattern"), "^([1-9][0-9]{0,18})?$");
    EXPECT_EQ(output.at("/additionalProperties"), nullptr);
}

TEST(Schema, OfEveryTypeOfMember) {
    const Value schema = schema_of<Whole>();
    struct Row {
        std::string_view name;
        std::string_view schema;
    };
    const Row rows[] = {
        // clang-format off
        {"is_urgent",   R"({"type":"boolean"})"},
        {"count",       R"({"type":"integer","format":"int64","description":"how many"})"},
        {"small",       R"({"type":"integer","minimum":-2147483648,"maximum":2147483647})"},
        {"name",        R"({"type":"string"})"},
        {"day",         R"({"type":"string","format":"date"})"},
        {"month",       R"({"type":"string","pattern":"^[0-9]{4}-[0-9]{2}$"})"},
        {"period",      R"({"type":"string","format":"period"})"},
        {"at",          R"({"type":"string","format":"date-time"})"},
        {"area",        R"({"type":"string","pattern":"^[0-9]{12}$"})"},
        {"mark",        R"({"type":"string","enum":["direct","tracked","other"]})"},
        {"seal",        R"({"type":"string","contentEncoding":"base64"})"},
        {"tags",        R"({"type":"array","items":{"type":"string"}})"},
        {"until",       R"({"type":["string","null"],"format":"date"})"},
        {"second_mark", R"({"type":["string","null"],"enum":["direct","tracked","other",null]})"},
        // clang-format on
    };
    for (const Row& row : rows)
        EXPECT_EQ(to_json(*schema.at("/properties/" + std::string(row.name))), row.schema);
    EXPECT_EQ(*schema.at("/properties/lines/items"), schema_of<Line>());
    EXPECT_EQ(to_json(*schema.at("/properties/first/type")), R"(["object","null"])");
    EXPECT_EQ(to_json(*schema_of<Confidential>().at("/properties/id_number")),
              R"({"type":"string","writeOnly":true,"description":"GB 11643"})");
}

}  // namespace
}  // namespace fenming::api

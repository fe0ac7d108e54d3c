// Round trips, by random structs and values: what is written is read back the same, in every form.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "api/canonical.h"
#include "api/json.h"
#include "api/page.h"
#include "api/sample_for_test.h"
#include "api/url.h"

namespace fenming::api {
namespace {

using sample::Line;
using sample::Mark;
using sample::Whole;

/// Characters of one to four bytes, controls and JSON's own marks among them; never U+0000.
rc::Gen<std::string> any_text() {
    const auto character = rc::gen::elementOf(std::vector<std::string>{
        "a",    "Z", "0",  " ",  "\"",           "\\",           "/", "\n", "\t", "\x01", "\x1f",
        "\x7f", "é", "分", "明", "\xE2\x80\xA8", "\xEF\xBF\xBF", "😀", "~",  "{",  "%",    "+",
        "&",    "="});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(character),
                        [](const auto& all) {
                            std::string out;
                            for (const std::string& each : all) out += each;
                            return out;
                        });
}

std::int64_t any_number() {
    return *rc::gen::arbitrary<std::int64_t>();
}
Money any_amount() {
    return Money::fen(*rc::gen::inRange<std::int64_t>(-kMaxFen, kMaxFen));
}
std::int64_t any_positive() {
    return *rc::gen::inRange<std::int64_t>(1, INT64_MAX);
}
Month any_month() {
    return {*rc::gen::inRange(1949, 2100), *rc::gen::inRange(1, 13)};
}
Date any_day() {
    const auto first = std::chrono::sys_days(std::chrono::year(1949) / 10 / 1);
    return Date(first + std::chrono::days(*rc::gen::inRange(0, 50'000)));
}
Mark any_mark() {
    return *rc::gen::element(Mark::direct, Mark::tracked, Mark::other);
}

template <class Make>
auto maybe(Make make) -> std::optional<decltype(make())> {
    if (*rc::gen::arbitrary<bool>()) return make();
    return std::nullopt;
}

Line any_line() {
    return {{any_positive()}, any_amount(), maybe([] { return *any_text(); })};
}

Whole any_whole() {
    Whole out;
    out.is_urgent = *rc::gen::arbitrary<bool>();
    out.count = any_number();
    out.small = *rc::gen::arbitrary<int>();
    out.name = *any_text();
    out.total_fen = any_amount();
    out.batch = {any_positive()};
    out.day = any_day();
    out.month = any_month();
    out.period = *parse_period(any_month().text());
    out.at = {*rc::gen::inRange<std::int64_t>(-600'000'000'000, 4'000'000'000'000)};
    out.area = *parse_area(std::to_string(*rc::gen::inRange(110101, 659010)));
    out.mark = any_mark();
    out.seal = *rc::gen::arbitrary<Bytes>();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) out.lines.push_back(any_line());
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) out.tags.push_back(*any_text());
    out.cap_fen = maybe(any_amount);
    out.parent = maybe([] { return BatchId{any_positive()}; });
    out.until = maybe(any_day);
    out.second_mark = maybe(any_mark);
    out.first = maybe(any_line);
    return out;
}

Value any_value(int depth) {
    switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
        case 0:
            return {};
        case 1:
            return *rc::gen::arbitrary<bool>();
        case 2:
            return any_number();
        case 3:
            return *any_text();
        case 4: {
            Array list;
            for (int i = *rc::gen::inRange(0, 4); i > 0; --i) list.push_back(any_value(depth - 1));
            return list;
        }
        default: {
            Object object;
            for (int i = *rc::gen::inRange(0, 20); i > 0; --i)
                object.set(*any_text(), any_value(depth - 1));
            return object;
        }
    }
}

RC_GTEST_PROP(Property, StructsComeBack, ()) {
    const Whole whole = any_whole();
    const Value value = to_value(whole);
    const auto compact = parse_json(to_json(value));
    RC_ASSERT(compact.has_value());
    RC_ASSERT(*compact == value);
    const auto read = from_value<Whole>(*compact);
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == whole);
    RC_ASSERT(canonical_bytes(*read) == canonical_bytes(whole));
}

RC_GTEST_PROP(Property, ValuesComeBack, ()) {
    const Value value = any_value(4);
    const auto compact = parse_json(to_json(value));
    const auto indented = parse_json(to_indented_json(value));
    RC_ASSERT(compact.has_value() && *compact == value);
    RC_ASSERT(indented.has_value() && *indented == value);
}

RC_GTEST_PROP(Property, PointersFindWhatTheyName, ()) {
    const std::string name = *any_text();
    const Value value = Object{{"", Object{{name, 1}}}};
    std::string pointer;
    append_to_pointer(pointer, "");
    append_to_pointer(pointer, name);
    RC_ASSERT(value.at(pointer) != nullptr && *value.at(pointer) == Value(1));
}

RC_GTEST_PROP(Property, QueriesComeBack, ()) {
    const NamedText one{*any_text(), *any_text()};
    const NamedText two{*any_text(), *any_text()};
    const auto pair = [](const NamedText& each) {
        return percent_encode(each.name) + "=" + percent_encode(each.text);
    };
    const auto query = parse_query(pair(one) + "&" + pair(two));
    RC_ASSERT(query.has_value());
    RC_ASSERT(*query == (std::vector<NamedText>{one, two}));
}

RC_GTEST_PROP(Property, CursorsComeBack, ()) {
    const CursorMac mac = [](BytesView bytes) {
        std::array<std::uint8_t, 32> out{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            out[i % 32] = static_cast<std::uint8_t>(out[i % 32] * 31 + bytes[i]);
        return out;
    };
    using Key = std::tuple<Date, std::string, BatchId, Money, std::int64_t>;
    const Key key{any_day(), *any_text(), {any_positive()}, any_amount(), any_number()};
    const std::string cursor =
        std::apply([&](const auto&... part) { return encode_cursor(mac, "list", part...); }, key);
    const auto read =
        decode_cursor<Date, std::string, BatchId, Money, std::int64_t>(mac, "list", cursor);
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == key);
}

}  // namespace
}  // namespace fenming::api

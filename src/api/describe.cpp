// The readers of single values, their refusals, and the closest name to a mistyped one.

#include "api/describe.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "api/json.h"
#include "base/text.h"

namespace fenming::api {

namespace {

/// Number of single-character insertions, deletions, replacements and swaps of neighbours between
/// two names, in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_swap) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

/// The name most like `given`; "-" if there is none at all.
std::string_view closest(std::string_view given, std::span<const std::string_view> names) {
    constexpr std::size_t kLongest = 64;  // nobody mistypes a longer one, and the work stays small
    given = given.substr(0, kLongest);
    std::string_view best = "-";
    std::size_t least = std::string_view::npos;
    for (const std::string_view name : names) {
        const std::size_t distance = edit_distance(given, name);
        if (distance < least) {
            least = distance;
            best = name;
        }
    }
    return best;
}

std::string joined(std::span<const std::string_view> names) {
    std::string out;
    for (const std::string_view name : names) {
        if (!out.empty()) out.append(", ");
        out.append(name);
    }
    return out;
}

tl::unexpected<Refusal> refuse_given(const RefusalKind& kind, const Spot& spot,
                                     std::string_view given) {
    return refuse(refusal_at(kind, spot).personal("text", shown(given)));
}

/// The text, or the refusal that it is none; `kind` says which kind of text was wanted.
Result<const std::string*> text_of_value(const Value& value, const Spot& spot) {
    if (const std::string* text = value.if_text()) return text;
    return refuse(refusal_at(kNotAText, spot));
}

/// Reads with one of base's parsers and puts the place into what it refuses.
template <class T>
Result<T> read_with(Result<T> (*parse)(std::string_view), const Value& value, const Spot& spot) {
    auto parsed = parse(*TRY(text_of_value(value, spot)));
    if (!parsed) return refuse(std::move(parsed.error()).at("", 0, spot.pointer()));
    return parsed;
}

}  // namespace

std::string Spot::pointer() const {
    return bounded_pointer(whole());
}

std::string Spot::whole() const {
    if (up_ == nullptr) return std::string(name_);
    std::string out = up_->whole();
    if (out == "?") {
        out.append(name_);
    } else if (is_index_) {
        append_to_pointer(out, std::to_string(index_));
    } else {
        append_to_pointer(out, name_);
    }
    return out;
}

Refusal refusal_at(const RefusalKind& kind, const Spot& spot) {
    return refusal(kind).at("", 0, spot.pointer());
}

Result<bool> read_yes_no(const Value& value, const Spot& spot) {
    if (const bool* yes = value.if_bool()) return *yes;
    return refuse(refusal_at(kNotAYesNo, spot));
}

Result<std::int64_t> read_number(const Value& value, const Spot& spot, std::int64_t least,
                                 std::int64_t greatest) {
    const std::int64_t* number = value.if_number();
    if (number == nullptr) return refuse(refusal_at(kNotANumber, spot));
    if (*number < least || *number > greatest)
        return refuse(refusal_at(kNumberOutOfRange, spot)
                          .personal("text", std::to_string(*number))
                          .with("least", least)
                          .with("greatest", greatest));
    return *number;
}

Result<Money> read_amount(const Value& value, const Spot& spot) {
    const std::int64_t* fen = value.if_number();
    if (fen == nullptr) return refuse(refusal_at(kNotAnAmount, spot));
    if (*fen > kMaxFen || *fen < -kMaxFen)
        return refuse_given(kAmountOutOfRange, spot, std::to_string(*fen));
    return Money::fen(*fen);
}

Result<std::string> read_text(const Value& value, const Spot& spot) {
    return std::string(*TRY(text_of_value(value, spot)));
}

Result<Bytes> read_bytes(const Value& value, const Spot& spot) {
    auto bytes = from_base64(*TRY(text_of_value(value, spot)));
    if (!bytes) return refuse(refusal_at(kNotBase64, spot));
    return std::move(*bytes);
}

Result<std::int64_t> read_id_number(const Value& value, const Spot& spot) {
    const std::string* text = value.if_text();
    if (text == nullptr) return refuse_given(kNotAnId, spot, to_json(value));
    std::int64_t number = 0;
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    // One id has one text: no sign, no leading zero; 0 is no id.
    const bool is_id = error == std::errc() && stop == end && number > 0 && text->front() != '0';
    if (!is_id) return refuse_given(kNotAnId, spot, *text);
    return number;
}

Result<Date> read_date(const Value& value, const Spot& spot) {
    return read_with(&parse_date, value, spot);
}
Result<Month> read_month(const Value& value, const Spot& spot) {
    return read_with(&parse_month, value, spot);
}
Result<Period> read_period(const Value& value, const Spot& spot) {
    return read_with(&parse_period, value, spot);
}
Result<Instant> read_instant(const Value& value, const Spot& spot) {
    return read_with(&parse_instant, value, spot);
}
Result<Area> read_area(const Value& value, const Spot& spot) {
    return read_with(&parse_area, value, spot);
}

Result<std::size_t> read_choice(const Value& value, const Spot& spot,
                                std::span<const std::string_view> names) {
    const std::string& text = *TRY(text_of_value(value, spot));
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == text) return i;
    return refuse(refusal_at(kUnknownChoice, spot)
                      .personal("text", shown(text))
                      .with("closest", std::string(closest(text, names)))
                      .with("choices", joined(names)));
}

Result<const Object*> read_object(const Value& value, const Spot& spot,
                                  std::span<const std::string_view> names) {
    const Object* object = value.if_object();
    if (object == nullptr) return refuse(refusal_at(kNotAnObject, spot));
    for (const Member& each : object->members())
        if (std::find(names.begin(), names.end(), each.name) == names.end())
            return refuse(refusal_at(kUnknownField, Spot(spot, each.name))
                              .personal("field", shown(each.name))
                              .with("closest", std::string(closest(each.name, names))));
    return object;
}

Refusal without_content(const Refusal& refusal, const Spot& spot) {
    const RefusalPlace& place = refusal.place();
    return fenming::refusal(kSecretMalformed)
        .at("", 0, place.column.empty() ? spot.pointer() : place.column);
}

std::string text_or_none(Date date) {
    return date.is_none() ? std::string() : date.text();
}
std::string text_or_none(Month month) {
    return month.year == 0 ? std::string() : month.text();
}

}  // namespace fenming::api

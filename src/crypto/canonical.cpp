// The canonical forms of numbers and names.

#include "crypto/canonical.h"

#include <algorithm>
#include <cstdint>

#include "base/check.h"
#include "base/text.h"
#include "crypto/letters.h"

namespace fenming::crypto {

namespace {

constexpr std::size_t kLongestName = 100;

std::string point_text(char32_t point) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string hex;
    for (int shift = point > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) {
        hex.push_back(kHex[point >> shift & 0xF]);
    }
    return "U+" + hex;
}

tl::unexpected<Refusal> refuse_character(const RefusalKind& kind, std::size_t index,
                                         char32_t point) {
    return refuse(refusal(kind)
                      .with("position", static_cast<std::int64_t>(index + 1))
                      .with("character", point_text(point)));
}

bool is_line_space(char32_t point) {
    return is_space(point) || point == U'\t' || point == U'\n' || point == U'\r';
}

char32_t half_width(char32_t point) {
    return point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point;
}

/// A number as typed, without its spaces and without the characters in `also_drop`; whatever is not
/// ASCII becomes '?', which no shape accepts.
Result<std::string> number_text(std::string_view text, std::u32string_view also_drop) {
    if (!is_utf8(text)) return refuse(kBrokenText);
    std::string number;
    const std::u32string points = code_points(text);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (is_line_space(points[i])) continue;
        if (is_invisible(points[i])) return refuse_character(kInvisibleCharacter, i, points[i]);
        const char32_t point = half_width(points[i]);
        if (also_drop.find(point) != also_drop.npos) continue;
        number.push_back(point < 0x80 ? static_cast<char>(point) : '?');
    }
    return number;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

tl::unexpected<Refusal> refuse_value(const RefusalKind& kind, std::string_view value) {
    return refuse(refusal(kind).personal("value", shown(value)));
}

/// The name's characters, each in its current form; spaces of every kind as U+0020.
Result<std::u32string> current_characters(const std::u32string& points) {
    std::u32string name;
    for (std::size_t i = 0; i < points.size(); ++i) {
        char32_t point = points[i];
        if (is_space(point)) point = U' ';
        if (is_invisible(point)) return refuse_character(kInvisibleCharacter, i, point);
        point = current_for_private(point).value_or(point);
        point = unified_ideograph(point).value_or(half_width(point));
        if (is_private_or_damaged(point)) return refuse_character(kPrivateCharacter, i, point);
        if (is_name_dot(point)) point = U'·';
        if (is_joining_mark(point)) {
            const auto whole = name.empty() ? std::nullopt : composed(name.back(), point);
            if (!whole) return refuse_character(kLooseMark, i, point);
            name.back() = *whole;
        } else {
            name.push_back(point);
        }
    }
    return name;
}

/// Whether a space next to this character says nothing: Chinese writing has none.
bool swallows_space(char32_t point) {
    return point == U' ' || point == U'·' || point >= 0x2E80;
}

std::u32string without_idle_spaces(std::u32string_view name) {
    std::u32string kept;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool is_idle =
            name[i] == U' ' && (kept.empty() || i + 1 == name.size() ||
                                swallows_space(kept.back()) || swallows_space(name[i + 1]));
        if (!is_idle) kept.push_back(name[i]);
    }
    return kept;
}

bool is_phone_shape(std::string_view digits) {
    if (!all_digits(digits) || digits.empty()) return false;
    const std::size_t size = digits.size();
    if (digits[0] == '1' && size == 11) return true;
    if (digits[0] == '0') return size >= 10 && size <= 12;
    return size == 7 || size == 8;
}

}  // namespace

std::string_view index_field_text(IndexField field) {
    switch (field) {
        case IndexField::id_number:
            return "id_number";
        case IndexField::account:
            return "account";
        case IndexField::name:
            return "name";
        case IndexField::phone:
            return "phone";
    }
    bug("an index field without a name");
}

Result<Canonical> canonical_id_number(std::string_view text) {
    std::string number = TRY(number_text(text, U""));
    if (number.size() == 15 && all_digits(number)) {
        number.insert(6, "19");
        number.push_back(id_check_character(number));
    }
    if (number.size() == 18 && number[17] == 'x') number[17] = 'X';
    if (number.size() != 18 || !all_digits(std::string_view(number).substr(0, 17)) ||
        !(all_digits(std::string_view(number).substr(17)) || number[17] == 'X')) {
        return refuse_value(kIdNumberShape, text);
    }
    const char right = id_check_character(std::string_view(number).substr(0, 17));
    if (number[17] != right) {
        return refuse(refusal(kIdNumberCheckDigit)
                          .personal("value", number)
                          .personal("check", std::string(1, right)));
    }
    return Canonical(IndexField::id_number, std::move(number));
}

Result<Canonical> canonical_account(std::string_view text) {
    std::string digits = TRY(number_text(text, U"-‐‑‒–—―−"));
    if (!all_digits(digits) || digits.size() < 6 || digits.size() > 32) {
        return refuse_value(kAccountShape, text);
    }
    return Canonical(IndexField::account, std::move(digits));
}

Result<Canonical> canonical_name(std::string_view text) {
    if (!is_utf8(text)) return refuse(kBrokenText);
    // TAB and line ends around a pasted name are spaces; inside it they are control characters.
    std::u32string points = code_points(text);
    const auto first = std::find_if_not(points.begin(), points.end(), is_line_space);
    points.erase(points.begin(), first);
    while (!points.empty() && is_line_space(points.back())) points.pop_back();

    const std::u32string name = without_idle_spaces(TRY(current_characters(points)));
    if (name.empty() || name.size() > kLongestName) {
        return refuse(refusal(kNameLength).with("length", static_cast<std::int64_t>(name.size())));
    }
    return Canonical(IndexField::name, utf8_of(name));
}

Result<Canonical> canonical_phone(std::string_view text) {
    std::string digits = TRY(number_text(text, U"-‐‑‒–—―−()"));
    for (const std::string_view country : {"+86", "0086"}) {
        if (digits.starts_with(country)) digits.erase(0, country.size());
    }
    if (digits.size() == 13 && digits.starts_with("861")) digits.erase(0, 2);
    if (!is_phone_shape(digits)) return refuse_value(kPhoneShape, text);
    return Canonical(IndexField::phone, std::move(digits));
}

char id_check_character(std::string_view first_17_digits) {
    constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view kCheck = "10X98765432";
    check(first_17_digits.size() == 17, "the check digit follows 17 digits");
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += (first_17_digits[i] - '0') * kWeights[i];
    return kCheck[static_cast<std::size_t>(sum % 11)];
}

}  // namespace fenming::crypto

// Document numbers: a small reader from left to right.

#include "policy/document_number.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace fenming::policy {
namespace {

constexpr std::size_t kMostIssuerCharacters = 20;
constexpr std::array<std::string_view, 8> kOpening{"〔", "[", "(", "【", "〈", "<", "﹝", "{"};
constexpr std::array<std::string_view, 8> kClosing{"〕", "]", ")", "】", "〉", ">", "﹞", "}"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes one of the marks from the front; its index, or none.
template <std::size_t N>
std::optional<std::size_t> take_any(std::string_view& text,
                                    const std::array<std::string_view, N>& marks) {
    for (std::size_t i = 0; i < N; ++i) {
        if (!text.starts_with(marks[i])) continue;
        text.remove_prefix(marks[i].size());
        return i;
    }
    return std::nullopt;
}

bool take(std::string_view& text, std::string_view mark) {
    if (!text.starts_with(mark)) return false;
    text.remove_prefix(mark.size());
    return true;
}

std::string_view take_digits(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return digits;
}

bool is_year(std::string_view digits) {
    return digits.size() == 4 && digits >= "1949" && digits <= "2099";
}

/// "0130" → "130"; none for no number, zero, or more than six digits.
std::optional<std::string> plain_number(std::string_view digits) {
    while (digits.starts_with('0')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 6) return std::nullopt;
    return std::string(digits);
}

tl::unexpected<Refusal> not_a_number(std::string_view text) {
    return refuse(refusal(kNotADocumentNumber).with("text", shown(text)));
}

struct Parts {
    std::string issuer;
    std::string year;
    std::string number;
    std::vector<NumberFlaw> flaws;
};

/// What follows the issuer: brackets, year, number, 号.
std::optional<Parts> read_parts(std::string_view rest) {
    Parts parts;
    const auto opened = take_any(rest, kOpening);
    std::string_view digits = take_digits(rest);
    const auto closed = take_any(rest, kClosing);
    if (closed) {
        if (!opened)
            parts.flaws.push_back(NumberFlaw::bracket_missing);
        else if (*opened != 0 || *closed != 0)
            parts.flaws.push_back(NumberFlaw::other_brackets);
        parts.year = digits;
        take(rest, "第");
        digits = take_digits(rest);
    } else {
        // The year runs into the number: its first four digits are the year.
        parts.flaws.push_back(opened ? NumberFlaw::bracket_missing : NumberFlaw::no_brackets);
        parts.year = digits.substr(0, 4);
        digits = digits.size() > 4 ? digits.substr(4) : std::string_view();
    }
    const auto number = plain_number(digits);
    if (!number || !is_year(parts.year)) return std::nullopt;
    parts.number = *number;
    if (!take(rest, "号")) parts.flaws.push_back(NumberFlaw::no_hao);
    if (!rest.empty()) return std::nullopt;
    return parts;
}

/// 国务院令第649号, 民政部公告2023年第2号
std::optional<std::string> read_order(std::string_view text) {
    for (const std::string_view word : {"令", "公告"}) {
        const std::size_t at = text.rfind(word);
        if (at == text.npos || at == 0) continue;
        std::string_view rest = text.substr(at + word.size());
        std::string year;
        if (!rest.empty() && is_digit(rest.front())) {
            year = take_digits(rest);
            if (!is_year(year) || !take(rest, "年")) continue;
            year += "年";
        }
        if (!take(rest, "第")) continue;
        const auto number = plain_number(take_digits(rest));
        if (!number || !take(rest, "号") || !rest.empty()) continue;
        return std::string(text.substr(0, at)) + std::string(word) + year + "第" + *number + "号";
    }
    return std::nullopt;
}

}  // namespace

bool DocumentNumber::is_doubtful() const {
    return std::any_of(flaws.begin(), flaws.end(), [](NumberFlaw flaw) {
        return flaw == NumberFlaw::bracket_missing || flaw == NumberFlaw::no_brackets;
    });
}

Result<DocumentNumber> parse_document_number(std::string_view text) {
    const std::string printed = trim(text);
    if (has_invisible(printed)) return not_a_number(printed);
    const std::string plain = without_spaces(to_half_width(printed));
    if (const auto order = read_order(plain)) return DocumentNumber{*order, printed, {}};

    std::size_t end = 0;
    while (end < plain.size()) {
        std::string_view rest = std::string_view(plain).substr(end);
        if (is_digit(rest.front()) || take_any(rest, kOpening)) break;
        ++end;
    }
    const std::string issuer = plain.substr(0, end);
    const auto parts = read_parts(std::string_view(plain).substr(end));
    if (!parts || issuer.empty() || length_in_characters(issuer) > kMostIssuerCharacters)
        return not_a_number(printed);
    return DocumentNumber{issuer + "〔" + parts->year + "〕" + parts->number + "号", printed,
                          parts->flaws};
}

}  // namespace fenming::policy

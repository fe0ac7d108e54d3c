// E23, printed amounts and document numbers.

#include "budget/verdict.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "policy/document_number.h"

namespace fenming::budget {
namespace {

struct UnitWord {
    std::string_view word;
    MoneyUnit unit;
};
// Longer words first: 万元 ends in 元.
constexpr UnitWord kUnits[] = {
    {"亿元", MoneyUnit::yi_yuan}, {"万元", MoneyUnit::wan_yuan}, {"元", MoneyUnit::yuan}};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_number_character(char c) {
    return is_digit(c) || c == '.' || c == ',';
}

Result<Printed> printed_in(std::string_view text, MoneyUnit unit, bool has_unit) {
    const Money value = TRY(parse_money(text, unit));
    const auto digit = TRY(last_digit_unit_fen(text, unit));
    return Printed{value, Money::fen(digit), has_unit};
}

/// The number that ends where `text` does, if there is one: "合计5.73" → "5.73".
std::string_view number_at_end(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && is_number_character(text[begin - 1])) --begin;
    text.remove_prefix(begin);
    while (!text.empty() && !is_digit(text.front())) text.remove_prefix(1);
    return text;
}

bool is_well_formed(std::string_view number) {
    return !number.empty() && std::count(number.begin(), number.end(), '.') <= 1 &&
           number.find(',') == number.npos && number.size() <= 18;
}

}  // namespace

Result<Printed> parse_printed(std::string_view text, std::optional<MoneyUnit> unit) {
    const std::string plain = trim(text);
    for (const auto& [word, its_unit] : kUnits) {
        if (!plain.ends_with(word)) continue;
        const auto number = trim(std::string_view(plain).substr(0, plain.size() - word.size()));
        return printed_in(number, its_unit, true);
    }
    if (!unit) return refuse(refusal(kMoneyUnitMissing).with("text", shown(plain)));
    return printed_in(plain, *unit, false);
}

Printed total_as_printed(const Printed& cell, std::string_view note) {
    Printed total = cell;
    const std::string text = to_half_width(note);
    for (const auto& [word, unit] : kUnits) {
        for (auto at = text.find(word); at != text.npos; at = text.find(word, at + word.size())) {
            std::string number(number_at_end(trim(text.substr(0, at))));
            std::erase(number, ',');
            if (!is_well_formed(number)) continue;
            const auto other = printed_in(number, unit, true);
            if (other && other->value == cell.value && other->last_digit > total.last_digit)
                total = *other;
        }
    }
    return total;
}

bool says_partial(std::string_view note) {
    const std::string text = trim(note);
    return text.starts_with("PARTIAL") || text.starts_with("节选") || text.starts_with("部分");
}

Judged judge(const std::vector<Printed>& items, const std::optional<Printed>& total,
             bool is_partial) {
    Judged judged;
    for (const auto& item : items) judged.sum += item.value;
    if (!total) return judged;
    judged.difference = judged.sum - total->value;
    if (judged.difference == Money()) {
        judged.verdict = Verdict::balances;
        return judged;
    }
    if (is_partial) {
        judged.verdict = Verdict::partial;
        return judged;
    }
    check(!items.empty(), "a document that is judged has items");
    Money finest = items.front().last_digit;
    for (const auto& item : items) finest = std::min(finest, item.last_digit);
    const auto gap = judged.difference < Money() ? -judged.difference : judged.difference;
    // Twice the gap against n·u + u_total, so that nothing is halved.
    const Money room = finest * static_cast<std::int64_t>(items.size()) + total->last_digit;
    // A spreadsheet drops zeros: "3" of 亿元 may be 3.00, and half an 亿 is no rounding of it.
    const bool is_slight = gap * 100 <= (total->value < Money() ? -total->value : total->value);
    judged.verdict = gap * 2 <= room && is_slight ? Verdict::rounding : Verdict::mismatch;
    return judged;
}

std::string canonical_number(std::string_view printed) {
    if (auto number = policy::parse_document_number(printed)) return std::move(number->canonical);
    return without_spaces(to_half_width(printed));
}

}  // namespace fenming::budget

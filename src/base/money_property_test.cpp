// Money, by its laws: random amounts against small models that work another way.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>

#include "base/money.h"
#include "base/text.h"

namespace fenming {
namespace {

/// Amounts of every size, of either sign: any number of bits is equally likely.
rc::Gen<std::int64_t> any_fen(std::int64_t most) {
    const auto make = [most](const std::tuple<int, std::uint64_t>& drawn) {
        const auto [bits, noise] = drawn;
        const std::uint64_t limit = static_cast<std::uint64_t>(most) + 1;
        const auto size = static_cast<std::int64_t>((noise >> 1 >> bits) % limit);
        return noise % 2 == 0 ? size : -size;
    };
    return rc::gen::map(
        rc::gen::tuple(rc::gen::inRange(0, 63), rc::gen::arbitrary<std::uint64_t>()), make);
}

std::string full_width(const std::string& text) {
    std::string wide;
    for (const char c : text) {
        const auto code = static_cast<unsigned>(c) + 0xFEE0;
        wide.push_back(static_cast<char>(0xE0 | code >> 12));
        wide.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
        wide.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    }
    return wide;
}

std::string grouped(std::string text) {
    const auto first = text.find_first_of("0123456789");
    for (auto at = text.find('.'); at > first + 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

RC_GTEST_PROP(MoneyProperty, PrintedYuanReadsBack, ()) {
    const Money amount = Money::fen(*any_fen(kMaxFen));
    const std::string text = to_yuan(amount);
    for (const std::string& form :
         {text, grouped(text), full_width(text), full_width(grouped(text))}) {
        const auto read = parse_money(form, MoneyUnit::yuan);
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == amount);
    }
}

// The same digits with the point moved: 万元 has six decimals, 亿元 ten.
RC_GTEST_PROP(MoneyProperty, EveryUnitIsTheSameMoney, ()) {
    const Money amount = Money::fen(*any_fen(kMaxFen));
    const bool is_negative = amount < Money();
    const std::string fen = std::to_string(is_negative ? -amount.in_fen() : amount.in_fen());
    const std::pair<MoneyUnit, std::size_t> units[] = {
        {MoneyUnit::yuan, 2}, {MoneyUnit::wan_yuan, 6}, {MoneyUnit::yi_yuan, 10}};
    for (const auto& [unit, decimals] : units) {
        std::string text = std::string(decimals + 1, '0') + fen;
        text.insert(text.size() - decimals, ".");
        if (is_negative) text.insert(0, "-");
        RC_ASSERT(parse_money(text, unit).value() == amount);
        RC_ASSERT(last_digit_unit_fen(text, unit).value() == 1);
        const auto finer = parse_money(text + "1", unit);
        RC_ASSERT(!finer.has_value());
        RC_ASSERT(finer.error().kind().code == kMoneyThirdDecimal.code);
    }
}

// Whatever the bytes: a number, or a refusal; never an exception.
RC_GTEST_PROP(MoneyProperty, AnyTextIsReadOrRefused, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::oneOf(
        rc::gen::elementOf(std::string("0123456789.,-+ ")), rc::gen::arbitrary<char>()));
    const auto read = parse_money(text, MoneyUnit::wan_yuan);
    if (read) {
        RC_ASSERT(read->in_fen() >= -kMaxFen && read->in_fen() <= kMaxFen);
    } else {
        RC_ASSERT(is_utf8(std::get<std::string>(read.error().values().at(0).value)));
    }
}

/// Reads 大写 back the way people do: a digit waits for its place; 万 and 亿 lift all that is
/// below.
std::int64_t read_uppercase(const std::string& text) {
    static const std::map<std::string, std::int64_t> digits = {
        {"零", 0}, {"壹", 1}, {"贰", 2}, {"叁", 3}, {"肆", 4},
        {"伍", 5}, {"陆", 6}, {"柒", 7}, {"捌", 8}, {"玖", 9}};
    static const std::map<std::string, std::int64_t> places = {
        {"分", 1}, {"角", 10}, {"拾", 10}, {"佰", 100}, {"仟", 1000}};
    std::int64_t sign = 1, fen = 0, above_yi = 0, above_wan = 0, section = 0, digit = 0;
    for (std::size_t at = 0; at < text.size(); at += 3) {
        const std::string c = text.substr(at, 3);
        if (digits.count(c)) {
            digit = digits.at(c);
        } else if (c == "万") {
            above_wan += (section + digit) * 10'000;
            section = digit = 0;
        } else if (c == "亿") {
            above_yi = (above_yi + above_wan + section + digit) * 100'000'000;
            above_wan = section = digit = 0;
        } else if (c == "元") {
            fen = (above_yi + above_wan + section + digit) * 100;
            section = digit = 0;
        } else if (c == "负") {
            sign = -1;
        } else if (c == "角" || c == "分") {
            fen += digit * places.at(c);
            digit = 0;
        } else if (c != "整") {
            section += digit * places.at(c);
            digit = 0;
        }
    }
    return sign * fen;
}

RC_GTEST_PROP(MoneyProperty, UppercaseReadsBackToOneAmount, ()) {
    // Many zeros, where the rules lie: keep only some of the digits.
    std::string digits = std::to_string(*any_fen(kMaxFen));
    const auto kept = *rc::gen::arbitrary<std::uint32_t>();
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (digits[at] != '-' && (kept >> at & 1) == 0) digits[at] = '0';
    }
    const std::int64_t fen = std::stoll(digits);
    const std::string text = to_uppercase(Money::fen(fen));
    RC_ASSERT(read_uppercase(text) == fen);
    RC_ASSERT(text.find("零零") == text.npos);
    RC_ASSERT(fen == 0 || text.rfind("零", 0) != 0);
    RC_ASSERT(fen == 0 || text.find("零元") == text.npos);
    const bool ends_in_fen = text.size() >= 3 && text.substr(text.size() - 3) == "分";
    RC_ASSERT(ends_in_fen == (fen % 10 != 0));
}

RC_GTEST_PROP(MoneyProperty, AllottedPartsSumAndAreFair, ()) {
    const Money total = Money::fen(*any_fen(INT64_MAX));
    auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::oneOf(
        rc::gen::inRange<std::int64_t>(0, 10), rc::gen::inRange<std::int64_t>(0, INT64_MAX))));
    weights[0] += weights[0] == 0;
    const auto parts = allot(total, weights);
    RC_ASSERT(parts.size() == weights.size());

    __extension__ using Wide = __int128;
    Wide sum_of_weights = 0;
    Money sum;
    for (const auto weight : weights) sum_of_weights += weight;
    for (std::size_t at = 0; at < parts.size(); ++at) {
        sum += parts[at];
        RC_ASSERT(weights[at] != 0 || parts[at] == Money());
        // |part − exact share| < 1 fen
        const Wide share = Wide{total.in_fen()} * weights[at];
        const Wide off = share / sum_of_weights - parts[at].in_fen();
        RC_ASSERT(off >= -1 && off <= 1);
        // An equal weight never gets more for standing later.
        for (std::size_t later = at + 1; later < parts.size(); ++later) {
            if (weights[at] != weights[later]) continue;
            const Money more = total < Money() ? -parts[later] : parts[later];
            const Money first = total < Money() ? -parts[at] : parts[at];
            RC_ASSERT(first >= more && first - more <= Money::fen(1));
        }
    }
    RC_ASSERT(sum == total);
}

}  // namespace
}  // namespace fenming

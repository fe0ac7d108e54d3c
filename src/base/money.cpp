// Reading, printing and dividing money, in whole numbers throughout.

#include "base/money.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"

namespace fenming {
namespace {

__extension__ using Wide = __int128;  // products of two int64

/// A number as printed: sign, digits, and digits after the point.
struct Printed {
    bool is_negative = false;
    std::string whole;
    std::string fraction;
};

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool take(std::string& text, std::string_view mark) {
    if (text.rfind(mark, 0) != 0) return false;
    text = trim(std::string_view(text).substr(mark.size()));
    return true;
}

/// Takes at most one sign and one ￥ off the front, in either order.
bool take_sign(std::string& text) {
    bool is_negative = false;
    bool has_sign = false;
    bool has_currency = false;
    for (;;) {
        if (!has_sign && (take(text, "-") || take(text, "−"))) {
            has_sign = is_negative = true;
        } else if (!has_sign && take(text, "+")) {
            has_sign = true;
        } else if (!has_currency && (take(text, "￥") || take(text, "¥"))) {
            has_currency = true;
        } else {
            return is_negative;
        }
    }
}

/// "1,234,567" without its separators; nothing if they do not stand before every third digit.
/// "0,123" is refused: it may be a decimal written the European way.
std::optional<std::string> ungrouped(std::string_view whole) {
    const std::vector<std::string> groups = split(whole, ',');
    std::string digits;
    for (std::size_t at = 0; at < groups.size(); ++at) {
        const std::string& group = groups[at];
        const bool fits = groups.size() == 1 ? true
                          : at == 0 ? !group.empty() && group.size() <= 3 && group[0] != '0'
                                    : group.size() == 3;
        if (!fits || !all_digits(group)) return std::nullopt;
        digits += group;
    }
    return digits;
}

std::optional<Printed> read_printed(std::string_view text) {
    std::string rest = to_half_width(trim(text));
    Printed printed;
    printed.is_negative = take_sign(rest);
    const std::size_t point = rest.find('.');
    if (point != rest.npos) {
        printed.fraction = rest.substr(point + 1);
        rest.resize(point);
        // "5." looks like a number that was cut off.
        if (printed.fraction.empty() || !all_digits(printed.fraction)) return std::nullopt;
    }
    const auto whole = ungrouped(rest);
    if (!whole || (whole->empty() && printed.fraction.empty())) return std::nullopt;
    printed.whole = *whole;
    return printed;
}

/// How many decimals a number in `unit` has down to the fen: 元 2, 万元 6, 亿元 10.
int decimals_of(MoneyUnit unit) {
    switch (unit) {
        case MoneyUnit::fen:
            return 0;
        case MoneyUnit::yuan:
            return 2;
        case MoneyUnit::wan_yuan:
            return 6;
        case MoneyUnit::yi_yuan:
            return 10;
    }
    bug("a money unit is one of four");
}

}  // namespace

Result<Money> parse_money(std::string_view text, MoneyUnit unit) {
    const auto printed = read_printed(text);
    if (!printed) return refuse(refusal(kMoneyNotANumber).personal("text", shown(text)));

    const auto decimals = static_cast<std::size_t>(decimals_of(unit));
    std::string fraction = printed->fraction;
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    if (fraction.size() > decimals) {
        return refuse(refusal(kMoneyThirdDecimal)
                          .personal("text", shown(text))
                          .with("decimals", decimals_of(unit)));
    }
    fraction.resize(decimals, '0');

    std::int64_t fen = 0;
    for (const char digit : printed->whole + fraction) {
        fen = fen * 10 + (digit - '0');  // at most 10 × kMaxFen + 9, far below 2^63
        if (fen > kMaxFen) {
            return refuse(
                refusal(kMoneyOutOfRange).personal("text", shown(text)).with("most_fen", kMaxFen));
        }
    }
    return Money::fen(printed->is_negative ? -fen : fen);
}

Result<std::int64_t> last_digit_unit_fen(std::string_view text, MoneyUnit unit) {
    const auto printed = read_printed(text);
    if (!printed) return refuse(refusal(kMoneyNotANumber).personal("text", shown(text)));
    auto value = static_cast<std::int64_t>(unit);
    for (std::size_t digit = 0; digit < printed->fraction.size() && value > 1; ++digit) value /= 10;
    return value;
}

Result<MoneyUnit> parse_money_unit(std::string_view text) {
    static constexpr std::pair<std::string_view, MoneyUnit> kUnits[] = {
        {"分", MoneyUnit::fen},
        {"元", MoneyUnit::yuan},
        {"万元", MoneyUnit::wan_yuan},
        {"亿元", MoneyUnit::yi_yuan},
    };
    const std::string name = without_spaces(text);
    for (const auto& [unit_name, unit] : kUnits) {
        if (name == unit_name) return unit;
    }
    return refuse(refusal(kNotAMoneyUnit).personal("text", shown(text)));
}

namespace {

/// The amount without its sign; even −2^63 has one.
std::uint64_t magnitude(Money amount) {
    const auto bits = static_cast<std::uint64_t>(amount.in_fen());
    return amount < Money() ? 0 - bits : bits;
}

constexpr std::string_view kDigits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

/// A number above 0 in 大写. A number of 亿 above 9999 is read like any other and followed by 亿.
std::string in_characters(std::uint64_t number) {
    struct Place {
        std::uint64_t value;
        std::string_view name;
    };
    static constexpr Place kPlaces[] = {
        {100'000'000, "亿"}, {10'000, "万"}, {1'000, "仟"}, {100, "佰"}, {10, "拾"}};

    for (const auto& [value, name] : kPlaces) {
        if (number < value) continue;
        std::string text = in_characters(number / value);
        text += name;
        const std::uint64_t rest = number % value;
        if (rest == 0) return text;
        // The place right below is empty: the digits between are read as one 零.
        if (rest < value / 10) text += kDigits[0];
        return text + in_characters(rest);
    }
    return std::string(kDigits[number]);
}

}  // namespace

std::string to_yuan(Money amount) {
    const std::uint64_t fen = magnitude(amount);
    std::string text = amount < Money() ? "-" : "";
    text += std::to_string(fen / 100);
    text += '.';
    text += static_cast<char>('0' + fen / 10 % 10);
    text += static_cast<char>('0' + fen % 10);
    return text;
}

std::string to_uppercase(Money amount) {
    const std::uint64_t total = magnitude(amount);
    const std::uint64_t yuan = total / 100;
    const std::uint64_t jiao = total / 10 % 10;
    const std::uint64_t fen = total % 10;
    if (total == 0) return "零元整";

    std::string text = amount < Money() ? "负" : "";
    if (yuan > 0) text += in_characters(yuan) + "元";
    if (jiao > 0) {
        text += kDigits[jiao];
        text += "角";
    } else if (yuan > 0 && fen > 0) {
        text += kDigits[0];
    }
    if (fen > 0) {
        text += kDigits[fen];
        return text + "分";
    }
    return text + "整";
}

std::vector<Money> allot(Money total, std::span<const std::int64_t> weights) {
    Wide sum = 0;
    for (const std::int64_t weight : weights) {
        check(weight >= 0, "a weight is not negative");
        sum += weight;
    }
    check(sum > 0, "one weight at least is above zero");

    const Wide whole = magnitude(total);
    Wide left = whole;
    std::vector<Wide> parts;
    std::vector<Wide> remainders;
    for (const std::int64_t weight : weights) {
        parts.push_back(whole * weight / sum);
        remainders.push_back(whole * weight % sum);
        left -= parts.back();
    }

    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t at = 0; at < static_cast<std::size_t>(left); ++at) ++parts[order[at]];

    std::vector<Money> amounts;
    amounts.reserve(parts.size());
    for (const Wide part : parts) {
        amounts.push_back(Money::fen(static_cast<std::int64_t>(total < Money() ? -part : part)));
    }
    return amounts;
}

}  // namespace fenming

// Months, and what a payment is for (P10).

#include "base/check.h"
#include "base/date.h"
#include "base/reader.h"
#include "base/text.h"

namespace fenming {
namespace {

constexpr std::string_view kOnce = "once:";
constexpr std::size_t kLongestName = 40;  // characters

std::optional<Month> make_month(int year, int month) {
    if (year < 1900 || month < 1 || month > 12) return std::nullopt;
    return Month{year, month};
}

std::optional<Month> read_month(std::string_view text) {
    struct Form {
        std::string_view after_year, after_month;
        std::size_t least_digits;
    };
    static constexpr Form kForms[] = {{"-", "", 1}, {"/", "", 1}, {"年", "月", 1}, {"", "", 2}};
    for (const Form& form : kForms) {
        Reader reader(text);
        const int year = reader.number(4, 4);
        reader.take(form.after_year);
        const int month = reader.number(form.least_digits, 2);
        reader.take(form.after_month);
        if (reader.read_all()) return make_month(year, month);
    }
    return std::nullopt;
}

std::string year_text(int year) {
    const std::string digits = std::to_string(year);
    return std::string(4 - digits.size(), '0') + digits;
}

/// The one text of a span of months.
std::string span_text(Month from, Month to) {
    if (from == to) return from.text();
    const bool is_one_year = from.year == to.year;
    if (is_one_year && from.month == 1 && to.month == 12) return year_text(from.year);
    if (is_one_year && from.month % 3 == 1 && to.month == from.month + 2) {
        return year_text(from.year) + "Q" + std::to_string(to.month / 3);
    }
    return from.text() + ".." + to.text();
}

/// The months a text names, first and last; not yet in order.
std::optional<std::pair<Month, Month>> read_span(std::string_view text) {
    if (const auto dots = text.find(".."); dots != text.npos) {
        const auto from = read_month(text.substr(0, dots));
        const auto to = read_month(text.substr(dots + 2));
        if (!from || !to) return std::nullopt;
        return std::pair(*from, *to);
    }
    if (const auto month = read_month(text)) return std::pair(*month, *month);

    Reader reader(text);
    const int year = reader.number(4, 4);
    int first = 1;
    int last = 12;
    if (reader.accept("Q") || reader.accept("q")) {
        const int quarter = reader.number(1, 1);
        if (quarter < 1 || quarter > 4) reader.fail();
        last = quarter * 3;
        first = last - 2;
    }
    const auto from = make_month(year, first);
    if (!reader.read_all() || !from) return std::nullopt;
    return std::pair(*from, Month{year, last});
}

}  // namespace

std::string Month::text() const {
    check(year >= 1 && year <= 9999 && month >= 1 && month <= 12, "a month is 1 to 12 of a year");
    return year_text(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

Date Month::first_day() const {
    return Date(std::chrono::year(year) / month / 1);
}

Date Month::last_day() const {
    return Date(std::chrono::year_month_day(std::chrono::year(year) / month / std::chrono::last));
}

Month Month::next() const {
    return month == 12 ? Month{year + 1, 1} : Month{year, month + 1};
}

Result<Month> parse_month(std::string_view text) {
    if (const auto month = read_month(plain_form(text))) return *month;
    return refuse(refusal(kNotAMonth).personal("text", shown(text)));
}

Result<Period> parse_period(std::string_view text) {
    const std::string half = to_half_width(trim(text));
    if (half.rfind(kOnce, 0) == 0) {
        const std::string name = trim(std::string_view(half).substr(kOnce.size()));
        const std::size_t length = length_in_characters(name);
        if (length >= 1 && length <= kLongestName && !has_invisible(name)) {
            return Period{std::string(kOnce) + name, {}, {}};
        }
        return refuse(refusal(kNotAPeriod).personal("text", shown(text)));
    }
    const auto span = read_span(plain_form(text));
    if (!span) return refuse(refusal(kNotAPeriod).personal("text", shown(text)));
    const auto& [from, to] = *span;
    if (from > to) return refuse(refusal(kPeriodBackwards).personal("text", shown(text)));
    return Period{span_text(from, to), from, to};
}

bool overlap(const Period& a, const Period& b) {
    if (!a.from || !b.from) return a.text == b.text;
    return *a.from <= *b.to && *b.from <= *a.to;
}

std::strong_ordering operator<=>(const Period& a, const Period& b) {
    if (a.from.has_value() != b.from.has_value()) return b.from.has_value() <=> a.from.has_value();
    if (a.from) {
        if (const auto order = *a.from <=> *b.from; std::is_neq(order)) return order;
        if (const auto order = *a.to <=> *b.to; std::is_neq(order)) return order;
    }
    return a.text.compare(b.text) <=> 0;
}

}  // namespace fenming

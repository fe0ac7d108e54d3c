// Days, months and instants: reading and printing.

#include "base/date.h"

#include "base/check.h"
#include "base/reader.h"
#include "base/text.h"

namespace fenming {
namespace {

using std::chrono::milliseconds;

constexpr int kFirstYear = 1900;  // of what is read from outside; older is a slip of the pen
constexpr std::int64_t kBeijingMs = 28'800'000;  // 8 hours
constexpr std::int64_t kDayMs = 86'400'000;

std::string padded(std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::optional<Date> make_date(int year, int month, int day) {
    const std::chrono::year_month_day ymd{std::chrono::year(year),
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
    if (year < kFirstYear || !ymd.ok()) return std::nullopt;
    return Date(ymd);
}

std::optional<Date> read_date(std::string_view text) {
    struct Form {
        std::string_view after_year, after_month, after_day;
        std::size_t least_digits;
    };
    static constexpr Form kForms[] = {{"-", "-", "", 1},     {"/", "/", "", 1},
                                      {".", ".", "", 1},     {"年", "月", "日", 1},
                                      {"年", "月", "号", 1}, {"", "", "", 2}};
    for (const Form& form : kForms) {
        Reader reader(text);
        const int year = reader.number(4, 4);
        reader.take(form.after_year);
        const int month = reader.number(form.least_digits, 2);
        reader.take(form.after_month);
        const int day = reader.number(form.least_digits, 2);
        reader.take(form.after_day);
        if (reader.read_all()) return make_date(year, month, day);
    }
    return std::nullopt;
}

}  // namespace

Date::Date(std::chrono::year_month_day day) {
    const int year = static_cast<int>(day.year());
    check(day.ok() && year >= 1 && year <= 9999, "a date is a day of the years 1 to 9999");
    packed_ = year * 10'000 + static_cast<int>(static_cast<unsigned>(day.month())) * 100 +
              static_cast<int>(static_cast<unsigned>(day.day()));
}

int Date::year() const {
    check(!is_none(), "a date that is none has no year");
    return packed_ / 10'000;
}

int Date::month() const {
    check(!is_none(), "a date that is none has no month");
    return packed_ / 100 % 100;
}

int Date::day() const {
    check(!is_none(), "a date that is none has no day");
    return packed_ % 100;
}

std::chrono::sys_days Date::days() const {
    return std::chrono::year(year()) / month() / day();
}

std::string Date::text() const {
    if (is_none()) return "";
    return padded(year(), 4) + "-" + padded(month(), 2) + "-" + padded(day(), 2);
}

Result<Date> parse_date(std::string_view text) {
    if (const auto date = read_date(plain_form(text))) return *date;
    return refuse(refusal(kNotADate).personal("text", shown(text)));
}

Date add_days(Date date, int days) {
    return Date(date.days() + std::chrono::days(days));
}

Date beijing_date(Instant at) {
    const auto local = std::chrono::sys_time<milliseconds>(milliseconds(at.ms + kBeijingMs));
    return Date(std::chrono::floor<std::chrono::days>(local));
}

std::string beijing_text(Instant at) {
    const Date day = beijing_date(at);
    const std::int64_t midnight =
        std::int64_t{day.days().time_since_epoch().count()} * kDayMs - kBeijingMs;
    const std::int64_t ms = at.ms - midnight;
    return day.text() + "T" + padded(ms / 3'600'000, 2) + ":" + padded(ms / 60'000 % 60, 2) + ":" +
           padded(ms / 1'000 % 60, 2) + "." + padded(ms % 1'000, 3) + "+08:00";
}

namespace {

std::int64_t ms_of_day(Date day) {
    return std::int64_t{day.days().time_since_epoch().count()} * kDayMs;
}

/// ".5" → 500; digits after the third are cut off.
std::int64_t read_fraction(Reader& reader) {
    const std::string_view digits = reader.digits(1, 9);
    std::int64_t ms = 0;
    for (std::size_t at = 0; at < 3; ++at) {
        ms = ms * 10 + (at < digits.size() ? digits[at] - '0' : 0);
    }
    return ms;
}

/// Z or ±HH:MM, in ms.
std::int64_t read_offset(Reader& reader) {
    if (reader.accept("Z") || reader.accept("z")) return 0;
    const bool is_west = reader.accept("-");
    if (!is_west) reader.take("+");
    const int hours = reader.number(2, 2);
    reader.take(":");
    const int minutes = reader.number(2, 2);
    if (hours > 23 || minutes > 59) reader.fail();
    const std::int64_t ms = (std::int64_t{hours} * 60 + minutes) * 60'000;
    return is_west ? -ms : ms;
}

std::optional<Instant> read_instant(std::string_view text) {
    Reader reader(text);
    const int year = reader.number(4, 4);
    reader.take("-");
    const int month = reader.number(2, 2);
    reader.take("-");
    const int day = reader.number(2, 2);
    if (!reader.accept("T") && !reader.accept("t")) reader.take(" ");
    const int hour = reader.number(2, 2);
    reader.take(":");
    const int minute = reader.number(2, 2);
    reader.take(":");
    const int second = reader.number(2, 2);
    std::int64_t ms = ((hour * 60 + minute) * 60 + second) * std::int64_t{1'000};
    if (reader.accept(".")) ms += read_fraction(reader);
    const std::int64_t offset = read_offset(reader);
    const auto date = make_date(year, month, day);
    if (!reader.read_all() || !date || hour > 23 || minute > 59 || second > 59) return std::nullopt;

    const Instant at{ms_of_day(*date) + ms - offset};
    const std::int64_t first = ms_of_day(*make_date(kFirstYear, 1, 1)) - kBeijingMs;
    const std::int64_t last = ms_of_day(*make_date(9999, 12, 31)) + kDayMs - kBeijingMs;
    if (at.ms < first || at.ms >= last) return std::nullopt;
    return at;
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    if (const auto at = read_instant(trim(text))) return *at;
    if (const auto day = read_date(plain_form(text))) return Instant{ms_of_day(*day) - kBeijingMs};
    return refuse(refusal(kNotAnInstant).personal("text", shown(text)));
}

}  // namespace fenming

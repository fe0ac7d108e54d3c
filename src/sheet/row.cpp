// Typed readers of cells.

#include "sheet/row.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "sheet/csv_writer.h"

namespace fenming::sheet {
namespace {

constexpr std::size_t kDigitsKept = 15;  // by a spreadsheet, of any number

/// Most cells are plain ASCII without spaces around: no need to look at every character.
bool is_simple(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string trimmed(std::string_view text) {
    return is_simple(text) ? std::string(text) : trim(text);
}

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// 6.22E+18
bool is_scientific(std::string_view text) {
    const auto exponent = text.find_first_of("eE");
    if (exponent == std::string_view::npos) return false;
    std::string mantissa(text.substr(0, exponent));
    const auto point = mantissa.find('.');
    if (point != std::string::npos) mantissa.erase(point, 1);
    text.remove_prefix(exponent + 1);
    if (text.starts_with('+')) text.remove_prefix(1);
    return is_digits(mantissa) && is_digits(text);
}

/// Whether a spreadsheet may have kept only the first 15 digits (torture E11).
bool may_be_rounded(std::string_view digits, CellKind kind) {
    if (!is_digits(digits) || digits.size() <= kDigitsKept) return false;
    if (kind == CellKind::number) return true;
    // Of 16 and 17 digits too many good ones end in 0 and 00.
    return digits.size() >= 18 && digits.find_first_not_of('0', kDigitsKept) == digits.npos;
}

/// The day of a serial number of the 1900 system, in which 1900 had a 29 February.
std::optional<Date> day_of_serial(std::string_view text) {
    if (text.size() != 5 || !is_digits(text) || text.front() == '0') return std::nullopt;
    const auto serial = parse_int(text);
    return add_days(Date(std::chrono::year(1899) / 12 / 30), static_cast<int>(*serial));
}

/// "2023/5/5 0:00" → "2023/5/5"; another time of day stays and is refused as a date.
std::string_view without_midnight(std::string_view text) {
    const auto at = text.find_first_of(" T");
    if (at == std::string_view::npos) return text;
    const std::string_view time = text.substr(at + 1);
    const bool is_midnight = time.find(':') != std::string_view::npos &&
                             time.find_first_not_of("0:.") == std::string_view::npos;
    return is_midnight ? text.substr(0, at) : text;
}

std::string without_spaces(std::string_view text) {
    std::string dense(text);
    for (const std::string_view space : {" ", "\u00A0", "\u3000"})
        for (auto at = dense.find(space); at != std::string::npos; at = dense.find(space, at))
            dense.erase(at, space.size());
    return dense;
}

/// Each run of line breaks and TABs becomes one space.
std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool is_break = c == '\r' || c == '\n' || c == '\t';
        if (!is_break) line += c;
        if (is_break && !line.ends_with(' ')) line += ' ';
    }
    return line;
}

bool begins_with_total(std::string_view text) {
    const std::string word = without_spaces(text);
    for (const std::string_view total : {"合计", "总计", "小计", "共计", "Total", "total", "TOTAL"})
        if (word.starts_with(total)) return true;
    return false;
}

}  // namespace

Row::Row(const std::vector<Column>& columns, const Header& header, const RawRow& raw)
    : columns_(columns), header_(header), raw_(raw) {
    find_total();
    check_length();
}

/// A row of sums begins with such a word and lacks something that every person's row has.
void Row::find_total() {
    const auto first = std::find_if(raw_.cells.begin(), raw_.cells.end(), [](const RawCell& cell) {
        return !trimmed(cell.text).empty();
    });
    if (first == raw_.cells.end() || !begins_with_total(trimmed(first->text))) return;
    is_total_ = std::any_of(columns_.begin(), columns_.end(), [this](const Column& column) {
        return column.is_required && !has(column.key);
    });
}

void Row::check_length() {
    for (std::size_t index = header_.width; index < raw_.cells.size(); ++index) {
        const std::string text = trimmed(raw_.cells[index].text);
        if (text.empty()) continue;
        problems_.push_back(refusal(kRowTooLong)
                                .with("columns", static_cast<std::int64_t>(header_.width))
                                .personal("text", shown(text))
                                .at(std::string(raw_.sheet), raw_.row, column_letters(index)));
        return;
    }
}

const Column& Row::column(std::string_view key) const {
    for (const Column& column : columns_)
        if (column.key == key) return column;
    bug("a column that the table does not declare");
}

const RawCell* Row::raw_cell(std::string_view key) const {
    const HeaderCell* cell = header_.find(key);
    if (cell == nullptr || cell->index >= raw_.cells.size()) return nullptr;
    return &raw_.cells[cell->index];
}

std::string Row::cell(std::string_view key) const {
    const RawCell* cell = raw_cell(key);
    // Trimmed last: a neutralised text may begin with a TAB.
    return cell == nullptr ? std::string() : trimmed(restored(trimmed(cell->text)));
}

std::optional<std::string> Row::filled(std::string_view key) {
    std::string text = cell(key);
    if (!text.empty()) return text;
    if (column(key).is_required) note(key, refusal(kCellEmpty));
    return std::nullopt;
}

void Row::note(std::string_view key, Refusal problem) {
    const HeaderCell* cell = header_.find(key);
    problems_.push_back(std::move(problem).at(
        std::string(raw_.sheet), raw_.row,
        cell != nullptr ? cell->place() : std::string(column(key).names.front())));
}

Refusal Row::about(std::string_view key, const RefusalKind& kind, std::string_view value) const {
    Refusal problem = refusal(kind);
    if (column(key).is_personal) {
        std::move(problem).personal("text", shown(value));
    } else {
        std::move(problem).with("text", shown(value));
    }
    return problem;
}

template <class T>
std::optional<T> Row::take(std::string_view key, Result<T> result) {
    if (result) return std::move(*result);
    note(key, std::move(result.error()));
    return std::nullopt;
}

std::optional<Money> Row::money(std::string_view key, MoneyUnit unit) {
    const auto text = filled(key);
    if (!text) return std::nullopt;
    const HeaderCell* cell = header_.find(key);
    return take(key, parse_money(*text, cell->unit.value_or(header_.unit.value_or(unit))));
}

std::optional<Date> Row::date(std::string_view key) {
    const auto text = filled(key);
    if (!text) return std::nullopt;
    if (const auto day = day_of_serial(*text)) return day;
    return take(key, parse_date(without_midnight(*text)));
}

std::optional<Month> Row::month(std::string_view key) {
    const auto text = filled(key);
    return text ? take(key, parse_month(*text)) : std::nullopt;
}

std::optional<std::int64_t> Row::whole(std::string_view key, std::int64_t least,
                                       std::int64_t most) {
    const auto text = filled(key);
    if (!text) return std::nullopt;
    const std::string half = to_half_width(*text);
    const bool is_negative = half.starts_with('-');
    const auto size = parse_int(is_negative ? std::string_view(half).substr(1) : half);
    if (!size) {
        note(key, about(key, kNotWhole, *text));
        return std::nullopt;
    }
    const std::int64_t value = is_negative ? -*size : *size;
    if (value >= least && value <= most) return value;
    note(key, about(key, kWholeOutOfRange, *text).with("least", least).with("most", most));
    return std::nullopt;
}

std::optional<Area> Row::area(std::string_view key) {
    const auto text = filled(key);
    return text ? take(key, parse_area(to_half_width(*text))) : std::nullopt;
}

std::optional<std::string> Row::text(std::string_view key, std::size_t limit) {
    const auto found = filled(key);
    if (!found) return std::nullopt;
    if (is_simple(*found) && found->size() <= limit) return found;
    std::string text = on_one_line(*found);
    if (has_invisible(text)) {
        note(key, about(key, kInvisibleCharacter, text));
    } else if (length_in_characters(text) > limit) {
        note(key, about(key, kTextTooLong, text).with("limit", static_cast<std::int64_t>(limit)));
    } else {
        return text;
    }
    return std::nullopt;
}

std::optional<std::string> Row::code(std::string_view key, std::size_t limit) {
    const auto found = filled(key);
    if (!found) return std::nullopt;
    const RawCell& raw = *raw_cell(key);
    const bool has_apostrophe = found->starts_with('\'');
    std::string code(*found, has_apostrophe ? 1 : 0);
    const bool was_simple = is_simple(code);
    if (!was_simple) code = without_spaces(to_half_width(code));
    const bool is_lost = is_scientific(code) || may_be_rounded(code, raw.kind);
    // Programs write a TAB beside a number so that spreadsheets keep it as text.
    if (!was_simple && has_invisible(code)) {
        note(key, about(key, kInvisibleCharacter, code));
    } else if (is_lost && !has_apostrophe && raw.text.find('\t') == raw.text.npos) {
        note(key, about(key, kPrecisionLost, code));
    } else if (code.size() > limit && length_in_characters(code) > limit) {
        note(key, about(key, kTextTooLong, code).with("limit", static_cast<std::int64_t>(limit)));
    } else {
        return code;
    }
    return std::nullopt;
}

}  // namespace fenming::sheet

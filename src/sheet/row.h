#pragma once
// A row of a table: typed readers of its cells that collect everything wrong in it (torture E8).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area.h"
#include "base/date.h"
#include "base/money.h"
#include "sheet/header.h"

namespace fenming::sheet {

/// Cells are filled beyond the last column of the header: `columns`, `text`. Most often an
/// unquoted comma in an amount moved everything behind it.
inline constexpr RefusalKind kRowTooLong{"sheet.row_too_long", 422};
/// A required cell is empty.
inline constexpr RefusalKind kCellEmpty{"sheet.cell_empty", 422};
/// `text`, longer than `limit` characters.
inline constexpr RefusalKind kTextTooLong{"sheet.text_too_long", 422};
/// `text` holds a character that cannot be seen (S9).
inline constexpr RefusalKind kInvisibleCharacter{"sheet.invisible_character", 422};
/// `text` is no whole number.
inline constexpr RefusalKind kNotWhole{"sheet.not_whole", 422};
/// `text` lies outside `least`…`most`.
inline constexpr RefusalKind kWholeOutOfRange{"sheet.whole_out_of_range", 422};
/// `text` is a long number of which a spreadsheet kept 15 digits only (torture E11).
inline constexpr RefusalKind kPrecisionLost{"sheet.precision_lost", 422};

/// A row of data. The readers below hand out a value, or nothing: because the cell is empty and not
/// required, or because it is wrong, which is then among `problems()` with its place.
class Row {
public:
    Row(const std::vector<Column>& columns, const Header& header, const RawRow& raw);

    [[nodiscard]] std::int64_t number() const { return raw_.row; }
    /// A row of sums (合计, 总计, 小计), which is no person's.
    [[nodiscard]] bool is_total() const { return is_total_; }
    [[nodiscard]] bool is_bad() const { return !problems_.empty(); }
    [[nodiscard]] const std::vector<Refusal>& problems() const { return problems_; }
    [[nodiscard]] const RawRow& raw() const { return raw_; }

    /// The cell, trimmed, our apostrophe removed (E20); empty if the file has no such column.
    [[nodiscard]] std::string cell(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return !cell(key).empty(); }

    // The readers. Each refuses kCellEmpty where a required cell is empty.

    /// In the unit that the header names, else the one above the header, else `unit`. Refuses as
    /// parse_money does.
    std::optional<Money> money(std::string_view key, MoneyUnit unit);
    /// The forms of parse_date, a serial number (1900 system), and a day with a time of midnight.
    std::optional<Date> date(std::string_view key);
    std::optional<Month> month(std::string_view key);
    std::optional<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most);
    std::optional<Area> area(std::string_view key);
    /// Line breaks and TABs become spaces; full width stays. At most `limit` characters.
    std::optional<std::string> text(std::string_view key, std::size_t limit);
    /// A number that is a name: identity numbers, accounts, references. Half width, no spaces.
    /// Refuses what a spreadsheet rounded (kPrecisionLost): number cells of 16 digits and more,
    /// 6.22E+18, and 18 digits and more that are zeros from the 16th on. An apostrophe before such
    /// a number says that it is right.
    std::optional<std::string> code(std::string_view key, std::size_t limit);

    /// Adds what the caller found wrong with the cell, and places it there.
    void note(std::string_view key, Refusal problem);

private:
    [[nodiscard]] const Column& column(std::string_view key) const;
    [[nodiscard]] const RawCell* raw_cell(std::string_view key) const;
    std::optional<std::string> filled(std::string_view key);
    /// A refusal that shows the cell's value; personal if the column is.
    [[nodiscard]] Refusal about(std::string_view key, const RefusalKind& kind,
                                std::string_view value) const;
    template <class T>
    std::optional<T> take(std::string_view key, Result<T> result);
    void find_total();
    void check_length();

    const std::vector<Column>& columns_;
    const Header& header_;
    RawRow raw_;
    bool is_total_ = false;
    std::vector<Refusal> problems_;
};

}  // namespace fenming::sheet

#pragma once
// The header of a table: declared columns in any order, under any of their names, below any title
// rows (torture C2, E1, E2, E10b).

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/money.h"
#include "sheet/rows.h"

namespace fenming::sheet {

/// None of the first 10 rows names any column: `wanted`, the names looked for.
inline constexpr RefusalKind kHeaderNotFound{"sheet.header_not_found", 422};
/// A required column is missing: `column`.
inline constexpr RefusalKind kColumnMissing{"sheet.column_missing", 422};
/// As kColumnMissing, and the file has a column with nearly that name: `column`, `found`.
inline constexpr RefusalKind kColumnMisspelt{"sheet.column_misspelt", 422};
/// Two columns of the file are the same column: `column`, `first`, `second`.
inline constexpr RefusalKind kColumnTwice{"sheet.column_twice", 422};
/// A column that a table may have.
struct Column {
    std::string_view key;  ///< what the program calls it
    std::vector<std::string_view>
        names;                 ///< as files call it, Chinese and English; the first is shown
    bool is_required = true;   ///< the column must be there, and its cells filled
    bool is_personal = false;  ///< values are shown to the requester, never stored (S3)
};

/// A header cell with something in it.
struct HeaderCell {
    std::size_t index = 0;          ///< 0 is the first column
    std::string text;               ///< as it stands in the file, trimmed
    std::string_view key;           ///< of the declared column it is; empty: an extra column
    std::optional<MoneyUnit> unit;  ///< from "金额(万元)"

    /// Letter and text, "E 金额(万元)": how a place names the column.
    [[nodiscard]] std::string place() const { return column_letters(index) + " " + text; }
};

struct Header {
    std::int64_t row = 0;
    std::vector<HeaderCell> cells;
    std::size_t width = 0;          ///< one past the last header cell with something in it
    std::optional<MoneyUnit> unit;  ///< from "单位：万元" above the header
    std::vector<std::vector<std::string>> above;  ///< title rows, as they stand in the file
    std::vector<std::string> raw;                 ///< the header row, as it stands in the file

    [[nodiscard]] const HeaderCell* find(std::string_view key) const;
    /// Places of the columns that were not declared, except our own 错误信息 of an earlier try.
    [[nodiscard]] std::vector<std::string> extra() const;
};

/// "金额（万元）" → 万元; also "[…]", "【…】" and "单位：万元" inside.
std::optional<MoneyUnit> unit_in_brackets(std::string_view header_text);

/// "单位：万元", as a title row says it → 万元.
std::optional<MoneyUnit> unit_above(std::string_view title_text);

/// Whether this is the column of sentences that FailingRows adds.
bool is_error_column(std::string_view header_text);

/// Knows every declared column by every name.
class ColumnNames {
public:
    /// `columns` must outlive this.
    explicit ColumnNames(const std::vector<Column>& columns);

    /// The column a header cell names; null if none. Width, case, spaces, line breaks, '*' and ':'
    /// do not matter, nor does what stands in brackets at the end.
    [[nodiscard]] const Column* find(std::string_view header_text) const;
    /// How many different columns a row of such cells names, and whether all required are among
    /// them.
    struct Match {
        std::size_t columns = 0;
        bool is_complete = false;
    };
    [[nodiscard]] Match match(const std::vector<std::string_view>& texts) const;

    /// The header that the cells of row `row` make. What is wrong with it goes to `problems`:
    /// every kColumnMissing, kColumnMisspelt and kColumnTwice.
    [[nodiscard]] Header make_header(std::string_view sheet, std::int64_t row,
                                     std::vector<std::string> raw, Problems& problems) const;

private:
    void find_missing(const Header& header, std::string_view sheet, Problems& problems) const;

    const std::vector<Column>& columns_;
    std::unordered_map<std::string, const Column*> by_name_;
};

}  // namespace fenming::sheet

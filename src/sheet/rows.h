#pragma once
// What every reader of spreadsheets hands on, whether the file was csv or a workbook: rows of cells
// with the row number a spreadsheet shows; the limits of a file; and the list of what was wrong.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fenming::sheet {

/// What a cell was in its file. A csv knows only text.
enum class CellKind {
    text,
    number,  ///< a number cell of a workbook; its text is the exact decimal the file holds
    date,    ///< a number cell shown as a date; its text is YYYY-MM-DD
};

struct RawCell {
    std::string_view text;  ///< UTF-8 as it stands in the file; valid until the sink returns
    CellKind kind = CellKind::text;
};

struct RawRow {
    std::string_view sheet;  ///< the sheet's name; empty in a csv
    std::int64_t row = 0;    ///< from 1, as a spreadsheet shows it: blank rows count (torture E10b)
    std::span<const RawCell> cells;
};

/// Takes rows in order. A refusal stops the reading and is what the reader returns.
using RowSink = std::function<Result<Done>(const RawRow&)>;

/// What a file may hold; beyond it, it is refused by name.
struct Limits {
    std::int64_t bytes = std::int64_t{512} << 20;  ///< of the file (E36)
    std::int64_t rows = 1'048'576;  ///< that are not empty; as many as a workbook's sheet
    std::int64_t columns = 512;
    std::int64_t cell_bytes = std::int64_t{32} << 10;  ///< UTF-8
};

/// `limit` bytes.
inline constexpr RefusalKind kFileTooLarge{"sheet.file_too_large", 413};
/// `limit` rows.
inline constexpr RefusalKind kTooManyRows{"sheet.too_many_rows", 413};
/// `limit` columns.
inline constexpr RefusalKind kTooManyColumns{"sheet.too_many_columns", 422};
/// `limit` bytes; most often a quotation mark was opened and never closed.
inline constexpr RefusalKind kCellTooLong{"sheet.cell_too_long", 422};

/// "A", "Z", "AA": the letters of column 0, 25, 26.
std::string column_letters(std::size_t index);

/// All that was wrong, in order: the first ones kept, the others counted (torture E8, E14).
class Problems {
public:
    explicit Problems(std::size_t keep = 1000) : keep_(keep) {}

    void add(Refusal problem);
    [[nodiscard]] const std::vector<Refusal>& kept() const { return kept_; }
    [[nodiscard]] std::int64_t count() const { return count_; }
    [[nodiscard]] std::int64_t left_out() const {
        return count_ - static_cast<std::int64_t>(kept_.size());
    }
    [[nodiscard]] bool is_empty() const { return count_ == 0; }

private:
    std::size_t keep_;
    std::int64_t count_ = 0;
    std::vector<Refusal> kept_;
};

}  // namespace fenming::sheet

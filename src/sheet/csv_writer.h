#pragma once
// Writing csv: quoted where needed, in the encoding asked for, safe to open in a spreadsheet.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/money.h"
#include "sheet/encoding.h"

namespace fenming::sheet {

/// Takes bytes in order. What cannot be written is its Fault.
using ByteSink = std::function<void(std::string_view)>;

/// A text that a spreadsheet would run as a formula, made harmless by a leading apostrophe (E20):
/// one that begins with = + - @ TAB or CR, apostrophes before them not counted, so that
/// `restored(neutralised(x)) == x` for every x.
std::string neutralised(std::string_view text);
/// Takes the apostrophe of `neutralised` away again; other texts stay as they are.
std::string_view restored(std::string_view text);
/// Digits, at most one sign before them, points and commas: no formula, whatever it begins with.
bool is_plain_number(std::string_view text);

struct CsvStyle {
    Encoding encoding = Encoding::utf8;
    bool mark =
        true;  ///< a byte-order mark, by which spreadsheets know UTF-8; none in GB18030, GBK
    char separator = ',';
};

/// Writes rows cell by cell. Rows end with CRLF. A cell that holds the separator, a quotation mark
/// or a line break is quoted.
class CsvWriter {
public:
    CsvWriter(const CsvStyle& style, ByteSink sink);

    void text(std::string_view text);  ///< neutralised
    void number(std::int64_t number);  ///< as it is, also if negative (E20)
    void money(Money amount);          ///< yuan with two decimals, as it is
    /// A cell of somebody else's csv: a number stays as it is, anything else is neutralised anew.
    void as_found(std::string_view cell);
    /// Refuses kNotInEncoding, at the row; nothing of the row is then written.
    Result<Done> end_row();
    /// Hands the last bytes to the sink.
    void finish();

private:
    void cell(std::string_view text);

    CsvStyle style_;
    ByteSink sink_;
    FromUtf8 encoder_;
    std::string row_;
    std::string bytes_;
    std::int64_t number_ = 1;
    bool is_first_cell_ = true;
};

}  // namespace fenming::sheet

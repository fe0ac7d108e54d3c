#pragma once
// What a bank's text files look like, as data (R3.30, R3.31, P20): one description writes the file
// that is sent and reads the file that comes back. A bureau describes a new bank in text:
//
//   layout rural               # a name
//   encoding gb18030           # or utf-8, gbk; `mark` for a byte-order mark
//   separator |                # one character or `tab`; without it every column has a width
//   send PAY_{batch}_{part}.txt
//   detail
//     = 2                      # a constant
//     reference  text
//     amount     yuan
//   trailer
//     = 9
//     count      whole
//     total      yuan
//   answer
//   detail
//     …
//
// Words of the whole file, before the first `send` or `answer`: layout, encoding, mark, separator,
// quotes (a cell may be quoted as in csv), line_end crlf|lf. `send` and `answer` begin a direction
// and may give a file name; `header`, `detail`, `trailer` begin a kind of line (`header first`:
// known by being the first line). A column is
//   FIELD TYPE [width N] [pad C|space|zero] [left|right] [optional] [default TEXT]
//   = TEXT [width N] …
// Types: text · digits · whole · yuan (450.00) · yuan_short (450) · fen (45000) · date yyyymmdd,
// yyyy-mm-dd or yyyy/mm/dd · skip. `left` and `right` say where the padding stands. Widths are
// bytes in the file's encoding, as banks count. # begins a comment.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sheet/encoding.h"

namespace fenming::sheet {

// Refusals of a description; all say the `line`.

/// `word` is not known, or not in this place.
inline constexpr RefusalKind kLayoutWord{"sheet.layout_word", 422};
/// No line of this kind has such a `field`.
inline constexpr RefusalKind kLayoutField{"sheet.layout_field", 422};
/// `field` stands twice in one kind of line.
inline constexpr RefusalKind kLayoutFieldTwice{"sheet.layout_field_twice", 422};
/// `field` cannot be written as `type`.
inline constexpr RefusalKind kLayoutType{"sheet.layout_type", 422};
/// `field` needs a width, since there is no separator, or has one beside a separator.
inline constexpr RefusalKind kLayoutWidth{"sheet.layout_width", 422};
/// A direction lacks its detail line, or the detail line its `field`.
inline constexpr RefusalKind kLayoutIncomplete{"sheet.layout_incomplete", 422};

enum class Direction { send, answer };
enum class LineKind { header, detail, trailer };
enum class FieldType { text, digits, whole, yuan, yuan_short, fen, date, constant, skip };
enum class PadSide { left, right };

struct LayoutColumn {
    std::string field;  ///< empty for constants and skipped columns
    FieldType type = FieldType::text;
    std::string constant;   ///< the constant, or the pattern of a date
    std::string fallback;   ///< written when the source is empty
    std::size_t width = 0;  ///< bytes in the file's encoding; 0 beside a separator
    char pad = ' ';
    PadSide pad_side = PadSide::right;
    bool is_optional = false;
};

struct LayoutLine {
    LineKind kind = LineKind::detail;
    bool is_first_line = false;  ///< known by its place, not by constants
    std::vector<LayoutColumn> columns;

    [[nodiscard]] std::size_t width() const;  ///< of all columns
};

/// The lines of one direction: headers and trailers as described, one detail.
struct LayoutSide {
    std::string file_name;  ///< with {batch} {part} {date} {count} {total} and the caller's own
    std::vector<LayoutLine> lines;  ///< empty: the layout does not have this direction

    [[nodiscard]] const LayoutLine& detail() const;
};

struct Layout {
    std::string name;
    Encoding encoding = Encoding::gb18030;
    bool mark = false;
    char separator = '\0';  ///< '\0': columns have widths
    bool quotes = false;
    std::string line_end = "\r\n";
    LayoutSide send;
    LayoutSide answer;

    [[nodiscard]] bool is_fixed() const { return separator == '\0'; }
    [[nodiscard]] const LayoutSide& side(Direction direction) const {
        return direction == Direction::send ? send : answer;
    }
};

/// Reads a description. Beside unknown words it refuses what could not be written or read: a `send`
/// detail needs account, name, amount; an `answer` detail reference, amount, code.
Result<Layout> parse_layout(std::string_view text);

/// A layout that this release knows; null if none has that name (see layouts.cpp).
const Layout* built_in_layout(std::string_view name);
std::vector<std::string_view> built_in_layout_names();

}  // namespace fenming::sheet

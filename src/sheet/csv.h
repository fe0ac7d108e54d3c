#pragma once
// Reading csv (RFC 4180, and what offices make of it) as a stream in bounded memory.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheet/encoding.h"
#include "sheet/input.h"
#include "sheet/rows.h"

namespace fenming::sheet {

/// A cell opened with a quotation mark that the file never closes; placed at the row it starts in.
inline constexpr RefusalKind kUnclosedQuote{"sheet.unclosed_quote", 422};
/// Something stands between a closing quotation mark and the next separator.
inline constexpr RefusalKind kTextAfterQuote{"sheet.text_after_quote", 422};
/// A NUL byte: a damaged file, or UTF-16 without its mark.
inline constexpr RefusalKind kNulByte{"sheet.nul_byte", 422};

/// How cells are told apart.
struct CsvForm {
    char separator = ',';  ///< , ; TAB or |
    bool quotes = true;    ///< a cell may be quoted, "" inside is one mark; else " is a character
};

/// Turns pieces of UTF-8 into rows. A row ends at LF, CR or CRLF; line breaks inside quotation
/// marks stay in the cell and do not count as rows. Lines without any character are counted and not
/// handed on; rows of empty cells are handed on. Refusals carry the place.
class CsvParser {
public:
    CsvParser(CsvForm form, const Limits& limits, RowSink sink);

    /// Pieces may be cut anywhere, but not inside a character of UTF-8.
    Result<Done> feed(std::string_view text);
    /// Ends the last row, which may lack its line break.
    Result<Done> finish();

    [[nodiscard]] std::int64_t rows() const { return rows_; }  ///< handed on
    [[nodiscard]] std::int64_t blank_lines() const { return blank_lines_; }

private:
    enum class State { cell_start, plain, quoted, quote_in_quoted, closed, after_return };

    const char* take_run(const char* at, const char* end);
    Result<Done> take_mark(char mark);
    Result<Done> after_closing_quote(char mark);
    Result<Done> end_cell();
    Result<Done> end_row(char mark);
    [[nodiscard]] std::size_t cell_bytes() const { return text_.size() - begin_; }
    [[nodiscard]] Refusal at_cell(const RefusalKind& kind) const;

    CsvForm form_;
    Limits limits_;
    RowSink sink_;
    std::array<bool, 256> is_mark_{};  // bytes that end a run outside quotation marks
    State state_ = State::cell_start;
    std::string text_;               // the cells of the row so far, one behind the other
    std::vector<std::size_t> ends_;  // where each ended
    std::vector<RawCell> cells_;
    std::size_t begin_ = 0;   // of the current cell in text_
    bool is_quoted_ = false;  // the row has a quoted cell: it is not a blank line
    std::int64_t row_ = 1;
    std::int64_t rows_ = 0;
    std::int64_t blank_lines_ = 0;
};

/// The separator of a text: the one that occurs most often in any one of its first 10 lines that
/// are not empty, quoted text left out; on a tie , before TAB before ; before |.
char detect_separator(std::string_view head);

/// Chooses a separator from the first (at most 64 KiB) of the text.
using ChooseSeparator = std::function<char(std::string_view head)>;

struct CsvOptions {
    std::optional<Encoding> encoding;  ///< none: by rule (see detect_encoding)
    std::optional<char> separator;     ///< none: `choose_separator`
    ChooseSeparator choose_separator = detect_separator;
    bool quotes = true;
    Limits limits;
};

/// What was read.
struct CsvFacts {
    Encoding encoding = Encoding::utf8;
    char separator = ',';
    std::int64_t rows = 0;  ///< handed on
    std::int64_t blank_lines = 0;
    std::int64_t bytes = 0;
};

/// Reads all of `input` into `sink`. Refuses what encoding.h, rows.h and this file name, and what
/// the sink refuses. Memory: one row and two pieces.
Result<CsvFacts> read_csv(Input& input, const CsvOptions& options, const RowSink& sink);

}  // namespace fenming::sheet

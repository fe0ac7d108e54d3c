#pragma once
// Files that go to banks and come back, by their layout (R3.30): lines in, bytes out; bytes in,
// lines out. Nothing is neutralised or cut: what does not fit is refused (E20, R3.30's check before
// export). A summary line of a bank is read and reported, and never believed.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/secret.h"
#include "sheet/input.h"
#include "sheet/layout.h"
#include "sheet/rows.h"

namespace fenming::sheet {

// Refusals of writing and reading. Places: the number of the line (when writing, of the detail
// line), and the column as "4 name".

/// `text` is longer than the column: `bytes` of `width`.
inline constexpr RefusalKind kFieldTooWide{"sheet.field_too_wide", 422};
/// `text` holds the `separator` or a line break.
inline constexpr RefusalKind kFieldHasSeparator{"sheet.field_has_separator", 422};
/// `text` holds something else than digits.
inline constexpr RefusalKind kNotDigits{"sheet.not_digits", 422};
/// A payment of `amount_fen`, which is not above zero.
inline constexpr RefusalKind kNotPayable{"sheet.not_payable", 422};
/// The layout wants `field`, which nobody gave.
inline constexpr RefusalKind kFieldNotGiven{"sheet.field_not_given", 422};
/// `text` cannot be the name of a file.
inline constexpr RefusalKind kFileNameUnsafe{"sheet.file_name_unsafe", 422};
/// The layout `layout` has no such direction.
inline constexpr RefusalKind kNoSuchSide{"sheet.no_such_side", 422};
/// A line of `found` columns, where the layout has `expected`.
inline constexpr RefusalKind kColumnCount{"sheet.column_count", 422};
/// A line of `found` bytes, where the layout has `expected`.
inline constexpr RefusalKind kLineWidth{"sheet.line_width", 422};
/// A column that is always `expected` holds `text`.
inline constexpr RefusalKind kColumnDiffers{"sheet.column_differs", 422};
/// The bytes of a column of fixed width are no text in `encoding`; often the width is wrong.
inline constexpr RefusalKind kBytesNoText{"sheet.bytes_no_text", 422};
/// The layout has a closing line of totals and the file none: it was cut. `found` lines and
/// `found_fen` were read.
inline constexpr RefusalKind kTrailerMissing{"sheet.trailer_missing", 422};
/// There is a second closing line.
inline constexpr RefusalKind kTrailerTwice{"sheet.trailer_twice", 422};
/// There is a line of payment after the closing line.
inline constexpr RefusalKind kLineAfterTrailer{"sheet.line_after_trailer", 422};
/// A count or a total of the closing line is missing or no number.
inline constexpr RefusalKind kTrailerUnreadable{"sheet.trailer_unreadable", 422};
/// The closing line says `claimed` lines of `claimed_fen`, read were `found` of `found_fen`.
inline constexpr RefusalKind kTrailerDiffers{"sheet.trailer_differs", 422};
/// A summary says `claimed` lines, there are `found`.
inline constexpr RefusalKind kSummaryCount{"sheet.summary_count", 422};
/// A summary says `claimed_fen`, the lines make `found_fen`.
inline constexpr RefusalKind kSummaryTotal{"sheet.summary_total", 422};
/// A summary's `text` cannot be read.
inline constexpr RefusalKind kSummaryUnreadable{"sheet.summary_unreadable", 422};

/// One payment, as sent or as answered. Texts are trimmed; what the layout lacks is empty.
struct BankLine {
    std::int64_t row = 0;   ///< of the file it was read from; blank lines count
    std::string reference;  ///< ours, by which the answer is matched
    Secret<std::string> account;
    Secret<std::string> name;
    Secret<std::string> id_number;
    Money amount;
    std::string bank_code;
    std::string bank_name;
    std::string remark;   ///< what the bank statement shows
    std::string code;     ///< answers only: the bank's return code
    std::string message;  ///< answers only
};

/// What a file says beside its lines.
struct FileFields {
    std::string batch;
    int part = 1;
    Date date;
    /// payer_account, payer_name, agreement, item, and names that only a file name uses.
    std::map<std::string, std::string, std::less<>> others;
};

struct BankFile {
    std::string name;   ///< by the layout's pattern; empty if it has none
    std::string bytes;  ///< the same for the same lines, always
    std::int64_t count = 0;
    Money total;
};

/// Writes the file that is sent. Every line is looked at, so that all that is wrong is reported.
tl::expected<BankFile, Problems> write_bank_file(const Layout& layout, const FileFields& fields,
                                                 std::span<const BankLine> lines);

/// What a header or trailer of the bank says. The closing line must fit the lines, or the file did
/// not arrive whole; any other is only reported (a header's sums can be wrong).
struct SummaryLine {
    std::int64_t row = 0;
    LineKind kind = LineKind::trailer;
    std::map<std::string, std::int64_t, std::less<>> claims;  ///< by field; totals in fen
};

struct BankReport {
    std::int64_t lines = 0;  ///< details read
    std::int64_t bad_lines = 0;
    std::int64_t blank_lines = 0;
    Money total;  ///< of the details read
    std::vector<SummaryLine> summaries;
    Problems problems{1000};  ///< lines that could not be read
    Problems notes{1000};     ///< summaries that disagree with the lines
};

using TakeLine = std::function<void(BankLine&&)>;

/// Reads a file of either direction. Lines are handed on in order, doubles too: the caller judges
/// them. A line that cannot be read is a problem with its place and the rest goes on (R3.35,
/// torture D1, D6). The file as a whole is refused for a bad byte, a limit or a NUL byte; where the
/// layout has a trailer, also when its closing line is missing, is not the last, or does not fit
/// the lines (kTrailer…, kLineAfterTrailer). So only after the last line is it known whether what
/// was handed on may be used. A byte-order mark, or text that is plainly UTF-8, outweighs the
/// layout's encoding unless columns have widths.
Result<BankReport> read_bank_file(const Layout& layout, Direction direction, Input& input,
                                  const TakeLine& take, const Limits& limits = {});

}  // namespace fenming::sheet

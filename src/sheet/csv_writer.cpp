// Writing csv.

#include "sheet/csv_writer.h"

#include <utility>

#include "sheet/input.h"

namespace fenming::sheet {
namespace {

constexpr std::string_view kRunsAsFormula = "=+-@\t\r";

/// Whether a spreadsheet could run what stands behind any apostrophes.
bool is_dangerous(std::string_view text) {
    const auto first = text.find_first_not_of('\'');
    return first != std::string_view::npos &&
           kRunsAsFormula.find(text[first]) != std::string_view::npos;
}

}  // namespace

std::string neutralised(std::string_view text) {
    return is_dangerous(text) ? "'" + std::string(text) : std::string(text);
}

std::string_view restored(std::string_view text) {
    return text.starts_with('\'') && is_dangerous(text) ? text.substr(1) : text;
}

bool is_plain_number(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789.,") == std::string_view::npos;
}

CsvWriter::CsvWriter(const CsvStyle& style, ByteSink sink)
    : style_(style), sink_(std::move(sink)), encoder_(style.encoding) {
    const bool is_unicode = style_.encoding == Encoding::utf8 ||
                            style_.encoding == Encoding::utf16le ||
                            style_.encoding == Encoding::utf16be;
    if (style_.mark && is_unicode && !encoder_.append("\xEF\xBB\xBF", bytes_))
        bug("Unicode has its own mark");
}

void CsvWriter::cell(std::string_view text) {
    if (!std::exchange(is_first_cell_, false)) row_ += style_.separator;
    const bool needs_quotes = text.find_first_of("\"\r\n") != std::string_view::npos ||
                              text.find(style_.separator) != std::string_view::npos;
    if (!needs_quotes) {
        row_ += text;
        return;
    }
    row_ += '"';
    for (const char c : text) {
        if (c == '"') row_ += '"';
        row_ += c;
    }
    row_ += '"';
}

void CsvWriter::text(std::string_view text) {
    cell(neutralised(text));
}

void CsvWriter::number(std::int64_t number) {
    cell(std::to_string(number));
}

void CsvWriter::money(Money amount) {
    cell(to_yuan(amount));
}

void CsvWriter::as_found(std::string_view found) {
    if (is_plain_number(found)) {
        cell(found);
    } else {
        text(restored(found));
    }
}

Result<Done> CsvWriter::end_row() {
    // A lone empty cell would read as a blank line.
    if (row_.empty()) row_ = "\"\"";
    row_ += "\r\n";
    auto appended = encoder_.append(std::exchange(row_, {}), bytes_);
    is_first_cell_ = true;
    if (!appended) return refuse(std::move(appended.error()).at("", number_, ""));
    ++number_;
    if (bytes_.size() >= kPieceBytes) finish();
    return Done{};
}

void CsvWriter::finish() {
    if (!bytes_.empty()) sink_(bytes_);
    bytes_.clear();
}

}  // namespace fenming::sheet

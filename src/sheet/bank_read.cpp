// Reading a file of a bank's layout.

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "sheet/bank_text.h"
#include "sheet/bank_totals.h"
#include "sheet/csv.h"

namespace fenming::sheet {
namespace {

bool is_personal(std::string_view field) {
    return field == "account" || field == "name" || field == "id_number";
}

/// The text of a cell without its padding. Zeros stay: they may be part of an account.
std::string unpadded(std::string_view cell, const LayoutColumn& column) {
    if (column.pad != ' ' && column.pad != '0') {
        while (column.pad_side == PadSide::left && cell.starts_with(column.pad))
            cell.remove_prefix(1);
        while (column.pad_side == PadSide::right && cell.ends_with(column.pad))
            cell.remove_suffix(1);
    }
    return trim(cell);
}

/// Makes payments and summaries of lines whose cells were told apart.
class LineReader {
public:
    LineReader(const LayoutSide& side, const TakeLine& take)
        : side_(side), take_(take), totals_(side) {}

    /// Whether the cells are a line of this kind; details are what nothing else is.
    [[nodiscard]] bool is_line(const LayoutLine& line, std::span<const std::string> cells) const;
    /// A line of a separated file.
    void take(std::int64_t row, std::span<const std::string> cells);
    void take_as(const LayoutLine& line, std::int64_t row, std::span<const std::string> cells);
    void refuse_line(Refusal problem, std::int64_t row, std::string column) {
        is_first_ = false;
        ++report_.bad_lines;
        totals_.add_line(row, std::nullopt);
        report_.problems.add(std::move(problem).at("", row, std::move(column)));
    }
    Result<BankReport> finish(std::int64_t blank_lines);

private:
    void take_detail(const LayoutLine& line, std::int64_t row, std::span<const std::string> cells);
    void take_summary(const LayoutLine& line, std::int64_t row, std::span<const std::string> cells);
    [[nodiscard]] std::optional<Refusal> put(BankLine& payment, const LayoutColumn& column,
                                             const std::string& text) const;

    const LayoutSide& side_;
    const TakeLine& take_;
    bool is_first_ = true;
    FileTotals totals_;
    BankReport report_;
};

bool LineReader::is_line(const LayoutLine& line, std::span<const std::string> cells) const {
    if (line.kind == LineKind::detail) return true;
    if (line.is_first_line) return is_first_;
    bool has_constant = false;
    for (std::size_t index = 0; index < line.columns.size(); ++index) {
        if (line.columns[index].type != FieldType::constant) continue;
        if (index >= cells.size() || cells[index] != line.columns[index].constant) return false;
        has_constant = true;
    }
    return has_constant;
}

void LineReader::take(std::int64_t row, std::span<const std::string> cells) {
    for (const LayoutLine& line : side_.lines)
        if (line.kind != LineKind::detail && is_line(line, cells)) return take_as(line, row, cells);
    const LayoutLine& detail = side_.detail();
    std::size_t least = detail.columns.size();
    while (least > 0 && detail.columns[least - 1].is_optional) --least;
    // Many banks end a line with one more separator.
    const bool has_more = cells.size() > detail.columns.size() + 1 ||
                          (cells.size() == detail.columns.size() + 1 && !cells.back().empty());
    if (cells.size() < least || has_more)
        return refuse_line(refusal(kColumnCount)
                               .with("expected", static_cast<std::int64_t>(detail.columns.size()))
                               .with("found", static_cast<std::int64_t>(cells.size())),
                           row, "");
    take_as(detail, row, cells);
}

void LineReader::take_as(const LayoutLine& line, std::int64_t row,
                         std::span<const std::string> cells) {
    is_first_ = false;
    if (line.kind == LineKind::detail) {
        take_detail(line, row, cells);
    } else {
        take_summary(line, row, cells);
    }
}

void LineReader::take_detail(const LayoutLine& line, std::int64_t row,
                             std::span<const std::string> cells) {
    BankLine payment;
    payment.row = row;
    bool is_bad = false;
    bool has_amount = false;
    for (std::size_t index = 0; index < line.columns.size() && index < cells.size(); ++index) {
        const LayoutColumn& column = line.columns[index];
        auto problem = put(payment, column, cells[index]);
        if (!problem) {
            has_amount = has_amount || column.field == "amount";
            continue;
        }
        is_bad = true;
        report_.problems.add(
            std::move(*problem).at("", row, std::to_string(index + 1) + " " + column.field));
    }
    totals_.add_line(row, has_amount ? std::optional(payment.amount) : std::nullopt);
    std::int64_t sum = report_.total.in_fen();
    if (!is_bad && (__builtin_add_overflow(sum, payment.amount.in_fen(), &sum) || sum > kMaxFen)) {
        is_bad = true;
        report_.problems.add(refusal(kMoneyOutOfRange)
                                 .with("text", to_yuan(payment.amount))
                                 .with("most_fen", kMaxFen)
                                 .at("", row, ""));
    }
    if (is_bad) {
        ++report_.bad_lines;
        return;
    }
    ++report_.lines;
    report_.total += payment.amount;
    take_(std::move(payment));
}

Refusal about(const LayoutColumn& column, const RefusalKind& kind, const std::string& text) {
    Refusal problem = refusal(kind);
    if (is_personal(column.field)) {
        std::move(problem).personal("text", shown(text));
    } else {
        std::move(problem).with("text", shown(text));
    }
    return problem;
}

/// Where a field of text goes; null for fields that say nothing about the payment.
std::string* text_field(BankLine& payment, std::string_view field) {
    if (field == "reference") return &payment.reference;
    if (field == "bank_code") return &payment.bank_code;
    if (field == "bank_name") return &payment.bank_name;
    if (field == "remark") return &payment.remark;
    if (field == "code") return &payment.code;
    if (field == "message") return &payment.message;
    return nullptr;
}

std::optional<Refusal> LineReader::put(BankLine& payment, const LayoutColumn& column,
                                       const std::string& text) const {
    if (column.type == FieldType::constant) {
        if (text == column.constant) return std::nullopt;
        return about(column, kColumnDiffers, text).with("expected", column.constant);
    }
    // A bank numbers its lines as it likes.
    if (column.type == FieldType::skip || column.field == "sequence") return std::nullopt;
    if (text.empty()) {
        if (column.is_optional) return std::nullopt;
        return refusal(kFieldNotGiven).with("field", column.field);
    }
    if (column.type == FieldType::digits &&
        text.find_first_not_of("0123456789") != std::string::npos)
        return about(column, kNotDigits, text);
    if (column.field == "amount") {
        auto amount =
            parse_money(text, column.type == FieldType::fen ? MoneyUnit::fen : MoneyUnit::yuan);
        if (!amount) return std::move(amount.error());
        payment.amount = *amount;
        return std::nullopt;
    }
    if (column.field == "account") payment.account = Secret(text);
    if (column.field == "name") payment.name = Secret(text);
    if (column.field == "id_number") payment.id_number = Secret(text);
    if (std::string* field = text_field(payment, column.field)) *field = text;
    return std::nullopt;
}

void LineReader::take_summary(const LayoutLine& line, std::int64_t row,
                              std::span<const std::string> cells) {
    SummaryLine summary{row, line.kind, {}};
    if (line.kind == LineKind::trailer) totals_.add_trailer(row);
    for (std::size_t index = 0; index < line.columns.size() && index < cells.size(); ++index) {
        const LayoutColumn& column = line.columns[index];
        const bool is_count = column.type == FieldType::whole;
        const bool is_money = column.type == FieldType::yuan || column.type == FieldType::fen ||
                              column.type == FieldType::yuan_short;
        if (!is_count && !is_money) continue;
        const MoneyUnit unit =
            column.type == FieldType::yuan || column.type == FieldType::yuan_short ? MoneyUnit::yuan
                                                                                   : MoneyUnit::fen;
        // A count is read as an amount in fen is: a whole number.
        const auto number = parse_money(cells[index], unit);
        if (number) {
            summary.claims[column.field] = number->in_fen();
        } else {
            report_.notes.add(refusal(kSummaryUnreadable)
                                  .with("text", shown(cells[index]))
                                  .at("", row, std::to_string(index + 1) + " " + column.field));
        }
    }
    report_.summaries.push_back(std::move(summary));
}

Result<BankReport> LineReader::finish(std::int64_t blank_lines) {
    report_.blank_lines = blank_lines;
    TRY(totals_.judge(report_));
    for (const SummaryLine& summary : report_.summaries) {
        const auto count = summary.claims.find("count");
        if (count != summary.claims.end() && count->second != totals_.lines())
            report_.notes.add(refusal(kSummaryCount)
                                  .with("claimed", count->second)
                                  .with("found", totals_.lines())
                                  .at("", summary.row, ""));
        const auto total = summary.claims.find("total");
        if (total != summary.claims.end() && total->second != totals_.sum().in_fen())
            report_.notes.add(refusal(kSummaryTotal)
                                  .with("claimed_fen", total->second)
                                  .with("found_fen", totals_.sum().in_fen())
                                  .at("", summary.row, ""));
    }
    return std::move(report_);
}

bool is_blank(std::span<const std::string> cells) {
    return std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); });
}

Result<BankReport> read_separated(const Layout& layout, LineReader& lines, Input& input,
                                  const Limits& limits) {
    CsvOptions options;
    options.encoding = TRY(detect_encoding(input, layout.encoding));
    options.separator = layout.separator;
    options.quotes = layout.quotes;
    options.limits = limits;
    std::int64_t blank_lines = 0;
    std::vector<std::string> cells;
    const CsvFacts facts = TRY(read_csv(input, options, [&](const RawRow& raw) -> Result<Done> {
        cells.clear();
        for (const RawCell& cell : raw.cells) cells.push_back(trim(cell.text));
        if (is_blank(cells)) {
            ++blank_lines;
        } else {
            lines.take(raw.row, cells);
        }
        return Done{};
    }));
    return lines.finish(blank_lines + facts.blank_lines);
}

/// Cuts lines of fixed widths apart while they are still bytes, as their widths are counted.
class FixedReader {
public:
    FixedReader(const Layout& layout, const LayoutSide& side, LineReader& lines)
        : layout_(layout), side_(side), lines_(lines), decoder_(layout.encoding) {}

    void take(std::string_view line);
    [[nodiscard]] std::int64_t rows() const { return row_; }
    [[nodiscard]] std::int64_t blank_lines() const { return blank_lines_; }

private:
    [[nodiscard]] bool cut(const LayoutLine& line, std::string_view bytes);

    const Layout& layout_;
    const LayoutSide& side_;
    LineReader& lines_;
    ToUtf8 decoder_;
    std::int64_t row_ = 0;
    std::int64_t blank_lines_ = 0;
    std::vector<std::string> cells_;
    std::size_t bad_column_ = 0;
};

/// Fills `cells_`; false if the bytes of a column are no text.
bool FixedReader::cut(const LayoutLine& line, std::string_view bytes) {
    cells_.clear();
    for (const LayoutColumn& column : line.columns) {
        std::string text;
        const bool is_text =
            decoder_.feed(bytes.substr(0, column.width), text) && decoder_.finish();
        if (!is_text) {
            decoder_ = ToUtf8(layout_.encoding);
            bad_column_ = cells_.size();
            return false;
        }
        cells_.push_back(unpadded(text, column));
        bytes.remove_prefix(column.width);
    }
    return true;
}

void FixedReader::take(std::string_view line) {
    ++row_;
    if (line.find_first_not_of(' ') == std::string_view::npos) {
        ++blank_lines_;
        return;
    }
    const LayoutLine& detail = side_.detail();
    for (const LayoutLine& kind : side_.lines)
        if (kind.kind != LineKind::detail && line.size() == kind.width() && cut(kind, line) &&
            lines_.is_line(kind, cells_))
            return lines_.take_as(kind, row_, cells_);
    if (line.size() != detail.width())
        return lines_.refuse_line(refusal(kLineWidth)
                                      .with("expected", static_cast<std::int64_t>(detail.width()))
                                      .with("found", static_cast<std::int64_t>(line.size())),
                                  row_, "");
    if (cut(detail, line)) return lines_.take_as(detail, row_, cells_);
    lines_.refuse_line(
        refusal(kBytesNoText).with("encoding", std::string(name_of(layout_.encoding))), row_,
        std::to_string(bad_column_ + 1) + " " + detail.columns[bad_column_].field);
}

Result<BankReport> read_fixed(const Layout& layout, const LayoutSide& side, LineReader& lines,
                              Input& input, const Limits& limits) {
    FixedReader reader(layout, side, lines);
    std::vector<char> piece(kPieceBytes);
    std::string rest;
    std::int64_t bytes = 0;
    const auto end_line = [&](std::string_view line) -> Result<Done> {
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (reader.rows() == 0 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        if (reader.rows() == limits.rows)
            return refuse(refusal(kTooManyRows).with("limit", limits.rows));
        reader.take(line);
        return Done{};
    };
    input.rewind();
    while (const std::size_t count = input.read(piece)) {
        bytes += static_cast<std::int64_t>(count);
        if (bytes > limits.bytes) return refuse(refusal(kFileTooLarge).with("limit", limits.bytes));
        rest.append(piece.data(), count);
        std::size_t begin = 0;
        for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', begin)) {
            TRY(end_line(std::string_view(rest).substr(begin, end - begin)));
            begin = end + 1;
        }
        rest.erase(0, begin);
        if (rest.size() > static_cast<std::size_t>(limits.cell_bytes))
            return refuse(refusal(kCellTooLong)
                              .with("limit", limits.cell_bytes)
                              .at("", reader.rows() + 1, ""));
    }
    if (!rest.empty()) TRY(end_line(rest));
    return lines.finish(reader.blank_lines());
}

}  // namespace

Result<BankReport> read_bank_file(const Layout& layout, Direction direction, Input& input,
                                  const TakeLine& take, const Limits& limits) {
    const LayoutSide& side = layout.side(direction);
    if (side.lines.empty()) return refuse(refusal(kNoSuchSide).with("layout", layout.name));
    LineReader lines(side, take);
    if (layout.is_fixed()) return read_fixed(layout, side, lines, input, limits);
    return read_separated(layout, lines, input, limits);
}

}  // namespace fenming::sheet

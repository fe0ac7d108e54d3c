// Writing the file that goes to a bank.

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "sheet/bank_text.h"

namespace fenming::sheet {
namespace {

bool is_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string printed(Money amount, FieldType type) {
    if (type == FieldType::fen) return std::to_string(amount.in_fen());
    std::string text = to_yuan(amount);
    if (type != FieldType::yuan_short) return text;
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
}

/// "2026-05-31" as yyyymmdd, yyyy-mm-dd or yyyy/mm/dd.
std::string printed(Date date, std::string_view pattern) {
    std::string text;
    for (const char c : date.text())
        if (c != '-') {
            text += c;
        } else if (pattern[4] == '-' || pattern[4] == '/') {
            text += pattern[4];
        }
    return text;
}

bool is_personal(std::string_view field) {
    return field == "account" || field == "name" || field == "id_number";
}

class FileWriter {
public:
    FileWriter(const Layout& layout, const FileFields& fields, std::span<const BankLine> lines)
        : layout_(layout), fields_(fields), lines_(lines), encoder_(layout.encoding) {
        for (const BankLine& line : lines_) total_ += line.amount;
    }

    tl::expected<BankFile, Problems> write() {
        if (layout_.send.lines.empty()) {
            problems_.add(refusal(kNoSuchSide).with("layout", layout_.name));
            return tl::unexpected(std::move(problems_));
        }
        if (layout_.mark) bytes_ += encode("\xEF\xBB\xBF", "");
        write_summaries(LineKind::header);
        for (number_ = 1; number_ <= static_cast<std::int64_t>(lines_.size()); ++number_) {
            const BankLine& line = lines_[static_cast<std::size_t>(number_ - 1)];
            if (line.amount <= Money())
                note(refusal(kNotPayable).with("amount_fen", line.amount.in_fen()), "amount");
            write_line(layout_.send.detail(), &line);
        }
        number_ = 0;
        write_summaries(LineKind::trailer);
        std::string name = file_name();
        if (!problems_.is_empty()) return tl::unexpected(std::move(problems_));
        return BankFile{std::move(name), std::move(bytes_),
                        static_cast<std::int64_t>(lines_.size()), total_};
    }

private:
    void write_summaries(LineKind kind) {
        for (const LayoutLine& line : layout_.send.lines)
            if (line.kind == kind) write_line(line, nullptr);
    }
    void write_line(const LayoutLine& line, const BankLine* payment);
    void write_cell(const LayoutColumn& column, std::string text, const std::string& place);
    std::string encode(std::string_view text, const std::string& place);
    void note(Refusal problem, const std::string& place) {
        problems_.add(std::move(problem).at("", number_, place));
    }
    Refusal about(const LayoutColumn& column, const RefusalKind& kind, std::string text) const {
        Refusal problem = refusal(kind);
        if (is_personal(column.field)) {
            std::move(problem).personal("text", std::move(text));
        } else {
            std::move(problem).with("text", std::move(text));
        }
        return problem;
    }
    std::string text_of(const LayoutColumn& column, const BankLine* payment) const;
    std::string file_text(const LayoutColumn& column) const;
    std::string file_name();

    const Layout& layout_;
    const FileFields& fields_;
    std::span<const BankLine> lines_;
    FromUtf8 encoder_;
    Money total_;
    std::int64_t number_ = 0;  // of the detail line; 0 in headers and trailers
    std::string bytes_;
    Problems problems_;
};

/// What a column shows of the whole file.
std::string FileWriter::file_text(const LayoutColumn& column) const {
    if (column.field == "batch") return fields_.batch;
    if (column.field == "part") return std::to_string(fields_.part);
    if (column.field == "count") return std::to_string(lines_.size());
    if (column.field == "total") return printed(total_, column.type);
    if (column.field == "date")
        return fields_.date.is_none() ? "" : printed(fields_.date, column.constant);
    const auto other = fields_.others.find(column.field);
    return other == fields_.others.end() ? std::string() : other->second;
}

std::string FileWriter::text_of(const LayoutColumn& column, const BankLine* payment) const {
    if (column.type == FieldType::constant) return column.constant;
    if (payment == nullptr) return file_text(column);
    if (column.field == "sequence") return std::to_string(number_);
    if (column.field == "reference") return payment->reference;
    if (column.field == "account") return payment->account.reveal();
    if (column.field == "name") return payment->name.reveal();
    if (column.field == "id_number") return payment->id_number.reveal();
    if (column.field == "amount") return printed(payment->amount, column.type);
    if (column.field == "bank_code") return payment->bank_code;
    if (column.field == "bank_name") return payment->bank_name;
    if (column.field == "remark") return payment->remark;
    return file_text(column);
}

void FileWriter::write_line(const LayoutLine& line, const BankLine* payment) {
    for (std::size_t index = 0; index < line.columns.size(); ++index) {
        const LayoutColumn& column = line.columns[index];
        const std::string place = std::to_string(index + 1) + " " + column.field;
        if (index > 0 && !layout_.is_fixed())
            bytes_ += encode(std::string_view(&layout_.separator, 1), place);
        std::string text = text_of(column, payment);
        if (text.empty()) text = column.fallback;
        if (text.empty() && !column.is_optional && column.type != FieldType::skip)
            note(refusal(kFieldNotGiven).with("field", column.field), place);
        write_cell(column, std::move(text), place);
    }
    bytes_ += encode(layout_.line_end, "");
}

void FileWriter::write_cell(const LayoutColumn& column, std::string text,
                            const std::string& place) {
    const bool has_separator =
        !layout_.is_fixed() && text.find(layout_.separator) != std::string::npos;
    if (text.find_first_of("\r\n") != std::string::npos || (has_separator && !layout_.quotes)) {
        note(about(column, kFieldHasSeparator, text)
                 .with("separator", std::string(1, layout_.is_fixed() ? ' ' : layout_.separator)),
             place);
        return;
    }
    if (column.type == FieldType::digits && !is_digits(text))
        return note(about(column, kNotDigits, text), place);
    if (layout_.quotes && text.find_first_of(std::string("\"") + layout_.separator) != text.npos) {
        std::string quoted = "\"";
        for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
        text = quoted + "\"";
    }
    std::string cell = encode(text, place);
    if (!layout_.is_fixed()) {
        bytes_ += cell;
        return;
    }
    if (cell.size() > column.width) {
        note(about(column, kFieldTooWide, text)
                 .with("bytes", static_cast<std::int64_t>(cell.size()))
                 .with("width", static_cast<std::int64_t>(column.width)),
             place);
        return;
    }
    const std::string padding(column.width - cell.size(), column.pad);
    bytes_ += column.pad_side == PadSide::left ? padding + cell : cell + padding;
}

std::string FileWriter::encode(std::string_view text, const std::string& place) {
    std::string bytes;
    auto encoded = encoder_.append(text, bytes);
    if (!encoded) note(std::move(encoded.error()), place);
    return bytes;
}

/// The pattern with its {names} filled in (R3.31).
std::string FileWriter::file_name() {
    std::string name;
    std::string_view rest = layout_.send.file_name;
    while (!rest.empty()) {
        const auto open = rest.find('{');
        name += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        if (close == std::string_view::npos) break;
        LayoutColumn column;
        column.field = rest.substr(open + 1, close - open - 1);
        column.type = FieldType::yuan;
        column.constant = "yyyymmdd";
        const std::string text = file_text(column);
        if (text.empty()) note(refusal(kFieldNotGiven).with("field", column.field), "");
        name += text;
        rest.remove_prefix(close + 1);
    }
    const bool has_control =
        std::any_of(name.begin(), name.end(), [](char c) { return c >= 0 && c < 0x20; });
    if (has_control || name.find_first_of("/\\:*?\"<>|") != std::string::npos ||
        name.starts_with('.'))
        note(refusal(kFileNameUnsafe).with("text", name), "");
    return name;
}

}  // namespace

tl::expected<BankFile, Problems> write_bank_file(const Layout& layout, const FileFields& fields,
                                                 std::span<const BankLine> lines) {
    return FileWriter(layout, fields, lines).write();
}

}  // namespace fenming::sheet

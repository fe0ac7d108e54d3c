// Reading the description of a layout.

#include "sheet/layout.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace fenming::sheet {
namespace {

enum class Sort { text, money, count, date };  // what a field is, whatever its column looks like

struct KnownField {
    std::string_view name;
    Sort sort;
    bool in_detail;
    bool in_summary;  // header or trailer
};

constexpr KnownField kFields[] = {
    {"sequence", Sort::count, true, false},     {"reference", Sort::text, true, false},
    {"account", Sort::text, true, false},       {"name", Sort::text, true, false},
    {"amount", Sort::money, true, false},       {"id_number", Sort::text, true, false},
    {"bank_code", Sort::text, true, false},     {"bank_name", Sort::text, true, false},
    {"remark", Sort::text, true, false},        {"code", Sort::text, true, false},
    {"message", Sort::text, true, false},       {"batch", Sort::text, true, true},
    {"part", Sort::count, true, true},          {"date", Sort::date, true, true},
    {"count", Sort::count, false, true},        {"total", Sort::money, false, true},
    {"paid_count", Sort::count, false, true},   {"paid_total", Sort::money, false, true},
    {"failed_count", Sort::count, false, true}, {"failed_total", Sort::money, false, true},
    {"payer_account", Sort::text, true, true},  {"payer_name", Sort::text, true, true},
    {"agreement", Sort::text, true, true},      {"item", Sort::text, true, true},
};

constexpr std::pair<std::string_view, FieldType> kTypes[] = {
    {"text", FieldType::text}, {"digits", FieldType::digits}, {"whole", FieldType::whole},
    {"yuan", FieldType::yuan}, {"fen", FieldType::fen},       {"yuan_short", FieldType::yuan_short},
    {"date", FieldType::date},
};

bool suits(Sort sort, FieldType type) {
    switch (sort) {
        case Sort::text:
            return type == FieldType::text || type == FieldType::digits;
        case Sort::count:
            return type == FieldType::whole;
        case Sort::date:
            return type == FieldType::date;
        case Sort::money:
            return type == FieldType::yuan || type == FieldType::yuan_short ||
                   type == FieldType::fen;
    }
    bug("a field is of one of four sorts");
}

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    while (true) {
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos || line[begin] == '#') return words;
        line.remove_prefix(begin);
        const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
        words.emplace_back(word);
        line.remove_prefix(word.size());
    }
}

class LayoutReader {
public:
    Result<Layout> read(std::string_view text) {
        for (const std::string& line : split(text, '\n')) {
            ++line_;
            words_ = words_of(line);
            if (words_.empty()) continue;
            TRY(side_ == nullptr ? whole_file() : in_side());
        }
        TRY(finish_side());
        if (layout_.name.empty()) return incomplete("layout");
        if (layout_.send.lines.empty() && layout_.answer.lines.empty()) return incomplete("detail");
        return std::move(layout_);
    }

private:
    tl::unexpected<Refusal> unknown(const std::string& word) const {
        return refuse(refusal(kLayoutWord).with("line", line_).with("word", word));
    }
    tl::unexpected<Refusal> wrong(const RefusalKind& kind, const std::string& field) const {
        return refuse(refusal(kind).with("line", line_).with("field", field));
    }
    tl::unexpected<Refusal> incomplete(std::string_view field) const {
        return wrong(kLayoutIncomplete, std::string(field));
    }

    Result<Done> whole_file();
    Result<Done> in_side();
    Result<Done> begin_side(Direction direction);
    Result<Done> finish_side() const;
    Result<Done> begin_line(LineKind kind);
    Result<Done> column();
    Result<Done> options(LayoutColumn& column, std::size_t at) const;
    Result<Done> option(LayoutColumn& column, const std::string& word,
                        const std::string& value) const;
    Result<Done> check_column(const LayoutColumn& column) const;

    Layout layout_;
    LayoutSide* side_ = nullptr;
    Direction direction_ = Direction::send;
    std::vector<std::string> words_;
    std::int64_t line_ = 0;
};

Result<Done> LayoutReader::whole_file() {
    const std::string& word = words_[0];
    if (word == "send") return begin_side(Direction::send);
    if (word == "answer") return begin_side(Direction::answer);
    if (word == "mark" || word == "quotes") {
        (word == "mark" ? layout_.mark : layout_.quotes) = true;
        return words_.size() == 1 ? Result<Done>(Done{}) : unknown(words_[1]);
    }
    if (words_.size() != 2) return unknown(words_.size() == 1 ? word : words_[2]);
    const std::string& value = words_[1];
    if (word == "layout") {
        layout_.name = value;
    } else if (word == "encoding") {
        layout_.encoding = TRY(parse_encoding(value));
    } else if (word == "separator") {
        if (value != "tab" && value.size() != 1) return unknown(value);
        layout_.separator = value == "tab" ? '\t' : value[0];
    } else if (word == "line_end") {
        if (value != "lf" && value != "crlf") return unknown(value);
        layout_.line_end = value == "lf" ? "\n" : "\r\n";
    } else {
        return unknown(word);
    }
    return Done{};
}

Result<Done> LayoutReader::in_side() {
    const std::string& word = words_[0];
    if (word == "send") return begin_side(Direction::send);
    if (word == "answer") return begin_side(Direction::answer);
    if (word == "header") return begin_line(LineKind::header);
    if (word == "detail") return begin_line(LineKind::detail);
    if (word == "trailer") return begin_line(LineKind::trailer);
    return column();
}

Result<Done> LayoutReader::begin_side(Direction direction) {
    TRY(finish_side());
    // Widths are counted in bytes, and lines are cut apart before they are decoded.
    const bool is_wide =
        layout_.encoding == Encoding::utf16le || layout_.encoding == Encoding::utf16be;
    if (layout_.is_fixed() && is_wide) return unknown(std::string(name_of(layout_.encoding)));
    if (layout_.mark && !is_wide && layout_.encoding != Encoding::utf8) return unknown("mark");
    direction_ = direction;
    side_ = direction == Direction::send ? &layout_.send : &layout_.answer;
    if (!side_->lines.empty() || words_.size() > 2) return unknown(words_.back());
    if (words_.size() == 2) side_->file_name = words_[1];
    return Done{};
}

/// A direction is whole when its detail line has what the books need.
Result<Done> LayoutReader::finish_side() const {
    if (side_ == nullptr) return Done{};
    const auto count =
        std::count_if(side_->lines.begin(), side_->lines.end(),
                      [](const auto& line) { return line.kind == LineKind::detail; });
    if (count != 1) return incomplete("detail");
    const std::vector<std::string_view> needed =
        direction_ == Direction::send
            ? std::vector<std::string_view>{"account", "name", "amount"}
            : std::vector<std::string_view>{"reference", "amount", "code"};
    const auto& columns = side_->detail().columns;
    for (const std::string_view field : needed)
        if (std::none_of(columns.begin(), columns.end(),
                         [field](const auto& column) { return column.field == field; }))
            return incomplete(field);
    return Done{};
}

Result<Done> LayoutReader::begin_line(LineKind kind) {
    const bool is_first = words_.size() == 2 && words_[1] == "first";
    if (words_.size() > 1 && (!is_first || kind != LineKind::header)) return unknown(words_[1]);
    side_->lines.push_back({kind, is_first, {}});
    return Done{};
}

Result<Done> LayoutReader::column() {
    if (side_->lines.empty()) return unknown(words_[0]);
    if (words_.size() < 2 && words_[0] != "skip") return unknown(words_[0]);
    LayoutColumn column;
    std::size_t at = 2;
    if (words_[0] == "=") {
        column.type = FieldType::constant;
        column.constant = words_[1];
    } else if (words_[0] == "skip") {
        column.type = FieldType::skip;
        at = 1;
    } else {
        column.field = words_[0];
        const auto* type =
            std::find_if(std::begin(kTypes), std::end(kTypes),
                         [this](const auto& known) { return known.first == words_[1]; });
        if (type == std::end(kTypes)) return unknown(words_[1]);
        column.type = type->second;
    }
    if (column.type == FieldType::date) {
        if (at == words_.size()) return unknown(words_[1]);
        column.constant = words_[at++];
        if (column.constant != "yyyymmdd" && column.constant != "yyyy-mm-dd" &&
            column.constant != "yyyy/mm/dd")
            return unknown(column.constant);
    }
    const bool is_number = column.type == FieldType::whole || column.type == FieldType::fen;
    if (layout_.is_fixed() && is_number) {
        column.pad = '0';
        column.pad_side = PadSide::left;
    }
    TRY(options(column, at));
    TRY(check_column(column));
    side_->lines.back().columns.push_back(std::move(column));
    return Done{};
}

Result<Done> LayoutReader::options(LayoutColumn& column, std::size_t at) const {
    for (; at < words_.size(); ++at) {
        if (words_[at] == "optional") {
            column.is_optional = true;
        } else if (words_[at] == "left") {
            column.pad_side = PadSide::left;
        } else if (words_[at] == "right") {
            column.pad_side = PadSide::right;
        } else {
            if (at + 1 == words_.size()) return unknown(words_[at]);
            TRY(option(column, words_[at], words_[at + 1]));
            ++at;
        }
    }
    return Done{};
}

Result<Done> LayoutReader::option(LayoutColumn& column, const std::string& word,
                                  const std::string& value) const {
    if (word == "default") {
        column.fallback = value;
        return Done{};
    }
    if (word == "width") {
        const auto width = parse_int(value);
        if (!width || *width < 1 || *width > 4096) return unknown(value);
        column.width = static_cast<std::size_t>(*width);
        return Done{};
    }
    if (word != "pad") return unknown(word);
    if (value != "space" && value != "zero" && value.size() != 1) return unknown(value);
    column.pad = value == "space" ? ' ' : value == "zero" ? '0' : value[0];
    return Done{};
}

Result<Done> LayoutReader::check_column(const LayoutColumn& column) const {
    const std::string shown_name = column.field.empty() ? words_[0] : column.field;
    if (layout_.is_fixed() != (column.width > 0)) return wrong(kLayoutWidth, shown_name);
    if (column.field.empty()) return Done{};
    const auto* known = std::find_if(std::begin(kFields), std::end(kFields),
                                     [&](const auto& field) { return field.name == column.field; });
    const LayoutLine& line = side_->lines.back();
    const bool is_detail = line.kind == LineKind::detail;
    const bool is_answered = column.field == "code" || column.field == "message" ||
                             column.field.starts_with("paid_") ||
                             column.field.starts_with("failed_");
    if (known == std::end(kFields) || !(is_detail ? known->in_detail : known->in_summary) ||
        (is_answered && direction_ == Direction::send))
        return wrong(kLayoutField, column.field);
    if (!suits(known->sort, column.type))
        return refuse(refusal(kLayoutType)
                          .with("line", line_)
                          .with("field", column.field)
                          .with("type", words_[1]));
    if (std::any_of(line.columns.begin(), line.columns.end(),
                    [&](const auto& earlier) { return earlier.field == column.field; }))
        return wrong(kLayoutFieldTwice, column.field);
    return Done{};
}

}  // namespace

std::size_t LayoutLine::width() const {
    std::size_t sum = 0;
    for (const LayoutColumn& column : columns) sum += column.width;
    return sum;
}

const LayoutLine& LayoutSide::detail() const {
    for (const LayoutLine& line : lines)
        if (line.kind == LineKind::detail) return line;
    bug("a layout that was read has a detail line in each of its directions");
}

Result<Layout> parse_layout(std::string_view text) {
    return LayoutReader().read(text);
}

}  // namespace fenming::sheet

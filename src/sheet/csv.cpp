// The csv parser: runs of plain bytes are copied whole, only marks are looked at one by one.

#include "sheet/csv.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace fenming::sheet {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;

}  // namespace

CsvParser::CsvParser(CsvForm form, const Limits& limits, RowSink sink)
    : form_(form), limits_(limits), sink_(std::move(sink)) {
    for (const char mark : {form_.separator, '\r', '\n', '\0'})
        is_mark_[static_cast<unsigned char>(mark)] = true;
}

Refusal CsvParser::at_cell(const RefusalKind& kind) const {
    return refusal(kind).at("", row_, column_letters(ends_.size()));
}

Result<Done> CsvParser::feed(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        at = take_run(at, end);
        if (cell_bytes() > static_cast<std::size_t>(limits_.cell_bytes))
            return refuse(at_cell(kCellTooLong).with("limit", limits_.cell_bytes));
        if (at != end) TRY(take_mark(*at++));
    }
    return Done{};
}

/// Copies what needs no look; stops at a byte that may mean something in this state.
const char* CsvParser::take_run(const char* at, const char* end) {
    const char* const start = at;
    if (state_ == State::quoted) {
        while (at != end && *at != '"' && *at != '\0') ++at;
    } else if (state_ == State::plain) {
        while (at != end && !is_mark_[static_cast<unsigned char>(*at)]) ++at;
    } else if (state_ == State::cell_start) {
        if (form_.quotes && *at == '"') return at;
        while (at != end && !is_mark_[static_cast<unsigned char>(*at)]) ++at;
        if (at != start) state_ = State::plain;
    }
    text_.append(start, static_cast<std::size_t>(at - start));
    return at;
}

Result<Done> CsvParser::take_mark(char mark) {
    if (mark == '\0') return refuse(at_cell(kNulByte));
    switch (state_) {
        case State::quoted:
            state_ = State::quote_in_quoted;
            return Done{};
        case State::quote_in_quoted:
            if (mark == '"') {
                text_ += mark;
                state_ = State::quoted;
                return Done{};
            }
            return after_closing_quote(mark);
        case State::closed:
            return after_closing_quote(mark);
        case State::after_return:
            state_ = State::cell_start;
            if (mark == '\n') return Done{};
            break;
        case State::cell_start:
        case State::plain:
            break;
    }
    if (mark == form_.separator) return end_cell();
    if (mark == '\n' || mark == '\r') return end_row(mark);
    if (mark == '"' && form_.quotes) {
        state_ = State::quoted;
        is_quoted_ = true;
        return Done{};
    }
    text_ += mark;
    state_ = State::plain;
    return Done{};
}

Result<Done> CsvParser::after_closing_quote(char mark) {
    if (mark == form_.separator) return end_cell();
    if (mark == '\n' || mark == '\r') return end_row(mark);
    // Spaces behind a closing mark are typing, not content.
    if (mark != ' ') return refuse(at_cell(kTextAfterQuote));
    state_ = State::closed;
    return Done{};
}

Result<Done> CsvParser::end_cell() {
    if (static_cast<std::int64_t>(ends_.size()) + 1 >= limits_.columns)
        return refuse(at_cell(kTooManyColumns).with("limit", limits_.columns));
    ends_.push_back(text_.size());
    begin_ = text_.size();
    state_ = State::cell_start;
    return Done{};
}

Result<Done> CsvParser::end_row(char mark) {
    state_ = mark == '\r' ? State::after_return : State::cell_start;
    if (ends_.empty() && text_.empty() && !is_quoted_) {
        ++blank_lines_;
        ++row_;
        return Done{};
    }
    if (rows_ == limits_.rows) return refuse(at_cell(kTooManyRows).with("limit", limits_.rows));
    ends_.push_back(text_.size());
    cells_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
        cells_.push_back({std::string_view(text_).substr(begin, end - begin), CellKind::text});
        begin = end;
    }
    TRY(sink_(RawRow{{}, row_, cells_}));
    ++rows_;
    ++row_;
    text_.clear();
    ends_.clear();
    begin_ = 0;
    is_quoted_ = false;
    return Done{};
}

Result<Done> CsvParser::finish() {
    if (state_ == State::quoted) return refuse(at_cell(kUnclosedQuote));
    if (ends_.empty() && text_.empty() && !is_quoted_) return Done{};
    return end_row('\n');
}

char detect_separator(std::string_view head) {
    constexpr std::string_view kCandidates = ",\t;|";
    std::array<int, kCandidates.size()> best{};
    std::array<int, kCandidates.size()> here{};
    int lines = 0;
    bool is_quoted = false;
    bool is_empty = true;
    const auto end_line = [&] {
        for (std::size_t i = 0; i < best.size(); ++i) best[i] = std::max(best[i], here[i]);
        here = {};
        lines += is_empty ? 0 : 1;
        is_empty = true;
    };
    for (const char c : head) {
        if (c == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (c == '\n' || c == '\r') {
            end_line();
            if (lines == 10) break;
            continue;
        }
        is_empty = false;
        if (const auto found = kCandidates.find(c); found != std::string_view::npos) ++here[found];
    }
    end_line();
    const auto most = std::max_element(best.begin(), best.end());
    return *most == 0 ? ',' : kCandidates[static_cast<std::size_t>(most - best.begin())];
}

namespace {

/// Feeds the parser; until the separator is known it keeps the head of the text.
class Reading {
public:
    Reading(const CsvOptions& options, const RowSink& sink) : options_(options), sink_(sink) {}

    Result<Done> take(std::string_view text) {
        if (parser_) return parser_->feed(text);
        head_ += text;
        return head_.size() < kHeadBytes && !options_.separator ? Result<Done>(Done{}) : start();
    }
    Result<Done> finish() {
        if (!parser_) TRY(start());
        return parser_->finish();
    }
    void report(CsvFacts& facts) const {
        facts.separator = separator_;
        facts.rows = parser_->rows();
        facts.blank_lines = parser_->blank_lines();
    }

private:
    Result<Done> start() {
        separator_ = options_.separator ? *options_.separator : options_.choose_separator(head_);
        parser_.emplace(CsvForm{separator_, options_.quotes}, options_.limits, sink_);
        return parser_->feed(std::exchange(head_, {}));
    }

    const CsvOptions& options_;
    const RowSink& sink_;
    std::string head_;
    char separator_ = ',';
    std::optional<CsvParser> parser_;
};

}  // namespace

Result<CsvFacts> read_csv(Input& input, const CsvOptions& options, const RowSink& sink) {
    CsvFacts facts;
    if (options.encoding) {
        facts.encoding = *options.encoding;
    } else {
        facts.encoding = TRY(detect_encoding(input));
    }
    ToUtf8 reader(facts.encoding);
    Reading reading(options, sink);
    std::vector<char> piece(kPieceBytes);
    std::string text;
    input.rewind();
    while (const std::size_t count = input.read(piece)) {
        facts.bytes += static_cast<std::int64_t>(count);
        if (facts.bytes > options.limits.bytes)
            return refuse(refusal(kFileTooLarge).with("limit", options.limits.bytes));
        text.clear();
        TRY(reader.feed({piece.data(), count}, text));
        TRY(reading.take(text));
    }
    TRY(reader.finish());
    TRY(reading.finish());
    reading.report(facts);
    return facts;
}

}  // namespace fenming::sheet

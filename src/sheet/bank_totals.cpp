// Holding a bank's file against its own closing line.

#include "sheet/bank_totals.h"

#include <algorithm>
#include <utility>

namespace fenming::sheet {
namespace {

bool has_field(const LayoutLine& line, std::string_view field) {
    return std::ranges::find(line.columns, field, &LayoutColumn::field) != line.columns.end();
}

}  // namespace

void FileTotals::add_line(std::int64_t row, std::optional<Money> amount) {
    if (trailers_ > 0 && !broken_) broken_ = refusal(kLineAfterTrailer).at("", row, "");
    ++lines_;
    std::int64_t sum = sum_.in_fen();
    if (!amount || __builtin_add_overflow(sum, amount->in_fen(), &sum) || sum > kMaxFen) {
        has_all_amounts_ = false;
    } else {
        sum_ = Money::fen(sum);
    }
}

void FileTotals::add_trailer(std::int64_t row) {
    if (++trailers_ > 1 && !broken_) broken_ = refusal(kTrailerTwice).at("", row, "");
}

const LayoutLine* FileTotals::described(LineKind kind) const {
    const auto line = std::ranges::find(side_.lines, kind, &LayoutLine::kind);
    return line == side_.lines.end() ? nullptr : &*line;
}

Result<Done> FileTotals::judge(const BankReport& report) const {
    if (broken_) return refuse(Refusal(*broken_));
    if (described(LineKind::trailer) == nullptr) return Done{};
    const SummaryLine* closing = nullptr;
    for (const SummaryLine& summary : report.summaries)
        if (closing == nullptr || summary.kind == LineKind::trailer) closing = &summary;
    const bool is_header = closing != nullptr && closing->kind == LineKind::header;
    if (closing == nullptr || (is_header && !closing->claims.contains("count")))
        return refuse(
            refusal(kTrailerMissing).with("found", lines_).with("found_fen", sum_.in_fen()));
    return compare(*closing);
}

Result<Done> FileTotals::compare(const SummaryLine& closing) const {
    const LayoutLine& line = *described(closing.kind);
    for (std::size_t index = 0; index < line.columns.size(); ++index) {
        const std::string& field = line.columns[index].field;
        if ((field == "count" || field == "total") && !closing.claims.contains(field))
            return refuse(refusal(kTrailerUnreadable)
                              .at("", closing.row, std::to_string(index + 1) + " " + field));
    }
    const std::int64_t count = has_field(line, "count") ? closing.claims.at("count") : lines_;
    const std::int64_t total =
        has_field(line, "total") ? closing.claims.at("total") : sum_.in_fen();
    const bool fits = has_all_amounts_ ? total == sum_.in_fen() : total >= sum_.in_fen();
    if (count == lines_ && fits) return Done{};
    return refuse(refusal(kTrailerDiffers)
                      .with("claimed", count)
                      .with("found", lines_)
                      .with("claimed_fen", total)
                      .with("found_fen", sum_.in_fen())
                      .at("", closing.row, ""));
}

}  // namespace fenming::sheet

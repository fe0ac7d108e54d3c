#pragma once
// Whether a bank's file arrived whole: its closing line says how many lines and how much there are.

#include <cstdint>
#include <optional>

#include "base/money.h"
#include "sheet/bank_text.h"

namespace fenming::sheet {

/// Counts what a file has and holds it against what the file says of itself. The closing line is
/// the trailer that the layout describes; a header with totals stands in for it where the file has
/// no trailer (a list of failures alone). A layout without a trailer closes with nothing, and
/// nothing is compared.
class FileTotals {
public:
    explicit FileTotals(const LayoutSide& side) : side_(side) {}

    /// A payment line, good or not; without an amount it could not be read.
    void add_line(std::int64_t row, std::optional<Money> amount);
    void add_trailer(std::int64_t row);
    /// Refuses kTrailerTwice, kLineAfterTrailer, kTrailerMissing, kTrailerUnreadable and
    /// kTrailerDiffers. A line whose amount could not be read counts, and may be any part of what
    /// the closing line has more.
    [[nodiscard]] Result<Done> judge(const BankReport& report) const;
    /// Lines seen, and the sum of the amounts that could be read.
    [[nodiscard]] std::int64_t lines() const { return lines_; }
    [[nodiscard]] Money sum() const { return sum_; }

private:
    [[nodiscard]] const LayoutLine* described(LineKind kind) const;
    [[nodiscard]] Result<Done> compare(const SummaryLine& closing) const;

    const LayoutSide& side_;
    std::int64_t lines_ = 0;
    Money sum_;
    bool has_all_amounts_ = true;
    std::int64_t trailers_ = 0;
    std::optional<Refusal> broken_;
};

}  // namespace fenming::sheet

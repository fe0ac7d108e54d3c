#pragma once
// What a document's figures say, and how its number is written; pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "budget/budget.h"

namespace fenming::budget {

/// An amount as it is printed: its value, and what its last digit is worth. `has_unit`: the unit
/// stood beside the number.
struct Printed {
    Money value;
    Money last_digit;
    bool has_unit = false;
};

/// "5,079.16" in `unit`, or with a unit of its own: "5.73亿元", "35331.2 万元". Without either, and
/// on what is no amount, refuses as base/money.h does (`kMoneyUnitMissing` when no unit is known).
Result<Printed> parse_printed(std::string_view text, std::optional<MoneyUnit> unit);

/// The total as it is printed in the cell or, of the same value, beside a unit in the note: the
/// coarsest of them decides what its last digit is worth (E23).
Printed total_as_printed(const Printed& cell, std::string_view note);

/// A note that begins so says that only some of the items are here (E23).
bool says_partial(std::string_view note);

struct Judged {
    Verdict verdict = Verdict::no_total;
    Money sum;
    Money difference;  ///< sum − printed total; 0 without a total
};

/// E23, tested in this order: no total is printed; the items sum to it; the document is a part; the
/// gap is at most n·u/2 + u_total/2, u being the finest last digit among the n items, and at most
/// a hundredth of the total (decision 0011); else it is a mismatch.
Judged judge(const std::vector<Printed>& items, const std::optional<Printed>& total,
             bool is_partial);

/// A document number as it is compared (policy/document_number.h): "川财社〔2020165号" and
/// "川财社(2020) 165号" are one, 川财社〔2020〕165号. What does not have that form, such as a
/// number of the bureau's own, stays as it is, half width, without spaces.
std::string canonical_number(std::string_view printed);

}  // namespace fenming::budget

#pragma once
// The lines of day one from a spreadsheet (P6): columns in any order under any of their names.

#include <optional>
#include <string_view>
#include <vector>

#include "budget/opening.h"
#include "road/road.h"
#include "sheet/table.h"

namespace fenming::budget {

struct OpeningOptions {
    bool dry_run = false;
    Area area;        ///< the lines lie in it
    Date as_at;       ///< the cut-over date
    std::string key;  ///< idempotency key
};

struct OpeningOutcome {
    std::optional<OpeningReceipt> opening;  ///< proposed; empty while anything is wrong
    std::vector<Refusal> refusals;          ///< all that is wrong, each with row and column
    sheet::TableReport report;
};

/// Proposes the lines of the file by one order. A line of the bureau itself leaves 接收单位 empty;
/// columns of paid history (已发放明细 …) are passed over: they post nothing (P6 c).
OpeningOutcome opening_import(road::Road& road, const road::Caller& caller, std::string_view bytes,
                              const OpeningOptions& options);

}  // namespace fenming::budget

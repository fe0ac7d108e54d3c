#pragma once
// Looking at openings.

#include "budget/opening.h"
#include "store/database.h"

namespace fenming::budget {

std::optional<OpeningRow> find_opening(store::Tx& tx, const Scope& scope, OpeningId id);
/// Newest first, those before `before` (none: from the newest).
std::vector<OpeningRow> opening_page(store::Tx& tx, const Scope& scope, OpeningId before,
                                     int limit);
/// By ordinal, after `after`.
std::vector<OpeningLineRow> opening_lines(store::Tx& tx, const Scope& scope, OpeningId id,
                                          std::int64_t after, int limit);

}  // namespace fenming::budget

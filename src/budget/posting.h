#pragma once
// What a document posts: lines from its items, or changes of lines. Pure; used when a document is
// registered, and when a pending one is posted item by item.

#include "budget/register.h"

namespace fenming::budget {

/// The lines as this order finds and changes them: one order's documents see one another.
using Lines = std::vector<ledger::Balance>;

/// The day on which a document of `year` posts: the one asked for, or today, or the year's last day
/// when that is over.
Date posting_day(std::optional<Date> asked, Date today, int year);

/// Judges every item by the rules of the books and fills lines or entries of `filed`. Refusals bear
/// the item's ordinal as their row.
Result<Done> post_items(Filed& filed, Lines& lines, const std::map<Area, Month>& closed);

/// The line of an item that brings money, or of a split.
ledger::NewAllotment line_of_item(const DocumentRow& document, const ItemRow& item,
                                  const ledger::Balance* parent);

}  // namespace fenming::budget

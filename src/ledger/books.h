#pragma once
// The books as other folders use them, inside their own orders: read in load(), judge with rules.h
// in decide(), write in record(). Everything is done in sets: an order over twenty lines is a
// handful of statements.
//
//   load    balances(desk, ids), holds(desk, ids)       facts, and the pens of their counties
//   decide  freeze(line, asked, posting) → Entry        a Refusal, or an entry to write
//   record  post(desk, entries)                         numbers, writes, updates the balances

#include <optional>
#include <vector>

#include "ledger/ledger.h"
#include "road/order.h"

namespace fenming::ledger {

/// The lines of these ids that lie in desk.scope, by id, each once; others are left out, and
/// line_of() then refuses. Takes the pens of their counties.
std::vector<Balance> balances(road::Desk& desk, const std::vector<AllotmentId>& ids);
/// The lines, and the parents of those that have one.
std::vector<Balance> balances_with_parents(road::Desk& desk, const std::vector<AllotmentId>& ids);
/// The holds of these ids that lie in desk.scope, by id. Their lines are to be read by balances().
std::vector<Hold> holds(road::Desk& desk, const std::vector<HoldId>& ids);
/// Every hold that a cause (a batch, say) made, resolved or not.
std::vector<Hold> holds_of(road::Desk& desk, const Cause& cause);
/// The last closed month of a county's books, or of the city's; year 0 if none. Takes the pen.
Month closed_through(road::Desk& desk, Area where);

struct Posted {
    EntryId entry;
    HoldId hold;  ///< of a freeze: the new hold; else the entry's own
};

/// Writes entries that decide made, in their order: numbers them under the pen, makes the holds of
/// freezes, notes what documents changed, and moves the balances. An entry that would bring a
/// bucket below zero, post into a closed month or touch a line that is not there is a Bug: decide
/// should have refused. Answers one Posted for each.
std::vector<Posted> post(road::Desk& desk, const std::vector<Entry>& entries);

/// Joins the entries of one change that goes through two lines (rules.h, change()) by a transit; a
/// single entry stays as it is.
std::vector<Entry> joined(road::Desk& desk, std::vector<Entry> entries);

struct Registered {
    AllotmentId allotment;
    HoldId hold;  ///< of what is under way on an opening line (P6)
};
/// Registers lines that may_register or split_out_of passed, and posts them; lines with a parent
/// take theirs from it. The cause is normally the document. `parents` holds every parent named.
std::vector<Registered> register_allotments(road::Desk& desk,
                                            const std::vector<NewAllotment>& lines,
                                            const std::vector<Balance>& parents,
                                            const Posting& posting);

/// The entry and those that a transit joins it with, with their legs; empty if it does not exist in
/// desk.scope.
std::vector<PostedEntry> entries_to_reverse(road::Desk& desk, EntryId entry);

}  // namespace fenming::ledger

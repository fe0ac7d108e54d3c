#pragma once
// The rules of the books; pure: structs in, structs out.
//
// may_… judges only. The function without "may" judges, applies the entry to the balances handed in
// (a working copy, so that several entries of one order see one another) and returns the entry.
// Each refuses with the two numbers that disagree: left_fen, asked_fen.

#include "ledger/ledger.h"

namespace fenming::ledger {

/// The line of that id; `kNoAllotment` if it is not among them (torture B3).
Result<Balance*> line_of(std::vector<Balance>& lines, AllotmentId id);
Result<const Hold*> hold_of(const std::vector<Hold>& holds, HoldId id);

/// Adds the entry's legs that are of this line.
void apply(Balance& line, const Entry& entry);

/// The day may be posted in this pen: in an open month, not after today. Closing a month closes all
/// before it, so a closed December closes the year.
Result<Done> may_post_on(const Posting& posting, Month closed_through);

/// A new line without a parent. closed_through is of its own pen.
Result<Done> may_register(const NewAllotment& line, const Posting& posting, Month closed_through);
/// A part of `parent` goes down. Mark, source, year and year of origin are inherited; the subject
/// may become finer (R2.47), the area only narrower. Applies nothing; see split_out_of.
Result<Done> may_split(const Balance& parent, const NewAllotment& child, const Posting& posting,
                       Month closed_through);
/// As may_split, and takes the part out of the working copy, for the next part's sake.
Result<Done> split_out_of(Balance& parent, const NewAllotment& child, const Posting& posting,
                          Month closed_through);

/// A document's change of a line; what a line with a parent gets or gives comes from or goes to
/// that parent (null only for a line without one). `asked` is above zero for every kind.
Result<Done> may_change(const Balance& line, const Balance* parent, ChangeKind kind, Money asked,
                        const Posting& posting);
/// One entry, or two (line, parent) that post() joins by a transit.
Result<std::vector<Entry>> change(Balance& line, Balance* parent, ChangeKind kind, Money asked,
                                  const Posting& posting);

/// A payment of this subject may draw on the line: 支付功能科目 = 指标功能科目 (R2.47).
Result<Done> may_draw(const Balance& line, std::string_view subject);
Result<Done> may_freeze(const Balance& line, Money asked, const Posting& posting);
/// post() makes the hold and gives its id.
Result<Entry> freeze(Balance& line, Money asked, const Posting& posting);

/// The rest of the hold covers it, and the hold is not resolved yet. In parts, if wanted.
Result<Done> may_disburse(const Balance& line, const Hold& hold, Money asked,
                          const Posting& posting);
Result<Done> may_unfreeze(const Balance& line, const Hold& hold, Money asked,
                          const Posting& posting);
Result<Entry> disburse(Balance& line, Hold& hold, Money asked, const Posting& posting);
Result<Entry> unfreeze(Balance& line, Hold& hold, Money asked, const Posting& posting);
/// The whole rest goes back.
Result<Entry> expire(Balance& line, Hold& hold, const Posting& posting);

/// 退汇: money comes back to the line it was paid from, in the same year only (P5). `hold`: what it
/// was paid from; null for what was paid before day one.
Result<Done> may_bounce(const Balance& line, const Hold* hold, Money asked, const Posting& posting);
Result<Entry> bounce(Balance& line, Hold* hold, Money asked, const Posting& posting);

/// Undoes an entry by its mirror. `line` and `hold` are those of the entry; hold null if it has
/// none.
Result<Entry> reverse(const PostedEntry& entry, std::vector<Balance>& lines, Hold* hold,
                      const Posting& posting);

/// The entries that register lines which may_register or may_split passed. The child's line id and
/// the transit are minted by register_allotments().
Entry registration(AllotmentId id, const NewAllotment& line, const Posting& posting);
std::vector<Entry> split(AllotmentId id, const NewAllotment& child, const Balance& parent,
                         TransitId transit, const Posting& posting);
/// What was paid from, and is under way on, an opening line of a parent (P6); at most two entries.
std::vector<Entry> opening_parts(AllotmentId id, const NewAllotment& line, const Posting& posting);

/// CloseMonth: the month is over and not closed yet.
Result<Done> may_close(Month month, Month closed_through, Date today);

}  // namespace fenming::ledger

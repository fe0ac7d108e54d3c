// The rules of the books (R2.10, R2.30, R2.45–2.48, P5–P7, P15, P23).

#include <algorithm>

#include "base/check.h"
#include "ledger/rules.h"

namespace fenming::ledger {
namespace {

Month month_of(Date date) {
    return {date.year(), date.month()};
}

std::int64_t number(AllotmentId id) {
    return id.number;
}

Refusal two_numbers(const RefusalKind& kind, Money left, Money asked) {
    return refusal(kind).with("left_fen", left.in_fen()).with("asked_fen", asked.in_fen());
}

Result<Done> positive(Money asked) {
    if (asked > Money()) return Done{};
    return refuse(refusal(kAmountNotPositive).with("asked_fen", asked.in_fen()));
}

/// Lines are made and changed in their year or, in advance, before it (P7).
Result<Done> not_after_its_year(int year, Date date) {
    if (date.year() <= year) return Done{};
    return refuse(refusal(kWrongYear).with("year", year).with("date", date.text()));
}
/// Money moves only in the year of its line.
Result<Done> in_its_year(int year, Date date) {
    if (date.year() == year) return Done{};
    return refuse(refusal(kWrongYear).with("year", year).with("date", date.text()));
}

Result<Done> enough(const Balance& line, Money asked) {
    if (asked <= line.available) return Done{};
    return refuse(
        two_numbers(kOverdrawn, line.available, asked).with("allotment", number(line.id)));
}

/// What resolved a hold says why it cannot be resolved again.
const RefusalKind& resolved_by(EntryKind last) {
    if (last == EntryKind::disburse) return kHoldAlreadyDisbursed;
    if (last == EntryKind::expire) return kHoldExpired;
    return kHoldAlreadyUnfrozen;
}

Result<Done> may_resolve(const Balance& line, const Hold& hold, Money asked,
                         const Posting& posting) {
    check(hold.allotment == line.id, "a hold is judged with its own line");
    TRY(positive(asked));
    if (hold.rest == Money())
        return refuse(refusal(resolved_by(hold.last))
                          .with("hold", hold.id.number)
                          .with("asked_fen", asked.in_fen()));
    if (asked > hold.rest)
        return refuse(two_numbers(kHoldExceeded, hold.rest, asked).with("hold", hold.id.number));
    TRY(in_its_year(line.year, posting.date));
    return may_post_on(posting, line.closed_through);
}

Entry moved(EntryKind kind, const Balance& line, Bucket from, Bucket to, Money fen,
            const Posting& posting) {
    return Entry::of(kind, line.area, posting, {{line.id, from, -fen}, {line.id, to, fen}});
}

EntryKind entry_kind(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::added:
            return EntryKind::add;
        case ChangeKind::cut:
            return EntryKind::cut;
        case ChangeKind::withdrawn:
            return EntryKind::withdraw;
        case ChangeKind::carried:
            return EntryKind::carry;
        case ChangeKind::reversed:
            break;
    }
    bug("only a reversal writes a reversed change");
}

}  // namespace

Result<Balance*> line_of(std::vector<Balance>& lines, AllotmentId id) {
    const auto found = std::ranges::find(lines, id, &Balance::id);
    if (found == lines.end()) return refuse(refusal(kNoAllotment).with("allotment", id.number));
    return &*found;
}

Result<const Hold*> hold_of(const std::vector<Hold>& holds, HoldId id) {
    const auto found = std::ranges::find(holds, id, &Hold::id);
    if (found == holds.end()) return refuse(refusal(kHoldNotFound).with("hold", id.number));
    return &*found;
}

void apply(Balance& line, const Entry& entry) {
    line.total -= entry.on(line.id, Bucket::issued);
    line.available += entry.on(line.id, Bucket::available);
    line.allocated += entry.on(line.id, Bucket::allocated);
    line.frozen += entry.on(line.id, Bucket::frozen);
    line.disbursed += entry.on(line.id, Bucket::disbursed);
}

Result<Done> may_post_on(const Posting& posting, Month closed_through) {
    if (posting.date > posting.today)
        return refuse(refusal(kPostingInFuture)
                          .with("date", posting.date.text())
                          .with("today", posting.today.text()));
    if (month_of(posting.date) <= closed_through)
        return refuse(refusal(kMonthClosed)
                          .with("month", month_of(posting.date).text())
                          .with("closed_through", closed_through.text()));
    return Done{};
}

Result<Done> may_register(const NewAllotment& line, const Posting& posting, Month closed_through) {
    TRY(positive(line.initial));
    TRY(not_after_its_year(line.year, posting.date));
    if (line.origin_year > line.year)
        return refuse(refusal(kOriginYearChanged)
                          .with("origin_year", line.origin_year)
                          .with("year", line.year));
    const Date begins = Month{line.year, 1}.first_day();
    if (line.kind == AllotmentKind::advance && line.usable_from < begins)
        return refuse(refusal(kUsableTooEarly)
                          .with("usable_from", line.usable_from.text())
                          .with("earliest", begins.text()));
    const Money found = line.opening_disbursed + line.opening_frozen;
    const bool is_opening = line.kind == AllotmentKind::opening;
    if (line.opening_disbursed < Money() || line.opening_frozen < Money() || found > line.initial ||
        (!is_opening && found != Money()))
        return refuse(two_numbers(kOpeningExceeds, is_opening ? line.initial : Money(), found));
    return may_post_on(posting, closed_through);
}

Result<Done> may_split(const Balance& parent, const NewAllotment& child, const Posting& posting,
                       Month closed_through) {
    TRY(may_register(child, posting, closed_through));
    TRY(may_post_on(posting, parent.closed_through));
    const auto both = [&](const RefusalKind& kind, std::string has, std::string gets) {
        return refuse(refusal(kind)
                          .with("allotment", number(parent.id))
                          .with("parent_has", std::move(has))
                          .with("child_has", std::move(gets)));
    };
    const auto both_named = [&](const RefusalKind& kind, auto has, auto gets, const char* list) {
        return refuse(refusal(kind)
                          .with("allotment", number(parent.id))
                          .word("parent_has", stored(has), list)
                          .word("child_has", stored(gets), list));
    };
    if (parent.mark != Mark::none && child.mark != parent.mark)
        return both_named(kMarkLost, parent.mark, child.mark, "ledger.mark");
    if (child.source != parent.source)
        return both_named(kSourceChanged, parent.source, child.source, "ledger.source");
    if (child.year != parent.year)
        return refuse(
            refusal(kWrongYear).with("year", parent.year).with("date", std::to_string(child.year)));
    if (child.origin_year != parent.origin_year)
        return refuse(refusal(kOriginYearChanged)
                          .with("origin_year", child.origin_year)
                          .with("year", parent.origin_year));
    if (!child.subject.starts_with(parent.subject))
        return both(kSubjectMismatch, parent.subject, child.subject);
    if (!parent.area.contains(child.area))
        return both(kNotBelow, parent.area.text(), child.area.text());
    if (child.usable_from < parent.usable_from)
        return refuse(refusal(kUsableTooEarly)
                          .with("usable_from", child.usable_from.text())
                          .with("earliest", parent.usable_from.text()));
    return enough(parent, child.initial);
}

Result<Done> split_out_of(Balance& parent, const NewAllotment& child, const Posting& posting,
                          Month closed_through) {
    TRY(may_split(parent, child, posting, closed_through));
    apply(parent, moved(EntryKind::split_out, parent, Bucket::available, Bucket::allocated,
                        child.initial, posting));
    return Done{};
}

Result<Done> may_change(const Balance& line, const Balance* parent, ChangeKind kind, Money asked,
                        const Posting& posting) {
    check((parent == nullptr) == !line.parent, "a change is judged with the parent, if any");
    TRY(positive(asked));
    TRY(not_after_its_year(line.year, posting.date));
    TRY(may_post_on(posting, line.closed_through));
    if (parent != nullptr) TRY(may_post_on(posting, parent->closed_through));
    if (kind != ChangeKind::added) return enough(line, asked);
    if (parent != nullptr) return enough(*parent, asked);
    return Done{};
}

Result<std::vector<Entry>> change(Balance& line, Balance* parent, ChangeKind kind, Money asked,
                                  const Posting& posting) {
    TRY(may_change(line, parent, kind, asked, posting));
    const bool adds = kind == ChangeKind::added;
    std::vector<Entry> entries;
    entries.push_back(moved(entry_kind(kind), line, adds ? Bucket::issued : Bucket::available,
                            adds ? Bucket::available : Bucket::issued, asked, posting));
    apply(line, entries.front());
    if (parent == nullptr) return entries;
    entries.push_back(moved(adds ? EntryKind::split_out : EntryKind::split_back, *parent,
                            adds ? Bucket::available : Bucket::allocated,
                            adds ? Bucket::allocated : Bucket::available, asked, posting));
    apply(*parent, entries.back());
    return entries;
}

Result<Done> may_draw(const Balance& line, std::string_view subject) {
    if (line.subject == subject) return Done{};
    return refuse(refusal(kSubjectMismatch)
                      .with("allotment", number(line.id))
                      .with("parent_has", line.subject)
                      .with("child_has", std::string(subject)));
}

Result<Done> may_freeze(const Balance& line, Money asked, const Posting& posting) {
    TRY(positive(asked));
    if (!line.usable_from.is_none() && posting.date < line.usable_from)
        return refuse(refusal(kNotUsableYet)
                          .with("allotment", number(line.id))
                          .with("usable_from", line.usable_from.text())
                          .with("date", posting.date.text()));
    TRY(in_its_year(line.year, posting.date));
    TRY(may_post_on(posting, line.closed_through));
    return enough(line, asked);
}

Result<Entry> freeze(Balance& line, Money asked, const Posting& posting) {
    TRY(may_freeze(line, asked, posting));
    auto entry = moved(EntryKind::freeze, line, Bucket::available, Bucket::frozen, asked, posting);
    apply(line, entry);
    return entry;
}

Result<Done> may_disburse(const Balance& line, const Hold& hold, Money asked,
                          const Posting& posting) {
    return may_resolve(line, hold, asked, posting);
}
Result<Done> may_unfreeze(const Balance& line, const Hold& hold, Money asked,
                          const Posting& posting) {
    return may_resolve(line, hold, asked, posting);
}

Result<Entry> disburse(Balance& line, Hold& hold, Money asked, const Posting& posting) {
    TRY(may_disburse(line, hold, asked, posting));
    auto entry = moved(EntryKind::disburse, line, Bucket::frozen, Bucket::disbursed, asked, posting)
                     .on_hold(hold.id);
    apply(line, entry);
    hold.rest -= asked;
    hold.paid += asked;
    hold.last = EntryKind::disburse;
    return entry;
}

Result<Entry> unfreeze(Balance& line, Hold& hold, Money asked, const Posting& posting) {
    TRY(may_unfreeze(line, hold, asked, posting));
    auto entry = moved(EntryKind::unfreeze, line, Bucket::frozen, Bucket::available, asked, posting)
                     .on_hold(hold.id);
    apply(line, entry);
    hold.rest -= asked;
    hold.last = EntryKind::unfreeze;
    return entry;
}

Result<Entry> expire(Balance& line, Hold& hold, const Posting& posting) {
    const Money rest = hold.rest;
    // A resolved hold is asked for one fen, so that the refusal says what resolved it.
    TRY(may_resolve(line, hold, rest == Money() ? Money::fen(1) : rest, posting));
    auto entry = moved(EntryKind::expire, line, Bucket::frozen, Bucket::available, rest, posting)
                     .on_hold(hold.id);
    apply(line, entry);
    hold.rest = Money();
    hold.last = EntryKind::expire;
    return entry;
}

Result<Done> may_bounce(const Balance& line, const Hold* hold, Money asked,
                        const Posting& posting) {
    check(hold == nullptr || hold->allotment == line.id, "a hold is judged with its own line");
    TRY(positive(asked));
    if (posting.date.year() != line.year)
        return refuse(
            refusal(kBounceOfOtherYear).with("year", line.year).with("date", posting.date.text()));
    const Money paid = hold == nullptr ? line.disbursed : hold->paid;
    if (asked > paid)
        return refuse(two_numbers(kBounceExceeds, paid, asked).with("allotment", number(line.id)));
    return may_post_on(posting, line.closed_through);
}

Result<Entry> bounce(Balance& line, Hold* hold, Money asked, const Posting& posting) {
    TRY(may_bounce(line, hold, asked, posting));
    auto entry =
        moved(EntryKind::bounce, line, Bucket::disbursed, Bucket::available, asked, posting)
            .on_hold(hold == nullptr ? HoldId{} : hold->id);
    apply(line, entry);
    if (hold != nullptr) hold->paid -= asked;
    return entry;
}

Result<Done> may_close(Month month, Month closed_through, Date today) {
    if (month <= closed_through)
        return refuse(refusal(kMonthClosed)
                          .with("month", month.text())
                          .with("closed_through", closed_through.text()));
    if (month.last_day() >= today)
        return refuse(
            refusal(kMonthNotOver).with("month", month.text()).with("today", today.text()));
    return Done{};
}

}  // namespace fenming::ledger

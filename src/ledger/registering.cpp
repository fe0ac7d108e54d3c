// The entries that make lines, and the entry that undoes another.

#include <algorithm>

#include "base/check.h"
#include "ledger/rules.h"

namespace fenming::ledger {
namespace {

bool moves_money(EntryKind kind) {
    return kind == EntryKind::freeze || kind == EntryKind::unfreeze || kind == EntryKind::expire ||
           kind == EntryKind::disburse || kind == EntryKind::bounce;
}

/// No bucket of the line may fall below zero by it.
Result<Done> bears(const Balance& line, const Entry& entry) {
    for (const auto& leg : entry.legs()) {
        if (leg.allotment != line.id || leg.bucket == Bucket::issued) continue;
        const Money left = line.in(leg.bucket);
        if (left + leg.fen < Money())
            return refuse(refusal(kReversalOverdraws)
                              .with("allotment", line.id.number)
                              .with("left_fen", left.in_fen())
                              .with("asked_fen", (-leg.fen).in_fen()));
    }
    return Done{};
}

/// What was resolved, or came back, since the entry cannot be undone under it.
Result<Done> bears(const Hold& hold, Money frozen, Money paid) {
    const auto resolved = [&](Money left, Money asked) {
        return refuse(refusal(kReversalOverdraws)
                          .with("allotment", hold.allotment.number)
                          .with("left_fen", left.in_fen())
                          .with("asked_fen", asked.in_fen()));
    };
    if (hold.rest + frozen < Money()) return resolved(hold.rest, -frozen);
    if (hold.paid + paid < Money()) return resolved(hold.paid, -paid);
    return Done{};
}

Money leg_sum(const Entry& entry, Bucket bucket) {
    Money sum;
    for (const auto& leg : entry.legs())
        if (leg.bucket == bucket) sum += leg.fen;
    return sum;
}

}  // namespace

Result<Entry> reverse(const PostedEntry& entry, std::vector<Balance>& lines, Hold* hold,
                      const Posting& posting) {
    check((hold == nullptr) == !entry.hold, "an entry is reversed with its hold, if any");
    if (entry.kind == EntryKind::reversal)
        return refuse(refusal(kIsReversal).with("entry", entry.id.number));
    if (entry.reversed_by)
        return refuse(refusal(kAlreadyReversed)
                          .with("entry", entry.id.number)
                          .with("reversal", entry.reversed_by.number));
    std::vector<Leg> legs;
    for (const auto& leg : entry.legs) legs.push_back({leg.allotment, leg.bucket, -leg.fen});
    auto mirror = Entry::of(EntryKind::reversal, entry.area, posting, std::move(legs))
                      .joined(entry.transit)
                      .on_hold(entry.hold)
                      .reversing(entry.id);
    std::vector<Balance*> touched;
    for (const auto& leg : mirror.legs()) {
        auto* line = TRY(line_of(lines, leg.allotment));
        if (std::ranges::find(touched, line) == touched.end()) touched.push_back(line);
    }
    for (const auto* line : touched) {
        const bool is_strict = moves_money(entry.kind);
        if (is_strict ? posting.date.year() != line->year : posting.date.year() > line->year)
            return refuse(
                refusal(kWrongYear).with("year", line->year).with("date", posting.date.text()));
        TRY(may_post_on(posting, line->closed_through));
        TRY(bears(*line, mirror));
    }
    if (hold != nullptr) {
        const Money frozen = leg_sum(mirror, Bucket::frozen);
        const Money paid = leg_sum(mirror, Bucket::disbursed);
        TRY(bears(*hold, frozen, paid));
        hold->rest += frozen;
        hold->paid += paid;
        if (frozen != Money()) hold->last = EntryKind::reversal;
    }
    for (auto* line : touched) apply(*line, mirror);
    return mirror;
}

Entry registration(AllotmentId id, const NewAllotment& line, const Posting& posting) {
    if (line.kind != AllotmentKind::opening)
        return Entry::of(
            EntryKind::register_, line.area, posting,
            {{id, Bucket::issued, -line.initial}, {id, Bucket::available, line.initial}});
    return Entry::of(EntryKind::opening, line.area, posting,
                     {{id, Bucket::issued, -line.initial},
                      {id, Bucket::available, line.initial - line.opening_disbursed},
                      {id, Bucket::disbursed, line.opening_disbursed}});
}

std::vector<Entry> split(AllotmentId id, const NewAllotment& child, const Balance& parent,
                         TransitId transit, const Posting& posting) {
    std::vector<Entry> entries;
    entries.push_back(Entry::of(EntryKind::split_out, parent.area, posting,
                                {{parent.id, Bucket::available, -child.initial},
                                 {parent.id, Bucket::allocated, child.initial}})
                          .joined(transit));
    entries.push_back(
        Entry::of(EntryKind::split_in, child.area, posting,
                  {{id, Bucket::issued, -child.initial}, {id, Bucket::available, child.initial}})
            .joined(transit));
    return entries;
}

std::vector<Entry> opening_parts(AllotmentId id, const NewAllotment& line, const Posting& posting) {
    std::vector<Entry> entries;
    if (line.parent && line.opening_disbursed > Money())
        entries.push_back(Entry::of(EntryKind::opening, line.area, posting,
                                    {{id, Bucket::available, -line.opening_disbursed},
                                     {id, Bucket::disbursed, line.opening_disbursed}}));
    if (line.opening_frozen > Money())
        entries.push_back(Entry::of(EntryKind::freeze, line.area, posting,
                                    {{id, Bucket::available, -line.opening_frozen},
                                     {id, Bucket::frozen, line.opening_frozen}}));
    return entries;
}

}  // namespace fenming::ledger

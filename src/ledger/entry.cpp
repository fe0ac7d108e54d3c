// What an entry is: legs that balance, whatever it does.

#include <algorithm>

#include "base/check.h"
#include "ledger/ledger.h"

namespace fenming::ledger {

Entry Entry::of(EntryKind kind, Area area, const Posting& posting, std::vector<Leg> legs) {
    Entry entry;
    entry.kind_ = kind;
    entry.area_ = area;
    entry.date_ = posting.date;
    entry.cause_ = posting.cause;
    Money sum;
    for (const auto& leg : legs) {
        sum += leg.fen;
        const auto same = std::ranges::find_if(entry.legs_, [&](const Leg& l) {
            return l.allotment == leg.allotment && l.bucket == leg.bucket;
        });
        if (same == entry.legs_.end())
            entry.legs_.push_back(leg);
        else
            same->fen += leg.fen;
    }
    std::erase_if(entry.legs_, [](const Leg& leg) { return leg.fen == Money(); });
    check(sum == Money(), "the legs of an entry sum to zero");
    check(!entry.legs_.empty(), "an entry moves something");
    return entry;
}

Entry Entry::joined(TransitId transit) && {
    transit_ = transit;
    return std::move(*this);
}
Entry Entry::on_hold(HoldId hold) && {
    hold_ = hold;
    return std::move(*this);
}
Entry Entry::reversing(EntryId entry) && {
    reverses_ = entry;
    return std::move(*this);
}

Money Entry::on(AllotmentId allotment, Bucket bucket) const {
    for (const auto& leg : legs_)
        if (leg.allotment == allotment && leg.bucket == bucket) return leg.fen;
    return {};
}

Money Balance::in(Bucket bucket) const {
    switch (bucket) {
        case Bucket::issued:
            return -total;
        case Bucket::available:
            return available;
        case Bucket::allocated:
            return allocated;
        case Bucket::frozen:
            return frozen;
        case Bucket::disbursed:
            return disbursed;
    }
    bug("a bucket is one of five");
}

}  // namespace fenming::ledger

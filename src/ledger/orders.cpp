// The ledger's own orders: their rules, and what they read and write.

#include "ledger/orders.h"

#include "base/check.h"
#include "ledger/rules.h"
#include "ledger/sql.h"

namespace fenming::ledger {
namespace {

struct Place {
    Area area;
    TransitId transit;
    Area widest;
    static constexpr auto fields =
        std::make_tuple(field("area", &Place::area), field("transit_id", &Place::transit),
                        field("widest", &Place::widest));
};

Refusal no_entry(EntryId entry) {
    return refusal(kNoEntry).with("entry", entry.number);
}

}  // namespace

// ---- close a month -----------------------------------------------------------------------------

Result<Area> area_of(store::Tx&, const CloseMonth& order) {
    const bool has_books = order.area.county() == order.area || order.area.county().code == 0;
    if (!has_books) return refuse(refusal(kNoBooksThere).with("area", order.area.text()));
    return order.area;
}

Result<MonthToClose> load(road::Desk& desk, const CloseMonth& order) {
    return MonthToClose{closed_through(desk, order.area), desk.today};
}

Result<MonthClosing> decide(const CloseMonth& order, const MonthToClose& dossier) {
    TRY(may_close(order.month, dossier.closed_through, dossier.today));
    return MonthClosing{order.area, order.month};
}

Result<MonthClosed> record(road::Desk& desk, const MonthClosing& decision) {
    desk.tx.run(sql::add_closed_month, desk.mint_number(), decision.area, decision.area.county(),
                decision.month, desk.order);
    desk.announce("ledger.month_closed", decision.area.code, decision.area);
    return MonthClosed{decision.area, decision.month};
}

// ---- reverse an entry --------------------------------------------------------------------------

Result<Area> area_of(store::Tx& tx, const ReverseEntry& order) {
    const auto place = tx.one<Place>(sql::entry_place, order.entry);
    if (!place) return refuse(no_entry(order.entry));
    return place->widest;
}

Result<EntriesToReverse> load(road::Desk& desk, const ReverseEntry& order) {
    EntriesToReverse dossier;
    dossier.today = desk.today;
    dossier.entries = entries_to_reverse(desk, order.entry);
    if (dossier.entries.empty()) return refuse(no_entry(order.entry));
    std::vector<AllotmentId> lines;
    std::vector<HoldId> held;
    for (const auto& entry : dossier.entries) {
        for (const auto& leg : entry.legs) lines.push_back(leg.allotment);
        if (entry.hold) held.push_back(entry.hold);
    }
    dossier.lines = balances(desk, lines);
    dossier.holds = holds(desk, held);
    return dossier;
}

Result<Reversal> decide(const ReverseEntry& order, const EntriesToReverse& dossier) {
    auto lines = dossier.lines;
    auto holds = dossier.holds;
    Reversal reversal;
    for (const auto& entry : dossier.entries) {
        if (entry.cause.kind != kDocument && entry.cause.kind != kOpening)
            return refuse(refusal(kReversedByItsCause)
                              .with("entry", entry.id.number)
                              .word("cause", entry.cause.kind, "ledger.cause")
                              .with("cause_id", entry.cause.id));
        Hold* hold = nullptr;
        for (auto& each : holds)
            if (each.id == entry.hold) hold = &each;
        const Posting posting{order.posting_date.value_or(dossier.today), dossier.today,
                              entry.cause};
        auto mirror = TRY(reverse(entry, lines, hold, posting));
        // The entry named comes first, so that the receipt names its mirror.
        const auto at = entry.id == order.entry ? reversal.entries.begin() : reversal.entries.end();
        reversal.entries.insert(at, std::move(mirror));
    }
    return reversal;
}

Result<EntryReversed> record(road::Desk& desk, const Reversal& decision) {
    check(!decision.entries.empty(), "a reversal reverses something");
    const auto posted = post(desk, decision.entries);
    const auto& first = decision.entries.front();
    Money moved;
    for (const auto& leg : first.legs())
        if (leg.fen > Money()) moved += leg.fen;
    desk.announce("ledger.entry_reversed", first.reverses().number, first.area());
    return EntryReversed{first.reverses(), posted.front().entry,
                         static_cast<std::int64_t>(posted.size()), moved};
}

}  // namespace fenming::ledger

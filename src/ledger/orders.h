#pragma once
// The orders of the ledger itself: closing a month, and reversing an entry.

#include <optional>
#include <vector>

#include "ledger/books.h"
#include "road/order.h"

namespace fenming::ledger {

/// Closes the books of a county, or of the city, up to and including a month that is over. Nothing
/// is posted into it afterwards; a closed December closes the year (P23).
struct CloseMonth {
    static constexpr road::OrderType type{"ledger.close_month", "ledger.close"};
    Area area;
    Month month;
    static constexpr auto fields = std::make_tuple(
        field("area", &CloseMonth::area, "the county, or the city for its own books"),
        field("month", &CloseMonth::month, "the last month to close"));
};
struct MonthToClose {
    Month closed_through;
    Date today;
};
struct MonthClosing {
    Area area;
    Month month;
};
struct MonthClosed {
    Area area;
    Month month;
    static constexpr auto fields =
        std::make_tuple(field("area", &MonthClosed::area), field("month", &MonthClosed::month));
};
Result<Area> area_of(store::Tx& tx, const CloseMonth& order);
Result<MonthToClose> load(road::Desk& desk, const CloseMonth& order);
Result<MonthClosing> decide(const CloseMonth& order, const MonthToClose& dossier);
Result<MonthClosed> record(road::Desk& desk, const MonthClosing& decision);

/// Undoes a mistake by an entry that names it; nothing is edited. A split is undone with its other
/// half. Entries that a batch or another capability made are undone there, since its own books
/// would not follow (`kReversedByItsCause`).
struct ReverseEntry {
    static constexpr road::OrderType type{"ledger.reverse_entry", "ledger.reverse", true};
    EntryId entry;
    std::optional<Date> posting_date;
    static constexpr auto fields = std::make_tuple(
        field("entry", &ReverseEntry::entry),
        field("posting_date", &ReverseEntry::posting_date, "in an open month; today if absent"));
};
struct EntriesToReverse {
    std::vector<PostedEntry> entries;
    std::vector<Balance> lines;
    std::vector<Hold> holds;
    Date today;
};
struct Reversal {
    std::vector<Entry> entries;
};
struct EntryReversed {
    EntryId entry;     ///< of the entry named
    EntryId reversal;  ///< its mirror
    std::int64_t entries = 0;
    Money moved;
    static constexpr auto fields = std::make_tuple(
        field("entry", &EntryReversed::entry), field("reversal", &EntryReversed::reversal),
        field("entries", &EntryReversed::entries, "2 for a split, else 1"),
        field("moved_fen", &EntryReversed::moved, "what the mirror moves"));
};
Result<Area> area_of(store::Tx& tx, const ReverseEntry& order);
Result<EntriesToReverse> load(road::Desk& desk, const ReverseEntry& order);
Result<Reversal> decide(const ReverseEntry& order, const EntriesToReverse& dossier);
Result<EntryReversed> record(road::Desk& desk, const Reversal& decision);

}  // namespace fenming::ledger

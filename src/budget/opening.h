#pragma once
// Day one (P6): the lines of money as found on a cut-over date. One person proposes them, another
// confirms them with the balance that the Treasury printed, and only then they are in the books.
// Until somebody signs them off they can be revoked as a whole.
//
//   ProposeOpening → ConfirmOpening → SignOffOpening
//                  ↘ RevokeOpening ↙  (before or after confirming, never after signing off)

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "budget/budget.h"
#include "ledger/books.h"
#include "road/order.h"

namespace fenming::budget {

struct OpeningLineInput {
    std::optional<Area> area;
    std::optional<std::int64_t> unit_id;
    std::string number;
    std::optional<std::string> parent_number;
    std::int64_t year = 0;
    std::optional<std::int64_t> origin_year;
    std::string programme;
    std::string subject;
    ledger::Source source = ledger::Source::central;
    ledger::Mark mark = ledger::Mark::none;
    std::string issued_by;
    Money total;
    Money allocated;
    Money paid;
    Money in_transit;
    std::optional<Money> treasury;
    static constexpr auto fields = std::make_tuple(
        field("area", &OpeningLineInput::area, "who holds it; absent: the order's area"),
        field("unit_id", &OpeningLineInput::unit_id, "the unit that holds it"),
        field("number", &OpeningLineInput::number, "number of the document that gave it"),
        field("parent_number", &OpeningLineInput::parent_number,
              "of the line in this opening that it was given down from"),
        field("year", &OpeningLineInput::year),
        field("origin_year", &OpeningLineInput::origin_year),
        field("programme", &OpeningLineInput::programme),
        field("subject", &OpeningLineInput::subject), field("source", &OpeningLineInput::source),
        field("mark", &OpeningLineInput::mark), field("issued_by", &OpeningLineInput::issued_by),
        field("total_fen", &OpeningLineInput::total),
        field("allocated_fen", &OpeningLineInput::allocated, "given down"),
        field("paid_fen", &OpeningLineInput::paid),
        field("in_transit_fen", &OpeningLineInput::in_transit, "under way to the bank"),
        field("treasury_fen", &OpeningLineInput::treasury,
              "available by the Treasury's print: total - given down - paid - under way"));
};

struct ProposeOpening {
    static constexpr road::OrderType type{"budget.propose_opening", "budget.opening"};
    Area area;
    Date as_at;
    std::vector<OpeningLineInput> lines;
    static constexpr auto fields =
        std::make_tuple(field("area", &ProposeOpening::area, "the lines lie in it"),
                        field("as_at", &ProposeOpening::as_at, "the cut-over date"),
                        field("lines", &ProposeOpening::lines));
};
struct ConfirmOpening {
    static constexpr road::OrderType type{"budget.confirm_opening", "budget.resolve"};
    OpeningId opening;
    Money treasury;
    static constexpr auto fields =
        std::make_tuple(field("opening", &ConfirmOpening::opening, "proposed by another person"),
                        field("treasury_fen", &ConfirmOpening::treasury,
                              "what all lines together leave by the Treasury's print"));
};
struct RevokeOpening {
    static constexpr road::OrderType type{"budget.revoke_opening", "budget.opening"};
    OpeningId opening;
    std::optional<Date> posting_date;
    static constexpr auto fields =
        std::make_tuple(field("opening", &RevokeOpening::opening),
                        field("posting_date", &RevokeOpening::posting_date));
};
struct SignOffOpening {
    static constexpr road::OrderType type{"budget.sign_off_opening", "budget.resolve"};
    OpeningId opening;
    static constexpr auto fields = std::make_tuple(field("opening", &SignOffOpening::opening));
};

/// A row of opening.
struct OpeningRow {
    OpeningId id;
    Area area;
    Area county;
    std::string as_at, state;
    std::int64_t line_count = 0;
    Money total, allocated, paid, in_transit, left, treasury;
    StaffId proposed_staff, confirmed_staff, closed_staff;
    static constexpr auto fields = std::make_tuple(
        field("id", &OpeningRow::id), field("area", &OpeningRow::area),
        field("county", &OpeningRow::county), field("as_at", &OpeningRow::as_at),
        field("state", &OpeningRow::state), field("line_count", &OpeningRow::line_count),
        field("total_fen", &OpeningRow::total), field("allocated_fen", &OpeningRow::allocated),
        field("paid_fen", &OpeningRow::paid), field("in_transit_fen", &OpeningRow::in_transit),
        field("left_fen", &OpeningRow::left), field("treasury_fen", &OpeningRow::treasury),
        field("proposed_staff", &OpeningRow::proposed_staff),
        field("confirmed_staff", &OpeningRow::confirmed_staff),
        field("closed_staff", &OpeningRow::closed_staff, "who revoked it or signed it off"));
};

/// A row of opening_line.
struct OpeningLineRow {
    OpeningId opening;
    std::int64_t ordinal = 0;
    Area area;
    Area county;
    std::int64_t unit_id = 0;
    std::string number, parent_number;
    int year = 0;
    int origin_year = 0;
    std::string programme, subject, source, mark, issued_by;
    Money total, allocated, paid, in_transit;
    std::optional<Money> treasury;
    static constexpr auto fields = std::make_tuple(
        field("opening", &OpeningLineRow::opening), field("ordinal", &OpeningLineRow::ordinal),
        field("area", &OpeningLineRow::area), field("county", &OpeningLineRow::county),
        field("unit_id", &OpeningLineRow::unit_id), field("number", &OpeningLineRow::number),
        field("parent_number", &OpeningLineRow::parent_number),
        field("year", &OpeningLineRow::year), field("origin_year", &OpeningLineRow::origin_year),
        field("programme", &OpeningLineRow::programme), field("subject", &OpeningLineRow::subject),
        field("source", &OpeningLineRow::source), field("mark", &OpeningLineRow::mark),
        field("issued_by", &OpeningLineRow::issued_by), field("total_fen", &OpeningLineRow::total),
        field("allocated_fen", &OpeningLineRow::allocated),
        field("paid_fen", &OpeningLineRow::paid),
        field("in_transit_fen", &OpeningLineRow::in_transit),
        field("treasury_fen", &OpeningLineRow::treasury));
    /// total − given down − paid − under way.
    [[nodiscard]] Money left() const { return total - allocated - paid - in_transit; }
};

/// The amounts of one line, by themselves: none below zero, no more used than there is, and the
/// rest as the Treasury printed it. A file's reader asks it of every row: all faults at once.
Result<Done> sums_hold(const OpeningLineRow& line);

struct OpeningFacts {
    OpeningId id;  ///< minted, or the one named
    Area area;
    Date today;
    StaffId staff;
    std::optional<OpeningRow> row;
    std::vector<OpeningLineRow> lines;
    std::vector<Area> areas;
    std::vector<std::int64_t> units;
    std::vector<std::string> programmes;
    /// What is in the books already, by an opening or by its document.
    std::set<std::pair<std::string, Area>> in_books;
    std::map<Area, Month> closed;
    // To revoke:
    std::vector<ledger::PostedEntry> entries;  ///< newest first
    std::vector<ledger::Balance> balances;
    std::vector<ledger::Hold> holds;
};

struct OpeningRuling {
    OpeningRow row;
    std::vector<OpeningLineRow> lines;  ///< of a proposal: to write; of a confirmation: to post
    bool is_new = false;
    bool posts = false;
    ledger::Posting posting;
    std::vector<ledger::Entry> reversals;
};

struct OpeningReceipt {
    OpeningId opening;
    OpeningState state = OpeningState::proposed;
    std::int64_t lines = 0;
    Money total;
    Money left;
    static constexpr auto fields = std::make_tuple(
        field("opening", &OpeningReceipt::opening), field("state", &OpeningReceipt::state),
        field("lines", &OpeningReceipt::lines), field("total_fen", &OpeningReceipt::total),
        field("left_fen", &OpeningReceipt::left));
};

Result<Area> area_of(store::Tx& tx, const ProposeOpening& order);
Result<Area> area_of(store::Tx& tx, const ConfirmOpening& order);
Result<Area> area_of(store::Tx& tx, const RevokeOpening& order);
Result<Area> area_of(store::Tx& tx, const SignOffOpening& order);
Result<OpeningFacts> load(road::Desk& desk, const ProposeOpening& order);
Result<OpeningFacts> load(road::Desk& desk, const ConfirmOpening& order);
Result<OpeningFacts> load(road::Desk& desk, const RevokeOpening& order);
Result<OpeningFacts> load(road::Desk& desk, const SignOffOpening& order);
Result<OpeningRuling> decide(const ProposeOpening& order, const OpeningFacts& facts);
Result<OpeningRuling> decide(const ConfirmOpening& order, const OpeningFacts& facts);
Result<OpeningRuling> decide(const RevokeOpening& order, const OpeningFacts& facts);
Result<OpeningRuling> decide(const SignOffOpening& order, const OpeningFacts& facts);
Result<OpeningReceipt> record(road::Desk& desk, const OpeningRuling& ruling);

/// The lines of an opening in the order in which they can be posted: each after its parent, whose
/// index stands beside it (none: -1). Refuses a parent that is not there, and a circle.
struct Placed {
    std::size_t line = 0;
    std::ptrdiff_t parent = -1;
    int depth = 0;
};
Result<std::vector<Placed>> in_order(const std::vector<OpeningLineRow>& lines);
/// A line as the books register it; without its parent's id.
ledger::NewAllotment line_of(const OpeningLineRow& line, OpeningId opening);

}  // namespace fenming::budget

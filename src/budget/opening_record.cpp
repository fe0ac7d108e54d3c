// Day one: what its orders read and write.

#include <map>

#include "access/access.h"
#include "base/check.h"
#include "budget/desk.h"
#include "budget/opening.h"
#include "budget/opening_lists.h"
#include "budget/sql.h"
#include "budget/verdict.h"
#include "ledger/ids.h"
#include "ledger/rules.h"

namespace fenming::budget {
namespace {

struct InBooks {
    std::string number;
    Area area;
    static constexpr auto fields =
        std::make_tuple(field("number", &InBooks::number), field("area", &InBooks::area));
};
struct EntryRow {
    ledger::EntryId id;
    std::string kind;
    Area area;
    Date date;
    std::string cause_kind;
    std::int64_t cause_id = 0;
    ledger::EntryId reverses, reversed_by;
    ledger::TransitId transit;
    ledger::HoldId hold;
    static constexpr auto fields = std::make_tuple(
        field("id", &EntryRow::id), field("kind", &EntryRow::kind), field("area", &EntryRow::area),
        field("posting_date", &EntryRow::date), field("cause_kind", &EntryRow::cause_kind),
        field("cause_id", &EntryRow::cause_id), field("reverses", &EntryRow::reverses),
        field("reversed_by", &EntryRow::reversed_by), field("transit_id", &EntryRow::transit),
        field("hold_id", &EntryRow::hold));
};
struct LegRow {
    ledger::EntryId entry;
    AllotmentId allotment;
    std::string bucket;
    Money fen;
    static constexpr auto fields = std::make_tuple(
        field("entry_id", &LegRow::entry), field("allotment_id", &LegRow::allotment),
        field("bucket", &LegRow::bucket), field("fen", &LegRow::fen));
};
struct LineIn : OpeningLineRow {
    OrderId order;
    static constexpr auto fields =
        std::tuple_cat(OpeningLineRow::fields, std::make_tuple(field("order_id", &LineIn::order)));
};
struct OpeningIn : OpeningRow {
    OrderId order;
    static constexpr auto fields =
        std::tuple_cat(OpeningRow::fields, std::make_tuple(field("order_id", &OpeningIn::order)));
};

Result<Area> place_of(store::Tx& tx, OpeningId opening) {
    const auto area = tx.value<Area>(sql::opening_area, opening);
    if (!area) return refuse(access::kNotHere);
    return *area;
}

OpeningFacts ground_of(const road::Desk& desk) {
    OpeningFacts facts;
    facts.area = desk.area;
    facts.today = desk.today;
    facts.staff = desk.caller.staff;
    return facts;
}

void add_ground(road::Desk& desk, OpeningFacts& facts, std::vector<Area> areas,
                const std::vector<std::int64_t>& units) {
    for (const auto& unit : known_units(desk, units)) facts.units.push_back(unit.id);
    areas.push_back(facts.area);
    facts.closed = closed_months(desk, areas);
    facts.areas = known_areas(desk.tx, areas, desk.today);
    for (auto& each : known_programmes(desk.tx, desk.today))
        facts.programmes.push_back(std::move(each.code));
    for (auto& each : desk.tx.all<InBooks>(sql::opened_numbers, facts.area.code, facts.area.end()))
        facts.in_books.emplace(std::move(each.number), each.area);
}

Result<OpeningFacts> named(road::Desk& desk, OpeningId opening) {
    auto facts = ground_of(desk);
    facts.id = opening;
    facts.row = find_opening(desk.tx, desk.scope, opening);
    if (!facts.row) return refuse(access::kNotHere);
    return facts;
}

void read_entries(road::Desk& desk, OpeningFacts& facts) {
    std::map<ledger::EntryId, std::vector<ledger::Leg>> legs;
    std::vector<AllotmentId> lines;
    for (const auto& leg : desk.tx.all<LegRow>(sql::legs_of_opening, facts.id, desk.scope)) {
        lines.push_back(leg.allotment);
        legs[leg.entry].push_back({leg.allotment, member_of<ledger::Bucket>(leg.bucket), leg.fen});
    }
    std::vector<ledger::HoldId> holds;
    for (auto& row : desk.tx.all<EntryRow>(sql::entries_of_opening, facts.id, desk.scope)) {
        if (row.hold) holds.push_back(row.hold);
        facts.entries.push_back({row.id,
                                 member_of<ledger::EntryKind>(row.kind),
                                 row.area,
                                 row.date,
                                 {std::move(row.cause_kind), row.cause_id},
                                 row.reverses,
                                 row.reversed_by,
                                 row.transit,
                                 row.hold,
                                 legs[row.id]});
    }
    facts.balances = ledger::balances(desk, lines);
    facts.holds = ledger::holds(desk, holds);
}

/// Lines of one depth at a time: parts are given down from lines that stand in the books.
void post_lines(road::Desk& desk, const OpeningRuling& ruling) {
    const auto order = in_order(ruling.lines);
    check(order.has_value(), "decide has ordered the lines");
    std::vector<AllotmentId> made(ruling.lines.size());
    std::size_t from = 0;
    while (from < order->size()) {
        std::vector<ledger::NewAllotment> lines;
        std::vector<AllotmentId> parents;
        std::size_t end = from;
        for (; end < order->size() && (*order)[end].depth == (*order)[from].depth; ++end) {
            const auto& placed = (*order)[end];
            auto line = line_of(ruling.lines[placed.line], ruling.row.id);
            if (placed.parent >= 0) {
                line.parent = made[static_cast<std::size_t>(placed.parent)];
                parents.push_back(line.parent);
            }
            lines.push_back(std::move(line));
        }
        const auto registered = ledger::register_allotments(
            desk, lines, ledger::balances(desk, parents), ruling.posting);
        for (std::size_t i = from; i < end; ++i)
            made[(*order)[i].line] = registered[i - from].allotment;
        from = end;
    }
}

}  // namespace

Result<Area> area_of(store::Tx&, const ProposeOpening& order) {
    return order.area;
}
Result<Area> area_of(store::Tx& tx, const ConfirmOpening& order) {
    return place_of(tx, order.opening);
}
Result<Area> area_of(store::Tx& tx, const RevokeOpening& order) {
    return place_of(tx, order.opening);
}
Result<Area> area_of(store::Tx& tx, const SignOffOpening& order) {
    return place_of(tx, order.opening);
}

Result<OpeningFacts> load(road::Desk& desk, const ProposeOpening& order) {
    auto facts = ground_of(desk);
    facts.id = desk.mint<OpeningId>();
    std::vector<Area> areas;
    std::vector<std::int64_t> units;
    for (const auto& line : order.lines) {
        if (line.area) areas.push_back(*line.area);
        if (line.unit_id.value_or(0) != 0) units.push_back(*line.unit_id);
    }
    add_ground(desk, facts, std::move(areas), units);
    return facts;
}

Result<OpeningFacts> load(road::Desk& desk, const ConfirmOpening& order) {
    auto facts = TRY(named(desk, order.opening));
    facts.lines =
        opening_lines(desk.tx, desk.scope, order.opening, 0, static_cast<int>(kMostItems));
    std::vector<Area> areas;
    for (const auto& line : facts.lines) areas.push_back(line.area);
    add_ground(desk, facts, std::move(areas), {});
    return facts;
}

Result<OpeningFacts> load(road::Desk& desk, const RevokeOpening& order) {
    auto facts = TRY(named(desk, order.opening));
    std::vector<Area> areas;
    for (const auto& line :
         opening_lines(desk.tx, desk.scope, order.opening, 0, static_cast<int>(kMostItems)))
        areas.push_back(line.area);
    need_pens(desk, areas);
    read_entries(desk, facts);
    return facts;
}

Result<OpeningFacts> load(road::Desk& desk, const SignOffOpening& order) {
    return named(desk, order.opening);
}

Result<OpeningReceipt> record(road::Desk& desk, const OpeningRuling& ruling) {
    const auto& row = ruling.row;
    if (ruling.is_new) {
        desk.tx.run_each<OpeningIn>(sql::add_opening, std::vector<OpeningIn>{{row, desk.order}});
        std::vector<LineIn> lines;
        lines.reserve(ruling.lines.size());
        for (const auto& line : ruling.lines) lines.push_back({line, desk.order});
        desk.tx.run_each<LineIn>(sql::add_opening_line, lines);
    } else {
        desk.tx.run(sql::set_opening, row.state, row.treasury, row.confirmed_staff,
                    row.closed_staff, desk.order, row.id);
    }
    if (ruling.posts) post_lines(desk, ruling);
    if (!ruling.reversals.empty()) static_cast<void>(ledger::post(desk, ruling.reversals));
    desk.announce("budget.opening_" + row.state, row.id.number, row.area);
    return OpeningReceipt{row.id, member_of<OpeningState>(row.state), row.line_count, row.total,
                          row.left};
}

}  // namespace fenming::budget

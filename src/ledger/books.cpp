// Reading the books for an order: lines with their balances, holds, entries to undo.

#include "ledger/books.h"

#include "ledger/ids.h"
#include "ledger/sql.h"

namespace fenming::ledger {
namespace {

struct LineRow {
    AllotmentId id;
    AllotmentId parent;
    Area area, county;
    int year = 0, origin_year = 0;
    std::string programme, subject, source, mark, kind;
    Date usable_from;
    std::string closed_through;
    Money available, allocated, frozen, disbursed, total;
    std::int64_t version = 0;
    static constexpr auto fields = std::make_tuple(
        field("id", &LineRow::id), field("parent_id", &LineRow::parent),
        field("area", &LineRow::area), field("county", &LineRow::county),
        field("year", &LineRow::year), field("origin_year", &LineRow::origin_year),
        field("programme", &LineRow::programme), field("subject", &LineRow::subject),
        field("source", &LineRow::source), field("mark", &LineRow::mark),
        field("kind", &LineRow::kind), field("usable_from", &LineRow::usable_from),
        field("closed_through", &LineRow::closed_through),
        field("available_fen", &LineRow::available), field("allocated_fen", &LineRow::allocated),
        field("frozen_fen", &LineRow::frozen), field("disbursed_fen", &LineRow::disbursed),
        field("total_fen", &LineRow::total), field("version", &LineRow::version));
};

Balance balance_of(LineRow row) {
    return {row.id,
            row.parent,
            row.area,
            row.county,
            row.year,
            row.origin_year,
            std::move(row.programme),
            std::move(row.subject),
            member_of<Source>(row.source),
            member_of<Mark>(row.mark),
            member_of<AllotmentKind>(row.kind),
            row.usable_from,
            stored_month(row.closed_through),
            row.available,
            row.allocated,
            row.frozen,
            row.disbursed,
            row.total,
            row.version};
}

struct HoldRow {
    HoldId id;
    AllotmentId allotment;
    Area area;
    std::string cause_kind;
    std::int64_t cause_id = 0;
    Money fen, rest, paid;
    std::string last;
    static constexpr auto fields =
        std::make_tuple(field("id", &HoldRow::id), field("allotment_id", &HoldRow::allotment),
                        field("area", &HoldRow::area), field("cause_kind", &HoldRow::cause_kind),
                        field("cause_id", &HoldRow::cause_id), field("fen", &HoldRow::fen),
                        field("rest_fen", &HoldRow::rest), field("paid_fen", &HoldRow::paid),
                        field("last_kind", &HoldRow::last));
};

struct HoldIdRow {
    HoldId id;
    static constexpr auto fields = std::make_tuple(field("id", &HoldIdRow::id));
};

struct EntryRow {
    EntryId id;
    std::string kind;
    Area area;
    Date date;
    std::string cause_kind;
    std::int64_t cause_id = 0;
    EntryId reverses, reversed_by;
    TransitId transit;
    HoldId hold;
    static constexpr auto fields = std::make_tuple(
        field("id", &EntryRow::id), field("kind", &EntryRow::kind), field("area", &EntryRow::area),
        field("posting_date", &EntryRow::date), field("cause_kind", &EntryRow::cause_kind),
        field("cause_id", &EntryRow::cause_id), field("reverses", &EntryRow::reverses),
        field("reversed_by", &EntryRow::reversed_by), field("transit_id", &EntryRow::transit),
        field("hold_id", &EntryRow::hold));
};

struct LegRow {
    AllotmentId allotment;
    std::string bucket;
    Money fen;
    static constexpr auto fields =
        std::make_tuple(field("allotment_id", &LegRow::allotment), field("bucket", &LegRow::bucket),
                        field("fen", &LegRow::fen));
};

struct Place {
    Area area;
    TransitId transit;
    Area widest;
    static constexpr auto fields =
        std::make_tuple(field("area", &Place::area), field("transit_id", &Place::transit),
                        field("widest", &Place::widest));
};

}  // namespace

std::vector<Balance> balances(road::Desk& desk, const std::vector<AllotmentId>& ids) {
    std::vector<Balance> found;
    for (auto& row : rows_of<LineRow>(desk.tx, sql::balances, ids, values_of(desk.scope))) {
        desk.need_pen(row.area);
        found.push_back(balance_of(std::move(row)));
    }
    return found;
}

std::vector<Balance> balances_with_parents(road::Desk& desk, const std::vector<AllotmentId>& ids) {
    auto all = ids;
    for (const auto& line : balances(desk, ids))
        if (line.parent) all.push_back(line.parent);
    return balances(desk, all);
}

std::vector<Hold> holds(road::Desk& desk, const std::vector<HoldId>& ids) {
    std::vector<Hold> found;
    for (auto& row : rows_of<HoldRow>(desk.tx, sql::holds, ids, values_of(desk.scope)))
        found.push_back({row.id,
                         row.allotment,
                         row.area,
                         {std::move(row.cause_kind), row.cause_id},
                         row.fen,
                         row.rest,
                         row.paid,
                         member_of<EntryKind>(row.last)});
    return found;
}

std::vector<Hold> holds_of(road::Desk& desk, const Cause& cause) {
    std::vector<HoldId> ids;
    for (const auto& row :
         desk.tx.all<HoldIdRow>(sql::holds_of_cause, cause.kind, cause.id, desk.scope))
        ids.push_back(row.id);
    return holds(desk, ids);
}

Month closed_through(road::Desk& desk, Area where) {
    desk.need_pen(where);
    return stored_month(
        desk.tx.value<std::string>(sql::closed_through, where.county()).value_or(""));
}

std::vector<PostedEntry> entries_to_reverse(road::Desk& desk, EntryId entry) {
    const auto place = desk.tx.one<Place>(sql::entry_place, entry);
    if (!place) return {};
    std::vector<PostedEntry> found;
    for (const auto& row :
         desk.tx.all<EntryRow>(sql::entries_to_reverse, entry, place->transit, desk.scope)) {
        desk.need_pen(row.area);
        PostedEntry posted{row.id,
                           member_of<EntryKind>(row.kind),
                           row.area,
                           row.date,
                           {row.cause_kind, row.cause_id},
                           row.reverses,
                           row.reversed_by,
                           row.transit,
                           row.hold,
                           {}};
        for (const auto& leg : desk.tx.all<LegRow>(sql::legs_of_entry, row.id))
            posted.legs.push_back({leg.allotment, member_of<Bucket>(leg.bucket), leg.fen});
        found.push_back(std::move(posted));
    }
    return found;
}

}  // namespace fenming::ledger

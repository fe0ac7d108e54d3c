// Writing the books: numbering under the pen, entries and legs, balances.

#include <algorithm>
#include <map>

#include "base/check.h"
#include "ledger/books.h"
#include "ledger/ids.h"
#include "ledger/rules.h"
#include "ledger/sql.h"

namespace fenming::ledger {
namespace {

// Rows on their way in; fields stand in the order of the statement's parameters.
struct EntryIn {
    EntryId id;
    std::int64_t pen = 0, seq = 0;
    Area area;
    std::string date, kind, cause_kind;
    std::int64_t cause_id = 0;
    EntryId reverses;
    TransitId transit;
    HoldId hold;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &EntryIn::id), field("pen", &EntryIn::pen), field("seq", &EntryIn::seq),
        field("area", &EntryIn::area), field("posting_date", &EntryIn::date),
        field("kind", &EntryIn::kind), field("cause_kind", &EntryIn::cause_kind),
        field("cause_id", &EntryIn::cause_id), field("reverses", &EntryIn::reverses),
        field("transit_id", &EntryIn::transit), field("hold_id", &EntryIn::hold),
        field("order_id", &EntryIn::order));
};
struct LegIn {
    EntryId entry;
    std::int64_t ordinal = 0;
    AllotmentId allotment;
    std::string bucket;
    Money fen, after;
    OrderId order;
    static constexpr auto fields =
        std::make_tuple(field("entry_id", &LegIn::entry), field("ordinal", &LegIn::ordinal),
                        field("allotment_id", &LegIn::allotment), field("bucket", &LegIn::bucket),
                        field("fen", &LegIn::fen), field("after_fen", &LegIn::after),
                        field("order_id", &LegIn::order));
};
struct HoldIn {
    HoldId id;
    AllotmentId allotment;
    Area area, county;
    std::string cause_kind;
    std::int64_t cause_id = 0;
    Money fen;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &HoldIn::id), field("allotment_id", &HoldIn::allotment),
        field("area", &HoldIn::area), field("county", &HoldIn::county),
        field("cause_kind", &HoldIn::cause_kind), field("cause_id", &HoldIn::cause_id),
        field("fen", &HoldIn::fen), field("order_id", &HoldIn::order));
};
struct ChangeIn {
    std::int64_t id = 0;
    AllotmentId allotment;
    Area area, county;
    std::string kind;
    std::int64_t document = 0;
    Money fen;
    std::string date;
    OrderId order;
    static constexpr auto fields =
        std::make_tuple(field("id", &ChangeIn::id), field("allotment_id", &ChangeIn::allotment),
                        field("area", &ChangeIn::area), field("county", &ChangeIn::county),
                        field("kind", &ChangeIn::kind), field("document_id", &ChangeIn::document),
                        field("fen", &ChangeIn::fen), field("posting_date", &ChangeIn::date),
                        field("order_id", &ChangeIn::order));
};
struct BucketsRow {
    AllotmentId id;
    Area area;
    Money available, allocated, frozen, disbursed, total;
    std::int64_t version = 0;
    static constexpr auto fields = std::make_tuple(
        field("allotment_id", &BucketsRow::id), field("area", &BucketsRow::area),
        field("available_fen", &BucketsRow::available),
        field("allocated_fen", &BucketsRow::allocated), field("frozen_fen", &BucketsRow::frozen),
        field("disbursed_fen", &BucketsRow::disbursed), field("total_fen", &BucketsRow::total),
        field("version", &BucketsRow::version));
};
struct BalanceIn {
    Money available, allocated, frozen, disbursed, total;
    AllotmentId id;
    std::int64_t version = 0;
    static constexpr auto fields = std::make_tuple(
        field("available_fen", &BalanceIn::available),
        field("allocated_fen", &BalanceIn::allocated), field("frozen_fen", &BalanceIn::frozen),
        field("disbursed_fen", &BalanceIn::disbursed), field("total_fen", &BalanceIn::total),
        field("allotment_id", &BalanceIn::id), field("version", &BalanceIn::version));
};
struct AllotmentIn {
    AllotmentId id;
    DocumentId document;
    std::int64_t item = 0;
    AllotmentId parent;
    TransitId transit;
    int year = 0, origin_year = 0;
    std::string programme, subject, source, mark, kind, issued_by, received_from;
    Area area, county;
    std::int64_t unit = 0;
    Money initial;
    std::string usable_from;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &AllotmentIn::id), field("document_id", &AllotmentIn::document),
        field("document_item", &AllotmentIn::item), field("parent_id", &AllotmentIn::parent),
        field("transit_id", &AllotmentIn::transit), field("year", &AllotmentIn::year),
        field("origin_year", &AllotmentIn::origin_year),
        field("programme", &AllotmentIn::programme), field("subject", &AllotmentIn::subject),
        field("source", &AllotmentIn::source), field("mark", &AllotmentIn::mark),
        field("kind", &AllotmentIn::kind), field("issued_by", &AllotmentIn::issued_by),
        field("received_from", &AllotmentIn::received_from), field("area", &AllotmentIn::area),
        field("county", &AllotmentIn::county), field("unit_id", &AllotmentIn::unit),
        field("initial_fen", &AllotmentIn::initial),
        field("usable_from", &AllotmentIn::usable_from), field("order_id", &AllotmentIn::order));
};
struct NewBalance {
    AllotmentId id;
    Area area, county;
    Money available, allocated, frozen, disbursed, total;
    std::int64_t version = 0;
    static constexpr auto fields = std::make_tuple(
        field("allotment_id", &NewBalance::id), field("area", &NewBalance::area),
        field("county", &NewBalance::county), field("available_fen", &NewBalance::available),
        field("allocated_fen", &NewBalance::allocated), field("frozen_fen", &NewBalance::frozen),
        field("disbursed_fen", &NewBalance::disbursed), field("total_fen", &NewBalance::total),
        field("version", &NewBalance::version));
};

/// The change that a document's entry notes, if it is of that sort.
const char* change_of(EntryKind kind) {
    switch (kind) {
        case EntryKind::add:
            return "added";
        case EntryKind::cut:
            return "cut";
        case EntryKind::withdraw:
            return "withdrawn";
        case EntryKind::carry:
            return "carried";
        case EntryKind::reversal:
            return "reversed";
        default:
            return nullptr;
    }
}

/// All that one call of post() is going to write.
class Page {
public:
    Page(road::Desk& desk, const std::vector<Entry>& entries) : desk_(desk) {
        std::vector<AllotmentId> ids;
        for (const auto& entry : entries) {
            desk_.need_pen(entry.area());
            for (const auto& leg : entry.legs()) ids.push_back(leg.allotment);
        }
        for (const auto& row : rows_of<BucketsRow>(desk_.tx, sql::buckets, ids)) {
            Balance line;
            line.id = row.id;
            line.area = row.area;
            line.available = row.available;
            line.allocated = row.allocated;
            line.frozen = row.frozen;
            line.disbursed = row.disbursed;
            line.total = row.total;
            line.version = row.version;
            lines_.emplace(row.id, std::move(line));
        }
    }

    Posted add(const Entry& entry) {
        const auto id = desk_.mint<EntryId>();
        const auto pen = entry.area().county();
        check(Month{entry.date().year(), entry.date().month()} > closed(pen),
              "an entry lies in an open month");
        const auto hold = entry.kind() == EntryKind::freeze ? new_hold(entry) : entry.hold();
        entries_.push_back({id, pen.code, ++seq(pen), entry.area(), entry.date().text(),
                            stored(entry.kind()), entry.cause().kind, entry.cause().id,
                            entry.reverses(), entry.transit(), hold, desk_.order});
        std::int64_t ordinal = 0;
        for (const auto& leg : entry.legs()) {
            auto& line = line_at(leg.allotment);
            check(line.area.county() == pen, "an entry touches lines of one pen");
            move(line, leg);
            const Money after = line.in(leg.bucket);
            check(leg.bucket == Bucket::issued ? after <= Money() : after >= Money(),
                  "no entry brings a bucket below zero");
            legs_.push_back(
                {id, ++ordinal, leg.allotment, stored(leg.bucket), leg.fen, after, desk_.order});
            if (leg.bucket == Bucket::issued) note_change(entry, leg);
        }
        return {id, hold};
    }

    void write() {
        desk_.tx.run_each(sql::add_hold, holds_);
        desk_.tx.run_each(sql::add_entry, entries_);
        desk_.tx.run_each(sql::add_leg, legs_);
        desk_.tx.run_each(sql::add_change, changes_);
        std::vector<BalanceIn> rows;
        for (const auto& [id, line] : lines_)
            rows.push_back({line.available, line.allocated, line.frozen, line.disbursed, line.total,
                            id, line.version});
        const auto changed = desk_.tx.run_each(sql::set_balance, rows);
        check(changed == static_cast<std::int64_t>(rows.size()), "every balance is as it was read");
    }

private:
    Balance& line_at(AllotmentId id) {
        const auto found = lines_.find(id);
        check(found != lines_.end(), "an entry touches lines that exist");
        return found->second;
    }
    static void move(Balance& line, const Leg& leg) {
        switch (leg.bucket) {
            case Bucket::issued:
                line.total -= leg.fen;
                break;
            case Bucket::available:
                line.available += leg.fen;
                break;
            case Bucket::allocated:
                line.allocated += leg.fen;
                break;
            case Bucket::frozen:
                line.frozen += leg.fen;
                break;
            case Bucket::disbursed:
                line.disbursed += leg.fen;
                break;
        }
    }
    std::int64_t& seq(Area pen) {
        const auto [slot, is_new] = seqs_.try_emplace(pen, 0);
        if (is_new) slot->second = desk_.tx.value<std::int64_t>(sql::last_seq, pen).value_or(0);
        return slot->second;
    }
    Month closed(Area pen) {
        const auto [slot, is_new] = closed_.try_emplace(pen, Month{});
        if (is_new) slot->second = closed_through(desk_, pen);
        return slot->second;
    }
    HoldId new_hold(const Entry& entry) {
        const auto id = desk_.mint<HoldId>();
        const auto line = entry.legs().front().allotment;
        holds_.push_back({id, line, entry.area(), entry.area().county(), entry.cause().kind,
                          entry.cause().id, entry.on(line, Bucket::frozen), desk_.order});
        return id;
    }
    void note_change(const Entry& entry, const Leg& leg) {
        const char* kind = change_of(entry.kind());
        if (kind == nullptr) return;
        const auto document = entry.cause().kind == kDocument ? entry.cause().id : 0;
        changes_.push_back({desk_.mint_number(), leg.allotment, entry.area(), entry.area().county(),
                            kind, document, -leg.fen, entry.date().text(), desk_.order});
    }

    road::Desk& desk_;
    std::map<AllotmentId, Balance> lines_;
    std::map<Area, std::int64_t> seqs_;
    std::map<Area, Month> closed_;
    std::vector<EntryIn> entries_;
    std::vector<LegIn> legs_;
    std::vector<HoldIn> holds_;
    std::vector<ChangeIn> changes_;
};

AllotmentIn row_of(AllotmentId id, TransitId transit, const NewAllotment& line, OrderId order) {
    return {id,
            line.document,
            line.document_item,
            line.parent,
            transit,
            line.year,
            line.origin_year,
            line.programme,
            line.subject,
            stored(line.source),
            stored(line.mark),
            stored(line.kind),
            line.issued_by,
            line.received_from,
            line.area,
            line.area.county(),
            line.unit_id,
            line.initial,
            line.usable_from.is_none() ? "" : line.usable_from.text(),
            order};
}

}  // namespace

std::vector<Posted> post(road::Desk& desk, const std::vector<Entry>& entries) {
    if (entries.empty()) return {};
    Page page(desk, entries);
    std::vector<Posted> posted;
    posted.reserve(entries.size());
    for (const auto& entry : entries) posted.push_back(page.add(entry));
    page.write();
    return posted;
}

std::vector<Entry> joined(road::Desk& desk, std::vector<Entry> entries) {
    if (entries.size() < 2) return entries;
    const auto transit = desk.mint<TransitId>();
    for (auto& entry : entries) entry = std::move(entry).joined(transit);
    return entries;
}

std::vector<Registered> register_allotments(road::Desk& desk,
                                            const std::vector<NewAllotment>& lines,
                                            const std::vector<Balance>& parents,
                                            const Posting& posting) {
    std::vector<Registered> made;
    std::vector<AllotmentIn> rows;
    std::vector<NewBalance> balances;
    std::vector<Entry> entries;
    std::vector<std::pair<std::size_t, std::size_t>> freezes;  // entry, line
    for (const auto& line : lines) {
        const auto id = desk.mint<AllotmentId>();
        const auto transit = line.parent ? desk.mint<TransitId>() : TransitId{};
        desk.need_pen(line.area);
        rows.push_back(row_of(id, transit, line, desk.order));
        balances.push_back({id, line.area, line.area.county(), {}, {}, {}, {}, {}, 0});
        if (line.parent) {
            const auto parent = std::ranges::find(parents, line.parent, &Balance::id);
            check(parent != parents.end(), "the parent of a new line is handed in");
            for (auto& entry : split(id, line, *parent, transit, posting))
                entries.push_back(std::move(entry));
        } else {
            entries.push_back(registration(id, line, posting));
        }
        for (auto& entry : opening_parts(id, line, posting)) {
            if (entry.kind() == EntryKind::freeze)
                freezes.emplace_back(entries.size(), made.size());
            entries.push_back(std::move(entry));
        }
        made.push_back({id, {}});
    }
    desk.tx.run_each(sql::add_allotment, rows);
    desk.tx.run_each(sql::add_balance, balances);
    const auto posted = post(desk, entries);
    for (const auto& [entry, line] : freezes) made[line].hold = posted[entry].hold;
    return made;
}

}  // namespace fenming::ledger

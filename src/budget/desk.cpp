// Reading and writing documents for the orders.

#include "budget/desk.h"

#include <algorithm>

#include "budget/sql.h"
#include "ledger/ids.h"
#include "policy/programmes.h"

namespace fenming::budget {
namespace {

struct AreaCode {
    Area code;
    static constexpr auto fields = std::make_tuple(field("code", &AreaCode::code));
};
struct FileOne {
    FileId id;
    static constexpr auto fields = std::make_tuple(field("id", &FileOne::id));
};

template <class Row, class Order>
struct WithOrder : Row {
    Order order;
    static constexpr auto fields =
        std::tuple_cat(Row::fields, std::make_tuple(field("order_id", &WithOrder::order)));
};

/// ledger::rows_of takes ids of a tag; these are plain numbers.
struct NumberTag;
std::vector<Id<NumberTag>> as_ids(const std::vector<std::int64_t>& numbers) {
    std::vector<Id<NumberTag>> ids;
    for (const auto number : numbers) ids.push_back({number});
    return ids;
}

}  // namespace

void need_pens(const road::Desk& desk, const std::vector<Area>& areas) {
    auto wanted = desk.pens();
    for (const Area area : areas) wanted.push_back(store::pen_of(area));
    std::ranges::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    if (wanted.size() > desk.pens().size()) throw road::MorePens{std::move(wanted)};
}

std::vector<KnownDocument> known_documents(store::Tx& tx, const std::vector<std::string>& numbers) {
    std::vector<KnownDocument> found;
    for (std::size_t from = 0; from < numbers.size(); from += ledger::kIdsPerCall) {
        std::vector<store::Value> values;
        for (std::size_t i = from; i < from + ledger::kIdsPerCall; ++i)
            values.push_back(store::Value::of_text(i < numbers.size() ? std::string_view(numbers[i])
                                                                      : std::string_view()));
        tx.query(sql::known_documents.info, values, store::Fetch::whole,
                 [&](store::Cursor& c) { found.push_back(store::read_row<KnownDocument>(c)); });
    }
    return found;
}

std::vector<Area> known_areas(store::Tx& tx, std::vector<Area> areas, Date day) {
    std::vector<std::int64_t> codes;
    for (const Area area : areas) codes.push_back(area.code);
    const std::string text = day.text();
    std::vector<Area> found;
    for (const auto& row : ledger::rows_of<AreaCode>(tx, sql::known_areas, as_ids(codes),
                                                     {store::Value::of_text(text)}))
        found.push_back(row.code);
    return found;
}

std::vector<KnownProgramme> known_programmes(store::Tx& tx, Date day) {
    std::vector<KnownProgramme> found;
    for (auto& each : policy::programmes_on(tx, day))
        found.push_back({std::move(each.code), std::move(each.name_zh)});
    return found;
}

std::vector<FileId> known_files(store::Tx& tx, std::vector<FileId> files) {
    std::vector<FileId> found;
    for (const auto& row : ledger::rows_of<FileOne>(tx, sql::known_files, std::move(files)))
        found.push_back(row.id);
    return found;
}

std::vector<KnownUnit> known_units(road::Desk& desk, std::vector<std::int64_t> units) {
    return ledger::rows_of<KnownUnit>(desk.tx, sql::known_units, as_ids(units),
                                      ledger::values_of(desk.scope));
}

std::map<Area, Month> closed_months(road::Desk& desk, const std::vector<Area>& areas) {
    need_pens(desk, areas);
    std::map<Area, Month> closed;
    for (const Area area : areas)
        if (closed.find(area.county()) == closed.end())
            closed.emplace(area.county(), ledger::closed_through(desk, area));
    return closed;
}

std::optional<DocumentRow> find_document(store::Tx& tx, const Scope& scope, DocumentId id) {
    return tx.one<DocumentRow>(sql::document, id, scope);
}

std::vector<ItemRow> all_items(store::Tx& tx, const Scope& scope, DocumentId id) {
    return tx.all<ItemRow>(sql::items_of, id, 0, static_cast<std::int64_t>(kMostItems), scope);
}

void add_document(road::Desk& desk, const DocumentRow& row, const std::vector<ItemRow>& items) {
    using DocumentIn = WithOrder<DocumentRow, OrderId>;
    using ItemIn = WithOrder<ItemRow, OrderId>;
    desk.tx.run_each<DocumentIn>(sql::add_document, std::vector<DocumentIn>{{row, desk.order}});
    std::vector<ItemIn> rows;
    rows.reserve(items.size());
    for (const auto& item : items) rows.push_back({item, desk.order});
    desk.tx.run_each<ItemIn>(sql::add_item, rows);
}

void set_document(road::Desk& desk, const DocumentRow& row) {
    desk.tx.run(sql::set_document, row.state, row.posting_date, row.corrected_by, row.answer_file,
                row.proposed_staff, row.confirmed_staff, row.work_case, desk.order, row.id);
}

std::vector<AllotmentId> post_filed(road::Desk& desk, const Filed& filed,
                                    const std::vector<ledger::Balance>& parents) {
    std::vector<AllotmentId> made;
    if (!filed.lines.empty())
        for (const auto& each :
             ledger::register_allotments(desk, filed.lines, parents, filed.posting))
            made.push_back(each.allotment);
    // The entries of one change go together; those of all changes are posted at once.
    std::vector<ledger::Entry> entries;
    std::size_t from = 0;
    for (const auto count : filed.per_item) {
        const auto begin = filed.entries.begin() + static_cast<std::ptrdiff_t>(from);
        for (auto& entry :
             ledger::joined(desk, {begin, begin + static_cast<std::ptrdiff_t>(count)}))
            entries.push_back(std::move(entry));
        from += count;
    }
    if (!entries.empty()) static_cast<void>(ledger::post(desk, entries));
    return made;
}

DocumentReceipt receipt_of(const DocumentRow& row, std::vector<AllotmentId> allotments) {
    DocumentReceipt receipt;
    receipt.document = row.id;
    receipt.verdict = member_of<Verdict>(row.verdict);
    receipt.state = member_of<DocumentState>(row.state);
    receipt.printed_total = row.printed_total;
    receipt.sum = row.sum;
    if (!row.total_text.empty()) receipt.difference = row.sum - row.printed_total;
    receipt.items = row.item_count;
    receipt.allotments = std::move(allotments);
    return receipt;
}

}  // namespace fenming::budget

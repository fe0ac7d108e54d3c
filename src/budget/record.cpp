// Registering documents: what the orders read and write.

#include "access/access.h"
#include "budget/desk.h"
#include "budget/sql.h"
#include "budget/verdict.h"

namespace fenming::budget {
namespace {

/// What load has to look up for a list of documents.
struct Named {
    std::vector<std::string> numbers;
    std::vector<Area> areas;
    std::vector<std::int64_t> units;
    std::vector<FileId> files;
    std::vector<AllotmentId> lines;
};

Named named_in(const std::vector<DocumentInput>& documents, Area order_area) {
    Named named;
    for (const auto& document : documents) {
        named.numbers.push_back(canonical_number(document.number));
        named.areas.push_back(document.area.value_or(order_area));
        if (document.file) named.files.push_back(*document.file);
        for (const auto& item : document.items) {
            if (item.area) named.areas.push_back(*item.area);
            if (item.unit_id.value_or(0) != 0) named.units.push_back(*item.unit_id);
            if (item.allotment) named.lines.push_back(*item.allotment);
        }
    }
    return named;
}

DocumentFacts facts_of(road::Desk& desk, const std::vector<DocumentInput>& documents,
                       const std::vector<AllotmentId>& parents) {
    DocumentFacts facts;
    facts.today = desk.today;
    facts.staff = desk.caller.staff;
    facts.area = desk.area;
    auto named = named_in(documents, desk.area);
    facts.units = known_units(desk, named.units);
    for (const auto& unit : facts.units) named.areas.push_back(unit.area);
    named.lines.insert(named.lines.end(), parents.begin(), parents.end());
    facts.lines = ledger::balances_with_parents(desk, named.lines);
    for (const auto& line : facts.lines) named.areas.push_back(line.area);
    facts.closed = closed_months(desk, named.areas);
    facts.known = known_documents(desk.tx, named.numbers);
    facts.areas = known_areas(desk.tx, named.areas, desk.today);
    facts.programmes = known_programmes(desk.tx, desk.today);
    facts.files = known_files(desk.tx, named.files);
    for (std::size_t i = 0; i < documents.size(); ++i) facts.ids.push_back(desk.mint<DocumentId>());
    return facts;
}

Result<Area> place_of(std::optional<Area> area) {
    if (!area) return refuse(access::kNotHere);
    return *area;
}

}  // namespace

Result<Area> area_of(store::Tx&, const RegisterDocuments& order) {
    return order.area;
}
Result<Area> area_of(store::Tx&, const AdjustAllotments& order) {
    return order.area;
}
Result<Area> area_of(store::Tx& tx, const SplitDown& order) {
    return place_of(tx.value<Area>(sql::allotment_area, order.parent));
}
Result<Area> area_of(store::Tx& tx, const CorrectDocument& order) {
    return place_of(tx.value<Area>(sql::document_area, order.pending));
}

Result<DocumentFacts> load(road::Desk& desk, const RegisterDocuments& order) {
    return facts_of(desk, order.documents, {});
}

Result<DocumentFacts> load(road::Desk& desk, const SplitDown& order) {
    return facts_of(desk, {order.document}, {order.parent});
}

Result<DocumentFacts> load(road::Desk& desk, const AdjustAllotments& order) {
    return facts_of(desk, {order.document}, {});
}

Result<DocumentFacts> load(road::Desk& desk, const CorrectDocument& order) {
    const auto pending = find_document(desk.tx, desk.scope, order.pending);
    if (!pending) return refuse(access::kNotHere);
    std::vector<AllotmentId> parents;
    for (const auto& item : all_items(desk.tx, desk.scope, order.pending))
        if (item.parent) parents.push_back(item.parent);
    auto facts = facts_of(desk, {order.correction}, parents);
    facts.pending = pending;
    if (pending->work_case)
        facts.work_case = TRY(workflow::case_file(desk, pending->work_case, {}));
    if (!parents.empty()) facts.pending_parent = parents.front().number;
    return facts;
}

Result<DocumentsReceipt> record(road::Desk& desk, const DocumentRuling& ruling) {
    DocumentsReceipt receipt;
    // First the old one, so that the correction may bear its number.
    if (ruling.corrected) {
        set_document(desk, *ruling.corrected);
        const auto& closing = *ruling.closing;
        workflow::record_move(desk, closing.file, closing.wanted, closing.move);
        desk.announce("budget.document_corrected", ruling.corrected->id.number,
                      ruling.corrected->area);
    }
    for (const auto& filed : ruling.documents) {
        auto row = filed.row;
        const bool is_pending = row.state == name_of(DocumentState::pending);
        if (is_pending)
            row.work_case =
                workflow::open_case(desk, "document", "document", row.id.number, row.area);
        add_document(desk, row, filed.items);
        auto made = post_filed(desk, filed, ruling.parents);
        desk.announce(is_pending ? "budget.document_pending" : "budget.document_registered",
                      row.id.number, row.area);
        receipt.documents.push_back(receipt_of(row, std::move(made)));
    }
    return receipt;
}

}  // namespace fenming::budget

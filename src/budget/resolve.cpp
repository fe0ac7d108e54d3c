// Posting a pending document item by item: its rules, and what it reads and writes.

#include "budget/resolve.h"

#include "access/access.h"
#include "budget/desk.h"
#include "budget/sql.h"

namespace fenming::budget {
namespace {

Result<Area> place_of(store::Tx& tx, DocumentId document) {
    const auto area = tx.value<Area>(sql::document_area, document);
    if (!area) return refuse(access::kNotHere);
    return *area;
}

Result<PendingFacts> facts_of(road::Desk& desk, DocumentId document) {
    const auto row = find_document(desk.tx, desk.scope, document);
    if (!row) return refuse(access::kNotHere);
    PendingFacts facts;
    facts.row = *row;
    facts.today = desk.today;
    facts.staff = desk.caller.staff;
    if (row->work_case) facts.work_case = TRY(workflow::case_file(desk, row->work_case, {}));
    return facts;
}

/// What the act is to the document's case; its rules hold, too.
Result<CaseMove> moved(const PendingFacts& facts, workflow::Action action, std::string step,
                       std::string reason) {
    workflow::Wanted wanted;
    wanted.work_case = facts.row.work_case;
    wanted.expected_version = facts.work_case.now.version;
    wanted.step = std::move(step);
    wanted.action = action;
    wanted.reason = std::move(reason);
    if (action == workflow::Action::send_back) wanted.send_back_to = "propose";
    auto move = TRY(workflow::judge(facts.work_case, wanted));
    return CaseMove{facts.work_case, std::move(wanted), std::move(move)};
}

Refusal wrong_state(const RefusalKind& kind, const DocumentRow& row) {
    return refusal(kind).with("document", row.id.number).with("number", row.number);
}

bool is_in(const DocumentRow& row, DocumentState state) {
    return row.state == name_of(state);
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const ProposeItems& order) {
    return place_of(tx, order.document);
}
Result<Area> area_of(store::Tx& tx, const ConfirmItems& order) {
    return place_of(tx, order.document);
}
Result<Area> area_of(store::Tx& tx, const SendBackItems& order) {
    return place_of(tx, order.document);
}

Result<PendingFacts> load(road::Desk& desk, const ProposeItems& order) {
    auto facts = TRY(facts_of(desk, order.document));
    facts.answer_known = !known_files(desk.tx, {order.answer}).empty();
    return facts;
}

Result<PendingFacts> load(road::Desk& desk, const ConfirmItems& order) {
    auto facts = TRY(facts_of(desk, order.document));
    facts.items = all_items(desk.tx, desk.scope, order.document);
    std::vector<AllotmentId> lines;
    std::vector<Area> areas;
    for (const auto& item : facts.items) {
        areas.push_back(item.area);
        if (item.parent) lines.push_back(item.parent);
        if (item.allotment) lines.push_back(item.allotment);
    }
    facts.closed = closed_months(desk, areas);
    facts.lines = ledger::balances_with_parents(desk, lines);
    return facts;
}

Result<PendingFacts> load(road::Desk& desk, const SendBackItems& order) {
    return facts_of(desk, order.document);
}

Result<ItemsRuling> decide(const ProposeItems& order, const PendingFacts& facts) {
    if (!is_in(facts.row, DocumentState::pending))
        return refuse(wrong_state(kNotPending, facts.row));
    if (!facts.answer_known) return refuse(refusal(kFileUnknown).with("file", order.answer.number));
    ItemsRuling ruling;
    ruling.filed.row = facts.row;
    ruling.filed.row.state = stored(DocumentState::proposed);
    ruling.filed.row.answer_file = order.answer;
    ruling.filed.row.proposed_staff = facts.staff;
    ruling.move = TRY(moved(facts, workflow::Action::submit, "propose", ""));
    return ruling;
}

Result<ItemsRuling> decide(const ConfirmItems& order, const PendingFacts& facts) {
    if (!is_in(facts.row, DocumentState::proposed))
        return refuse(wrong_state(kNotProposed, facts.row));
    if (facts.row.proposed_staff == facts.staff) return refuse(kSamePerson);
    ItemsRuling ruling;
    auto& filed = ruling.filed;
    filed.row = facts.row;
    filed.items = facts.items;
    filed.row.state = stored(DocumentState::posted_by_item);
    filed.row.confirmed_staff = facts.staff;
    const auto day = posting_day(order.posting_date, facts.today, filed.row.year);
    filed.row.posting_date = day.text();
    filed.posting = {day, facts.today, {std::string(ledger::kDocument), filed.row.id.number}};
    auto lines = facts.lines;
    TRY(post_items(filed, lines, facts.closed));
    ruling.parents = facts.lines;
    ruling.move = TRY(moved(facts, workflow::Action::approve, "confirm", ""));
    return ruling;
}

Result<ItemsRuling> decide(const SendBackItems& order, const PendingFacts& facts) {
    if (!is_in(facts.row, DocumentState::proposed))
        return refuse(wrong_state(kNotProposed, facts.row));
    ItemsRuling ruling;
    ruling.filed.row = facts.row;
    ruling.filed.row.state = stored(DocumentState::pending);
    ruling.filed.row.answer_file = {};
    ruling.filed.row.proposed_staff = {};
    ruling.move = TRY(moved(facts, workflow::Action::send_back, "confirm", order.reason));
    return ruling;
}

Result<DocumentReceipt> record(road::Desk& desk, const ItemsRuling& ruling) {
    const auto& row = ruling.filed.row;
    set_document(desk, row);
    workflow::record_move(desk, ruling.move.file, ruling.move.wanted, ruling.move.move);
    auto made = post_filed(desk, ruling.filed, ruling.parents);
    desk.announce("budget.document_" + row.state, row.id.number, row.area);
    return receipt_of(row, std::move(made));
}

}  // namespace fenming::budget

// The rules of registering documents; pure (P1, P7, P15, P18, E23).

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "budget/posting.h"
#include "budget/verdict.h"
#include "ledger/ids.h"
#include "ledger/rules.h"
#include "registry/areas.h"

namespace fenming::budget {
namespace {

/// What every document of one order is judged by.
struct Desk {
    const DocumentFacts& facts;
    DocumentKind kind;
    std::optional<Date> posting_date;
    const ledger::Balance* parent;  ///< of a split
    DocumentId corrects;
    std::vector<KnownDocument> known;  ///< and those of this order
    Lines lines;
    std::string root;  ///< the JSON pointer of the document, or of their list
};

Result<Done> dates_hold(const DocumentInput& document, const Desk& desk) {
    const auto& issued = document.issued_on;
    const auto& received = document.received_on;
    if (received && *received > desk.facts.today)
        return refuse(refusal(kReceivedInFuture)
                          .with("received_on", received->text())
                          .with("today", desk.facts.today.text()));
    if (issued && received && *received < *issued)
        return refuse(refusal(kReceivedBeforeIssued)
                          .with("issued_on", issued->text())
                          .with("received_on", received->text()));
    return Done{};
}

Result<Done> is_new(const DocumentRow& row, const Desk& desk) {
    for (const auto& other : desk.known) {
        const bool is_same = other.number == row.number && other.kind == row.kind &&
                             (other.area.contains(row.area) || row.area.contains(other.area));
        const bool counts =
            other.state != name_of(DocumentState::corrected) && other.id != desk.corrects;
        if (!is_same || !counts) continue;
        return refuse(refusal(kRegisteredBefore)
                          .with("document", other.id.number)
                          .with("number", row.number)
                          .with("area", other.area.text()));
    }
    return Done{};
}

Result<Done> place_holds(Area area, const Desk& desk) {
    if (std::ranges::find(desk.facts.areas, area) != desk.facts.areas.end()) return Done{};
    return refuse(refusal(registry::kNoSuchArea).with("area", area.text()));
}

Result<Done> programme_holds(const std::string& programme, const Desk& desk) {
    if (programme.empty()) return Done{};
    for (const auto& each : desk.facts.programmes)
        if (each.code == programme) return Done{};
    return refuse(refusal(kProgrammeUnknown).with("text", shown(programme)));
}

Result<Done> file_holds(const std::optional<FileId>& file, const Desk& desk) {
    const auto& files = desk.facts.files;
    if (!file || std::ranges::find(files, *file) != files.end()) return Done{};
    return refuse(refusal(kFileUnknown).with("file", file->number));
}

/// The year, and where the money comes from: stated, or the line's.
Result<Done> fill_money(DocumentRow& row, const DocumentInput& document, const Desk& desk) {
    const auto* parent = desk.parent;
    const int this_year = parent != nullptr ? parent->year : desk.facts.today.year();
    const auto year = document.year.value_or(this_year);
    const auto origin =
        document.origin_year.value_or(parent != nullptr ? parent->origin_year : year);
    for (const auto each : {year, origin})
        if (each < 2000 || each > desk.facts.today.year() + 1)
            return refuse(refusal(kYearOutOfRange)
                              .with("year", each)
                              .with("least", 2000)
                              .with("most", desk.facts.today.year() + 1));
    row.year = static_cast<int>(year);
    row.origin_year = static_cast<int>(origin);
    row.source = stored(
        document.source.value_or(parent != nullptr ? parent->source : ledger::Source::central));
    row.mark =
        stored(document.mark.value_or(parent != nullptr ? parent->mark : ledger::Mark::none));
    row.is_advance = document.is_advance || row.year > desk.facts.today.year();
    return Done{};
}

Result<DocumentRow> row_of(const DocumentInput& document, DocumentId id, const Desk& desk) {
    DocumentRow row;
    row.id = id;
    row.area = desk.parent != nullptr ? desk.parent->area : document.area.value_or(desk.facts.area);
    row.county = row.area.county();
    row.kind = stored(desk.kind);
    row.printed_number = trim(document.number);
    row.number = canonical_number(document.number);
    if (row.number.empty()) return refuse(kNumberMissing);
    if (!desk.facts.area.contains(row.area))
        return refuse(refusal(kDocumentOutside)
                          .with("number", row.number)
                          .with("area", row.area.text())
                          .with("within", desk.facts.area.text()));
    TRY(place_holds(row.area, desk));
    TRY(dates_hold(document, desk));
    TRY(is_new(row, desk));
    TRY(file_holds(document.file, desk));
    TRY(fill_money(row, document, desk));
    row.title = trim(document.title);
    row.fund = trim(document.fund);
    row.issued_by = trim(document.issued_by);
    row.issued_on = document.issued_on.value_or(Date()).text();
    row.received_on = document.received_on.value_or(Date()).text();
    row.is_partial = document.is_partial;
    row.file = document.file.value_or(FileId{});
    row.printed_total = document.printed_total.value_or(Money());
    if (document.printed_total) {
        row.total_text = trim(document.total_text.value_or(""));
        if (row.total_text.empty()) row.total_text = to_yuan(row.printed_total) + "元";
    }
    row.corrects = desk.corrects;
    row.registered_staff = desk.facts.staff;
    return row;
}

Result<ItemRow> item_of(const ItemInput& input, const DocumentInput& document,
                        const DocumentRow& row, const Desk& desk) {
    ItemRow item;
    item.document = row.id;
    item.receiver = trim(input.receiver);
    item.area = input.area.value_or(row.area);
    item.amount = input.amount;
    item.last_digit = input.last_digit.value_or(Money::fen(1));
    if (item.amount <= Money())
        return refuse(refusal(kItemNotPositive).with("asked_fen", item.amount.in_fen()));
    if (input.unit_id.value_or(0) != 0) {
        const auto unit = std::ranges::find(desk.facts.units, *input.unit_id, &KnownUnit::id);
        if (unit == desk.facts.units.end())
            return refuse(refusal(kNoSuchUnit).with("unit", *input.unit_id));
        item.unit_id = unit->id;
        item.area = unit->area;
    }
    const auto* parent = desk.parent;
    item.programme = input.programme.value_or(
        document.programme.value_or(parent != nullptr ? parent->programme : ""));
    item.subject =
        input.subject.value_or(document.subject.value_or(parent != nullptr ? parent->subject : ""));
    TRY(programme_holds(item.programme, desk));
    if (parent != nullptr) item.parent = parent->id;
    if (desk.kind == DocumentKind::adjust) {
        item.allotment = input.allotment.value_or(AllotmentId{});
        item.change = stored(input.change.value_or(Change::added));
        const auto line = std::ranges::find(desk.lines, item.allotment, &ledger::Balance::id);
        if (line == desk.lines.end())
            return refuse(refusal(ledger::kNoAllotment).with("allotment", item.allotment.number));
        item.area = line->area;
        item.programme = line->programme;
        item.subject = line->subject;
    }
    item.county = item.area.county();
    if (!row.area.contains(item.area))
        return refuse(refusal(kItemOutside)
                          .with("receiver", shown(item.receiver))
                          .with("area", item.area.text())
                          .with("within", row.area.text()));
    TRY(place_holds(item.area, desk));
    return item;
}

/// Sums, verdict and state (E23, P18).
void judge_filed(Filed& filed, const DocumentInput& document) {
    std::vector<Printed> items;
    for (const auto& item : filed.items) items.push_back({item.amount, item.last_digit, false});
    std::optional<Printed> total;
    if (document.printed_total)
        total = Printed{*document.printed_total, document.total_last_digit.value_or(Money::fen(1)),
                        false};
    const auto judged = judge(items, total, document.is_partial);
    filed.row.sum = judged.sum;
    filed.row.item_count = static_cast<std::int64_t>(items.size());
    filed.row.verdict = stored(judged.verdict);
    filed.row.state = stored(judged.verdict == Verdict::mismatch ? DocumentState::pending
                                                                 : DocumentState::registered);
}

Result<Filed> file_document(const DocumentInput& document, DocumentId id, Desk& desk) {
    Filed filed;
    filed.row = TRY(row_of(document, id, desk));
    if (document.items.empty()) return refuse(refusal(kNoItems).with("number", filed.row.number));
    for (const auto& input : document.items) {
        const auto ordinal = static_cast<std::int64_t>(filed.items.size()) + 1;
        auto item = item_of(input, document, filed.row, desk);
        if (!item) return refuse(std::move(item.error()).at("", ordinal, ""));
        item->ordinal = ordinal;
        filed.items.push_back(std::move(*item));
    }
    judge_filed(filed, document);
    desk.known.push_back(
        {filed.row.id, filed.row.number, filed.row.area, filed.row.kind, filed.row.state});
    if (filed.row.state == name_of(DocumentState::pending)) return filed;
    const auto day = posting_day(desk.posting_date, desk.facts.today, filed.row.year);
    filed.row.posting_date = day.text();
    filed.posting = {day, desk.facts.today, {std::string(ledger::kDocument), id.number}};
    TRY(post_items(filed, desk.lines, desk.facts.closed));
    return filed;
}

/// A refusal whose row is an item's ordinal, placed in the order's JSON.
Refusal at_pointer(Refusal problem, const std::string& root, std::size_t index) {
    std::string pointer = root;
    if (root == "/documents") pointer += "/" + std::to_string(index);
    const auto ordinal = problem.place().row;
    if (ordinal > 0) pointer += "/items/" + std::to_string(ordinal - 1);
    return std::move(problem).at("", 0, pointer);
}

Result<DocumentRuling> file_all(const std::vector<DocumentInput>& documents, Desk desk) {
    std::size_t items = 0;
    for (const auto& each : documents) items += each.items.size();
    if (documents.empty()) return refuse(refusal(kNoItems).with("number", ""));
    if (items > kMostItems)
        return refuse(refusal(kTooManyItems)
                          .with("items", static_cast<std::int64_t>(items))
                          .with("most", static_cast<std::int64_t>(kMostItems)));
    check(desk.facts.ids.size() == documents.size(), "an id was minted for each document");
    DocumentRuling ruling;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        auto filed = file_document(documents[i], desk.facts.ids[i], desk);
        if (!filed) return refuse(at_pointer(std::move(filed.error()), desk.root, i));
        ruling.documents.push_back(std::move(*filed));
    }
    if (desk.parent != nullptr) ruling.parents.push_back(*desk.parent);
    return ruling;
}

}  // namespace

Result<DocumentRuling> decide(const RegisterDocuments& order, const DocumentFacts& facts) {
    return file_all(order.documents, {facts,
                                      DocumentKind::allot,
                                      order.posting_date,
                                      nullptr,
                                      {},
                                      facts.known,
                                      facts.lines,
                                      "/documents"});
}

Result<DocumentRuling> decide(const SplitDown& order, const DocumentFacts& facts) {
    const auto parent = std::ranges::find(facts.lines, order.parent, &ledger::Balance::id);
    if (parent == facts.lines.end())
        return refuse(refusal(ledger::kNoAllotment).with("allotment", order.parent.number));
    return file_all({order.document}, {facts,
                                       DocumentKind::split,
                                       order.posting_date,
                                       &*parent,
                                       {},
                                       facts.known,
                                       facts.lines,
                                       "/document"});
}

Result<DocumentRuling> decide(const AdjustAllotments& order, const DocumentFacts& facts) {
    return file_all({order.document}, {facts,
                                       DocumentKind::adjust,
                                       order.posting_date,
                                       nullptr,
                                       {},
                                       facts.known,
                                       facts.lines,
                                       "/document"});
}

Result<DocumentRuling> decide(const CorrectDocument& order, const DocumentFacts& facts) {
    check(facts.pending.has_value(), "load found the document that area_of found");
    const auto& old = *facts.pending;
    if (old.state != name_of(DocumentState::pending))
        return refuse(
            refusal(kNotPending).with("document", old.id.number).with("number", old.number));
    const auto kind = member_of<DocumentKind>(old.kind);
    const ledger::Balance* parent = nullptr;
    if (kind == DocumentKind::split) {
        const auto found =
            std::ranges::find(facts.lines, AllotmentId{facts.pending_parent}, &ledger::Balance::id);
        if (found == facts.lines.end())
            return refuse(refusal(ledger::kNoAllotment).with("allotment", facts.pending_parent));
        parent = &*found;
    }
    auto ruling = TRY(file_all({order.correction}, {facts, kind, order.posting_date, parent, old.id,
                                                    facts.known, facts.lines, "/correction"}));
    ruling.corrected = old;
    ruling.corrected->state = stored(DocumentState::corrected);
    ruling.corrected->corrected_by = ruling.documents.front().row.id;
    check(facts.work_case.has_value(), "a pending document has a case");
    workflow::Wanted wanted;
    wanted.work_case = old.work_case;
    wanted.expected_version = facts.work_case->now.version;
    wanted.step = "propose";
    wanted.action = workflow::Action::close;
    wanted.reason = ruling.documents.front().row.number;
    auto move = TRY(workflow::judge(*facts.work_case, wanted));
    ruling.closing = CaseMove{*facts.work_case, std::move(wanted), std::move(move)};
    return ruling;
}

}  // namespace fenming::budget

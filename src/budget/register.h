#pragma once
// Registering the Treasury's documents (P1, P15, P18): money that comes, parts that go down,
// changes of lines, and the document that corrects a pending one. The four orders share their
// facts, their ruling and their receipt.
//
//   RegisterDocuments   one or many documents that bring money; each item makes a line
//   SplitDown           a document that gives parts of a line to places and units below (R2.47)
//   AdjustAllotments    追加, 调减, 收回, 结转 of lines (P23)
//   CorrectDocument     the issuer's correction of a pending document (P18)
//
// A document of the verdict mismatch is registered as pending, posts nothing and opens a case whose
// task waits for the finance section (workflow template `document`); all others post. posting_date:
// in an open month; absent, today, but no later than the year's last day.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "budget/budget.h"
#include "ledger/books.h"
#include "road/order.h"
#include "workflow/cases.h"

namespace fenming::budget {

enum class Change { added, cut, withdrawn, carried };
constexpr std::array<std::string_view, 4> names_of(Change) {
    return {"added", "cut", "withdrawn", "carried"};
}

struct ItemInput {
    std::optional<Area> area;
    std::optional<std::int64_t> unit_id;
    std::string receiver;
    std::optional<std::string> programme;
    std::optional<std::string> subject;
    std::optional<AllotmentId> allotment;
    std::optional<Change> change;
    Money amount;
    std::optional<Money> last_digit;
    static constexpr auto fields = std::make_tuple(
        field("area", &ItemInput::area, "who receives; absent: the document's area"),
        field("unit_id", &ItemInput::unit_id, "the unit that receives; absent: the bureau there"),
        field("receiver", &ItemInput::receiver, "as printed: a place, a unit, or a use"),
        field("programme", &ItemInput::programme), field("subject", &ItemInput::subject),
        field("allotment", &ItemInput::allotment, "of an adjustment: the line that changes"),
        field("change", &ItemInput::change, "of an adjustment: how"),
        field("amount_fen", &ItemInput::amount, "above zero"),
        field("last_digit_fen", &ItemInput::last_digit,
              "what the last printed digit is worth; absent: one fen"));
};

struct DocumentInput {
    std::optional<Area> area;
    std::string number;
    std::string title;
    std::optional<std::int64_t> year;
    std::optional<std::int64_t> origin_year;
    std::string fund;
    std::optional<std::string> programme;
    std::optional<std::string> subject;
    std::optional<ledger::Source> source;
    std::optional<ledger::Mark> mark;
    std::string issued_by;
    std::optional<Date> issued_on;
    std::optional<Date> received_on;
    bool is_advance = false;
    bool is_partial = false;
    std::optional<FileId> file;
    std::optional<std::string> total_text;
    std::optional<Money> printed_total;
    std::optional<Money> total_last_digit;
    std::vector<ItemInput> items;
    static constexpr auto fields = std::make_tuple(
        field("area", &DocumentInput::area, "whose it is; absent: the order's, or the line's"),
        field("number", &DocumentInput::number, "document number, with or without brackets"),
        field("title", &DocumentInput::title),
        field("year", &DocumentInput::year, "budget year; absent: this year, or the line's"),
        field("origin_year", &DocumentInput::origin_year,
              "year the money was first arranged for; absent: the budget year"),
        field("fund", &DocumentInput::fund, "name of the money"),
        field("programme", &DocumentInput::programme, "of items that name none"),
        field("subject", &DocumentInput::subject, "of items that name none"),
        field("source", &DocumentInput::source, "absent: central, or the line's"),
        field("mark", &DocumentInput::mark, "direct or tracked; absent: none, or the line's"),
        field("issued_by", &DocumentInput::issued_by, "who issued it"),
        field("issued_on", &DocumentInput::issued_on),
        field("received_on", &DocumentInput::received_on, "the 30 days begin here"),
        field("is_advance", &DocumentInput::is_advance, "issued before its year (P7)"),
        field("is_partial", &DocumentInput::is_partial, "only some of its items are here"),
        field("file", &DocumentInput::file, "the scan"),
        field("total_text", &DocumentInput::total_text, "the total as printed"),
        field("printed_total_fen", &DocumentInput::printed_total, "absent: no total is printed"),
        field("total_last_digit_fen", &DocumentInput::total_last_digit,
              "what the last printed digit of the total is worth; absent: one fen"),
        field("items", &DocumentInput::items));
};

// ---- the orders --------------------------------------------------------------------------------

struct RegisterDocuments {
    static constexpr road::OrderType type{"budget.register_documents", "budget.register"};
    Area area;
    std::vector<DocumentInput> documents;
    std::optional<Date> posting_date;
    static constexpr auto fields =
        std::make_tuple(field("area", &RegisterDocuments::area, "the documents' areas lie in it"),
                        field("documents", &RegisterDocuments::documents),
                        field("posting_date", &RegisterDocuments::posting_date));
};

struct SplitDown {
    static constexpr road::OrderType type{"budget.split_down", "budget.split"};
    AllotmentId parent;
    DocumentInput document;
    std::optional<Date> posting_date;
    static constexpr auto fields = std::make_tuple(
        field("parent", &SplitDown::parent, "the line that gives"),
        field("document", &SplitDown::document), field("posting_date", &SplitDown::posting_date));
};

struct AdjustAllotments {
    static constexpr road::OrderType type{"budget.adjust_allotments", "budget.register"};
    Area area;
    DocumentInput document;
    std::optional<Date> posting_date;
    static constexpr auto fields = std::make_tuple(
        field("area", &AdjustAllotments::area, "the lines lie in it"),
        field("document", &AdjustAllotments::document, "each item names a line and a change"),
        field("posting_date", &AdjustAllotments::posting_date));
};

struct CorrectDocument {
    static constexpr road::OrderType type{"budget.correct_document", "budget.register"};
    DocumentId pending;
    DocumentInput correction;
    std::optional<Date> posting_date;
    static constexpr auto fields = std::make_tuple(
        field("pending", &CorrectDocument::pending, "the document that is corrected"),
        field("correction", &CorrectDocument::correction, "the issuer's new document"),
        field("posting_date", &CorrectDocument::posting_date));
};

// ---- facts, ruling, receipt --------------------------------------------------------------------

/// A document of the same number that is registered already.
struct KnownDocument {
    DocumentId id;
    std::string number;
    Area area;
    std::string kind;
    std::string state;
    static constexpr auto fields =
        std::make_tuple(field("id", &KnownDocument::id), field("number", &KnownDocument::number),
                        field("area", &KnownDocument::area), field("kind", &KnownDocument::kind),
                        field("state", &KnownDocument::state));
};
struct KnownUnit {
    std::int64_t id = 0;
    std::string name;
    Area area;
    static constexpr auto fields =
        std::make_tuple(field("id", &KnownUnit::id), field("name", &KnownUnit::name),
                        field("area", &KnownUnit::area));
};
struct KnownProgramme {
    std::string code;
    std::string name;
};

struct DocumentFacts {
    Date today;
    StaffId staff;
    Area area;                    ///< the order's
    std::vector<DocumentId> ids;  ///< minted, one for each document
    std::vector<KnownDocument> known;
    std::vector<Area> areas;  ///< of those named, the ones that exist
    std::vector<KnownUnit> units;
    std::vector<KnownProgramme> programmes;
    std::vector<FileId> files;
    std::vector<ledger::Balance> lines;
    std::map<Area, Month> closed;  ///< last closed month by county
    std::optional<DocumentRow> pending;
    std::optional<workflow::CaseFile> work_case;  ///< the pending document's
    std::int64_t pending_parent = 0;              ///< of a pending split: the line that gives
};

/// What an order does to a pending document's case.
struct CaseMove {
    workflow::CaseFile file;
    workflow::Wanted wanted;
    workflow::Move move;
};

/// One document with what it posts; nothing if it is pending.
struct Filed {
    DocumentRow row;
    std::vector<ItemRow> items;
    ledger::Posting posting;
    std::vector<ledger::NewAllotment> lines;
    std::vector<ledger::Entry> entries;  ///< of an adjustment, in the order of its items
    std::vector<std::size_t> per_item;   ///< how many entries each item made
};

struct DocumentRuling {
    std::vector<Filed> documents;
    std::vector<ledger::Balance> parents;
    std::optional<DocumentRow> corrected;  ///< the pending document, as it becomes
    std::optional<CaseMove> closing;       ///< of its case
};

struct DocumentReceipt {
    DocumentId document;
    Verdict verdict = Verdict::no_total;
    DocumentState state = DocumentState::registered;
    Money printed_total;
    Money sum;
    Money difference;
    std::int64_t items = 0;
    std::vector<AllotmentId> allotments;
    static constexpr auto fields = std::make_tuple(
        field("document", &DocumentReceipt::document), field("verdict", &DocumentReceipt::verdict),
        field("state", &DocumentReceipt::state),
        field("printed_total_fen", &DocumentReceipt::printed_total),
        field("sum_fen", &DocumentReceipt::sum),
        field("difference_fen", &DocumentReceipt::difference, "sum - printed total"),
        field("items", &DocumentReceipt::items),
        field("allotments", &DocumentReceipt::allotments, "the lines made, in the items' order"));
};
struct DocumentsReceipt {
    std::vector<DocumentReceipt> documents;
    static constexpr auto fields =
        std::make_tuple(field("documents", &DocumentsReceipt::documents));
};

Result<Area> area_of(store::Tx& tx, const RegisterDocuments& order);
Result<Area> area_of(store::Tx& tx, const SplitDown& order);
Result<Area> area_of(store::Tx& tx, const AdjustAllotments& order);
Result<Area> area_of(store::Tx& tx, const CorrectDocument& order);
Result<DocumentFacts> load(road::Desk& desk, const RegisterDocuments& order);
Result<DocumentFacts> load(road::Desk& desk, const SplitDown& order);
Result<DocumentFacts> load(road::Desk& desk, const AdjustAllotments& order);
Result<DocumentFacts> load(road::Desk& desk, const CorrectDocument& order);
Result<DocumentRuling> decide(const RegisterDocuments& order, const DocumentFacts& facts);
Result<DocumentRuling> decide(const SplitDown& order, const DocumentFacts& facts);
Result<DocumentRuling> decide(const AdjustAllotments& order, const DocumentFacts& facts);
Result<DocumentRuling> decide(const CorrectDocument& order, const DocumentFacts& facts);
Result<DocumentsReceipt> record(road::Desk& desk, const DocumentRuling& ruling);

}  // namespace fenming::budget

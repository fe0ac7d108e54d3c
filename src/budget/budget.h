#pragma once
// The Treasury's documents: their words, their rows, and every refusal of this folder. Read this
// first, then verdict.h (the rule E23), register.h, resolve.h, opening.h. This header is pure.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "ledger/ledger.h"

namespace fenming::budget {

using OpeningId = Id<struct OpeningTag>;

// ---- refusals of a document --------------------------------------------------------------------

inline constexpr RefusalKind kRegisteredBefore{"budget.document_registered_before", 409};
inline constexpr RefusalKind kNumberMissing{"budget.number_missing", 422};
inline constexpr RefusalKind kNoItems{"budget.no_items", 422};
inline constexpr RefusalKind kTooManyItems{"budget.too_many_items", 413};
inline constexpr RefusalKind kItemNotPositive{"budget.item_not_positive", 422};
inline constexpr RefusalKind kItemOutside{"budget.item_outside", 422};
inline constexpr RefusalKind kDocumentOutside{"budget.document_outside", 422};
inline constexpr RefusalKind kYearOutOfRange{"budget.year_out_of_range", 422};
inline constexpr RefusalKind kReceivedBeforeIssued{"budget.received_before_issued", 422};
inline constexpr RefusalKind kReceivedInFuture{"budget.received_in_future", 422};
inline constexpr RefusalKind kProgrammeUnknown{"budget.programme_unknown", 422};
inline constexpr RefusalKind kFileUnknown{"budget.file_unknown", 422};
inline constexpr RefusalKind kNoSuchUnit{"budget.no_such_unit", 422};
inline constexpr RefusalKind kMoneyUnitMissing{"budget.money_unit_missing", 422};
inline constexpr RefusalKind kChangeOfOtherLine{"budget.change_of_other_line", 422};
// ---- refusals of what becomes of a pending document (P18) --------------------------------------

inline constexpr RefusalKind kNotPending{"budget.not_pending", 409};
inline constexpr RefusalKind kNotProposed{"budget.not_proposed", 409};
inline constexpr RefusalKind kSamePerson{"budget.same_person", 403};
// ---- refusals of an opening (P6) ---------------------------------------------------------------

inline constexpr RefusalKind kOpeningState{"budget.opening_state", 409};
inline constexpr RefusalKind kOpeningInFuture{"budget.opening_in_future", 422};
inline constexpr RefusalKind kOpeningLineSums{"budget.opening_line_sums", 422};
inline constexpr RefusalKind kOpeningBalance{"budget.opening_balance", 422};
inline constexpr RefusalKind kOpeningTreasury{"budget.opening_treasury", 409};
inline constexpr RefusalKind kOpeningParent{"budget.opening_parent", 422};
inline constexpr RefusalKind kOpeningParts{"budget.opening_parts", 422};
inline constexpr RefusalKind kOpeningTwice{"budget.opening_twice", 422};
inline constexpr RefusalKind kOpeningNegative{"budget.opening_negative", 422};

// ---- words -------------------------------------------------------------------------------------

/// What the sum of a document's items says of its printed total, in the order of the tests (E23).
enum class Verdict { no_total, balances, partial, rounding, mismatch };
constexpr std::array<std::string_view, 5> names_of(Verdict) {
    return {"no-total", "balances", "partial", "rounding", "mismatch"};
}

/// allot: money from the Treasury or from above. split: a part of a line goes down. adjust: 追加,
/// 调减, 收回, 结转 of lines.
enum class DocumentKind { allot, split, adjust };
constexpr std::array<std::string_view, 3> names_of(DocumentKind) {
    return {"allot", "split", "adjust"};
}

/// registered and posted_by_item have posted; the others have posted nothing (P18).
enum class DocumentState { registered, pending, proposed, corrected, posted_by_item };
constexpr std::array<std::string_view, 5> names_of(DocumentState) {
    return {"registered", "pending", "proposed", "corrected", "posted_by_item"};
}
constexpr bool has_posted(DocumentState state) {
    return state == DocumentState::registered || state == DocumentState::posted_by_item;
}

enum class OpeningState { proposed, confirmed, signed_off, revoked };
constexpr std::array<std::string_view, 4> names_of(OpeningState) {
    return {"proposed", "confirmed", "signed_off", "revoked"};
}

/// The most items of one order: an order holds a pen at most two seconds (E7).
inline constexpr std::size_t kMostItems = 10'000;

// ---- rows --------------------------------------------------------------------------------------

/// A row of issuing_document; days as text, '' for none, enums by name.
struct DocumentRow {
    DocumentId id;
    Area area;
    Area county;
    std::string kind, number, printed_number, title;
    int year = 0;
    int origin_year = 0;
    std::string fund, source, mark, issued_by, issued_on, received_on;
    bool is_advance = false;
    bool is_partial = false;
    FileId file;
    std::string total_text;
    Money printed_total;
    Money sum;
    std::int64_t item_count = 0;
    std::string verdict, state, posting_date;
    DocumentId corrects;
    DocumentId corrected_by;
    FileId answer_file;
    StaffId registered_staff, proposed_staff, confirmed_staff;
    CaseId work_case;
    static constexpr auto fields = std::make_tuple(
        field("id", &DocumentRow::id), field("area", &DocumentRow::area, "whose document it is"),
        field("county", &DocumentRow::county), field("kind", &DocumentRow::kind),
        field("number", &DocumentRow::number, "document number, canonical"),
        field("printed_number", &DocumentRow::printed_number, "as printed"),
        field("title", &DocumentRow::title), field("year", &DocumentRow::year, "budget year"),
        field("origin_year", &DocumentRow::origin_year, "year the money was first arranged for"),
        field("fund", &DocumentRow::fund), field("source", &DocumentRow::source),
        field("mark", &DocumentRow::mark), field("issued_by", &DocumentRow::issued_by),
        field("issued_on", &DocumentRow::issued_on),
        field("received_on", &DocumentRow::received_on, "the 30 days begin here"),
        field("is_advance", &DocumentRow::is_advance, "issued before its year"),
        field("is_partial", &DocumentRow::is_partial, "only some items are here"),
        field("file", &DocumentRow::file, "the scan"),
        field("total_text", &DocumentRow::total_text, "the total as printed; empty: none"),
        field("printed_total_fen", &DocumentRow::printed_total),
        field("sum_fen", &DocumentRow::sum), field("item_count", &DocumentRow::item_count),
        field("verdict", &DocumentRow::verdict), field("state", &DocumentRow::state),
        field("posting_date", &DocumentRow::posting_date),
        field("corrects", &DocumentRow::corrects),
        field("corrected_by", &DocumentRow::corrected_by),
        field("answer_file", &DocumentRow::answer_file, "what the issuer answered"),
        field("registered_staff", &DocumentRow::registered_staff),
        field("proposed_staff", &DocumentRow::proposed_staff),
        field("confirmed_staff", &DocumentRow::confirmed_staff),
        field("case", &DocumentRow::work_case));
};

/// A row of document_item.
struct ItemRow {
    DocumentId document;
    std::int64_t ordinal = 0;  ///< from 1, as the items stand
    Area area;
    Area county;
    std::int64_t unit_id = 0;  ///< 0: the bureau of the area
    std::string receiver;
    std::string programme;
    std::string subject;
    AllotmentId parent;     ///< of a split: the line that gives
    AllotmentId allotment;  ///< of an adjustment: the line that changes
    std::string change;
    Money amount;
    Money last_digit;
    static constexpr auto fields = std::make_tuple(
        field("document", &ItemRow::document), field("ordinal", &ItemRow::ordinal),
        field("area", &ItemRow::area), field("county", &ItemRow::county),
        field("unit_id", &ItemRow::unit_id), field("receiver", &ItemRow::receiver),
        field("programme", &ItemRow::programme), field("subject", &ItemRow::subject),
        field("parent", &ItemRow::parent), field("allotment", &ItemRow::allotment),
        field("change", &ItemRow::change), field("amount_fen", &ItemRow::amount),
        field("last_digit_fen", &ItemRow::last_digit));
};

}  // namespace fenming::budget

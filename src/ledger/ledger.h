#pragma once
// The words of the books: lines of money, entries, holds, and every refusal. The rules stand in
// rules.h. Read this first. This header is pure.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/area.h"
#include "base/date.h"
#include "base/id.h"
#include "base/money.h"
#include "base/names.h"
#include "base/result.h"

namespace fenming::ledger {

using EntryId = Id<struct EntryTag>;      ///< an entry of the journal
using HoldId = Id<struct HoldTag>;        ///< a freeze
using TransitId = Id<struct TransitTag>;  ///< joins the entries of one downward split (E42)

// ---- refusals ----------------------------------------------------------------------------------

inline constexpr RefusalKind kNoAllotment{"ledger.no_allotment", 404};  // torture B3
inline constexpr RefusalKind kNoEntry{"ledger.no_entry", 404};
inline constexpr RefusalKind kOverdrawn{"ledger.overdrawn", 409};  // R2.10, torture B7
inline constexpr RefusalKind kAmountNotPositive{"ledger.amount_not_positive", 422};
inline constexpr RefusalKind kWrongYear{"ledger.wrong_year", 409};
inline constexpr RefusalKind kNotUsableYet{"ledger.not_usable_yet", 409};            // P7
inline constexpr RefusalKind kUsableTooEarly{"ledger.usable_too_early", 422};        // P7
inline constexpr RefusalKind kMarkLost{"ledger.mark_lost", 422};                     // R2.30
inline constexpr RefusalKind kSourceChanged{"ledger.source_changed", 422};           // R2.46
inline constexpr RefusalKind kOriginYearChanged{"ledger.origin_year_changed", 422};  // R2.48
inline constexpr RefusalKind kSubjectMismatch{"ledger.subject_mismatch", 409};       // R2.47
inline constexpr RefusalKind kNotBelow{"ledger.not_below", 422};
inline constexpr RefusalKind kOpeningExceeds{"ledger.opening_exceeds", 422};  // P6
inline constexpr RefusalKind kHoldNotFound{"ledger.hold_not_found", 404};
inline constexpr RefusalKind kHoldAlreadyDisbursed{"ledger.hold_already_disbursed", 409};
inline constexpr RefusalKind kHoldAlreadyUnfrozen{"ledger.hold_already_unfrozen", 409};
inline constexpr RefusalKind kHoldExpired{"ledger.hold_expired", 409};
inline constexpr RefusalKind kHoldExceeded{"ledger.hold_exceeded", 409};
inline constexpr RefusalKind kBounceExceeds{"ledger.bounce_exceeds", 409};
inline constexpr RefusalKind kBounceOfOtherYear{"ledger.bounce_of_other_year", 409};  // P5
inline constexpr RefusalKind kMonthClosed{"ledger.month_closed", 409};
inline constexpr RefusalKind kMonthNotOver{"ledger.month_not_over", 409};
inline constexpr RefusalKind kPostingInFuture{"ledger.posting_in_future", 422};
inline constexpr RefusalKind kNoBooksThere{"ledger.no_books_there", 422};
inline constexpr RefusalKind kAlreadyReversed{"ledger.already_reversed", 409};
inline constexpr RefusalKind kIsReversal{"ledger.is_reversal", 409};
inline constexpr RefusalKind kReversalOverdraws{"ledger.reversal_overdraws", 409};
inline constexpr RefusalKind kReversedByItsCause{"ledger.reversed_by_its_cause", 409};

// ---- words -------------------------------------------------------------------------------------

/// issued is the other side of the house: what the Treasury gave, as a negative number.
enum class Bucket { issued, available, allocated, frozen, disbursed };
inline constexpr std::size_t kBuckets = 5;
constexpr std::array<std::string_view, kBuckets> names_of(Bucket) {
    return {"issued", "available", "allocated", "frozen", "disbursed"};
}

/// What an entry does, as → legs. split_back returns a part of a split to its parent.
enum class EntryKind {
    register_,   ///< issued → available
    split_out,   ///< the parent's available → allocated
    split_in,    ///< the child's issued → available
    split_back,  ///< the parent's allocated → available
    add,         ///< issued → available
    cut,         ///< available → issued (调减)
    withdraw,    ///< available → issued (收回)
    carry,       ///< available → issued, to come back as a line of the next year (结转)
    freeze,      ///< available → frozen
    unfreeze,    ///< frozen → available
    expire,      ///< frozen → available, because its time ran out
    disburse,    ///< frozen → disbursed
    bounce,      ///< disbursed → available (退汇)
    opening,     ///< issued or available → available and disbursed, as found on day one (P6)
    reversal     ///< the mirror of the entry it names
};
constexpr std::array<std::string_view, 15> names_of(EntryKind) {
    return {"register", "split_out", "split_in", "split_back", "add",
            "cut",      "withdraw",  "carry",    "freeze",     "unfreeze",
            "expire",   "disburse",  "bounce",   "opening",    "reversal"};
}

/// A document's change of a line. The last is written only by a reversal.
enum class ChangeKind { added, cut, withdrawn, carried, reversed };
constexpr std::array<std::string_view, 5> names_of(ChangeKind) {
    return {"added", "cut", "withdrawn", "carried", "reversed"};
}

enum class Source { central, province, city, county };
constexpr std::array<std::string_view, 4> names_of(Source) {
    return {"central", "province", "city", "county"};
}
/// 直达, 追踪 or neither; it survives every split (R2.30).
enum class Mark { direct, tracked, none };
constexpr std::array<std::string_view, 3> names_of(Mark) {
    return {"direct", "tracked", "none"};
}

/// advance: issued before its year and unusable until it begins (P7). opening: day one (P6).
enum class AllotmentKind { regular, advance, opening };
constexpr std::array<std::string_view, 3> names_of(AllotmentKind) {
    return {"regular", "advance", "opening"};
}

/// Why an entry was made: document, opening, batch, … and its id.
struct Cause {
    std::string kind;
    std::int64_t id = 0;
    friend bool operator==(const Cause&, const Cause&) = default;
};
inline constexpr std::string_view kDocument = "document";
inline constexpr std::string_view kOpening = "opening";

/// Under which day and why something is posted. The day lies in an open month, not after today.
struct Posting {
    Date date;
    Date today;
    Cause cause;
};

/// One bucket of one line rises (fen above zero) or falls.
struct Leg {
    AllotmentId allotment;
    Bucket bucket = Bucket::issued;
    Money fen;
    friend bool operator==(const Leg&, const Leg&) = default;
};

/// One entry of the journal, not yet posted. It cannot be built unbalanced.
class Entry {
public:
    /// Legs of zero are left out; two legs on one bucket become one. That they sum to zero and
    /// something is left is our own promise (Bug). `area` is the holder's; its county is the pen.
    static Entry of(EntryKind kind, Area area, const Posting& posting, std::vector<Leg> legs);

    [[nodiscard]] Entry joined(TransitId transit) &&;
    [[nodiscard]] Entry on_hold(HoldId hold) &&;
    [[nodiscard]] Entry reversing(EntryId entry) &&;

    [[nodiscard]] EntryKind kind() const { return kind_; }
    [[nodiscard]] Area area() const { return area_; }
    [[nodiscard]] Date date() const { return date_; }
    [[nodiscard]] const Cause& cause() const { return cause_; }
    [[nodiscard]] const std::vector<Leg>& legs() const { return legs_; }
    [[nodiscard]] TransitId transit() const { return transit_; }
    [[nodiscard]] HoldId hold() const { return hold_; }
    [[nodiscard]] EntryId reverses() const { return reverses_; }
    /// What one bucket of one line changes by; 0 if the entry does not touch it.
    [[nodiscard]] Money on(AllotmentId allotment, Bucket bucket) const;

private:
    Entry() = default;
    EntryKind kind_ = EntryKind::register_;
    Area area_;
    Date date_;
    Cause cause_;
    std::vector<Leg> legs_;
    TransitId transit_;
    HoldId hold_;
    EntryId reverses_;
};

/// A line with its buckets and what its rules need. total = available + allocated + frozen +
/// disbursed. closed_through: the last closed month of its pen; year 0 if none is closed.
struct Balance {
    AllotmentId id;
    AllotmentId parent;
    Area area;
    Area county;
    int year = 0;
    int origin_year = 0;
    std::string programme;
    std::string subject;
    Source source = Source::central;
    Mark mark = Mark::none;
    AllotmentKind kind = AllotmentKind::regular;
    Date usable_from;
    Month closed_through;
    Money available;
    Money allocated;
    Money frozen;
    Money disbursed;
    Money total;
    std::int64_t version = 0;

    /// issued is −total.
    [[nodiscard]] Money in(Bucket bucket) const;
};

/// A freeze and what is left of it. `paid`: disbursed from it and not bounced.
struct Hold {
    HoldId id;
    AllotmentId allotment;
    Area area;
    Cause cause;
    Money fen;
    Money rest;
    Money paid;
    EntryKind last = EntryKind::freeze;  ///< the newest entry that changed the rest
};

/// A line as the Treasury's document gives it, before it is registered (P1, P15, R2.40).
struct NewAllotment {
    DocumentId document;
    std::int64_t document_item = 0;
    AllotmentId parent;  ///< none: straight from the Treasury of its level, or from above (P15)
    int year = 0;
    int origin_year = 0;  ///< 资金安排初始年度 (R2.48)
    std::string programme;
    std::string subject;  ///< 支出功能科目
    Source source = Source::central;
    Mark mark = Mark::none;
    AllotmentKind kind = AllotmentKind::regular;
    std::string issued_by;
    std::string received_from;
    Area area;                 ///< the holder's
    std::int64_t unit_id = 0;  ///< 0: the bureau itself
    Money initial;
    Date usable_from;         ///< none: at once; an advance never before its year
    Money opening_disbursed;  ///< only of kind opening: paid before day one
    Money opening_frozen;     ///< only of kind opening: under way on day one
};

/// An entry as it stands in the journal.
struct PostedEntry {
    EntryId id;
    EntryKind kind = EntryKind::register_;
    Area area;
    Date date;
    Cause cause;
    EntryId reverses;
    EntryId reversed_by;
    TransitId transit;
    HoldId hold;
    std::vector<Leg> legs;
};

}  // namespace fenming::ledger

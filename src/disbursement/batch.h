#pragma once
// The words of paying: batches, lines, states, kinds, findings, and every refusal of the part that
// leads to the bank (P2, P4, P8, P10; R3.01–R3.08, R3.20). Read this first. This header is pure.
//
//   draft → checked → submitted → reviewed → approved → planned → requested → vouchered → sent
//         → answered → closed         cancelled from any state before approved
// A change of the lines, a send-back, a recall or the Treasury's return puts a batch back to draft;
// it is then checked again. The freeze is made at approval and ends with the batch.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/area.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/money.h"
#include "base/names.h"
#include "base/result.h"
#include "base/secret.h"
#include "disbursement/ids.h"

namespace fenming::disbursement {

// ---- refusals ----------------------------------------------------------------------------------

inline constexpr RefusalKind kBatchNotFound{"disbursement.batch_not_found", 404};
inline constexpr RefusalKind kLineNotFound{"disbursement.line_not_found", 404};
inline constexpr RefusalKind kStale{"disbursement.stale", 409};             // R3.21
inline constexpr RefusalKind kWrongState{"disbursement.wrong_state", 409};  // R3.20
inline constexpr RefusalKind kNoLines{"disbursement.no_lines", 422};
inline constexpr RefusalKind kTooManyLines{"disbursement.too_many_lines", 422};  // E7
inline constexpr RefusalKind kAmountNotPositive{"disbursement.amount_not_positive", 422};
inline constexpr RefusalKind kBadReference{"disbursement.bad_reference", 422};  // S3
inline constexpr RefusalKind kBadCause{"disbursement.bad_cause", 422};          // P10
inline constexpr RefusalKind kUnknownProgramme{"disbursement.unknown_programme", 422};
inline constexpr RefusalKind kOffTheList{"disbursement.off_the_list", 409};         // P21, R3.10
inline constexpr RefusalKind kImportedBefore{"disbursement.imported_before", 409};  // torture E7
inline constexpr RefusalKind kNeedsCause{"disbursement.needs_cause", 422};          // P10
inline constexpr RefusalKind kNotChecked{"disbursement.not_checked", 409};          // R3.01
inline constexpr RefusalKind kLegalStops{"disbursement.legal_stops", 409};          // P4
inline constexpr RefusalKind kLineStops{"disbursement.line_stops", 409};            // P4
inline constexpr RefusalKind kWarningsOpen{"disbursement.warnings_open", 409};      // P4
inline constexpr RefusalKind kNotAWarning{"disbursement.not_a_warning", 409};       // P4
inline constexpr RefusalKind kReasonMissing{"disbursement.reason_missing", 422};
inline constexpr RefusalKind kOtherTotal{"disbursement.other_total", 409};  // S18
inline constexpr RefusalKind kNothingPayable{"disbursement.nothing_payable", 409};
inline constexpr RefusalKind kSamePerson{"disbursement.same_person", 403};              // S7
inline constexpr RefusalKind kNotEnough{"disbursement.not_enough", 409};                // P8, R2.10
inline constexpr RefusalKind kClaimedMeanwhile{"disbursement.claimed_meanwhile", 409};  // E1
inline constexpr RefusalKind kNoTreasuryStep{"disbursement.no_treasury_step", 409};     // P2
inline constexpr RefusalKind kOverPlan{"disbursement.over_plan", 409};                  // R2.47
inline constexpr RefusalKind kVoucherMismatch{"disbursement.voucher_mismatch", 409};    // P2
inline constexpr RefusalKind kDocumentNumber{"disbursement.document_number", 422};      // P2
inline constexpr RefusalKind kDayInFuture{"disbursement.day_in_future", 422};
inline constexpr RefusalKind kChangedAfterApproval{"disbursement.changed_after_approval",
                                                   409};  // S6
inline constexpr RefusalKind kDueInPast{"disbursement.due_in_past", 422};
inline constexpr RefusalKind kNothingStopped{"disbursement.nothing_stopped", 409};

inline constexpr std::size_t kMostLines = 100'000;

// ---- words -------------------------------------------------------------------------------------

enum class State {
    draft,
    checked,
    submitted,
    reviewed,
    approved,
    planned,
    requested,
    vouchered,
    sent,
    answered,
    closed,
    cancelled
};
constexpr std::array<std::string_view, 12> names_of(State) {
    return {"draft",     "checked",   "submitted", "reviewed", "approved", "planned",
            "requested", "vouchered", "sent",      "answered", "closed",   "cancelled"};
}

/// Why money is paid for a month more than once (P10). correction pays a failed or returned line
/// again and takes over its claim.
enum class Kind { regular, supplement, price, festival, correction };
constexpr std::array<std::string_view, 5> names_of(Kind) {
    return {"regular", "supplement", "price", "festival", "correction"};
}

/// How the Treasury pays (P2): 财政代发, 一卡通代发, 单位授权. Of card the platform exports the
/// roster and takes the result, so that plan, request and voucher fall away.
enum class Mode { treasury, card, unit };
constexpr std::array<std::string_view, 3> names_of(Mode) {
    return {"treasury", "card", "unit"};
}

enum class LineState { ready, set_aside, dropped, sent, paid, failed, pending, review, returned };
constexpr std::array<std::string_view, 9> names_of(LineState) {
    return {"ready",  "set_aside", "dropped", "sent",    "paid",
            "failed", "pending",   "review",  "returned"};
}

/// legal: never passed (P4). line: the line is set aside, the rest goes. warning: a second person
/// and a reason.
enum class Severity { legal, line, warning };
constexpr std::array<std::string_view, 3> names_of(Severity) {
    return {"legal", "line", "warning"};
}

/// A line and where it stands.
struct LineStanding {
    LineId line;
    std::string state;
    static constexpr auto fields =
        std::make_tuple(field("line", &LineStanding::line), field("state", &LineStanding::state));
};

/// A batch as its orders see it.
struct Batch {
    BatchId id;
    Area area;
    Area county;
    std::string programme;
    Period period;
    std::string kind;
    std::string cause;
    BatchId corrects;
    std::string mode;
    std::int64_t lines = 0;
    Money total;
    std::string state;
    std::int64_t version = 0;
    std::int64_t check_run = 0;
    CaseId work_case;
    std::int64_t payable = 0;  ///< lines, at approval
    Money payable_fen;
    Bytes approved_digest;
    Instant created;
    static constexpr auto fields = std::make_tuple(
        field("id", &Batch::id), field("area", &Batch::area), field("county", &Batch::county),
        field("programme", &Batch::programme), field("period", &Batch::period),
        field("kind", &Batch::kind), field("cause", &Batch::cause),
        field("corrects", &Batch::corrects), field("mode", &Batch::mode),
        field("lines", &Batch::lines), field("total_fen", &Batch::total),
        field("state", &Batch::state), field("version", &Batch::version),
        field("check_run", &Batch::check_run), field("case", &Batch::work_case),
        field("payable", &Batch::payable), field("payable_fen", &Batch::payable_fen),
        field("approved_digest", &Batch::approved_digest), field("created", &Batch::created));

    [[nodiscard]] State at() const { return member_of<State>(state); }
};

/// What every order on a batch answers.
struct BatchReceipt {
    BatchId batch;
    std::string state;
    std::int64_t version = 0;
    std::int64_t lines = 0;
    Money total;
    static constexpr auto fields =
        std::make_tuple(field("batch", &BatchReceipt::batch), field("state", &BatchReceipt::state),
                        field("version", &BatchReceipt::version),
                        field("lines", &BatchReceipt::lines, "payable lines"),
                        field("total_fen", &BatchReceipt::total, "of the payable lines"));
};

/// Whoever decides on money decides on the total he was shown (S18); absent: it is not compared.
Result<Done> is_total_shown(const std::optional<Money>& seen, Money now);

/// The batch is in one of these states, and is the version that the caller saw (0: not compared).
Result<Done> expect(const Batch& batch, std::int64_t seen_version,
                    std::initializer_list<State> states);

/// The number of a paper from outside: 1 to 40 characters, trimmed.
Result<std::string> number_of_paper(const std::string& text, bool may_be_empty);
Result<Done> not_in_future(Date day, Date today);
/// A reason in free text: 1 to 500 characters.
Result<Done> is_reason(const Secret<std::string>& reason);

/// The state after the Treasury's `step` in this mode; see Mode.
bool needs_treasury(Mode mode);

// ---- funding (P8) ------------------------------------------------------------------------------

/// An allotment that may fund a batch.
struct Candidate {
    AllotmentId allotment;
    std::string source;  ///< central, province, city, county
    std::string mark;    ///< direct first
    std::string subject;
    Money available;
    static constexpr auto fields = std::make_tuple(
        field("allotment", &Candidate::allotment), field("source", &Candidate::source),
        field("mark", &Candidate::mark), field("subject", &Candidate::subject),
        field("available_fen", &Candidate::available));
};
struct Draw {
    AllotmentId allotment;
    Money fen;
    friend bool operator==(const Draw&, const Draw&) = default;
};
enum class FundingRule { central_first, by_ratio, by_subject };
constexpr std::array<std::string_view, 3> names_of(FundingRule) {
    return {"central_first", "by_ratio", "by_subject"};
}
/// Which allotments give how much. central_first: by level from the centre down, direct money
/// before other, then by age. by_ratio: of each in proportion to what it has. by_subject: as
/// central_first, but of the programme's own subjects only. Not enough in all → kNotEnough with
/// left_fen, asked_fen; nothing is taken in part.
Result<std::vector<Draw>> plan_funding(FundingRule rule, const std::vector<std::string>& subjects,
                                       std::vector<Candidate> candidates, Money asked);

/// The parts of [from, from + fen) that lie in each draw, laid end to end: a line's shares (P8).
std::vector<Draw> shares_of(const std::vector<Draw>& plan, Money from, Money fen);

}  // namespace fenming::disbursement

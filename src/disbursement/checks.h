#pragma once
// The checks before pay, in three kinds of finding (P4): a legal stop is never passed, a line stop
// sets its line aside and lets the rest go, a warning wants a second person and a reason.

#include <optional>
#include <vector>

#include "base/secret.h"
#include "disbursement/batch.h"
#include "road/order.h"

namespace fenming::disbursement {

/// What a check looks for. Sentences: words files, disbursement.finding.<name>.
enum class Check {
    no_money,        ///< R3.01: no allotment, or not enough (legal, of the batch)
    twice_in_batch,  ///< R3.04: the person stands twice in this roster (legal)
    claimed_before,  ///< R3.04: paid already, or on another batch's way (legal)
    conflict,        ///< R3.04: draws a programme that excludes this one (line)
    dead,            ///< R3.02, R1.AE: died before the period (line)
    unable,          ///< R1.AE: imprisoned, missing, paid by the treasury (warning: hear first)
    account_not_payable,  ///< R3.05: no active account, or no such person (line)
    holder_differs,       ///< R3.05: the holder is somebody else, no custody record (line)
    account_shared,       ///< R3.05: another person uses the account, no custody record (warning)
    account_changed_lately,  ///< S6, P24 (warning)
    account_refused,         ///< R3.33: the bank refused this very account before (warning)
    contradicted,            ///< the bank's answers on the corrected line contradict (legal)
    elsewhere,               ///< the person lives outside the batch's area (warning)
};
constexpr std::array<std::string_view, 13> names_of(Check) {
    return {"no_money",
            "twice_in_batch",
            "claimed_before",
            "conflict",
            "dead",
            "unable",
            "account_not_payable",
            "holder_differs",
            "account_shared",
            "account_changed_lately",
            "account_refused",
            "contradicted",
            "elsewhere"};
}
Severity severity_of(Check check);

/// A line that a check hit, and what it met: another line, a status, an account.
struct Hit {
    LineId line;
    MetId other;
    static constexpr auto fields =
        std::make_tuple(field("line_id", &Hit::line), field("other_id", &Hit::other));
};
struct Hits {
    Check check = Check::no_money;
    std::vector<Hit> lines;
};

struct Finding {
    LineId line;  ///< 0: the batch itself
    Check check = Check::no_money;
    MetId other;
    Money left;  ///< of no_money
    Money asked;
};

/// Runs every check on the lines still to go. What was found before counts no more.
struct CheckBatch {
    BatchId batch;
    std::int64_t seen_version = 0;
    static constexpr road::OrderType type{"disbursement.check_batch", "disbursement.import"};
    static constexpr auto fields =
        std::make_tuple(field("batch", &CheckBatch::batch),
                        field("seen_version", &CheckBatch::seen_version, "0: not compared"));
};
struct LinesToCheck {
    Batch batch;
    std::int64_t lines = 0;
    Money asked;
    std::vector<Hits> hits;
    std::vector<Candidate> money;
    FundingRule rule = FundingRule::central_first;
    std::vector<std::string> subjects;
};
struct LinesChecked {
    Batch batch;
    std::int64_t lines = 0;
    Money asked;
    std::vector<Finding> findings;
};
struct CheckReceipt {
    BatchId batch;
    std::string state;
    std::int64_t version = 0;
    std::int64_t lines = 0;
    Money total;
    std::int64_t legal = 0;
    std::int64_t line = 0;
    std::int64_t warning = 0;
    static constexpr auto fields = std::make_tuple(
        field("batch", &CheckReceipt::batch), field("state", &CheckReceipt::state),
        field("version", &CheckReceipt::version), field("lines", &CheckReceipt::lines),
        field("total_fen", &CheckReceipt::total), field("legal", &CheckReceipt::legal),
        field("line", &CheckReceipt::line), field("warning", &CheckReceipt::warning));
};
Result<Area> area_of(store::Tx& tx, const CheckBatch& order);
Result<LinesToCheck> load(road::Desk& desk, const CheckBatch& order);
Result<LinesChecked> decide(const CheckBatch& order, const LinesToCheck& dossier);
Result<CheckReceipt> record(road::Desk& desk, const LinesChecked& decision);

/// The batch has no line of that number at all.
inline constexpr RefusalKind kNoSuchLine{"disbursement.no_such_line", 404};
/// No line of the batch has this warning, or others passed it already.
inline constexpr RefusalKind kNoSuchWarning{"disbursement.no_such_warning", 409};

/// A second person passes a warning, with a reason (P4): of one line, or of every line that has it
/// (a whole village has moved). Whoever imported the batch is the first.
struct OverrideWarning {
    BatchId batch;
    LineId line;  ///< 0: every line with this finding
    Check check = Check::elsewhere;
    Secret<std::string> reason;  ///< free text: may name people, is kept in an erasable cell
    static constexpr road::OrderType type{"disbursement.override_warning", "disbursement.override"};
    static constexpr auto fields =
        std::make_tuple(field("batch", &OverrideWarning::batch),
                        field("line", &OverrideWarning::line, "0: every line with this finding"),
                        field("check", &OverrideWarning::check),
                        field("reason", &OverrideWarning::reason, "1 to 500 characters"));
};
struct WarningFacts {
    Batch batch;
    std::vector<LineId> lines;  ///< with the warning in the newest run, not yet passed
    bool has_line = true;       ///< the line named, if one is, is the batch's
    StaffId maker;
    StaffId asking;
};
struct WarningPassed {
    OverrideWarning order;
    Batch batch;
    std::vector<LineId> lines;
};
Result<Area> area_of(store::Tx& tx, const OverrideWarning& order);
Result<WarningFacts> load(road::Desk& desk, const OverrideWarning& order);
Result<WarningPassed> decide(const OverrideWarning& order, const WarningFacts& facts);
Result<BatchReceipt> record(road::Desk& desk, const WarningPassed& decision);

/// Sets lines aside (暂缓): those named, or with none named every line that a stop holds. The
/// caller follows them up until the due day; the rest of the batch goes on.
struct SetAside {
    BatchId batch;
    std::vector<LineId> lines;
    Date due;
    static constexpr road::OrderType type{"disbursement.set_aside", "disbursement.import"};
    static constexpr auto fields =
        std::make_tuple(field("batch", &SetAside::batch),
                        field("lines", &SetAside::lines, "none: every line that a stop holds"),
                        field("due", &SetAside::due, "until when the caller follows them up"));
};
/// A line with the reason it stops for.
struct Stopped {
    LineId line;
    Area area;
    std::string code;
    static constexpr auto fields =
        std::make_tuple(field("line_id", &Stopped::line), field("area", &Stopped::area),
                        field("code", &Stopped::code));
};
struct LinesToSetAside {
    Batch batch;
    std::vector<Stopped> stopped;
    std::vector<Stopped> named;  ///< of the lines named: in scope and ready
    Date today;
};
struct LinesSetAside {
    Batch batch;
    std::vector<Stopped> lines;
    Date due;
};
Result<Area> area_of(store::Tx& tx, const SetAside& order);
Result<LinesToSetAside> load(road::Desk& desk, const SetAside& order);
Result<LinesSetAside> decide(const SetAside& order, const LinesToSetAside& dossier);
Result<BatchReceipt> record(road::Desk& desk, const LinesSetAside& decision);

}  // namespace fenming::disbursement

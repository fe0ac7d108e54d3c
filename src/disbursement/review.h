#pragma once
// Submitting, reviewing, approving; sending back and recalling are different things (R3.20). The
// approval freezes the money, takes the claims and fixes what will be paid (S6, E1, P8).

#include "base/secret.h"
#include "disbursement/batch.h"
#include "disbursement/desk.h"
#include "ledger/books.h"
#include "road/order.h"
#include "workflow/cases.h"

namespace fenming::disbursement {

struct Stage {
    Batch batch;
    Payable payable;
    OpenFindings open;
    workflow::CaseFile file;
    std::vector<workflow::Act>
        duties;  ///< outside the case: import, override, release, answer (S7)
};

inline constexpr std::string_view kDeputyHelp =
    "whose deputy gives the order (P13); absent: for himself";

/// 提交: the maker hands the batch over; nothing may stop it any more (P4).
struct SubmitBatch {
    BatchId batch;
    std::int64_t seen_version = 0;
    std::optional<StaffId> acting_for = std::nullopt;
    static constexpr road::OrderType type{"disbursement.submit_batch", "disbursement.submit"};
    static constexpr auto fields =
        std::make_tuple(field("batch", &SubmitBatch::batch),
                        field("seen_version", &SubmitBatch::seen_version, "0: not compared"),
                        field("acting_for", &SubmitBatch::acting_for, kDeputyHelp));
};
/// 撤回: the sender takes it back, as long as the next hand has not acted.
struct RecallBatch {
    BatchId batch;
    std::optional<StaffId> acting_for = std::nullopt;
    static constexpr road::OrderType type{"disbursement.recall_batch", "disbursement.submit"};
    static constexpr auto fields =
        std::make_tuple(field("batch", &RecallBatch::batch),
                        field("acting_for", &RecallBatch::acting_for, kDeputyHelp));
};
enum class Verdict { pass, send_back };
constexpr std::array<std::string_view, 2> names_of(Verdict) {
    return {"pass", "send_back"};
}

/// 复核: passed on, or sent back (退回) to the maker with a comment.
struct ReviewBatch {
    BatchId batch;
    std::int64_t seen_version = 0;
    Verdict verdict = Verdict::pass;
    Secret<std::string> comment;
    std::optional<StaffId> acting_for = std::nullopt;
    static constexpr road::OrderType type{"disbursement.review_batch", "disbursement.review"};
    static constexpr auto fields = std::make_tuple(
        field("batch", &ReviewBatch::batch),
        field("seen_version", &ReviewBatch::seen_version, "0: not compared"),
        field("verdict", &ReviewBatch::verdict),
        field("comment", &ReviewBatch::comment, "at most 500 characters; needed to send back"),
        field("acting_for", &ReviewBatch::acting_for, kDeputyHelp));
};
struct CancelBatch {
    BatchId batch;
    static constexpr road::OrderType type{"disbursement.cancel_batch", "disbursement.import"};
    static constexpr auto fields = std::make_tuple(field("batch", &CancelBatch::batch));
};

/// A move that only changes state and case.
struct Moved {
    Batch batch;
    State to = State::draft;
    workflow::CaseFile file;
    workflow::Wanted wanted;
    workflow::Move move;
};
Result<Area> area_of(store::Tx& tx, const SubmitBatch& order);
Result<Area> area_of(store::Tx& tx, const RecallBatch& order);
Result<Area> area_of(store::Tx& tx, const ReviewBatch& order);
Result<Area> area_of(store::Tx& tx, const CancelBatch& order);
Result<Stage> load(road::Desk& desk, const SubmitBatch& order);
Result<Stage> load(road::Desk& desk, const RecallBatch& order);
Result<Stage> load(road::Desk& desk, const ReviewBatch& order);
Result<Stage> load(road::Desk& desk, const CancelBatch& order);
Result<Moved> decide(const SubmitBatch& order, const Stage& stage);
Result<Moved> decide(const RecallBatch& order, const Stage& stage);
Result<Moved> decide(const ReviewBatch& order, const Stage& stage);
Result<Moved> decide(const CancelBatch& order, const Stage& stage);
Result<BatchReceipt> record(road::Desk& desk, const Moved& decision);

/// 审批. Passed: the money is frozen by the funding plan, the claims are taken, the digest of what
/// is paid is fixed. Sent back: the batch is a draft again.
struct ApproveBatch {
    BatchId batch;
    std::int64_t seen_version = 0;
    Verdict verdict = Verdict::pass;
    Secret<std::string> comment;
    std::optional<Money> seen_fen = std::nullopt;
    std::optional<StaffId> acting_for = std::nullopt;
    static constexpr road::OrderType type{"disbursement.approve_batch", "disbursement.approve",
                                          true, true};
    static constexpr auto fields = std::make_tuple(
        field("batch", &ApproveBatch::batch),
        field("seen_version", &ApproveBatch::seen_version, "0: not compared"),
        field("verdict", &ApproveBatch::verdict),
        field("comment", &ApproveBatch::comment, "at most 500 characters; needed to send back"),
        field("seen_fen", &ApproveBatch::seen_fen,
              "the total that was shown to who approves (S18); absent: not compared"),
        field("acting_for", &ApproveBatch::acting_for, kDeputyHelp));
};
struct ToApprove {
    Stage stage;
    std::int64_t claimed_meanwhile = 0;  ///< lines whose claim another batch took after the check
    FundingRule rule = FundingRule::central_first;
    std::vector<std::string> subjects;
    std::vector<Candidate> money;
    std::vector<ledger::Balance> balances;  ///< of the candidates
    Date today;
};
struct Approval {
    Moved moved;
    std::vector<Draw> plan;              ///< empty when sent back
    std::vector<ledger::Entry> freezes;  ///< one for each draw, in its order
    Payable payable;
};
Result<Area> area_of(store::Tx& tx, const ApproveBatch& order);
Result<ToApprove> load(road::Desk& desk, const ApproveBatch& order);
Result<Approval> decide(const ApproveBatch& order, const ToApprove& dossier);
Result<BatchReceipt> record(road::Desk& desk, const Approval& decision);

/// The digest over line, person, account, holder and amount of every line to be paid (S6), as it
/// stands in the database now.
Bytes digest_of_payment(store::Tx& tx, BatchId batch);

}  // namespace fenming::disbursement

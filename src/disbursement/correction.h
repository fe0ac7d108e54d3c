#pragma once
// Paying again what failed or came back, and following up what was set aside: a batch of its own
// (R3.23). What failed holds its claim, so that no other roster pays the same people for the period
// unconfirmed; its correction takes the claim over (S6). And closing a batch.

#include <span>

#include "base/secret.h"
#include "disbursement/batch.h"
#include "disbursement/desk.h"
#include "road/order.h"

namespace fenming::disbursement {

inline constexpr RefusalKind kNothingToCorrect{"disbursement.nothing_to_correct", 409};
inline constexpr RefusalKind kNotConfirmed{"disbursement.not_confirmed", 409};  // S6
inline constexpr RefusalKind kDebitDiffers{"disbursement.debit_differs", 409};  // S6
inline constexpr RefusalKind kOtherAccountNeedsAnother{"disbursement.other_account_needs_another",
                                                       403};  // S6
inline constexpr RefusalKind kStillOpen{"disbursement.still_open", 409};

/// Why failed lines may be paid again: the statement's debit for the file equals the sum of its
/// paid lines, or the bank's confirmation in writing, recorded by a second person (S6).
enum class Basis { statement, bank_letter };
constexpr std::array<std::string_view, 2> names_of(Basis) {
    return {"statement", "bank_letter"};
}

struct AnswerBrief {
    AnswerId id;
    StaffId staff;
    std::string day;
    std::int64_t paid = 0;
    Money paid_fen;
    std::int64_t failed = 0;
    Money failed_fen;
    static constexpr auto fields = std::make_tuple(
        field("id", &AnswerBrief::id), field("staff", &AnswerBrief::staff),
        field("day", &AnswerBrief::day), field("paid", &AnswerBrief::paid),
        field("paid_fen", &AnswerBrief::paid_fen), field("failed", &AnswerBrief::failed),
        field("failed_fen", &AnswerBrief::failed_fen));
};

struct ConfirmReissue {
    BatchId batch;
    Basis basis = Basis::statement;
    Money debit;  ///< of a statement: what the bank took for the file
    Secret<std::string> reason;
    static constexpr road::OrderType type{"disbursement.confirm_reissue",
                                          "disbursement.reissue.confirm", true};
    static constexpr auto fields = std::make_tuple(
        field("batch", &ConfirmReissue::batch), field("basis", &ConfirmReissue::basis),
        field("debit_fen", &ConfirmReissue::debit,
              "of a statement: what the bank took for the file"),
        field("reason", &ConfirmReissue::reason, "1 to 500 characters"));
};
struct ReissueFacts {
    Batch batch;
    std::vector<AnswerBrief> answers;
    std::int64_t bounced = 0;  ///< lines that failed or came back and wait
    StaffId asking;
};
struct ReissueConfirmed {
    ConfirmReissue order;
    Batch batch;
};
Result<Area> area_of(store::Tx& tx, const ConfirmReissue& order);
Result<ReissueFacts> load(road::Desk& desk, const ConfirmReissue& order);
Result<ReissueConfirmed> decide(const ConfirmReissue& order, const ReissueFacts& facts);
Result<BatchReceipt> record(road::Desk& desk, const ReissueConfirmed& decision);

/// A line that may be paid again, with the account its person has now.
struct LineToCorrect {
    LineId id;
    PersonId person;
    PayeeAccountId account;
    Money fen;
    Area area;
    std::int64_t attempt = 1;
    std::string state;
    std::string reference;
    PayeeAccountId account_now;
    std::int64_t newest_event = 0;  ///< when it failed or came back
    static constexpr auto fields = std::make_tuple(
        field("id", &LineToCorrect::id), field("person", &LineToCorrect::person),
        field("account", &LineToCorrect::account), field("fen", &LineToCorrect::fen),
        field("area", &LineToCorrect::area), field("attempt", &LineToCorrect::attempt),
        field("state", &LineToCorrect::state), field("reference", &LineToCorrect::reference),
        field("account_now", &LineToCorrect::account_now),
        field("newest_event", &LineToCorrect::newest_event));
};
struct Confirmation {
    std::int64_t id = 0;  ///< ids grow with time: it holds for what had failed before it
    std::string basis;
    StaffId staff;
    static constexpr auto fields =
        std::make_tuple(field("id", &Confirmation::id), field("basis", &Confirmation::basis),
                        field("staff", &Confirmation::staff));
};
/// Has somebody confirmed, since the line failed or came back, that it may be paid again?
[[nodiscard]] bool is_confirmed(const LineToCorrect& line, std::span<const Confirmation> said);

/// Makes the correction batch of everything in the batch that may be paid again.
struct MakeCorrection {
    BatchId batch;
    static constexpr road::OrderType type{"disbursement.make_correction", "disbursement.import"};
    static constexpr auto fields = std::make_tuple(field("batch", &MakeCorrection::batch));
};
struct ToCorrect {
    Batch batch;
    std::string claim_kind;
    std::vector<LineToCorrect> lines;
    std::vector<Confirmation> confirmations;
    StaffId asking;
};
struct Correction {
    Batch of;
    std::string claim_kind;
    std::vector<LineToCorrect> lines;
    Money total;
};
Result<Area> area_of(store::Tx& tx, const MakeCorrection& order);
Result<ToCorrect> load(road::Desk& desk, const MakeCorrection& order);
Result<Correction> decide(const MakeCorrection& order, const ToCorrect& dossier);
Result<BatchReceipt> record(road::Desk& desk, const Correction& decision);

/// Every line has its end and every exception is settled: the batch is done.
struct CloseBatch {
    BatchId batch;
    static constexpr road::OrderType type{"disbursement.close_batch", "disbursement.close"};
    static constexpr auto fields = std::make_tuple(field("batch", &CloseBatch::batch));
};
struct ToClose {
    Batch batch;
    std::int64_t open_exceptions = 0;
    std::int64_t open_lines = 0;
};
struct Closed {
    Batch batch;
};
Result<Area> area_of(store::Tx& tx, const CloseBatch& order);
Result<ToClose> load(road::Desk& desk, const CloseBatch& order);
Result<Closed> decide(const CloseBatch& order, const ToClose& dossier);
Result<BatchReceipt> record(road::Desk& desk, const Closed& decision);

}  // namespace fenming::disbursement

#pragma once
// Between approval and the bank: the Treasury's steps, registered with number and day (P1, P2,
// R2.10, R2.47). The platform never issues what only the Treasury may.

#include <optional>

#include "disbursement/batch.h"
#include "disbursement/desk.h"
#include "ledger/books.h"
#include "road/order.h"

namespace fenming::disbursement {

/// A draw of the newest funding, with its hold and what was registered against it.
struct Funded {
    AllotmentId allotment;
    Money from;
    Money fen;
    ledger::HoldId hold;
    std::int64_t run = 0;
    static constexpr auto fields = std::make_tuple(
        field("allotment", &Funded::allotment), field("from_fen", &Funded::from),
        field("fen", &Funded::fen), field("hold", &Funded::hold), field("run", &Funded::run));
};

/// 用款计划: the month in which the money is to leave, for each allotment of the funding.
struct PlanBatch {
    BatchId batch;
    Month month;
    std::string number;  ///< of the approved plan; may be empty until it has one
    static constexpr road::OrderType type{"disbursement.plan_batch", "disbursement.plan"};
    static constexpr auto fields = std::make_tuple(
        field("batch", &PlanBatch::batch), field("month", &PlanBatch::month),
        field("number", &PlanBatch::number, "of the approved plan, up to 40 characters, or empty"));
};
/// 支付申请: sent to the Treasury under its number. Above the month's plan → refused (R2.47).
struct RequestBatch {
    BatchId batch;
    std::string number;
    static constexpr road::OrderType type{"disbursement.request_batch", "disbursement.request"};
    static constexpr auto fields = std::make_tuple(
        field("batch", &RequestBatch::batch),
        field("number", &RequestBatch::number, "of the request, 1 to 40 characters"));
};
/// 支付凭证: the Treasury's voucher. Several may cover one batch; the bank file waits for all (P2).
struct RegisterVoucher {
    BatchId batch;
    std::string number;
    Date day;
    Money fen;
    std::optional<AllotmentId> allotment;  ///< absent: the voucher covers the whole batch
    static constexpr road::OrderType type{"disbursement.register_voucher", "disbursement.voucher",
                                          true};
    static constexpr auto fields = std::make_tuple(
        field("batch", &RegisterVoucher::batch),
        field("number", &RegisterVoucher::number, "1 to 40 characters"),
        field("day", &RegisterVoucher::day), field("amount_fen", &RegisterVoucher::fen),
        field("allotment", &RegisterVoucher::allotment, "absent: the whole batch"));
};
enum class SentBackFor {
    documents_missing,
    plan_missing,
    amount_differs,
    account_wrong,
    subject_wrong,
    other
};
constexpr std::array<std::string_view, 6> names_of(SentBackFor) {
    return {"documents_missing", "plan_missing",  "amount_differs",
            "account_wrong",     "subject_wrong", "other"};
}
/// 财政退回: unfreezes, frees the claims; the batch is a draft again. Until the bank file is made.
struct TreasurySentBack {
    BatchId batch;
    std::string number;
    Date day;
    SentBackFor reason = SentBackFor::other;
    static constexpr road::OrderType type{"disbursement.treasury_sent_back",
                                          "disbursement.request"};
    static constexpr auto fields = std::make_tuple(
        field("batch", &TreasurySentBack::batch), field("number", &TreasurySentBack::number),
        field("day", &TreasurySentBack::day), field("reason", &TreasurySentBack::reason));
};

enum class WithdrawnFor { lines_wrong, money_wrong, twice, other };
constexpr std::array<std::string_view, 4> names_of(WithdrawnFor) {
    return {"lines_wrong", "money_wrong", "twice", "other"};
}
/// 撤销审批: an approval that nothing followed yet, neither plan nor file, is taken back by one who
/// may approve. Unfreezes and frees the claims; the batch is a draft again.
struct WithdrawApproval {
    BatchId batch;
    WithdrawnFor reason = WithdrawnFor::other;
    static constexpr road::OrderType type{"disbursement.withdraw_approval", "disbursement.approve"};
    static constexpr auto fields = std::make_tuple(field("batch", &WithdrawApproval::batch),
                                                   field("reason", &WithdrawApproval::reason));
};

/// What was planned and asked for of one allotment in one month, over all batches.
struct MonthOf {
    AllotmentId allotment;
    Money planned;
    Money requested;
    static constexpr auto fields = std::make_tuple(field("allotment", &MonthOf::allotment),
                                                   field("planned_fen", &MonthOf::planned),
                                                   field("requested_fen", &MonthOf::requested));
};
struct AtTreasury {
    Batch batch;
    std::vector<Funded> funding;
    Month month;  ///< of the batch's plan; year 0 before it has one
    std::vector<MonthOf> months;
    Money vouchered;                ///< of this run so far
    std::vector<MonthOf> vouchers;  ///< `requested`: vouchered per allotment so far
    std::vector<ledger::Balance> balances;
    std::vector<ledger::Hold> holds;
    Date today;
};
/// A row of treasury_step.
struct StepRow {
    AllotmentId allotment;
    std::string step;  ///< plan, request, voucher, sent_back, withdrawn
    std::string number;
    Date day;
    Month month;
    Money fen;
    std::string reason;
};
struct TreasuryMove {
    Batch batch;
    State to = State::planned;
    std::int64_t run = 0;
    std::vector<StepRow> steps;
    std::vector<ledger::Entry> unfreezes;  ///< of a return or a withdrawal
};
Result<Area> area_of(store::Tx& tx, const PlanBatch& order);
Result<Area> area_of(store::Tx& tx, const RequestBatch& order);
Result<Area> area_of(store::Tx& tx, const RegisterVoucher& order);
Result<Area> area_of(store::Tx& tx, const TreasurySentBack& order);
Result<Area> area_of(store::Tx& tx, const WithdrawApproval& order);
Result<AtTreasury> load(road::Desk& desk, const PlanBatch& order);
Result<AtTreasury> load(road::Desk& desk, const RequestBatch& order);
Result<AtTreasury> load(road::Desk& desk, const RegisterVoucher& order);
Result<AtTreasury> load(road::Desk& desk, const TreasurySentBack& order);
Result<AtTreasury> load(road::Desk& desk, const WithdrawApproval& order);
Result<TreasuryMove> decide(const PlanBatch& order, const AtTreasury& dossier);
Result<TreasuryMove> decide(const RequestBatch& order, const AtTreasury& dossier);
Result<TreasuryMove> decide(const RegisterVoucher& order, const AtTreasury& dossier);
Result<TreasuryMove> decide(const TreasurySentBack& order, const AtTreasury& dossier);
Result<TreasuryMove> decide(const WithdrawApproval& order, const AtTreasury& dossier);
Result<BatchReceipt> record(road::Desk& desk, const TreasuryMove& decision);

}  // namespace fenming::disbursement

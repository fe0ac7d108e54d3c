// Plan, request, voucher, return: may it be registered? Pure.

#include <algorithm>

#include "base/text.h"
#include "disbursement/treasury.h"
#include "ledger/rules.h"

namespace fenming::disbursement {
namespace {

MonthOf month_of(const std::vector<MonthOf>& months, AllotmentId allotment) {
    const auto it = std::ranges::find(months, allotment, &MonthOf::allotment);
    return it == months.end() ? MonthOf{allotment, {}, {}} : *it;
}

TreasuryMove begin(const AtTreasury& dossier, State to) {
    check(!dossier.funding.empty(), "an approved batch has its funding");
    return {dossier.batch, to, dossier.funding.front().run, {}, {}};
}

/// What the approval froze is free again.
Result<std::vector<ledger::Entry>> unfreeze_all(const AtTreasury& dossier) {
    auto balances = dossier.balances;
    auto holds = dossier.holds;
    const ledger::Posting posting{dossier.today, dossier.today, {"batch", dossier.batch.id.number}};
    std::vector<ledger::Entry> entries;
    for (const auto& funded : dossier.funding) {
        auto* line = TRY(ledger::line_of(balances, funded.allotment));
        const auto hold = std::ranges::find(holds, funded.hold, &ledger::Hold::id);
        check(hold != holds.end(), "a funded draw has its hold");
        entries.push_back(TRY(ledger::unfreeze(*line, *hold, hold->rest, posting)));
    }
    return entries;
}

}  // namespace

Result<TreasuryMove> decide(const PlanBatch& order, const AtTreasury& dossier) {
    TRY(expect(dossier.batch, 0, {State::approved}));
    if (!needs_treasury(member_of<Mode>(dossier.batch.mode)))
        return refuse(
            refusal(kNoTreasuryStep).with("batch", std::to_string(dossier.batch.id.number)));
    const auto number = TRY(number_of_paper(order.number, true));
    auto moved = begin(dossier, State::planned);
    for (const auto& funded : dossier.funding)
        moved.steps.push_back(
            {funded.allotment, "plan", number, dossier.today, order.month, funded.fen, ""});
    return moved;
}

Result<TreasuryMove> decide(const RequestBatch& order, const AtTreasury& dossier) {
    TRY(expect(dossier.batch, 0, {State::planned}));
    const auto number = TRY(number_of_paper(order.number, false));
    auto moved = begin(dossier, State::requested);
    for (const auto& funded : dossier.funding) {
        const auto month = month_of(dossier.months, funded.allotment);
        if (month.requested + funded.fen > month.planned)
            return refuse(refusal(kOverPlan)
                              .with("allotment", std::to_string(funded.allotment.number))
                              .with("month", dossier.month.text())
                              .with("left_fen", (month.planned - month.requested).in_fen())
                              .with("asked_fen", funded.fen.in_fen()));
        moved.steps.push_back(
            {funded.allotment, "request", number, dossier.today, dossier.month, funded.fen, ""});
    }
    return moved;
}

Result<TreasuryMove> decide(const RegisterVoucher& order, const AtTreasury& dossier) {
    TRY(expect(dossier.batch, 0, {State::requested}));
    const auto number = TRY(number_of_paper(order.number, false));
    TRY(not_in_future(order.day, dossier.today));
    const auto differs = [&](Money left) {
        return refuse(refusal(kVoucherMismatch)
                          .with("voucher", number)
                          .with("left_fen", left.in_fen())
                          .with("asked_fen", order.fen.in_fen()));
    };
    auto moved = begin(dossier, State::requested);
    if (!order.allotment) {
        // One voucher for everything: it says exactly what is still open.
        const auto left = dossier.batch.payable_fen - dossier.vouchered;
        if (order.fen != left || dossier.vouchered != Money()) return differs(left);
        for (const auto& funded : dossier.funding)
            moved.steps.push_back(
                {funded.allotment, "voucher", number, order.day, dossier.month, funded.fen, ""});
    } else {
        const auto it = std::ranges::find(dossier.funding, *order.allotment, &Funded::allotment);
        if (it == dossier.funding.end()) return differs({});
        const auto left = it->fen - month_of(dossier.vouchers, *order.allotment).requested;
        if (order.fen <= Money() || order.fen > left) return differs(left);
        moved.steps.push_back(
            {*order.allotment, "voucher", number, order.day, dossier.month, order.fen, ""});
    }
    Money sum = dossier.vouchered;
    for (const auto& step : moved.steps) sum += step.fen;
    if (sum == dossier.batch.payable_fen) moved.to = State::vouchered;
    return moved;
}

Result<TreasuryMove> decide(const TreasurySentBack& order, const AtTreasury& dossier) {
    TRY(expect(dossier.batch, 0, {State::planned, State::requested, State::vouchered}));
    const auto number = TRY(number_of_paper(order.number, true));
    TRY(not_in_future(order.day, dossier.today));
    auto moved = begin(dossier, State::draft);
    moved.unfreezes = TRY(unfreeze_all(dossier));
    for (const auto& funded : dossier.funding) {
        moved.steps.push_back({funded.allotment, "sent_back", number, order.day, dossier.month,
                               funded.fen, stored(order.reason)});
        // What was asked for is asked for no more: the month's plan is free again.
        if (dossier.batch.at() != State::planned)
            moved.steps.push_back(
                {funded.allotment, "request", number, order.day, dossier.month, -funded.fen, ""});
        moved.steps.push_back(
            {funded.allotment, "plan", number, order.day, dossier.month, -funded.fen, ""});
    }
    return moved;
}

Result<TreasuryMove> decide(const WithdrawApproval& order, const AtTreasury& dossier) {
    TRY(expect(dossier.batch, 0, {State::approved}));
    auto moved = begin(dossier, State::draft);
    moved.unfreezes = TRY(unfreeze_all(dossier));
    const Month month{dossier.today.year(), dossier.today.month()};
    for (const auto& funded : dossier.funding)
        moved.steps.push_back({funded.allotment, "withdrawn", "", dossier.today, month, funded.fen,
                               stored(order.reason)});
    return moved;
}

}  // namespace fenming::disbursement

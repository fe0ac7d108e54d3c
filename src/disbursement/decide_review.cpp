// Submitting, reviewing, approving, sending back, recalling. Pure.

#include "base/text.h"
#include "disbursement/review.h"
#include "ledger/rules.h"

namespace fenming::disbursement {
namespace {

/// What the case would do, by its template's rules: the right step, the right person (S7, R3.20).
Result<Moved> act(const Stage& stage, State to, std::string step, workflow::Action action,
                  std::string reason = {}) {
    workflow::Wanted wanted;
    wanted.work_case = stage.file.now.id;
    wanted.expected_version = stage.file.now.version;
    wanted.step = std::move(step);
    wanted.action = action;
    if (action == workflow::Action::send_back) wanted.send_back_to = "submit";
    wanted.reason = std::move(reason);
    wanted.acting_for = stage.file.actor.acting_for;
    const auto move = TRY(workflow::judge(stage.file, wanted, stage.duties));
    return Moved{stage.batch, to, stage.file, wanted, move};
}

/// Nothing of the newest check stands in the way (P4).
Result<Done> is_clear(const Stage& stage) {
    const auto stop = [&](const RefusalKind& kind, std::int64_t count) {
        return refuse(refusal(kind)
                          .with("count", count)
                          .word("code", stage.open.first, "disbursement.finding"));
    };
    if (stage.open.legal > 0) return stop(kLegalStops, stage.open.legal);
    if (stage.open.line > 0) return stop(kLineStops, stage.open.line);
    if (stage.open.warning > 0) return stop(kWarningsOpen, stage.open.warning);
    if (stage.payable.lines == 0)
        return refuse(
            refusal(kNothingPayable).with("batch", std::to_string(stage.batch.id.number)));
    return Done{};
}

}  // namespace

Result<Moved> decide(const SubmitBatch& order, const Stage& stage) {
    if (stage.batch.at() == State::draft)
        return refuse(refusal(kNotChecked).with("batch", std::to_string(stage.batch.id.number)));
    TRY(expect(stage.batch, order.seen_version, {State::checked}));
    TRY(is_clear(stage));
    return act(stage, State::submitted, "submit", workflow::Action::submit);
}

Result<Moved> decide(const RecallBatch&, const Stage& stage) {
    TRY(expect(stage.batch, 0, {State::submitted}));
    return act(stage, State::checked, "", workflow::Action::recall);
}

Result<Moved> decide(const ReviewBatch& order, const Stage& stage) {
    TRY(expect(stage.batch, order.seen_version, {State::submitted}));
    const auto comment = trim(order.comment.reveal());
    if (order.verdict == Verdict::send_back)
        return act(stage, State::draft, "review", workflow::Action::send_back, comment);
    TRY(is_clear(stage));
    return act(stage, State::reviewed, "review", workflow::Action::approve, comment);
}

Result<Moved> decide(const CancelBatch&, const Stage& stage) {
    TRY(expect(stage.batch, 0, {State::draft, State::checked}));
    return act(stage, State::cancelled, "submit", workflow::Action::close, "cancelled");
}

Result<Approval> decide(const ApproveBatch& order, const ToApprove& dossier) {
    const auto& stage = dossier.stage;
    TRY(expect(stage.batch, order.seen_version, {State::reviewed}));
    const auto comment = trim(order.comment.reveal());
    if (order.verdict == Verdict::send_back)
        return Approval{
            TRY(act(stage, State::draft, "approve", workflow::Action::send_back, comment)),
            {},
            {},
            {}};
    TRY(is_clear(stage));
    TRY(is_total_shown(order.seen_fen, stage.payable.fen));
    if (dossier.claimed_meanwhile > 0)
        return refuse(refusal(kClaimedMeanwhile).with("count", dossier.claimed_meanwhile));
    Approval approval{
        TRY(act(stage, State::approved, "approve", workflow::Action::approve, comment)),
        {},
        {},
        stage.payable};
    approval.plan =
        TRY(plan_funding(dossier.rule, dossier.subjects, dossier.money, stage.payable.fen));
    auto balances = dossier.balances;
    const ledger::Posting posting{dossier.today, dossier.today, {"batch", stage.batch.id.number}};
    for (const auto& draw : approval.plan) {
        auto* line = TRY(ledger::line_of(balances, draw.allotment));
        approval.freezes.push_back(TRY(ledger::freeze(*line, draw.fen, posting)));
    }
    return approval;
}

}  // namespace fenming::disbursement

// May money be sent again, and may a batch be closed? Pure.

#include <algorithm>

#include "disbursement/correction.h"

namespace fenming::disbursement {

Result<ReissueConfirmed> decide(const ConfirmReissue& order, const ReissueFacts& facts) {
    TRY(expect(facts.batch, 0, {State::sent, State::answered, State::closed}));
    TRY(is_reason(order.reason));
    // A confirmation given ahead would hold for failures that nobody had seen (S6).
    if (facts.bounced == 0)
        return refuse(
            refusal(kNothingToCorrect).with("batch", std::to_string(facts.batch.id.number)));
    Money paid;
    for (const auto& answer : facts.answers) paid += answer.paid_fen;
    if (order.basis == Basis::statement && order.debit != paid)
        return refuse(refusal(kDebitDiffers)
                          .with("debit_fen", order.debit.in_fen())
                          .with("paid_fen", paid.in_fen()));
    // A letter is somebody's word: not that of the one who brought the answer in (S6).
    if (order.basis == Basis::bank_letter)
        for (const auto& answer : facts.answers)
            if (answer.staff == facts.asking)
                return refuse(refusal(kSamePerson).word("step", "answer", "disbursement.step"));
    return ReissueConfirmed{order, facts.batch};
}

bool is_confirmed(const LineToCorrect& line, std::span<const Confirmation> said) {
    return std::ranges::any_of(
        said, [&](const Confirmation& each) { return each.id > line.newest_event; });
}

Result<Correction> decide(const MakeCorrection&, const ToCorrect& dossier) {
    TRY(expect(dossier.batch, 0, {State::sent, State::answered, State::closed}));
    if (dossier.lines.empty())
        return refuse(
            refusal(kNothingToCorrect).with("batch", std::to_string(dossier.batch.id.number)));
    Correction correction{dossier.batch, dossier.claim_kind, {}, {}};
    for (auto line : dossier.lines) {
        if (line.state != name_of(LineState::set_aside)) {
            if (!is_confirmed(line, dossier.confirmations))
                return refuse(
                    refusal(kNotConfirmed).with("batch", std::to_string(dossier.batch.id.number)));
            const bool another =
                std::ranges::any_of(dossier.confirmations, [&](const Confirmation& c) {
                    return c.id > line.newest_event && c.staff != dossier.asking;
                });
            if (line.account_now != line.account && !another)
                return refuse(refusal(kOtherAccountNeedsAnother)
                                  .with("line", std::to_string(line.id.number)));
            line.attempt += 1;
        }
        if (line.account_now) line.account = line.account_now;
        correction.total += line.fen;
        correction.lines.push_back(std::move(line));
    }
    return correction;
}

Result<Closed> decide(const CloseBatch&, const ToClose& dossier) {
    TRY(expect(dossier.batch, 0, {State::answered}));
    if (dossier.open_exceptions != 0 || dossier.open_lines != 0)
        return refuse(refusal(kStillOpen)
                          .with("exceptions", dossier.open_exceptions)
                          .with("lines", dossier.open_lines));
    return Closed{dossier.batch};
}

}  // namespace fenming::disbursement

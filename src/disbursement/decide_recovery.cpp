// May a statement be loaded, and may the recovery end? Pure.

#include <algorithm>

#include "disbursement/recovery.h"

namespace fenming::disbursement {

Result<StatementLoaded> decide(const LoadStatement& order, const StatementFacts& facts) {
    if (!facts.recovery) return refuse(kNotRecovering);
    if (facts.loaded_before) return refuse(kLoadedBefore);
    if (order.through > facts.today)
        return refuse(refusal(kDayNotYet)
                          .with("through", order.through.text())
                          .with("today", facts.today.text()));
    StatementLoaded loaded{order, {}, 0, {}, facts.recovery->anchored};
    for (const auto& row : order.rows) {
        const auto code = std::ranges::find(facts.codes, row.code, &CodeMeaning::code);
        if (code == facts.codes.end()) continue;
        const bool is_paid = code->outcome == name_of(Outcome::paid);
        if (!is_paid && code->outcome != name_of(Outcome::failed)) continue;
        loaded.known.push_back({row.reference, code->outcome, row.fen});
        if (!is_paid) continue;
        ++loaded.paid;
        loaded.paid_fen += row.fen;
    }
    return loaded;
}

Result<RecoveryAct> decide(const CloseRecovery& order, const RecoveryFacts& facts) {
    if (!facts.recovery) return refuse(kNotRecovering);
    RecoveryAct act{order, *facts.recovery};
    act.order.number = TRY(number_of_paper(order.number, false));
    const auto wanted = facts.recovery->through();
    if (!facts.loaded_through || *facts.loaded_through < wanted)
        return refuse(refusal(kStatementsMissing).with("through", wanted.text()));
    if (facts.proposed_by == facts.asking)
        return refuse(refusal(kSamePerson).word("step", "recovery", "disbursement.step"));
    act.ends = facts.proposed_by.has_value();
    return act;
}

}  // namespace fenming::disbursement

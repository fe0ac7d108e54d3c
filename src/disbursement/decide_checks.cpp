// What the checks' hits mean. Pure.

#include <algorithm>

#include "disbursement/checks.h"

namespace fenming::disbursement {

Severity severity_of(Check check) {
    switch (check) {
        case Check::no_money:
        case Check::twice_in_batch:
        case Check::claimed_before:
        case Check::contradicted:
            return Severity::legal;
        case Check::conflict:
        case Check::dead:
        case Check::account_not_payable:
        case Check::holder_differs:
            return Severity::line;
        case Check::unable:
        case Check::account_shared:
        case Check::account_changed_lately:
        case Check::account_refused:
        case Check::elsewhere:
            return Severity::warning;
    }
    bug("every check has its severity");
}

Result<LinesChecked> decide(const CheckBatch& order, const LinesToCheck& dossier) {
    TRY(expect(dossier.batch, order.seen_version, {State::draft, State::checked}));
    LinesChecked checked{dossier.batch, dossier.lines, dossier.asked, {}};
    for (const auto& hits : dossier.hits)
        for (const auto& hit : hits.lines)
            checked.findings.push_back({hit.line, hits.check, hit.other, {}, {}});
    if (dossier.asked > Money()) {
        const auto plan =
            plan_funding(dossier.rule, dossier.subjects, dossier.money, dossier.asked);
        if (!plan) {
            Money left;
            for (const auto& value : plan.error().values())
                if (value.name == "left_fen")
                    left = Money::fen(std::get<std::int64_t>(value.value));
            checked.findings.push_back({{}, Check::no_money, {}, left, dossier.asked});
        }
    }
    return checked;
}

Result<WarningPassed> decide(const OverrideWarning& order, const WarningFacts& facts) {
    TRY(expect(facts.batch, 0, {State::checked, State::submitted}));
    const auto batch = std::to_string(facts.batch.id.number);
    if (!facts.has_line)
        return refuse(refusal(kNoSuchLine)
                          .with("batch", batch)
                          .with("line", std::to_string(order.line.number)));
    if (facts.lines.empty() && !order.line)
        return refuse(refusal(kNoSuchWarning)
                          .with("batch", batch)
                          .word("check", stored(order.check), "disbursement.finding"));
    if (facts.lines.empty())
        return refuse(refusal(kNotAWarning)
                          .word("check", stored(order.check), "disbursement.finding")
                          .with("line", std::to_string(order.line.number)));
    TRY(is_reason(order.reason));
    if (facts.asking == facts.maker)
        return refuse(refusal(kSamePerson).word("step", "import", "disbursement.step"));
    return WarningPassed{order, facts.batch, facts.lines};
}

Result<LinesSetAside> decide(const SetAside& order, const LinesToSetAside& dossier) {
    TRY(expect(dossier.batch, 0, {State::draft, State::checked}));
    if (order.due < dossier.today)
        return refuse(
            refusal(kDueInPast).with("due", order.due.text()).with("today", dossier.today.text()));
    if (order.lines.empty()) {
        if (dossier.stopped.empty()) return refuse(kNothingStopped);
        return LinesSetAside{dossier.batch, dossier.stopped, order.due};
    }
    LinesSetAside aside{dossier.batch, {}, order.due};
    for (const auto line : order.lines) {
        const auto it = std::ranges::find(dossier.named, line, &Stopped::line);
        if (it == dossier.named.end())
            return refuse(refusal(kLineNotFound).with("line", std::to_string(line.number)));
        aside.lines.push_back(*it);
    }
    return aside;
}

}  // namespace fenming::disbursement

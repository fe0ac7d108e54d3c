// May lines be ended for good? Pure.

#include <algorithm>

#include "disbursement/drop.h"

namespace fenming::disbursement {

Result<LinesDropped> decide(const DropLines& order, const LinesToDrop& dossier) {
    TRY(expect(dossier.batch, 0,
               {State::draft, State::checked, State::submitted, State::reviewed, State::approved,
                State::planned, State::requested, State::vouchered, State::sent, State::answered}));
    if (order.lines.empty()) return refuse(refusal(kLineNotFound).with("line", "0"));
    if (order.lines.size() > kMostDropped)
        return refuse(refusal(kTooManyLines)
                          .with("lines", static_cast<std::int64_t>(order.lines.size()))
                          .with("most", static_cast<std::int64_t>(kMostDropped)));
    TRY(is_reason(order.reason));
    if (dossier.asking == dossier.maker)
        return refuse(refusal(kSamePerson).word("step", "import", "disbursement.step"));
    for (const auto line : order.lines) {
        const auto found = std::ranges::find(dossier.waiting, line, &LineToCorrect::id);
        if (found == dossier.waiting.end())
            return refuse(refusal(kNotWaiting).with("line", std::to_string(line.number)));
        // Whoever is paid elsewhere is paid again: of what the bank may have paid, it is asked.
        if (order.why == DropFor::paid_elsewhere && found->state != name_of(LineState::set_aside) &&
            !is_confirmed(*found, dossier.confirmations))
            return refuse(refusal(kNotConfirmed).with("batch", std::to_string(order.batch.number)));
    }
    LinesDropped dropped{order, dossier.batch, dossier.today};
    auto& lines = dropped.order.lines;
    std::ranges::sort(lines);
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return dropped;
}

}  // namespace fenming::disbursement

// What every order on a batch asks first. Pure.

#include "disbursement/batch.h"

#include <algorithm>

#include "base/text.h"

namespace fenming::disbursement {

Result<Done> is_total_shown(const std::optional<Money>& seen, Money now) {
    if (!seen || *seen == now) return Done{};
    return refuse(
        refusal(kOtherTotal).with("shown_fen", seen->in_fen()).with("now_fen", now.in_fen()));
}

Result<Done> expect(const Batch& batch, std::int64_t seen_version,
                    std::initializer_list<State> states) {
    if (seen_version != 0 && seen_version != batch.version)
        return refuse(refusal(kStale)
                          .with("batch", std::to_string(batch.id.number))
                          .with("seen", seen_version)
                          .with("now", batch.version));
    if (std::ranges::find(states, batch.at()) == states.end()) {
        std::string wanted;
        for (const auto state : states) wanted += (wanted.empty() ? "" : " / ") + stored(state);
        return refuse(refusal(kWrongState)
                          .with("batch", std::to_string(batch.id.number))
                          .word("state", batch.state, "disbursement.state")
                          .word("wanted", wanted, "disbursement.state"));
    }
    return Done{};
}

Result<std::string> number_of_paper(const std::string& text, bool may_be_empty) {
    auto number = trim(text);
    const auto length = length_in_characters(number);
    if (length > 40 || has_invisible(number) || (number.empty() && !may_be_empty))
        return refuse(refusal(kDocumentNumber).personal("number", shown(number)));
    return number;
}

Result<Done> not_in_future(Date day, Date today) {
    if (day > today)
        return refuse(refusal(kDayInFuture).with("day", day.text()).with("today", today.text()));
    return Done{};
}

Result<Done> is_reason(const Secret<std::string>& reason) {
    const auto length = length_in_characters(trim(reason.reveal()));
    if (length < 1 || length > 500) return refuse(kReasonMissing);
    return Done{};
}

bool needs_treasury(Mode mode) {
    return mode != Mode::card;
}

}  // namespace fenming::disbursement

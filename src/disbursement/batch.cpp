// What every order on a batch asks first. Pure.

#include "disbursement/batch.h"

#include <algorithm>

namespace fenming::disbursement {

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
                          .with("state", batch.state)
                          .with("wanted", wanted));
    }
    return Done{};
}

bool needs_treasury(Mode mode) {
    return mode != Mode::card;
}

}  // namespace fenming::disbursement

// Lines ended for good, written.

#include "base/text.h"
#include "crypto/random.h"
#include "disbursement/drop.h"
#include "disbursement/sql.h"

namespace fenming::disbursement {

Result<Area> area_of(store::Tx& tx, const DropLines& order) {
    return area_of_batch(tx, order.batch);
}

Result<LinesToDrop> load(road::Desk& desk, const DropLines& order) {
    LinesToDrop dossier;
    dossier.batch = TRY(find_batch(desk, order.batch));
    dossier.waiting = desk.tx.all<LineToCorrect>(sql::lines_to_correct, order.batch);
    dossier.confirmations = desk.tx.all<Confirmation>(sql::confirmations_of, order.batch);
    dossier.maker = maker_of(desk, dossier.batch);
    dossier.asking = desk.caller.staff;
    dossier.today = desk.today;
    return dossier;
}

Result<BatchReceipt> record(road::Desk& desk, const LinesDropped& decision) {
    const auto& order = decision.order;
    std::vector<NewEvent> events;
    events.reserve(order.lines.size());
    for (const auto line : order.lines) {
        desk.tx.run(sql::set_line_state, decision.batch.id, line, stored(LineState::dropped));
        desk.tx.run(sql::end_set_aside, line, stored(LineState::dropped), desk.order);
        if (order.why == DropFor::paid_elsewhere) desk.tx.run(sql::free_claim, line);
        const auto id = desk.mint_number();
        const auto reason =
            desk.keys.seal_cell({"line_end", "reason", id}, trim(order.reason.reveal()));
        desk.tx.run(sql::add_line_end, id, line, decision.batch.id, stored(order.why),
                    desk.caller.staff, reason, crypto::random_bytes(16), desk.order);
        events.push_back({line, stored(LineState::dropped), stored(order.why), decision.today});
    }
    add_events(desk, decision.batch.id, events);
    return move(desk, decision.batch, decision.batch.at());
}

}  // namespace fenming::disbursement

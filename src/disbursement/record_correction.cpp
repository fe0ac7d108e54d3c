// Corrections and closings, written.

#include "base/text.h"
#include "crypto/frame.h"
#include "crypto/random.h"
#include "disbursement/correction.h"
#include "disbursement/sql.h"

namespace fenming::disbursement {

Result<Area> area_of(store::Tx& tx, const ConfirmReissue& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const MakeCorrection& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const CloseBatch& order) {
    return area_of_batch(tx, order.batch);
}

Result<ReissueFacts> load(road::Desk& desk, const ConfirmReissue& order) {
    ReissueFacts facts;
    facts.batch = TRY(find_batch(desk, order.batch));
    facts.answers = desk.tx.all<AnswerBrief>(sql::answers_of, order.batch);
    for (const auto& line : desk.tx.all<LineToCorrect>(sql::lines_to_correct, order.batch))
        facts.bounced += line.state != name_of(LineState::set_aside) ? 1 : 0;
    facts.asking = desk.caller.staff;
    return facts;
}
Result<BatchReceipt> record(road::Desk& desk, const ReissueConfirmed& decision) {
    const auto& order = decision.order;
    const auto id = desk.mint_number();
    const auto reason =
        desk.keys.seal_cell({"reissue_confirmation", "reason", id}, trim(order.reason.reveal()));
    desk.tx.run(sql::add_confirmation, id, order.batch, stored(order.basis), order.debit,
                desk.caller.staff, reason, crypto::random_bytes(16), desk.order);
    return move(desk, decision.batch, decision.batch.at());
}

Result<ToCorrect> load(road::Desk& desk, const MakeCorrection& order) {
    ToCorrect dossier;
    dossier.batch = TRY(find_batch(desk, order.batch));
    dossier.claim_kind = desk.tx.value<std::string>(sql::claim_kind, order.batch).value_or("");
    dossier.lines = desk.tx.all<LineToCorrect>(sql::lines_to_correct, order.batch);
    dossier.confirmations = desk.tx.all<Confirmation>(sql::confirmations_of, order.batch);
    dossier.asking = desk.caller.staff;
    return dossier;
}
Result<BatchReceipt> record(road::Desk& desk, const Correction& decision) {
    NewBatchRows rows;
    rows.head = decision.of;
    rows.head.kind = stored(Kind::correction);
    rows.head.corrects = decision.of.id;
    rows.head.total = decision.total;
    rows.claim_kind = decision.claim_kind;
    // No file brought it: the order itself is what must not come twice.
    const auto digest =
        crypto::sm3(crypto::Frame("fenming/correction/v1").add(desk.order.number).view());
    rows.digest.assign(digest.begin(), digest.end());
    for (const auto& line : decision.lines) {
        rows.lines.push_back({line.person, line.account, line.area, line.fen, line.reference,
                              line.id, line.attempt});
        if (line.state == name_of(LineState::set_aside))
            desk.tx.run(sql::end_set_aside, line.id, "taken_over", desk.order);
    }
    const auto made = add_batch(desk, rows);
    desk.tx.run(sql::hand_over_claims, made.batch);
    return made;
}

Result<ToClose> load(road::Desk& desk, const CloseBatch& order) {
    ToClose dossier;
    dossier.batch = TRY(find_batch(desk, order.batch));
    dossier.open_exceptions =
        desk.tx.value<std::int64_t>(sql::open_exceptions, order.batch).value_or(0);
    dossier.open_lines = desk.tx.value<std::int64_t>(sql::open_lines, order.batch).value_or(0);
    return dossier;
}
Result<BatchReceipt> record(road::Desk& desk, const Closed& decision) {
    return move(desk, decision.batch, State::closed);
}

}  // namespace fenming::disbursement

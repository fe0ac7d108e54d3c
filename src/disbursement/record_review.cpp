// Reviews and approvals, written.

#include <algorithm>

#include "crypto/frame.h"
#include "crypto/hash.h"
#include "disbursement/checks.h"
#include "disbursement/review.h"
#include "disbursement/sql.h"

namespace fenming::disbursement {
namespace {

struct PaidRow {
    LineId id;
    PersonId person;
    PayeeAccountId account;
    Money fen;
    Bytes account_index;
    Bytes holder_index;
    static constexpr auto fields =
        std::make_tuple(field("id", &PaidRow::id), field("person", &PaidRow::person),
                        field("account", &PaidRow::account), field("fen", &PaidRow::fen),
                        field("account_index", &PaidRow::account_index),
                        field("holder_index", &PaidRow::holder_index));
};

Result<Stage> stage_of(road::Desk& desk, BatchId batch, std::optional<StaffId> acting_for = {}) {
    Stage stage;
    stage.batch = TRY(find_batch(desk, batch));
    stage.payable = payable_of(desk.tx, batch);
    stage.open = open_findings(desk.tx, stage.batch);
    stage.file =
        TRY(workflow::case_file(desk, stage.batch.work_case, acting_for.value_or(StaffId{})));
    stage.duties = duties_of(desk, stage.batch);
    return stage;
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const SubmitBatch& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const RecallBatch& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const ReviewBatch& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const CancelBatch& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const ApproveBatch& order) {
    return area_of_batch(tx, order.batch);
}

Result<Stage> load(road::Desk& desk, const SubmitBatch& order) {
    return stage_of(desk, order.batch, order.acting_for);
}
Result<Stage> load(road::Desk& desk, const RecallBatch& order) {
    return stage_of(desk, order.batch, order.acting_for);
}
Result<Stage> load(road::Desk& desk, const ReviewBatch& order) {
    return stage_of(desk, order.batch, order.acting_for);
}
Result<Stage> load(road::Desk& desk, const CancelBatch& order) {
    return stage_of(desk, order.batch);
}

Result<BatchReceipt> record(road::Desk& desk, const Moved& decision) {
    workflow::record_move(desk, decision.file, decision.wanted, decision.move);
    if (decision.to == State::cancelled) {
        // Nobody follows up lines that will not be paid; what this batch had taken over waits
        // again.
        desk.tx.run(sql::end_set_asides_of, decision.batch.id, "cancelled", desk.order);
        if (decision.batch.corrects) {
            desk.tx.run(sql::reopen_set_asides, decision.batch.id, desk.order);
            desk.tx.run(sql::hand_back_claims, decision.batch.id);
        }
    }
    return move(desk, decision.batch, decision.to);
}

Result<ToApprove> load(road::Desk& desk, const ApproveBatch& order) {
    ToApprove dossier;
    dossier.stage = TRY(stage_of(desk, order.batch, order.acting_for));
    const auto& batch = dossier.stage.batch;
    dossier.today = desk.today;
    if (order.verdict == Verdict::send_back) return dossier;
    dossier.rule = funding_rule(desk, batch);
    if (const auto facts = programme_facts(desk.tx, batch.programme, batch.period, desk.today))
        dossier.subjects = facts->subjects;
    dossier.money = funding_candidates(desk, batch);
    std::vector<AllotmentId> allotments;
    for (const auto& candidate : dossier.money) allotments.push_back(candidate.allotment);
    dossier.balances = ledger::balances(desk, allotments);
    // The persons' pens, after the counties' and before the claims are read (E1). One row a year
    // and person: every two periods that overlap share a year.
    const auto first = batch.period.from ? batch.period.from->year : desk.today.year();
    const auto last = batch.period.to ? batch.period.to->year : first;
    for (int year = first; year <= last; ++year)
        desk.tx.run(sql::touch_person_months, batch.id, std::to_string(year));
    dossier.claimed_meanwhile =
        static_cast<std::int64_t>(desk.tx.all<Hit>(sql::claimed_before, batch.id).size() +
                                  desk.tx.all<Hit>(sql::conflicting, batch.id).size() +
                                  desk.tx.all<Hit>(sql::contradicted, batch.id).size());
    return dossier;
}

Result<BatchReceipt> record(road::Desk& desk, const Approval& decision) {
    if (decision.plan.empty()) return record(desk, decision.moved);
    auto batch = decision.moved.batch;
    const auto posted = ledger::post(desk, decision.freezes);
    const auto run = desk.tx.value<std::int64_t>(sql::newest_run, batch.id).value_or(0) + 1;
    Money from;
    for (std::size_t i = 0; i < decision.plan.size(); ++i) {
        desk.tx.run(sql::add_funding, desk.mint_number(), batch.id, run,
                    static_cast<std::int64_t>(i) + 1, decision.plan[i].allotment, from,
                    decision.plan[i].fen, posted[i].hold, desk.order);
        from += decision.plan[i].fen;
    }
    desk.tx.run(sql::lay_end_to_end, batch.id);
    const auto taken = desk.tx.run(sql::take_claims, batch.id);
    check(taken == decision.payable.lines, "every approved line holds its claim");
    batch.payable = decision.payable.lines;
    batch.payable_fen = decision.payable.fen;
    batch.approved_digest = digest_of_payment(desk.tx, batch.id);
    workflow::record_move(desk, decision.moved.file, decision.moved.wanted, decision.moved.move);
    return move(desk, batch, State::approved);
}

Bytes digest_of_payment(store::Tx& tx, BatchId batch) {
    crypto::Sm3 all;
    crypto::Frame frame("fenming/payment/v1");
    tx.each(
        sql::what_is_paid,
        [&](store::Cursor& cursor) {
            const auto row = store::read_row<PaidRow>(cursor);
            frame.restart("fenming/payment/v1")
                .add(row.id.number)
                .add(row.person.number)
                .add(row.account.number);
            frame.add(BytesView(row.account_index))
                .add(BytesView(row.holder_index))
                .add(row.fen.in_fen());
            // Each frame says where it ends, so that one line cannot pass for two.
            all.add(frame.view());
        },
        batch);
    const auto digest = all.finish();
    return {digest.begin(), digest.end()};
}

}  // namespace fenming::disbursement

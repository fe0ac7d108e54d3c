// The Treasury's steps, written.

#include "disbursement/treasury.h"

#include "disbursement/sql.h"

namespace fenming::disbursement {
namespace {

struct VoucherRow {
    AllotmentId allotment;
    Money planned;
    Money vouchered;
    static constexpr auto fields = std::make_tuple(field("allotment", &VoucherRow::allotment),
                                                   field("planned", &VoucherRow::planned),
                                                   field("vouchered", &VoucherRow::vouchered));
};

Result<AtTreasury> facts(road::Desk& desk, BatchId id, std::optional<Month> month) {
    AtTreasury dossier;
    dossier.batch = TRY(find_batch(desk, id));
    dossier.today = desk.today;
    dossier.funding = desk.tx.all<Funded>(sql::funding_of, id);
    if (dossier.funding.empty()) return dossier;
    const auto run = dossier.funding.front().run;
    if (!month)
        if (const auto planned = desk.tx.value<std::string>(sql::plan_month, id, run))
            month = *parse_month(*planned);
    std::vector<AllotmentId> allotments;
    for (const auto& funded : dossier.funding) allotments.push_back(funded.allotment);
    if (month) {
        dossier.month = *month;
        for (const auto allotment : allotments)
            dossier.months.push_back(
                *desk.tx.one<MonthOf>(sql::month_of_allotment, allotment, *month));
    }
    for (const auto& row : desk.tx.all<VoucherRow>(sql::vouchered_of, id, run)) {
        dossier.vouchers.push_back({row.allotment, {}, row.vouchered});
        dossier.vouchered += row.vouchered;
    }
    dossier.balances = ledger::balances(desk, allotments);
    dossier.holds = ledger::holds_of(desk, {"batch", id.number});
    return dossier;
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const WithdrawApproval& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const PlanBatch& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const RequestBatch& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const RegisterVoucher& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const TreasurySentBack& order) {
    return area_of_batch(tx, order.batch);
}

Result<AtTreasury> load(road::Desk& desk, const WithdrawApproval& order) {
    return facts(desk, order.batch, {});
}
Result<AtTreasury> load(road::Desk& desk, const PlanBatch& order) {
    return facts(desk, order.batch, order.month);
}
Result<AtTreasury> load(road::Desk& desk, const RequestBatch& order) {
    return facts(desk, order.batch, {});
}
Result<AtTreasury> load(road::Desk& desk, const RegisterVoucher& order) {
    return facts(desk, order.batch, {});
}
Result<AtTreasury> load(road::Desk& desk, const TreasurySentBack& order) {
    return facts(desk, order.batch, {});
}

Result<BatchReceipt> record(road::Desk& desk, const TreasuryMove& decision) {
    auto batch = decision.batch;
    for (const auto& step : decision.steps)
        desk.tx.run(sql::add_step, desk.mint_number(), batch.id, decision.run, step.allotment,
                    step.step, step.number, step.day, step.month, step.fen, step.reason,
                    desk.order);
    if (!decision.unfreezes.empty()) {
        ledger::post(desk, decision.unfreezes);
        desk.tx.run(sql::drop_claims, batch.id);
        desk.tx.run(sql::lift_lines, batch.id);
        batch.payable = 0;
        batch.payable_fen = {};
        batch.approved_digest.clear();
        // The old case ended with the approval; the way begins anew.
        batch.work_case = workflow::open_case(desk, "batch", "batch", batch.id.number, batch.area);
    }
    return move(desk, batch, decision.to);
}

}  // namespace fenming::disbursement

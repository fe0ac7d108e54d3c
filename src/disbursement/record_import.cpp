// A roster's rows, written.

#include "disbursement/desk.h"
#include "disbursement/import.h"
#include "disbursement/sql.h"
#include "policy/policy.h"
#include "registry/areas.h"

namespace fenming::disbursement {
Result<Area> area_of(store::Tx&, const ImportBatch& order) {
    return order.area;
}

Result<RosterFacts> load(road::Desk& desk, const ImportBatch& order) {
    TRY(registry::must_exist(desk.tx, order.area, desk.today));
    RosterFacts facts;
    const auto programme = programme_facts(desk.tx, order.programme, order.period, desk.today);
    facts.programme_known = programme.has_value();
    facts.on_the_list = programme && programme->on_the_list;
    facts.imported_before = desk.tx
                                .value<BatchId>(sql::batch_of_import, order.digest, order.area,
                                                order.programme, order.period)
                                .value_or(BatchId{});
    facts.mode = member_of<Mode>(
        policy::parameter_at(desk.tx, "disbursement.mode", order.programme, order.area, desk.today)
            .value);
    return facts;
}

Result<BatchReceipt> record(road::Desk& desk, const NewBatch& decision) {
    const auto& order = decision.order;
    NewBatchRows rows;
    rows.head.area = order.area;
    rows.head.programme = order.programme;
    rows.head.period = order.period;
    rows.head.kind = stored(order.kind);
    rows.head.cause = order.cause;
    rows.head.mode = stored(decision.mode);
    rows.head.total = decision.total;
    rows.claim_kind = rows.head.kind;
    rows.digest = order.digest;
    rows.lines.reserve(order.lines.size());
    for (const auto& line : order.lines)
        rows.lines.push_back(
            {line.person, line.account, line.area, line.fen, line.reference, {}, 1});
    return add_batch(desk, rows);
}

}  // namespace fenming::disbursement

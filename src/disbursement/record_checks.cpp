// The checks, run set-based; their findings, written.

#include "base/text.h"
#include "crypto/random.h"
#include "disbursement/checks.h"
#include "disbursement/desk.h"
#include "disbursement/sql.h"
#include "policy/policy.h"

namespace fenming::disbursement {
namespace {

struct FindingRow {
    FindingId id;
    BatchId batch;
    std::int64_t run = 0;
    LineId line;
    std::string code;
    std::string severity;
    MetId other;
    Money left;
    Money asked;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &FindingRow::id), field("batch_id", &FindingRow::batch),
        field("check_run", &FindingRow::run), field("line_id", &FindingRow::line),
        field("code", &FindingRow::code), field("severity", &FindingRow::severity),
        field("other_id", &FindingRow::other), field("left_fen", &FindingRow::left),
        field("asked_fen", &FindingRow::asked), field("order_id", &FindingRow::order));
};

struct OverrideRow {
    std::int64_t id = 0;
    BatchId batch;
    LineId line;
    std::string code;
    StaffId staff;
    Bytes reason;
    Bytes salt;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &OverrideRow::id), field("batch_id", &OverrideRow::batch),
        field("line_id", &OverrideRow::line), field("code", &OverrideRow::code),
        field("staff_id", &OverrideRow::staff), field("reason", &OverrideRow::reason),
        field("row_salt", &OverrideRow::salt), field("order_id", &OverrideRow::order));
};

}  // namespace

Result<Area> area_of(store::Tx& tx, const CheckBatch& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const OverrideWarning& order) {
    return area_of_batch(tx, order.batch);
}
Result<Area> area_of(store::Tx& tx, const SetAside& order) {
    return area_of_batch(tx, order.batch);
}

Result<LinesToCheck> load(road::Desk& desk, const CheckBatch& order) {
    auto& tx = desk.tx;
    LinesToCheck dossier;
    dossier.batch = TRY(find_batch(desk, order.batch));
    const auto& batch = dossier.batch;
    const auto payable = payable_of(tx, batch.id);
    dossier.lines = payable.lines;
    dossier.asked = payable.fen;
    const auto days = days_of(batch.period, desk.today);
    const auto lately =
        policy::parameter_at(tx, "pay.account_change_days", batch.programme, batch.area, desk.today)
            .number();
    const auto since = add_days(desk.today, -static_cast<int>(lately));
    dossier.hits = {
        {Check::twice_in_batch, tx.all<Hit>(sql::twice_in_batch, batch.id)},
        {Check::claimed_before, tx.all<Hit>(sql::claimed_before, batch.id)},
        {Check::conflict, tx.all<Hit>(sql::conflicting, batch.id)},
        {Check::dead, tx.all<Hit>(sql::dead_before, batch.id, days.from)},
        {Check::unable, tx.all<Hit>(sql::unable, batch.id, days.from, days.end)},
        {Check::account_not_payable, tx.all<Hit>(sql::account_not_payable, batch.id)},
        {Check::holder_differs, tx.all<Hit>(sql::holder_differs, batch.id)},
        {Check::account_shared, tx.all<Hit>(sql::account_shared, batch.id)},
        {Check::account_changed_lately, tx.all<Hit>(sql::account_changed_lately, batch.id, since)},
        {Check::account_refused, tx.all<Hit>(sql::account_refused, batch.id)},
        {Check::contradicted, tx.all<Hit>(sql::contradicted, batch.id)},
        {Check::elsewhere, tx.all<Hit>(sql::elsewhere, batch.id, batch.area, batch.area.end())}};
    dossier.money = funding_candidates(desk, batch);
    dossier.rule = funding_rule(desk, batch);
    if (const auto facts = programme_facts(tx, batch.programme, batch.period, desk.today))
        dossier.subjects = facts->subjects;
    return dossier;
}

Result<CheckReceipt> record(road::Desk& desk, const LinesChecked& decision) {
    auto batch = decision.batch;
    batch.check_run += 1;
    CheckReceipt receipt;
    std::vector<FindingRow> rows;
    rows.reserve(decision.findings.size());
    for (const auto& finding : decision.findings) {
        const auto severity = severity_of(finding.check);
        (severity == Severity::legal  ? receipt.legal
         : severity == Severity::line ? receipt.line
                                      : receipt.warning) += 1;
        rows.push_back({FindingId{desk.mint_number()}, batch.id, batch.check_run, finding.line,
                        stored(finding.check), stored(severity), finding.other, finding.left,
                        finding.asked, desk.order});
    }
    desk.tx.run_each<FindingRow>(sql::add_finding, rows);
    const auto moved = move(desk, batch, State::checked);
    receipt.batch = batch.id;
    receipt.state = moved.state;
    receipt.version = moved.version;
    receipt.lines = decision.lines;
    receipt.total = decision.asked;
    return receipt;
}

Result<WarningFacts> load(road::Desk& desk, const OverrideWarning& order) {
    WarningFacts facts;
    facts.batch = TRY(find_batch(desk, order.batch));
    for (const auto& each : desk.tx.all<LineStanding>(
             sql::warnings_of, order.batch, facts.batch.check_run, order.line, stored(order.check)))
        facts.lines.push_back(each.line);
    if (order.line)
        facts.has_line =
            desk.tx.value<std::int64_t>(sql::line_of_batch, order.batch, order.line).has_value();
    facts.asking = desk.caller.staff;
    facts.maker = maker_of(desk, facts.batch);
    return facts;
}

Result<BatchReceipt> record(road::Desk& desk, const WarningPassed& decision) {
    const auto& order = decision.order;
    const auto reason = trim(order.reason.reveal());
    std::vector<OverrideRow> rows;
    rows.reserve(decision.lines.size());
    for (const auto line : decision.lines) {
        const auto id = desk.mint_number();
        rows.push_back({id, decision.batch.id, line, stored(order.check), desk.caller.staff,
                        desk.keys.seal_cell({"finding_override", "reason", id}, reason),
                        crypto::random_bytes(16), desk.order});
    }
    desk.tx.run_each<OverrideRow>(sql::add_override, rows);
    return move(desk, decision.batch, decision.batch.at());
}

Result<LinesToSetAside> load(road::Desk& desk, const SetAside& order) {
    LinesToSetAside dossier;
    dossier.batch = TRY(find_batch(desk, order.batch));
    dossier.today = desk.today;
    dossier.stopped =
        desk.tx.all<Stopped>(sql::lines_stopped, order.batch, dossier.batch.check_run);
    for (const auto line : order.lines)
        if (auto ready = desk.tx.one<Stopped>(sql::ready_line, order.batch, line, desk.scope))
            dossier.named.push_back(*ready);
    return dossier;
}

Result<BatchReceipt> record(road::Desk& desk, const LinesSetAside& decision) {
    std::vector<NewEvent> events;
    for (const auto& line : decision.lines) {
        desk.tx.run(sql::set_line_state, decision.batch.id, line.line, "set_aside");
        desk.tx.run(sql::add_set_aside, desk.mint_number(), line.line, decision.batch.id, line.area,
                    line.area.county(), line.code, desk.caller.staff, decision.due, desk.order);
        events.push_back({line.line, "set_aside", line.code, desk.today});
    }
    add_events(desk, decision.batch.id, events);
    return move(desk, decision.batch, decision.batch.at());
}

}  // namespace fenming::disbursement

// Statements and the end of a recovery, read and written.

#include "crypto/frame.h"
#include "disbursement/bank.h"
#include "disbursement/desk.h"
#include "disbursement/recovery.h"
#include "disbursement/sql.h"
#include "policy/policy.h"
#include "sheet/bank_text.h"
#include "sheet/layout.h"
#include "store/migrate.h"

namespace fenming::disbursement {
namespace {

struct NewPayment {
    std::int64_t id = 0;
    std::int64_t statement = 0;
    std::string reference;
    std::string outcome;
    Money fen;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &NewPayment::id), field("statement", &NewPayment::statement),
        field("reference", &NewPayment::reference), field("outcome", &NewPayment::outcome),
        field("fen", &NewPayment::fen), field("order", &NewPayment::order));
};
struct Reference {
    std::string text;
    static constexpr auto fields = std::make_tuple(field("reference", &Reference::text));
};

std::string generation_of(store::Tx& tx) {
    return store::meta(tx, "generation").value_or("");
}

}  // namespace

Result<Area> area_of(store::Tx&, const LoadStatement& order) {
    return order.area;
}
Result<StatementFacts> load(road::Desk& desk, const LoadStatement& order) {
    StatementFacts facts;
    facts.recovery = road::recovery_of(desk.tx);
    facts.loaded_before =
        desk.tx.value<std::int64_t>(sql::statement_loaded, generation_of(desk.tx), order.digest)
            .has_value();
    for (const auto& code : policy::bank_codes_of(desk.tx, order.layout))
        facts.codes.push_back({code.code, code.outcome});
    facts.today = desk.today;
    return facts;
}
Result<StatementReceipt> record(road::Desk& desk, const StatementLoaded& decision) {
    const auto& order = decision.order;
    const auto id = desk.mint_number();
    desk.tx.run(sql::add_statement, id, generation_of(desk.tx), order.area, order.digest,
                order.layout, order.through, decision.paid, decision.paid_fen, desk.caller.staff,
                desk.order);
    std::vector<NewPayment> rows;
    rows.reserve(decision.known.size());
    for (const auto& each : decision.known)
        rows.push_back(
            {desk.mint_number(), id, each.reference, each.outcome, each.fen, desk.order});
    desk.tx.run_each(sql::add_recovery_payment, rows);
    const auto known = static_cast<std::int64_t>(decision.known.size());
    return StatementReceipt{static_cast<std::int64_t>(order.rows.size()),
                            decision.paid,
                            known - decision.paid,
                            decision.paid_fen,
                            order.through,
                            decision.anchored};
}

Result<Area> area_of(store::Tx&, const CloseRecovery& order) {
    return order.area;
}
Result<RecoveryFacts> load(road::Desk& desk, const CloseRecovery&) {
    RecoveryFacts facts;
    facts.asking = desk.caller.staff;
    if (const auto standing = recovery_standing(desk.tx)) {
        facts.recovery = standing->recovery;
        facts.loaded_through = standing->loaded_through;
        facts.proposed_by = standing->proposed_by;
    }
    return facts;
}
Result<RecoveryReceipt> record(road::Desk& desk, const RecoveryAct& decision) {
    const auto* act = decision.ends ? "closed" : "proposed";
    desk.tx.run(sql::add_recovery_act, desk.mint_number(), generation_of(desk.tx),
                decision.order.area, act, decision.order.number, desk.caller.staff, desk.order);
    if (decision.ends) road::end_recovery(desk.tx);
    return RecoveryReceipt{act, decision.recovery.anchored, decision.recovery.had};
}

std::optional<RecoveryStanding> recovery_standing(store::Tx& tx) {
    const auto recovery = road::recovery_of(tx);
    if (!recovery) return std::nullopt;
    RecoveryStanding standing{*recovery, {}, {}};
    const auto generation = generation_of(tx);
    standing.loaded_through = tx.value<Date>(sql::statements_through, generation);
    standing.proposed_by = tx.value<StaffId>(sql::recovery_proposed_by, generation);
    return standing;
}

std::vector<std::string> payments_by_statement(store::Tx& tx) {
    std::vector<std::string> all;
    tx.each(sql::recovery_references,
            [&](store::Cursor& row) { all.push_back(store::read_row<Reference>(row).text); });
    return all;
}

Result<StatementReceipt> load_statement(road::Road& road, const road::Caller& caller, Area area,
                                        std::string_view bytes, const std::string& layout,
                                        Date through) {
    const auto* known = sheet::built_in_layout(layout);
    if (known == nullptr) return refuse(refusal(kNoSuchLayout).with("layout", layout));
    LoadStatement order{area, layout, through, {}, {}};
    const auto digest = road.keys()
                            .mac(crypto::MacLabel::idempotency)
                            .mac(crypto::Frame("fenming/statement/v1").add(bytes).view());
    order.digest.assign(digest.begin(), digest.end());
    sheet::MemoryInput input(bytes);
    const auto read = TRY(
        sheet::read_bank_file(*known, sheet::Direction::answer, input, [&](sheet::BankLine&& line) {
            order.rows.push_back({std::move(line.reference), line.amount, std::move(line.code)});
        }));
    // A payment that is passed over might be made again: a statement is read whole or not at all.
    if (!read.problems.is_empty()) return refuse(Refusal(read.problems.kept().front()));
    return road::carry_out(road, caller, order);
}

}  // namespace fenming::disbursement

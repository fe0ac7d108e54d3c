// An answer, read, matched and written.

#include <unordered_set>

#include "base/text.h"
#include "crypto/frame.h"
#include "disbursement/answer.h"
#include "disbursement/bank.h"
#include "disbursement/sql.h"
#include "disbursement/treasury.h"
#include "policy/policy.h"
#include "sheet/bank_text.h"
#include "sheet/layout.h"

namespace fenming::disbursement {

namespace {

struct LineNamed {
    LineId line;
    static constexpr auto fields = std::make_tuple(field("line_id", &LineNamed::line));
};

/// Accepting what a file reports is an act of its own beside bringing it, and happens once, too.
Bytes digest_of(const PostAnswer& order) {
    if (!order.accept_failures) return order.digest;
    const auto digest = crypto::sm3(
        crypto::Frame("fenming/answer-accepted/v1").add(BytesView(order.digest)).view());
    return {digest.begin(), digest.end()};
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const PostAnswer& order) {
    return area_of_batch(tx, order.batch);
}

Result<AnswerFacts> load(road::Desk& desk, const PostAnswer& order) {
    AnswerFacts facts;
    facts.batch = TRY(find_batch(desk, order.batch));
    facts.today = desk.today;
    facts.answered_before =
        desk.tx.value<StaffId>(sql::answer_brought_by, digest_of(order), order.batch).has_value();
    facts.brought_by = desk.tx.value<StaffId>(sql::answer_brought_by, order.digest, order.batch)
                           .value_or(StaffId{});
    if (order.accept_failures)
        for (const auto& row : desk.tx.all<LineNamed>(sql::paid_since, order.digest, order.batch))
            facts.paid_since.push_back(row.line);
    facts.hold_bp = policy::parameter_at(desk.tx, "bank.failure_hold_bp", facts.batch.programme,
                                         facts.batch.area, desk.today)
                        .number();
    facts.acts = TRY(workflow::case_file(desk, facts.batch.work_case, {})).acts;
    for (auto& duty : duties_of(desk, facts.batch)) facts.acts.push_back(std::move(duty));
    facts.asking = desk.caller.staff;
    facts.lines = desk.tx.all<SentLine>(sql::lines_sent, order.batch);
    for (const auto& code : policy::bank_codes_of(desk.tx, order.layout))
        facts.codes.push_back({code.code, code.outcome});
    std::vector<AllotmentId> allotments;
    for (const auto& funded : desk.tx.all<Funded>(sql::funding_of, order.batch)) {
        facts.plan.push_back({funded.allotment, funded.fen});
        facts.plan_holds.push_back(funded.hold);
        allotments.push_back(funded.allotment);
    }
    facts.balances = ledger::balances(desk, allotments);
    facts.holds = ledger::holds_of(desk, {"batch", order.batch.number});
    return facts;
}

Result<AnswerReceipt> record(road::Desk& desk, const AnswerPosted& decision) {
    AnswerReceipt receipt;
    receipt.batch = decision.batch.id;
    receipt.state = stored(decision.to);
    for (const auto& sum : decision.counts) {
        receipt.counts.push_back(sum.count);
        receipt.fen.push_back(sum.fen);
    }
    if (decision.held > 0) {
        receipt.held = decision.held;
        receipt.held_of = decision.held_of;
        receipt.hold_bp = decision.hold_bp;
    }
    if (decision.answered_before) return receipt;
    const AnswerId answer{desk.mint_number()};
    receipt.answer = answer;
    const auto& paid = decision.counts[static_cast<std::size_t>(Outcome::paid)];
    const auto& failed = decision.counts[static_cast<std::size_t>(Outcome::failed)];
    desk.tx.run(sql::add_answer, answer, decision.batch.id, digest_of(decision.order),
                decision.order.layout, decision.order.day,
                static_cast<std::int64_t>(decision.order.rows.size()), paid.count, paid.fen,
                failed.count, failed.fen, desk.caller.staff, desk.order);
    std::vector<NewEvent> events;
    events.reserve(decision.outcomes.size());
    for (const auto& each : decision.outcomes)
        events.push_back(
            {each.line, each.outcome == Outcome::returned_late ? "returned" : stored(each.outcome),
             each.code, decision.order.day});
    add_events(desk, decision.batch.id, events, answer);
    desk.tx.run(sql::follow_answer, decision.batch.id, answer);
    for (const auto& each : decision.exceptions)
        desk.tx.run(sql::add_exception, desk.mint_number(), answer, decision.batch.id, each.area,
                    each.area.county(), each.line, each.row, each.kind, each.expected,
                    each.answered, each.code, desk.caller.staff, desk.at, desk.order);
    if (!decision.entries.empty()) ledger::post(desk, decision.entries);
    move(desk, decision.batch, decision.to);
    return receipt;
}

Result<Area> area_of(store::Tx& tx, const SettleException& order) {
    const auto area = tx.value<Area>(sql::area_of_exception, order.exception);
    if (!area)
        return refuse(
            refusal(kExceptionNotFound).with("exception", std::to_string(order.exception.number)));
    return *area;
}
Result<ExceptionFacts> load(road::Desk& desk, const SettleException& order) {
    auto found = desk.tx.one<ExceptionFacts>(sql::exception, order.exception, desk.scope);
    if (!found)
        return refuse(
            refusal(kExceptionNotFound).with("exception", std::to_string(order.exception.number)));
    return std::move(*found);
}
Result<ExceptionSettled> record(road::Desk& desk, const ExceptionSettled& decision) {
    desk.tx.run(sql::settle_exception, decision.id, decision.as, desk.order);
    return decision;
}

namespace {

/// The index of what a row says, or empty where the layout does not say it. What is no account or
/// name at all gets an index that matches nothing.
Bytes index_of(const crypto::KeyStore& keys, const Secret<std::string>& text, bool is_account) {
    if (trim(text.reveal()).empty()) return {};
    const auto canonical = is_account ? crypto::canonical_account(text.reveal())
                                      : crypto::canonical_name(text.reveal());
    if (!canonical) return Bytes{0};
    const auto index = keys.blind_index(*canonical);
    return {index.begin(), index.end()};
}

/// The bank says in its closing line how much it paid; its rows must say the same.
Result<Done> is_paid_agreed(store::Tx& tx, const PostAnswer& order, const sheet::BankReport& read) {
    std::unordered_set<std::string> paid_codes;
    for (const auto& code : policy::bank_codes_of(tx, order.layout))
        if (code.outcome == name_of(Outcome::paid)) paid_codes.insert(code.code);
    std::int64_t count = 0;
    Money fen;
    for (const auto& row : order.rows) {
        if (!paid_codes.contains(row.code)) continue;
        ++count;
        fen += row.fen;
    }
    for (const auto& closing : read.summaries) {
        const auto claimed = [&](std::string_view field, std::int64_t found) {
            const auto it = closing.claims.find(field);
            return it == closing.claims.end() ? found : it->second;
        };
        const auto claimed_count = claimed("paid_count", count);
        const auto claimed_fen = claimed("paid_total", fen.in_fen());
        if (claimed_count != count || claimed_fen != fen.in_fen())
            return refuse(refusal(kPaidDiffers)
                              .with("claimed", claimed_count)
                              .with("claimed_fen", claimed_fen)
                              .with("found", count)
                              .with("found_fen", fen.in_fen())
                              .at("", closing.row, ""));
    }
    return Done{};
}

}  // namespace

Result<AnswerReport> import_answer(road::Road& road, const road::Caller& caller,
                                   std::string_view bytes, const AnswerOptions& options) {
    const auto* layout = sheet::built_in_layout(options.layout);
    if (layout == nullptr) return refuse(refusal(kNoSuchLayout).with("layout", options.layout));
    PostAnswer order;
    order.batch = options.batch;
    order.layout = options.layout;
    order.accept_failures = options.accept_failures;
    order.day = options.day.is_none() ? road.clock().today() : options.day;
    const auto digest = road.keys()
                            .mac(crypto::MacLabel::idempotency)
                            .mac(crypto::Frame("fenming/answer/v1").add(bytes).view());
    order.digest.assign(digest.begin(), digest.end());
    AnswerReport report;
    sheet::MemoryInput input(bytes);
    const auto read = TRY(sheet::read_bank_file(
        *layout, sheet::Direction::answer, input, [&](sheet::BankLine&& line) {
            order.rows.push_back(
                {line.row, std::move(line.reference), index_of(road.keys(), line.account, true),
                 index_of(road.keys(), line.name, false), line.amount, std::move(line.code)});
        }));
    report.errors = read.problems.kept();
    report.rows = read.lines + read.bad_lines;
    auto tx = road.database().begin_read();
    // A row that cannot be read may be one of those that were paid.
    if (read.bad_lines == 0) TRY(is_paid_agreed(*tx, order, read));
    if (!order.batch) {
        for (const auto& row : order.rows) {
            if (const auto found = tx->value<BatchId>(sql::batch_of_e2e, row.reference)) {
                order.batch = *found;
                break;
            }
        }
        if (!order.batch) return refuse(refusal(kAnswerOfNoBatch).with("rows", report.rows));
    }
    tx.reset();
    report.receipt = TRY(road::carry_out(road, caller, order));
    if (report.receipt.held)
        report.errors.push_back(refusal(kFailuresHeld)
                                    .with("held", *report.receipt.held)
                                    .with("sent", *report.receipt.held_of)
                                    .with("limit_bp", *report.receipt.hold_bp));
    return report;
}

}  // namespace fenming::disbursement

// What the database holds against what the model says, and both against what the bank really paid.

#include <algorithm>

#include "test/simulation/office.h"

namespace fenming::simulation {
namespace {

struct BatchRow {
    Key id = 0, area = 0;
    std::string state;
    std::int64_t version = 0, lines = 0;
    Fen total = 0;
    std::int64_t payable = 0;
    Fen payable_fen = 0;
    static constexpr auto fields = std::make_tuple(
        field("id", &BatchRow::id), field("area", &BatchRow::area),
        field("state", &BatchRow::state), field("version", &BatchRow::version),
        field("line_count", &BatchRow::lines), field("total_fen", &BatchRow::total),
        field("payable_count", &BatchRow::payable), field("payable_fen", &BatchRow::payable_fen));
};
struct LineRow {
    Key id = 0, person = 0, account = 0;
    Fen fen = 0;
    std::string state;
    Fen from = 0;
    Key corrects = 0;
    std::int64_t attempt = 0;
    static constexpr auto fields = std::make_tuple(
        field("id", &LineRow::id), field("person_id", &LineRow::person),
        field("account_id", &LineRow::account), field("fen", &LineRow::fen),
        field("state", &LineRow::state), field("from_fen", &LineRow::from),
        field("corrects_line", &LineRow::corrects), field("attempt", &LineRow::attempt));
};
struct PotRow {
    Fen available = 0, allocated = 0, frozen = 0, disbursed = 0, total = 0;
    static constexpr auto fields = std::make_tuple(
        field("available_fen", &PotRow::available), field("allocated_fen", &PotRow::allocated),
        field("frozen_fen", &PotRow::frozen), field("disbursed_fen", &PotRow::disbursed),
        field("total_fen", &PotRow::total));
};
struct ClaimRow {
    Key person = 0;
    std::string programme, period, kind, cause;
    Key line = 0;
    static constexpr auto fields = std::make_tuple(
        field("person_key", &ClaimRow::person), field("programme", &ClaimRow::programme),
        field("period", &ClaimRow::period), field("kind", &ClaimRow::kind),
        field("cause", &ClaimRow::cause), field("live_line", &ClaimRow::line));
};

void same(std::int64_t found, std::int64_t expected, const std::string& what) {
    must(found == expected,
         what + " is " + std::to_string(found) + ", and should be " + std::to_string(expected));
}

}  // namespace

void Office::compare_pot(const Pot& pot) {
    const auto row = scene_.read([&](store::Tx& tx) { return tx.one<PotRow>(sql::pot, pot.id); });
    const auto name = "allotment " + std::to_string(pot.id) + ": ";
    must(row.has_value(), name + "it has no balance");
    same(row->available, pot.available, name + "what is available");
    same(row->allocated, pot.allocated, name + "what went down");
    same(row->frozen, pot.frozen, name + "what is frozen");
    same(row->disbursed, pot.disbursed, name + "what is disbursed");
    same(row->total, pot.available + pot.allocated + pot.frozen + pot.disbursed,
         name + "the total");
}

void Office::compare_batch(const Batch& batch) {
    const auto name = "batch " + std::to_string(batch.id) + ": ";
    const auto row =
        scene_.read([&](store::Tx& tx) { return tx.one<BatchRow>(sql::batch, batch.id); });
    must(row.has_value(), name + "it is gone");
    must(row->state == batch.state, name + "it is " + row->state + ", not " + batch.state);
    same(row->version, batch.version, name + "the version");
    same(row->lines, std::ssize(batch.lines), name + "the lines");
    Fen total = 0, payable = 0;
    std::int64_t count = 0;
    const auto lines =
        scene_.read([&](store::Tx& tx) { return tx.all<LineRow>(sql::lines, batch.id); });
    same(std::ssize(lines), std::ssize(batch.lines), name + "the number of lines");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& is = lines[i];
        const auto& line = model_.lines.at(batch.lines[i]);
        const auto each = "line " + std::to_string(line.id) + ": ";
        must(is.state == line.state, each + "it is " + is.state + ", not " + line.state);
        same(is.id, line.id, each + "the id");
        same(is.person, line.person, each + "the person");
        same(is.fen, line.fen, each + "the amount");
        same(is.from, line.from, each + "its place in the money");
        same(is.corrects, line.corrects, each + "what it corrects");
        total += line.fen;
        if (line.from >= 0) {
            payable += line.fen;
            ++count;
        }
    }
    same(row->total, total, name + "the total");
    same(row->payable_fen, payable, name + "what is to be paid");
    same(row->payable, count, name + "the lines to be paid");
}

void Office::compare_touched() {
    for (const auto id : model_.touched_pots) compare_pot(model_.pots.at(id));
    for (const auto id : model_.touched_batches) compare_batch(model_.batches.at(id));
    model_.touched_pots.clear();
    model_.touched_batches.clear();
}

void Office::compare_all() {
    for (const auto& [id, pot] : model_.pots) compare_pot(pot);
    for (const auto& [id, batch] : model_.batches) compare_batch(batch);
    compare_claims();
}

/// Each live line holds its claim, and nothing else holds one.
void Office::compare_claims() {
    const auto rows = scene_.read([](store::Tx& tx) { return tx.all<ClaimRow>(sql::live_claims); });
    std::set<Key> held;
    for (const auto& row : rows) {
        const auto& line = model_.line_of(row.line);
        const auto& batch = model_.batches.at(line.batch);
        must(model_.is_live(line),
             "a " + line.state + " line holds a claim: " + std::to_string(line.id));
        must(row.person == line.person && row.programme == batch.programme &&
                 row.period == batch.period && row.kind == batch.kind && row.cause == batch.cause,
             "a line holds the claim of another: " + std::to_string(line.id));
        held.insert(row.line);
    }
    for (const auto& [id, line] : model_.lines)
        must(!model_.is_live(line) || held.contains(id),
             "a " + line.state + " line has lost its claim: " + std::to_string(id));
}

/// The books say of each line what the bank did, unless its answers contradict each other; and
/// nobody was paid twice, unless the bank broke its word after it was asked.
void Office::compare_with_bank() {
    std::map<Key, std::vector<const Line*>> paid_to;
    std::set<std::string> counted;
    for (const auto& [id, line] : model_.lines) {
        if (!line.was_sent) continue;
        const auto& batch = model_.batches.at(line.batch);
        const auto& payment = bank_.payment(line.reference);
        const bool is_paid = payment.is_paid && !payment.is_back;
        const bool is_told = payment.told == payment.code && payment.decides_on < 0;
        const bool is_settled =
            line.state == "paid" || line.state == "failed" || line.state == "returned";
        if (line.state == "paid") ++paid;
        if (batch.is_at_bank && is_told && is_settled && !line.is_doubted)
            must(is_paid == (line.state == "paid"),
                 "line " + std::to_string(id) + " of batch " + std::to_string(batch.id) + " is " +
                     line.state + " in the books, and the bank " +
                     (is_paid ? "paid it" : "did not pay it") + "; it says " + payment.code);
        // The bank said that it had not paid, was asked once more, and paid after that.
        const bool is_broken_word =
            payment.is_liar && line.confirmed_on >= 0 && payment.paid_on >= line.confirmed_on;
        if (is_paid && !is_broken_word && !batch.was_rejected &&
            counted.insert(line.reference).second)
            paid_to[line.person].push_back(&line);
    }
    for (const auto& [person, lines] : paid_to)
        for (std::size_t i = 0; i < lines.size(); ++i)
            for (std::size_t j = i + 1; j < lines.size(); ++j) {
                const auto& a = model_.batches.at(lines[i]->batch);
                const auto& b = model_.batches.at(lines[j]->batch);
                must(a.programme != b.programme || a.kind != b.kind || a.cause != b.cause ||
                         !overlap(a, b),
                     "the bank paid person " + std::to_string(person) + " twice: lines " +
                         std::to_string(lines[i]->id) + " and " + std::to_string(lines[j]->id));
            }
}

}  // namespace fenming::simulation

// The bank's answers, and what follows from them.

#include <algorithm>

#include "disbursement/answer.h"
#include "disbursement/correction.h"
#include "disbursement/drop.h"
#include "test/simulation/office.h"

namespace fenming::simulation {
namespace {

struct ExceptionRow {
    Key id = 0, line = 0;
    std::string state;
    static constexpr auto fields =
        std::make_tuple(field("id", &ExceptionRow::id), field("line_id", &ExceptionRow::line),
                        field("state", &ExceptionRow::state));
};

bool has_bounced(const Line& line) {
    return line.state == "failed" || line.state == "returned";
}

}  // namespace

std::vector<std::string> Office::references_of(const Batch& batch) const {
    std::vector<std::string> all;
    for (const auto each : batch.lines)
        if (const auto& line = model_.lines.at(each); line.was_sent) all.push_back(line.reference);
    return all;
}

void Office::learn_exceptions(Batch& batch, std::int64_t more) {
    const auto rows =
        scene_.read([&](store::Tx& tx) { return tx.all<ExceptionRow>(sql::exceptions, batch.id); });
    std::map<Key, Key> open;
    for (const auto& row : rows)
        if (row.state == "open") open[row.id] = row.line;
    must(std::ssize(open) == std::ssize(batch.open_exceptions) + more,
         "an answer made " + std::to_string(std::ssize(open) - std::ssize(batch.open_exceptions)) +
             " exceptions, where " + std::to_string(more) + " are due");
    batch.open_exceptions = open;
}

void Office::bring_answer(Key id, const std::string& by, const std::string& bytes, bool accepts) {
    auto& batch = model_.batch_of(id);
    disbursement::AnswerOptions options;
    options.batch = {id};
    options.accept_failures = accepts;
    // What the bank did before the year ended is mostly brought with its day.
    int year = scene_.today().year();
    if (!batch.draws.empty() && dice_.in(5, 6)) {
        const auto of = model_.pots.at(batch.draws.front().pot).year;
        if (of < year) options.day = *parse_date(std::to_string(of) + "-12-31");
        // What comes back after its year was closed is an item of its own.
        if (closed_through_[batch.county] < of * 12 + 11) year = std::min(year, of);
    }
    scene_.note(std::to_string(cells_of(bytes, '\n').size()));
    const auto report = scene_.bring("answer", 1, [&] {
        return disbursement::import_answer(scene_.road(), scene_.as(by), bytes, options);
    });
    scene_.keep(report ? std::string() : std::string(report.error().kind().code));
    if (!report) return bank_.forget(references_of(batch));
    must(report->errors.size() == (report->receipt.held ? 1 : 0), "a row did not read");
    std::vector<Said> rows;
    for (const auto& text : cells_of(bytes, '\n')) {
        const auto cells = cells_of(text, '|');
        if (cells.size() < 6) continue;
        rows.push_back({cells[1], cells[2], cells[3], cells[5], fen_of(cells[4])});
    }
    must(!accepts || (held_.contains(id) && held_[id] == bytes && !batch.answerers.contains(0)),
         "failures were accepted of an answer that nobody brought");
    const auto verdict = model_.answered(id, scene_.staff_of(by), bytes, rows, accepts, year);
    std::string states;
    for (const auto each : batch.lines) states += " " + model_.lines.at(each).state;
    must(report->receipt.state == batch.state, "an answer left batch " + std::to_string(id) + " " +
                                                   report->receipt.state + ", not " + batch.state +
                                                   "; its lines:" + states);
    must(report->receipt.held.has_value() == verdict.is_held || verdict.is_known,
         "an answer was held, or was not; its lines:" + states);
    learn_exceptions(batch, verdict.is_known ? 0 : verdict.exceptions);
    if (verdict.is_held) held_[id] = bytes;
    if (accepts) held_.erase(id);
}

void Office::settle(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    if (batch.open_exceptions.empty()) return;
    const auto exception = batch.open_exceptions.begin()->first;
    const auto as = static_cast<disbursement::Settlement>(dice_.below(4));
    if (!scene_.give(by, disbursement::SettleException{{exception}, as})) return;
    batch.open_exceptions.erase(exception);
}

/// With the statement, or with a letter if the bank can write one: that it did not pay them.
void Office::confirm(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    disbursement::ConfirmReissue order;
    order.batch = {id};
    order.reason = Secret<std::string>("已与银行核对");
    const auto debit = bank_.debit(references_of(batch));
    order.debit = Money::fen(debit);
    bool is_true = true;
    for (const auto each : batch.lines) {
        const auto& line = model_.lines.at(each);
        const auto& payment = bank_.payment(line.reference);
        if (line.was_sent && has_bounced(line) && payment.is_paid && !payment.is_back)
            is_true = false;
    }
    if (is_true && dice_.in(1, 2)) order.basis = disbursement::Basis::bank_letter;
    if (!scene_.give(by, order)) return;
    must(order.basis == disbursement::Basis::bank_letter || debit == batch.told_paid,
         "a statement was accepted that says otherwise than the answers");
    must(order.basis != disbursement::Basis::bank_letter ||
             !batch.answerers.contains(scene_.staff_of(by)),
         "who brought the answer gave the bank's word himself");
    model_.confirmed(id, scene_.day());
}

void Office::correct(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    const auto done = scene_.give(by, disbursement::MakeCorrection{{id}});
    if (!done) return;
    const auto made = done->batch.number;
    const auto lines = lines_of(made);
    std::vector<Key> expected;
    for (const auto each : model_.waiting(batch))
        if (std::ranges::none_of(batch.open_exceptions,
                                 [&](const auto& open) { return open.second == each; }))
            expected.push_back(each);
    std::vector<Key> taken;
    for (const auto& line : lines) taken.push_back(line.corrects);
    must(taken == expected, "a correction takes up other lines than those that wait");
    model_.corrected(id, made, lines).maker = scene_.staff_of(by);
}

void Office::drop(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    disbursement::DropLines order;
    order.batch = {id};
    auto waiting = model_.waiting(batch);
    if (waiting.empty() || dice_.in(1, 12)) waiting = batch.lines;
    std::vector<Key> which{dice_.one_of(waiting)};
    order.lines.push_back({which.front()});
    order.why = static_cast<disbursement::DropFor>(dice_.below(5));
    order.reason = Secret<std::string>("不再发放");
    if (!scene_.give(by, order)) return;
    must(scene_.staff_of(by) != batch.maker, "the maker dropped a line of his own batch");
    model_.dropped(id, which, order.why == disbursement::DropFor::paid_elsewhere);
}

void Office::close(Key id, const std::string& by) {
    if (!scene_.give(by, disbursement::CloseBatch{{id}})) return;
    model_.closed(id);
    ++closed;
}

void Office::aftermath(Batch& batch) {
    const auto finance = of_county("finance", batch);
    if (batch.state == "sent" && !batch.is_at_bank)
        return reject_file(batch.id, of_county("approve", batch));
    if (held_.contains(batch.id) && dice_.in(2, 3))
        return bring_answer(batch.id, dice_.in(5, 6) ? "finance" : finance, held_[batch.id], true);
    // The bank is asked plainly when a batch has waited for long.
    const bool is_plain = scene_.day() - batch.day_sent > 25 || dice_.in(1, 5);
    const auto bytes = bank_.answer(references_of(batch), scene_.day(), is_plain);
    if (!bytes.empty()) {
        bring_answer(batch.id, finance, bytes, false);
        if (dice_.in(1, 12)) bring_answer(batch.id, finance, bytes, false);
        return;
    }
    if (!batch.open_exceptions.empty()) return settle(batch.id, finance);
    bool bounced = false;
    for (const auto each : model_.waiting(batch)) {
        auto& line = model_.line_of(each);
        bounced = bounced || (has_bounced(line) && !line.is_confirmed);
        const auto& payment = bank_.payment(line.reference);
        const auto* one = resident(line.person);
        const bool is_paid = line.was_sent && payment.is_paid && !payment.is_back;
        const bool is_dead = one != nullptr && !one->dead_on.empty();
        if ((is_paid && line.is_doubted) || (is_dead && dice_.in(1, 2)) || dice_.in(1, 25))
            return drop(batch.id, "review");
    }
    if (bounced) return confirm(batch.id, dice_.in(1, 2) ? "approve" : "release");
    if (batch.state == "sent" && dice_.in(9, 10)) return;  // the bank has not said all yet
    if (!model_.waiting(batch).empty()) return correct(batch.id, of_county("town", batch));
    close(batch.id, finance);
}

}  // namespace fenming::simulation

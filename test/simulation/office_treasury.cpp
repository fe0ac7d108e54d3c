// From the approval to the bank.

#include "disbursement/bank.h"
#include "disbursement/treasury.h"
#include "test/simulation/office.h"

namespace fenming::simulation {
namespace {

std::string number(const char* kind, std::int64_t n) {
    return kind + std::to_string(n);
}

}  // namespace

void Office::plan(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    const auto today = scene_.today();
    if (!scene_.give(by, disbursement::PlanBatch{
                             {id}, {today.year(), today.month()}, number("划", ++papers_)}))
        return;
    must(batch.state == "approved", "a plan was registered for a " + batch.state + " batch");
    model_.moved(id, "planned");
}

void Office::request(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    if (!scene_.give(by, disbursement::RequestBatch{{id}, number("申", ++papers_)})) return;
    must(batch.state == "planned", "a request was registered for a " + batch.state + " batch");
    model_.moved(id, "requested");
}

void Office::voucher(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    disbursement::RegisterVoucher order;
    order.batch = {id};
    order.number = number("凭", ++papers_);
    order.day = add_days(scene_.today(), dice_.in(1, 20) ? 1 : 0);
    Key pot = 0;
    Fen sum = 0;
    for (const auto& draw : batch.draws) sum += draw.fen;
    if (batch.draws.empty() || (batch.vouchered.empty() && dice_.in(2, 3))) {
        order.fen = Money::fen(sum + (dice_.in(1, 15) ? 1 : 0));
        must(batch.draws.empty() || sum > 0, "an approved batch has its money");
    } else {
        const auto& draw = dice_.one_of(batch.draws);
        const auto there = batch.vouchered.find(draw.pot);
        const auto left = draw.fen - (there == batch.vouchered.end() ? 0 : there->second);
        pot = draw.pot;
        order.allotment = AllotmentId{pot};
        order.fen = Money::fen(dice_.in(1, 10)              ? left + 1
                               : left > 1 && dice_.in(1, 3) ? dice_.between(1, left)
                                                            : left);
    }
    if (!scene_.give(by, order)) return;
    must(order.day <= scene_.today(), "a voucher of tomorrow was registered");
    must(pot != 0 || order.fen.in_fen() == sum, "a voucher of another sum was registered");
    model_.vouchered(id, pot, order.fen.in_fen());
}

void Office::send_back(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    disbursement::TreasurySentBack order;
    order.batch = {id};
    order.number = number("退", ++papers_);
    order.day = scene_.today();
    if (!scene_.give(by, order)) return;
    must(batch.state != "approved", "the Treasury sent back what it never had");
    model_.taken_back(id, scene_.today().year());
}

void Office::release(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    disbursement::MakeBankFile order;
    order.batch = {id};
    Fen sum = 0;
    for (const auto& draw : batch.draws) sum += draw.fen;
    if (dice_.in(1, 2)) order.seen_fen = Money::fen(dice_.in(14, 15) ? sum : sum + 1);
    const auto done = scene_.give(by, order);
    if (!done) return;
    must(!order.seen_fen || order.seen_fen->in_fen() == sum, "another total was released");
    if (done->made_before) return;  // the same file again: nothing new goes to the bank
    model_.released(id, scene_.staff_of(by));
    const auto file = disbursement::bank_file_bytes(scene_.road(), scene_.as(by), {id});
    must(file.has_value(), "the file that was made cannot be had");
    std::string bytes(file->bytes.begin(), file->bytes.end());
    const auto rows = cells_of(bytes, '\n');
    std::size_t row = 0;
    for (const auto each : batch.lines) {
        auto& line = model_.line_of(each);
        if (line.from < 0) continue;
        must(row < rows.size(), "the bank file lacks a line");
        const auto cells = cells_of(rows[row++], '|');
        const auto* one = resident(line.person);
        must(one != nullptr, "the bank file pays a stranger");
        const auto later = one->numbers.find(line.account);
        const auto& own = later == one->numbers.end() ? one->first_number : later->second;
        must(cells.size() == 5 && cells[2] == own, "the bank file pays into another account");
        must(fen_of(cells[4]) == line.fen, "the bank file pays another amount");
        line.reference = cells[1];
        line.number = cells[2];
        line.name = cells[3];
    }
    must(row < rows.size() && rows[row].starts_with("T|"), "the bank file has a line too many");
    batch.day_sent = scene_.day();
    batch.is_answered = false;
    const bool is_refused = dice_.in(1, 14);
    batch.is_at_bank = !is_refused;
    bank_.take(bytes, scene_.day(), is_refused);
}

void Office::reject_file(Key id, const std::string& by) {
    disbursement::RegisterFileRejection order;
    order.batch = {id};
    order.number = number("函", ++papers_);
    order.day = scene_.today();
    order.reason = Secret<std::string>("整批退回");
    const auto& batch = model_.batch_of(id);
    if (!scene_.give(by, order)) return;
    must(scene_.staff_of(by) != batch.releaser, "who made the file registered its rejection");
    model_.file_rejected(id);
}

void Office::treasury(Batch& batch) {
    const auto finance = of_county("finance", batch);
    const bool may_return = !batch.was_rejected && dice_.in(1, 14);
    if (batch.state == "approved") {
        if (dice_.in(1, 12)) return withdraw(batch.id, of_county("approve", batch));
        return plan(batch.id, finance);
    }
    if (may_return) return send_back(batch.id, finance);
    if (batch.state == "planned") return request(batch.id, finance);
    if (batch.state == "requested") return voucher(batch.id, finance);
    release(batch.id, "release");
}

}  // namespace fenming::simulation

// What an answer of the bank must have done, by the model's own reading of it.

#include <algorithm>

#include "test/simulation/model.h"

namespace fenming::simulation {
namespace {

bool is_open(const std::string& state) {
    return state == "sent" || state == "pending" || state == "review";
}
bool has_bounced(const std::string& state) {
    return state == "failed" || state == "returned";
}

constexpr std::int64_t kHeldAbove_bp = 500;  // bank.failure_hold_bp as the catalogue has it

}  // namespace

std::string meaning_of(const std::string& code) {
    if (code == "0000" || code == "4000") return "paid";
    if (code == "3024" || code == "3059") return "pending";
    if (code == "3026" || code == "3051" || code == "3999") return "review";
    if (code == "0397" || (code.size() == 4 && code[0] == '3')) return "failed";
    return "review";  // nobody knows
}

void Model::settle(Line& line, const std::string& outcome, Reading& reading) {
    if (is_open(line.state)) {
        const auto to = outcome == "failed" && reading.is_held ? "review" : outcome;
        if (to == line.state) return;
        line.state = to;
        line.is_confirmed = false;
        if (to == "failed") reading.money['f'].push_back(line.id);
        if (to != "paid") return;
        reading.money['p'].push_back(line.id);
        reading.batch.told_paid += line.fen;
        line.paid_by = reading.number;
        return;
    }
    if (outcome == "failed" && line.state != "paid") return;
    // What failed is not paid by a later word, nor is what was paid undone by an older one.
    const bool is_stale = line.state == "paid" && line.paid_by > reading.older;
    if (line.state != "paid" || (outcome == "failed" && is_stale)) {
        line.is_doubted = true;
        ++reading.verdict.exceptions;
        return;
    }
    if (outcome != "failed" || reading.is_held) return;
    line.state = "returned";
    line.is_confirmed = false;
    reading.money['b'].push_back(line.id);
}

void Model::move_money(const Batch& batch, const std::vector<Key>& which, char what, int year) {
    Fen begin = 0;
    for (const auto& draw : batch.draws) {
        const auto end = begin + draw.fen;
        Fen part = 0;
        for (const auto id : which) {
            const auto& line = lines.at(id);
            const auto low = std::max(begin, line.from);
            const auto high = std::min(end, line.from + line.fen);
            if (low < high) part += high - low;
        }
        begin = end;
        if (part == 0) continue;
        const bool is_this_year = pots.at(draw.pot).year == year;
        must(what == 'b' || is_this_year, "money of another year was moved");
        if (what == 'p') give(draw.pot, 'f', 'p', part);
        if (what == 'f') give(draw.pot, 'f', 'a', part);
        if (what == 'b' && is_this_year) give(draw.pot, 'p', 'a', part);
    }
}

void Model::read(Reading& reading, const std::vector<Said>& rows) {
    std::set<Key> seen;
    for (const auto& row : rows) {
        const auto it = std::ranges::find_if(reading.batch.lines, [&](Key each) {
            const auto& line = lines.at(each);
            return line.was_sent && line.reference == row.reference;
        });
        if (it == reading.batch.lines.end()) {
            ++reading.verdict.exceptions;
            continue;
        }
        auto& line = lines.at(*it);
        const bool is_first = seen.insert(line.id).second;
        if (is_first && row.account == line.number && row.name == line.name &&
            row.fen == line.fen) {
            settle(line, meaning_of(row.code), reading);
            continue;
        }
        line.is_doubted = true;
        ++reading.verdict.exceptions;
    }
}

Verdict Model::answered(Key id, Key staff, const std::string& bytes, const std::vector<Said>& rows,
                        bool is_accepted, int year) {
    auto& batch = batch_of(id);
    Verdict verdict;
    must(batch.state == "sent" || batch.state == "answered" || batch.state == "closed",
         "an answer was taken in for a batch that was " + batch.state);
    must(!has_decided(batch, staff) && staff != batch.releaser,
         "who decided on the batch brought its answer");
    const auto key = (is_accepted ? "A" : "-") + bytes;
    const auto first = batch.answers.find("-" + bytes);
    Reading reading{batch, std::ssize(batch.answers), std::ssize(batch.answers), false, {}, {}};
    if (is_accepted && first != batch.answers.end()) reading.older = first->second;
    verdict.is_known = !batch.answers.emplace(key, reading.number).second;
    if (verdict.is_known) return verdict;
    batch.answerers.insert(staff);
    std::map<Key, Line> before;
    for (const auto each : batch.lines) before.emplace(each, lines.at(each));
    const auto told = batch.told_paid;
    read(reading, rows);
    std::int64_t sent = 0, bad = 0;
    for (const auto each : batch.lines) {
        const auto& line = lines.at(each);
        sent += line.was_sent ? 1 : 0;
        bad += line.was_sent && has_bounced(line.state) ? 1 : 0;
    }
    auto& money = reading.money;
    const bool is_new = !money['f'].empty() || !money['b'].empty();
    if (!is_accepted && is_new && bad > 1 && bad * 10'000 > kHeldAbove_bp * sent) {
        for (const auto each : batch.lines) lines.at(each) = before.at(each);
        batch.told_paid = told;
        reading.money.clear();
        reading.verdict = {};
        reading.is_held = true;
        read(reading, rows);
    }
    verdict.is_held = reading.is_held;
    verdict.exceptions = reading.verdict.exceptions;
    for (const auto& [what, which] : money) move_money(batch, which, what, year);
    // What comes back of a closed year is an item of its own, for each allotment it was paid from.
    Fen begin = 0;
    for (const auto& draw : batch.draws) {
        const auto end = begin + draw.fen;
        if (pots.at(draw.pot).year != year)
            verdict.exceptions += std::ranges::any_of(money['b'], [&](Key each) {
                const auto& line = lines.at(each);
                return line.from < end && line.from + line.fen > begin;
            });
        begin = end;
    }
    batch.is_answered = true;
    const bool was_closed = batch.state == "closed";
    const bool is_unfinished = std::ranges::any_of(batch.lines, [&](Key each) {
        return lines.at(each).was_sent && is_open(lines.at(each).state);
    });
    moved(id, verdict.is_held ? "sent" : is_unfinished && !was_closed ? "sent" : "answered");
    return verdict;
}

}  // namespace fenming::simulation

// The deeds of the model, and whose claim stands in whose way.

#include "test/simulation/model.h"

#include <algorithm>

namespace fenming::simulation {

void must(bool holds, const std::string& what) {
    if (!holds) throw Broken(what);
}

namespace {

bool is_one_of(const std::string& text, std::initializer_list<const char*> all) {
    return std::ranges::any_of(all, [&](const char* each) { return text == each; });
}

}  // namespace

bool overlap(const Batch& a, const Batch& b) {
    if (a.period == b.period) return true;
    return a.first >= 0 && b.first >= 0 && a.first <= b.last && b.first <= a.last;
}

bool exclude(const std::string& a, const std::string& b) {
    // Whoever is supported whole is not topped up, and town and country exclude each other (R1.5).
    const std::set<std::string> pair{a, b};
    return pair == std::set<std::string>{"rural-dibao", "urban-dibao"} ||
           pair == std::set<std::string>{"rural-dibao", "rural-tekun"};
}

Batch& Model::batch_of(Key id) {
    const auto it = batches.find(id);
    must(it != batches.end(), "a batch that nobody imported: " + std::to_string(id));
    touched_batches.insert(id);
    return it->second;
}
Line& Model::line_of(Key id) {
    const auto it = lines.find(id);
    must(it != lines.end(), "a line that nobody imported: " + std::to_string(id));
    return it->second;
}
Pot& Model::pot_of(Key id) {
    const auto it = pots.find(id);
    must(it != pots.end(), "an allotment that nobody registered: " + std::to_string(id));
    touched_pots.insert(id);
    return it->second;
}

void Model::give(Key id, char from, char to, Fen fen) {
    auto& pot = pot_of(id);
    const auto bucket = [&](char which) -> Fen& {
        return which == 'a'   ? pot.available
               : which == 'd' ? pot.allocated
               : which == 'f' ? pot.frozen
                              : pot.disbursed;
    };
    if (from != ' ') bucket(from) -= fen;
    if (to != ' ') bucket(to) += fen;
    must(pot.available >= 0 && pot.allocated >= 0 && pot.frozen >= 0 && pot.disbursed >= 0,
         "money was moved that allotment " + std::to_string(id) + " does not have");
}

void Model::registered(const Pot& pot, Fen fen) {
    must(fen > 0, "an allotment of nothing was registered");
    must(pots.emplace(pot.id, pot).second, "an allotment was registered twice");
    give(pot.id, ' ', 'a', fen);
    if (pot.parent != 0) give(pot.parent, 'a', 'd', fen);
}

void Model::changed(Key id, bool is_more, Fen fen) {
    must(fen > 0, "an allotment was changed by nothing");
    const auto parent = pot_of(id).parent;
    give(id, is_more ? ' ' : 'a', is_more ? 'a' : ' ', fen);
    if (parent != 0) give(parent, is_more ? 'a' : 'd', is_more ? 'd' : 'a', fen);
}

Batch& Model::begun(const Batch& batch, const std::vector<Line>& new_lines) {
    must(!new_lines.empty(), "a batch of nobody");
    auto& made = batches.emplace(batch.id, batch).first->second;
    touched_batches.insert(batch.id);
    for (const auto& line : new_lines) {
        must(line.fen > 0, "a line of nothing");
        made.lines.push_back(line.id);
        by_person_[line.person].push_back(line.id);
        if (line.corrects != 0) followers_[line.corrects].push_back(line.id);
        must(lines.emplace(line.id, line).second, "a line was imported twice");
    }
    return made;
}

std::vector<Key> Model::ready(const Batch& batch) const {
    std::vector<Key> all;
    for (const auto id : batch.lines)
        if (lines.at(id).state == "ready") all.push_back(id);
    return all;
}
Fen Model::payable(const Batch& batch) const {
    Fen sum = 0;
    for (const auto id : ready(batch)) sum += lines.at(id).fen;
    return sum;
}

bool Model::is_taken_up(const Line& line) const {
    const auto it = followers_.find(line.id);
    if (it == followers_.end()) return false;
    return std::ranges::any_of(it->second, [&](Key id) {
        const auto& next = lines.at(id);
        return batches.at(next.batch).state != "cancelled" || next.state == "dropped";
    });
}

bool Model::is_live(const Line& line) const {
    if (line.is_freed) return false;
    const bool was_claimed = line.has_failed || line.attempt > 1;
    if (line.state == "dropped") return was_claimed;
    if (batches.at(line.batch).state == "cancelled") return false;
    if (is_one_of(line.state, {"sent", "paid", "pending", "review"})) return true;
    if (line.state == "ready") return line.attempt > 1 || line.from >= 0;
    if (line.state == "set_aside" && line.attempt == 1) return false;
    return !is_taken_up(line);
}

Key Model::rival(const Line& line) const {
    const auto& mine = batches.at(line.batch);
    for (const auto id : by_person_.at(line.person)) {
        if (id == line.id) continue;
        const auto& other = lines.at(id);
        const auto& theirs = batches.at(other.batch);
        const bool same = mine.programme == theirs.programme && mine.kind == theirs.kind &&
                          mine.cause == theirs.cause;
        const bool conflicts = mine.kind == "regular" && theirs.kind == "regular" &&
                               mine.first >= 0 && exclude(mine.programme, theirs.programme);
        if ((same || conflicts) && overlap(mine, theirs) && is_live(other)) return id;
    }
    return 0;
}

std::vector<Key> Model::waiting(const Batch& batch) const {
    std::vector<Key> all;
    for (const auto id : batch.lines) {
        const auto& line = lines.at(id);
        if (is_one_of(line.state, {"failed", "returned", "set_aside"}) && !is_taken_up(line))
            all.push_back(id);
    }
    return all;
}

bool Model::has_decided(const Batch& batch, Key staff) {
    return staff == batch.maker || staff == batch.submitter || staff == batch.reviewer ||
           staff == batch.approver || batch.overriders.contains(staff);
}

void Model::moved(Key id, const std::string& to) {
    auto& batch = batch_of(id);
    batch.state = to;
    ++batch.version;
}

void Model::set_aside(Key id, const std::vector<Key>& which) {
    auto& batch = batch_of(id);
    must(is_one_of(batch.state, {"draft", "checked"}), "lines were set aside of a " + batch.state);
    for (const auto each : which) {
        auto& line = line_of(each);
        must(line.batch == id && line.state == "ready", "a line was set aside that is not ready");
        line.state = "set_aside";
    }
    ++batch.version;
}

void Model::dropped(Key id, const std::vector<Key>& which, bool is_paid_elsewhere) {
    auto& batch = batch_of(id);
    const auto open = waiting(batch);
    for (const auto each : which) {
        auto& line = line_of(each);
        must(std::ranges::find(open, each) != open.end(), "a line was dropped that does not wait");
        line.has_failed = line.has_failed || line.state != "set_aside";
        if (is_paid_elsewhere) {
            must(line.state == "set_aside" || line.is_confirmed,
                 "a claim was given up that the bank may have paid");
            line.is_freed = true;
        }
        line.state = "dropped";
    }
    ++batch.version;
}

void Model::reviewed(Key id, Key staff) {
    auto& batch = batch_of(id);
    must(batch.state == "submitted", "a batch was reviewed that was " + batch.state);
    batch.reviewer = 0;
    must(!has_decided(batch, staff), "one person brought the batch in, and reviewed it");
    batch.reviewer = staff;
    moved(id, "reviewed");
}

void Model::approved(Key id, Key staff, int year) {
    auto& batch = batch_of(id);
    must(batch.state == "reviewed", "a batch was approved that was " + batch.state);
    must(!has_decided(batch, staff), "one person approved what he had a part in");
    Fen asked = 0;
    for (const auto each : ready(batch)) {
        auto& line = line_of(each);
        must(!line.is_stopped, "a line was approved that its check stopped");
        const auto other = rival(line);
        must(other == 0, "approved beside " + (other == 0 ? "" : lines.at(other).state) + " line " +
                             std::to_string(other) + ": person " + std::to_string(line.person) +
                             ", line " + std::to_string(each));
        line.from = asked;
        asked += line.fen;
    }
    must(asked > 0, "nothing was approved");
    std::vector<const Pot*> may;
    for (const auto& [key, pot] : pots)
        if (pot.holder == batch.county && pot.programme == batch.programme && pot.year == year &&
            pot.available > 0)
            may.push_back(&pot);
    std::ranges::sort(may, {}, [](const Pot* pot) { return std::pair(pot->rank, pot->id); });
    batch.draws.clear();
    for (const auto* pot : may) {
        const auto fen = std::min(asked, pot->available);
        if (fen == 0) continue;
        batch.draws.push_back({pot->id, fen});
        asked -= fen;
    }
    must(asked == 0, "more was approved than there is");
    for (const auto& draw : batch.draws) give(draw.pot, 'a', 'f', draw.fen);
    batch.approver = staff;
    moved(id, "approved");
}

void Model::taken_back(Key id, int year) {
    auto& batch = batch_of(id);
    must(is_one_of(batch.state, {"approved", "planned", "requested", "vouchered"}),
         "the money of a " + batch.state + " batch was given back");
    for (const auto& draw : batch.draws) {
        must(pots.at(draw.pot).year == year, "money of another year was given back");
        give(draw.pot, 'f', 'a', draw.fen);
    }
    batch.draws.clear();
    batch.vouchered.clear();
    for (const auto each : batch.lines) line_of(each).from = -1;
    batch.submitter = batch.reviewer = batch.approver = 0;
    moved(id, "draft");
}

void Model::vouchered(Key id, Key pot, Fen fen) {
    auto& batch = batch_of(id);
    must(batch.state == "requested", "a voucher came for a batch that was " + batch.state);
    must(fen > 0, "a voucher of nothing");
    bool is_whole = true;
    for (const auto& draw : batch.draws) {
        auto& sum = batch.vouchered[draw.pot];
        if (pot == 0) sum += draw.fen;
        if (pot == draw.pot) sum += fen;
        must(sum <= draw.fen, "vouchers above what was asked for");
        is_whole = is_whole && sum == draw.fen;
    }
    moved(id, is_whole ? "vouchered" : "requested");
}

void Model::released(Key id, Key staff) {
    auto& batch = batch_of(id);
    must(batch.state == "vouchered", "a bank file was made of a batch that was " + batch.state);
    must(!has_decided(batch, staff), "who decided on the batch released it");
    for (const auto each : batch.lines) {
        auto& line = line_of(each);
        if (line.from < 0) continue;
        must(line.state == "ready", "a line went to the bank that was " + line.state);
        line.state = "sent";
        line.was_sent = true;
    }
    batch.releaser = staff;
    moved(id, "sent");
}

void Model::file_rejected(Key id) {
    auto& batch = batch_of(id);
    must(batch.state == "sent" && !batch.is_answered, "an answered file was rejected whole");
    for (const auto each : batch.lines)
        if (auto& line = line_of(each); line.state == "sent") line.state = "ready";
    batch.releaser = 0;
    batch.is_at_bank = false;
    batch.was_rejected = true;
    moved(id, "vouchered");
}

void Model::confirmed(Key id, int day) {
    auto& batch = batch_of(id);
    for (const auto each : batch.lines)
        if (auto& line = line_of(each); is_one_of(line.state, {"failed", "returned"})) {
            line.is_confirmed = true;
            line.confirmed_on = day;
        }
    ++batch.version;
}

Batch& Model::corrected(Key id, Key made, const std::vector<Line>& new_lines) {
    const auto old = batch_of(id);
    for (const auto& line : new_lines) {
        const auto& of = line_of(line.corrects);
        must(of.batch == id && !is_taken_up(of), "a line is paid again that another took up");
        must(is_one_of(of.state, {"failed", "returned", "set_aside"}),
             "a line is paid again that is " + of.state);
        must(of.state == "set_aside" || of.is_confirmed, "paid again before it was confirmed");
        must(of.person == line.person && of.fen == line.fen, "another line is paid again");
        must(line.attempt == of.attempt + (of.state == "set_aside" ? 0 : 1),
             "a line that is paid again has the wrong number");
        for (const auto& [exception, about] : old.open_exceptions)
            must(about != of.id, "a line is paid again that the bank's answers contradict");
    }
    Batch next;
    next.id = made;
    next.area = old.area;
    next.county = old.county;
    next.programme = old.programme;
    next.period = old.period;
    next.first = old.first;
    next.last = old.last;
    next.kind = old.kind;
    next.cause = old.cause;
    next.corrects = id;
    return begun(next, new_lines);
}

void Model::closed(Key id) {
    auto& batch = batch_of(id);
    must(batch.state == "answered", "a batch was closed that was " + batch.state);
    must(batch.open_exceptions.empty(), "a batch was closed with open exceptions");
    must(waiting(batch).empty(), "a batch was closed with lines that wait");
    moved(id, "closed");
}

}  // namespace fenming::simulation

// A day at the office: what is done next, and by whom.

#include "test/simulation/office.h"

#include <algorithm>

namespace fenming::simulation {
namespace {

constexpr const char* kCodes[] = {".990101", ".990102"};

}  // namespace

Office::Office(Scene& scene, std::uint64_t seed) : scene_(scene), dice_(scene.dice), bank_(seed) {
    register_people();
    for (int county = 0; county < 2; ++county)
        for (const char* programme : {"rural-dibao", "urban-dibao", "disability-living"})
            register_money(county, programme, dice_.between(200'000, 3'000'000), "finance");
}

std::string Office::of_county(const char* role, const Batch& batch) const {
    return std::string(role) + kCodes[batch.county == kCounties[0].code ? 0 : 1];
}
std::string Office::somebody() {
    return dice_.one_of(scene_.logins());
}
Key Office::some_batch() {
    std::vector<Key> open;
    for (const auto& [id, batch] : model_.batches) {
        const bool has_ended = batch.state == "cancelled" || batch.state == "closed";
        if (!has_ended || dice_.in(1, 40)) open.push_back(id);
    }
    if (open.empty()) return 0;
    // The oldest are worked off first, so that a month has its end.
    return dice_.in(1, 3) ? open[static_cast<std::size_t>(
                                dice_.below(std::min<std::int64_t>(4, std::ssize(open))))]
                          : dice_.one_of(open);
}
/// Mostly not compared or right; now and then the version that somebody else has left behind.
std::int64_t Office::seen(const Batch& batch) {
    const auto kind = dice_.below(20);
    return kind < 10 ? 0 : kind < 19 ? batch.version : batch.version - 1;
}

void Office::live(int days) {
    for (int day = 0; day < days; ++day) {
        scene_.next_day();
        if (dice_.in(1, 40)) day += static_cast<int>(dice_.between(2, 9));  // the office was shut
        const auto month = scene_.today().month();
        bank_.work(scene_.day());
        for (auto orders = dice_.below(9); orders > 0; --orders) {
            act();
            compare_touched();
        }
        if (add_days(scene_.today(), 1).month() == month) continue;
        compare_all();
        if (month % 3 == 0) scene_.prove_all();
    }
    finish();
}

void Office::act() {
    const auto kind = dice_.below(100);
    if (kind < 6) return money();
    if (kind < 11) return people();
    if (kind < 20) return mischief();
    const auto open = std::ranges::count_if(model_.batches, [](const auto& each) {
        return each.second.state != "cancelled" && each.second.state != "closed";
    });
    if (kind < 30 && open < 16) return roster();
    const auto id = some_batch();
    if (id == 0) return roster();
    advance(id);
}

void Office::advance(Key id) {
    auto& batch = model_.batch_of(id);
    const auto& state = batch.state;
    if (state == "draft" || state == "checked" || state == "submitted" || state == "reviewed")
        return desk(batch);
    if (state == "approved" || state == "planned" || state == "requested" || state == "vouchered")
        return treasury(batch);
    aftermath(batch);
}

/// Anybody tries anything: a right he lacks, a step out of turn, a thing that is not there.
void Office::mischief() {
    auto id = some_batch();
    if (id == 0) return;
    const auto by = somebody();
    switch (dice_.below(20)) {
        case 0:
            return check(id, by);
        case 1:
            return set_aside(id, by);
        case 2:
            return override_warnings(id, by);
        case 3:
            return submit(id, by);
        case 4:
            return recall(id, by);
        case 5:
            return review(id, by, dice_.in(2, 3));
        case 6:
            return approve(id, by, dice_.in(2, 3));
        case 7:
            return withdraw(id, by);
        case 8:
            return cancel(id, dice_.in(1, 3) ? by : "audit");
        case 9:
            return plan(id, by);
        case 10:
            return request(id, by);
        case 11:
            return voucher(id, by);
        case 12:
            return send_back(id, dice_.in(1, 4) ? by : "audit");
        case 13:
            return release(id, by);
        case 14:
            return confirm(id, by);
        case 15:
            return correct(id, by);
        case 16:
            return drop(id, by);
        case 17:
            return close(id, by);
        case 18:
            return close_month(by);
        default:
            return split(by);
    }
}

/// The bank says all that it has to say, and the office takes it in.
void Office::finish() {
    bank_.finish(scene_.day());
    for (auto& [id, batch] : model_.batches) {
        for (int round = 0; round < 4 && batch.is_at_bank; ++round) {
            if (held_.contains(id)) {
                bring_answer(id, "finance", held_[id], true);
                compare_touched();
            }
            const auto bytes = bank_.answer(references_of(batch), scene_.day(), true);
            if (bytes.empty() && !held_.contains(id)) break;
            if (!bytes.empty()) bring_answer(id, of_county("finance", batch), bytes, false);
            compare_touched();
        }
    }
    compare_all();
    compare_with_bank();
    scene_.prove_all();
}

}  // namespace fenming::simulation

// From the roster to the approval.

#include <algorithm>

#include "disbursement/checks.h"
#include "disbursement/review.h"
#include "disbursement/treasury.h"
#include "test/simulation/office.h"

namespace fenming::simulation {
namespace {

using Say = disbursement::Verdict;

struct FindingRow {
    Key line = 0;
    std::string code, severity;
    static constexpr auto fields =
        std::make_tuple(field("line_id", &FindingRow::line), field("code", &FindingRow::code),
                        field("severity", &FindingRow::severity));
};
std::vector<FindingRow> findings_of(Scene& scene, Key batch) {
    return scene.read([&](store::Tx& tx) { return tx.all<FindingRow>(sql::findings, batch); });
}

Secret<std::string> words(const char* text) {
    return Secret<std::string>(text);
}

/// A version that somebody saw must be the one that is.
void must_be_fresh(std::int64_t seen, std::int64_t version) {
    must(seen == 0 || seen == version, "an order on a version that had passed was carried out");
}

std::string first_day(int month) {
    const auto number = std::to_string(month % 12 + 1);
    return std::to_string(month / 12) + "-" + (number.size() == 1 ? "0" : "") + number + "-01";
}

}  // namespace

void Office::check(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    const auto version = seen(batch);
    if (!scene_.give(by, disbursement::CheckBatch{{id}, version})) return;
    must_be_fresh(version, batch.version);
    must(batch.state == "draft" || batch.state == "checked",
         "a batch was checked that was " + batch.state);
    const auto found = findings_of(scene_, id);
    std::set<Key> persons;
    const auto before = batch.first >= 0 ? first_day(batch.first) : scene_.today().text();
    for (const auto each : model_.ready(batch)) {
        auto& line = model_.line_of(each);
        const auto* one = resident(line.person);
        const bool is_dead = one != nullptr && !one->dead_on.empty() && one->dead_on < before;
        line.is_stopped = !persons.insert(line.person).second || model_.rival(line) != 0 ||
                          is_dead || closed_accounts_.contains(line.account);
        const bool is_found = std::ranges::any_of(found, [&](const FindingRow& each_found) {
            return each_found.line == line.id && each_found.severity != "warning";
        });
        must(is_found || !line.is_stopped,
             "the check passed line " + std::to_string(line.id) +
                 (is_dead ? ", whose person is dead" : ", which must not be paid"));
    }
    model_.moved(id, "checked");
}

void Office::set_aside(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    std::vector<LineId> which;
    std::vector<Key> expected;
    if (dice_.in(1, 4) && !batch.lines.empty()) {
        which.push_back({dice_.one_of(batch.lines)});
        expected.push_back(which.front().number);
    } else {
        const auto found = findings_of(scene_, id);
        for (const auto each : model_.ready(batch))
            if (std::ranges::any_of(found, [&](const FindingRow& row) {
                    return row.line == each && row.severity != "warning";
                }))
                expected.push_back(each);
    }
    const auto due = add_days(scene_.today(), static_cast<int>(dice_.between(0, 40)));
    if (scene_.give(by, disbursement::SetAside{{id}, which, due})) model_.set_aside(id, expected);
}

void Office::override_warnings(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    for (const auto& row : findings_of(scene_, id)) {
        if (row.severity != "warning" && dice_.in(9, 10)) continue;
        disbursement::OverrideWarning order;
        order.batch = {id};
        order.check = member_of<disbursement::Check>(row.code);
        if (dice_.in(1, 2)) order.line = {row.line};
        order.reason = words("已核对");
        if (!scene_.give(by, order)) continue;
        must(row.severity == "warning", "a finding was passed that is no warning");
        must(scene_.staff_of(by) != batch.maker, "the maker passed a warning of his own batch");
        batch.overriders.insert(scene_.staff_of(by));
        ++batch.version;
    }
}

void Office::submit(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    const auto version = seen(batch);
    if (!scene_.give(by, disbursement::SubmitBatch{{id}, version})) return;
    must_be_fresh(version, batch.version);
    must(batch.state == "checked", "a batch was submitted that was " + batch.state);
    for (const auto each : model_.ready(batch))
        must(!model_.line_of(each).is_stopped, "a batch was submitted with a line that is stopped");
    batch.submitter = scene_.staff_of(by);
    model_.moved(id, "submitted");
}

void Office::recall(Key id, const std::string& by) {
    auto& batch = model_.batch_of(id);
    if (!scene_.give(by, disbursement::RecallBatch{{id}})) return;
    must(batch.state == "submitted", "a batch was recalled that was " + batch.state);
    must(scene_.staff_of(by) == batch.submitter, "somebody else recalled the batch");
    model_.moved(id, "checked");
}

void Office::review(Key id, const std::string& by, bool passes) {
    auto& batch = model_.batch_of(id);
    disbursement::ReviewBatch order;
    order.batch = {id};
    order.seen_version = seen(batch);
    order.verdict = passes ? Say::pass : Say::send_back;
    order.comment = words(dice_.in(9, 10) ? "已复核" : "");
    if (!scene_.give(by, order)) return;
    must_be_fresh(order.seen_version, batch.version);
    if (passes) return model_.reviewed(id, scene_.staff_of(by));
    must(batch.state == "submitted", "a batch was sent back that was " + batch.state);
    model_.moved(id, "draft");
}

void Office::approve(Key id, const std::string& by, bool passes) {
    auto& batch = model_.batch_of(id);
    disbursement::ApproveBatch order;
    order.batch = {id};
    order.seen_version = seen(batch);
    order.verdict = passes ? Say::pass : Say::send_back;
    order.comment = words("同意");
    const auto total = model_.payable(batch);
    if (dice_.in(1, 2)) order.seen_fen = Money::fen(dice_.in(9, 10) ? total : total + 1);
    if (!scene_.give(by, order)) return;
    must_be_fresh(order.seen_version, batch.version);
    if (passes) {
        must(!order.seen_fen || order.seen_fen->in_fen() == total, "another total was approved");
        return model_.approved(id, scene_.staff_of(by), scene_.today().year());
    }
    must(batch.state == "reviewed", "a batch was sent back that was " + batch.state);
    model_.moved(id, "draft");
}

void Office::withdraw(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    if (!scene_.give(by, disbursement::WithdrawApproval{{id}})) return;
    must(batch.state == "approved", "an approval was withdrawn of a " + batch.state + " batch");
    model_.taken_back(id, scene_.today().year());
}

void Office::cancel(Key id, const std::string& by) {
    const auto& batch = model_.batch_of(id);
    if (!scene_.give(by, disbursement::CancelBatch{{id}})) return;
    must(batch.state == "draft" || batch.state == "checked",
         "a batch was cancelled that was " + batch.state);
    model_.moved(id, "cancelled");
}

void Office::desk(Batch& batch) {
    const auto town = of_county("town", batch);
    const auto by = dice_.in(5, 6) ? town : of_county("county", batch);
    if (batch.state == "draft") return dice_.in(1, 12) ? cancel(batch.id, by) : check(batch.id, by);
    if (batch.state == "submitted") {
        if (dice_.in(1, 12)) return recall(batch.id, town);
        return review(batch.id, of_county("review", batch), dice_.in(9, 10));
    }
    if (batch.state == "reviewed")
        return approve(batch.id, dice_.in(3, 4) ? of_county("approve", batch) : "leader",
                       dice_.in(9, 10));
    const auto found = findings_of(scene_, batch.id);
    bool is_poor = false, is_stopped = false, is_warned = false;
    for (const auto& row : found) {
        is_poor = is_poor || row.line == 0;
        is_stopped = is_stopped || (row.line != 0 && row.severity != "warning" &&
                                    model_.line_of(row.line).state == "ready");
        is_warned = is_warned || row.severity == "warning";
    }
    if (model_.ready(batch).empty() || dice_.in(1, 30)) return cancel(batch.id, by);
    if (is_stopped) return set_aside(batch.id, by);
    if (is_poor) {
        const auto county = batch.county == kCounties[0].code ? 0 : 1;
        if (dice_.in(2, 3))
            register_money(county, batch.programme, model_.payable(batch) + dice_.below(100'000),
                           "finance");
        return check(batch.id, by);
    }
    if (is_warned && dice_.in(3, 4)) override_warnings(batch.id, "review");
    if (dice_.in(1, 10)) check(batch.id, by);
    submit(batch.id, by);
}

}  // namespace fenming::simulation

// Two counties at once: a person's money for a month is approved in one of them only (E1), whether
// by the same programme or by two that exclude each other, and nobody waits for ever.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>

#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Counties);

struct Side {
    Area area;
    const char* programme;
    const char* period;
};

/// A batch of persons from `csv`, reviewed: only the approval is missing.
BatchId reviewed(Town& town, const Side& side, int people, const std::string& csv) {
    auto options = town.options();
    options.area = side.area;
    options.programme = side.programme;
    options.period = *parse_period(side.period);
    const auto report = town.import(csv, options);
    EXPECT_TRUE(report.errors.empty() && !report.refusal);
    EXPECT_EQ(report.accepted, people);
    town.give(kMaker, CheckBatch{report.batch, 0});
    // Whoever lives in the other county is a warning, which a second person passes.
    const auto page = findings(town.w.road(), town.w.caller, report.batch, {}, 1'000);
    EXPECT_TRUE(page);
    for (const auto& each : *page) EXPECT_EQ(each.code, "elsewhere");
    if (!page->empty())
        town.give(kAnswer,
                  OverrideWarning{
                      report.batch, {}, Check::elsewhere, Secret<std::string>("已与另一县核对")});
    town.review(report.batch);
    return report.batch;
}

/// Approves both at the same moment; how each ended.
std::array<std::string, 2> approve_at_once(Town& town, const std::array<BatchId, 2>& batches) {
    std::atomic<int> ready{0};
    std::array<std::string, 2> verdicts;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 2; ++i)
        threads.emplace_back([&, i] {
            ++ready;
            while (ready < 2) std::this_thread::yield();
            const auto done = road::carry_out(town.w.road(), town.w.as(kApprover),
                                              ApproveBatch{batches[i], 0, Verdict::pass, {}});
            verdicts[i] = done ? "ok" : std::string(done.error().kind().code);
        });
    for (auto& thread : threads) thread.join();
    return verdicts;
}

/// One passed; the other learns that its people were taken meanwhile, and which lines they are.
void expect_one_passed(Town& town, const std::array<BatchId, 2>& batches,
                       const std::array<std::string, 2>& verdicts, int people) {
    const std::size_t loser = verdicts[0] == "ok" ? 1 : 0;
    EXPECT_EQ(verdicts[1 - loser], "ok");
    EXPECT_EQ(verdicts[loser], "disbursement.claimed_meanwhile");
    EXPECT_EQ(town.state_of(batches[1 - loser]), "approved");
    EXPECT_EQ(town.state_of(batches[loser]), "reviewed");
    town.give(kApprover, ApproveBatch{batches[loser], 0, Verdict::send_back,
                                      Secret<std::string>("已在另一县发放")});
    const auto checked = town.give(kMaker, CheckBatch{batches[loser], 0});
    EXPECT_EQ(checked.legal + checked.line, people);
    EXPECT_NE(town.try_it(kMaker, SubmitBatch{batches[loser], 0}), "ok");
}

TEST_P(Counties, at_the_same_time_approve_a_person_once) {
    Town town(GetParam());
    for (const auto* programme : {"rural-dibao", "urban-dibao"})
        for (const auto county : {kCounty, kOtherCounty})
            town.fund(Money::fen(10'000'000), programme, county);
    // clang-format off
    const std::pair<Side, Side> rounds[] = {
        {{kTownArea, "rural-dibao", "2026-01"}, {kOtherCounty, "rural-dibao", "2026-01"}},
        {{kTownArea, "rural-dibao", "2026-02"}, {kOtherCounty, "rural-dibao", "2026-02"}},
        {{kTownArea, "rural-dibao", "2026-03"}, {kOtherCounty, "urban-dibao", "2026-03"}},  // exclude each other
        {{kTownArea, "urban-dibao", "2026-04"}, {kOtherCounty, "rural-dibao", "2026-04"}},
        {{kTownArea, "rural-dibao", "2026Q3"},  {kOtherCounty, "rural-dibao", "2026-08"}},  // overlap
        {{kTownArea, "rural-dibao", "2027-05..2027-06"}, {kOtherCounty, "urban-dibao", "2026-12..2027-05"}},
    };
    // clang-format on
    int round = 0;
    for (const auto& [here, there] : rounds) {
        SCOPED_TRACE(++round);
        const auto csv = town.roster(3, 10'000);
        const std::array batches{reviewed(town, here, 3, csv), reviewed(town, there, 3, csv)};
        expect_one_passed(town, batches, approve_at_once(town, batches), 3);
    }
    town.expect_whole();
}

/// The people of a long roster, and the same people from the last to the first: whoever touches
/// them row by row meets the other side half way. FENMING_SHARED_PEOPLE says how many (soak:
/// 40,000).
TEST_P(Counties, with_the_same_people_in_opposite_order_never_wait_for_each_other) {
    const char* wanted = std::getenv("FENMING_SHARED_PEOPLE");
    const int people = wanted != nullptr ? std::stoi(wanted) : 4'000;
    Town town(GetParam());
    for (const auto county : {kCounty, kOtherCounty})
        town.fund(Money::fen(10'000LL * people), "rural-dibao", county);
    std::vector<std::string> rows;
    for (int i = 0; i < people; ++i) rows.push_back(town.row(i, 10'000));
    const auto csv = [&] {
        std::string text(Town::kHead);
        for (const auto& row : rows) text += row;
        return text;
    };
    std::array<BatchId, 2> batches;
    batches[0] = reviewed(town, {kTownArea, "rural-dibao", "2026-01"}, people, csv());
    std::ranges::reverse(rows);
    batches[1] = reviewed(town, {kOtherCounty, "rural-dibao", "2026-01"}, people, csv());
    expect_one_passed(town, batches, approve_at_once(town, batches), people);
    town.expect_whole();
}

}  // namespace
}  // namespace fenming::disbursement

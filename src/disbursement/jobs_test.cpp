// Rosters and checks as jobs: no work twice, nothing personal in the row, cancelled in time.

#include "disbursement/jobs.h"

#include "api/json.h"
#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(DisbursementJobs);

constexpr JobId kNewest{INT64_MAX};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class Bench {
public:
    Town town;
    road::Jobs jobs;
    explicit Bench(const char* kind) : town(kind), jobs(town.w.road(), job_kinds()) {
        town.fund(Money::fen(1'000'000));
    }
    JobId start(const std::string& csv, const std::string& key = "") {
        auto options = town.options();
        options.key = key;
        const auto id =
            start_roster(town.w.road(), jobs, town.w.as(kMaker), csv, options, Language::en);
        EXPECT_TRUE(id);
        return id ? *id : JobId{};
    }
    road::JobRow row(JobId id) { return *jobs.find(town.w.as(kMaker), id); }
    std::size_t batches_made() {
        return batches(town.w.road(), town.w.caller, {}, "", "", BatchId{INT64_MAX}, 100)->size();
    }
    /// Nothing of the person stands in the job's row, whatever column one looks at.
    void expect_nothing_personal(JobId id) {
        const auto at = row(id);
        for (int i = 0; i < 3; ++i)
            for (const auto& part : {Town::name_of(i), Town::id_of(i), Town::account_of(i)})
                EXPECT_FALSE(holds(at.output, part)) << at.output;
    }
};

TEST_P(DisbursementJobs, a_roster_begun_again_after_its_worker_died_makes_one_batch) {
    Bench b(GetParam());
    const auto id = b.start(b.town.roster(3, 10'000));
    EXPECT_EQ(b.row(id).state, "waiting");
    ASSERT_TRUE(b.jobs.work_one());
    const auto first = b.row(id);
    EXPECT_EQ(first.state, "done");
    EXPECT_EQ(first.done, first.total);
    EXPECT_GT(first.total, 0);
    b.expect_nothing_personal(id);

    // It died after its order was committed and before it could say so.
    b.town.w.behind_the_back(
        "UPDATE job SET state = 'running', holder = 'gone', holder_until_ms = 5, output = ''");
    ASSERT_TRUE(b.jobs.work_one());
    const auto again = b.row(id);
    EXPECT_EQ(again.state, "done");
    const auto batch_in = [](const road::JobRow& row) {
        return *api::parse_json(row.output)->at("/batch")->if_text();
    };
    EXPECT_EQ(batch_in(again), batch_in(first));
    EXPECT_EQ(b.batches_made(), 1U);
    EXPECT_FALSE(b.jobs.work_one());
    b.town.expect_whole();
}

TEST_P(DisbursementJobs, a_roster_cancelled_while_it_is_read_posts_nothing) {
    Bench b(GetParam());
    const auto caller = b.town.w.as(kMaker);
    int reports = 0;
    const auto no = run_roster(b.town.w.road(), b.jobs, caller, b.town.roster(3, 10'000),
                               b.town.options(), Language::en, [&](auto, auto) {
                                   if (++reports > 1) return;
                                   const auto id = b.jobs.list(caller, kNewest, 1)->front().id;
                                   EXPECT_TRUE(b.jobs.cancel(caller, id));
                               });
    ASSERT_FALSE(no);
    EXPECT_EQ(no.error().kind().code, road::kJobCancelled.code);
    EXPECT_EQ(b.jobs.list(caller, kNewest, 1)->front().state, "cancelled");
    EXPECT_EQ(b.batches_made(), 0U);
}

TEST_P(DisbursementJobs, errors_stand_in_the_row_by_code_and_in_the_file_in_full) {
    Bench b(GetParam());
    const std::string csv = b.town.roster(2, 10'000) + "王测三,990101195001011234,1,x\n";
    const auto id = b.start(csv, "k1");
    ASSERT_TRUE(b.jobs.work_one());
    const auto row = b.row(id);
    EXPECT_EQ(row.state, "refused");
    EXPECT_TRUE(holds(row.output, "\"row\":4")) << row.output;
    EXPECT_FALSE(holds(row.output, "王测三")) << row.output;
    EXPECT_FALSE(holds(row.output, "990101195001011234")) << row.output;
    b.expect_nothing_personal(id);
    const auto output = api::parse_json(row.output);
    const auto file = *output->at("/errors_file")->if_text();
    const std::string report(text_of(b.town.w.road().files().get(file)));
    EXPECT_TRUE(holds(report, "\"mend\":")) << report;
    EXPECT_TRUE(holds(report, "\"value\":\"x\"")) << report;

    // Nothing was posted, so the mended file may bear the same key; then the key is used.
    const auto mended = b.start(b.town.roster(2, 10'000), "k1");
    EXPECT_NE(mended, id);
    ASSERT_TRUE(b.jobs.work_one());
    EXPECT_EQ(b.row(mended).state, "done");
    EXPECT_EQ(b.start(b.town.roster(2, 10'000), "k1"), mended);
    EXPECT_FALSE(b.jobs.work_one());
    auto options = b.town.options();
    options.key = "k1";
    const auto reused = start_roster(b.town.w.road(), b.jobs, b.town.w.as(kMaker),
                                     b.town.roster(3, 10'000), options, Language::en);
    ASSERT_FALSE(reused);
    EXPECT_EQ(reused.error().kind().code, "road.key_reused");
    EXPECT_EQ(b.batches_made(), 1U);
}

TEST_P(DisbursementJobs, run_at_once_a_roster_answers_its_report_and_a_check_its_receipt) {
    Bench b(GetParam());
    const auto caller = b.town.w.as(kMaker);
    const auto report = run_roster(b.town.w.road(), b.jobs, caller, b.town.roster(3, 10'000),
                                   b.town.options(), Language::en);
    ASSERT_TRUE(report);
    EXPECT_EQ(*report->at("/accepted")->if_number(), 3);
    EXPECT_TRUE(report->at("/errors")->if_array()->empty());
    EXPECT_EQ(report->at("/errors_file"), nullptr);
    const auto batch = api::read_member<BatchId>(*report->at("/batch"), api::Spot(""));
    ASSERT_TRUE(batch);
    const auto receipt = run_check(b.town.w.road(), b.jobs, caller, *batch);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(*receipt->at("/state")->if_text(), "checked");
    EXPECT_EQ(*receipt->at("/lines")->if_number(), 3);
    EXPECT_EQ(run_check(b.town.w.road(), b.jobs, caller, BatchId{5}).error().kind().code,
              "access.not_here");
    const auto wrong = run_roster(b.town.w.road(), b.jobs, caller, "姓名,身份证号,金额\n甲,1,x\n",
                                  b.town.options(), Language::en);
    ASSERT_TRUE(wrong);
    EXPECT_FALSE(wrong->at("/errors")->if_array()->empty());
    EXPECT_NE(wrong->at("/errors/0/message"), nullptr);
}

TEST_P(DisbursementJobs, a_wrong_file_is_told_once_and_what_was_not_read_is_named) {
    Bench b(GetParam());
    const auto run = [&](const std::string& csv) {
        return *run_roster(b.town.w.road(), b.jobs, b.town.w.as(kMaker), csv, b.town.options(),
                           Language::en);
    };
    const auto empty = run(std::string(Town::kHead));
    ASSERT_EQ(empty.at("/errors")->if_array()->size(), 1U) << api::to_json(empty);
    EXPECT_EQ(*empty.at("/errors/0/code")->if_text(), "disbursement.no_lines");
    const auto other = run("姓名,户籍\n甲,乙\n");  // told in the report, and once in the job's row
    const auto rows = b.jobs.list(b.town.w.as(kMaker), kNewest, 1);
    ASSERT_TRUE(rows);
    const auto kept = *api::parse_json(rows->front().output);
    EXPECT_EQ(kept.at("/errors")->if_array()->size(), other.at("/errors")->if_array()->size());
    const auto extra = run("姓名,身份证号,银行账号,金额(元),户籍\n");
    EXPECT_EQ(*extra.at("/warnings/0/message")->if_text(),
              "The column “E 户籍” is not one of a roster and was not read");
}

}  // namespace
}  // namespace fenming::disbursement

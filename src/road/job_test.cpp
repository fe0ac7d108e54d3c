// Jobs on both databases: they report, end, are cancelled and taken again.

#include "road/job.h"

#include "api/json.h"
#include "test/support/world.h"

namespace fenming::road {
namespace {

using test::World;

constexpr RefusalKind kTooSmall{"store.not_empty",
                                409};  // borrowed: any refusal with words will do

Result<api::Value> count_to(JobDesk& desk, const api::Value& input) {
    const auto to = *input.if_object()->find("to")->if_number();
    for (std::int64_t i = 1; i <= to; ++i) desk.progress(i, to);
    if (to == 13) return refuse(refusal(kTooSmall).with("database", "13"));
    if (to == 14) throw Fault("the world broke");
    return api::Object{{"counted", to}};
}

FENMING_ON_BOTH(Job_);

TEST_P(Job_, they_report_and_end) {
    World w(GetParam());
    Jobs jobs(w.road(), {{"road.count", "job.run", count_to}});
    const Area county{430408000000};
    const auto number = [](std::int64_t to) { return api::Value(api::Object{{"to", to}}); };
    const auto id = jobs.start(w.caller, "road.count", county, number(5));
    ASSERT_TRUE(id);
    EXPECT_EQ(jobs.find(w.caller, *id)->state, "waiting");
    EXPECT_TRUE(jobs.work_one());
    EXPECT_FALSE(jobs.work_one());
    const auto row = jobs.find(w.caller, *id);
    EXPECT_EQ(row->state, "done");
    EXPECT_EQ(row->done, 5);
    EXPECT_EQ(row->output, R"({"counted":5})");

    std::int64_t seen = 0;
    ASSERT_TRUE(jobs.run_now(w.caller, "road.count", county, number(7),
                             [&](auto done, auto) { seen = done; }));
    EXPECT_EQ(seen, 7);
    EXPECT_EQ(jobs.run_now(w.caller, "road.count", county, number(13)).error().kind().code,
              "store.not_empty");
    const auto told = api::parse_json(jobs.list(w.caller, {INT64_MAX}, 1)->front().output);
    EXPECT_EQ(*told->at("/values/database")->if_text(), "13");
    EXPECT_THROW(static_cast<void>(jobs.run_now(w.caller, "road.count", county, number(14))),
                 Fault);
    EXPECT_EQ(jobs.start(w.caller, "road.sing", county, {}).error().kind().code,
              "road.no_such_job_kind");
    EXPECT_EQ(jobs.find(w.caller, {1}).error().kind().code, "road.no_such_job");
    const auto list = jobs.list(w.caller, {std::numeric_limits<std::int64_t>::max()}, 10);
    ASSERT_EQ(list->size(), 4U);
    EXPECT_EQ(list->front().state, "failed");

    const auto waiting = jobs.start(w.caller, "road.count", county, number(5));
    EXPECT_TRUE(jobs.cancel(w.caller, *waiting));
    EXPECT_EQ(jobs.find(w.caller, *waiting)->state, "cancelled");
    EXPECT_FALSE(jobs.work_one());
    EXPECT_EQ(jobs.cancel(w.caller, *waiting).error().kind().code, "road.no_such_job");
}

TEST_P(Job_, one_cancelled_while_it_runs_stops_at_its_next_report) {
    World w(GetParam());
    JobId running;
    Jobs* all = nullptr;
    Jobs jobs(w.road(), {{"road.slow", "job.run",
                          [&](JobDesk& desk, const api::Value&) -> Result<api::Value> {
                              running = desk.id;
                              desk.progress(1, 3);
                              EXPECT_TRUE(all->cancel(w.caller, desk.id));
                              desk.progress(3, 3);
                              ADD_FAILURE() << "the job went on";
                              return api::Value();
                          }}});
    all = &jobs;
    EXPECT_EQ(
        jobs.run_now(w.caller, "road.slow", {430408000000}, api::Object{}).error().kind().code,
        "road.job_cancelled");
    EXPECT_EQ(jobs.find(w.caller, running)->state, "cancelled");
}

TEST_P(Job_, one_key_names_one_job) {
    World w(GetParam());
    const Area county{430408000000};
    const JobCall call{"k", {}};
    Jobs* all = nullptr;
    const auto nested = [&](JobDesk& desk, const api::Value& input) -> Result<api::Value> {
        const auto same = all->run_now(w.caller, "road.nested", county, input, {}, call);
        EXPECT_EQ(same.error().kind().code, "road.job_running");
        EXPECT_TRUE(missing_values(same.error(), Language::en).empty());
        desk.progress(1, 1);
        return api::Value(api::Object{{"job", std::to_string(desk.id.number)}});
    };
    Jobs jobs(w.road(), {{"road.nested", "job.run", nested}, {"road.count", "job.run", count_to}});
    all = &jobs;
    const auto first = jobs.run_now(w.caller, "road.nested", county, api::Object{}, {}, call);
    ASSERT_TRUE(first);
    const auto again = jobs.run_now(w.caller, "road.nested", county, api::Object{}, {}, call);
    ASSERT_TRUE(again);
    EXPECT_EQ(api::to_json(*again), api::to_json(*first));
    JobCall other = call;
    other.digest[0] = 1;
    EXPECT_EQ(jobs.start(w.caller, "road.nested", county, {}, other).error().kind().code,
              "road.key_reused");
    // A job that came to nothing gives its key back.
    const auto refused =
        jobs.run_now(w.caller, "road.count", county, api::Object{{"to", 13}}, {}, call);
    EXPECT_FALSE(refused);
    EXPECT_EQ(*jobs.started_before(w.caller, "road.count", other), std::nullopt);
    EXPECT_TRUE(jobs.run_now(w.caller, "road.count", county, api::Object{{"to", 3}}, {}, other));
}

TEST_P(Job_, one_whose_worker_died_is_taken_again) {
    World w(GetParam());
    Jobs jobs(w.road(), {{"road.count", "job.run", count_to}});
    const auto id = jobs.start(w.caller, "road.count", {430408000000}, api::Object{{"to", 3}});
    w.behind_the_back("UPDATE job SET state = 'running', holder = 'gone', holder_until_ms = 5");
    EXPECT_TRUE(jobs.work_one());
    EXPECT_EQ(jobs.find(w.caller, *id)->state, "done");
}

}  // namespace
}  // namespace fenming::road

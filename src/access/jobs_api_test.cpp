// Long work over HTTP: one's own jobs are there without job.read, those of others only with it.

#include "access/jobs_api.h"

#include "api/json.h"
#include "api/router.h"
#include "test/support/world.h"

namespace fenming::access {
namespace {

FENMING_ON_BOTH(JobsApi);

constexpr Area kCounty{430408000000};
constexpr std::int64_t kStarter = 21, kReader = 22, kOutsider = 23;

/// kReader alone holds job.read, in the county; everybody may start.
class Rights final : public road::Authoriser {
public:
    Result<Scope> may_order(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                            const road::OrderType&, const crypto::Digest&, Area,
                            Instant) const override {
        return test::everything();
    }
    Result<Scope> may_read(store::Tx&, const crypto::KeyStore&, const road::Caller& caller,
                           std::string_view permission, Area, Instant) const override {
        if (permission != "job.read") return test::everything();
        if (caller.staff.number != kReader) return refuse(kNotHere);
        return test::EverythingAllowed::only(kCounty);
    }
};

Result<api::Value> with_errors(road::JobDesk& desk, const api::Value& input) {
    desk.progress(1, 1);
    if (input.at("/quiet") != nullptr) return api::Value(api::Object{{"rows", 1}});
    const std::string report =
        R"({"errors":[{"sheet":"","row":2,"column":"B","value":"甲","code":"a.b","message":"甲 is )"
        R"(wrong","mend":"mend it"}],"errors_left_out":3,"warnings":[]})";
    const auto file = desk.road.files().put(bytes_of(report), desk.area.county().code);
    return api::Value(api::Object{{"rows", 1}, {"errors_file", file.public_id()}});
}

struct Desk {
    Rights rights;
    test::World w;
    std::optional<road::Jobs> jobs;
    explicit Desk(const char* kind) : w(kind) {
        w.use(rights);
        jobs.emplace(w.road(), std::vector<road::JobKind>{{"test.read", "x.y", with_errors}});
    }
    JobId start(const char* input = "{}") {
        return *jobs->start(w.as(kStarter), "test.read", kCounty, *api::parse_json(input));
    }
    api::Reply ask(std::int64_t staff, std::string_view id, JobId job,
                   std::vector<api::NamedText> query = {}) {
        Door door(w.road(), Settings{});
        Visit visit{door, w.as(staff), "", "10.0.0.7"};
        for (const auto& route : job_routes(w.road(), *jobs)) {
            if (route.id != id) continue;
            api::Request request;
            request.method = route.method;
            request.query = std::move(query);
            request.path_values = {{"job", std::to_string(job.number)}};
            request.context = api::Context(visit);
            return route.handler(request);
        }
        ADD_FAILURE() << "no route " << id;
        return {};
    }
    void expect(const api::Reply& reply, int status, std::string_view part) const {
        EXPECT_EQ(reply.status, status) << reply.body;
        EXPECT_NE(reply.body.find(part), std::string::npos) << part << " in " << reply.body;
    }
};

TEST(JobRoutes, are_sound) {
    Desk d("sqlite");
    const api::Router router(job_routes(d.w.road(), *d.jobs));
    EXPECT_EQ(router.routes().size(), 4U);
}

TEST_P(JobsApi, a_job_is_its_starters_and_its_areas_readers) {
    Desk d(GetParam());
    const auto id = d.start();
    d.expect(d.ask(kStarter, "access.job", id), 200, "\"output\":null");
    ASSERT_TRUE(d.jobs->work_one());
    d.expect(d.ask(kStarter, "access.job", id), 200, "\"output\":{\"rows\":1");
    d.expect(d.ask(kReader, "access.job", id), 200, "\"state\":\"done\"");
    EXPECT_EQ(d.ask(kOutsider, "access.job", id).status, 404);
    d.expect(d.ask(kReader, "access.job", JobId{5}), 404, "road.no_such_job");

    d.expect(d.ask(kStarter, "access.job_errors", id), 200, "\"message\":\"甲 is wrong\"");
    d.expect(d.ask(kStarter, "access.job_errors", id), 200, "\"errors_left_out\":3");
    d.expect(d.ask(kReader, "access.job_errors", id), 403, "access.not_your_job");
    const auto quiet = d.start(R"({"quiet":true})");
    d.expect(d.ask(kStarter, "access.job_errors", quiet), 200, "\"errors\":[]");
    ASSERT_TRUE(d.jobs->work_one());
    d.expect(d.ask(kStarter, "access.job_errors", quiet), 200, "\"errors\":[]");
}

TEST_P(JobsApi, lists_page_by_page_what_the_caller_may_see) {
    Desk d(GetParam());
    const auto first = d.start();
    const auto second = d.start();
    const auto own = d.ask(kStarter, "access.jobs", {}, {{"limit", "1"}});
    d.expect(own, 200, std::to_string(second.number));
    const auto next = *api::parse_json(own.body)->at("/next")->if_text();
    d.expect(d.ask(kStarter, "access.jobs", {}, {{"limit", "1"}, {"after", next}}), 200,
             std::to_string(first.number));
    d.expect(d.ask(kReader, "access.jobs", {}), 200, std::to_string(first.number));
    d.expect(d.ask(kOutsider, "access.jobs", {}), 200, "\"items\":[]");
}

TEST_P(JobsApi, cancelled_by_whoever_sees_it_and_only_once) {
    Desk d(GetParam());
    const auto first = d.start();
    const auto second = d.start();
    EXPECT_EQ(d.ask(kOutsider, "access.cancel_job", first).status, 404);
    EXPECT_EQ(d.ask(kStarter, "access.cancel_job", first).status, 204);
    EXPECT_EQ(d.ask(kReader, "access.cancel_job", second).status, 204);
    d.expect(d.ask(kStarter, "access.job", first), 200, "\"state\":\"cancelled\"");
    EXPECT_EQ(d.ask(kStarter, "access.cancel_job", first).status, 404);
    EXPECT_FALSE(d.jobs->work_one());
}

}  // namespace
}  // namespace fenming::access

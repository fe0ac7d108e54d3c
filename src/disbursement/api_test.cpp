// The routes of paying, asked as the server asks them.

#include "disbursement/api.h"

#include "access/visit.h"
#include "api/json.h"
#include "api/router.h"
#include "disbursement/jobs.h"
#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(DisbursementApi);

using Texts = std::vector<api::NamedText>;

/// One request to the route of that id.
api::Reply ask(Town& town, std::int64_t staff, std::string_view id, Texts path, Texts query,
               const std::string& body = "") {
    access::Door door(town.w.road(), access::Settings{});
    access::Visit visit{door, town.w.as(staff), "", "10.0.0.7"};
    road::Jobs jobs(town.w.road(), job_kinds());
    for (const auto& route : routes(town.w.road(), jobs)) {
        if (route.id != id) continue;
        api::Request request;
        request.method = route.method;
        request.path_values = std::move(path);
        request.query = std::move(query);
        request.content_type = route.body_type;
        request.idempotency_key = "k" + std::to_string(town.w.ids->next(0));
        request.body = bytes_of(body);
        request.context = api::Context(visit);
        return route.handler(request);
    }
    ADD_FAILURE() << "no route " << id;
    return {};
}
bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}
void expect(const api::Reply& reply, int status, std::initializer_list<const char*> parts) {
    EXPECT_EQ(reply.status, status) << reply.body;
    for (const auto* part : parts)
        EXPECT_TRUE(holds(reply.body, part)) << part << " in " << reply.body;
}

TEST(DisbursementRoutes, are_sound_and_say_who_may) {
    Town town("sqlite");
    road::Jobs jobs(town.w.road(), job_kinds());
    const api::Router router(routes(town.w.road(), jobs));  // an ill-made route would be a Bug
    EXPECT_EQ(router.routes().size(), 30U);
    for (const auto& route : router.routes()) {
        EXPECT_FALSE(route.permission.empty() || route.summary.empty()) << route.id;
        EXPECT_TRUE(route.id.starts_with("disbursement.")) << route.id;
        EXPECT_TRUE(route.permission.starts_with("disbursement.")) << route.id;
    }
}

TEST_P(DisbursementApi, a_batch_from_its_roster_to_its_answer) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    const Texts roster = {{"area", "990101001000"},
                          {"programme", "rural-dibao"},
                          {"period", "2026-11"},
                          {"register", "true"}};
    const auto imported =
        ask(town, kMaker, "disbursement.import_roster", {}, roster, town.roster(3, 10'000));
    expect(imported, 202, {"\"job\":"});
    ASSERT_EQ(imported.headers.size(), 1U);
    EXPECT_TRUE(imported.headers[0].text.starts_with("/api/v1/jobs/")) << imported.headers[0].text;
    road::Jobs jobs(town.w.road(), job_kinds());
    ASSERT_TRUE(jobs.work_one());
    const auto job = jobs.list(town.w.as(kMaker), {INT64_MAX}, 1)->front();
    EXPECT_EQ(job.state, "done");
    for (const auto* part : {"\"accepted\":3", "\"total_fen\":30000", "\"errors\":[]"})
        EXPECT_TRUE(holds(job.output, part)) << job.output;
    const auto all = batches(town.w.road(), town.w.caller, {}, "", "", BatchId{INT64_MAX}, 1);
    ASSERT_TRUE(all);
    const auto batch = all->front().id;
    const auto name = std::to_string(batch.number);
    expect(ask(town, kMaker, "disbursement.check_batch", {}, {},
               R"({"batch":")" + name + R"(","seen_version":0})"),
           200, {"\"state\":\"checked\"", "\"legal\":0"});
    town.to_sent(batch);

    expect(ask(town, kMaker, "disbursement.show_batch", {{"batch", name}}, {}), 200,
           {"\"state\":\"sent\"", "\"legal\":[\"bank return\"", "\"amount_fen\":30000"});
    expect(ask(town, kMaker, "disbursement.show_batch", {{"batch", "5"}}, {}), 404,
           {"disbursement.batch_not_found"});
    const auto file = ask(town, kRelease, "disbursement.download_bank_file", {{"batch", name}}, {});
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.content_type, "application/octet-stream");
    EXPECT_FALSE(file.body.empty());
    ASSERT_EQ(file.headers.size(), 1U);
    EXPECT_TRUE(file.headers[0].text.starts_with("attachment; filename=\"" + name))
        << file.headers[0].text;

    // One is paid, one differs in its amount, one line cannot be read.
    const auto rows = town.rows(batch);
    const auto text = town.closed(town.line(1, rows[0], "100.00", "0000") +
                                  town.line(2, rows[1], "99.00", "0000") + "no line\r\n");
    // Cut short behind any of its lines, nothing of it is booked.
    for (auto end = text.find('\n') + 1; end < text.size(); end = text.find('\n', end) + 1)
        expect(ask(town, kAnswer, "disbursement.import_answer", {}, {}, text.substr(0, end)), 422,
               {"sheet.trailer_missing"});
    EXPECT_EQ(town.show(batch).states.size(), 1U);
    const auto answered = ask(town, kAnswer, "disbursement.import_answer", {}, {}, text);
    expect(answered, 200, {"\"rows\":3", "\"state\":\"sent\"", "\"message\":", "\"mend\":"});
    expect(ask(town, kAnswer, "disbursement.import_answer", {}, {},
               "1|X|6222|甲|1.00|0000|回\r\nT|1|1.00\r\n"),
           422, {"disbursement.answer_of_no_batch"});
    expect(ask(town, kAnswer, "disbursement.import_answer", {}, {{"layout", "none"}}, text), 422,
           {"disbursement.no_such_layout"});
}

TEST_P(DisbursementApi, lists_page_by_page) {
    Town town(GetParam());
    town.fund(Money::fen(25'000));
    const auto first = town.import(3, 10'000).batch;
    const auto second = town.import(town.roster(2, 5'000), town.options()).batch;
    town.give(kMaker, CheckBatch{first, 0});
    const auto aside = lines(town.w.road(), town.w.caller, first, 0, "", 1)->front().id;
    town.give(kMaker, SetAside{first, {aside}, town.today()});
    const auto name = std::to_string(first.number);

    const auto page = ask(town, kMaker, "disbursement.list_batches", {}, {{"limit", "1"}});
    expect(page, 200, {std::to_string(second.number).c_str()});
    const auto parsed = api::parse_json(page.body);
    ASSERT_TRUE(parsed);
    const auto* next = parsed->at("/next");
    ASSERT_TRUE(next != nullptr && next->if_text() != nullptr) << page.body;
    expect(ask(town, kMaker, "disbursement.list_batches", {},
               {{"limit", "1"}, {"after", std::string(*next->if_text())}}),
           200, {name.c_str(), "\"next\":null"});
    expect(ask(town, kMaker, "disbursement.list_batches", {}, {{"state", "checked"}}), 200,
           {name.c_str()});
    // A state that is none is told, not answered with an empty list.
    expect(ask(town, kMaker, "disbursement.list_batches", {}, {{"state", "nonsense"}}), 422,
           {"api.unknown_choice", "vouchered"});
    expect(ask(town, kMaker, "disbursement.list_lines", {}, {{"batch", name}, {"state", "lost"}}),
           422, {"api.unknown_choice", "set_aside"});
    EXPECT_FALSE(holds(
        ask(town, kMaker, "disbursement.list_batches", {}, {{"programme", "other"}}).body, name));
    expect(ask(town, kMaker, "disbursement.list_lines", {}, {{"batch", name}, {"state", "ready"}}),
           200, {"\"ordinal\":2", "\"ordinal\":3"});
    expect(ask(town, kMaker, "disbursement.list_findings", {}, {{"batch", name}}), 200,
           {"\"code\":\"no_money\"", "\"left_fen\":25000", "\"asked_fen\":30000"});
    expect(ask(town, kMaker, "disbursement.list_findings", {}, {{"batch", "5"}}), 200,
           {"\"next\":null"});
    expect(ask(town, kMaker, "disbursement.list_set_aside", {}, {}), 200,
           {"\"code\":\"by_hand\"", "\"state\":\"open\""});
    expect(ask(town, kMaker, "disbursement.list_lines", {}, {}), 422, {});
}

TEST_P(DisbursementApi, exceptions_are_listed_and_settled_once) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    const auto name = std::to_string(batch.number);
    expect(ask(town, kRelease, "disbursement.download_bank_file", {{"batch", name}}, {}), 404,
           {"disbursement.file_not_made"});
    town.to_sent(batch);
    auto rows = town.rows(batch);
    auto nobody = rows[0];
    nobody.reference = "UNKNOWN";
    const auto text = town.line(1, rows[0], "100.00", "0000") +
                      town.line(2, rows[1], "100.00", "0000") +
                      town.line(3, nobody, "100.00", "0000");
    ASSERT_TRUE(import_answer(town.w.road(), town.w.as(kAnswer), town.closed(text), {}));
    expect(ask(town, kMaker, "disbursement.list_exceptions", {}, {{"batch", name}}), 200,
           {"\"kind\":\"unmatched\"", "\"answered_fen\":10000", "\"state\":\"open\""});
    EXPECT_EQ(town.try_it(kRelease, CloseBatch{batch}), "still_open");
    const auto id = exceptions(town.w.road(), town.w.caller, batch, {}, 1)->front().id;
    EXPECT_EQ(town.try_it(kAnswer, SettleException{ExceptionId{5}, Settlement::explained}),
              "exception_not_found");
    town.give(kAnswer, SettleException{id, Settlement::explained});
    EXPECT_EQ(town.try_it(kAnswer, SettleException{id, Settlement::recovered}),
              "exception_settled");
    expect(ask(town, kMaker, "disbursement.list_exceptions", {}, {}), 200,
           {"\"state\":\"explained\""});
    town.give(kRelease, CloseBatch{batch});
    town.expect_whole();
}

}  // namespace
}  // namespace fenming::disbursement

// The routes of workflow, asked as the server asks them.

#include "workflow/api.h"

#include "access/visit.h"
#include "test/support/world.h"
#include "workflow/invariants.h"

namespace fenming::workflow {
namespace {

using test::World;

struct Asked {
    int status = 0;
    std::string body;
};

Asked ask(World& w, std::string_view id, std::vector<api::NamedText> path,
          std::vector<api::NamedText> query, std::string body = "") {
    access::Door door(w.road(), access::Settings{});
    access::Visit visit{door, w.caller, "", "10.0.0.7"};
    for (const auto& route : routes(w.road())) {
        if (route.id != id) continue;
        api::Request request;
        request.method = route.method;
        request.path_values = std::move(path);
        request.query = std::move(query);
        request.content_type = "application/json";
        request.idempotency_key = "k" + std::to_string(w.ids->next(0));
        request.body = bytes_of(body);
        request.context = api::Context(visit);
        const auto reply = route.handler(request);
        return {reply.status, reply.body};
    }
    return {};
}

FENMING_ON_BOTH(WorkflowApiTest);

TEST_P(WorkflowApiTest, deputies_and_inbox) {
    World w(GetParam());
    w.use(invariants());
    const auto made = ask(w, "workflow.delegate", {}, {},
                          R"({"area":"430408000000","from_staff":"1","to_staff":"2",)"
                          R"("from_day":"2026-11-24","to_day":"2026-11-30","reason":"leave"})");
    EXPECT_EQ(made.status, 200) << made.body;
    const auto list = ask(w, "workflow.list_delegations", {}, {});
    EXPECT_NE(list.body.find("\"to_day\":\"2026-11-30\""), std::string::npos) << list.body;
    const auto ended = ask(w, "workflow.end_delegation", {}, {}, made.body);
    EXPECT_EQ(ended.status, 200) << ended.body;
    const auto inbox = ask(w, "workflow.inbox", {}, {{"permission", "disbursement.review"}});
    EXPECT_EQ(inbox.status, 200) << inbox.body;
    const auto acts = ask(w, "workflow.list_acts", {{"case", "5"}}, {});
    EXPECT_EQ(acts.body, R"({"items":[]})");
    std::vector<api::NamedText> many(17, {"permission", "a.b"});
    EXPECT_EQ(ask(w, "workflow.inbox", {}, many).status, 422);
}

}  // namespace
}  // namespace fenming::workflow

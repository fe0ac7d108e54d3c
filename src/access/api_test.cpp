// Goal: what a browser does: sign in, look at oneself, give orders, read lists page by page.
// Method: requests to the routes' handlers, as the server would hand them over.

#include "access/api.h"

#include <algorithm>
#include <set>

#include "access/bureau_for_test.h"
#include "api/json.h"

namespace fenming::access::test {

FENMING_ON_BOTH(Api);

/// A browser with its cookie, and the server's work around a handler.
struct Browser {
    Bureau& bureau;
    std::vector<api::Route> all = routes(bureau.road());
    std::string token = {};
    int keys = 0;

    struct Answer {
        int status;
        api::Value body;
        std::string text(std::string_view pointer) const {
            const auto* value = body.at(pointer);
            const auto* text = value != nullptr ? value->if_text() : nullptr;
            return text != nullptr ? *text : "(no text)";
        }
    };

    Answer ask(api::Method method, const std::string& path, const std::string& body = "",
               const std::vector<api::NamedText>& query = {}, const char* channel = "web") {
        const auto route = std::ranges::find_if(all, [&](const api::Route& each) {
            return each.method == method && each.path == path;
        });
        if (route == all.end()) throw std::runtime_error("no route " + path);
        road::Caller caller{{}, {}, channel, "", {}};
        if (!token.empty()) {
            const auto known = bureau.door->caller_of(token);
            if (!known) return answer(api::problem(known.error(), Language::en));
            caller = *known;
        }
        Visit visit{*bureau.door, caller, token, "10.0.0.7"};
        api::Request request;
        request.method = method;
        request.path = path;
        request.query = query;
        request.content_type = "application/json";
        request.idempotency_key = "key-" + std::to_string(++keys);
        request.body = bytes_of(body);
        request.context = api::Context(visit);
        const auto reply = route->handler(request);
        if (visit.begun) token = visit.begun->token.reveal();
        if (visit.is_over) token.clear();
        return answer(reply);
    }
    Answer get(const std::string& path, const std::vector<api::NamedText>& query = {}) {
        return ask(api::Method::get, path, "", query);
    }
    Answer post(const std::string& path, const std::string& body,
                const std::vector<api::NamedText>& query = {}) {
        return ask(api::Method::post, path, body, query);
    }
    Answer sign_in(const std::string& login, const std::string& password) {
        token.clear();
        return post("/api/v1/session",
                    R"({"login":")" + login + R"(","password":")" + password + R"("})");
    }
    /// What a page does: it is refused, gives a second factor for just that order, and goes on.
    Answer post_with_factor(const std::string& path, const std::string& body) {
        const auto no = post(path, body);
        EXPECT_EQ(no.status, 401) << path;
        EXPECT_EQ(no.text("/code"), "access.step_up_needed");
        EXPECT_EQ(post("/api/v1/session/step-up", R"({"password":")" + kOwnPassword +
                                                      R"(","order_digest":")" +
                                                      no.text("/order_digest") + R"("})")
                      .status,
                  200);
        return post(path, body);
    }
    static Answer answer(const api::Reply& reply) {
        return {reply.status,
                reply.body.empty() ? api::Value() : must(api::parse_json(reply.body))};
    }
};

TEST_P(Api, ADayOfTheAdministrators) {
    Bureau bureau(GetParam());
    bureau.found();
    Browser browser{bureau};
    EXPECT_EQ(browser.sign_in("anna", "falsch").status, 401);
    EXPECT_EQ(browser.post("/api/v1/session", R"({"login":"anna"})").status, 422);
    ASSERT_EQ(browser.sign_in("anna", kOwnPassword).status, 200);
    const auto me = browser.get("/api/v1/me");
    EXPECT_EQ(me.text("/name"), "安娜");
    EXPECT_EQ(me.text("/roles/0/role"), "admin-account");
    EXPECT_EQ(me.text("/permissions/0"), "access.account.lock");

    const auto office = browser.post(
        "/api/v1/access/offices", R"({"offices":[{"code":"c1","name_zh":"县局","name_en":"County",)"
                                  R"("kind":"county_bureau","area":"430408000000"}]})");
    ASSERT_EQ(office.status, 200);
    const auto account = [&](const std::string& login) {
        return R"({"account":{"login":")" + login + R"(","name":"某)" + login +
               R"(","office_id":")" + office.text("/offices/0") + R"("},"password":")" +
               kFirstPassword + R"("})";
    };
    const std::string two = R"({"accounts":[)" + account("cora") + "," + account("dora") + "]}";
    EXPECT_EQ(browser.post("/api/v1/access/accounts", two, {{"dry_run", "true"}}).status, 200);
    const auto proposed = browser.post("/api/v1/access/accounts", two);
    ASSERT_EQ(proposed.status, 200);
    std::string many = account("x0");
    for (int i = 1; i <= 50; ++i) many += "," + account("x" + std::to_string(i));
    EXPECT_EQ(
        browser.post("/api/v1/access/accounts", R"({"accounts":[)" + many + "]}").text("/code"),
        "access.how_many");
    EXPECT_EQ(browser.post("/api/v1/access/accounts", R"({"accounts":[)" + account("a b") + "]}")
                  .text("/code"),
              "access.login_shape");

    ASSERT_EQ(browser.sign_in("bert", kOwnPassword).status, 200);
    const std::string requests = R"({"requests":[")" + proposed.text("/requests/0") + R"(",")" +
                                 proposed.text("/requests/1") + R"("]})";
    EXPECT_EQ(browser.post("/api/v1/access/accounts", two).status, 403);
    EXPECT_EQ(
        browser.get("/api/v1/access/requests", {{"state", "proposed"}}).text("/items/1/login"),
        "cora");
    EXPECT_EQ(browser.post_with_factor("/api/v1/access/accounts/confirm", requests).status, 200);
    EXPECT_EQ(browser
                  .post("/api/v1/session/step-up",
                        R"({"password":")" + kOwnPassword + R"(","order_digest":"abc"})")
                  .text("/code"),
              "access.no_digest");
    const auto granted = browser.post_with_factor(
        "/api/v1/access/grants", R"({"grants":[{"account_id":")" + proposed.text("/accounts/0") +
                                     R"(","role":"county","area":"430408"}]})");
    ASSERT_EQ(granted.status, 200);

    ASSERT_EQ(browser.sign_in("anna", kOwnPassword).status, 200);
    EXPECT_EQ(browser
                  .post_with_factor("/api/v1/access/grants/confirm",
                                    R"({"grants":[")" + granted.text("/grants/0") + R"("]})")
                  .status,
              200);
    EXPECT_EQ(browser.get("/api/v1/access/grants", {{"account_id", proposed.text("/accounts/0")}})
                  .text("/items/0/state"),
              "confirmed");
    const auto reset =
        browser.post("/api/v1/access/resets", R"({"account_id":")" + proposed.text("/accounts/1") +
                                                  R"(","ends_factors":true,"password":")" +
                                                  kFirstPassword + R"("})");
    EXPECT_EQ(reset.status, 200);
    EXPECT_EQ(browser.get("/api/v1/access/roles").text("/roles/0/name_en"), "Town desk");
    EXPECT_EQ(browser.get("/api/v1/access/offices").text("/items/1/code"), "c1");
    bureau.world.expect_trail_whole();
}

TEST_P(Api, EveryRouteSaysWhoMayUseIt) {
    Bureau bureau(GetParam());
    std::set<std::string> ids;
    for (const auto& route : routes(bureau.road())) {
        EXPECT_TRUE(ids.insert(route.id).second) << route.id;
        EXPECT_NE(route.permission.empty(), route.public_because.empty()) << route.id;
        if (!route.permission.empty()) {
            EXPECT_NE(find_permission(route.permission), nullptr) << route.id;
        }
        EXPECT_FALSE(route.summary.empty()) << route.id;
    }
    EXPECT_EQ(ids.size(), 25U);
}

TEST_P(Api, OnesOwnAccount) {
    Bureau bureau(GetParam());
    bureau.found();
    Browser browser{bureau};
    ASSERT_EQ(browser.sign_in("anna", kOwnPassword).status, 200);
    const auto enrolled = browser.post("/api/v1/me/totp", "");
    EXPECT_EQ(enrolled.text("/uri").substr(0, 15), "otpauth://totp/");
    EXPECT_EQ(browser
                  .post("/api/v1/me/totp/confirm", R"({"authenticator_id":")" +
                                                       enrolled.text("/authenticator_id") +
                                                       R"(","code":"12"})")
                  .text("/code"),
              "access.second_factor_wrong");
    EXPECT_EQ(browser.post("/api/v1/me/password", R"({"old_password":"a","new_password":"b"})")
                  .text("/code"),
              "access.password_wrong");
    EXPECT_EQ(browser
                  .post("/api/v1/me/password", R"({"old_password":")" + kOwnPassword +
                                                   R"(","new_password":"Viertes-Wort-4"})")
                  .status,
              200);
    EXPECT_TRUE(browser.token.empty());
    EXPECT_EQ(browser.get("/api/v1/me").status, 401);
    ASSERT_EQ(browser.sign_in("anna", "Viertes-Wort-4").status, 200);
    const auto token = browser.token;
    EXPECT_EQ(browser.ask(api::Method::del, "/api/v1/session").status, 204);
    EXPECT_TRUE(browser.token.empty());
    browser.token = token;
    EXPECT_EQ(browser.get("/api/v1/me").status, 401);
    // A program gets its token in the body.
    browser.token.clear();
    const auto in = browser.ask(api::Method::post, "/api/v1/session",
                                R"({"login":"anna","password":"Viertes-Wort-4"})", {}, "api");
    EXPECT_EQ(in.text("/token").size(), 64U);
}

TEST_P(Api, ListsGoPageByPage) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto office = bureau.office("c1", kCounty);
    for (const char* login : {"c.1", "c.2", "c.3"}) bureau.account(login, office);
    Browser browser{bureau};
    ASSERT_EQ(browser.sign_in("anna", kOwnPassword).status, 200);
    std::vector<std::string> seen;
    std::vector<api::NamedText> query{{"limit", "2"}};
    for (int page = 0; page < 4; ++page) {
        const auto answer = browser.get("/api/v1/access/accounts", query);
        ASSERT_EQ(answer.status, 200);
        for (const auto& item : *answer.body.at("/items")->if_array())
            seen.push_back(*item.at("/login")->if_text());
        if (answer.body.at("/next")->is_null()) break;
        query = {{"limit", "2"}, {"after", answer.text("/next")}};
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"anna", "bert", "c.1", "c.2", "c.3"}));
    EXPECT_EQ(browser.get("/api/v1/access/grants", query).text("/code"), "api.bad_cursor");
    for (const auto* list : {"requests", "grants"})
        EXPECT_EQ(browser.get(std::string("/api/v1/access/") + list, {{"state", "nonsense"}})
                      .text("/code"),
                  "api.unknown_choice");
}

}  // namespace fenming::access::test

// Routes and the way to them.

#include "api/router.h"

#include <gtest/gtest.h>

#include <random>

#include "api/sample_for_test.h"

namespace fenming::api {
namespace {

using sample::verdict;

Route route(Method method, std::string path, std::string id) {
    return {.method = method,
            .path = std::move(path),
            .id = std::move(id),
            .summary = "Does it.",
            .permission = "test.act",
            .handler = [](Request&) { return Reply(); }};
}

Router sample_router() {
    return Router({
        // clang-format off
        route(Method::get,   "/api/v1/batches",                      "test.list"),
        route(Method::post,  "/api/v1/batches",                      "test.create"),
        route(Method::get,   "/api/v1/batches/{batch}",              "test.read"),
        route(Method::del,   "/api/v1/batches/{batch}",              "test.remove"),
        route(Method::post,  "/api/v1/batches/{batch}/review",       "test.review"),
        route(Method::get,   "/api/v1/batches/{id}/lines/{line}",    "test.line"),
        route(Method::get,   "/api/v1/batches/new",                  "test.form"),
        route(Method::get,   "/api/openapi.json",                    "test.openapi"),
        // clang-format on
    });
}

/// The id of the route with its path values, or the refusal.
std::string found(const Router& router, Method method, std::string_view path) {
    const auto match = router.match(method, path);
    if (!match) return verdict(match);
    std::string out = match->route->id;
    for (const NamedText& each : match->path_values) out += " " + each.name + "=" + each.text;
    return out;
}

/// Goal: every way a path can be answered. Method: one row per case.
TEST(Router, Finds) {
    const Router router = sample_router();
    struct Row {
        Method method;
        std::string_view path;
        std::string_view found;
    };
    const Row rows[] = {
        // clang-format off
        {Method::get,   "/api/v1/batches",                  "test.list"},
        {Method::post,  "/api/v1/batches",                  "test.create"},
        {Method::get,   "/api/v1/batches/17",               "test.read batch=17"},
        {Method::del,   "/api/v1/batches/17",               "test.remove batch=17"},
        {Method::post,  "/api/v1/batches/17/review",        "test.review batch=17"},
        {Method::get,   "/api/v1/batches/17/lines/3",       "test.line id=17 line=3"},
        {Method::get,   "/api/v1/batches/new",              "test.form"},
        {Method::get,   "/api/openapi.json",                "test.openapi"},
        // decoding
        {Method::get,   "/api/v1/batches/%E5%88%86%20x",    "test.read batch=分 x"},
        {Method::get,   "/api/v1/%62atches/a+b",            "test.read batch=a+b"},
        // a spelled segment wins, without a way back
        {Method::get,   "/api/v1/batches/new/lines/3",      "api.no_such_path"},
        // not there
        {Method::get,   "/",                                "api.no_such_path"},
        {Method::get,   "/api/v1",                          "api.no_such_path"},
        {Method::get,   "/api/v1/batches/",                 "api.no_such_path"},
        {Method::get,   "/api//v1/batches",                 "api.no_such_path"},
        {Method::get,   "/API/v1/batches",                  "api.no_such_path"},
        {Method::get,   "/api/v1/batches/17/review/more",   "api.no_such_path"},
        {Method::get,   "/api/v1/batches//lines/3",         "api.no_such_path"},
        // there, for others
        {Method::put,   "/api/v1/batches",                  "api.method_not_allowed"},
        {Method::get,   "/api/v1/batches/17/review",        "api.method_not_allowed"},
        // malformed
        {Method::get,   "/api/v1/batches/%",                "api.bad_percent"},
        {Method::get,   "/api/v1/batches/%4",               "api.bad_percent"},
        {Method::get,   "/api/v1/batches/%zz",              "api.bad_percent"},
        {Method::get,   "/api/v1/batches/%FF",              "api.bad_percent"},
        {Method::get,   "/api/v1/batches/%C0%AF",           "api.bad_percent"},
        {Method::get,   "/api/v1/batches/a%2Fb",            "api.bad_path"},
        {Method::get,   "/api/v1/batches/a%5Cb",            "api.bad_path"},
        {Method::get,   "/api/v1/batches/a%00b",            "api.bad_path"},
        {Method::get,   "/api/v1/batches/a%0Ab",            "api.bad_path"},
        {Method::get,   "/api/v1/batches/..",               "api.bad_path"},
        {Method::get,   "/api/v1/batches/%2e%2E",           "api.bad_path"},
        {Method::get,   "/api/v1/./batches",                "api.bad_path"},
        {Method::get,   "",                                 "api.bad_path"},
        {Method::get,   "api/v1/batches",                   "api.bad_path"},
        // clang-format on
    };
    for (const Row& row : rows)
        EXPECT_EQ(found(router, row.method, row.path), row.found) << row.path;
    EXPECT_EQ(found(router, Method::get, "/" + std::string(2048, 'a')), "api.path_too_long");
}

TEST(Router, NamesTheMethodsThatAre) {
    const auto refused = sample_router().match(Method::patch, "/api/v1/batches/17");
    ASSERT_FALSE(refused);
    EXPECT_EQ(say(refused.error(), Language::en).mend, "Use one of: GET, DELETE");
}

/// Goal: an ill-made route never serves. Method: a sound one with one thing changed.
TEST(Router, RefusesToStandWithIllMadeRoutes) {
    struct Row {
        std::string_view what;
        void (*change)(Route&);
        bool is_sound;
    };
    const Row rows[] = {
        // clang-format off
        {"nothing",                 [](Route&) {},                                         true},
        {"public with a reason",    [](Route& r) { r.permission = ""; r.public_because = "sign-in"; }, true},
        {"POST that reads",         [](Route& r) { r.is_read = true; },                    true},
        {"no permission",           [](Route& r) { r.permission = ""; },                   false},
        {"permission and public",   [](Route& r) { r.public_because = "why not"; },        false},
        {"bare permission",         [](Route& r) { r.permission = "review"; },             false},
        {"no handler",              [](Route& r) { r.handler = nullptr; },                 false},
        {"no summary",              [](Route& r) { r.summary = ""; },                      false},
        {"id without a folder",     [](Route& r) { r.id = "review"; },                     false},
        {"no slash",                [](Route& r) { r.path = "a"; },                        false},
        {"only a slash",            [](Route& r) { r.path = "/"; },                        false},
        {"slash at the end",        [](Route& r) { r.path = "/a/"; },                      false},
        {"capital letter",          [](Route& r) { r.path = "/A"; },                       false},
        {"half a brace",            [](Route& r) { r.path = "/{a"; },                      false},
        {"empty braces",            [](Route& r) { r.path = "/{}"; },                      false},
        {"name twice",              [](Route& r) { r.path = "/{a}/{a}"; },                 false},
        {"GET with a body",         [](Route& r) { r.method = Method::get; r.body = &schema_of<sample::Line>; }, false},
        {"GET with step-up",        [](Route& r) { r.method = Method::get; r.step_up = true; }, false},
        {"PUT that reads",          [](Route& r) { r.method = Method::put; r.is_read = true; }, false},
        // clang-format on
    };
    for (const Row& row : rows) {
        Route changed = route(Method::post, "/a/{b}", "test.act");
        row.change(changed);
        if (row.is_sound) {
            EXPECT_NO_THROW(Router({changed})) << row.what;
        } else {
            EXPECT_THROW(Router({changed}), Bug) << row.what;
        }
    }
    EXPECT_THROW(Router({route(Method::get, "/a/{x}", "test.a"),  //
                         route(Method::get, "/a/{y}", "test.b")}),
                 Bug);
    EXPECT_THROW(Router({route(Method::get, "/a", "test.a"), route(Method::get, "/b", "test.a")}),
                 Bug);
}

TEST(Router, KnowsItsMethods) {
    EXPECT_EQ(parse_method("DELETE"), Method::del);
    EXPECT_EQ(parse_method("get"), std::nullopt);
    EXPECT_EQ(parse_method("HEAD"), std::nullopt);
    EXPECT_TRUE(mutates(route(Method::post, "/a", "test.a")));
    EXPECT_FALSE(mutates(route(Method::get, "/a", "test.a")));
    EXPECT_EQ(path_names("/a/{b}/c/{d_e}"), (std::vector<std::string>{"b", "d_e"}));
}

TEST(Url, ReadsQueries) {
    struct Row {
        std::string_view query;
        std::string_view read;  // name=text, joined by |
    };
    const Row rows[] = {
        // clang-format off
        {"",                        ""},
        {"a=1&b=2",                 "a=1|b=2"},
        {"a=1&a=2",                 "a=1|a=2"},
        {"a",                       "a="},
        {"a=",                      "a="},
        {"=1",                      "=1"},
        {"a=b=c",                   "a=b=c"},
        {"&&a=1&",                  "a=1"},
        {"q=%E4%BD%8E+%2B%26",      "q=低 +&"},
        {"%61%3D=1",                "a==1"},
        {"a=%",                     "api.bad_percent"},
        {"a=%G0",                   "api.bad_percent"},
        {"%FF=1",                   "api.bad_percent"},
        {"a=%00",                   "api.bad_percent"},
        // clang-format on
    };
    for (const Row& row : rows) {
        const auto query = parse_query(row.query);
        std::string read = query ? "" : verdict(query);
        if (query)
            for (const NamedText& each : *query)
                read += (read.empty() ? "" : "|") + each.name + "=" + each.text;
        EXPECT_EQ(read, row.read) << row.query;
    }
    std::string many;
    for (std::size_t i = 0; i < kMaxQueryValues; ++i) many += "a=1&";
    EXPECT_EQ(verdict(parse_query(many)), "accepted");
    EXPECT_EQ(verdict(parse_query(many + "a=1")), "api.query_too_many");
}

/// Goal: no path crashes the router, and none reaches a route by another spelling than its own.
TEST(Router, SurvivesMutation) {
    const Router router = sample_router();
    std::mt19937 random(7);
    const std::string_view spice = "/%.{}25eEfF\\+ab17\xE5\x88\x86";
    int matched = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string path = "/api/v1/batches/17/lines/3";
        for (std::size_t edits = 1 + random() % 3; edits > 0; --edits) {
            const std::size_t at = random() % path.size();
            if (random() % 2 == 0) {
                path[at] = spice[random() % spice.size()];
            } else {
                path.insert(at, 1, static_cast<char>(random()));
            }
        }
        const auto match = router.match(Method::get, path);
        if (!match) continue;
        ++matched;
        std::string again = match->route->path;
        for (const NamedText& each : match->path_values)
            again.replace(again.find("{" + each.name + "}"), each.name.size() + 2,
                          percent_encode(each.text));
        const auto second = router.match(Method::get, again);
        ASSERT_TRUE(second) << path << " → " << again;
        EXPECT_EQ(second->path_values, match->path_values);
    }
    EXPECT_GT(matched, 1'000);
}

}  // namespace
}  // namespace fenming::api

// Replies, problems, and the language they are in.

#include "api/reply.h"

#include <gtest/gtest.h>

#include "api/json.h"
#include "api/page.h"
#include "api/router.h"
#include "api/sample_for_test.h"

namespace fenming::api {
namespace {

using sample::Line;

std::string header(const Reply& reply, std::string_view name) {
    for (const NamedText& each : reply.headers)
        if (each.name == name) return each.text;
    return "";
}

TEST(Problem, TellsARefusalWhole) {
    const Reply reply = problem(refusal(kNumberOutOfRange)
                                    .with("left_fen", 10'000)
                                    .with("least", 1)
                                    .with("greatest", 5)
                                    .personal("text", "9")
                                    .at("发放表", 12, "金额"),
                                Language::en);
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.content_type, "application/problem+json");
    EXPECT_EQ(header(reply, "Content-Language"), "en");
    EXPECT_EQ(to_indented_json(*parse_json(reply.body)), R"({
  "type": "/docs/refusals#api.number_out_of_range",
  "title": "Not acceptable content",
  "status": 422,
  "code": "api.number_out_of_range",
  "detail": "Sheet \"发放表\", row 12, column \"金额\": The number 9 is not between 1 and 5",
  "mend": "Write a whole number from 1 to 5",
  "at": {
    "sheet": "发放表",
    "row": 12,
    "column": "金额"
  },
  "left_fen": 10000,
  "least": 1,
  "greatest": 5,
  "text": "9"
})");
}

TEST(Problem, SpeaksChinese) {
    const Reply reply = problem(refusal(kNotAYesNo).at("", 0, "/is_urgent"), Language::zh_cn);
    const Value body = *parse_json(reply.body);
    EXPECT_EQ(*body.at("/title"), "内容不合要求");
    EXPECT_EQ(*body.at("/mend"), "请写 true（是）或 false（否），不加引号");
    EXPECT_EQ(to_json(*body.at("/at")), R"({"column":"/is_urgent"})");
    EXPECT_EQ(header(reply, "Content-Language"), "zh-CN");
}

TEST(Problem, KeepsItsOwnMembers) {
    const Reply reply = problem(refusal(kNotAYesNo)
                                    .with("status", "draft")
                                    .with("code", 7)
                                    .with("at", "here")
                                    .with("id", kMaxFen + 1)
                                    .with("small", kMaxFen),
                                Language::en);
    const Value body = *parse_json(reply.body);
    EXPECT_EQ(*body.at("/status"), 422);
    EXPECT_EQ(*body.at("/status_value"), "draft");
    EXPECT_EQ(*body.at("/code_value"), 7);
    EXPECT_EQ(body.at("/at"), nullptr);
    EXPECT_EQ(*body.at("/at_value"), "here");
    EXPECT_EQ(*body.at("/id"), "9007199254740992") << "too large for a number of JavaScript";
    EXPECT_EQ(*body.at("/small"), kMaxFen);
}

TEST(Problem, FaultsAndBugsSayNothingOfTheInside) {
    const Reply fault = problem(Fault("disk /var/lib/db is full"), Language::en);
    EXPECT_EQ(fault.status, 503);
    EXPECT_EQ(header(fault, "Retry-After"), "5");
    EXPECT_EQ(fault.body.find("disk /var"), std::string::npos);
    EXPECT_EQ(*parse_json(fault.body)->at("/code"), "api.fault");

    const Reply bug = problem(Bug("debits != credits"), Language::zh_cn, "req-17");
    EXPECT_EQ(bug.status, 500);
    EXPECT_EQ(bug.body.find("debits"), std::string::npos);
    EXPECT_EQ(*parse_json(bug.body)->at("/request"), "req-17");
    EXPECT_NE(bug.body.find("请求号 req-17"), std::string::npos);
}

TEST(Problem, MethodNotAllowedHasAllow) {
    Route route{.method = Method::get,
                .path = "/a",
                .id = "test.a",
                .summary = "A.",
                .permission = "test.a",
                .handler = [](Request&) { return Reply(); }};
    const auto refused = Router({route}).match(Method::put, "/a");
    ASSERT_FALSE(refused);
    EXPECT_EQ(header(problem(refused.error(), Language::en), "Allow"), "GET");
}

/// Goal: every status has its title in both languages, one we never heard of too.
TEST(Problem, EveryStatusHasATitle) {
    for (const int status : {400, 401, 403, 404, 405, 409, 410, 412, 413, 414, 415, 422, 423, 428,
                             429, 500, 503, 418}) {
        // The words are those of an existing code; only the status differs.
        const RefusalKind kind{kBadCursor.code, status};
        for (const Language language : {Language::zh_cn, Language::en}) {
            const Reply reply = problem(Refusal(kind), language);
            EXPECT_EQ(reply.status, status);
            EXPECT_FALSE(parse_json(reply.body)->at("/title")->if_text()->empty());
            EXPECT_EQ(header(reply, "Retry-After"), status == 429 || status == 503 ? "5" : "");
        }
    }
}

TEST(Reply, AnswersResults) {
    Request request;
    request.accept_language = "en";
    const Reply line = answer(request, Result<Line>(Line{{7}, Money::fen(5), {}}), 201);
    EXPECT_EQ(line.status, 201);
    EXPECT_EQ(line.content_type, "application/json");
    EXPECT_EQ(line.body, R"({"person":"7","amount_fen":5,"note":null})");

    const Reply nothing = answer(request, Result<Done>(Done()));
    EXPECT_EQ(nothing.status, 204);
    EXPECT_EQ(nothing.body, "");

    EXPECT_EQ(answer(request, Result<Value>(Array{1})).body, "[1]");

    const Reply refused = answer(request, Result<Line>(refuse(kNotAYesNo)));
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find("Yes or no"), std::string::npos);

    const Reply job = reply_job({9007199254740993});
    EXPECT_EQ(job.status, 202);
    EXPECT_EQ(header(job, "Location"), "/api/v1/jobs/9007199254740993");
    EXPECT_EQ(job.body, R"({"job":"9007199254740993"})");
}

TEST(Negotiate, PicksTheLanguage) {
    struct Row {
        std::string_view header;
        std::string_view tag;
    };
    const Row rows[] = {
        // clang-format off
        {"",                                    "zh-CN"},
        {"zh-CN,zh;q=0.9,en;q=0.8",             "zh-CN"},
        {"en",                                  "en"},
        {"EN-us",                               "en"},
        {"en-GB,zh;q=0.5",                      "en"},
        {"zh;q=0.5, en",                        "en"},
        {"zh;q=0.5,en;q=0.5",                   "zh-CN"},   // the earlier of two equal
        {"en;q=0.5,zh;q=0.5",                   "en"},
        {"en;q=0.501,zh;q=0.5",                 "en"},
        {"zh;q=0.001,en;q=0",                   "zh-CN"},
        {"fr, en;q=0.1",                        "en"},
        {"fr",                                  "zh-CN"},
        {"english",                             "zh-CN"},
        {"*",                                   "zh-CN"},
        {"*;q=0.1, en;q=0.2",                   "en"},
        {"en;q=0",                              "zh-CN"},
        {"en;q=2",                              "zh-CN"},   // malformed weights ask for nothing
        {"en;q=1.001",                          "zh-CN"},
        {"en;q=",                               "zh-CN"},
        {"en;q=0.5555",                         "zh-CN"},
        {"en;q=00.5",                           "zh-CN"},
        {"en ; q=0.5",                          "en"},
        {";;;,,,q",                             "zh-CN"},
        // clang-format on
    };
    for (const Row& row : rows)
        EXPECT_EQ(language_tag(negotiate(row.header)), row.tag) << row.header;
}

}  // namespace
}  // namespace fenming::api

// The routes of documents and openings, asked as the server asks them.

#include "budget/api.h"

#include "access/visit.h"
#include "base/bytes.h"
#include "budget/city_for_test.h"
#include "budget/intake.h"

namespace fenming::budget {
namespace {

using namespace test_city;

struct Asked {
    int status = 0;
    api::Value body;
    [[nodiscard]] std::string text(std::string_view pointer) const {
        const auto* found = body.at(pointer);
        if (found == nullptr) return "(nothing)";
        return found->if_text() != nullptr ? *found->if_text() : api::to_json(*found);
    }
};

/// One request to the route of that id, by one person.
Asked ask(City& city, std::string_view id, std::int64_t staff, const std::string& body,
          std::vector<api::NamedText> path = {}, std::vector<api::NamedText> query = {}) {
    access::Door door(city.road(), access::Settings{});
    access::Visit visit{door, city.as(staff), "", "10.0.0.7"};
    for (const auto& route : routes(city.road())) {
        if (route.id != id) continue;
        api::Request request;
        request.method = route.method;
        request.path_values = std::move(path);
        request.query = std::move(query);
        request.content_type = "application/json";
        request.accept_language = "en";
        request.idempotency_key = "k" + std::to_string(city.ids->next(0));
        request.body = bytes_of(body);
        request.context = api::Context(visit);
        const auto reply = route.handler(request);
        return {reply.status, api::parse_json(reply.body).value_or(api::Value())};
    }
    ADD_FAILURE() << "no route " << id;
    return {};
}

std::string file_body(std::string_view csv, const std::string& more) {
    return R"({"file":")" + to_base64(bytes_of(csv)) + "\"" + more + "}";
}

FENMING_ON_BOTH(BudgetApi);

TEST_P(BudgetApi, a_file_is_imported_shown_and_its_faults_are_told) {
    City city(GetParam());
    const std::string good =
        "文号,年度,接收单位,金额(元),合计\n甲〔2023〕1号,2023,五原县,5,5\n甲〔2023〕2号,2023,"
        "五原县,5,90\n";
    const auto area = R"(,"area":"150800000000")";
    const auto trial =
        ask(city, "budget.import_documents", 1, file_body(good, area), {}, {{"dry_run", "true"}});
    EXPECT_EQ(trial.status, 200);
    EXPECT_TRUE(city.lines().empty());
    const auto done = ask(city, "budget.import_documents", 1, file_body(good, area));
    EXPECT_EQ(done.status, 200) << api::to_json(done.body);
    EXPECT_EQ(done.text("/documents/0/verdict"), "balances");
    EXPECT_EQ(done.text("/documents/1/difference_fen"), "-8500");
    EXPECT_EQ(done.text("/registered/1/state"), "pending");
    EXPECT_EQ(done.body.at("/documents/0/says")->if_text(), nullptr);
    EXPECT_EQ(done.text("/documents/1/says"),
              "Document 甲〔2023〕2号 prints a total of 90.00 yuan; its items sum to 5.00 yuan, "
              "85.00 yuan less: it waits as pending and posts nothing (P18)");
    EXPECT_NE(done.text("/documents/1/mend").find("ask its issuer"), std::string::npos);
    ImportOptions in_chinese;
    in_chinese.area = Area{150800000000};
    in_chinese.dry_run = true;
    const auto more = import_documents(
        city.road(), city.caller,
        "文号,年度,接收单位,金额(元),合计\n甲〔2023〕3号,2023,五原县,95,90\n", in_chinese);
    EXPECT_EQ(*more.value.at("/documents/0/says")->if_text(),
              "文件 甲〔2023〕3号 印的合计是 90.00 元，各行之和是 95.00 元，多出 5.00 "
              "元：只登记为待核，不入账（P18）");
    EXPECT_NE(more.value.at("/documents/0/mend")->if_text()->find("更正文件"), std::string::npos);
    const auto again = ask(city, "budget.import_documents", 1, file_body(good, area));
    EXPECT_EQ(again.status, 422);
    EXPECT_EQ(again.text("/faults/0/code"), "budget.document_registered_before");
    EXPECT_EQ(again.text("/faults/0/row"), "2");
    EXPECT_NE(again.text("/faults/0/detail").find("Row 2"), std::string::npos);

    const auto list = ask(city, "budget.list_documents", 1, "", {},
                          {{"state", "pending"}, {"year", "2023"}, {"area", "150800000000"}});
    EXPECT_EQ(list.status, 200) << api::to_json(list.body);
    const auto id = list.text("/items/0/id");
    const auto detail = ask(city, "budget.read_document", 1, "", {{"id", id}});
    EXPECT_EQ(detail.status, 200);
    EXPECT_EQ(detail.text("/document/number"), "甲〔2023〕2号");
    EXPECT_EQ(detail.text("/items/0/amount_fen"), "500");
    EXPECT_EQ(ask(city, "budget.read_document", 1, "", {{"id", "5"}}).status, 404);

    const auto answer = std::to_string(city.file.number);
    const auto body = R"({"document":")" + id + R"(","answer":")" + answer + "\"}";
    EXPECT_EQ(ask(city, "budget.propose_by_item", 1, body).status, 200);
    const auto word = R"({"document":")" + id + "\"}";
    EXPECT_EQ(ask(city, "budget.confirm_by_item", 1, word).status, 403);
    EXPECT_EQ(ask(city, "budget.confirm_by_item", 2, word).text("/state"), "posted_by_item");
}

TEST_P(BudgetApi, an_opening_is_imported_confirmed_and_signed_off) {
    City city(GetParam());
    const auto more = R"(,"area":"150800000000","as_at":"2023-12-01")";
    const auto bad = ask(city, "budget.import_opening", 1,
                         file_body("文号,年度,总额(元),已支付\n甲〔2023〕1号,2023,5,6\n", more));
    EXPECT_EQ(bad.status, 422);
    EXPECT_EQ(bad.text("/faults/0/code"), "budget.opening_line_sums");
    const auto done = ask(city, "budget.import_opening", 1,
                          file_body("文号,年度,总额(元),已支付\n甲〔2023〕1号,2023,5,3\n", more));
    EXPECT_EQ(done.status, 200) << api::to_json(done.body);
    const auto id = done.text("/opening/opening");
    const auto confirmed =
        ask(city, "budget.confirm_opening", 2, R"({"opening":")" + id + R"(","treasury_fen":200})");
    EXPECT_EQ(confirmed.text("/state"), "confirmed") << api::to_json(confirmed.body);
    EXPECT_EQ(ask(city, "budget.sign_off_opening", 2, R"({"opening":")" + id + "\"}").status, 200);
    const auto list = ask(city, "budget.list_openings", 1, "");
    EXPECT_EQ(list.text("/items/0/state"), "signed_off");
    const auto detail = ask(city, "budget.read_opening", 1, "", {{"id", id}});
    EXPECT_EQ(detail.text("/lines/0/paid_fen"), "300");
    EXPECT_EQ(ask(city, "budget.read_opening", 1, "", {{"id", "5"}}).status, 404);
}

TEST(BudgetRoutes, have_names_of_their_own_and_say_who_may) {
    City city("sqlite");
    std::set<std::string> ids, places;
    for (const auto& route : routes(city.road())) {
        EXPECT_TRUE(ids.insert(route.id).second) << route.id;
        EXPECT_TRUE(places.insert(route.path).second) << route.path;
        EXPECT_FALSE(route.permission.empty() || route.summary.empty()) << route.id;
    }
}

}  // namespace
}  // namespace fenming::budget

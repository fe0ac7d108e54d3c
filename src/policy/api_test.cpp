// The routes of policy, asked as a visitor asks them.

#include "policy/policy.h"
#include "registry/people_test.h"

namespace fenming::policy {
namespace {

using namespace registry::testing_people;
using test::World;

FENMING_ON_BOTH(Routes);

std::string text_at(const api::Reply& reply, std::string_view pointer) {
    const auto value = api::parse_json(reply.body);
    if (!value) return "?";
    const api::Value* found = value->at(pointer);
    if (found == nullptr) return "-";
    if (const std::string* text = found->if_text()) return *text;
    if (const std::int64_t* number = found->if_number()) return std::to_string(*number);
    if (const api::Array* list = found->if_array()) return std::to_string(list->size()) + " rows";
    return found->is_null() ? "null" : "?";
}

TEST_P(Routes, CatalogueDocumentsParameters) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    Asker asker(world, routes(world.road()));
    const std::string city = kCity.text();
    EXPECT_EQ(asker.ask("policy.install_catalogue", R"({"area":")" + city + R"("})").status, 200);
    EXPECT_EQ(text_at(asker.ask("policy.list_programmes"), "/items"), "14 rows");
    EXPECT_EQ(text_at(asker.ask("policy.list_items"), "/items"), "55 rows");
    EXPECT_EQ(text_at(asker.ask("policy.list_bank_codes"), "/items"), "70 rows");
    EXPECT_EQ(text_at(asker.ask("policy.list_subjects"), "/items"), "32 rows");
    const auto pair =
        asker.ask("policy.read_conflicts", "", {{"a", "rural-dibao"}, {"b", "urban-dibao"}});
    EXPECT_EQ(text_at(pair, "/items/0/relation"), "exclusive");

    const auto paper = asker.ask(
        "policy.register_document",
        R"({"area":")" + city +
            R"(","number":"衡民发(2022)12号","title":"通知","level":"city","issuer":"衡阳市民政局",)"
            R"("issued_on":"2022-01-01"})");
    EXPECT_EQ(paper.status, 200) << paper.body;
    const std::string id = text_at(paper, "/document_id");
    EXPECT_EQ(text_at(asker.ask("policy.list_documents"), "/items/0/number"), "衡民发〔2022〕12号");
    const auto set =
        asker.ask("policy.set_parameter",
                  R"({"area":")" + city +
                      R"(","name":"settle.day","value":"25","valid_from":"2026-01-01",)"
                      R"("document_id":")" +
                      id + R"("})");
    EXPECT_EQ(set.status, 200) << set.body;
    const auto value =
        asker.ask("policy.read_parameter", "", {{"name", "settle.day"}, {"area", kVillage.text()}});
    EXPECT_EQ(text_at(value, "/value"), "25");
    EXPECT_EQ(text_at(value, "/area"), city);
    const auto standard =
        asker.ask("policy.read_parameter", "", {{"name", "settle.day"}, {"day", "2025-01-01"}});
    EXPECT_EQ(text_at(standard, "/value"), "20");
    EXPECT_EQ(text_at(standard, "/area"), "null");
    EXPECT_EQ(text_at(asker.ask("policy.read_parameter", "", {{"name", "settle.days"}}), "/code"),
              "policy.unknown_parameter");
    EXPECT_EQ(text_at(asker.ask("policy.list_parameters"), "/items/0/document_id"), id);
    EXPECT_EQ(text_at(asker.ask("policy.list_definitions"), "/items"),
              std::to_string(parameter_definitions().size()) + " rows");
}

}  // namespace
}  // namespace fenming::policy

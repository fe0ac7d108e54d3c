// The register's routes, asked as a visitor asks them.

#include <set>

#include "registry/people_test.h"

namespace fenming::registry {
namespace {

using namespace testing_people;
using test::World;

FENMING_ON_BOTH(Routes);

std::string number_at(const api::Reply& reply, std::string_view pointer) {
    const auto value = api::parse_json(reply.body);
    if (!value) return "?";
    const api::Value* found = value->at(pointer);
    if (found == nullptr) return "-";
    if (const std::string* text = found->if_text()) return *text;
    if (const std::int64_t* number = found->if_number()) return std::to_string(*number);
    if (const api::Array* list = found->if_array()) return std::to_string(list->size()) + " rows";
    return found->is_null() ? "null" : "?";
}

std::string person_json(int n, const std::string& name, const std::string& area) {
    return R"({"area":")" + area + R"(","id_number":")" + id_number(n) + R"(","name":")" + name +
           R"(","account":"6222021234567890128"})";
}

TEST_P(Routes, EveryRouteIsSound) {
    World world(GetParam());
    std::set<std::string> ids;
    std::set<std::string> places;
    for (const api::Route& route : routes(world.road())) {
        EXPECT_TRUE(ids.insert(route.id).second) << route.id;
        EXPECT_TRUE(places.insert(stored(route.method) + route.path).second);
        EXPECT_TRUE(route.permission.starts_with("registry.")) << route.id;
        EXPECT_NE(route.reply, nullptr) << route.id;
        EXPECT_FALSE(route.summary.empty()) << route.id;
    }
    EXPECT_EQ(ids.size(), 24U);
}

TEST_P(Routes, RegisterShowUnmask) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    Asker asker(world, routes(world.road()));
    const std::string village = kVillage.text();
    const std::string body = R"({"area":")" + kCity.text() + R"(","persons":[)" +
                             person_json(1, "张三", village) + "," +
                             person_json(2, "李四", village) + "]}";
    const auto registered = asker.ask("registry.register_persons", body);
    EXPECT_EQ(registered.status, 200) << registered.body;
    EXPECT_EQ(number_at(registered, "/registered"), "2");
    EXPECT_EQ(number_at(asker.ask("registry.register_persons", body), "/already_known"), "2");
    const auto outside = asker.ask("registry.register_persons",
                                   R"({"area":")" + kOtherCounty.text() + R"(","persons":[)" +
                                       person_json(3, "王五", village) + "]}");
    EXPECT_EQ(outside.status, 422);
    EXPECT_EQ(number_at(outside, "/code"), "registry.area_outside");
    const auto wrong = asker.ask("registry.register_persons",
                                 R"({"area":")" + kCity.text() + R"(","persons":[{"area":")" +
                                     village + R"(","id_number":"1","name":"王五"}]})");
    EXPECT_EQ(number_at(wrong, "/code"), "registry.id_number_length");
    EXPECT_EQ(number_at(wrong, "/at/row"), "1");

    const auto first = asker.ask("registry.list_persons", "", {{"limit", "1"}});
    EXPECT_EQ(number_at(first, "/items"), "1 rows");
    EXPECT_EQ(number_at(first, "/items/0/masked_name"), "张*");
    const auto second = asker.ask("registry.list_persons", "",
                                  {{"limit", "1"}, {"after", number_at(first, "/next")}});
    EXPECT_EQ(number_at(second, "/items/0/masked_name"), "李*");
    EXPECT_EQ(number_at(second, "/next"), "null");
    const std::string id = number_at(first, "/items/0/id");

    EXPECT_EQ(number_at(asker.ask("registry.read_person", "", {}, {id}), "/birth_year"), "1940");
    EXPECT_EQ(asker.ask("registry.read_person", "", {}, {"99"}).status, 404);
    EXPECT_EQ(asker.ask("registry.read_person", "", {}, {"x"}).status, 422);
    EXPECT_EQ(number_at(asker.ask("registry.list_accounts", "", {}, {id}), "/items/0/last_four"),
              "0128");
    EXPECT_EQ(number_at(asker.ask("registry.list_statuses", "", {}, {id}), "/items"), "0 rows");
    EXPECT_EQ(asker.ask("registry.list_statuses", "", {}, {"99"}).status, 404);

    const auto clear = asker.ask(
        "registry.unmask", R"({"person_id":")" + id + R"(","purpose":"audit","reason":"检查"})");
    EXPECT_EQ(number_at(clear, "/name"), "张三");
    EXPECT_EQ(number_at(clear, "/id_number"), id_number(1));
    const auto silent = asker.ask("registry.unmask",
                                  R"({"person_id":")" + id + R"(","purpose":"audit","reason":""})");
    EXPECT_EQ(number_at(silent, "/code"), "registry.reason_missing");
    EXPECT_EQ(silent.body.find("张三"), std::string::npos);
    EXPECT_EQ(number_at(asker.ask("registry.list_look_ups"), "/items/0/person_id"), id);
    EXPECT_EQ(number_at(asker.ask("registry.count_guarded"), "/count"), "0");
}

TEST_P(Routes, PlacesAndUnits) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    Asker asker(world, routes(world.road()));
    const auto counties = asker.ask("registry.list_areas", "", {{"area", kCity.text()}});
    EXPECT_EQ(number_at(counties, "/items/0/name_zh"), "石鼓区");
    const auto path = asker.ask("registry.read_area", "", {}, {kVillage.text()});
    EXPECT_EQ(number_at(path, "/items"), "4 rows");
    EXPECT_EQ(asker.ask("registry.read_area", "", {}, {"430409000000"}).status, 422);
    const auto unit = asker.ask(
        "registry.register_unit",
        R"({"area":")" + kCounty.text() + R"(","code":"001","name_zh":"民政局","kind":"bureau"})");
    EXPECT_EQ(unit.status, 200) << unit.body;
    EXPECT_EQ(number_at(asker.ask("registry.list_units"), "/items/0/code"), "001");
    EXPECT_EQ(number_at(asker.ask("registry.list_account_changes"), "/items"), "0 rows");
}

}  // namespace
}  // namespace fenming::registry

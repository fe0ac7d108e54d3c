// Documents, parameters and the catalogue, on both databases.

#include "policy/policy.h"

#include "registry/people_test.h"
#include "test/support/said.h"

namespace fenming::policy {
namespace {

using namespace registry::testing_people;
using test::World;

FENMING_ON_BOTH(Policy);

Date day(const char* text) {
    return *parse_date(text);
}

/// The refusal's code; its sentence has all its values in both languages.
template <class T>
std::string code_of(const Result<T>& result) {
    if (result) return "good";
    for (const Language language : {Language::zh_cn, Language::en})
        EXPECT_TRUE(missing_values(result.error(), language).empty())
            << say(result.error(), language).says;
    return std::string(result.error().kind().code);
}

class Fixture {
public:
    explicit Fixture(const char* kind) : world(kind) {
        world.use(invariants());
        import_areas(world);
    }
    template <class O>
    auto order(const O& what) {
        return road::carry_out(world.road(), world.caller, what);
    }
    template <class F>
    auto reading(F&& f) {
        auto tx = world.database().begin_read();
        return f(*tx);
    }
    DocumentId paper(const char* number) {
        RegisterDocument order_;
        order_.area = kCity;
        order_.number = number;
        order_.title = "关于社会救助标准的通知";
        order_.issuer = "衡阳市民政局";
        order_.issued_on = day("2022-01-01");
        const auto receipt = order(order_);
        EXPECT_TRUE(receipt) << number;
        return receipt ? receipt->document : DocumentId{};
    }
    std::string set(Area area, const char* programme, const char* value, DocumentId document,
                    const char* from = "2023-01-01") {
        SetParameter order_{area, "settle.day", {}, value, day(from), {}, document};
        if (*programme != '\0') order_.programme = programme;
        return code_of(order(order_));
    }
    std::string at(Area area, const char* programme, const char* on = "2026-11-24",
                   OrderId known = {}) {
        return reading([&](store::Tx& tx) {
            return parameter_at(tx, "settle.day", programme, area, day(on), known).value;
        });
    }

    World world;
};

TEST_P(Policy, CatalogueIsInstalledOnce) {
    Fixture f(GetParam());
    const auto first = f.order(InstallCatalogue{kCity, {}});
    ASSERT_TRUE(first);
    EXPECT_EQ(first->added, 14 + 55 + 70 + static_cast<std::int64_t>(built_in_subjects().size()) +
                                static_cast<std::int64_t>(built_in_conflicts().size()));
    const auto second = f.order(InstallCatalogue{kCity, {}});
    EXPECT_EQ(second->added, 0);
    EXPECT_EQ(second->closed, 0);

    f.reading([&](store::Tx& tx) {
        const Date today = f.world.clock.today();
        EXPECT_EQ(programmes_on(tx, today).size(), 14U);
        EXPECT_EQ(programme_on(tx, "urban-dibao", today)->basis, "household");
        EXPECT_FALSE(programme_on(tx, "rural", today));
        EXPECT_EQ(conflicts_now(tx).strictest("urban-dibao", "rural-dibao"), Relation::exclusive);
        EXPECT_EQ(conflicts_now(tx).all().size(), built_in_conflicts().size());
        EXPECT_EQ(subjects_now(tx).size(), built_in_subjects().size());
        EXPECT_EQ(items_on(tx, today).size(), 55U);
        EXPECT_EQ(item_on(tx, "2081901", today)->short_name, "城市低保金");
        EXPECT_EQ(bank_codes_of(tx, "some-bank").size(), 70U);
    });

    // A row that differs from what is built in is closed and written anew.
    for (const char* table :
         {"programme SET name_en", "programme_conflict SET rule", "subject SET name_en",
          "subsidy_item SET short_name", "bank_code SET meaning"}) {
        const std::string name(table, std::string(table).find(' '));
        f.world.behind_the_back("UPDATE " + std::string(table) +
                                " = 'x' WHERE id = (SELECT MIN(id) FROM " + name + ")");
    }
    const auto third = f.order(InstallCatalogue{kCity, {}});
    EXPECT_EQ(third->added, 5);
    EXPECT_EQ(third->closed, 5);
}

TEST_P(Policy, DocumentsByAnyWriting) {
    Fixture f(GetParam());
    const DocumentId id = f.paper("衡民发〔2022〕12号");
    RegisterDocument again;
    again.area = kCity;
    again.number = "衡民发(2022)12号";
    again.title = "同一文件";
    again.issuer = "衡阳市民政局";
    again.issued_on = day("2022-01-01");
    EXPECT_EQ(code_of(f.order(again)), "policy.document_known");
    again.number = "衡民发〔202213号";
    again.replaces = id;
    EXPECT_EQ(f.order(again)->doubtful, 1);
    again.number = "衡民发〔2022〕14号";
    again.replaces = DocumentId{99};
    EXPECT_EQ(code_of(f.order(again)), "policy.no_such_document");
    f.reading([&](store::Tx& tx) {
        EXPECT_EQ(document_by_number(tx, "衡民发［2022］012")->id, id);
        EXPECT_FALSE(document_by_number(tx, "衡民发"));
        EXPECT_EQ(documents_page(tx, {}, 10).size(), 2U);
        EXPECT_EQ(documents_page(tx, id, 10).at(0).replaces, id);
    });
    f.world.expect_trail_whole();
}

TEST_P(Policy, TheMostSpecificParameterHolds) {
    Fixture f(GetParam());
    ASSERT_TRUE(f.order(InstallCatalogue{kCity, {}}));
    const DocumentId paper = f.paper("衡民发〔2022〕12号");
    EXPECT_EQ(f.at(kVillage, ""), "20");  // the definition's
    ASSERT_EQ(f.set(kCity, "", "21", paper), "good");
    ASSERT_EQ(f.set(kCounty, "", "22", paper), "good");
    ASSERT_EQ(f.set(kCity, "old-age", "23", paper), "good");
    ASSERT_EQ(f.set({430408001000}, "", "24", paper), "good");
    EXPECT_EQ(f.set({430409000000}, "", "24", paper), "registry.no_such_area");
    EXPECT_EQ(f.set(kCity, "x-programme", "24", paper), "policy.no_such_programme");
    EXPECT_EQ(f.set(kCity, "", "21", paper), "policy.parameter_unchanged");
    struct Case {
        Area area;
        const char *programme, *on, *value;
    };
    // clang-format off
    const Case cases[] = {
        {kVillage,       "",        "2026-11-24", "24"},  // its town's
        {kCounty,        "",        "2026-11-24", "22"},
        {kOtherVillage,  "",        "2026-11-24", "21"},  // the city's
        {kCity,          "",        "2026-11-24", "21"},
        {{430000000000}, "",        "2026-11-24", "20"},
        {kVillage,       "old-age", "2026-11-24", "23"},  // the programme before the place
        {kVillage,       "orphan",  "2026-11-24", "24"},
        {kVillage,       "",        "2022-12-31", "20"},
        {kVillage,       "",        "2023-01-01", "24"},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(f.at(c.area, c.programme, c.on), c.value) << c.area.text() << c.programme << c.on;

    const OrderId before{f.world.ids->next(f.world.clock.now().ms)};
    f.world.clock.advance_ms(1000);
    ASSERT_EQ(f.set(kCity, "", "28", paper, "2026-01-01"), "good");
    EXPECT_EQ(f.at(kOtherVillage, "", "2025-12-31"), "21");
    EXPECT_EQ(f.at(kOtherVillage, "", "2026-01-01"), "28");
    EXPECT_EQ(f.at(kOtherVillage, "", "2026-01-01", before), "21");  // as the books stood
    f.reading([&](store::Tx& tx) {
        EXPECT_EQ(parameters_page(tx, 0, 50).size(), 5U);
        EXPECT_EQ(
            parameter_at(tx, "pay.account_change_days", "", kCity, day("2026-01-01")).number(), 30);
        EXPECT_EQ(parameter_at(tx, "settle.day", "", kCity, day("2026-01-01")).document, paper);
    });
    f.world.expect_trail_whole();
}

TEST_P(Policy, TheInvariantFindsTwoValuesForADay) {
    Fixture f(GetParam());
    const DocumentId paper = f.paper("衡民发〔2022〕12号");
    ASSERT_EQ(f.set(kCity, "", "21", paper), "good");
    const auto broken = [&] {
        int count = 0;
        auto tx = f.world.database().begin_read();
        tx->query(*invariants().at(0).broken, {store::Value::of(0)}, store::Fetch::whole,
                  [&](store::Cursor& c) {
                      ++count;
                      fenming::test::expect_said(c.text(2));
                  });
        tx->query(*invariants().at(0).counted, {}, store::Fetch::whole,
                  [&](store::Cursor& c) { EXPECT_GE(c.integer(0), 1); });
        return count;
    };
    EXPECT_EQ(broken(), 0);
    f.world.behind_the_back(
        "INSERT INTO parameter SELECT id + 1, name, programme, area, '25', '2024-01-01', '', "
        "document_id, known_from, 0, order_id FROM parameter");
    EXPECT_EQ(broken(), 2);
}

}  // namespace
}  // namespace fenming::policy

// Rules of policy, without a store.

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "policy/policy.h"

namespace fenming::policy {
namespace {

Date day(const char* text) {
    return *parse_date(text);
}
Date maybe(const char* text) {
    return *text == '\0' ? Date() : day(text);
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

TEST(Parameters, Values) {
    struct Case {
        const char* name;
        const char* text;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {"pay.account_change_days", "30",          "30"},
        {"pay.account_change_days", " ０３０ ",    "30"},
        {"pay.account_change_days", "366",         "policy.parameter_range"},
        {"pay.account_change_days", "-1",          "policy.parameter_range"},
        {"pay.account_change_days", "3.5",         "policy.parameter_value"},
        {"pay.account_change_days", "",            "policy.parameter_value"},
        {"pay.account_change_days", "99999999999999999999", "policy.parameter_value"},
        {"disbursement.mode",       "card",        "card"},
        {"disbursement.mode",       "Card",        "policy.parameter_choice"},
        {"disbursement.mode",       "card,unit",   "policy.parameter_choice"},
        {"disbursement.mode",       "",            "policy.parameter_choice"},
        {"disbursement.states",     "vouchered, planned", "planned,vouchered"},
        {"disbursement.states",     "",            ""},
        {"disbursement.states",     "planned,planned", "policy.parameter_choice"},
        {"disbursement.states",     "planned,paid",    "policy.parameter_choice"},
        {"treasury.year_end_day",   "12-20",       "12-20"},
        {"treasury.year_end_day",   "12\u200B20",  "policy.parameter_value"},
    };
    // clang-format on
    for (const Case& c : cases) {
        const auto value = read_value(**find_definition(c.name), c.text);
        EXPECT_EQ(value ? *value : code_of(value), c.outcome) << c.name << " = " << c.text;
    }
}

TEST(Parameters, TheTableIsSound) {
    EXPECT_EQ(parameter_definitions().size(), 17U);
    std::string before;
    for (const ParameterDefinition& each : parameter_definitions()) {
        EXPECT_LT(before, each.name) << "ascending by name";
        before = each.name;
        EXPECT_FALSE(each.meaning_zh.empty() || each.meaning_en.empty() || each.rule.empty());
        if (each.standard.empty()) continue;
        const auto value = read_value(each, each.standard);
        EXPECT_TRUE(value && *value == each.standard) << each.name;
    }
    const auto unknown = find_definition("pay.account_change_day");
    ASSERT_FALSE(unknown);
    EXPECT_NE(say(unknown.error(), Language::en).says.find("pay.account_change_days"),
              std::string::npos);
}

std::string outcome(const Result<ParameterDecision>& decision) {
    if (!decision) return code_of(decision);
    std::string out;
    for (const ParameterRow& row : decision->add)
        out += "+" + row.value + " " + row.valid_from.text() + ".." + row.valid_to.text() + " ";
    for (const std::int64_t id : decision->close) out += "-" + std::to_string(id) + " ";
    return out;
}

TEST(Parameters, Setting) {
    Document paper;
    paper.id = {3};
    paper.number = "财社〔2022〕130号";
    paper.valid_from = day("2022-01-01");
    paper.valid_to = day("2030-01-01");
    const ParameterRow held{7, "settle.day", "", {}, "20", day("2023-01-01"), {}, {3}};
    struct Case {
        const char* what;
        const char *name, *programme, *value, *from, *to;
        bool area_known, programme_known, document_known;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {"from a day on",    "settle.day", "", "25", "2026-01-01", "", true, true, true,
         "+20 2023-01-01..2026-01-01 +25 2026-01-01.. -7 "},
        {"for a year",       "settle.day", "", "25", "2026-01-01", "2027-01-01", true, true, true,
         "+20 2023-01-01..2026-01-01 +20 2027-01-01.. +25 2026-01-01..2027-01-01 -7 "},
        {"before",           "settle.day", "", "25", "2022-01-01", "2023-01-01", true, true, true,
         "+25 2022-01-01..2023-01-01 "},
        {"the same",         "settle.day", "", "20", "2023-01-01", "", true, true, true,
         "policy.parameter_unchanged"},
        {"backwards",        "settle.day", "", "25", "2026-01-01", "2025-01-01", true, true, true,
         "policy.parameter_dates"},
        {"unknown",          "settle.date", "", "25", "2026-01-01", "", true, true, true,
         "policy.unknown_parameter"},
        {"out of range",     "settle.day", "", "31", "2026-01-01", "", true, true, true,
         "policy.parameter_range"},
        {"nowhere",          "settle.day", "", "25", "2026-01-01", "", false, true, true,
         "registry.no_such_area"},
        {"no programme",     "settle.day", "x", "25", "2026-01-01", "", true, false, true,
         "policy.no_such_programme"},
        {"by programme",     "execution.basis", "old-age", "credited_total", "2026-01-01", "", true,
         true, true, "policy.parameter_programme"},
        {"needs one",        "award.decided", "", "here", "2026-01-01", "", true, true, true,
         "policy.parameter_programme"},
        {"no document",      "settle.day", "", "25", "2026-01-01", "", true, true, false,
         "policy.no_such_document"},
        {"not in force yet", "settle.day", "", "25", "2021-12-31", "", true, true, true,
         "policy.document_not_in_force"},
        {"no more in force", "settle.day", "", "25", "2030-01-01", "", true, true, true,
         "policy.document_not_in_force"},
    };
    // clang-format on
    for (const Case& c : cases) {
        SetParameter order{{430400000000}, c.name, {}, c.value, day(c.from), {}, {3}};
        if (*c.programme != '\0') order.programme = c.programme;
        if (*c.to != '\0') order.valid_to = maybe(c.to);
        ParameterDossier dossier{c.area_known, c.programme_known, {}, {held}};
        if (c.document_known) dossier.document = paper;
        EXPECT_EQ(outcome(decide(order, dossier)), c.outcome) << c.what;
    }
}

TEST(Documents, Rules) {
    RegisterDocument good;
    good.number = "财社〔2022〕130号";
    good.title = "关于下达困难群众救助补助资金的通知";
    good.issuer = "财政部";
    good.issued_on = day("2022-09-01");
    const auto with = [&](auto&& change) {
        RegisterDocument order = good;
        change(order);
        return order;
    };
    struct Case {
        const char* what;
        RegisterDocument order;
        DocumentDossier dossier;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {"good",      good, {false, true}, "good"},
        {"known",     good, {true, true},  "policy.document_known"},
        {"replaces nothing", good, {false, false}, "policy.no_such_document"},
        {"number",    with([](auto& o) { o.number = "财社"; }), {}, "policy.not_a_document_number"},
        {"title",     with([](auto& o) { o.title = " "; }), {}, "policy.document_title"},
        {"issuer",    with([](auto& o) { o.issuer = ""; }), {}, "policy.document_title"},
        {"received",  with([](auto& o) { o.received_on = day("2022-08-31"); }), {}, "policy.document_dates"},
        {"backwards", with([](auto& o) { o.valid_to = day("2022-09-01"); }), {}, "policy.document_dates"},
    };
    // clang-format on
    for (const Case& c : cases) EXPECT_EQ(code_of(decide(c.order, c.dossier)), c.outcome) << c.what;
}

TEST(Conflicts, Pairs) {
    struct Case {
        const char *a, *b;
        Relation relation;
    };
    // clang-format off
    const Case cases[] = {
        {"urban-dibao",        "rural-dibao",        Relation::exclusive},
        {"urban-dibao",        "urban-tekun",        Relation::exclusive},
        {"rural-tekun",        "urban-dibao",        Relation::exclusive},
        {"orphan",             "unattended-child",   Relation::exclusive},
        {"orphan",             "urban-tekun",        Relation::choose_one},
        {"unattended-child",   "rural-tekun",        Relation::choose_one},
        {"unattended-child",   "urban-dibao",        Relation::top_up},
        {"unattended-child",   "disability-living",  Relation::exclusive},
        {"unattended-child",   "disability-nursing", Relation::compatible},
        {"orphan",             "disability-living",  Relation::exclusive},
        {"orphan",             "disability-nursing", Relation::compatible},
        {"disability-living",  "disability-nursing", Relation::compatible},
        {"disability-living",  "urban-tekun",        Relation::exclusive},
        {"disability-nursing", "elder-nursing",      Relation::pick_higher},
        {"elder-service",      "care-insurance",     Relation::net},
        {"old-age",            "urban-dibao",        Relation::compatible},
        {"temporary-aid",      "rural-dibao",        Relation::compatible},
        {"old-age",            "orphan",             Relation::compatible},  // nothing is said
        {"old-age",            "old-age",            Relation::exclusive},
    };
    // clang-format on
    for (const Case& c : cases) {
        EXPECT_EQ(conflicts(c.a, c.b), c.relation) << c.a << " " << c.b;
        EXPECT_EQ(conflicts(c.b, c.a), c.relation) << c.b << " " << c.a;
    }
    const auto rows = built_in().between("urban-tekun", "unattended-child");
    ASSERT_EQ(rows.size(), 2U);  // minors choose one; who draws both is topped up
}

TEST(Catalogue, HangsTogether) {
    std::set<std::string_view> items;
    for (const ItemSeed& each : built_in_items()) {
        EXPECT_TRUE(items.insert(each.code).second);
        EXPECT_EQ(each.code.substr(0, 5), each.function_class);
    }
    EXPECT_EQ(items.size(), 55U);
    std::set<std::string_view> subjects;
    for (const SubjectSeed& each : built_in_subjects())
        EXPECT_TRUE(subjects.insert(each.code).second);
    std::set<std::string_view> codes;
    for (const BankCodeSeed& each : built_in_bank_codes()) {
        EXPECT_TRUE(codes.insert(each.code).second);
        const bool is_unclear = each.outcome == Outcome::pending || each.outcome == Outcome::review;
        EXPECT_EQ(each.action == "query", is_unclear) << each.code;
    }
    EXPECT_EQ(codes.size(), 70U);
    EXPECT_EQ(built_in_programmes().size(), 14U);
    for (const ProgrammeSeed& each : built_in_programmes()) {
        EXPECT_TRUE(each.card_item.empty() || items.contains(each.card_item)) << each.code;
        for (const std::string& subject : split(each.subjects, ' '))
            EXPECT_TRUE(subjects.contains(subject)) << each.code << " " << subject;
    }
    for (const ConflictSeed& each : built_in_conflicts()) EXPECT_LT(each.a, each.b);
}

TEST(Catalogue, OnlyDifferencesAreWritten) {
    const auto all = decide(InstallCatalogue{}, CatalogueDossier{});
    EXPECT_EQ(all->programmes.add.size(), 14U);
    EXPECT_TRUE(all->programmes.close.empty());
    CatalogueDossier dossier;
    dossier.items = {{1, "2080502", "高龄津贴|高龄津贴|20805|1"},  // as built in
                     {2, "2080702", "职业培训补贴|x|20807|0"},     // otherwise
                     {3, "9999999", "gone"}};
    const auto some = decide(InstallCatalogue{}, dossier);
    EXPECT_EQ(some->items.add.size(), 54U);
    EXPECT_EQ(some->items.close, (std::vector<std::int64_t>{2, 3}));
}

}  // namespace
}  // namespace fenming::policy

// The register's rules, without a store.

#include <gtest/gtest.h>

#include <set>

#include "registry/registry.h"
#include "registry/validators.h"

namespace fenming::registry {
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

std::string text_of_spans(const std::vector<Span>& spans) {
    std::string out;
    for (const Span& each : spans) {
        if (!out.empty()) out += " + ";
        out += each.from.text() + ".." + each.to.text();
    }
    return out;
}

TEST(Validity, WhatIsLeft) {
    struct Case {
        const char *old_from, *old_to, *from, *to, *left;
    };
    // clang-format off
    const Case cases[] = {
        // old                        new                           left of the old
        {"",           "",           "2024-01-01", "",           "..2024-01-01"},
        {"",           "",           "",           "",           ""},
        {"2020-01-01", "",           "2022-01-01", "2023-01-01", "2020-01-01..2022-01-01 + 2023-01-01.."},
        {"2020-01-01", "2021-01-01", "2021-01-01", "",           "2020-01-01..2021-01-01"},
        {"2020-01-01", "2021-01-01", "2019-01-01", "2020-01-01", "2020-01-01..2021-01-01"},
        {"2020-01-01", "2021-01-01", "2019-01-01", "2020-06-01", "2020-06-01..2021-01-01"},
        {"2020-01-01", "2021-01-01", "2020-01-01", "2021-01-01", ""},
        {"2020-01-01", "2021-01-01", "2019-01-01", "",           ""},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(text_of_spans(
                      left_of({maybe(c.old_from), maybe(c.old_to)}, {maybe(c.from), maybe(c.to)})),
                  c.left)
            << c.old_from << ".." << c.old_to << " by " << c.from << ".." << c.to;
}

TEST(Areas, Kind) {
    struct Case {
        const char* code;
        const char* name;
        AreaKind kind;
    };
    // clang-format off
    const Case cases[] = {
        {"000000000000", "中国",             AreaKind::country},
        {"430000000000", "湖南省",           AreaKind::province},
        {"430400000000", "衡阳市",           AreaKind::city},
        {"430408000000", "蒸湘区",           AreaKind::district},
        {"430421000000", "衡阳县",           AreaKind::county},
        {"430481000000", "耒阳市",           AreaKind::county_city},
        {"430472000000", "衡阳松木经济开发区", AreaKind::zone},
        {"430473000000", "湖南衡阳高新技术产业园区", AreaKind::zone},
        {"150821000000", "五原县",           AreaKind::county},
        {"150823000000", "乌拉特前旗",       AreaKind::banner},
        {"430408001000", "蒸湘街道",         AreaKind::street},
        {"430408100000", "雨母山镇",         AreaKind::town},
        {"430421200000", "溪江乡",           AreaKind::township},
        {"430408001001", "太平社区居委会",   AreaKind::community},
        {"430408001002", "临江村委会",       AreaKind::village},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(kind_of(parse_area(c.code)->level(), c.name), c.kind) << c.name;
}

AreaInput area(std::int64_t code, const char* name, const char* from = "", const char* to = "") {
    AreaInput input;
    input.code = {code};
    input.name_zh = name;
    if (*from != '\0') input.valid_from = day(from);
    if (*to != '\0') input.valid_to = day(to);
    return input;
}

std::string outcome(const Result<AreasDecision>& decision) {
    if (!decision) return code_of(decision);
    std::string out;
    for (const AreaRow& row : decision->add)
        out += "+" + row.name_zh + " " + row.valid_from.text() + ".." + row.valid_to.text() + " ";
    for (const std::int64_t id : decision->close) out += "-" + std::to_string(id) + " ";
    return out + "=" + std::to_string(decision->unchanged);
}

TEST(Areas, ImportAgainstWhatIsKnown) {
    const AreaRow held{
        7, {430408000000}, {430400000000}, "城北区", "", "", "district", "", {}, day("1990-01-01"),
        {}};
    struct Case {
        const char* what;
        std::vector<AreaInput> areas;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {"new",                {area(430407000000, "石鼓区")}, "+石鼓区 .. =0"},
        {"the same",           {area(430408000000, "城北区")}, "=1"},
        {"renamed from a day", {area(430408000000, "蒸湘区", "2001-01-01")},
                               "+蒸湘区 2001-01-01.. +城北区 1990-01-01..2001-01-01 -7 =0"},
        {"corrected",          {area(430408000000, "蒸湘区")}, "+蒸湘区 1990-01-01.. -7 =0"},
        {"before it",          {area(430408000000, "郊区", "1980-01-01", "1990-01-01")},
                               "+郊区 1980-01-01..1990-01-01 =0"},
        {"two that cut one",   {area(430408000000, "甲", "1995-01-01", "1996-01-01"),
                                area(430408000000, "乙", "2001-01-01")},
                               "+甲 1995-01-01..1996-01-01 +乙 2001-01-01.. "
                               "+城北区 1990-01-01..1995-01-01 +城北区 1996-01-01..2001-01-01 -7 =0"},
        {"outside",            {area(440300000000, "深圳市")}, "registry.area_outside"},
        {"without a name",     {area(430407000000, " ")}, "registry.area_name_empty"},
        {"twice",              {area(430407000000, "石鼓区"), area(430407000000, "石鼓")},
                               "registry.area_twice"},
        {"backwards",          {area(430407000000, "石鼓区", "2001-01-01", "2000-01-01")},
                               "registry.validity_backwards"},
        {"none",               {}, "registry.row_count"},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(outcome(decide(ImportAreas{{430400000000}, c.areas}, AreasDossier{{held}})),
                  c.outcome)
            << c.what;
    AreaInput odd = area(430407000000, "石鼓区");
    odd.fiscal_code = "43040";
    EXPECT_EQ(outcome(decide(ImportAreas{{430400000000}, {odd}}, AreasDossier{})),
              "registry.fiscal_code_shape");
}

TEST(Units, Rules) {
    const RegisterUnit unit{{430408000000}, "001", "蒸湘区民政局", {}, UnitKind::bureau};
    EXPECT_TRUE(decide(unit, UnitDossier{true, false}));
    EXPECT_EQ(&decide(unit, UnitDossier{false, false}).error().kind(), &kNoSuchArea);
    EXPECT_EQ(&decide(unit, UnitDossier{true, true}).error().kind(), &kUnitCodeTaken);
    RegisterUnit nameless = unit;
    nameless.name_zh = "";
    EXPECT_EQ(&decide(nameless, UnitDossier{true, false}).error().kind(), &kUnitNameEmpty);
}

TEST(Statuses, Rules) {
    const PersonBrief person{{5}, {430408001002}, day("1950-05-05"), "ordinary"};
    const StatusRow missing{1, {5}, "missing", "village", day("2020-01-01"), day("2021-01-01"), {}};
    const StatusesDossier dossier{day("2026-11-24"), {person}, {missing}};
    struct Case {
        std::int64_t person;
        StatusKind kind;
        const char *from, *to, *outcome;
    };
    // clang-format off
    const Case cases[] = {
        {5, StatusKind::dead,    "2026-11-01", "",           "good"},
        {5, StatusKind::dead,    "2026-11-01", "2026-11-03", "registry.death_ends"},
        {5, StatusKind::dead,    "2026-11-25", "",           "registry.date_out_of_life"},
        {5, StatusKind::dead,    "1949-01-01", "",           "registry.date_out_of_life"},
        {5, StatusKind::missing, "2020-01-01", "2021-01-01", "good"},   // known day for day
        {5, StatusKind::missing, "2020-06-01", "",           "registry.status_overlaps"},
        {5, StatusKind::missing, "2021-01-01", "",           "good"},
        {5, StatusKind::missing, "2022-01-01", "2021-01-01", "registry.validity_backwards"},
        {6, StatusKind::dead,    "2026-11-01", "",           "registry.person_not_found"},
    };
    // clang-format on
    for (const Case& c : cases) {
        StatusInput fact{{c.person}, c.kind, StatusSource::police, day(c.from), {}};
        if (*c.to != '\0') fact.valid_to = day(c.to);
        EXPECT_EQ(code_of(decide(RecordStatuses{{430408000000}, {fact}}, dossier)), c.outcome)
            << c.person << " " << c.from << " " << c.to;
        EXPECT_EQ(code_of(decide(RecordStatuses{{430407000000}, {fact}}, dossier)),
                  "registry.person_not_found");
    }
    EXPECT_EQ(code_of(decide(RecordStatuses{{430408000000}, {}}, dossier)), "registry.row_count");
    const StatusInput again{
        {5}, StatusKind::missing, StatusSource::village, day("2020-01-01"), day("2021-01-01")};
    EXPECT_EQ(decide(RecordStatuses{{430408000000}, {again}}, dossier)->already_known, 1);
}

TEST(Statuses, End) {
    const StatusRow missing{1, {5}, "missing", "village", day("2020-01-01"), {}, {}};
    StatusRow dead = missing;
    dead.kind = "dead";
    StatusRow ended = missing;
    ended.valid_to = day("2021-01-01");
    struct Case {
        std::optional<StatusRow> status;
        const char *on, *outcome;
    };
    // clang-format off
    const Case cases[] = {
        {missing,      "2026-01-01", "good"},
        {missing,      "",           "good"},                       // withdrawn
        {missing,      "2019-01-01", "registry.validity_backwards"},
        {dead,         "2026-01-01", "registry.death_ends"},
        {dead,         "",           "good"},
        {ended,        "2026-01-01", "registry.status_closed"},
        {ended,        "",           "good"},
        {std::nullopt, "",           "registry.status_closed"},
    };
    // clang-format on
    for (const Case& c : cases) {
        EndStatus order{{1}, {}};
        if (*c.on != '\0') order.on = day(c.on);
        EXPECT_EQ(code_of(decide(order, EndStatusDossier{day("2026-11-24"), {}, c.status})),
                  c.outcome)
            << c.on;
    }
}

TEST(Moves, Rules) {
    const PersonBrief person{{5}, {430408001002}, day("1950-05-05"), "ordinary"};
    const ResidenceRow last{9, {430408001002}, day("2024-03-01"), {}};
    struct Case {
        std::int64_t to;
        const char* from;
        bool area_known;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {430407001001, "2026-11-01", true,  "good"},
        {430407001001, "2026-11-01", false, "registry.no_such_area"},
        {430407001001, "2026-12-01", true,  "registry.date_out_of_life"},
        {430408001002, "2026-11-01", true,  "registry.already_lives_there"},
        {430407001001, "2024-03-01", true,  "registry.move_out_of_order"},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(code_of(decide(MovePerson{{5}, {c.to}, day(c.from)},
                                 MoveDossier{day("2026-11-24"), person, c.area_known, {last}})),
                  c.outcome)
            << c.to << " " << c.from;
}

ChangeAccount change(std::int64_t person, std::int64_t unit, const char* note = "") {
    ChangeAccount order;
    if (person != 0) order.person = PersonId{person};
    if (unit != 0) order.unit = UnitId{unit};
    order.account = Secret<std::string>("6222 0212 3456 7890 128");
    order.holder = Secret<std::string>("张三");
    if (*note != '\0') order.custody_note = Secret<std::string>(note);
    return order;
}

TEST(Accounts, Change) {
    const Bytes same{1};
    const Bytes other{2};
    const auto held = [&](const char* state, const Bytes& index) {
        return AccountBrief{{3}, {5}, {}, {430408000000}, state, {1}, index};
    };
    struct Case {
        ChangeAccount order;
        Bytes owner;
        std::vector<AccountBrief> accounts;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {change(5, 0),           same,  {},                         "good"},
        {change(5, 0),           same,  {held("active", other)},    "good"},
        {change(5, 0),           same,  {held("active", same)},     "registry.account_unchanged"},
        {change(5, 0),           same,  {held("proposed", other)},  "registry.change_pending"},
        {change(5, 0),           other, {},                         "registry.holder_differs"},
        {change(5, 0, "母亲代管"), other, {},                         "good"},
        {change(0, 8),           {},    {},                         "good"},
        {change(5, 8),           same,  {},                         "registry.one_owner"},
        {change(0, 0),           same,  {},                         "registry.one_owner"},
    };
    // clang-format on
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        const Case& c = cases[i];
        const auto decision =
            decide(c.order, ChangeDossier{{430408000000}, same, same, c.owner, c.accounts});
        EXPECT_EQ(code_of(decision), c.outcome) << "row " << i + 1;
        if (decision) {
            EXPECT_EQ(decision->account, "6222021234567890128");
        }
    }
}

TEST(Accounts, SecondPerson) {
    struct Case {
        const char* state;
        std::int64_t changed_by, staff;
        bool accept;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {"proposed", 1, 2, true,  "good"},
        {"proposed", 1, 1, true,  "registry.same_staff"},
        {"proposed", 1, 1, false, "good"},   // one's own proposal may be taken back
        {"active",   1, 2, true,  "registry.account_state"},
        {"closed",   1, 2, false, "registry.account_state"},
    };
    // clang-format on
    for (const Case& c : cases) {
        const AccountDossier dossier{
            {{3}, {5}, {}, {430408000000}, c.state, {c.changed_by}, {}}, {c.staff}, {}};
        EXPECT_EQ(code_of(decide(ConfirmAccountChange{{3}, c.accept}, dossier)), c.outcome)
            << c.state << c.staff;
        const bool is_active = std::string(c.state) == "active";
        EXPECT_EQ(code_of(decide(CloseAccount{{3}}, dossier)),
                  is_active ? "good" : "registry.account_state");
        EXPECT_EQ(code_of(decide(RecordCustody{{3}, Secret<std::string>("祖母代管")}, dossier)),
                  is_active ? "good" : "registry.account_state");
    }
    EXPECT_EQ(code_of(decide(RecordCustody{{3}, Secret<std::string>("  ")}, AccountDossier{})),
              "registry.note_empty");
}

TEST(Accounts, Checks) {
    const ChecksDossier dossier{day("2026-11-24"), 1};
    const std::vector<CheckInput> checks{{{3}, AccountCheck::normal}};
    EXPECT_EQ(code_of(decide(RecordAccountChecks{{}, day("2026-11-24"), checks}, dossier)), "good");
    EXPECT_EQ(code_of(decide(RecordAccountChecks{{}, day("2026-11-25"), checks}, dossier)),
              "registry.check_in_future");
    EXPECT_EQ(code_of(decide(RecordAccountChecks{{}, day("2026-11-24"), {}}, dossier)),
              "registry.row_count");
    EXPECT_EQ(code_of(decide(RecordAccountChecks{{}, day("2026-11-24"), checks},
                             ChecksDossier{day("2026-11-24"), 0})),
              "registry.account_not_found");
}

TEST(LookUps, Rules) {
    struct Case {
        bool is_whole;
        const char* reason;
        std::int64_t looked;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {true,  "核对退汇", 0,   "good"},
        {true,  "核对退汇", 299, "good"},
        {true,  "核对退汇", 300, "registry.too_many_look_ups"},
        {true,  " ",        0,   "registry.reason_missing"},
        {false, "核对退汇", 0,   "registry.look_up_by_what"},
    };
    // clang-format on
    for (const Case& c : cases) {
        LookUp order;
        order.reason = Secret<std::string>(c.reason);
        EXPECT_EQ(code_of(decide(order, LookUpDossier{c.is_whole, {}, c.looked})), c.outcome);
        LookUpGuarded guarded;
        guarded.reason = order.reason;
        EXPECT_EQ(code_of(decide(guarded, LookUpDossier{c.is_whole, {}, c.looked})), c.outcome);
    }
}

TEST(Intake, Rules) {
    struct Case {
        IntakeDossier dossier;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {{2,       0, {},             {}, false, 0}, "good"},
        {{0,       0, {},             {}, false, 0}, "registry.intake_not_found"},
        {{100'001, 0, {},             {}, false, 0}, "registry.row_count"},
        {{2,       1, {430407000000}, {}, false, 0}, "registry.area_outside"},
        {{2,       0, {},             {430408001009}, true, 0}, "registry.no_such_area"},
        {{2,       0, {},             {}, false, 1}, "registry.person_twice"},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(code_of(decide(RegisterPersons{{430408000000}, {1}}, c.dossier)), c.outcome);
}

PersonInput person(const char* id, const char* name, const char* account = "",
                   const char* holder = "") {
    PersonInput input;
    input.area = {430408001002};
    input.id_number = Secret<std::string>(id);
    input.name = Secret<std::string>(name);
    if (*account != '\0') input.account = Secret<std::string>(account);
    if (*holder != '\0') input.holder = Secret<std::string>(holder);
    return input;
}

std::string faults(const CheckedPersons& checked) {
    std::string out;
    for (const Refusal& each : checked.bad) {
        if (!out.empty()) out += " ";
        out += std::to_string(each.place().row) + ":" + each.place().column + ":" +
               std::string(each.kind().code);
    }
    return out;
}

TEST(Intake, AllFaultsOfAllRowsAtOnce) {
    PersonInput long_bank = person("11010519491231002X", "张三");
    long_bank.bank_name = std::string(61, 'x');
    const std::vector<PersonInput> persons{
        person("11010519491231002X", "王五", "6222021234567890128"),
        person("110105194912310021", "", "12"),                  // three faults
        person("１１０１０５１９４９１２３１００２ｘ", "王五"),  // the first again, typed otherwise
        person("44052418800101001", "赵六"),
        person("440524188001010014", "赵六", "", "赵七"),
        long_bank,
    };
    const auto checked = check_persons(persons, day("2026-11-24"), 2);
    EXPECT_EQ(faults(checked),
              "3:id_number:registry.id_number_check_character 3:name:crypto.name_length "
              "3:account:crypto.account_shape 4:id_number:registry.person_twice "
              "5:id_number:registry.id_number_length 6:holder:registry.holder_without_account "
              "7:bank_name:registry.bank_name_length");
    ASSERT_EQ(checked.good.size(), 1U);
    EXPECT_EQ(checked.good[0].birth_date, day("1949-12-31"));
    EXPECT_EQ(checked.good[0].sex, Sex::female);
    EXPECT_EQ(checked.good[0].label, Label::ordinary);
    for (const Refusal& each : checked.bad)
        for (const Language language : {Language::zh_cn, Language::en})
            EXPECT_FALSE(say(each, language).says.empty());
}

TEST(Intake, AChildIsLabelled) {
    std::string id = "43040820150101001";
    id += id_number_check_character(id);
    const std::vector<PersonInput> persons{person(id.c_str(), "小明")};
    EXPECT_EQ(check_persons(persons, day("2026-11-24")).good.at(0).label, Label::child);
    EXPECT_EQ(check_persons(persons, day("2029-01-01")).good.at(0).label, Label::ordinary);
    PersonInput guarded = persons[0];
    guarded.label = Label::guarded;
    EXPECT_EQ(check_persons(std::vector{guarded}, day("2026-11-24")).good.at(0).label,
              Label::guarded);
}

}  // namespace
}  // namespace fenming::registry

// The rules of accounts, look-ups and intakes, without a store.

#include <gtest/gtest.h>

#include "registry/registry.h"
#include "registry/validators.h"

namespace fenming::registry {
namespace {

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

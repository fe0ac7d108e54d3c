// Goal: the rules of accounts, grants and one's own account. Method: tables over pure functions.

#include <gtest/gtest.h>

#include "access/bureau_for_test.h"

namespace fenming::access::test {
namespace {

constexpr StaffId kAnna{1};
constexpr StaffId kBert{2};
constexpr StaffId kCora{3};
const Instant kNow{1'795'482'000'000};

TEST(LoginForm, IsOneTextForOneName) {
    const struct {
        const char* text;
        const char* form;  // or the refusal
    } rows[] = {
        // clang-format off
        {"anna", "anna"},
        {"  Anna ", "anna"},
        {"ＡＮＮＡ", "anna"},
        {"county.430408", "county.430408"},
        {"admin-account", "admin-account"},
        {"a", "access.login_shape"},
        {"", "access.login_shape"},
        {"an na", "access.login_shape"},
        {"安娜", "access.login_shape"},
        {"anna@bureau", "access.login_shape"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "access.login_shape"},
        // clang-format on
    };
    for (const auto& row : rows) {
        const auto form = login_form(row.text);
        EXPECT_EQ(form ? *form : verdict_of(form), row.form) << row.text;
    }
    EXPECT_TRUE(refused(login_form("安娜"), kLoginShape));
}

TEST(Passwords, AreJudgedByLengthAndKinds) {
    const struct {
        const char* password;
        const char* verdict;
    } rows[] = {
        {"Erstes-Wort-1", "ok"},
        {"erstes-wort-1", "ok"},
        {"密码密码密码Aa1密码", "ok"},
        {"kurz-Wort1", "ok"},
        {"kurz-Wor1", "access.password_weak"},
        {"nurkleinebuchstaben", "access.password_weak"},
        {"KLEINundGROSS", "access.password_weak"},
        {"Meine-Anna-123", "access.password_weak"},
        {"", "access.password_weak"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(verdict_of(strong_enough(strict(), "anna", row.password)), row.verdict)
            << row.password;
    EXPECT_EQ(verdict_of(strong_enough(strict(), "anna", std::string(1025, 'x') + "Y1-")),
              "access.password_weak");
    EXPECT_EQ(verdict_of(strong_enough(Settings::for_demo(), "demo", "demo")), "ok");
    EXPECT_EQ(verdict_of(strong_enough(Settings::for_demo(), "demo", "")), "access.password_weak");
    EXPECT_TRUE(refused(strong_enough(strict(), "anna", "kurz"), kPasswordWeak));
}

TEST(CommonArea, IsTheSmallestThatHoldsAll) {
    const struct {
        std::vector<Area> areas;
        const char* common;
    } rows[] = {
        {{kTown}, "430408001000"},
        {{kTown, kTown}, "430408001000"},
        {{kTown, {430408002000}}, "430408000000"},
        {{kTown, kCounty}, "430408000000"},
        {{kCounty, kOtherCounty}, "430400000000"},
        {{kCity, {440100000000}}, "000000000000"},
    };
    for (const auto& row : rows) EXPECT_EQ(common_area(row.areas).text(), row.common);
}

TEST(Probation, LastsAWorkingDay) {
    const struct {
        const char* fresh;
        int days;
        const char* until;
    } rows[] = {
        // clang-format off
        {"2026-11-24T10:00:00+08:00", 1, "2026-11-25T10:00"},  // Tuesday
        {"2026-11-27T10:00:00+08:00", 1, "2026-11-30T10:00"},  // Friday
        {"2026-11-28T10:00:00+08:00", 1, "2026-11-30T10:00"},  // Saturday
        {"2026-11-24T10:00:00+08:00", 0, "2026-11-24T10:00"},
        {"2026-11-24T10:00:00+08:00", 2, "2026-11-26T10:00"},
        {"2031-01-04T10:00:00+08:00", 1, "2031-01-05T10:00"},  // a year nobody has announced
        // clang-format on
    };
    for (const auto& row : rows)
        EXPECT_EQ(
            beijing_text(probation_end(must(parse_instant(row.fresh)), row.days)).substr(0, 16),
            row.until)
            << row.fresh;
}

TEST(SteppedUp, WithinFiveMinutesOnly) {
    const road::Caller never{};
    road::Caller just{};
    just.stepped_up = kNow;
    const auto five = Settings{}.step_up_ms;
    EXPECT_FALSE(has_stepped_up(never, kNow, five));
    EXPECT_TRUE(has_stepped_up(just, kNow, five));
    EXPECT_TRUE(has_stepped_up(just, {kNow.ms + five}, five));
    EXPECT_FALSE(has_stepped_up(just, {kNow.ms + five + 1}, five));
    EXPECT_FALSE(has_stepped_up(just, {kNow.ms - 1}, five));
}

// ---- founding and offices -------------------------------------------------------------------

TEST(Founding, TakesTwoDifferentPeopleAndAnEmptyHouse) {
    const crypto::TestKeyStore keys(1);
    const Secret<std::string> word(kFirstPassword);
    const struct {
        const char* name;
        std::vector<Founder> founders;
        Founding found;
        const char* office;
        const char* verdict;
    } rows[] = {
        // clang-format off
        {"two", {{"anna", "安娜", {}}, {"bert", "贝特", {}}}, {}, "局", "ok"},
        {"accounts exist", {{"anna", "安娜", {}}, {"bert", "贝特", {}}}, {true, false}, "局", "access.accounts_exist"},
        {"one", {{"anna", "安娜", {}}}, {}, "局", "access.two_founders"},
        {"same login", {{"anna", "安娜", {}}, {"Anna", "贝特", {}}}, {}, "局", "access.two_founders"},
        {"same name", {{"anna", "安娜", {}}, {"bert", " 安娜", {}}}, {}, "局", "access.two_founders"},
        {"bad login", {{"a b", "安娜", {}}, {"bert", "贝特", {}}}, {}, "局", "access.login_shape"},
        {"no name", {{"anna", "", {}}, {"bert", "贝特", {}}}, {}, "局", "access.name_needed"},
        {"no office", {{"anna", "安娜", {}}, {"bert", "贝特", {}}}, {}, " ", "access.name_needed"},
        // clang-format on
    };
    for (const auto& row : rows) {
        FirstAccount order{kCity, "bureau", row.office, "", row.founders, {}};
        for (std::int64_t id = 1; id <= 2; ++id)
            order.passwords.push_back(must(new_password(keys, strict(), {id}, "", word)));
        EXPECT_EQ(verdict_of(decide(order, row.found)), row.verdict) << row.name;
    }
}

TEST(Offices, HaveOneCodeEach) {
    const OfficeWanted a{"a1", "甲", "A", OfficeKind::leaders, kCity};
    auto unnamed = a;
    unnamed.name_zh = "";
    auto odd = a;
    odd.code = "甲";
    EXPECT_EQ(verdict_of(decide(AddOffices{{a}}, OfficesToAdd{{false}})), "ok");
    EXPECT_TRUE(refused(decide(AddOffices{{a}}, OfficesToAdd{{true}}), kOfficeCodeTaken));
    EXPECT_TRUE(
        refused(decide(AddOffices{{a, a}}, OfficesToAdd{{false, false}}), kOfficeCodeTaken));
    EXPECT_TRUE(refused(decide(AddOffices{{unnamed}}, OfficesToAdd{{false}}), kNameNeeded));
    EXPECT_TRUE(refused(decide(AddOffices{{odd}}, OfficesToAdd{{false}}), kOfficeCodeShape));
    EXPECT_TRUE(refused(how_many(0), kHowMany));
    EXPECT_TRUE(refused(how_many(501), kHowMany));
    EXPECT_EQ(verdict_of(how_many(500)), "ok");
}

// ---- accounts -------------------------------------------------------------------------------

TEST(Proposing, AccountsChecksNamesAndPersons) {
    const crypto::TestKeyStore keys(1);
    const auto password =
        must(new_password(keys, strict(), {9}, "", Secret<std::string>(kFirstPassword)));
    const AccountWanted neu{"cora", {}, "科拉", OfficeId{5}, {}, {}};
    const AccountWanted known{"cora", kCora, "", {}, {}, {}};
    auto another = neu;
    another.is_another_person = true;
    auto nameless = neu;
    nameless.name = "";
    auto odd = neu;
    odd.login = "!";
    auto own = known;
    own.staff = kAnna;
    const WantedFacts fresh{false, false, {}, {5}, kCity};
    const WantedFacts taken{true, false, {}, {5}, kCity};
    const WantedFacts namesake{false, true, {}, {5}, kCity};
    const WantedFacts cora{false, false, kCora, {5}, kCity};
    const WantedFacts anna{false, false, kAnna, {5}, kCity};
    const struct {
        const char* name;
        AccountWanted wanted;
        WantedFacts facts;
        const char* verdict;
    } rows[] = {
        {"somebody new", neu, fresh, "ok"},
        {"somebody known", known, cora, "ok"},
        {"login taken", neu, taken, "access.login_taken"},
        {"login odd", odd, fresh, "access.login_shape"},
        {"without a name", nameless, fresh, "access.name_needed"},
        {"a namesake", neu, namesake, "access.same_name"},
        {"another of that name", another, namesake, "ok"},
        {"oneself", own, anna, "access.not_to_himself"},
    };
    for (const auto& row : rows) {
        const auto said = decide(ProposeAccounts{{row.wanted}, {password}},
                                 AccountsToPropose{kAnna, false, {row.facts}});
        EXPECT_EQ(verdict_of(said), row.verdict) << row.name;
        if (!said) {
            EXPECT_TRUE(missing_values(said.error(), Language::zh_cn).empty()) << row.name;
        }
    }
    EXPECT_TRUE(refused(decide(ProposeAccounts{{neu, neu}, {password, password}},
                               AccountsToPropose{kAnna, false, {fresh, fresh}}),
                        kLoginTaken));
    EXPECT_TRUE(decide(ProposeAccounts{{neu}, {password}}, AccountsToPropose{kAnna, false, {fresh}})
                    ->must_change);
    EXPECT_FALSE(decide(ProposeAccounts{{neu}, {password}}, AccountsToPropose{kAnna, true, {fresh}})
                     ->must_change);
}

RequestsToDecide to_decide(StaffId by, std::string_view request_state,
                           std::string_view account_state) {
    RequestRow request;
    request.state = request_state;
    request.proposed_by = kAnna;
    request.password = {1, 2, 3};
    request.ends_factors = true;
    AccountRow account;
    account.staff = kCora;
    account.state = account_state;
    account.password = {9};
    AuthenticatorRow factor;
    factor.state = kActive;
    return {by, kNow, {{request, account}}, {factor}};
}

TEST(Deciding, RequestsTakesASecondPerson) {
    const struct {
        const char* name;
        StaffId by;
        std::string_view request;
        std::string_view account;
        const char* account_verdict;  // confirming an account
        const char* reset_verdict;    // confirming a reset
    } rows[] = {
        // clang-format off
        // name           by     request     account    new account                reset
        {"another",       kBert, kProposed,  kProposed, "ok",                      "access.account_state"},
        {"another, live", kBert, kProposed,  kActive,   "access.account_state",    "ok"},
        {"locked",        kBert, kProposed,  kLocked,   "access.account_state",    "ok"},
        {"closed",        kBert, kProposed,  kClosed,   "access.account_state",    "access.account_state"},
        {"the proposer",  kAnna, kProposed,  kProposed, "access.same_person",      "access.same_person"},
        {"the one it is", kCora, kProposed,  kProposed, "access.not_to_himself",   "access.not_to_himself"},
        {"done already",  kBert, kConfirmed, kActive,   "access.decided_already",  "access.decided_already"},
        {"refused",       kBert, kRefused,   kProposed, "access.decided_already",  "access.decided_already"},
        // clang-format on
    };
    for (const auto& row : rows) {
        const auto found = to_decide(row.by, row.request, row.account);
        EXPECT_EQ(verdict_of(decide(ConfirmAccounts{{{7}}}, found)), row.account_verdict)
            << row.name;
        EXPECT_EQ(verdict_of(decide(ConfirmReset{{7}}, found)), row.reset_verdict) << row.name;
    }
    EXPECT_TRUE(refused(decide(RefuseAccounts{{{7}}}, to_decide(kBert, kRefused, kProposed)),
                        kDecidedAlready));
    EXPECT_TRUE(
        refused(decide(RefuseReset{{7}}, to_decide(kBert, kRefused, kActive)), kDecidedAlready));
    EXPECT_TRUE(
        refused(decide(ConfirmReset{{7}}, to_decide(kBert, kProposed, kClosed)), kAccountState));
}

TEST(Deciding, AResetTakesThePasswordAndEndsTheFactors) {
    const auto done = must(decide(ConfirmReset{{7}}, to_decide(kBert, kProposed, kLocked)));
    EXPECT_EQ(done.accounts[0].state, kActive);
    EXPECT_EQ(done.accounts[0].password, (Bytes{1, 2, 3}));
    EXPECT_TRUE(done.accounts[0].must_change);
    EXPECT_EQ(done.accounts[0].fresh, kNow);
    EXPECT_TRUE(done.requests[0].password.empty());
    EXPECT_EQ(done.factors[0].state, kEnded);
    const auto no = must(decide(RefuseAccounts{{{7}}}, to_decide(kBert, kProposed, kProposed)));
    EXPECT_EQ(no.accounts[0].state, kRefused);
    EXPECT_TRUE(no.accounts[0].password.empty());
}

TEST(Stopping, LocksTheActiveAndClosesTheLivingForGood) {
    const struct {
        std::string_view state;
        Stop how;
        const char* verdict;
    } rows[] = {
        {kActive, Stop::lock, "ok"},
        {kActive, Stop::close, "ok"},
        {kLocked, Stop::lock, "access.account_state"},
        {kLocked, Stop::close, "ok"},
        {kClosed, Stop::lock, "access.account_state"},
        {kClosed, Stop::close, "access.account_state"},
        {kProposed, Stop::close, "access.account_state"},
    };
    for (const auto& row : rows) {
        AccountToStop found{kNow, {}, {GrantRow{}, GrantRow{}}};
        found.account.state = row.state;
        found.grants[0].state = kProposed;
        found.grants[1].state = kConfirmed;
        const auto said = decide(StopAccount{{1}, row.how}, found);
        EXPECT_EQ(verdict_of(said), row.verdict) << row.state;
        if (!said) continue;
        ASSERT_EQ(said->grants.size(), row.how == Stop::close ? 2U : 0U);
        if (row.how == Stop::close) {
            EXPECT_EQ(said->grants[0].state, kRefused);
            EXPECT_EQ(said->grants[1].state, kEnded);
        }
    }
}

}  // namespace
}  // namespace fenming::access::test

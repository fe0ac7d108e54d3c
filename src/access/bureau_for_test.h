#pragma once
// A small bureau for this folder's tests: a world whose road asks Access, and its first people.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "access/accounts.h"
#include "access/demo.h"
#include "access/grants.h"
#include "access/invariants.h"
#include "access/sign_in.h"
#include "access/sql.h"
#include "store/migrate.h"
#include "test/support/world.h"

namespace fenming::access::test {

inline constexpr Area kCity{430400000000};
inline constexpr Area kCounty{430408000000};
inline constexpr Area kOtherCounty{430412000000};
inline constexpr Area kTown{430408001000};

inline constexpr std::int64_t kMinute_ms = 60'000;
inline constexpr std::int64_t kHour_ms = 3'600'000;
inline constexpr std::int64_t kDay_ms = 86'400'000;

/// The result is refused with the kind, and its sentence is whole in both languages.
template <class T>
testing::AssertionResult refused(const Result<T>& result, const RefusalKind& kind) {
    if (result) return testing::AssertionFailure() << "not refused";
    const auto& no = result.error();
    if (no.kind().code != kind.code)
        return testing::AssertionFailure() << "refused with " << no.kind().code;
    for (const auto language : {Language::zh_cn, Language::en}) {
        const auto missing = missing_values(no, language);
        if (!missing.empty())
            return testing::AssertionFailure() << "the sentence lacks " << missing.front();
        if (say(no, language).says.empty()) return testing::AssertionFailure() << "says nothing";
    }
    return testing::AssertionSuccess();
}
/// The value, or the test fails with the sentence.
template <class T>
T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(std::string(result.error().kind().code) + ": " +
                                 say(result.error(), Language::en).says);
    return std::move(*result);
}
/// "ok", or the refusal's code: for tables.
template <class T>
std::string verdict_of(const Result<T>& result) {
    return result ? "ok" : std::string(result.error().kind().code);
}

/// Rules as in earnest, but for the cost of a hash.
inline Settings strict() {
    Settings settings;
    settings.cost = crypto::kTestPasswordCost;
    return settings;
}
/// Passwords alone, no probation: for tests that are about something else.
inline Settings plain() {
    auto settings = strict();
    settings.second_factor_required = false;
    settings.probation_working_days = 0;
    return settings;
}

inline const std::string kFirstPassword = "Erstes-Wort-1";
inline const std::string kOwnPassword = "Eigenes-Wort-2";

class Bureau {
public:
    explicit Bureau(const char* kind, Settings settings = plain(), bool is_demo = false)
        : access(settings), world(kind) {
        world.use(access);
        world.use(invariants());
        if (is_demo) {
            auto tx = world.database().begin_write();
            store::set_meta(*tx, "demo", "1");
            tx->commit();
        }
        door = std::make_unique<Door>(world.road(), settings);
    }

    road::Road& road() { return world.road(); }
    Instant now() { return world.clock.now(); }
    static Secret<std::string> word(const std::string& text) { return Secret<std::string>(text); }
    static road::Caller console() { return {{}, {}, "cli", "tester", {}}; }

    /// The caller of an account, who has just given a second factor that serves for any order.
    road::Caller caller(AccountId account, const char* channel = "web") {
        auto tx = world.database().begin_read();
        const auto row = tx->one<AccountRow>(sql::account_of_caller, account);
        return {account, row ? row->staff : StaffId{}, channel, "", now(), {}, true};
    }
    template <class O>
    auto give(AccountId by, const O& order, const road::Call& call = {}) {
        return road::carry_out(road(), caller(by), order, call);
    }

    FirstAccount founding() {
        FirstAccount order;
        order.area = kCity;
        order.office_code = "bureau";
        order.office_name_zh = "市民政局";
        order.office_name_en = "City bureau";
        order.founders = {{"anna", "安娜", word("13800000001")}, {"bert", "贝特", std::nullopt}};
        return must(door->with_passwords(order, {word(kFirstPassword), word(kFirstPassword)}));
    }
    /// Founds the bureau: `anna` is account administrator, `bert` permission administrator.
    void found() {
        const auto receipt = must(road::carry_out(road(), console(), founding()));
        anna = receipt.accounts.at(0);
        bert = receipt.accounts.at(1);
        make_own(anna);
        make_own(bert);
    }
    /// The person changes the first password to his own.
    void make_own(AccountId account) {
        must(door->change_password(caller(account), word(kFirstPassword), word(kOwnPassword),
                                   "own"));
    }
    OfficeId office(const std::string& code, Area area) {
        return must(give(anna,
                         AddOffices{{{code, code + "局", code, OfficeKind::county_bureau, area}}}))
            .offices.at(0);
    }
    ProposeAccounts wanted(const std::string& login, OfficeId office_id) {
        ProposeAccounts order;
        order.accounts.push_back(
            {login, std::nullopt, "某" + login, office_id, std::nullopt, std::nullopt});
        return must(door->with_passwords(order, {word(kFirstPassword)}));
    }
    /// Proposed by anna, confirmed by bert, and the person's own password set.
    AccountId account(const std::string& login, OfficeId office_id) {
        const auto proposed = must(give(anna, wanted(login, office_id)));
        must(give(bert, ConfirmAccounts{proposed.requests}));
        make_own(proposed.accounts.at(0));
        return proposed.accounts.at(0);
    }
    static ProposeGrants role(AccountId account, const std::string& name, Area area) {
        return ProposeGrants{{{account, name, area, {}, {}}}};
    }
    /// Proposed by bert, confirmed by anna.
    GrantId grant(AccountId account, const std::string& name, Area area) {
        const auto proposed = must(give(bert, role(account, name, area)));
        must(give(anna, ConfirmGrants{proposed.grants}));
        return proposed.grants.at(0);
    }
    std::vector<ForgedRow> forged() {
        auto tx = world.database().begin_read();
        return verify_macs(*tx, *world.keys);
    }

    Access access;
    fenming::test::World world;
    std::unique_ptr<Door> door;
    AccountId anna;
    AccountId bert;
};

}  // namespace fenming::access::test

// Goal: the demo's users exist by the orders of this folder, and only in a demo (E4, S1).

#include "access/demo.h"

#include <chrono>

#include "access/bureau_for_test.h"

namespace fenming::access::test {

FENMING_ON_BOTH(Demo);

TEST_P(Demo, HasItsFixedUsers) {
    Bureau bureau(GetParam(), Settings::for_demo(), true);
    std::vector<DemoCounty> counties;
    for (std::int64_t i = 0; i < 10; ++i)
        counties.push_back(
            {{430401000000 + i * 1'000'000}, "第" + std::to_string(i + 1) + "县", "County"});
    const auto before = std::chrono::steady_clock::now();
    must(install_demo_users(bureau.road(), kCity, "演示市", "Demo City", counties));
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - before);
    RecordProperty("install_of_62_users_ms", static_cast<int>(ms.count()));
    std::printf("[   demo   ] 62 users in %lld ms\n", static_cast<long long>(ms.count()));

    const struct {
        const char* login;
        const char* may;  // a permission that is his
        const char* may_not;
        Area area;
        Area foreign;  // {0}: none in the demo
    } rows[] = {
        // clang-format off
        {"town", "disbursement.submit", "disbursement.review", kCity, {}},
        {"county", "disbursement.review", "disbursement.approve", kCity, {}},
        {"review", "disbursement.review", "disbursement.submit", kCity, {}},
        {"approve", "disbursement.approve", "disbursement.submit", kCity, {}},
        {"finance", "disbursement.voucher", "disbursement.bankfile", kCity, {}},
        {"release", "disbursement.bankfile", "disbursement.voucher", kCity, {}},
        {"audit", "trail.read", "disbursement.submit", kCity, {}},
        {"leader", "disbursement.approve", "disbursement.review", kCity, {}},
        {"section", "policy.write", "disbursement.submit", kCity, {}},
        {"admin-account", "access.account.propose", "disbursement.read", kCity, {}},
        {"admin-permission", "access.grant.propose", "disbursement.read", kCity, {}},
        {"admin-log", "trail.read", "disbursement.read", kCity, {}},
        {"county.430401", "disbursement.review", "disbursement.approve", {430401000000}, {430402000000}},
        {"town.430410", "disbursement.submit", "disbursement.review", {430410000000}, kCity},
        {"Approve.430405", "disbursement.approve", "disbursement.submit", {430405000000}, kCity},
        // clang-format on
    };
    auto tx = bureau.world.database().begin_read();
    for (const auto& row : rows) {
        const auto caller =
            must(caller_as(*tx, *bureau.world.keys, row.login, "tester", bureau.now()));
        EXPECT_EQ(caller.channel, "cli");
        EXPECT_EQ(caller.host_user, "tester");
        EXPECT_EQ(caller.stepped_up, bureau.now());
        EXPECT_TRUE(caller.for_any_order);
        const auto may = [&](const char* permission, Area area) {
            return verdict_of(bureau.access.may_order(*tx, *bureau.world.keys, caller,
                                                      {"access.test", permission, true}, {}, area,
                                                      bureau.now()));
        };
        EXPECT_EQ(may(row.may, row.area), "ok") << row.login;
        EXPECT_EQ(may(row.may_not, row.area), "access.not_permitted") << row.login;
        if (row.foreign.code != 0) {
            EXPECT_EQ(may(row.may, row.foreign), "access.not_here") << row.login;
        }
    }
    EXPECT_TRUE(
        refused(caller_as(*tx, *bureau.world.keys, "nobody", "", bureau.now()), kNoSuchUser));
    EXPECT_EQ(settings_of(*tx).probation_working_days, 0);
    tx.reset();

    const auto in = must(bureau.door->sign_in({"town", Bureau::word("demo"), "", "s", "web", ""}));
    must(bureau.door->step_up(in.token.reveal(), Bureau::word("demo"), "", "s", {}));
    EXPECT_TRUE(refused(install_demo_users(bureau.road(), kCity, "演示市", "Demo City", {}),
                        kAccountsExist));
    EXPECT_TRUE(bureau.forged().empty());
    bureau.world.expect_trail_whole();
}

TEST_P(Demo, NothingOfItElsewhere) {
    Bureau bureau(GetParam());
    EXPECT_TRUE(refused(install_demo_users(bureau.road(), kCity, "演示市", "Demo City", {}),
                        kAsOnlyInDemo));
    bureau.found();
    auto tx = bureau.world.database().begin_read();
    EXPECT_TRUE(
        refused(caller_as(*tx, *bureau.world.keys, "anna", "", bureau.now()), kAsOnlyInDemo));
    EXPECT_EQ(settings_of(*tx).probation_working_days, 1);
}

TEST_P(Demo, TheMarkIsBelievedOnlyWithItsMac) {
    Bureau bureau(GetParam());
    const auto mark = [&] {
        auto tx = bureau.world.database().begin_read();
        return demo_mark(*tx, *bureau.world.keys);
    };
    EXPECT_FALSE(must(mark()));
    bureau.world.behind_the_back("INSERT INTO meta (key, value) VALUES ('demo', '1')");
    EXPECT_TRUE(refused(mark(), kDemoMarkForged));
    bureau.world.behind_the_back("DELETE FROM meta WHERE key = 'demo'");
    {
        auto tx = bureau.world.database().begin_write();
        mark_demo(*tx, *bureau.world.keys);
        tx->commit();
    }
    EXPECT_TRUE(must(mark()));
    bureau.world.behind_the_back("UPDATE meta SET value = 'another' WHERE key = 'generation'");
    EXPECT_TRUE(refused(mark(), kDemoMarkForged));
}

TEST_P(Demo, AsIsRefusedForStoppedAndForgedAccounts) {
    Bureau bureau(GetParam(), Settings::for_demo(), true);
    must(install_demo_users(bureau.road(), kCity, "演示市", "Demo City", {}));
    const auto as = [&](const char* login) {
        auto tx = bureau.world.database().begin_read();
        return caller_as(*tx, *bureau.world.keys, login, "", bureau.now());
    };
    const auto town = must(as("town"));
    must(road::carry_out(bureau.road(), must(as("admin-account")),
                         StopAccount{town.account, Stop::close}));
    EXPECT_TRUE(refused(as("town"), kAccountNotActive));
    bureau.world.behind_the_back("UPDATE account SET fresh_ms = 0 WHERE login = 'audit'");
    EXPECT_TRUE(refused(as("audit"), kRowForged));
}

}  // namespace fenming::access::test

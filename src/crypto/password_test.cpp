// Passwords: right, wrong, moved, outdated, and never more than two at once (S8).

#include "crypto/password.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/check.h"

namespace fenming::crypto {
namespace {

const AccountId kAccount{42};

PasswordVerdict judge(const KeyStore& keys, AccountId account, std::string_view password,
                      std::string_view stored) {
    return verify_password(keys, account, password, stored, kTestPasswordCost);
}

TEST(Password, KnowsRightFromWrong) {
    const TestKeyStore keys(1);
    const std::string stored = hash_password(keys, kAccount, "正确的密码", kTestPasswordCost);
    EXPECT_TRUE(judge(keys, kAccount, "正确的密码", stored).is_right);
    EXPECT_FALSE(judge(keys, kAccount, "正确的密码", stored).is_outdated);
    for (const std::string& wrong : {std::string("正确的密"), std::string(),
                                     std::string("正确的密码 "), std::string(2000, 'x')}) {
        EXPECT_FALSE(judge(keys, kAccount, wrong, stored).is_right);
    }
    EXPECT_NE(stored, hash_password(keys, kAccount, "正确的密码", kTestPasswordCost));
    EXPECT_EQ(stored.find("密码"), std::string::npos);
    EXPECT_TRUE(stored.starts_with("fm1$" + keys.mac(MacLabel::pepper).id().text() + "$8$1$"));
}

TEST(Password, DoesNotServeAnotherAccount) {
    const TestKeyStore keys(1);
    const std::string stored = hash_password(keys, kAccount, "password", kTestPasswordCost);
    EXPECT_FALSE(judge(keys, AccountId{43}, "password", stored).is_right);
}

TEST(Password, NeedsItsPepper) {
    const TestKeyStore keys(1);
    const TestKeyStore others(2);
    const std::string stored = hash_password(keys, kAccount, "password", kTestPasswordCost);
    EXPECT_THROW(judge(others, kAccount, "password", stored), Fault);
    // With the id of the other pepper written in, it is simply wrong.
    std::string forged = stored;
    forged.replace(4, 8, others.mac(MacLabel::pepper).id().text());
    EXPECT_FALSE(judge(others, kAccount, "password", forged).is_right);
}

TEST(Password, SaysWhenItIsOutdated) {
    const TestKeyStore before(1);
    const TestKeyStore after(1, 2);
    const std::string stored = hash_password(before, kAccount, "password", kTestPasswordCost);
    EXPECT_TRUE(judge(after, kAccount, "password", stored).is_right);
    EXPECT_TRUE(judge(after, kAccount, "password", stored).is_outdated);
    EXPECT_FALSE(judge(after, kAccount, "wrong", stored).is_outdated);
    EXPECT_TRUE(verify_password(before, kAccount, "password", stored, {16, 1}).is_outdated);
}

TEST(Password, DamagedTextsAreFaults) {
    const TestKeyStore keys(1);
    const std::string stored = hash_password(keys, kAccount, "password", kTestPasswordCost);
    const std::string id = keys.mac(MacLabel::pepper).id().text();
    const std::string rest = "$" + std::string(32, '0') + "$" + std::string(64, '0');
    std::vector<std::string> all = {"",
                                    "fm1",
                                    "fm2" + stored.substr(3),
                                    stored + "0",
                                    stored + "$",
                                    stored.substr(1),
                                    "fm1$xxxxxxxx$8$1" + rest,
                                    std::string(10'000, '$')};
    for (const char* const cost : {"7$1", "8$0", "08$1", "4294967304$1", "1048577$1", "8$17"}) {
        std::string bad = "fm1$";
        all.push_back(bad.append(id).append("$").append(cost).append(rest));
    }
    for (const std::string& bad : all) {
        EXPECT_THROW(judge(keys, kAccount, "password", bad), Fault) << bad;
    }
    try {
        judge(keys, kAccount, "password", "");
    } catch (const Fault& fault) {
        EXPECT_NE(std::string(fault.what()).find("account 42"), std::string::npos);
    }
    EXPECT_THROW(hash_password(keys, kAccount, "", kTestPasswordCost), Bug);
    EXPECT_THROW(hash_password(keys, kAccount, "password", {7, 1}), Bug);
    EXPECT_THROW(hash_password(keys, kAccount, "password", {8, 0}), Bug);
}

TEST(Password, EveryCharacterOfTheStoredTextCounts) {
    const TestKeyStore keys(1);
    const std::string stored = hash_password(keys, kAccount, "password", kTestPasswordCost);
    for (std::size_t at = 0; at < stored.size(); ++at) {
        std::string changed = stored;
        changed[at] = changed[at] == '1' ? '2' : '1';
        if (changed == stored) continue;
        try {
            EXPECT_FALSE(judge(keys, kAccount, "password", changed).is_right) << changed;
        } catch (const Fault&) {
            // No form of a stored password, or a pepper that is not held.
        }
    }
}

TEST(Password, TwoWorkAtOnceAndNoMore) {
    const TestKeyStore keys(1);
    const PasswordCost slow{16 * 1024, 3};
    std::vector<std::thread> threads;
    threads.reserve(6);
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            const std::string stored = hash_password(keys, kAccount, "password", slow);
            EXPECT_TRUE(verify_password(keys, kAccount, "password", stored, slow).is_right);
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(password_work_peak(), 2);
}

TEST(Password, TheProductionCostWorks) {
    const TestKeyStore keys(1);
    const std::string stored = hash_password(keys, kAccount, "password");
    const auto verdict = verify_password(keys, kAccount, "password", stored);
    EXPECT_TRUE(verdict.is_right);
    EXPECT_FALSE(verdict.is_outdated);
    EXPECT_NE(stored.find("$65536$2$"), std::string::npos);
}

}  // namespace
}  // namespace fenming::crypto

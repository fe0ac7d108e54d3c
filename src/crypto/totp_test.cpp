// One-time codes against RFC 6238 and liboath, and that a code is good once (S18).

#include "crypto/totp.h"

#include <gtest/gtest.h>
#include <liboath/oath.h>

#include <algorithm>

#include <string>

#include "base/check.h"

namespace fenming::crypto {
namespace {

const Bytes kSecret = [] {
    const auto bytes = bytes_of("12345678901234567890");
    return Bytes(bytes.begin(), bytes.end());
}();

struct Row {
    std::int64_t seconds;
    std::string code;
};

TEST(Totp, MeetsRfc6238) {
    const Row rows[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
    };
    for (const auto& [seconds, code] : rows) {
        EXPECT_EQ(totp_code(kSecret, totp_step(Instant{seconds * 1000}), 8), code);
        EXPECT_EQ(totp_code(kSecret, totp_step(Instant{seconds * 1000 + 999})), code.substr(2));
    }
}

TEST(Totp, EqualsLiboath) {
    ASSERT_EQ(oath_init(), OATH_OK);
    for (int i = 0; i < 500; ++i) {
        const TotpSecret secret = new_totp_secret();
        const auto step = static_cast<std::int64_t>(secret[0]) * 1'000'003;
        char code[9] = {};
        ASSERT_EQ(oath_hotp_generate(reinterpret_cast<const char*>(secret.data()), secret.size(),
                                     static_cast<std::uint64_t>(step), 6, false,
                                     OATH_HOTP_DYNAMIC_TRUNCATION, code),
                  OATH_OK);
        EXPECT_EQ(totp_code(secret, step), code);
    }
    oath_done();
}

TEST(Totp, TakesOneStepEitherWay) {
    const Instant now{1'000'000'000'000};
    const std::int64_t step = totp_step(now);
    for (int off = -3; off <= 3; ++off) {
        const auto found = verify_totp(kSecret, totp_code(kSecret, step + off), now, std::nullopt);
        if (off >= -1 && off <= 1) {
            EXPECT_EQ(found, step + off) << off;
        } else {
            EXPECT_EQ(found, std::nullopt) << off;
        }
    }
}

TEST(Totp, ACodeIsGoodOnce) {
    const Instant now{1'000'000'000'000};
    const std::int64_t step = totp_step(now);
    const std::string code = totp_code(kSecret, step);
    EXPECT_EQ(verify_totp(kSecret, code, now, step - 1), step);
    EXPECT_EQ(verify_totp(kSecret, code, now, step), std::nullopt);
    // An older code does not come back after a newer one was taken.
    EXPECT_EQ(verify_totp(kSecret, totp_code(kSecret, step - 1), now, step), std::nullopt);
    EXPECT_EQ(verify_totp(kSecret, totp_code(kSecret, step + 1), now, step), step + 1);
}

TEST(Totp, OtherTextsAreFalse) {
    const Instant now{1'000'000'000'000};
    const std::string code = totp_code(kSecret, totp_step(now));
    for (const std::string& text : {std::string(), code.substr(1), code + "0", " " + code,
                                    std::string(6, '\0'), std::string(10'000, '1')}) {
        EXPECT_EQ(verify_totp(kSecret, text, now, std::nullopt), std::nullopt);
    }
    EXPECT_EQ(verify_totp(kSecret, totp_code(kSecret, 0), Instant{0}, std::nullopt), 0);
    EXPECT_THROW(totp_code(kSecret, 1, 5), Bug);
}

TEST(Totp, TheUriNamesEverything) {
    TotpSecret secret{};
    std::copy(kSecret.begin(), kSecret.end(), secret.begin());
    EXPECT_EQ(otpauth_uri("分明", "wang li", secret),
              "otpauth://totp/%E5%88%86%E6%98%8E:wang%20li?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=%E5%88%86%E6%98%8E&algorithm=SHA1&digits=6&period=30");
    EXPECT_NE(new_totp_secret(), new_totp_secret());
}

}  // namespace
}  // namespace fenming::crypto

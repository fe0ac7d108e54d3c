// RFC 6238 on OpenSSL's HMAC-SHA1.

#include "crypto/totp.h"

#include <openssl/hmac.h>

#include "base/check.h"
#include "crypto/hash.h"
#include "crypto/openssl.h"
#include "crypto/random.h"

namespace fenming::crypto {

namespace {

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    for (const char c : text) {
        if (kPlain.find(c) != kPlain.npos) {
            encoded.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return encoded;
}

}  // namespace

TotpSecret new_totp_secret() {
    return random_array<TotpSecret{}.size()>();
}

std::int64_t totp_step(Instant at) {
    return at.ms / 1000 / kTotpStepSeconds;
}

std::string totp_code(BytesView secret, std::int64_t step, int digits) {
    check(digits >= 6 && digits <= 8 && step >= 0, "a code of 6 to 8 digits");
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter[i] = static_cast<std::uint8_t>(step >> (56 - 8 * i));
    }
    std::array<std::uint8_t, 20> mac{};
    unsigned size = 0;
    openssl::must(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
                       counter.size(), mac.data(), &size),
                  "compute HMAC-SHA1");
    const std::size_t at = mac[19] & 0x0fu;  // dynamic truncation, RFC 4226
    const std::uint32_t number = (mac[at] & 0x7fu) << 24 |
                                 static_cast<std::uint32_t>(mac[at + 1]) << 16 |
                                 static_cast<std::uint32_t>(mac[at + 2]) << 8 | mac[at + 3];
    const std::string all = "0000000000" + std::to_string(number);
    return all.substr(all.size() - static_cast<std::size_t>(digits));
}

std::optional<std::int64_t> verify_totp(BytesView secret, std::string_view code, Instant now,
                                        std::optional<std::int64_t> last_accepted) {
    const std::int64_t present = totp_step(now);
    std::optional<std::int64_t> found;
    // Every step is tried, whatever the first ones say, so that the time tells nothing; of two
    // alike the later counts.
    for (const std::int64_t step : {present - 1, present, present + 1}) {
        if (step < 0) continue;
        const bool is_code =
            equal_in_constant_time(bytes_of(totp_code(secret, step)), bytes_of(code));
        if (is_code && (!last_accepted || step > *last_accepted)) found = step;
    }
    return found;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account,
                        const TotpSecret& secret) {
    return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account) +
           "?secret=" + to_base32(secret) + "&issuer=" + percent_encoded(issuer) +
           "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace fenming::crypto

#pragma once
// One-time codes (RFC 6238) as a second factor (S18): HMAC-SHA1, 30 seconds, 6 digits, since that
// is what the telephones' programs know. The secret is kept in an encrypted cell.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/date.h"

namespace fenming::crypto {

inline constexpr std::int64_t kTotpStepSeconds = 30;
inline constexpr int kTotpDigits = 6;

/// 160 bits.
using TotpSecret = std::array<std::uint8_t, 20>;
TotpSecret new_totp_secret();

/// The number of the 30 seconds that `at` lies in, since 1970.
std::int64_t totp_step(Instant at);

/// The code of a step; `digits` is 6 to 8. `secret` is 1 byte or more.
std::string totp_code(BytesView secret, std::int64_t step, int digits = kTotpDigits);

/// The step whose code this is, among the present one, the one before and the one after; to be
/// stored as the last accepted. nullopt if the code is false, or its step is not above
/// `last_accepted`: a code is good once. Compares in constant time.
std::optional<std::int64_t> verify_totp(BytesView secret, std::string_view code, Instant now,
                                        std::optional<std::int64_t> last_accepted);

/// What the picture shown once to the person holds. `issuer` and `account` are UTF-8 of any kind.
std::string otpauth_uri(std::string_view issuer, std::string_view account,
                        const TotpSecret& secret);

}  // namespace fenming::crypto

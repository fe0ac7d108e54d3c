#pragma once
// Passwords (S8): Argon2id, then HMAC-SM3 under k_pepper with the account's id, so that whoever can
// write the store can neither guess a password nor put one account's password on another.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.h"
#include "crypto/keystore.h"

namespace fenming::crypto {

/// What one password check costs. Memory is in KiB, at least 8; passes at least 1.
struct PasswordCost {
    std::uint32_t memory_kib;
    std::uint32_t passes;
    friend bool operator==(const PasswordCost&, const PasswordCost&) = default;
};
/// 64 MiB, 2 passes: 0.2 to 0.4 s on an office server.
inline constexpr PasswordCost kPasswordCost{64 * 1024, 2};
/// The least there is, for tests and demos.
inline constexpr PasswordCost kTestPasswordCost{8, 1};
/// Beyond this a stored cost is damage, not a wish.
inline constexpr PasswordCost kMostPasswordCost{1024 * 1024, 16};

/// The longest password taken, in bytes: longer ones match nothing.
inline constexpr std::size_t kLongestPassword = 1024;

/// The text to store: `fm1$<pepper key id>$<KiB>$<passes>$<salt, 32 hex>$<64 hex of
/// HMAC-SM3(k_pepper, lp("fenming/password/v1") ‖ lp(account id) ‖ lp(Argon2id output))>`.
/// The password is 1 to kLongestPassword bytes; whether it is good enough, the caller has judged.
std::string hash_password(const KeyStore& keys, AccountId account, std::string_view password,
                          PasswordCost cost = kPasswordCost);

struct PasswordVerdict {
    bool is_right = false;
    /// Right, but stored under an older pepper or another cost: hash it anew now.
    bool is_outdated = false;
};

/// Compares in constant time. A stored text that hash_password never writes is a Fault that names
/// the account. At most two checks work at once in the whole process; others wait their turn, since
/// each takes 64 MiB.
PasswordVerdict verify_password(const KeyStore& keys, AccountId account, std::string_view password,
                                std::string_view stored, PasswordCost cost = kPasswordCost);

/// The most Argon2id computations that ever ran at once: a metric, at most 2.
int password_work_peak();

}  // namespace fenming::crypto

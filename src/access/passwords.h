#pragma once
// Passwords on their way into orders. They are hashed before the road is taken, since that takes a
// third of a second that no pen should wait for; and they stand in no order's fields, so that the
// trail's digest of an order is not a cheap way of guessing one.

#include <string>
#include <string_view>

#include "access/access.h"
#include "base/secret.h"

namespace fenming::access {

inline constexpr RefusalKind kPasswordWeak{"access.password_weak", 422};
inline constexpr RefusalKind kPasswordUnchanged{"access.password_unchanged", 422};
inline constexpr RefusalKind kPasswordWrong{"access.password_wrong", 403};

/// The least length in characters, where the rules are on (R8.03).
inline constexpr std::size_t kShortestPassword = 10;

/// A password as stored, bound to its account. Only the functions below make one.
class NewPassword {
public:
    [[nodiscard]] AccountId account() const { return account_; }
    [[nodiscard]] const Bytes& stored() const { return stored_; }

private:
    NewPassword(AccountId account, Bytes stored) : account_(account), stored_(std::move(stored)) {}
    AccountId account_;
    Bytes stored_;
    friend Result<NewPassword> new_password(const crypto::KeyStore&, const Settings&, AccountId,
                                            std::string_view, const Secret<std::string>&);
};

/// Judges and hashes. Refuses with kPasswordWeak: under 10 characters, fewer than three of small
/// letters, capitals, digits and others, the sign-in name inside it, or longer than the hash takes.
Result<NewPassword> new_password(const crypto::KeyStore& keys, const Settings& settings,
                                 AccountId account, std::string_view login,
                                 const Secret<std::string>& password);

/// The judgement alone.
Result<Done> strong_enough(const Settings& settings, std::string_view login,
                           std::string_view password);

}  // namespace fenming::access

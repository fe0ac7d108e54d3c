// Judging and hashing new passwords.

#include "access/passwords.h"

#include <algorithm>

#include "base/text.h"

namespace fenming::access {
namespace {

int kinds_of_characters(std::string_view text) {
    bool small = false, capital = false, digit = false, other = false;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z')
            small = true;
        else if (c >= 'A' && c <= 'Z')
            capital = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            other = true;
    }
    return int{small} + int{capital} + int{digit} + int{other};
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace

Result<Done> strong_enough(const Settings& settings, std::string_view login,
                           std::string_view password) {
    const auto weak = [] {
        return refuse(refusal(kPasswordWeak).with("least", std::int64_t{kShortestPassword}));
    };
    if (password.empty() || password.size() > crypto::kLongestPassword) return weak();
    if (!settings.password_rules) return Done{};
    if (length_in_characters(password) < kShortestPassword) return weak();
    if (kinds_of_characters(password) < 3) return weak();
    if (!login.empty() && lower(password).find(lower(login)) != std::string::npos) return weak();
    return Done{};
}

Result<NewPassword> new_password(const crypto::KeyStore& keys, const Settings& settings,
                                 AccountId account, std::string_view login,
                                 const Secret<std::string>& password) {
    TRY(strong_enough(settings, login, password.reveal()));
    const auto stored = crypto::hash_password(keys, account, password.reveal(), settings.cost);
    const auto bytes = bytes_of(stored);
    return NewPassword(account, Bytes(bytes.begin(), bytes.end()));
}

}  // namespace fenming::access

#pragma once
// The door: how a person becomes a Caller, and how a session goes on and ends (S8, S18).

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "access/own.h"
#include "base/secret.h"
#include "road/road.h"

namespace fenming::access {

/// Wrong password and unknown name alike: said in the same words after the same work.
inline constexpr RefusalKind kSignInFailed{"access.sign_in_failed", 401};
inline constexpr RefusalKind kLockedOut{"access.locked_out", 429};
/// The password was right; the one-time code is still to be given.
inline constexpr RefusalKind kSecondFactorNeeded{"access.second_factor_needed", 401};
/// What a second factor is given for is the digest of an order: 64 hex digits.
inline constexpr RefusalKind kNoDigest{"access.no_digest", 422};

struct Credentials {
    std::string login;
    Secret<std::string> password;
    std::string code;    ///< one-time code; "" if none
    std::string source;  ///< network address, or the terminal's user; stored as a keyed digest only
    std::string channel;    ///< web, cli, api
    std::string host_user;  ///< cli: the operating system's user
};

struct SignedIn {
    Secret<std::string> token;  ///< 256 random bits as 64 hex digits; the store has its MAC
    Instant expires;            ///< at the latest
    road::Caller caller;
};

/// A one-time-code secret, shown once to its person and to nobody else.
struct Enrolled {
    AuthenticatorId authenticator;
    Secret<std::string>
        uri;  ///< otpauth://…; empty when a repeated request finds the first one done
};

/// What a second factor is to serve for, as access.step_up_needed told it.
Result<crypto::Digest> read_digest(std::string_view text);

/// Made once for a program; its functions may be called from many threads.
class Door {
public:
    Door(road::Road& road, Settings settings) : road_(road), settings_(settings) {}

    /// An order `access.sign_in` on the road, once the secrets are shown; refused tries are noted
    /// with the road's refusals. Tries are counted per name and source before anything is compared,
    /// and refused ones per source over all names; both locks are timed, and a name that does not
    /// exist is locked like one that does. Also refuses an account that is not active (only to who
    /// knows its password) and one whose row was forged.
    Result<SignedIn> sign_in(const Credentials& credentials);
    /// The caller of a live session; refuses with kNotSignedIn. Each use prolongs it (written at
    /// most once a minute), up to its absolute end.
    Result<road::Caller> caller_of(const std::string& token);
    /// Whether the session still lives and its account is active; does not prolong it.
    [[nodiscard]] bool is_live(const std::string& token) const;
    /// A second factor given now: the session goes on under a new token. Where a second factor is
    /// not required and none is enrolled, the password serves. It serves for the order of that
    /// digest alone (access.step_up_needed tells it); without one, for one's own factors.
    Result<SignedIn> step_up(const std::string& token, const Secret<std::string>& password,
                             const std::string& code, const std::string& source,
                             std::optional<crypto::Digest> order_digest);
    Result<Done> sign_out(const std::string& token);

    /// Ends all sessions of the account.
    Result<AccountReceipt> change_password(const road::Caller& caller,
                                           const Secret<std::string>& old_password,
                                           const Secret<std::string>& new_password,
                                           const std::string& source, const road::Call& call = {});
    Result<Enrolled> enrol_totp(const road::Caller& caller, const road::Call& call = {});

    /// Judges and hashes the passwords, in the order of the founders, accounts; binds each to a new
    /// account id.
    Result<FirstAccount> with_passwords(FirstAccount order,
                                        const std::vector<Secret<std::string>>& passwords);
    Result<ProposeAccounts> with_passwords(ProposeAccounts order,
                                           const std::vector<Secret<std::string>>& passwords);
    Result<ProposeReset> with_password(ProposeReset order, const Secret<std::string>& password);

    [[nodiscard]] const Settings& settings() const { return settings_; }
    [[nodiscard]] road::Road& road() const { return road_; }

private:
    struct Pair {
        Bytes subject;
        Bytes source;
        Bytes anybody;  ///< the subject under which a source is counted over all names
    };
    struct Known {
        std::optional<AccountRow> account;
        std::vector<AuthenticatorRow> factors;  ///< live ones
    };

    [[nodiscard]] Pair pair_of(std::string_view login, std::string_view source) const;
    Result<Done> count_try(const Pair& pair);
    void count_refused(const Pair& pair);
    void take_back_try(const Pair& pair);
    void note(std::string_view type, const RefusalKind& kind, const road::Caller& caller);

    Known read(std::string_view login);
    Known read(AccountId account);
    [[nodiscard]] crypto::PasswordVerdict verdict(const Known& known, std::string_view password);
    Result<Proof> prove_factor(const Known& known, const std::string& code);
    Result<SignedIn> proven(const Credentials& credentials, const Known& known, const Pair& pair,
                            bool is_outdated);
    [[nodiscard]] Bytes mac_of_token(std::string_view token) const;
    SignedIn new_session(const AccountRow& account, const road::Caller& caller, SessionRow& row);
    Result<SessionRow> live_session(store::Tx& tx, const std::string& token) const;

    road::Road& road_;
    Settings settings_;
    std::once_flag once_;
    Bytes nobody_;  // a stored password that nothing matches
};

}  // namespace fenming::access

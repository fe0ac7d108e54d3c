#pragma once
// What a person does to his own account: signing in and out, the second factor, the password.
// Signing in and stepping up are orders, so that the trail has them (E11, R8.03). What proves the
// person was checked before the road (sign_in.h) and stands in no field.

#include <optional>
#include <string>
#include <vector>

#include "access/accounts.h"
#include "access/passwords.h"
#include "access/rows.h"
#include "crypto/totp.h"
#include "road/order.h"

namespace fenming::access {

inline constexpr RefusalKind kSecondFactorWrong{"access.second_factor_wrong", 403};

/// That the account's secrets were shown: only the Door makes one (sign_in.h).
class Proof {
public:
    /// The step of the one-time code; none if no code was asked for.
    [[nodiscard]] std::optional<std::int64_t> step() const { return step_; }
    [[nodiscard]] AuthenticatorId factor() const { return factor_; }

private:
    Proof() = default;  ///< by password alone
    explicit Proof(AuthenticatorId factor, std::int64_t step) : factor_(factor), step_(step) {}
    AuthenticatorId factor_;
    std::optional<std::int64_t> step_;
    friend class Door;
};

/// A new session; the token itself is known to its holder alone.
struct SignIn {
    static constexpr road::OrderType type{"access.sign_in", kSignIn, false, false, true};
    AccountId account;
    static constexpr auto fields = std::make_tuple(field("account_id", &SignIn::account));
    SessionRow session;
    Proof proof;
    Bytes subject;  ///< the pair of the guard that is forgotten now
    Bytes source;
    std::optional<NewPassword> renewed;  ///< the same password under the present cost and pepper
};
/// The session goes on under a new token, with a second factor given now (S18).
struct StepUp {
    static constexpr road::OrderType type{"access.step_up", kSelf, false, false, true};
    AccountId account;
    static constexpr auto fields = std::make_tuple(field("account_id", &StepUp::account));
    Bytes old_token_mac;
    SessionRow session;
    Proof proof;
    Bytes subject;
    Bytes source;
};
struct SignOut {
    static constexpr road::OrderType type{"access.sign_out", kSelf, false, false, true};
    AccountId account;
    static constexpr auto fields = std::make_tuple(field("account_id", &SignOut::account));
    Bytes token_mac;
};
struct SessionChange {  ///< dossier and decision of the three
    AccountId account;
    Bytes ended;  ///< token MAC of the session that goes; may be empty
    std::optional<SessionRow> begun;
    std::optional<std::int64_t> step;  ///< of the factor that was used
    AuthenticatorId factor;
    Bytes subject;
    Bytes source;
    std::optional<AccountRow> renewed;
};
struct SessionReceipt {
    AccountId account;
    bool second_factor = false;
    static constexpr auto fields =
        std::make_tuple(field("account_id", &SessionReceipt::account),
                        field("second_factor", &SessionReceipt::second_factor));
};

/// Ends all sessions of the account: the person signs in anew.
struct ChangePassword {
    static constexpr road::OrderType type{"access.change_password", kSelf};
    AccountId account;
    static constexpr auto fields = std::make_tuple(field("account_id", &ChangePassword::account));
    Bytes proven;  ///< the stored password that the old one was found to match
    std::optional<NewPassword> password;
};
struct PasswordToChange {  ///< dossier
    Instant at;
    AccountRow account;
};
struct PasswordChanged {  ///< decision
    AccountRow account;
};

/// A one-time-code secret, waiting for its first code. Where one is live already, the caller must
/// have given it within the last minutes.
struct EnrolTotp {
    static constexpr road::OrderType type{"access.enrol_totp", kSelf};
    AccountId account;
    static constexpr auto fields = std::make_tuple(field("account_id", &EnrolTotp::account));
    AuthenticatorId id;
    Secret<crypto::TotpSecret> secret;
};
/// The first code makes the new one live and ends the old one.
struct ConfirmTotp {
    static constexpr road::OrderType type{"access.confirm_totp", kSelf};
    AuthenticatorId authenticator;
    std::string code;
    static constexpr auto fields =
        std::make_tuple(field("authenticator_id", &ConfirmTotp::authenticator),
                        field("code", &ConfirmTotp::code, "six digits from the telephone"));
};
struct FactorToEnrol {  ///< dossier
    AccountId account;
    bool has_live = false;
    bool stepped_up = false;
    std::vector<AuthenticatorRow> waiting;  ///< earlier ones that never became live
};
struct FactorEnrolled {  ///< decision
    AccountId account;
    AuthenticatorId id;
    Secret<crypto::TotpSecret> secret;
    std::vector<AuthenticatorRow> ended;
};
struct FactorToConfirm {  ///< dossier
    Instant at;
    AccountId account;
    Secret<std::string> secret;
    AuthenticatorRow row;
    std::vector<AuthenticatorRow> live;
};
struct FactorConfirmed {  ///< decision
    std::vector<AuthenticatorRow> rows;
    AuthenticatorId factor;
    std::int64_t step = 0;
};
struct FactorReceipt {
    AuthenticatorId authenticator;
    static constexpr auto fields =
        std::make_tuple(field("authenticator_id", &FactorReceipt::authenticator));
};

Result<Area> area_of(store::Tx& tx, const SignIn& order);
Result<Area> area_of(store::Tx& tx, const StepUp& order);
Result<Area> area_of(store::Tx& tx, const SignOut& order);
Result<Area> area_of(store::Tx& tx, const ChangePassword& order);
Result<Area> area_of(store::Tx& tx, const EnrolTotp& order);
Result<Area> area_of(store::Tx& tx, const ConfirmTotp& order);

Result<SessionChange> load(road::Desk& desk, const SignIn& order);
Result<SessionChange> load(road::Desk& desk, const StepUp& order);
Result<SessionChange> load(road::Desk& desk, const SignOut& order);
Result<PasswordToChange> load(road::Desk& desk, const ChangePassword& order);
Result<FactorToEnrol> load(road::Desk& desk, const EnrolTotp& order);
Result<FactorToConfirm> load(road::Desk& desk, const ConfirmTotp& order);

Result<SessionChange> decide(const SignIn& order, const SessionChange& found);
Result<SessionChange> decide(const StepUp& order, const SessionChange& found);
Result<SessionChange> decide(const SignOut& order, const SessionChange& found);
Result<PasswordChanged> decide(const ChangePassword& order, const PasswordToChange& found);
Result<FactorEnrolled> decide(const EnrolTotp& order, const FactorToEnrol& found);
Result<FactorConfirmed> decide(const ConfirmTotp& order, const FactorToConfirm& found);

Result<SessionReceipt> record(road::Desk& desk, const SessionChange& decision);
Result<AccountReceipt> record(road::Desk& desk, const PasswordChanged& decision);
Result<FactorReceipt> record(road::Desk& desk, const FactorEnrolled& decision);
Result<FactorReceipt> record(road::Desk& desk, const FactorConfirmed& decision);

}  // namespace fenming::access

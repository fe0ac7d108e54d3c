// The door: tries, proofs, sessions.

#include "access/sign_in.h"

#include "access/save.h"
#include "access/sql.h"
#include "base/check.h"
#include "crypto/random.h"

namespace fenming::access {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::int64_t kTouch_ms = 60'000;       // a session's last use is written this often
constexpr std::int64_t kForget_ms = 86'400'000;  // tries older than a day

Bytes digest(const crypto::KeyStore& keys, std::string_view domain, std::string_view text) {
    const auto mac =
        keys.mac(crypto::MacLabel::session).mac(crypto::Frame(domain).add(text).view());
    return {mac.begin(), mac.end()};
}

}  // namespace

// ---- tries ----------------------------------------------------------------------------------

Door::Pair Door::pair_of(std::string_view login, std::string_view source) const {
    const auto& keys = road_.keys();
    return {digest(keys, "fenming/sign-in-name/v1", login),
            digest(keys, "fenming/sign-in-source/v1", source),
            digest(keys, "fenming/sign-in-anybody/v1", "")};
}

Result<Done> Door::count_try(const Pair& pair) {
    const auto now = road_.clock().now().ms;
    auto tx = road_.database().begin_write();
    tx->run(sql::forget_old_tries, now - kForget_ms);
    tx->run(sql::count_try, pair.subject, pair.source, now, now - settings_.lock_ms,
            settings_.tries, now + settings_.lock_ms);
    std::int64_t until = 0;
    for (const auto* subject : {&pair.subject, &pair.anybody}) {
        const auto locked = tx->value<std::int64_t>(sql::guard, *subject, pair.source).value_or(0);
        if (locked > until) until = locked;
    }
    tx->commit();
    if (until <= now) return Done{};
    return refuse(refusal(kLockedOut).with("minutes", (until - now + 59'999) / 60'000));
}

void Door::count_refused(const Pair& pair) {
    const auto now = road_.clock().now().ms;
    auto tx = road_.database().begin_write();
    tx->run(sql::count_try, pair.anybody, pair.source, now, now - settings_.lock_ms,
            settings_.source_tries, now + settings_.lock_ms);
    tx->commit();
}

void Door::take_back_try(const Pair& pair) {
    auto tx = road_.database().begin_write();
    tx->run(sql::take_back_try, pair.subject, pair.source);
    tx->commit();
}

void Door::note(std::string_view type, const RefusalKind& kind, const road::Caller& caller) {
    road_.note_refusal({std::string(type), std::string(kind.code), caller, road_.clock().now()});
}

// ---- proofs ---------------------------------------------------------------------------------

Door::Known Door::read(std::string_view login) {
    auto tx = road_.database().begin_read();
    Known known;
    known.account = tx->one<AccountRow>(sql::account_of_login, login);
    const auto id = known.account ? known.account->id : AccountId{};
    known.factors = tx->all<AuthenticatorRow>(sql::authenticators, id, kActive);
    return known;
}

Door::Known Door::read(AccountId account) {
    auto tx = road_.database().begin_read();
    return {tx->one<AccountRow>(sql::account_of_caller, account),
            tx->all<AuthenticatorRow>(sql::authenticators, account, kActive)};
}

crypto::PasswordVerdict Door::verdict(const Known& known, std::string_view password) {
    std::call_once(once_, [&] {
        const auto stored = crypto::hash_password(
            road_.keys(), AccountId{}, to_hex(crypto::random_array<kTokenBytes>()), settings_.cost);
        nobody_.assign(stored.begin(), stored.end());
    });
    // An account that is not there costs the same, so that the clock does not tell.
    const bool is_there = known.account && !known.account->password.empty();
    const auto id = is_there ? known.account->id : AccountId{};
    const auto& stored = is_there ? known.account->password : nobody_;
    auto verdict =
        crypto::verify_password(road_.keys(), id, password, text_of(stored), settings_.cost);
    verdict.is_right = verdict.is_right && is_there;
    return verdict;
}

Result<Proof> Door::prove_factor(const Known& known, const std::string& code) {
    if (known.factors.empty()) return Proof();
    if (code.empty()) return refuse(kSecondFactorNeeded);
    auto tx = road_.database().begin_read();
    for (const auto& factor : known.factors) {
        TRY(check_seal(road_.keys(), factor));
        const auto secret =
            road_.keys().open_cell({"authenticator", "secret", factor.id.number}, factor.secret);
        const auto step = crypto::verify_totp(bytes_of(secret.reveal()), code, road_.clock().now(),
                                              tx->value<std::int64_t>(sql::last_step, factor.id));
        if (step) return Proof(factor.id, *step);
    }
    return refuse(kSecondFactorWrong);
}

// ---- signing in -----------------------------------------------------------------------------

Result<SignedIn> Door::sign_in(const Credentials& credentials) {
    const auto form = login_form(credentials.login);
    const std::string login = form ? *form : credentials.login;
    const auto pair = pair_of(login, credentials.source);
    road::Caller stranger{{}, {}, credentials.channel, credentials.host_user, {}};
    const auto no = [&](Refusal&& why) {
        if (&why.kind() != &kLockedOut) count_refused(pair);
        note(SignIn::type.name, why.kind(), stranger);
        return refuse(std::move(why));
    };
    if (auto tried = count_try(pair); !tried) return no(std::move(tried.error()));

    const auto known = read(login);
    const auto verdict = this->verdict(known, credentials.password.reveal());
    if (!verdict.is_right) {
        // A swapped password hash never fits; say what it is rather than "wrong password" (S8).
        if (known.account && !is_sealed(road_.keys(), *known.account))
            return no(forged(AccountRow::table));
        return no(refusal(kSignInFailed));
    }
    stranger.account = known.account->id;
    stranger.staff = known.account->staff;
    if (!is_sealed(road_.keys(), *known.account)) return no(forged(AccountRow::table));
    if (known.account->state != kActive)
        return no(refusal(kAccountNotActive).word("state", known.account->state, "access.state"));
    if (!known.factors.empty() && credentials.code.empty()) {
        // The next step of the same signing in, not a try at it.
        take_back_try(pair);
        return refuse(kSecondFactorNeeded);
    }
    auto signed_in = proven(credentials, known, pair, verdict.is_outdated);
    if (!signed_in) return no(std::move(signed_in.error()));
    return signed_in;
}

Result<SignedIn> Door::proven(const Credentials& credentials, const Known& known, const Pair& pair,
                              bool is_outdated) {
    const auto& account = *known.account;
    const auto proof = TRY(prove_factor(known, credentials.code));
    const auto now = road_.clock().now();
    const road::Caller caller{account.id, account.staff, credentials.channel, credentials.host_user,
                              proof.step() ? now : Instant{0}};
    SessionRow session;
    auto signed_in = new_session(account, caller, session);
    SignIn order{account.id, session, proof, pair.subject, pair.source, std::nullopt};
    if (is_outdated) {
        auto renewed =
            new_password(road_.keys(), settings_, account.id, account.login, credentials.password);
        // A password that the present rules would not take stays as it is until it is changed.
        if (renewed) order.renewed = std::move(*renewed);
    }
    TRY(road::carry_out(road_, caller, order));
    return signed_in;
}

Result<crypto::Digest> read_digest(std::string_view text) {
    const auto bytes = from_hex(text);
    crypto::Digest digest{};
    if (!bytes || bytes->size() != digest.size()) return refuse(kNoDigest);
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

SignedIn Door::new_session(const AccountRow& account, const road::Caller& caller, SessionRow& row) {
    const auto token = to_hex(crypto::random_array<kTokenBytes>());
    const auto now = road_.clock().now();
    row.token_mac = mac_of_token(token);
    row.account = account.id;
    row.channel = caller.channel;
    row.created = now;
    row.last_seen = now;
    row.expires = {now.ms + settings_.absolute_ms};
    row.stepped_up = caller.stepped_up;
    if (caller.stepped_for)
        row.stepped_for.assign(caller.stepped_for->begin(), caller.stepped_for->end());
    return {Secret<std::string>(token), row.expires, caller};
}

Bytes Door::mac_of_token(std::string_view token) const {
    return digest(road_.keys(), "fenming/session-token/v1", token);
}

// ---- sessions -------------------------------------------------------------------------------

Result<SessionRow> Door::live_session(store::Tx& tx, const std::string& token) const {
    auto found = tx.one<SessionRow>(sql::session, mac_of_token(token));
    if (!found) return refuse(kNotSignedIn);
    TRY(check_seal(road_.keys(), *found));
    const auto now = road_.clock().now().ms;
    if (now >= found->expires.ms || now - found->last_seen.ms >= settings_.idle_ms)
        return refuse(kNotSignedIn);
    return std::move(*found);
}

Result<road::Caller> Door::caller_of(const std::string& token) {
    auto tx = road_.database().begin_read();
    auto session = live_session(*tx, token);
    if (!session) {
        note("access.session", session.error().kind(), {});
        return refuse(std::move(session.error()));
    }
    const auto account = tx->one<AccountRow>(sql::account_of_caller, session->account);
    if (!account) return refuse(kNotSignedIn);
    TRY(check_seal(road_.keys(), *account));
    if (account->state != kActive)
        return refuse(refusal(kAccountNotActive).word("state", account->state, "access.state"));
    tx.reset();

    const auto now = road_.clock().now();
    if (now.ms - session->last_seen.ms >= kTouch_ms) {
        session->last_seen = now;
        seal(road_.keys(), *session);
        auto write = road_.database().begin_write();
        write->run(sql::touch_session, session->token_mac, session->last_seen, session->mac);
        write->commit();
    }
    road::Caller caller{account->id, account->staff, session->channel, {}, session->stepped_up};
    if (!session->stepped_for.empty()) {
        check(session->stepped_for.size() == crypto::Digest{}.size(), "a digest has its length");
        std::ranges::copy(session->stepped_for, caller.stepped_for.emplace().begin());
    }
    return caller;
}

bool Door::is_live(const std::string& token) const {
    auto tx = road_.database().begin_read();
    const auto session = live_session(*tx, token);
    if (!session) return false;
    const auto account = tx->one<AccountRow>(sql::account_of_caller, session->account);
    return account && check_seal(road_.keys(), *account) && account->state == kActive;
}

Result<SignedIn> Door::step_up(const std::string& token, const Secret<std::string>& password,
                               const std::string& code, const std::string& source,
                               std::optional<crypto::Digest> order_digest) {
    auto caller = TRY(caller_of(token));
    const auto known = read(caller.account);
    const auto pair = pair_of(known.account->login, source);
    const auto no = [&](Refusal&& why) {
        note(StepUp::type.name, why.kind(), caller);
        return refuse(std::move(why));
    };
    if (auto tried = count_try(pair); !tried) return no(std::move(tried.error()));
    if (known.factors.empty() && settings_.second_factor_required)
        return no(refusal(kSecondFactorMissing));
    if (known.factors.empty() && !verdict(known, password.reveal()).is_right)
        return no(refusal(kPasswordWrong));
    auto proof = prove_factor(known, code);
    if (!proof) return no(std::move(proof.error()));

    caller.stepped_up = road_.clock().now();
    caller.stepped_for = order_digest;
    StepUp order{caller.account, mac_of_token(token), {}, *proof, pair.subject, pair.source};
    auto tx = road_.database().begin_read();
    const auto old = TRY(live_session(*tx, token));
    tx.reset();
    auto signed_in = new_session(*known.account, caller, order.session);
    order.session.created = old.created;  // the absolute end does not move
    order.session.expires = old.expires;
    signed_in.expires = old.expires;
    TRY(road::carry_out(road_, caller, order));
    return signed_in;
}

Result<Done> Door::sign_out(const std::string& token) {
    const auto caller = TRY(caller_of(token));
    TRY(road::carry_out(road_, caller, SignOut{caller.account, mac_of_token(token)}));
    return Done{};
}

// ---- passwords and factors ------------------------------------------------------------------

Result<AccountReceipt> Door::change_password(const road::Caller& caller,
                                             const Secret<std::string>& old_password,
                                             const Secret<std::string>& changed,
                                             const std::string& source, const road::Call& call) {
    const auto known = read(caller.account);
    if (!known.account) return refuse(kNotSignedIn);
    TRY(count_try(pair_of(known.account->login, source)));
    if (!verdict(known, old_password.reveal()).is_right) return refuse(kPasswordWrong);
    if (old_password.reveal() == changed.reveal()) return refuse(kPasswordUnchanged);
    take_back_try(pair_of(known.account->login, source));
    return road::carry_out(road_, caller,
                           ChangePassword{caller.account, known.account->password,
                                          TRY(new_password(road_.keys(), settings_, caller.account,
                                                           known.account->login, changed))},
                           call);
}

Result<Enrolled> Door::enrol_totp(const road::Caller& caller, const road::Call& call) {
    const auto known = read(caller.account);
    if (!known.account) return refuse(kNotSignedIn);
    const auto secret = crypto::new_totp_secret();
    const AuthenticatorId id{road_.ids().next(road_.clock().now().ms)};
    const auto receipt = TRY(road::carry_out(
        road_, caller, EnrolTotp{caller.account, id, Secret<crypto::TotpSecret>(secret)}, call));
    // A repeated request gets the first one's receipt; its secret was shown then.
    const bool is_first = receipt.authenticator == id;
    return Enrolled{receipt.authenticator,
                    Secret<std::string>(
                        is_first ? crypto::otpauth_uri("Fenming 分明", known.account->login, secret)
                                 : std::string())};
}

Result<FirstAccount> Door::with_passwords(FirstAccount order,
                                          const std::vector<Secret<std::string>>& passwords) {
    if (order.founders.size() != 2 || passwords.size() != 2) return refuse(kTwoFounders);
    for (std::size_t i = 0; i < passwords.size(); ++i)
        order.passwords.push_back(TRY(new_password(
            road_.keys(), settings_, AccountId{road_.ids().next(road_.clock().now().ms)},
            order.founders[i].login, passwords[i])));
    return order;
}

Result<ProposeAccounts> Door::with_passwords(ProposeAccounts order,
                                             const std::vector<Secret<std::string>>& passwords) {
    check(passwords.size() == order.accounts.size(), "each account has a password");
    if (order.accounts.empty() || order.accounts.size() > kMostAtOnce)
        return refuse(refusal(kHowMany)
                          .with("given", static_cast<std::int64_t>(order.accounts.size()))
                          .with("most", std::int64_t{kMostAtOnce}));
    for (std::size_t i = 0; i < passwords.size(); ++i)
        order.passwords.push_back(TRY(new_password(
            road_.keys(), settings_, AccountId{road_.ids().next(road_.clock().now().ms)},
            order.accounts[i].login, passwords[i])));
    return order;
}

Result<ProposeReset> Door::with_password(ProposeReset order, const Secret<std::string>& password) {
    const auto known = read(order.account);
    const std::string login = known.account ? known.account->login : std::string();
    order.password = TRY(new_password(road_.keys(), settings_, order.account, login, password));
    return order;
}

}  // namespace fenming::access

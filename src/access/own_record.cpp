// One's own account: where orders act, what they read, what they write.

#include "access/own.h"
#include "access/save.h"
#include "access/sql.h"
#include "base/check.h"

namespace fenming::access {
namespace {

Result<Area> own_area(store::Tx& tx, AccountId account) {
    return here(tx.value<Area>(sql::account_area, account));
}

/// The caller's own row; an order about somebody else's account is not here.
Result<AccountRow> own_account(road::Desk& desk, AccountId account) {
    if (account != desk.caller.account) return refuse(kNotHere);
    return here_and_ours(desk.keys, desk.tx.one<AccountRow>(sql::account_of_caller, account));
}

Result<std::vector<AuthenticatorRow>> factors(road::Desk& desk, AccountId account,
                                              std::string_view state) {
    auto rows = desk.tx.all<AuthenticatorRow>(sql::authenticators, account, state);
    for (const auto& each : rows) TRY(check_seal(desk.keys, each));
    return rows;
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const SignIn& order) {
    return own_area(tx, order.account);
}
Result<Area> area_of(store::Tx& tx, const StepUp& order) {
    return own_area(tx, order.account);
}
Result<Area> area_of(store::Tx& tx, const SignOut& order) {
    return own_area(tx, order.account);
}
Result<Area> area_of(store::Tx& tx, const ChangePassword& order) {
    return own_area(tx, order.account);
}
Result<Area> area_of(store::Tx& tx, const EnrolTotp& order) {
    return own_area(tx, order.account);
}
Result<Area> area_of(store::Tx& tx, const ConfirmTotp& order) {
    const auto account = tx.value<AccountId>(sql::account_of_authenticator, order.authenticator);
    return own_area(tx, account.value_or(AccountId{}));
}

Result<SessionChange> load(road::Desk& desk, const SignIn& order) {
    auto account = TRY(own_account(desk, order.account));
    SessionChange found{
        order.account, {},           order.session, order.proof.step(), order.proof.factor(),
        order.subject, order.source, std::nullopt};
    if (order.renewed) {
        check(order.renewed->account() == account.id, "a renewed password is the account's");
        account.password = order.renewed->stored();
        found.renewed = std::move(account);
    }
    return found;
}
Result<SessionChange> load(road::Desk& desk, const StepUp& order) {
    TRY(own_account(desk, order.account));
    return SessionChange{order.account,      order.old_token_mac,  order.session,
                         order.proof.step(), order.proof.factor(), order.subject,
                         order.source,       std::nullopt};
}
Result<SessionChange> load(road::Desk& desk, const SignOut& order) {
    TRY(own_account(desk, order.account));
    return SessionChange{order.account, order.token_mac, std::nullopt, std::nullopt, {}, {}, {},
                         std::nullopt};
}

Result<PasswordToChange> load(road::Desk& desk, const ChangePassword& order) {
    return PasswordToChange{desk.at, TRY(own_account(desk, order.account))};
}

Result<FactorToEnrol> load(road::Desk& desk, const EnrolTotp& order) {
    TRY(own_account(desk, order.account));
    FactorToEnrol found;
    found.account = order.account;
    found.has_live = !TRY(factors(desk, order.account, kActive)).empty();
    found.stepped_up = has_stepped_up(desk.caller, desk.at, Settings{}.step_up_ms);
    found.waiting = TRY(factors(desk, order.account, kProposed));
    return found;
}

Result<FactorToConfirm> load(road::Desk& desk, const ConfirmTotp& order) {
    const auto account =
        desk.tx.value<AccountId>(sql::account_of_authenticator, order.authenticator)
            .value_or(AccountId{});
    TRY(own_account(desk, account));
    FactorToConfirm found{desk.at, account, {}, {}, TRY(factors(desk, account, kActive))};
    for (auto& each : TRY(factors(desk, account, kProposed)))
        if (each.id == order.authenticator) found.row = each;
    // One that is live or ended already is the caller's own, too, but waits for no code.
    if (!found.row.id)
        return refuse(refusal(kDecidedAlready).word("state", std::string(kEnded), "access.state"));
    found.secret =
        desk.keys.open_cell({"authenticator", "secret", found.row.id.number}, found.row.secret);
    return found;
}

Result<SessionReceipt> record(road::Desk& desk, const SessionChange& decision) {
    if (decision.step && desk.tx.run(sql::use_step, decision.factor, *decision.step) == 0)
        return refuse(kSecondFactorWrong);  // the code served meanwhile
    if (!decision.ended.empty() && desk.tx.run(sql::end_session, decision.ended) == 0)
        return refuse(kNotSignedIn);
    if (decision.begun) {
        desk.tx.run(sql::end_old_sessions, desk.at);
        auto session = *decision.begun;
        seal(desk.keys, session);
        desk.tx.run_each(sql::add_session, std::vector<SessionRow>{session});
    }
    if (!decision.subject.empty()) desk.tx.run(sql::clear_guard, decision.subject, decision.source);
    if (decision.renewed) {
        auto account = *decision.renewed;
        save(desk, sql::put_account, account);
    }
    return SessionReceipt{decision.account, decision.step.has_value()};
}

Result<AccountReceipt> record(road::Desk& desk, const PasswordChanged& decision) {
    auto account = decision.account;
    save(desk, sql::put_account, account);
    return AccountReceipt{account.id, desk.tx.run(sql::end_sessions_of, account.id)};
}

Result<FactorReceipt> record(road::Desk& desk, const FactorEnrolled& decision) {
    auto rows = decision.ended;
    AuthenticatorRow row;
    row.id = decision.id;
    row.account = decision.account;
    row.kind = "totp";
    row.secret = desk.keys.seal_cell({"authenticator", "secret", row.id.number},
                                     text_of(decision.secret.reveal()));
    row.state = kProposed;
    row.row_salt = new_row_salt();
    rows.push_back(std::move(row));
    save(desk, sql::put_authenticator, rows);
    return FactorReceipt{decision.id};
}

Result<FactorReceipt> record(road::Desk& desk, const FactorConfirmed& decision) {
    auto rows = decision.rows;
    save(desk, sql::put_authenticator, rows);
    desk.tx.run(sql::use_step, decision.factor, decision.step);
    return FactorReceipt{decision.factor};
}

}  // namespace fenming::access

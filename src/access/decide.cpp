// The rules of offices, accounts and one's own account. Pure.

#include <algorithm>
#include <set>

#include "access/accounts.h"
#include "access/own.h"
#include "base/text.h"

namespace fenming::access {
namespace {

constexpr std::size_t kShortestLogin = 2;
constexpr std::size_t kLongestLogin = 60;
constexpr std::size_t kLongestName = 100;

/// The number of a thing in its list, as a spreadsheet shows rows.
std::int64_t row_of(std::size_t index) {
    return static_cast<std::int64_t>(index) + 1;
}

bool is_name(std::string_view text) {
    return !trim(text).empty() && length_in_characters(text) <= kLongestName &&
           !has_invisible(text);
}

/// Decided by somebody else than who proposed it, and not by the one it concerns (S7).
Result<Done> may_decide(StaffId by, StaffId proposed_by, StaffId concerned) {
    if (by == proposed_by) return refuse(kSamePerson);
    if (by == concerned) return refuse(kNotToHimself);
    return Done{};
}

Result<Done> still_proposed(std::string_view state) {
    if (state == kProposed) return Done{};
    return refuse(refusal(kDecidedAlready).word("state", std::string(state), "access.state"));
}

Refusal wrong_state(const AccountRow& account) {
    return refusal(kAccountState).word("state", account.state, "access.state");
}

RequestRow decided(RequestRow request, const RequestsToDecide& found, std::string_view state) {
    request.state = state;
    request.decided_by = found.by;
    request.decided = found.at;
    request.password.clear();  // it served, or never will
    return request;
}

}  // namespace

Result<Done> how_many(std::size_t count) {
    if (count >= 1 && count <= kMostAtOnce) return Done{};
    return refuse(refusal(kHowMany)
                      .with("given", static_cast<std::int64_t>(count))
                      .with("most", std::int64_t{kMostAtOnce}));
}

Area common_area(std::span<const Area> areas) {
    check(!areas.empty(), "an order acts somewhere");
    Area common = areas.front();
    for (const Area each : areas)
        while (!common.contains(each)) common = common.parent();
    return common;
}

Result<std::string> login_form(std::string_view text) {
    std::string login = to_half_width(trim(text));
    std::ranges::transform(login, login.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const bool is_plain = std::ranges::all_of(login, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
    if (is_plain && login.size() >= kShortestLogin && login.size() <= kLongestLogin) return login;
    return refuse(refusal(kLoginShape).personal("login", shown(text)));
}

// ---- founding -------------------------------------------------------------------------------

Result<Founded> decide(const FirstAccount& order, const Founding& found) {
    if (found.has_accounts) return refuse(kAccountsExist);
    if (order.founders.size() != 2) return refuse(kTwoFounders);
    if (!is_name(order.office_name_zh)) return refuse(kNameNeeded);
    Founded founded{order, !found.is_demo};
    for (auto& each : founded.order.founders) {
        each.login = TRY(login_form(each.login));
        if (!is_name(each.name)) return refuse(kNameNeeded);
    }
    founded.order.office_code = TRY(login_form(order.office_code));
    const auto& founders = founded.order.founders;
    if (founders[0].login == founders[1].login || trim(founders[0].name) == trim(founders[1].name))
        return refuse(kTwoFounders);
    check(order.passwords.size() == 2, "each founder has a password");
    return founded;
}

// ---- offices --------------------------------------------------------------------------------

Result<OfficesAdded> decide(const AddOffices& order, const OfficesToAdd& found) {
    std::set<std::string> codes;
    OfficesAdded added{order.offices};
    for (std::size_t i = 0; i < order.offices.size(); ++i) {
        auto& office = added.offices[i];
        const auto code = login_form(office.code);
        if (!code)
            return refuse(
                refusal(kOfficeCodeShape).with("code", shown(office.code)).at("", row_of(i), ""));
        office.code = *code;
        if (!is_name(office.name_zh)) return refuse(refusal(kNameNeeded).at("", row_of(i), ""));
        if (found.is_taken[i] || !codes.insert(office.code).second)
            return refuse(
                refusal(kOfficeCodeTaken).with("code", office.code).at("", row_of(i), ""));
    }
    return added;
}

// ---- accounts -------------------------------------------------------------------------------

Result<AccountsProposed> decide(const ProposeAccounts& order, const AccountsToPropose& found) {
    check(order.passwords.size() == order.accounts.size(), "each account has a password");
    std::set<std::string> logins;
    AccountsProposed proposed{found.by, !found.is_demo, {}};
    for (std::size_t i = 0; i < order.accounts.size(); ++i) {
        AccountWanted wanted = order.accounts[i];
        const auto& facts = found.facts[i];
        const auto login = login_form(wanted.login);
        if (!login)
            return refuse(
                refusal(kLoginShape).personal("login", shown(wanted.login)).at("", row_of(i), ""));
        wanted.login = *login;
        if (facts.is_login_taken || !logins.insert(*login).second)
            return refuse(
                refusal(kLoginTaken).personal("login", wanted.login).at("", row_of(i), ""));
        if (!facts.staff && !is_name(wanted.name))
            return refuse(refusal(kNameNeeded).at("", row_of(i), ""));
        if (facts.staff && facts.staff == found.by)
            return refuse(refusal(kNotToHimself).at("", row_of(i), ""));
        if (!facts.staff && facts.has_same_name && !wanted.is_another_person.value_or(false))
            return refuse(
                refusal(kSameName).personal("name", shown(wanted.name)).at("", row_of(i), ""));
        proposed.accounts.push_back({std::move(wanted), facts, order.passwords[i]});
    }
    return proposed;
}

Result<RequestsDecided> decide(const ConfirmAccounts&, const RequestsToDecide& found) {
    RequestsDecided out;
    out.is_confirmed = true;
    for (const auto& [request, account] : found.requests) {
        TRY(still_proposed(request.state));
        TRY(may_decide(found.by, request.proposed_by, account.staff));
        if (account.state != kProposed) return refuse(wrong_state(account));
        out.requests.push_back(decided(request, found, kConfirmed));
        AccountRow row = account;
        row.state = kActive;
        row.fresh = found.at;
        out.accounts.push_back(std::move(row));
    }
    return out;
}

Result<RequestsDecided> decide(const RefuseAccounts&, const RequestsToDecide& found) {
    RequestsDecided out;
    for (const auto& [request, account] : found.requests) {
        TRY(still_proposed(request.state));
        out.requests.push_back(decided(request, found, kRefused));
        AccountRow row = account;
        row.state = kRefused;
        row.password.clear();
        out.accounts.push_back(std::move(row));
    }
    return out;
}

Result<ResetProposed> decide(const ProposeReset& order, const ResetToPropose& found) {
    if (found.account.staff == found.by) return refuse(kNotToHimself);
    if (found.account.state != kActive && found.account.state != kLocked)
        return refuse(wrong_state(found.account));
    check(order.password && order.password->account() == found.account.id,
          "the new password is bound to the account");
    return ResetProposed{found.by, found.account, order.ends_factors, order.password->stored()};
}

Result<RequestsDecided> decide(const ConfirmReset&, const RequestsToDecide& found) {
    const auto& [request, account] = found.requests.front();
    TRY(still_proposed(request.state));
    TRY(may_decide(found.by, request.proposed_by, account.staff));
    if (account.state != kActive && account.state != kLocked) return refuse(wrong_state(account));
    RequestsDecided out;
    out.is_confirmed = true;
    out.requests.push_back(decided(request, found, kConfirmed));
    AccountRow row = account;
    row.state = kActive;
    row.password = request.password;
    row.password_set = found.at;
    row.must_change = true;
    row.fresh = found.at;
    out.accounts.push_back(std::move(row));
    if (request.ends_factors) {
        out.factors = found.factors;
        for (auto& factor : out.factors) factor.state = kEnded;
    }
    return out;
}

Result<RequestsDecided> decide(const RefuseReset&, const RequestsToDecide& found) {
    const auto& request = found.requests.front().request;
    TRY(still_proposed(request.state));
    RequestsDecided out;
    out.requests.push_back(decided(request, found, kRefused));
    return out;
}

Result<AccountStopped> decide(const StopAccount& order, const AccountToStop& found) {
    const bool may_lock = found.account.state == kActive;
    const bool may_close = may_lock || found.account.state == kLocked;
    if (order.how == Stop::lock ? !may_lock : !may_close) return refuse(wrong_state(found.account));
    AccountStopped out{found.account, {}};
    out.account.state = order.how == Stop::lock ? kLocked : kClosed;
    if (order.how == Stop::lock) return out;
    for (auto grant : found.grants) {
        grant.state = grant.state == kProposed ? kRefused : kEnded;
        grant.decided = found.at;
        out.grants.push_back(std::move(grant));
    }
    return out;
}

Result<SessionsEnded> decide(const EndSessions&, const SessionsToEnd& found) {
    return SessionsEnded{found.account.id};
}

// ---- one's own account ----------------------------------------------------------------------

Result<SessionChange> decide(const SignIn&, const SessionChange& found) {
    return found;
}
Result<SessionChange> decide(const StepUp&, const SessionChange& found) {
    return found;
}
Result<SessionChange> decide(const SignOut&, const SessionChange& found) {
    return found;
}

Result<PasswordChanged> decide(const ChangePassword& order, const PasswordToChange& found) {
    // Somebody may have reset it between the proof and this order.
    if (!crypto::equal_in_constant_time(order.proven, found.account.password))
        return refuse(kPasswordWrong);
    check(order.password && order.password->account() == found.account.id,
          "the new password is bound to the account");
    PasswordChanged out{found.account};
    out.account.password = order.password->stored();
    out.account.password_set = found.at;
    out.account.must_change = false;
    return out;
}

Result<FactorEnrolled> decide(const EnrolTotp& order, const FactorToEnrol& found) {
    if (found.has_live && !found.stepped_up)
        return refuse(refusal(kStepUpNeeded).with("minutes", Settings{}.step_up_ms / 60'000));
    FactorEnrolled out{found.account, order.id, order.secret, found.waiting};
    for (auto& each : out.ended) each.state = kEnded;
    return out;
}

Result<FactorConfirmed> decide(const ConfirmTotp& order, const FactorToConfirm& found) {
    if (found.row.state != kProposed)
        return refuse(refusal(kDecidedAlready).word("state", found.row.state, "access.state"));
    const auto step = crypto::verify_totp(bytes_of(found.secret.reveal()),
                                          without_spaces(order.code), found.at, std::nullopt);
    if (!step) return refuse(kSecondFactorWrong);
    FactorConfirmed out{found.live, found.row.id, *step};
    for (auto& each : out.rows) each.state = kEnded;
    out.rows.push_back(found.row);
    out.rows.back().state = kActive;
    return out;
}

}  // namespace fenming::access

// The routes of this folder: signing in, one's own account, the orders of the administrators,
// lists.

#include "access/api.h"

#include "access/accounts.h"
#include "access/grants.h"
#include "access/lists.h"

namespace fenming::access {
namespace {

using api::Method;
using api::Reply;
using api::Request;
using api::Route;
using api::schema_of;
using api::Side;

// ---- bodies and replies that are no orders --------------------------------------------------

struct SignInBody {
    std::string login;
    Secret<std::string> password;
    std::optional<std::string> code;
    static constexpr auto fields = std::make_tuple(
        field("login", &SignInBody::login), field("password", &SignInBody::password),
        field("code", &SignInBody::code, "six digits of the second factor, once asked for"));
};
struct StepUpBody {
    std::optional<std::string> code;
    std::optional<Secret<std::string>> password;
    std::optional<std::string> order_digest;
    static constexpr auto fields = std::make_tuple(
        field("code", &StepUpBody::code, "six digits of the second factor"),
        field("password", &StepUpBody::password, "where no second factor is required"),
        field("order_digest", &StepUpBody::order_digest,
              "of the order it is given for, as access.step_up_needed told it; absent: for one's "
              "own factors"));
};
struct SignedInReply {
    AccountId account;
    Instant expires;
    std::optional<std::string> token;
    static constexpr auto fields = std::make_tuple(
        field("account_id", &SignedInReply::account), field("expires_at", &SignedInReply::expires),
        field("token", &SignedInReply::token, "for the channel api; a browser gets a cookie"));
};
struct PasswordBody {
    Secret<std::string> old_password;
    Secret<std::string> new_password;
    static constexpr auto fields =
        std::make_tuple(field("old_password", &PasswordBody::old_password),
                        field("new_password", &PasswordBody::new_password));
};
struct EnrolledReply {
    AuthenticatorId authenticator;
    std::string uri;
    static constexpr auto fields = std::make_tuple(
        field("authenticator_id", &EnrolledReply::authenticator),
        field("uri", &EnrolledReply::uri, "otpauth://…, shown this once; empty when repeated"));
};
struct AccountBody {
    AccountWanted account;
    Secret<std::string> password;
    static constexpr auto fields =
        std::make_tuple(field("account", &AccountBody::account),
                        field("password", &AccountBody::password, "to be changed at first use"));
};
struct AccountsBody {
    std::vector<AccountBody> accounts;
    static constexpr auto fields = std::make_tuple(field("accounts", &AccountsBody::accounts));
};
struct ResetBody {
    AccountId account;
    bool ends_factors = false;
    Secret<std::string> password;
    static constexpr auto fields = std::make_tuple(
        field("account_id", &ResetBody::account),
        field("ends_factors", &ResetBody::ends_factors, "the telephone is lost, too"),
        field("password", &ResetBody::password, "to be changed at first use"));
};
/// Each password costs a third of a second: a request must end in time.
constexpr std::size_t kMostPasswords = 50;

// ---- signing in -----------------------------------------------------------------------------

Result<SignedInReply> begun(Visit& visit, Result<SignedIn> signed_in) {
    visit.begun = TRY(std::move(signed_in));
    SignedInReply reply{visit.begun->caller.account, visit.begun->expires, std::nullopt};
    if (visit.caller.channel == "api") reply.token = visit.begun->token.reveal();
    return reply;
}

Reply sign_in(Request& request) {
    Visit& visit = visit_of(request);
    const auto reply = [&]() -> Result<SignedInReply> {
        const auto body = TRY(api::read_body<SignInBody>(request));
        return begun(visit, visit.door.sign_in({body.login, body.password, body.code.value_or(""),
                                                visit.source, visit.caller.channel, ""}));
    }();
    return api::answer(request, reply);
}

Reply step_up(Request& request) {
    Visit& visit = visit_of(request);
    const auto reply = [&]() -> Result<SignedInReply> {
        const auto body = TRY(api::read_body<StepUpBody>(request));
        std::optional<crypto::Digest> order;
        if (body.order_digest) order = TRY(read_digest(*body.order_digest));
        return begun(visit,
                     visit.door.step_up(visit.token, body.password.value_or(Secret<std::string>()),
                                        body.code.value_or(""), visit.source, order));
    }();
    return api::answer(request, reply);
}

Reply sign_out(Request& request) {
    Visit& visit = visit_of(request);
    const auto done = visit.door.sign_out(visit.token);
    visit.is_over = done.has_value();
    return api::answer(request, done);
}

Route session_route(Method method, std::string path, std::string id, std::string summary,
                    api::Handler handler) {
    Route route;
    route.method = method;
    route.path = std::move(path);
    route.id = std::move(id);
    route.summary = std::move(summary);
    // Asks for no Idempotency-Key: a second session, or a second end of one, is no harm.
    route.is_read = method == Method::post;
    route.handler = std::move(handler);
    return route;
}

void add_session_routes(std::vector<Route>& routes) {
    auto in = session_route(Method::post, "/api/v1/session", "access.sign_in",
                            "Signs in with name, password and second factor.", sign_in);
    in.public_because = "one signs in here";
    in.body = &schema_of<SignInBody>;
    in.reply = &schema_of<SignedInReply, Side::output>;
    routes.push_back(std::move(in));
    auto up =
        session_route(Method::post, "/api/v1/session/step-up", "access.step_up",
                      "Gives the second factor again; the session gets a new token.", step_up);
    up.permission = kSelf;
    up.body = &schema_of<StepUpBody>;
    up.reply = &schema_of<SignedInReply, Side::output>;
    routes.push_back(std::move(up));
    auto out = session_route(Method::del, "/api/v1/session", "access.sign_out",
                             "Signs out: the session's token is worth nothing any more.", sign_out);
    out.permission = kSelf;
    routes.push_back(std::move(out));
}

// ---- one's own account ----------------------------------------------------------------------

Reply show_me(road::Road& road, const Request& request) {
    const auto& caller = caller_of(request);
    return api::answer(request,
                       road::look(road, caller, kSelf, {}, [&](store::Tx& tx, const Scope&) {
                           return me(tx, road.keys(), caller, road.clock().today());
                       }));
}

Reply change_password(Request& request) {
    Visit& visit = visit_of(request);
    const auto receipt = [&]() -> Result<AccountReceipt> {
        const auto body = TRY(api::read_body<PasswordBody>(request));
        return visit.door.change_password(visit.caller, body.old_password, body.new_password,
                                          visit.source, TRY(read_call(request)));
    }();
    visit.is_over = receipt.has_value();
    return api::answer(request, receipt);
}

Reply enrol(Request& request) {
    Visit& visit = visit_of(request);
    const auto reply = [&]() -> Result<EnrolledReply> {
        const auto call = TRY(read_call(request));
        const auto enrolled = TRY(visit.door.enrol_totp(visit.caller, call));
        return EnrolledReply{enrolled.authenticator, enrolled.uri.reveal()};
    }();
    return api::answer(request, reply);
}

void add_own_routes(std::vector<Route>& routes, road::Road& road) {
    routes.push_back(Route{.method = Method::get,
                           .path = "/api/v1/me",
                           .id = "access.me",
                           .summary = "Who is signed in, and what he may do.",
                           .permission = std::string(kSelf),
                           .public_because = "",
                           .reply = &schema_of<Me, Side::output>,
                           .handler = [&road](Request& r) { return show_me(road, r); }});
    routes.push_back(Route{.method = Method::post,
                           .path = "/api/v1/me/password",
                           .id = std::string(ChangePassword::type.name),
                           .summary = "Changes one's password; all sessions end.",
                           .permission = std::string(kSelf),
                           .public_because = "",
                           .body = &schema_of<PasswordBody>,
                           .reply = &schema_of<AccountReceipt, Side::output>,
                           .handler = change_password});
    routes.push_back(Route{.method = Method::post,
                           .path = "/api/v1/me/totp",
                           .id = std::string(EnrolTotp::type.name),
                           .summary = "Makes a secret for one-time codes, shown this once.",
                           .permission = std::string(kSelf),
                           .public_because = "",
                           .reply = &schema_of<EnrolledReply, Side::output>,
                           .handler = enrol});
    routes.push_back(order_route<ConfirmTotp>(
        road, "/api/v1/me/totp/confirm", "Makes the one-time codes live with their first code."));
}

// ---- orders that bring a password -----------------------------------------------------------

Result<RequestsReceipt> propose_accounts(road::Road& road, const Request& request) {
    const auto body = TRY(api::read_body<AccountsBody>(request));
    if (body.accounts.size() > kMostPasswords)
        return refuse(refusal(kHowMany)
                          .with("given", static_cast<std::int64_t>(body.accounts.size()))
                          .with("most", std::int64_t{kMostPasswords}));
    ProposeAccounts order;
    std::vector<Secret<std::string>> passwords;
    for (const auto& each : body.accounts) {
        order.accounts.push_back(each.account);
        passwords.push_back(each.password);
    }
    auto& visit = visit_of(request);
    // Who may not propose is told so before the costly hashing.
    TRY(road::look(road, visit.caller, ProposeAccounts::type.permission, {},
                   [](store::Tx&, const Scope&) -> Result<Done> { return Done{}; }));
    return road::carry_out(road, visit.caller,
                           TRY(visit.door.with_passwords(std::move(order), passwords)),
                           TRY(read_call(request)));
}

Result<RequestsReceipt> propose_reset(road::Road& road, const Request& request) {
    const auto body = TRY(api::read_body<ResetBody>(request));
    auto& visit = visit_of(request);
    TRY(road::look(road, visit.caller, ProposeReset::type.permission, {},
                   [](store::Tx&, const Scope&) -> Result<Done> { return Done{}; }));
    auto order = TRY(visit.door.with_password(
        ProposeReset{body.account, body.ends_factors, std::nullopt}, body.password));
    return road::carry_out(road, visit.caller, order, TRY(read_call(request)));
}

void add_administrators_routes(std::vector<Route>& routes, road::Road& road) {
    const auto add = [&](Route route) { routes.push_back(std::move(route)); };
    add(order_route<AddOffices>(road, "/api/v1/access/offices", "Adds offices."));
    Route accounts{.method = Method::post,
                   .path = "/api/v1/access/accounts",
                   .id = std::string(ProposeAccounts::type.name),
                   .summary = "Proposes accounts; another administrator confirms them.",
                   .permission = std::string(ProposeAccounts::type.permission),
                   .public_because = "",
                   .query = api::query_of<OrderQuery>(),
                   .body = &schema_of<AccountsBody>,
                   .reply = &schema_of<RequestsReceipt, Side::output>,
                   .handler = [&road](Request& request) {
                       return api::answer(request, propose_accounts(road, request));
                   }};
    add(std::move(accounts));
    add(order_route<ConfirmAccounts>(road, "/api/v1/access/accounts/confirm",
                                     "Confirms proposed accounts."));
    add(order_route<RefuseAccounts>(road, "/api/v1/access/accounts/refuse",
                                    "Refuses proposed accounts."));
    add(order_route<StopAccount>(road, "/api/v1/access/accounts/stop",
                                 "Locks or closes an account."));
    add(order_route<EndSessions>(road, "/api/v1/access/accounts/end-sessions",
                                 "Ends all sessions of an account."));
    Route reset{.method = Method::post,
                .path = "/api/v1/access/resets",
                .id = std::string(ProposeReset::type.name),
                .summary = "Proposes a reset of an account; another person confirms it.",
                .permission = std::string(ProposeReset::type.permission),
                .public_because = "",
                .query = api::query_of<OrderQuery>(),
                .body = &schema_of<ResetBody>,
                .reply = &schema_of<RequestsReceipt, Side::output>,
                .handler = [&road](Request& request) {
                    return api::answer(request, propose_reset(road, request));
                }};
    add(std::move(reset));
    add(order_route<ConfirmReset>(road, "/api/v1/access/resets/confirm", "Confirms a reset."));
    add(order_route<RefuseReset>(road, "/api/v1/access/resets/refuse", "Refuses a reset."));
    add(order_route<ProposeGrants>(road, "/api/v1/access/grants",
                                   "Proposes roles; another person confirms them."));
    add(order_route<ConfirmGrants>(road, "/api/v1/access/grants/confirm",
                                   "Confirms proposed roles."));
    add(order_route<RefuseGrants>(road, "/api/v1/access/grants/refuse", "Refuses proposed roles."));
    add(order_route<EndGrants>(road, "/api/v1/access/grants/end", "Ends roles."));
}

}  // namespace

api::CursorMac cursor_mac(const crypto::KeyStore& keys) {
    return [&keys](BytesView bytes) {
        return keys.mac(crypto::MacLabel::session)
            .mac(crypto::Frame("fenming/page-cursor/v1").add(bytes).view());
    };
}

Result<road::Call> read_call(const api::Request& request) {
    const auto query = TRY(api::read_query<OrderQuery>(request));
    return road::Call{TRY(api::read_key(request)), query.dry_run.value_or(false)};
}

std::vector<api::Route> routes(road::Road& road) {
    std::vector<Route> all;
    add_session_routes(all);
    add_own_routes(all, road);
    add_administrators_routes(all, road);
    add_list_routes(all, road);
    return all;
}

}  // namespace fenming::access

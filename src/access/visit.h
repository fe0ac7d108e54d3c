#pragma once
// What the server puts into a request's context: who asks, and through which door. Handlers of
// every folder read their caller here; order_route() makes the route of an order in one line.

#include <optional>
#include <string>

#include "access/sign_in.h"
#include "api/input.h"
#include "api/page.h"
#include "api/reply.h"

namespace fenming::access {

/// One request's visitor. The server makes it of the session's token before the handler runs; for
/// routes that anybody may use the caller has no account, only a channel.
struct Visit {
    Door& door;
    road::Caller caller;
    std::string token;   ///< as sent; "" without a session
    std::string source;  ///< network address; forwarded ones only from named proxies (S8)
    /// Set by the handler: the server sends the new token as its cookie …
    std::optional<SignedIn> begun = std::nullopt;
    /// … or takes the cookie away.
    bool is_over = false;
};

inline Visit& visit_of(const api::Request& request) {
    return request.context.as<Visit>();
}
inline const road::Caller& caller_of(const api::Request& request) {
    return visit_of(request).caller;
}

/// Makes the cursors of all lists (E36).
api::CursorMac cursor_mac(const crypto::KeyStore& keys);

struct OrderQuery {
    std::optional<bool> dry_run;
    static constexpr auto fields = std::make_tuple(
        field("dry_run", &OrderQuery::dry_run, "judge the order and change nothing (试算)"));
};

/// The call that a request makes: its Idempotency-Key, and whether it is a trial.
Result<road::Call> read_call(const api::Request& request);

/// Carries out the order in the body for the caller.
template <road::Orderly O>
api::Reply carry_out_body(road::Road& road, const api::Request& request) {
    const auto receipt = [&]() -> Result<road::ReceiptOf<O>> {
        const auto call = TRY(read_call(request));
        return road::carry_out(road, caller_of(request), TRY(api::read_body<O>(request)), call);
    }();
    return api::answer(request, receipt);
}

/// POST `path` carries out the order in its body. The route's id, permission and step-up are the
/// order type's.
template <road::Orderly O>
api::Route order_route(road::Road& road, std::string path, std::string summary) {
    api::Route route;
    route.method = api::Method::post;
    route.path = std::move(path);
    route.id = O::type.name;
    route.summary = std::move(summary);
    route.permission = O::type.permission;
    route.step_up = O::type.step_up;
    route.query = api::query_of<OrderQuery>();
    route.body = &api::schema_of<O>;
    route.reply = &api::schema_of<road::ReceiptOf<O>, api::Side::output>;
    route.handler = [&road](api::Request& request) { return carry_out_body<O>(road, request); };
    return route;
}

}  // namespace fenming::access

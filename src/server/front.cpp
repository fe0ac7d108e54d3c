// From a request to its reply.

#include "server/front.h"

#include <algorithm>

#include "api/input.h"
#include "api/reply.h"
#include "base/check.h"
#include "base/text.h"

namespace fenming::server {
namespace {

using api::Reply;

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

Language language_of(const Asked& asked) {
    return api::negotiate(asked.header("accept-language"));
}

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

/// HEAD is answered like GET.
std::optional<api::Method> method_of(const Asked& asked) {
    return api::parse_method(asked.method == "HEAD" ? "GET" : asked.method);
}

/// The host of "https://host:port" or "host:port", without its port.
std::string_view host_in(std::string_view text) {
    if (const auto slashes = text.find("://"); slashes != std::string_view::npos)
        text.remove_prefix(slashes + 3);
    return text;
}

bool is_home_name(std::string_view host) {
    if (host.starts_with("[")) return host.substr(0, host.find(']') + 1) == "[::1]";
    const auto name = host.substr(0, host.find(':'));
    return name == "localhost" || is_loopback(name);
}

std::string_view channel_of(const Asked& asked) {
    const bool is_browser =
        !asked.header("sec-fetch-site").empty() || !asked.header("origin").empty();
    return is_browser ? "web" : "api";
}

std::string cookie(std::string_view token, std::int64_t seconds) {
    return std::string(kCookie) + "=" + std::string(token) +
           "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
}

}  // namespace

std::string_view Asked::header(std::string_view name) const {
    for (const auto& each : headers)
        if (each.name == name) return each.text;
    return {};
}

std::string token_of(const Asked& asked) {
    const auto bearer = asked.header("authorization");
    if (bearer.starts_with(kBearer)) return std::string(trim(bearer.substr(kBearer.size())));
    auto cookies = asked.header("cookie");
    while (!cookies.empty()) {
        const auto end = cookies.find(';');
        const auto one = trim(cookies.substr(0, end));
        if (one.starts_with(kCookie) && one.substr(kCookie.size()).starts_with("="))
            return std::string(one.substr(kCookie.size() + 1));
        if (end == std::string_view::npos) break;
        cookies.remove_prefix(end + 1);
    }
    return {};
}

std::string Front::source(const Asked& asked) const {
    return source_of(asked.peer, asked.header("x-forwarded-for"), house_.places.proxies);
}

Result<Done> Front::admit(const Asked& asked, bool changes) const {
    // A name of somebody else's that leads to this machine must not open it (DNS rebinding).
    if (house_.places.proxies.empty() && !is_home_name(asked.header("host")))
        return fenming::refuse(
            refusal(kUnknownHost).with("host", std::string(asked.header("host")).substr(0, 100)));
    if (!changes) return Done{};
    const auto site = asked.header("sec-fetch-site");
    const auto origin = asked.header("origin");
    const bool by_cookie = asked.header("authorization").empty() && !token_of(asked).empty();
    const bool is_own = !site.empty()     ? site == "same-origin"
                        : !origin.empty() ? host_in(origin) == asked.header("host")
                                          : !by_cookie;
    if (!is_own) return fenming::refuse(kCrossSite);
    return Done{};
}

Expected Front::expect(const Asked& head) {
    Expected expected;
    const auto method = method_of(head);
    const auto no = [&](Refusal&& why) {
        Told told{api::problem(why, language_of(head)), "", {}};
        close(head, told, 0);
        expected.at_once = std::move(told.reply);
        return expected;
    };
    if (!method) return no(refusal(kMethodUnknown).with("allow", "GET, HEAD, POST, DELETE"));
    auto match = house_.router.match(*method, path_of(head.target));
    if (*method == api::Method::get) {
        expected.is_stream = match && match->route->reply_type == "text/event-stream";
        return expected;
    }
    if (!match) return no(std::move(match.error()));
    const bool is_file = match->route->body_type != "application/json";
    expected.body_limit = is_file ? house_.limits.file_bytes : house_.limits.json_bytes;
    return expected;
}

Reply Front::broke(const Asked& asked, const std::exception& what) {
    const auto* fault = dynamic_cast<const Fault*>(&what);
    house_.log.broke(house_.road.clock().now(), asked.request, fault != nullptr ? "fault" : "bug",
                     what.what());
    if (fault != nullptr) return api::problem(*fault, language_of(asked));
    return api::problem(Bug(what.what()), language_of(asked), asked.request);
}

std::variant<Reply, std::unique_ptr<Stream>> Front::open(const Asked& asked) {
    Told told{{}, "server.events", {}};
    try {
        const auto token = token_of(asked);
        auto stream = [&]() -> Result<std::unique_ptr<Stream>> {
            TRY(admit(asked, false));
            const auto caller = TRY(house_.door.caller_of(token));
            told.account = caller.account;
            return house_.streams(caller, token, asked.header("last-event-id"));
        }();
        if (stream) {
            told.reply.status = 200;
            close(asked, told, 0);
            return std::move(*stream);
        }
        told.reply = api::problem(stream.error(), language_of(asked));
    } catch (const std::exception& what) {
        told.reply = broke(asked, what);
    }
    close(asked, told, 0);
    return std::move(told.reply);
}

Reply Front::answer(const Asked& asked) {
    const auto began = std::chrono::steady_clock::now();
    Told told;
    try {
        told = tell(asked);
    } catch (const std::exception& what) {
        told.reply = broke(asked, what);
    }
    const auto took = std::chrono::steady_clock::now() - began;
    close(asked, told, std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    return std::move(told.reply);
}

Reply Front::refuse(const Asked& asked, const RefusalKind& kind) {
    Told told{api::problem(refusal(kind), language_of(asked)), "", {}};
    close(asked, told, 0);
    return std::move(told.reply);
}

Front::Told Front::tell(const Asked& asked) {
    api::Request request;
    const auto method = method_of(asked);
    const auto language = language_of(asked);
    check(method.has_value(), "expect() refused what is no method");
    request.method = *method;
    request.path = std::string(path_of(asked.target));
    if (const auto question = asked.target.find('?'); question != std::string::npos) {
        auto query = api::parse_query(std::string_view(asked.target).substr(question + 1));
        if (!query) return {api::problem(query.error(), language), "", {}};
        request.query = std::move(*query);
    }
    request.idempotency_key = asked.header("idempotency-key");
    request.if_match = asked.header("if-match");
    request.accept_language = asked.header("accept-language");
    request.content_type = asked.header("content-type");
    request.last_event_id = asked.header("last-event-id");
    request.body = asked.body;
    if (auto ours = admit(asked, *method != api::Method::get); !ours)
        return {api::problem(ours.error(), language), "", {}};
    auto match = house_.router.match(*method, request.path);
    if (match) return work(asked, *match, request);
    if (match.error().kind().code == api::kNoSuchPath.code) {
        auto page = this->page(asked, request);
        if (page.reply.status != 404) return page;
    }
    return {api::problem(match.error(), language), "", {}};
}

Front::Told Front::work(const Asked& asked, const api::Match& match, api::Request& request) {
    const auto& route = *match.route;
    Told told{{}, route.id, {}};
    const auto token = token_of(asked);
    access::Visit visit{
        house_.door, {{}, {}, std::string(channel_of(asked)), "", {}}, token, source(asked)};
    if (route.public_because.empty()) {
        auto caller = house_.door.caller_of(token);
        if (!caller) {
            told.reply = api::problem(caller.error(), language_of(asked));
            if (asked.header("authorization").empty() && !token.empty())
                told.reply.headers.push_back({"Set-Cookie", cookie("", 0)});
            return told;
        }
        visit.caller = std::move(*caller);
        told.account = visit.caller.account;
        if (auto may = holds(route, visit.caller); !may) {
            told.reply = api::problem(may.error(), language_of(asked));
            return told;
        }
    }
    request.path_values = match.path_values;
    request.context = api::Context(visit);
    told.reply = route.handler(request);
    if (visit.begun) {
        told.account = visit.begun->caller.account;
        const auto lives = (visit.begun->expires.ms - house_.road.clock().now().ms) / 1000;
        if (visit.caller.channel == "web")
            told.reply.headers.push_back({"Set-Cookie", cookie(visit.begun->token.reveal(),
                                                               std::max<std::int64_t>(lives, 1))});
    } else if (visit.is_over) {
        told.reply.headers.push_back({"Set-Cookie", cookie("", 0)});
    }
    return told;
}

/// Whoever holds a route's permission nowhere is refused before a handler looks at what he sent;
/// where he holds it is judged by the road (S8).
Result<Done> Front::holds(const api::Route& route, const road::Caller& caller) const {
    if (route.permission == access::kSelf) return Done{};
    return road::look(house_.road, caller, route.permission, {},
                      [](store::Tx&, const Scope&) -> Result<Done> { return Done{}; });
}

Front::Told Front::page(const Asked& asked, api::Request& request) {
    Told told{{404, {}, "", ""}, "page", {}};
    std::optional<road::Caller> caller;
    if (const auto token = token_of(asked); !token.empty())
        if (auto known = house_.door.caller_of(token)) caller = std::move(*known);
    if (caller) told.account = caller->account;
    if (request.method != api::Method::get) return told;
    if (auto reply = house_.pages(request, request.path, caller)) told.reply = std::move(*reply);
    return told;
}

void Front::close(const Asked& asked, Told& told, std::int64_t micros) {
    auto& reply = told.reply;
    const auto add = [&](std::string name, std::string text) {
        const auto same = [&](const api::NamedText& each) { return each.name == name; };
        if (!std::ranges::any_of(reply.headers, same))
            reply.headers.push_back({std::move(name), std::move(text)});
    };
    add("X-Request-Id", asked.request);
    add("Cache-Control", "no-store");
    add("Content-Security-Policy", std::string(kPolicy));
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "no-referrer");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("X-Robots-Tag", "noindex");
    if (!house_.places.proxies.empty()) add("Strict-Transport-Security", "max-age=31536000");
    house_.metrics.request(told.route.empty() ? "none" : told.route, reply.status, micros);
    house_.log.request(house_.road.clock().now(),
                       {asked.request, told.route, asked.method, reply.status, micros,
                        static_cast<std::int64_t>(asked.body.size()),
                        static_cast<std::int64_t>(reply.body.size()), told.account, source(asked)});
}

}  // namespace fenming::server

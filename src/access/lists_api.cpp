// The routes of this folder's lists.

#include "access/accounts.h"
#include "access/api.h"
#include "access/lists.h"
#include "access/rows.h"
#include "base/names.h"

namespace fenming::access {
namespace {

using api::Reply;
using api::Request;
using api::Route;
using api::schema_of;
using api::Side;

struct RoleReply {
    std::string role;
    std::string name_zh;
    std::string name_en;
    bool is_administrator = false;
    std::vector<std::string> permissions;
    static constexpr auto fields =
        std::make_tuple(field("role", &RoleReply::role), field("name_zh", &RoleReply::name_zh),
                        field("name_en", &RoleReply::name_en),
                        field("is_administrator", &RoleReply::is_administrator),
                        field("permissions", &RoleReply::permissions));
};
struct RolesReply {
    std::vector<RoleReply> roles;
    static constexpr auto fields = std::make_tuple(field("roles", &RolesReply::roles));
};

enum class GrantState { proposed, confirmed, refused, ended };
constexpr std::array<std::string_view, 4> names_of(GrantState) {
    return {kProposed, kConfirmed, kRefused, kEnded};
}
enum class RequestState { proposed, confirmed, refused };
constexpr std::array<std::string_view, 3> names_of(RequestState) {
    return {kProposed, kConfirmed, kRefused};
}
/// "" for any.
template <class E>
std::string_view name_or_any(const std::optional<E>& state) {
    return state ? name_of(*state) : "";
}

struct GrantsQuery {
    std::optional<GrantState> state;
    std::optional<AccountId> account;
    static constexpr auto fields = std::make_tuple(field("state", &GrantsQuery::state),
                                                   field("account_id", &GrantsQuery::account));
};
struct StateQuery {
    std::optional<RequestState> state;
    static constexpr auto fields = std::make_tuple(field("state", &StateQuery::state));
};

/// One page of a list that is keyed by its rows' ids. `rows(tx, scope, id of the row before,
/// limit)`.
template <class Query, class Rows>
Reply page(road::Road& road, const Request& request, std::string_view list, Rows&& rows) {
    const auto reply = [&]() -> Result<api::Value> {
        const auto query = TRY(api::read_query<Query>(request, api::Paging::yes));
        const auto page = TRY(api::read_page(request));
        const auto mac = cursor_mac(road.keys());
        std::int64_t before = 0;
        if (!page.after.empty())
            before = std::get<0>(TRY(api::decode_cursor<std::int64_t>(mac, list, page.after)));
        return road::look(road, caller_of(request), "access.read", {},
                          [&](store::Tx& tx, const Scope& scope) -> Result<api::Value> {
                              const auto found = rows(tx, scope, query, before, page.limit + 1);
                              return api::page_of(found, page, [&](const auto& row) {
                                  return api::encode_cursor(mac, list, row.id.number);
                              });
                          });
    }();
    return api::answer(request, reply);
}

template <class Line, class Query, class Rows>
Route list_route(road::Road& road, std::string path, std::string id, std::string summary,
                 Rows rows) {
    Route route;
    route.path = std::move(path);
    route.id = std::move(id);
    route.summary = std::move(summary);
    route.permission = "access.read";
    route.is_paged = true;
    route.query = api::query_of<Query>();
    route.reply = &schema_of<Line, Side::output>;
    route.handler = [&road, rows, list = route.id](Request& request) {
        return page<Query>(road, request, list, rows);
    };
    return route;
}

Reply show_roles(road::Road& road, const Request& request) {
    return api::answer(request,
                       road::look(road, caller_of(request), "access.read", {},
                                  [](store::Tx&, const Scope&) -> Result<RolesReply> {
                                      RolesReply out;
                                      for (const auto& role : roles()) {
                                          const auto key = role_key(role.name);
                                          out.roles.push_back(
                                              {std::string(role.name),
                                               std::string(words(key, Language::zh_cn)),
                                               std::string(words(key, Language::en)),
                                               role.kind == RoleKind::administrator,
                                               {role.permissions.begin(), role.permissions.end()}});
                                      }
                                      return out;
                                  }));
}

}  // namespace

void add_list_routes(std::vector<Route>& routes, road::Road& road) {
    routes.push_back(list_route<OfficeRow, api::NoQuery>(
        road, "/api/v1/access/offices", "access.offices", "Lists offices.",
        [](store::Tx& tx, const Scope& scope, const api::NoQuery&, std::int64_t id, int limit) {
            return offices(tx, scope, {id}, limit);
        }));
    routes.push_back(list_route<AccountLine, api::NoQuery>(
        road, "/api/v1/access/accounts", "access.accounts", "Lists accounts and their people.",
        [](store::Tx& tx, const Scope& scope, const api::NoQuery&, std::int64_t id, int limit) {
            return accounts(tx, scope, {id}, limit);
        }));
    routes.push_back(list_route<GrantLine, GrantsQuery>(
        road, "/api/v1/access/grants", "access.grants", "Lists roles of accounts, newest first.",
        [](store::Tx& tx, const Scope& scope, const GrantsQuery& q, std::int64_t id, int limit) {
            return grants(tx, scope, name_or_any(q.state), q.account.value_or(AccountId{}), {id},
                          limit);
        }));
    routes.push_back(list_route<RequestLine, StateQuery>(
        road, "/api/v1/access/requests", "access.requests",
        "Lists proposed and decided accounts and resets, newest first.",
        [](store::Tx& tx, const Scope& scope, const StateQuery& q, std::int64_t id, int limit) {
            return requests(tx, scope, name_or_any(q.state), {id}, limit);
        }));
    Route roles_route;
    roles_route.path = "/api/v1/access/roles";
    roles_route.id = "access.roles";
    roles_route.summary = "Lists roles and their permissions.";
    roles_route.permission = "access.read";
    roles_route.reply = &schema_of<RolesReply, Side::output>;
    roles_route.handler = [&road](Request& request) { return show_roles(road, request); };
    routes.push_back(std::move(roles_route));
}

}  // namespace fenming::access

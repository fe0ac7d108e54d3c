#pragma once
// A page of a list for the outside: reads the query and the cursor, looks with the caller's scope,
// and makes the next cursor. Also for folders above.

#include <string_view>
#include <utility>

#include "access/visit.h"
#include "api/page.h"
#include "road/road.h"

namespace fenming::registry {

/// `rows(tx, scope, query, key of the row before, limit)` gives rows in the order of their key;
/// `key_of(row)` gives that key. Cursors open only for the same list and the same `narrowed`.
template <class Query, class Key, class Rows, class KeyOf, class Narrowed>
api::Reply list_reply(road::Road& road, const api::Request& request, std::string_view name,
                      std::string_view permission, Narrowed&& narrowed, Rows&& rows,
                      KeyOf&& key_of) {
    const auto reply = [&]() -> Result<api::Value> {
        const auto query = TRY(api::read_query<Query>(request, api::Paging::yes));
        const auto page = TRY(api::read_page(request));
        const auto mac = access::cursor_mac(road.keys());
        const std::string list = std::string(name) + " " + narrowed(query);
        Key before{};
        if (!page.after.empty()) {
            const auto key = TRY(api::decode_cursor<Key>(mac, list, page.after));
            before = std::get<0>(key);
        }
        const Area area = query.area.value_or(Area());
        return road::look(road, access::caller_of(request), permission, area,
                          [&](store::Tx& tx, const Scope& scope) -> Result<api::Value> {
                              const auto found = rows(tx, scope, query, before, page.limit + 1);
                              return api::page_of(found, page, [&](const auto& row) {
                                  return api::encode_cursor(mac, list, key_of(row));
                              });
                          });
    }();
    return api::answer(request, reply);
}

/// A list of one area, or of all that the caller may see.
struct AreaQuery {
    std::optional<Area> area;
    static constexpr auto fields = std::make_tuple(
        field("area", &AreaQuery::area, "12 digits; absent: all that the caller may see"));
};
inline std::string narrowed_by_area(const AreaQuery& query) {
    return query.area ? query.area->text() : "";
}

/// GET `path`, a page of what `Row` describes.
template <class Query, class Row>
api::Route list_route(std::string path, std::string id, std::string summary, std::string permission,
                      api::Handler handler) {
    api::Route route;
    route.method = api::Method::get;
    route.path = std::move(path);
    route.id = std::move(id);
    route.summary = std::move(summary);
    route.permission = std::move(permission);
    route.is_paged = true;
    route.query = api::query_of<Query>();
    route.reply = &api::schema_of<Row, api::Side::output>;
    route.handler = std::move(handler);
    return route;
}

/// GET `path`, one thing; no query.
template <class Row>
api::Route read_route(std::string path, std::string id, std::string summary, std::string permission,
                      api::Handler handler) {
    api::Route route =
        list_route<api::NoQuery, Row>(std::move(path), std::move(id), std::move(summary),
                                      std::move(permission), std::move(handler));
    route.is_paged = false;
    return route;
}

}  // namespace fenming::registry

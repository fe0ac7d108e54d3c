// The routes of workflow: a line per order, a few per list.

#include "workflow/api.h"

#include "registry/lists.h"
#include "workflow/cases.h"
#include "workflow/delegation.h"

namespace fenming::workflow {
namespace {

using access::order_route;
using api::Request;
using api::Route;

constexpr std::string_view kRead = "workflow.read";

struct InboxQuery {
    std::vector<std::string> permission;
    std::optional<Area> area;
    static constexpr auto fields = std::make_tuple(
        field("permission", &InboxQuery::permission, "capability.action, at most 16"),
        field("area", &InboxQuery::area, "12 digits; absent: all that the caller may see"));
};

std::string last_day_of_all() {
    return "9999-12-31";
}

Result<api::Value> inbox_page(road::Road& road, const Request& request) {
    const auto query = TRY(api::read_query<InboxQuery>(request, api::Paging::yes));
    const auto page = TRY(api::read_page(request));
    const auto mac = access::cursor_mac(road.keys());
    std::string list = "workflow.inbox";
    for (const auto& each : query.permission) list += " " + each;
    InboxPlace after;
    if (!page.after.empty()) {
        const auto key = TRY((api::decode_cursor<std::string, TaskId>(mac, list, page.after)));
        after = {std::get<0>(key), std::get<1>(key)};
    }
    const auto& caller = access::caller_of(request);
    return road::look(
        road, caller, kRead, query.area.value_or(Area()),
        [&](store::Tx& tx, const Scope& scope) -> Result<api::Value> {
            const auto lines = TRY(inbox(tx, scope, query.permission, caller.staff,
                                         road.clock().today(), after, page.limit + 1));
            return api::page_of(lines, page, [&](const InboxLine& line) {
                return api::encode_cursor(
                    mac, list, line.due.is_none() ? last_day_of_all() : line.due.text(), line.task);
            });
        });
}

Route inbox_route(road::Road& road) {
    return registry::list_route<InboxQuery, InboxLine>(
        "/api/v1/workflow/inbox", "workflow.inbox", "What waits for the caller, by due day.",
        std::string(kRead),
        [&road](Request& request) { return api::answer(request, inbox_page(road, request)); });
}

struct Acts {
    std::vector<ActView> items;
    static constexpr auto fields = std::make_tuple(field("items", &Acts::items));
};

Route acts_route(road::Road& road) {
    return registry::read_route<Acts>(
        "/api/v1/workflow/cases/{case}/acts", "workflow.list_acts",
        "Who did what in a case, in order.", std::string(kRead), [&road](Request& request) {
            const auto reply = [&]() -> Result<Acts> {
                const auto id = TRY(api::read_path<CaseId>(request, "case"));
                return road::look(road, access::caller_of(request), kRead, {},
                                  [&](store::Tx& tx, const Scope& scope) -> Result<Acts> {
                                      return Acts{acts_of(tx, scope, road.keys(), id)};
                                  });
            }();
            return api::answer(request, reply);
        });
}

Route delegations_route(road::Road& road) {
    return registry::list_route<registry::AreaQuery, DelegationView>(
        "/api/v1/workflow/delegations", "workflow.list_delegations",
        "Deputies of today and of the days to come.", std::string(kRead),
        [&road](Request& request) {
            return registry::list_reply<registry::AreaQuery, DelegationId>(
                road, request, "workflow.delegations", kRead, registry::narrowed_by_area,
                [&](store::Tx& tx, const Scope& scope, const registry::AreaQuery&,
                    DelegationId after, int limit) {
                    return delegations(tx, scope, road.clock().today(), after, limit);
                },
                [](const DelegationView& row) { return row.id; });
        });
}

}  // namespace

std::vector<Route> routes(road::Road& road) {
    return {
        inbox_route(road),
        acts_route(road),
        delegations_route(road),
        order_route<Delegate>(road, "/api/v1/workflow/delegate", "Names a deputy for some days."),
        order_route<EndDelegation>(road, "/api/v1/workflow/end-delegation",
                                   "Ends a delegation early."),
    };
}

}  // namespace fenming::workflow

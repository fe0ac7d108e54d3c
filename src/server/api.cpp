// Health, description, events.

#include "server/api.h"

#include <memory>

#include "access/roles.h"
#include "api/openapi.h"
#include "api/reply.h"
#include "base/check.h"

namespace fenming::server {
namespace {

struct Health {
    std::string status;
    static constexpr auto fields = std::make_tuple(
        field("status", &Health::status, "ok; recovering: older than its anchor, reads only"));
};

api::Reply health(road::Road& road) {
    const auto tx = road.database().begin_read();  // a database that is away is a Fault: 503
    return api::reply_json(200, api::to_value(Health{road.recovering() ? "recovering" : "ok"}));
}

}  // namespace

void add_routes(std::vector<api::Route>& all, road::Road& road, std::string_view version) {
    auto description = std::make_shared<std::string>();
    all.push_back({.path = "/healthz",
                   .id = "server.health",
                   .summary = "Whether the database can be read.",
                   .public_because = "whoever watches the machine asks it",
                   .reply = &api::schema_of<Health, api::Side::output>,
                   .handler = [&road](api::Request&) { return health(road); }});
    all.push_back({.path = "/api/openapi.json",
                   .id = "server.openapi",
                   .summary = "The description of all routes.",
                   .public_because = "it is published with the program",
                   .reply = &api::schema_of<Health, api::Side::output>,
                   .handler = [description](api::Request&) {
                       return api::Reply{200, {}, "application/json", *description};
                   }});
    all.push_back({.path = "/api/v1/events",
                   .id = "server.events",
                   .summary = "What happens, as server-sent events; resumes by Last-Event-ID.",
                   .permission = std::string(access::kSelf),
                   .reply = &api::schema_of<Health, api::Side::output>,
                   .reply_type = "text/event-stream",
                   .handler = [](api::Request&) -> api::Reply {
                       bug("a stream is opened by the connection");
                   }});
    *description = api::to_json(api::openapi(all, version));
}

}  // namespace fenming::server

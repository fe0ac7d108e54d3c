// The routes of the ledger, asked as the server asks them.

#include "ledger/api.h"

#include <set>

#include "access/visit.h"
#include "api/json.h"
#include "test/support/books.h"

namespace fenming::ledger {
namespace {

using namespace test_orders;

struct Asked {
    int status = 0;
    std::string body;
};

/// One request to the route of that id, by the world's caller.
Asked ask(Books& w, std::string_view id, std::vector<api::NamedText> path,
          std::vector<api::NamedText> query, std::string body = "") {
    access::Door door(w.road(), access::Settings{});
    access::Visit visit{door, w.caller, "", "10.0.0.7"};
    for (const auto& route : routes(w.road())) {
        if (route.id != id) continue;
        api::Request request;
        request.method = route.method;
        request.path_values = std::move(path);
        request.query = std::move(query);
        request.content_type = "application/json";
        request.idempotency_key = "k" + std::to_string(w.ids->next(0));
        request.body = bytes_of(body);
        request.context = api::Context(visit);
        const auto reply = route.handler(request);
        return {reply.status, reply.body};
    }
    return {};
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

FENMING_ON_BOTH(LedgerApiTest);

TEST_P(LedgerApiTest, shows_lines_paths_statements_and_rates) {
    Books w(GetParam());
    const auto city = registered(w, root(1000));
    const auto county = registered(w, part(city, kCounty, 600));
    const auto hold = carry_out(w.road(), w.caller, deed(Deed::freeze, county, 500))->holds.front();
    ASSERT_EQ(verdict(w, deed(Deed::disburse, hold, 300)), "ok");
    const auto name = std::to_string(county.number);

    const auto lines = ask(w, "ledger.list_allotments", {}, {{"year", "2026"}, {"limit", "1"}});
    EXPECT_EQ(lines.status, 200) << lines.body;
    EXPECT_TRUE(holds(lines.body, "\"allocated_fen\":600")) << lines.body;
    EXPECT_FALSE(holds(lines.body, "\"next\":null")) << lines.body;  // there is another
    const auto path = ask(w, "ledger.trace_allotment", {{"allotment", name}}, {});
    EXPECT_EQ(path.status, 200) << path.body;
    EXPECT_TRUE(holds(path.body, std::to_string(city.number)));
    EXPECT_EQ(ask(w, "ledger.trace_allotment", {{"allotment", "5"}}, {}).status, 404);
    const auto parts =
        ask(w, "ledger.list_parts", {{"allotment", std::to_string(city.number)}}, {});
    EXPECT_TRUE(holds(parts.body, "\"available_fen\":100")) << parts.body;
    EXPECT_EQ(ask(w, "ledger.list_parts", {{"allotment", "x"}}, {}).status, 422);
    const auto statement = ask(w, "ledger.show_statement", {{"allotment", name}}, {});
    EXPECT_TRUE(holds(statement.body, "\"kind\":\"disburse\"")) << statement.body;
    // Paid 300 of 1000 own fen (400 of the city's and 600 of the county's); November is 11/12.
    const auto rates = ask(w, "ledger.show_rates", {}, {{"year", "2026"}});
    for (const auto* part :
         {"\"whole_fen\":1000", "\"part_fen\":300", "\"rate_bp\":3000", "\"time_by_month_bp\":9167",
          "\"points_bp\":-6167", "\"gap_fen\":-617"})
        EXPECT_TRUE(holds(rates.body, part)) << part << " in " << rates.body;
    EXPECT_TRUE(
        holds(ask(w, "ledger.show_rates", {}, {{"year", "2027"}}).body, "\"time_by_month_bp\":0"));
}

TEST_P(LedgerApiTest, takes_orders) {
    Books w(GetParam());
    const auto closed =
        ask(w, "ledger.close_month", {}, {}, R"({"area":"430400000000","month":"2026-10"})");
    EXPECT_EQ(closed.status, 200) << closed.body;
    const auto again =
        ask(w, "ledger.close_month", {}, {}, R"({"area":"430400000000","month":"2026-10"})");
    EXPECT_EQ(again.status, 409) << again.body;
    EXPECT_TRUE(holds(again.body, "ledger.month_closed"));
    EXPECT_EQ(ask(w, "ledger.reverse_entry", {}, {}, R"({"entry":"7"})").status, 404);
}

TEST(LedgerRoutes, have_names_of_their_own_and_say_who_may) {
    Books w("sqlite");
    std::set<std::string> ids, places;
    for (const auto& route : routes(w.road())) {
        EXPECT_TRUE(ids.insert(route.id).second) << route.id;
        EXPECT_TRUE(places.insert(route.path).second) << route.path;
        EXPECT_FALSE(route.permission.empty() || route.summary.empty()) << route.id;
    }
}

}  // namespace
}  // namespace fenming::ledger

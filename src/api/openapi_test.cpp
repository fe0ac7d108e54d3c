// The OpenAPI document of a few routes, whole. To accept a change on purpose, run this test with
// FENMING_ACCEPT=1 and read the diff of openapi_sample.json.

#include "api/openapi.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "api/input.h"
#include "api/router.h"
#include "api/sample_for_test.h"

namespace fenming::api {
namespace {

using sample::Confidential;
using sample::Line;
using sample::Mark;

struct LineFilter {
    std::optional<Area> area;
    std::vector<Mark> mark;
    std::int64_t year = 0;
    static constexpr auto fields =
        std::make_tuple(field("area", &LineFilter::area, "lines of this place"),
                        field("mark", &LineFilter::mark), field("year", &LineFilter::year));
};

/// One route of every sort, in no order.
std::vector<Route> routes() {
    const Handler nothing = [](Request&) { return Reply(); };
    return {
        {.method = Method::post,
         .path = "/api/v1/batches/{batch}/lines",
         .id = "disbursement.add_line",
         .summary = "Adds a line to a draft batch.",
         .permission = "disbursement.enter",
         .needs_version = true,
         .body = &schema_of<Line>,
         .reply = &schema_of<Line, Side::output>,
         .handler = nothing},
        {.method = Method::get,
         .path = "/api/v1/batches/{batch}/lines",
         .id = "disbursement.list_lines",
         .summary = "Lists the lines of a batch.",
         .permission = "disbursement.read",
         .is_paged = true,
         .query = query_of<LineFilter>(),
         .reply = &schema_of<Line, Side::output>,
         .handler = nothing},
        {.method = Method::post,
         .path = "/api/v1/batches/{batch}/approve",
         .id = "disbursement.approve_batch",
         .summary = "Approves a reviewed batch.",
         .permission = "disbursement.approve",
         .step_up = true,
         .handler = nothing},
        {.method = Method::post,
         .path = "/api/v1/persons/search",
         .id = "registry.find_person",
         .summary = "Finds a person by identity number.",
         .permission = "registry.look_up",
         .is_read = true,
         .body = &schema_of<Confidential>,
         .reply = &schema_of<Line, Side::output>,
         .handler = nothing},
        {.method = Method::put,
         .path = "/api/v1/imports/{file}",
         .id = "registry.import_roster",
         .summary = "Imports a roster.",
         .permission = "registry.import",
         .is_job = true,
         .body_type = "application/octet-stream",
         .handler = nothing},
        {.method = Method::get,
         .path = "/api/v1/batches/{batch}/bank-file",
         .id = "disbursement.bank_file",
         .summary = "The bank file of a batch.",
         .permission = "disbursement.send",
         .reply_type = "text/plain",
         .handler = nothing},
        {.method = Method::get,
         .path = "/api/openapi.json",
         .id = "server.openapi",
         .summary = "This document.",
         .public_because = "it describes the software, not the data",
         .reply_type = "application/vnd.oai.openapi+json",
         .handler = nothing},
    };
}

TEST(OpenApi, DescribesEveryRoute) {
    const std::string made = to_indented_json(openapi(Router(routes()).routes(), "0.1.0")) + "\n";
    const std::string path = SOURCE_DIR "/src/api/openapi_sample.json";
    if (std::getenv("FENMING_ACCEPT") != nullptr) std::ofstream(path) << made;
    std::ifstream file(path);
    const std::string accepted{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(made, accepted);
}

TEST(OpenApi, DoesNotDependOnTheOrderOfRoutes) {
    std::vector<Route> sorted = routes();
    std::vector<Route> turned(sorted.rbegin(), sorted.rend());
    EXPECT_EQ(openapi(sorted, "1"), openapi(turned, "1"));
}

/// Goal: whoever enumerates rights from the document sees all of them. Method: count.
TEST(OpenApi, EveryOperationSaysWhoMay) {
    const Value document = openapi(routes(), "1");
    int operations = 0;
    for (const Member& path : document.at("/paths")->if_object()->members()) {
        for (const Member& each : path.value.if_object()->members()) {
            ++operations;
            const Object& operation = *each.value.if_object();
            const bool has_permission = operation.find("x-permission") != nullptr;
            EXPECT_NE(has_permission, operation.find("x-public-because") != nullptr) << each.name;
            EXPECT_NE(operation.find("responses")->if_object()->find("default"), nullptr);
        }
    }
    EXPECT_EQ(operations, static_cast<int>(routes().size()));
}

/// Every $ref leads somewhere.
void expect_refs_resolve(const Value& document, const Value& here) {
    if (const Array* list = here.if_array())
        for (const Value& each : *list) expect_refs_resolve(document, each);
    if (const Object* object = here.if_object()) {
        for (const Member& each : object->members()) {
            if (each.name == "$ref") {
                const std::string& to = *each.value.if_text();
                EXPECT_NE(document.at(std::string_view(to).substr(1)), nullptr) << to;
            }
            expect_refs_resolve(document, each.value);
        }
    }
}

TEST(OpenApi, RefersOnlyToWhatIsThere) {
    const Value document = openapi(routes(), "1");
    expect_refs_resolve(document, document);
}

}  // namespace
}  // namespace fenming::api

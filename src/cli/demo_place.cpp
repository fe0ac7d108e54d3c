// A demo of a real city, to try documents on: its counties by the published codes, the catalogue
// and a user for each desk. Nobody lives in it and no money came to it.

#include <fmt/format.h>

#include "access/demo.h"
#include "cli/verbs.h"
#include "policy/policy.h"
#include "registry/areas.h"
#include "registry/known_codes.h"

namespace fenming::cli {
namespace {

/// Neither a city nor one whose code is valid today.
inline constexpr RefusalKind kNotACity{"cli.not_a_city", 422};

registry::AreaInput place(Area code, std::string_view name) {
    registry::AreaInput input;
    input.code = code;
    input.name_zh = name;
    return input;
}

/// The city, then its counties of today.
Result<std::vector<registry::AreaInput>> places_of(Area city) {
    const auto code = city.text();
    const auto found = registry::find_area_code(code.substr(0, 6));
    if (city.level() != AreaLevel::city || !found || !found->is_current)
        return refuse(refusal(kNotACity).with("area", code));
    std::vector<registry::AreaInput> places{place(city, found->name)};
    for (int n = 1; n < 100; ++n) {
        const auto below = fmt::format("{}{:02}", code.substr(0, 4), n);
        const auto county = registry::find_area_code(below);
        if (county && county->is_current)
            places.push_back(place(TRY(parse_area(below)), county->name));
    }
    return places;
}

}  // namespace

Result<api::Value> demo_of_place(Program& program, const std::string& area) {
    const auto city = TRY(parse_area(area));
    const auto places = TRY(places_of(city));
    std::vector<access::DemoCounty> counties;
    for (const auto& each : places)
        if (each.code != city) counties.push_back({each.code, each.name_zh, each.name_zh});
    const auto& name = places.front().name_zh;
    TRY(access::install_demo_users(program.road(), city, name, name, counties));
    const auto section = [&] {
        auto tx = program.database().begin_read();
        return access::caller_as(*tx, program.keys(), "section", "demo", program.clock().now());
    }();
    if (!section) return refuse(Refusal(section.error()));
    TRY(road::carry_out(program.road(), *section, policy::InstallCatalogue{city, {}}));
    TRY(road::carry_out(program.road(), *section, registry::ImportAreas{city, places}));
    program.road().checkpoint();
    return api::Value(api::Object{{"city", name},
                                  {"people", std::int64_t{0}},
                                  {"months", std::int64_t{0}},
                                  {"batches", std::int64_t{0}},
                                  {"lines", std::int64_t{0}},
                                  {"paid_fen", std::int64_t{0}},
                                  {"synthetic", true}});
}

}  // namespace fenming::cli

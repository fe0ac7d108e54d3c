// The routes of execution: the rates, and the lines behind a figure.

#include "access/visit.h"
#include "registry/lists.h"
#include "report/execution.h"

namespace fenming::report {
namespace {

constexpr std::string_view kRead = "report.read";

struct RateQuery {
    std::optional<Area> area;
    std::optional<std::int64_t> year;
    std::optional<Grouping> by;
    std::optional<Numerator> numerator;
    std::optional<Denominator> denominator;
    std::optional<TimeBasis> time;
    static constexpr auto fields = std::make_tuple(
        field("area", &RateQuery::area, "12 digits; absent: all that the caller may see"),
        field("year", &RateQuery::year, "budget year; absent: this year"),
        field("by", &RateQuery::by, "absent: county"),
        field("numerator", &RateQuery::numerator, "absent: disbursed"),
        field("denominator", &RateQuery::denominator, "absent: with_advances"),
        field("time", &RateQuery::time, "absent: month"));
};
struct LinesQuery {
    std::optional<Area> area;
    std::optional<std::int64_t> year;
    std::optional<Grouping> by;
    std::optional<Denominator> denominator;
    std::optional<std::string> key;
    static constexpr auto fields = std::make_tuple(
        field("area", &LinesQuery::area, "as asked of the rates"), field("year", &LinesQuery::year),
        field("by", &LinesQuery::by), field("denominator", &LinesQuery::denominator),
        field("key", &LinesQuery::key, "of the group; absent: every line"));
};

template <class Query>
ExecutionQuery query_of(const Query& asked, Date today) {
    ExecutionQuery query;
    query.year = static_cast<int>(asked.year.value_or(today.year()) % 10'000);
    query.area = asked.area.value_or(Area{});
    query.grouping = asked.by.value_or(Grouping::county);
    query.denominator = asked.denominator.value_or(Denominator::with_advances);
    return query;
}

api::Reply rates(road::Road& road, const api::Request& request) {
    const auto reply = [&]() -> Result<Execution> {
        const auto asked = TRY(api::read_query<RateQuery>(request));
        const auto today = road.clock().today();
        auto query = query_of(asked, today);
        query.numerator = asked.numerator.value_or(Numerator::disbursed);
        query.time = asked.time.value_or(TimeBasis::month);
        return road::look(road, access::caller_of(request), kRead, query.area,
                          [&](store::Tx& tx, const Scope& scope) -> Result<Execution> {
                              return execution(tx, scope, query, today);
                          });
    }();
    return api::answer(request, reply);
}

api::Reply lines(road::Road& road, const api::Request& request) {
    const auto today = road.clock().today();
    return registry::list_reply<LinesQuery, AllotmentId>(
        road, request, "report.list_execution_lines", kRead,
        [&](const LinesQuery& asked) {
            const auto query = query_of(asked, today);
            return std::to_string(query.year) + " " + query.area.text() + " " +
                   stored(query.grouping) + " " + stored(query.denominator) + " " +
                   (asked.key ? "=" + *asked.key : "");
        },
        [&](store::Tx& tx, const Scope& scope, const LinesQuery& asked, AllotmentId after,
            int limit) {
            return execution_lines(tx, scope, query_of(asked, today), asked.key, after, limit);
        },
        [](const ExecutionLine& line) { return line.id; });
}

}  // namespace

std::vector<api::Route> execution_routes(road::Road& road) {
    auto rate_route = registry::list_route<RateQuery, Execution>(
        "/api/v1/report/execution", "report.read_execution",
        "How far the money of a year has come, with its pace against time.", std::string(kRead),
        [&road](api::Request& request) { return rates(road, request); });
    rate_route.is_paged = false;
    return {std::move(rate_route),
            registry::list_route<LinesQuery, ExecutionLine>(
                "/api/v1/report/execution/lines", "report.list_execution_lines",
                "The lines behind a figure.", std::string(kRead),
                [&road](api::Request& request) { return lines(road, request); })};
}

}  // namespace fenming::report

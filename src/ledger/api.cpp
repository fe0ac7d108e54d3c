// The routes of the ledger: a line per order, a few per list.

#include "ledger/api.h"

#include "ledger/orders.h"
#include "ledger/reading.h"
#include "registry/lists.h"

namespace fenming::ledger {
namespace {

using access::order_route;
using api::Request;
using api::Route;
using registry::list_reply;
using registry::list_route;
using registry::read_route;

constexpr std::string_view kRead = "ledger.read";

struct LineQuery {
    std::optional<int> year;
    std::optional<std::string> programme;
    std::optional<Area> area;
    static constexpr auto fields = std::make_tuple(
        field("year", &LineQuery::year), field("programme", &LineQuery::programme),
        field("area", &LineQuery::area, "of the holder; absent: all that the caller may see"));
};
LineFilter filter_of(const LineQuery& query) {
    return {query.year.value_or(0), query.programme.value_or(""), query.area.value_or(Area())};
}
std::string narrowed(const LineQuery& query) {
    const auto filter = filter_of(query);
    return std::to_string(filter.year) + " " + filter.programme + " " + filter.holder.text();
}

Route lines_route(road::Road& road) {
    return list_route<LineQuery, LineView>(
        "/api/v1/ledger/allotments", "ledger.list_allotments", "Allotments with their balances.",
        std::string(kRead), [&road](Request& request) {
            return list_reply<LineQuery, AllotmentId>(
                road, request, "ledger.allotments", kRead, narrowed,
                [](store::Tx& tx, const Scope& scope, const LineQuery& query, AllotmentId after,
                   int limit) { return line_page(tx, scope, filter_of(query), after, limit); },
                [](const LineView& row) { return row.id; });
        });
}

struct Path {
    std::vector<LineView> items;
    static constexpr auto fields = std::make_tuple(field("items", &Path::items));
};

Route path_route(road::Road& road) {
    return read_route<Path>(
        "/api/v1/ledger/allotments/{allotment}/path", "ledger.trace_allotment",
        "From the document that brought the money down to this line.", std::string(kRead),
        [&road](Request& request) {
            const auto reply = [&]() -> Result<Path> {
                const auto id = TRY(api::read_path<AllotmentId>(request, "allotment"));
                auto path = TRY(road::look(road, access::caller_of(request), kRead, {},
                                           [&](store::Tx& tx, const Scope& scope) -> Result<Path> {
                                               return Path{path_of(tx, scope, id)};
                                           }));
                if (path.items.empty())
                    return refuse(refusal(kNoAllotment).with("allotment", id.number));
                return path;
            }();
            return api::answer(request, reply);
        });
}

Route parts_route(road::Road& road) {
    return list_route<registry::AreaQuery, LineView>(
        "/api/v1/ledger/allotments/{allotment}/parts", "ledger.list_parts",
        "Everything that was given down from this line.", std::string(kRead),
        [&road](Request& request) {
            const auto id = api::read_path<AllotmentId>(request, "allotment");
            if (!id) return api::answer(request, Result<Done>(refuse(Refusal(id.error()))));
            return list_reply<registry::AreaQuery, AllotmentId>(
                road, request, "ledger.parts " + std::to_string(id->number), kRead,
                registry::narrowed_by_area,
                [&](store::Tx& tx, const Scope& scope, const registry::AreaQuery&,
                    AllotmentId after,
                    int limit) { return parts_of(tx, scope, *id, after, limit); },
                [](const LineView& row) { return row.id; });
        });
}

struct StatementQuery {
    std::optional<EntryId> after_entry;
    static constexpr auto fields = std::make_tuple(
        field("after_entry", &StatementQuery::after_entry, "the last entry of the page before"));
};
struct Statement {
    std::vector<StatementLine> items;
    static constexpr auto fields = std::make_tuple(field("items", &Statement::items));
};
constexpr int kStatementLegs = 500;

Route statement_route(road::Road& road) {
    auto route = read_route<Statement>(
        "/api/v1/ledger/allotments/{allotment}/statement", "ledger.show_statement",
        "What happened on a line, with each bucket as it stood then.", std::string(kRead),
        [&road](Request& request) {
            const auto reply = [&]() -> Result<Statement> {
                const auto id = TRY(api::read_path<AllotmentId>(request, "allotment"));
                const auto query = TRY(api::read_query<StatementQuery>(request));
                return road::look(
                    road, access::caller_of(request), kRead, {},
                    [&](store::Tx& tx, const Scope& scope) -> Result<Statement> {
                        return Statement{statement_of(
                            tx, scope, id, query.after_entry.value_or(EntryId{}), kStatementLegs)};
                    });
            }();
            return api::answer(request, reply);
        });
    route.query = api::query_of<StatementQuery>();
    return route;
}

struct RateQuery {
    int year = 0;
    std::optional<std::string> programme;
    std::optional<Area> area;
    std::optional<Measure> measure;
    std::optional<Base> base;
    static constexpr auto fields = std::make_tuple(
        field("year", &RateQuery::year), field("programme", &RateQuery::programme),
        field("area", &RateQuery::area),
        field("measure", &RateQuery::measure, "the numerator; absent: disbursed"),
        field("base", &RateQuery::base, "the denominator; absent: own, no fen counted twice"));
};
struct RateReply {
    Measure measure = Measure::disbursed;
    Base base = Base::own;
    Money part;
    Money whole;
    std::int64_t rate = 0;
    std::int64_t time_by_month = 0;
    std::int64_t time_by_day = 0;
    std::int64_t points = 0;
    Money gap;
    std::vector<SumsRow> rows;
    static constexpr auto fields = std::make_tuple(
        field("measure", &RateReply::measure), field("base", &RateReply::base),
        field("part_fen", &RateReply::part), field("whole_fen", &RateReply::whole),
        field("rate_bp", &RateReply::rate, "basis points"),
        field("time_by_month_bp", &RateReply::time_by_month),
        field("time_by_day_bp", &RateReply::time_by_day),
        field("points_bp", &RateReply::points, "ahead of the month's share, below zero behind"),
        field("gap_fen", &RateReply::gap), field("rows", &RateReply::rows));
};

RateReply rate_reply(std::vector<SumsRow> rows, const RateQuery& query, Date today) {
    // A year that is over, or to come, is measured against all, or nothing, of its time.
    const bool is_over = query.year < today.year(), is_now = query.year == today.year();
    const auto by_month = is_now    ? time_by_month({today.year(), today.month()})
                          : is_over ? 10'000
                                    : 0;
    const auto by_day = is_now ? time_by_day(today) : is_over ? 10'000 : 0;
    const auto pace = pace_of(rate_of(sum_up(rows), query.measure.value_or(Measure::disbursed),
                                      query.base.value_or(Base::own)),
                              by_month);
    return {
        pace.rate.measure, pace.rate.base, pace.rate.part, pace.rate.whole, pace.rate.basis_points,
        by_month,          by_day,         pace.points,    pace.gap,        std::move(rows)};
}

Route rate_route(road::Road& road) {
    auto route = read_route<RateReply>(
        "/api/v1/ledger/rates", "ledger.show_rates",
        "How far a year's money has come, by county, programme, source and mark.",
        std::string(kRead), [&road](Request& request) {
            const auto reply = [&]() -> Result<RateReply> {
                const auto query = TRY(api::read_query<RateQuery>(request));
                const LineFilter filter{query.year, query.programme.value_or(""),
                                        query.area.value_or(Area())};
                return road::look(road, access::caller_of(request), kRead, filter.holder,
                                  [&](store::Tx& tx, const Scope& scope) -> Result<RateReply> {
                                      return rate_reply(sums_of_lines(tx, scope, filter), query,
                                                        road.clock().today());
                                  });
            }();
            return api::answer(request, reply);
        });
    route.query = api::query_of<RateQuery>();
    return route;
}

}  // namespace

std::vector<Route> routes(road::Road& road) {
    return {
        lines_route(road),
        path_route(road),
        parts_route(road),
        statement_route(road),
        rate_route(road),
        order_route<CloseMonth>(road, "/api/v1/ledger/close-month",
                                "Closes the books up to and including a month."),
        order_route<ReverseEntry>(road, "/api/v1/ledger/reverse-entry",
                                  "Undoes an entry by its mirror."),
    };
}

}  // namespace fenming::ledger

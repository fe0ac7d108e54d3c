#pragma once
// How far the money of a year has come: 执行率, 分配进度, 序时进度, 超(短)序时 (R2.45), by county,
// programme and source (R2.46). Every figure of an answer comes from one statement, so that the
// groups sum to the total whatever the grouping (torture H1).

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "base/date.h"
#include "base/fields.h"
#include "ledger/progress.h"
#include "road/road.h"
#include "store/database.h"

namespace fenming::report {

/// What counts as done (口径). allocated: given down (分配进度). disbursed: paid by the books.
/// vouchered: paid by the Treasury's vouchers.
enum class Numerator { allocated, disbursed, vouchered };
constexpr std::array<std::string_view, 3> names_of(Numerator) {
    return {"allocated", "disbursed", "vouchered"};
}
/// Which lines of the year count: this year's own; carried over ones, too (R2.48); those issued in
/// advance for the year, too (P7).
enum class Denominator { this_year, with_carry_over, with_advances };
constexpr std::array<std::string_view, 3> names_of(Denominator) {
    return {"this_year", "with_carry_over", "with_advances"};
}
enum class Grouping { county, programme, source };
constexpr std::array<std::string_view, 3> names_of(Grouping) {
    return {"county", "programme", "source"};
}
/// 序时进度 by months (month / 12) or by days.
enum class TimeBasis { month, day };
constexpr std::array<std::string_view, 2> names_of(TimeBasis) {
    return {"month", "day"};
}

struct ExecutionQuery {
    int year = 0;
    Area area;  ///< holders in it; 0: all of the scope
    Grouping grouping = Grouping::county;
    Numerator numerator = Numerator::disbursed;
    Denominator denominator = Denominator::with_advances;
    TimeBasis time = TimeBasis::month;
};

/// One group, or the total. whole: total − given down, so that no fen counts twice where lines lie
/// above one another (P15); of `allocated` it is the total.
struct ExecutionGroup {
    std::string key;  ///< the county's code (000000000000: the city's own), programme or source
    std::int64_t lines = 0;
    Money total;
    Money allocated;
    Money available;
    Money frozen;
    Money disbursed;
    Money vouchered;
    Money part;
    Money whole;
    std::int64_t basis_points = 0;
    std::int64_t points_ahead = 0;
    Money gap;
    static constexpr auto fields =
        std::make_tuple(field("key", &ExecutionGroup::key), field("lines", &ExecutionGroup::lines),
                        field("total_fen", &ExecutionGroup::total),
                        field("allocated_fen", &ExecutionGroup::allocated, "given down"),
                        field("available_fen", &ExecutionGroup::available),
                        field("frozen_fen", &ExecutionGroup::frozen),
                        field("disbursed_fen", &ExecutionGroup::disbursed),
                        field("vouchered_fen", &ExecutionGroup::vouchered),
                        field("part_fen", &ExecutionGroup::part, "the numerator"),
                        field("whole_fen", &ExecutionGroup::whole, "the denominator"),
                        field("basis_points", &ExecutionGroup::basis_points, "the rate in 1/10000"),
                        field("points_ahead", &ExecutionGroup::points_ahead,
                              "ahead of time, in 1/10000; below zero: behind"),
                        field("gap_fen", &ExecutionGroup::gap, "points ahead × the denominator"));
};

struct Execution {
    int year = 0;
    Date as_at;
    Grouping grouping = Grouping::county;
    Numerator numerator = Numerator::disbursed;
    Denominator denominator = Denominator::with_advances;
    TimeBasis time = TimeBasis::month;
    std::int64_t time_basis_points = 0;
    std::vector<ExecutionGroup> groups;
    ExecutionGroup total;
    static constexpr auto fields = std::make_tuple(
        field("year", &Execution::year), field("as_at", &Execution::as_at),
        field("grouping", &Execution::grouping), field("numerator", &Execution::numerator),
        field("denominator", &Execution::denominator), field("time", &Execution::time),
        field("time_basis_points", &Execution::time_basis_points, "how far the year has come"),
        field("groups", &Execution::groups), field("total", &Execution::total));
};
/// Groups by key, those of no money too. `today` is the day of the books as they stand.
Execution execution(store::Tx& tx, const Scope& scope, const ExecutionQuery& query, Date today);

/// A line behind a figure. The lines of a group sum to it.
struct ExecutionLine {
    AllotmentId id;
    AllotmentId parent;
    DocumentId document;
    Area area;
    std::int64_t unit_id = 0;
    int origin_year = 0;
    std::string programme;
    std::string source;
    std::string mark;
    std::string kind;
    Money total;
    Money allocated;
    Money available;
    Money frozen;
    Money disbursed;
    Money vouchered;
    static constexpr auto fields = std::make_tuple(
        field("id", &ExecutionLine::id), field("parent", &ExecutionLine::parent),
        field("document", &ExecutionLine::document), field("area", &ExecutionLine::area),
        field("unit_id", &ExecutionLine::unit_id),
        field("origin_year", &ExecutionLine::origin_year),
        field("programme", &ExecutionLine::programme), field("source", &ExecutionLine::source),
        field("mark", &ExecutionLine::mark), field("kind", &ExecutionLine::kind),
        field("total_fen", &ExecutionLine::total),
        field("allocated_fen", &ExecutionLine::allocated),
        field("available_fen", &ExecutionLine::available),
        field("frozen_fen", &ExecutionLine::frozen),
        field("disbursed_fen", &ExecutionLine::disbursed),
        field("vouchered_fen", &ExecutionLine::vouchered));
};
/// The lines of one group (`key` as in ExecutionGroup; none: of all), by id, after `after`.
std::vector<ExecutionLine> execution_lines(store::Tx& tx, const Scope& scope,
                                           const ExecutionQuery& query,
                                           const std::optional<std::string>& key, AllotmentId after,
                                           int limit);

/// 序时进度 of a budget year on a day: 0 before it, 10000 after it.
std::int64_t time_of(int year, Date day, TimeBasis basis);

/// The routes of execution. Handlers expect an access::Visit.
std::vector<api::Route> execution_routes(road::Road& road);

}  // namespace fenming::report

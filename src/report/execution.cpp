// Rates of a year from one statement.

#include "report/execution.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/sql.h"

namespace fenming::report {
namespace {

struct GrainRow {
    Area county;
    std::string programme;
    std::string source;
    std::int64_t lines = 0;
    Money total, allocated, available, frozen, disbursed, vouchered;
    static constexpr auto fields = std::make_tuple(
        field("county", &GrainRow::county), field("programme", &GrainRow::programme),
        field("source", &GrainRow::source), field("lines", &GrainRow::lines),
        field("total_fen", &GrainRow::total), field("allocated_fen", &GrainRow::allocated),
        field("available_fen", &GrainRow::available), field("frozen_fen", &GrainRow::frozen),
        field("disbursed_fen", &GrainRow::disbursed), field("vouchered_fen", &GrainRow::vouchered));
};

std::string key_of(const GrainRow& row, Grouping grouping) {
    switch (grouping) {
        case Grouping::county:
            return row.county.text();
        case Grouping::programme:
            return row.programme;
        case Grouping::source:
            break;
    }
    return row.source;
}

void add(ExecutionGroup& group, const GrainRow& row) {
    group.lines += row.lines;
    group.total += row.total;
    group.allocated += row.allocated;
    group.available += row.available;
    group.frozen += row.frozen;
    group.disbursed += row.disbursed;
    group.vouchered += row.vouchered;
}

void finish(ExecutionGroup& group, Numerator numerator, std::int64_t time_basis_points) {
    group.whole = group.total - group.allocated;
    switch (numerator) {
        case Numerator::allocated:
            group.part = group.allocated;
            group.whole = group.total;
            break;
        case Numerator::disbursed:
            group.part = group.disbursed;
            break;
        case Numerator::vouchered:
            group.part = group.vouchered;
            break;
    }
    ledger::Rate rate;
    rate.part = group.part;
    rate.whole = group.whole;
    rate.basis_points = ledger::basis_points(group.part, group.whole);
    const auto pace = ledger::pace_of(rate, time_basis_points);
    group.basis_points = rate.basis_points;
    group.points_ahead = pace.points;
    group.gap = pace.gap;
}

bool admits_carry_over(Denominator denominator) {
    return denominator != Denominator::this_year;
}
bool admits_advances(Denominator denominator) {
    return denominator == Denominator::with_advances;
}

}  // namespace

std::int64_t time_of(int year, Date day, TimeBasis basis) {
    if (day.year() < year) return 0;
    if (day.year() > year) return 10'000;
    return basis == TimeBasis::month ? ledger::time_by_month({day.year(), day.month()})
                                     : ledger::time_by_day(day);
}

Execution execution(store::Tx& tx, const Scope& scope, const ExecutionQuery& query, Date today) {
    Execution made;
    made.year = query.year;
    made.as_at = today;
    made.grouping = query.grouping;
    made.numerator = query.numerator;
    made.denominator = query.denominator;
    made.time = query.time;
    made.time_basis_points = time_of(query.year, today, query.time);
    std::map<std::string, ExecutionGroup> groups;
    for (const auto& row : tx.all<GrainRow>(
             sql::execution_rows, query.year, admits_carry_over(query.denominator),
             admits_advances(query.denominator), query.area, query.area.end(), scope)) {
        add(groups[key_of(row, query.grouping)], row);
        add(made.total, row);
    }
    for (auto& [key, group] : groups) {
        group.key = key;
        finish(group, query.numerator, made.time_basis_points);
        made.groups.push_back(std::move(group));
    }
    finish(made.total, query.numerator, made.time_basis_points);
    return made;
}

std::vector<ExecutionLine> execution_lines(store::Tx& tx, const Scope& scope,
                                           const ExecutionQuery& query,
                                           const std::optional<std::string>& key, AllotmentId after,
                                           int limit) {
    const auto is = [&](Grouping grouping) { return key && query.grouping == grouping; };
    const bool by_county = is(Grouping::county);
    const auto county = by_county ? parse_int(*key).value_or(-1) : 0;
    const std::string text = key.value_or("");
    return tx.all<ExecutionLine>(
        sql::execution_lines, query.year, admits_carry_over(query.denominator),
        admits_advances(query.denominator), query.area, query.area.end(), !by_county, county,
        !is(Grouping::programme), text, !is(Grouping::source), text, after, limit, scope);
}

}  // namespace fenming::report

// Looking at the books.

#include "ledger/reading.h"

#include "ledger/sql.h"

namespace fenming::ledger {

std::vector<LineView> line_page(store::Tx& tx, const Scope& scope, const LineFilter& filter,
                                AllotmentId after, int limit) {
    return tx.all<LineView>(sql::line_page, filter.year, filter.programme, filter.holder,
                            filter.holder.end(), after, limit, scope);
}

std::vector<LineView> path_of(store::Tx& tx, const Scope& scope, AllotmentId line) {
    return tx.all<LineView>(sql::path_of_line, line, scope);
}

std::vector<LineView> parts_of(store::Tx& tx, const Scope& scope, AllotmentId line,
                               AllotmentId after, int limit) {
    return tx.all<LineView>(sql::parts_of_line, line, after, limit, scope);
}

std::vector<StatementLine> statement_of(store::Tx& tx, const Scope& scope, AllotmentId line,
                                        EntryId after, int limit) {
    // An entry has at most five legs on one line, so one more entry's worth shows where it ends.
    auto rows = tx.all<StatementLine>(sql::statement_of_line, line, after,
                                      limit + static_cast<int>(kBuckets), scope);
    auto end = rows.size();
    if (end > static_cast<std::size_t>(limit)) {
        end = static_cast<std::size_t>(limit);
        while (end < rows.size() && rows[end].entry == rows[end - 1].entry) ++end;
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(end), rows.end());
    return rows;
}

std::vector<SumsRow> sums_of_lines(store::Tx& tx, const Scope& scope, const LineFilter& filter) {
    return tx.all<SumsRow>(sql::sums_of_lines, filter.year, filter.programme, filter.holder,
                           filter.holder.end(), scope);
}

Sums sum_up(const std::vector<SumsRow>& rows) {
    Sums sums;
    for (const auto& row : rows) {
        sums.available += row.available;
        sums.allocated += row.allocated;
        sums.frozen += row.frozen;
        sums.disbursed += row.disbursed;
        sums.total += row.total;
    }
    return sums;
}

}  // namespace fenming::ledger

#pragma once
// Statements that take sixteen ids: a list of any length in as few calls as it needs.

#include <algorithm>
#include <vector>

#include "base/id.h"
#include "store/database.h"

namespace fenming::ledger {

inline constexpr std::size_t kIdsPerCall = 16;

/// All rows of a statement whose first sixteen parameters are ids (0 for none), and whose others
/// are `rest`. Each id is asked once; rows come by ascending id.
template <class Row, class IdT, class... P>
std::vector<Row> rows_of(store::Tx& tx, const store::Stmt<P...>& stmt, std::vector<IdT> ids,
                         const std::vector<store::Value>& rest = {}) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Row> rows;
    for (std::size_t from = 0; from < ids.size(); from += kIdsPerCall) {
        std::vector<store::Value> values;
        for (std::size_t i = from; i < from + kIdsPerCall; ++i)
            values.push_back(store::Value::of(i < ids.size() ? ids[i].number : 0));
        values.insert(values.end(), rest.begin(), rest.end());
        tx.query(stmt.info, values, store::Fetch::whole,
                 [&](store::Cursor& c) { rows.push_back(store::read_row<Row>(c)); });
    }
    return rows;
}

/// The parameters that `scope` stands for.
inline std::vector<store::Value> values_of(const Scope& scope) {
    return {store::Value::of(scope.low()), store::Value::of(scope.end())};
}

/// A stored month; '' is year 0.
inline Month stored_month(const std::string& text) {
    if (text.empty()) return {};
    auto month = parse_month(text);
    if (!month) throw Fault("a stored month does not read: " + text);
    return *month;
}

}  // namespace fenming::ledger

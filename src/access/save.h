#pragma once
// How record() of this folder writes rows: each gets the order's id and, where it bears one, its
// MAC.

#include <vector>

#include "access/rows.h"
#include "road/order.h"

namespace fenming::access {

template <class Row, class Stmt>
void save(road::Desk& desk, const Stmt& put, std::vector<Row>& rows) {
    if (rows.empty()) return;
    for (auto& row : rows) {
        row.order = desk.order;
        if constexpr (requires { Row::table; }) seal(desk.keys, row);
    }
    desk.tx.run_each(put, rows);
}
template <class Row, class Stmt>
void save(road::Desk& desk, const Stmt& put, Row& row) {
    std::vector<Row> rows{std::move(row)};
    save(desk, put, rows);
    row = std::move(rows.front());
}

/// 16 random bytes: erasing them with the cells leaves a digest that tells nothing (S3).
Bytes new_row_salt();

/// What a query for one must find by now: another order took it meanwhile, or it lies elsewhere.
template <class Row>
Result<Row> here(std::optional<Row> found) {
    if (!found) return refuse(kNotHere);
    return std::move(*found);
}
/// The same, and its MAC holds.
template <class Row>
Result<Row> here_and_ours(const crypto::KeyStore& keys, std::optional<Row> found) {
    auto row = TRY(here(std::move(found)));
    TRY(check_seal(keys, row));
    return row;
}

}  // namespace fenming::access

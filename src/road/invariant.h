#pragma once
// What holds after every order, whoever gave it. Each folder lists its own; cli/main.cpp hands the
// list to the road. A false one is our Bug: the order rolls back (DESIGN §5, E16).

#include <string_view>
#include <vector>

#include "store/statement.h"

namespace fenming::road {

/// `broken` takes :order_id (0 = everything) and returns rows (table_name text, row_key text,
/// detail text, as road/why.h reads it) that offend; the road demands none. `counted` takes none
/// and returns how many things `verify` looked at. The road asks `broken` of an order that wrote a
/// table it rests on (StmtInfo::rests_on), or of every order if it rests on none.
struct Invariant {
    std::string_view name;  ///< snake_case; its sentence in words files as `invariant.<name>`
    const store::StmtInfo* broken;
    const store::StmtInfo* counted;
};

inline Invariant invariant(std::string_view name, const store::Stmt<store::Int>& broken,
                           const store::Stmt<>& counted) {
    return {name, &broken.info, &counted.info};
}

}  // namespace fenming::road

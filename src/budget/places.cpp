// Reading names of places and units.

#include "budget/places.h"

#include "access/access.h"
#include "budget/sql.h"

namespace fenming::budget {

std::vector<PlaceName> place_names(store::Tx& tx, Date day) {
    return tx.all<PlaceName>(sql::place_names, day);
}

std::vector<KnownUnit> unit_names(store::Tx& tx, const Scope& scope) {
    return tx.all<KnownUnit>(sql::unit_names, scope);
}

Result<Area> area_of_line(store::Tx& tx, const Scope& scope, AllotmentId line) {
    const auto area = tx.value<Area>(sql::allotment_area, line);
    if (!area || !scope.contains(*area)) return refuse(access::kNotHere);
    return *area;
}

}  // namespace fenming::budget

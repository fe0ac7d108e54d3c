#pragma once
// Names of places and units, and the place of a line, for reading files.

#include "budget/receivers.h"
#include "store/database.h"

namespace fenming::budget {

/// Provinces to towns as named on the day; villages receive no documents.
std::vector<PlaceName> place_names(store::Tx& tx, Date day);
std::vector<KnownUnit> unit_names(store::Tx& tx, const Scope& scope);
/// Where a line's holder is; access.not_here if it does not lie in the scope.
Result<Area> area_of_line(store::Tx& tx, const Scope& scope, AllotmentId line);

}  // namespace fenming::budget

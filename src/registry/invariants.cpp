// What holds in the register after every order.

#include "registry/registry.h"
#include "registry/sql.h"

namespace fenming::registry {

std::vector<road::Invariant> invariants() {
    return {road::invariant("person_place", sql::person_place_broken, sql::person_place_count),
            road::invariant("account_place", sql::account_place_broken, sql::account_place_count),
            road::invariant("account_staff", sql::account_staff_broken, sql::account_staff_count)};
}

}  // namespace fenming::registry

#pragma once
// A lease: one server at a time sequences, schedules, or owns an id node (E11, B6).

#include <optional>
#include <string>

#include "base/clock.h"
#include "store/database.h"

namespace fenming::store {

struct Lease {
    std::string name;
    std::string holder;  ///< a random name of this process
    std::int64_t fence;  ///< grows with each change of holder; writers check it
};

/// Takes or renews the lease until `now + ms`; none while another holder's has not lapsed.
std::optional<Lease> take_lease(Database& database, std::string_view name, std::string_view holder,
                                Instant now, std::int64_t ms);
/// True while `lease` is the newest: to be asked in the transaction whose write it guards.
bool holds(Tx& tx, const Lease& lease);
void give_back(Database& database, const Lease& lease);

}  // namespace fenming::store

#pragma once
// The register as others use it: what holds after every order, and its routes. The orders stand in
// areas.h, persons.h, intake.h, accounts.h, look_up.h; questions about many persons in probe.h.

#include <vector>

#include "api/route.h"
#include "registry/intake.h"
#include "registry/look_up.h"
#include "registry/probe.h"
#include "road/invariant.h"
#include "road/road.h"

namespace fenming::registry {

/// A person's place is the newest move's; an account's is its owner's; who confirms an account is
/// not who entered it.
std::vector<road::Invariant> invariants();

/// Everything the outside may ask of the register. The request's context is the road::Caller.
std::vector<api::Route> routes(road::Road& road);

}  // namespace fenming::registry

#pragma once
// What holds of cases after every order, as the road and `verify` prove it.

#include <vector>

#include "road/invariant.h"

namespace fenming::workflow {

/// States have their acts; duties are pairwise distinct between persons; tasks stand at their step.
std::vector<road::Invariant> invariants();

}  // namespace fenming::workflow

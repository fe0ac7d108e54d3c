#pragma once
// What holds of batches after every order; handed to the road by the program.

#include <vector>

#include "road/invariant.h"

namespace fenming::disbursement {

std::vector<road::Invariant> invariants();

}  // namespace fenming::disbursement

#pragma once
// What holds of the books after every order, as the road and `verify` prove it.

#include <vector>

#include "road/invariant.h"

namespace fenming::ledger {

/// Debits equal credits; no bucket below zero; balances are the sum of the journal; parts never
/// exceed their parent; the journal has no gap; holds are resolved once; reversals mirror; what is
/// in transit arrives.
std::vector<road::Invariant> invariants();

}  // namespace fenming::ledger

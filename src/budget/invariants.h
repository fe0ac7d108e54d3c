#pragma once
// What holds of documents and openings after every order, as the road and `verify` prove it.

#include <vector>

#include "road/invariant.h"

namespace fenming::budget {

/// A document's items sum to what it says; what has posted has its lines or changes, of equal sums;
/// what is pending has posted nothing (P18); two persons acted where two must (P6, P18); a
/// confirmed opening has its lines.
std::vector<road::Invariant> invariants();

}  // namespace fenming::budget

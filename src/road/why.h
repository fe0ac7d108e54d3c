#pragma once
// Why a row offends, as `verify` and the invariants' statements say it: a code, not a sentence, so
// that it can be read in either language.

#include <string>
#include <string_view>

#include "base/refusal.h"

namespace fenming::road {

/// `folder.why.name`, then values after blanks, none of which holds a blank itself:
/// `ledger.why.bucket_below_zero bucket=ledger.bucket.frozen after_fen=-500`. The sentence is that
/// of the key, filled with the values; one that is itself a key of our words is said with them, and
/// `_fen` is printed as yuan. What is not of this form is said as it stands: a damaged database may
/// answer anything.
std::string why_words(std::string_view why, Language language);

}  // namespace fenming::road

#pragma once
// The journal in the syntax of the plain-text programs `ledger` and `hledger`, so that anybody may
// recompute our balances with a program that is not ours.

#include <functional>
#include <string_view>

#include "base/scope.h"
#include "store/database.h"

namespace fenming::ledger {

enum class JournalFormat { ledger, hledger };

/// Declares the commodity and every account, so that strict checks of the other programs pass; then
/// streams every entry of the scope, by pen and number: posting date, (pen-number), kind, cause and
/// entry id as a comment; a posting for each leg on `allotment:<id>:<bucket>`, in yuan with two
/// decimals, commodity CNY. `sink` gets pieces of text in order. Answers the number of entries.
std::int64_t export_journal(store::Tx& tx, const Scope& scope, JournalFormat format,
                            const std::function<void(std::string_view)>& sink);

}  // namespace fenming::ledger

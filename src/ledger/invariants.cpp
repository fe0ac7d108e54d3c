// The list of invariants; their statements are in invariants.sql.

#include "ledger/invariants.h"

#include "ledger/sql.h"

namespace fenming::ledger {

std::vector<road::Invariant> invariants() {
    using road::invariant;
    return {
        invariant("entries_balance", sql::unbalanced_entries, sql::count_entries),
        invariant("no_bucket_below_zero", sql::negative_buckets, sql::count_legs),
        invariant("running_sums_follow", sql::broken_running_sums, sql::count_legs),
        invariant("balances_are_journal_sums", sql::unfounded_balances, sql::count_balances),
        invariant("totals_follow_documents", sql::unequal_totals, sql::count_allotments),
        invariant("parts_never_exceed_parent", sql::parts_exceeding_parent, sql::count_balances),
        invariant("journal_is_gapless", sql::gaps_in_journal, sql::count_entries),
        invariant("holds_resolved_once", sql::overresolved_holds, sql::count_holds),
        invariant("reversals_mirror", sql::false_reversals, sql::count_entries),
        invariant("transits_arrive", sql::unequal_transits, sql::count_entries),
    };
}

}  // namespace fenming::ledger

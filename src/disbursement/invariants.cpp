// The list of what holds.

#include "disbursement/invariants.h"

#include "disbursement/sql.h"

namespace fenming::disbursement {

std::vector<road::Invariant> invariants() {
    return {road::invariant("batch_lines_sum", sql::totals_off, sql::count_batches),
            road::invariant("batch_payable_sums", sql::payable_off, sql::count_batches),
            road::invariant("batch_funding_sums", sql::funding_off, sql::count_batches),
            road::invariant("batch_lines_sum_to_entries", sql::entries_off, sql::count_batches),
            road::invariant("no_claim_paid_twice", sql::paid_twice, sql::count_lines),
            road::invariant("claims_are_their_lines", sql::claims_off, sql::count_claims),
            road::invariant("claims_have_lines", sql::claims_of_nobody, sql::count_claims),
            road::invariant("line_state_follows_events", sql::state_off, sql::count_lines)};
}

}  // namespace fenming::disbursement

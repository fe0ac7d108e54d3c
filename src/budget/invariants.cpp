// The list of invariants; their statements are in invariants.sql.

#include "budget/invariants.h"

#include "budget/sql.h"

namespace fenming::budget {

std::vector<road::Invariant> invariants() {
    using road::invariant;
    return {
        invariant("documents_are_their_items", sql::unequal_documents, sql::count_documents),
        invariant("posted_documents_have_lines", sql::unposted_documents, sql::count_documents),
        invariant("pending_documents_posted_nothing", sql::posted_while_pending,
                  sql::count_documents),
        invariant("two_persons_posted_by_item", sql::one_person_documents, sql::count_documents),
        invariant("openings_are_their_lines", sql::unequal_openings, sql::count_openings),
        invariant("two_persons_opened", sql::one_person_openings, sql::count_openings),
    };
}

}  // namespace fenming::budget

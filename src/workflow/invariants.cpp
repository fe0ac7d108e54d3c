// The list of invariants; their statements are in invariants.sql.

#include "workflow/invariants.h"

#include "workflow/sql.h"

namespace fenming::workflow {

std::vector<road::Invariant> invariants() {
    using road::invariant;
    return {
        invariant("states_have_their_acts", sql::cases_without_acts, sql::count_cases),
        invariant("duties_are_distinct", sql::shared_duties, sql::count_acts),
        invariant("tasks_stand_at_their_step", sql::misplaced_tasks, sql::count_cases),
    };
}

}  // namespace fenming::workflow

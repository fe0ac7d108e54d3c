// Every folder's invariants, jobs and routes, in the order of src/LEVELS.

#include "cli/routes.h"

#include "access/api.h"
#include "access/invariants.h"
#include "access/jobs_api.h"
#include "budget/api.h"
#include "budget/invariants.h"
#include "cli/verify.h"
#include "disbursement/api.h"
#include "disbursement/invariants.h"
#include "disbursement/jobs.h"
#include "ledger/api.h"
#include "ledger/invariants.h"
#include "policy/policy.h"
#include "registry/registry.h"
#include "report/execution.h"
#include "server/api.h"
#include "workflow/api.h"
#include "workflow/invariants.h"

namespace fenming::cli {

std::vector<road::Invariant> all_invariants() {
    std::vector<road::Invariant> all;
    for (auto list : {access::invariants(), registry::invariants(), policy::invariants(),
                      workflow::invariants(), ledger::invariants(), budget::invariants(),
                      disbursement::invariants()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

std::vector<road::JobKind> all_jobs() {
    auto all = disbursement::job_kinds();
    all.push_back(verify_kind());
    return all;
}

std::vector<api::Route> all_routes(Program& program) {
    auto& road = program.road();
    std::vector<api::Route> all;
    auto& jobs = program.jobs();
    for (auto list :
         {access::routes(road), access::job_routes(road, jobs), registry::routes(road),
          policy::routes(road), workflow::routes(road), ledger::routes(road), budget::routes(road),
          disbursement::routes(road, jobs), report::execution_routes(road)})
        for (auto& route : list) all.push_back(std::move(route));
    all.push_back(verify_route(jobs));
    server::add_routes(all, road, FENMING_VERSION);
    return all;
}

}  // namespace fenming::cli

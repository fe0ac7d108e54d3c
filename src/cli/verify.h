#pragma once
// The proof of the whole, as a job, for the verb and for HTTP.

#include "api/route.h"
#include "base/refusal.h"
#include "road/job.h"

namespace fenming::cli {

inline constexpr std::string_view kVerifyJob = "trail.verify";

/// Answers {"ok","invariants":[{"name","checked","broken","rows":[…]}],"trail":[…],"anchor":{…}};
/// at most 1,000 rows of each kind are named.
road::JobKind verify_kind();
/// Sentences are in this language.
api::Value verify_input(Language language);
/// POST /api/v1/verify.
api::Route verify_route(road::Jobs& jobs);

}  // namespace fenming::cli

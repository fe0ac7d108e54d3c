#pragma once
// What handlers answer with: JSON, a job's place, or a problem (RFC 9457).

#include <chrono>
#include <string_view>

#include "api/describe.h"
#include "api/negotiate.h"
#include "api/route.h"
#include "base/check.h"
#include "base/result.h"

namespace fenming::api {

/// How a Fault and a Bug are told to the outside; nobody refuses with these.
inline constexpr RefusalKind kFault{"api.fault", 503};
inline constexpr RefusalKind kBug{"api.bug", 500};

inline constexpr std::chrono::seconds kRetryAfter{5};

Reply reply_json(int status, const Value& value);
/// 204, without a body.
Reply reply_nothing();
/// 202 with Location: /api/v1/jobs/{id} and {"job": "…"} (E7).
Reply reply_job(JobId job);

/// application/problem+json: type, title, status, code, detail, at {sheet, row, column} (only what
/// is known), mend, and every value of the refusal under its own name, e.g. `left_fen`, personal
/// ones too, since this goes to the one who sent them. A value named like one of the members above
/// gets `_value` after its name; a number beyond ±(2^53 − 1), an id say, becomes a text. 405 has
/// Allow, 429 and 503 Retry-After (E36).
Reply problem(const Refusal& why, Language language);
/// 503. The fault's own words are for the log and do not leave the house.
Reply problem(const Fault& fault, Language language);
/// 500, with the request's id, under which the log has the rest.
Reply problem(const Bug& bug, Language language, std::string_view request_id);

/// The JSON of a result, or its problem in the requester's language. Done answers 204.
template <class T>
Reply answer(const Request& request, const Result<T>& result, int status = 200) {
    if (!result) return problem(result.error(), negotiate(request.accept_language));
    if constexpr (std::same_as<T, Done>) {
        return reply_nothing();
    } else if constexpr (std::same_as<T, Value>) {
        return reply_json(status, *result);
    } else {
        return reply_json(status, to_value(*result));
    }
}

}  // namespace fenming::api

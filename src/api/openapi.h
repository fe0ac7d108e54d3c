#pragma once
// The OpenAPI 3.1 description of all routes. Generated, committed as docs/api/openapi.json,
// compared in the test run; the matrix of who may what is enumerated from it (DESIGN §14).

#include <span>
#include <string_view>

#include "api/route.h"
#include "api/value.h"

namespace fenming::api {

/// The whole document; the same routes in any order give the same bytes. Each operation has
/// x-permission or x-public-because, x-step-up where asked, Idempotency-Key where it mutates,
/// If-Match where it needs a version, its tag (the folder), its reply, and the problem every
/// refusal is told as.
Value openapi(std::span<const Route> routes, std::string_view version);

}  // namespace fenming::api

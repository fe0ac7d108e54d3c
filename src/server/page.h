#pragma once
// The first page: what a city's funds are doing, and a batch on its way. For who is signed in, what
// he may read; on a demo database, for everybody, what its auditor sees. A stranger elsewhere sees
// the sign-in and nothing else (S17).

#include <string>

#include "server/front.h"

namespace fenming::server {

/// Answers "/", its style and its script.
Pages pages(road::Road& road, bool is_demo, std::string version);

}  // namespace fenming::server

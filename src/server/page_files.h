#pragma once
// The first page's style and script; served as files, so that the policy of no inline code holds.

#include <string_view>

namespace fenming::server {

extern const std::string_view kStyle;
extern const std::string_view kScript;

}  // namespace fenming::server

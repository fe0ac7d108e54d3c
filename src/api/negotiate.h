#pragma once
// Which of our two languages an Accept-Language header asks for.

#include <string_view>

#include "base/refusal.h"

namespace fenming::api {

/// The language of the greatest weight (RFC 9110 §12.5.4); of two equal ones the earlier. Any zh is
/// zh-CN, any en is English, `*` is zh-CN. An empty, malformed or other header is zh-CN: a header
/// about words never makes a request fail.
Language negotiate(std::string_view accept_language);

/// "zh-CN" or "en", as in Content-Language.
std::string_view language_tag(Language language);

}  // namespace fenming::api

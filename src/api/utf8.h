#pragma once
// Where a text stops being UTF-8. base/text.h says whether; the JSON writer and parser need where.

#include <cstddef>
#include <string_view>

namespace fenming::api {

/// Bytes of the well-formed character that starts at `at` (1…4), or 0 if none does: a stray or cut
/// sequence, an overlong form, a surrogate, or beyond U+10FFFF. `at` must lie inside the text.
std::size_t character_bytes(std::string_view text, std::size_t at);

/// Offset of the first byte that begins no well-formed character; npos if the text is UTF-8.
std::size_t first_ill_formed(std::string_view text);

}  // namespace fenming::api

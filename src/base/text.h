#pragma once
// Text as people and machines write it: UTF-8, full-width digits, invisible characters.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fenming {

/// Whole text is well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text);
/// Leading and trailing spaces of every kind (U+3000, NBSP, TAB …) removed.
std::string trim(std::string_view text);
/// Every space of every kind removed, inside the text too.
std::string without_spaces(std::string_view text);
/// Full-width ASCII (Ａ１．－) to half-width; other characters unchanged.
std::string to_half_width(std::string_view text);
/// True if the text holds a control (TAB and line breaks too), zero-width or bidirectional-override
/// character (S9), or bytes that are not UTF-8.
bool has_invisible(std::string_view text);
/// Text from outside as a sentence may quote it: at most 40 characters, then "…"; an invisible
/// character as <U+200B>, a byte that is not UTF-8 as <E4>.
std::string shown(std::string_view text);
/// Decimal digits only, 1 to 18 of them, no sign.
std::optional<std::int64_t> parse_int(std::string_view text);
/// The pieces between separators: one more than there are separators, empty ones kept.
std::vector<std::string> split(std::string_view text, char separator);
/// Number of code points of well-formed UTF-8; a byte that is not UTF-8 counts as one.
std::size_t length_in_characters(std::string_view text);

}  // namespace fenming

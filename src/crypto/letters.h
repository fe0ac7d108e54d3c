#pragma once
// Facts about single characters that the canonical name form needs; the tables are Unicode's and
// GB 18030's.

#include <optional>
#include <string>
#include <string_view>

namespace fenming::crypto {

/// Code points of well-formed UTF-8 (the caller has checked it).
std::u32string code_points(std::string_view utf8);
std::string utf8_of(std::u32string_view text);

/// U+E78D → U+FE10 and its like: the 24 private-use code points that older GB 18030 systems wrote
/// for characters which Unicode has since given a place, and U+E7C7 (ḿ) of GB 18030-2000.
std::optional<char32_t> current_for_private(char32_t point);
/// The unified ideograph of a CJK compatibility ideograph (U+F900…U+FAFF, U+2F800…U+2FA1D); the
/// twelve of that block that are ideographs in their own right give nullopt.
std::optional<char32_t> unified_ideograph(char32_t point);
/// A letter and the mark after it as one character: n + U+0300 → ǹ.
std::optional<char32_t> composed(char32_t letter, char32_t mark);

bool is_private_or_damaged(char32_t point);
/// Control, zero-width, bidirectional, filler and variation characters.
bool is_invisible(char32_t point);
/// A mark or conjoining letter that must join the one before it.
bool is_joining_mark(char32_t point);
bool is_space(char32_t point);
/// The dots that people type between the parts of a long name.
bool is_name_dot(char32_t point);

}  // namespace fenming::crypto

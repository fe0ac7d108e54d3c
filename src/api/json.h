#pragma once
// Reading JSON from outside. What other readers let pass in silence is refused here by name: a key
// given twice, a number with a fraction, a number too large, text that is not UTF-8 (E12, E36).

#include <cstddef>
#include <string_view>

#include "api/value.h"
#include "base/result.h"

namespace fenming::api {

inline constexpr RefusalKind kJsonTooLarge{"api.json_too_large", 413};
inline constexpr RefusalKind kJsonTooDeep{"api.json_too_deep", 422};
inline constexpr RefusalKind kJsonTooMany{"api.json_too_many", 422};
inline constexpr RefusalKind kJsonSyntax{"api.json_syntax", 400};
/// The text ends before its last bracket or quotation mark.
inline constexpr RefusalKind kJsonCut{"api.json_cut", 400};
inline constexpr RefusalKind kJsonTrailing{"api.json_trailing", 400};
inline constexpr RefusalKind kJsonKeyTwice{"api.json_key_twice", 400};
/// 1.5, 1e3, NaN, Infinity.
inline constexpr RefusalKind kJsonNotWhole{"api.json_not_whole", 422};
/// Beyond a signed 64-bit number.
inline constexpr RefusalKind kJsonNumberTooLarge{"api.json_number_too_large", 422};
/// A number under a name ending in `_fen` beyond ±(2^53 − 1) (E12).
inline constexpr RefusalKind kAmountOutOfRange{"api.amount_out_of_range", 422};
inline constexpr RefusalKind kJsonBadUtf8{"api.json_bad_utf8", 400};
inline constexpr RefusalKind kJsonLoneSurrogate{"api.json_lone_surrogate", 400};
/// U+0000, which PostgreSQL cannot store.
inline constexpr RefusalKind kJsonZeroCharacter{"api.json_zero_character", 422};

struct Limits {
    std::size_t bytes = std::size_t{1} << 20U;  ///< of the text (E36)
    std::size_t depth = 32;                     ///< lists and objects within one another
    std::size_t items = 100'000;                ///< values in all, at every depth
};

/// Reads one JSON text (RFC 8259; a byte-order mark is passed over). A refusal's place has the JSON
/// pointer (RFC 6901) in `column`, e.g. "/lines/3/amount_fen"; "" is the whole. Never throws on
/// input.
Result<Value> parse_json(std::string_view text, const Limits& limits = {});

}  // namespace fenming::api

#pragma once
// The parts of a request's target, decoded strictly: what two readers could understand differently
// is refused, so that no check and no log sees another address than the router.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fenming::api {

/// A % without two hexadecimal digits, or bytes that are not UTF-8 once decoded.
inline constexpr RefusalKind kBadPercent{"api.bad_percent", 400};
/// A path with a control character, a backslash, an encoded slash, or a "." or ".." segment.
inline constexpr RefusalKind kBadPath{"api.bad_path", 400};
inline constexpr RefusalKind kPathTooLong{"api.path_too_long", 414};
inline constexpr RefusalKind kQueryTooMany{"api.query_too_many", 400};

inline constexpr std::size_t kMaxPathBytes = 2048;
inline constexpr std::size_t kMaxQueryValues = 100;

struct NamedText {
    std::string name;
    std::string text;
    friend bool operator==(const NamedText&, const NamedText&) = default;
};

/// The segments of a path, which must begin with a slash: "/a/b%20c" → {"a", "b c"}; a slash at the
/// end gives an empty last one. `path` is what was sent, without query.
Result<std::vector<std::string>> split_path(std::string_view path);

/// "year=2026&area=430408" in the order sent, without the question mark; + is a space. A name may
/// stand more than once.
Result<std::vector<NamedText>> parse_query(std::string_view query);

/// The bytes of a URL that need no encoding stay; the rest becomes %XX.
std::string percent_encode(std::string_view text);

}  // namespace fenming::api

#pragma once
// Lists by key, page by page (E36): a page begins after the key of the last row of the page before,
// and that key travels in a cursor which nobody but us can make.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "api/describe.h"
#include "api/route.h"
#include "base/bytes.h"
#include "base/result.h"

namespace fenming::api {

inline constexpr RefusalKind kPageLimit{"api.page_limit", 422};
/// Not a cursor of ours, or one of another list.
inline constexpr RefusalKind kBadCursor{"api.bad_cursor", 422};

inline constexpr int kPageDefault = 50;
inline constexpr int kPageMost = 500;

struct Page {
    int limit = kPageDefault;  ///< 1…500 rows
    std::string after;         ///< the cursor; "" for the first page
};

/// Reads `limit` and `after` from the query; the cursor is opened by decode_cursor.
Result<Page> read_page(const Request& request);

/// A keyed 32-byte digest; the server hands in HMAC-SM3 under its cursor key.
using CursorMac = std::function<std::array<std::uint8_t, 32>(BytesView)>;
using CursorPart = std::variant<std::int64_t, std::string>;

namespace page_detail {

/// kBadCursor at ?after.
Refusal bad_cursor();
std::string encode(const CursorMac& mac, std::string_view list,
                   const std::vector<CursorPart>& parts);
Result<std::vector<CursorPart>> decode(const CursorMac& mac, std::string_view list,
                                       std::string_view cursor);

template <class M>
inline constexpr bool kMayBePart =
    kIsId<M> || value_detail::WholeNumber<M> || std::same_as<M, Money> ||
    std::same_as<M, Instant> || std::same_as<M, Area> || std::same_as<M, Date> ||
    std::same_as<M, std::string>;

/// A part as the JSON value of its member, so that one set of readers serves both.
template <class M>
CursorPart part_of(const M& member) {
    const Value value = member_value(member);
    if (const std::int64_t* number = value.if_number()) return *number;
    return *value.if_text();
}

Value value_of(const CursorPart& part);

}  // namespace page_detail

/// A cursor over the key of the last row given out, in the order of the list's key. `list` names
/// the list and whatever narrows it, e.g. "disbursement.batches area=430408", so that a cursor
/// opens only the list it was made for. It can be read by whoever holds it and stands in URLs: no
/// personal data.
template <class... M>
requires(page_detail::kMayBePart<M>&&...) std::string
    encode_cursor(const CursorMac& mac, std::string_view list, const M&... key) {
    return page_detail::encode(mac, list, {page_detail::part_of(key)...});
}

/// The key in a cursor made by encode_cursor for the same list and the same types.
template <class... M>
requires(page_detail::kMayBePart<M>&&...) Result<std::tuple<M...>> decode_cursor(
    const CursorMac& mac, std::string_view list, std::string_view cursor) {
    const auto parts = TRY(page_detail::decode(mac, list, cursor));
    if (parts.size() != sizeof...(M)) return refuse(page_detail::bad_cursor());
    std::tuple<M...> key;
    bool is_read = true;
    std::size_t next = 0;
    const auto read = [&]<class Part>(Part& part) {
        auto member = read_member<Part>(page_detail::value_of(parts[next++]), Spot("?after"));
        is_read = is_read && member.has_value();
        if (member) part = std::move(*member);
    };
    std::apply([&](M&... part) { (read(part), ...); }, key);
    if (!is_read) return refuse(page_detail::bad_cursor());
    return key;
}

/// {"items": […], "next": cursor or null}
Value page_value(Array items, const std::optional<std::string>& next);

/// The page of rows read with `LIMIT page.limit + 1`: the extra row only tells that there are more.
/// `cursor_of(row)` makes the cursor of the last row shown.
template <Sound T, class CursorOf>
Value page_of(const std::vector<T>& rows, const Page& page, CursorOf&& cursor_of) {
    const auto limit = static_cast<std::size_t>(page.limit);
    Array items;
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) items.push_back(to_value(rows[i]));
    std::optional<std::string> next;
    if (rows.size() > limit) next = cursor_of(rows[limit - 1]);
    return page_value(std::move(items), next);
}

}  // namespace fenming::api

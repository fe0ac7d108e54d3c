// Cursors: base64url of a version byte, the key's canonical elements, and a MAC over these and the
// name of the list.

#include "api/page.h"

#include "api/canonical.h"
#include "api/input.h"

namespace fenming::api {

namespace {

constexpr std::uint8_t kCursorVersion = 1;
constexpr std::size_t kMacBytes = 32;
constexpr std::size_t kLongestCursor = 1024;
constexpr std::size_t kElementHead = 5;  // tag and length

using Mac = std::array<std::uint8_t, kMacBytes>;

struct PageQuery {
    std::optional<std::int64_t> limit;
    std::optional<std::string> after;
    static constexpr auto fields =
        std::make_tuple(field("limit", &PageQuery::limit), field("after", &PageQuery::after));
};

std::string to_base64url(BytesView bytes) {
    std::string text = to_base64(bytes);
    while (!text.empty() && text.back() == '=') text.pop_back();
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

std::optional<Bytes> from_base64url(std::string_view url) {
    std::string text(url);
    for (char& c : text) {
        if (c == '+' || c == '/' || c == '=') return std::nullopt;  // one cursor has one text
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    }
    while (text.size() % 4 != 0) text.push_back('=');
    return from_base64(text);
}

Mac mac_of(const CursorMac& mac, std::string_view list, BytesView payload) {
    Bytes signed_bytes;
    canonical_detail::put_text(signed_bytes, 's', "fenming/cursor/v1");
    canonical_detail::put_text(signed_bytes, 's', list);
    canonical_detail::put_bytes(signed_bytes, 'y', payload);
    return mac(signed_bytes);
}

/// Takes as long whatever byte differs, so that a forger learns nothing from the clock.
bool is_same(const Mac& a, BytesView b) {
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned>(a[i]) ^ static_cast<unsigned>(b[i]);
    return difference == 0;
}

std::uint64_t big_endian(BytesView bytes) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8U | byte;
    return number;
}

/// The parts of a payload that passed its MAC; none if a later release wrote another form.
std::optional<std::vector<CursorPart>> parts_of(BytesView payload) {
    if (payload.empty() || payload[0] != kCursorVersion) return std::nullopt;
    std::vector<CursorPart> parts;
    payload = payload.subspan(1);
    while (!payload.empty()) {
        if (payload.size() < kElementHead) return std::nullopt;
        const auto tag = static_cast<char>(payload[0]);
        const std::uint64_t length = big_endian(payload.subspan(1, kElementHead - 1));
        payload = payload.subspan(kElementHead);
        if (length > payload.size()) return std::nullopt;
        const BytesView content = payload.first(static_cast<std::size_t>(length));
        payload = payload.subspan(content.size());
        if (tag == 'i' && content.size() == sizeof(std::int64_t)) {
            parts.emplace_back(static_cast<std::int64_t>(big_endian(content)));
        } else if (tag == 's') {
            parts.emplace_back(std::string(text_of(content)));
        } else {
            return std::nullopt;
        }
    }
    return parts;
}

}  // namespace

Result<Page> read_page(const Request& request) {
    Request only_page;
    for (const NamedText& each : request.query)
        if (each.name == "limit" || each.name == "after") only_page.query.push_back(each);
    const PageQuery asked = TRY(read_query<PageQuery>(only_page));
    const std::int64_t limit = asked.limit.value_or(kPageDefault);
    if (limit < 1 || limit > kPageMost)
        return refuse(
            refusal(kPageLimit).with("limit", limit).with("most", kPageMost).at("", 0, "?limit"));
    return Page{static_cast<int>(limit), asked.after.value_or("")};
}

namespace page_detail {

Refusal bad_cursor() {
    return refusal(kBadCursor).at("", 0, "?after");
}

std::string encode(const CursorMac& mac, std::string_view list,
                   const std::vector<CursorPart>& parts) {
    Bytes bytes{kCursorVersion};
    for (const CursorPart& part : parts) {
        if (const auto* number = std::get_if<std::int64_t>(&part)) {
            canonical_detail::put_number(bytes, 'i', *number);
        } else {
            canonical_detail::put_text(bytes, 's', std::get<std::string>(part));
        }
    }
    const Mac tag = mac_of(mac, list, bytes);
    bytes.insert(bytes.end(), tag.begin(), tag.end());
    std::string cursor = to_base64url(bytes);
    check(cursor.size() <= kLongestCursor, "a list's key is short");
    return cursor;
}

Result<std::vector<CursorPart>> decode(const CursorMac& mac, std::string_view list,
                                       std::string_view cursor) {
    if (cursor.size() > kLongestCursor) return refuse(bad_cursor());
    const auto bytes = from_base64url(cursor);
    if (!bytes || bytes->size() <= kMacBytes) return refuse(bad_cursor());
    const BytesView whole = *bytes;
    const BytesView payload = whole.first(whole.size() - kMacBytes);
    if (!is_same(mac_of(mac, list, payload), whole.last(kMacBytes))) return refuse(bad_cursor());
    auto parts = parts_of(payload);
    if (!parts) return refuse(bad_cursor());
    return std::move(*parts);
}

Value value_of(const CursorPart& part) {
    if (const auto* number = std::get_if<std::int64_t>(&part)) return *number;
    return std::get<std::string>(part);
}

}  // namespace page_detail

Value page_value(Array items, const std::optional<std::string>& next) {
    return Object{{"items", std::move(items)}, {"next", next ? Value(*next) : Value()}};
}

}  // namespace fenming::api

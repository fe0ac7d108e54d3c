// Percent-encoding (RFC 3986) and form queries.

#include "api/url.h"

#include <optional>

#include "base/text.h"

namespace fenming::api {

namespace {

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a' + 10);
    return std::nullopt;
}

/// None if a % is not followed by two digits, or the result is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const auto high = hex_digit(text[i + 1]);
        const auto low = hex_digit(text[i + 2]);
        if (!high || !low) return std::nullopt;
        out.push_back(static_cast<char>(*high * 16 + *low));
        i += 2;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

/// No file, proxy or log may read the segment as more or less than one segment.
bool is_plain_segment(std::string_view segment) {
    if (segment == "." || segment == "..") return false;
    for (const char c : segment)
        if (c == '/' || c == '\\' || is_control(c)) return false;
    return true;
}

}  // namespace

Result<std::vector<std::string>> split_path(std::string_view path) {
    if (path.size() > kMaxPathBytes)
        return refuse(refusal(kPathTooLong).with("most", static_cast<std::int64_t>(kMaxPathBytes)));
    if (path.empty() || path.front() != '/')
        return refuse(refusal(kBadPath).personal("text", shown(path)));
    std::vector<std::string> segments;
    for (const std::string& raw : split(path.substr(1), '/')) {
        auto segment = percent_decode(raw);
        if (!segment) return refuse(refusal(kBadPercent).personal("text", shown(raw)));
        if (!is_plain_segment(*segment))
            return refuse(refusal(kBadPath).personal("text", shown(raw)));
        segments.push_back(std::move(*segment));
    }
    return segments;
}

Result<std::vector<NamedText>> parse_query(std::string_view query) {
    std::vector<NamedText> out;
    if (query.empty()) return out;
    for (std::string& raw : split(query, '&')) {
        if (raw.empty()) continue;
        if (out.size() == kMaxQueryValues)
            return refuse(
                refusal(kQueryTooMany).with("most", static_cast<std::int64_t>(kMaxQueryValues)));
        for (char& c : raw)
            if (c == '+') c = ' ';
        const std::size_t equals = raw.find('=');
        const std::string_view whole = raw;
        auto name = percent_decode(whole.substr(0, equals));
        auto text = percent_decode(equals == std::string::npos ? std::string_view()
                                                               : whole.substr(equals + 1));
        // PostgreSQL cannot store U+0000; JSON refuses it too.
        const bool is_good = name && text && text->find('\0') == std::string::npos;
        if (!is_good) return refuse(refusal(kBadPercent).personal("text", shown(raw)));
        out.push_back({std::move(*name), std::move(*text)});
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kUnreserved =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (kUnreserved.find(c) != std::string_view::npos) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
    return out;
}

}  // namespace fenming::api

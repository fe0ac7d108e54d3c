// Bodies, queries and headers of requests.

#include "api/input.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace fenming::api {

namespace {

constexpr std::size_t kLongestKey = 128;

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_visible(char c) {
    return c > 0x20 && c < 0x7F;
}

}  // namespace

Result<Value> read_json(const Request& request, const Limits& limits) {
    const std::string_view type = request.content_type;
    if (lower_case(trim(type.substr(0, type.find(';')))) != "application/json")
        return refuse(refusal(kNotJsonType).personal("text", shown(type)));
    return parse_json(text_of(request.body), limits);
}

Result<std::string> read_key(const Request& request) {
    const std::string& key = request.idempotency_key;
    if (key.empty()) return refuse(kKeyMissing);
    if (key.size() > kLongestKey || !std::all_of(key.begin(), key.end(), is_visible))
        return refuse(refusal(kKeyMalformed).with("most", static_cast<std::int64_t>(kLongestKey)));
    return key;
}

Result<std::int64_t> read_version(const Request& request) {
    const std::string& tag = request.if_match;
    if (tag.empty()) return refuse(kVersionMissing);
    const bool is_quoted = tag.size() > 2 && tag.front() == '"' && tag.back() == '"';
    const auto version = is_quoted ? parse_int(std::string_view(tag).substr(1, tag.size() - 2))
                                   : std::optional<std::int64_t>();
    if (!version) return refuse(refusal(kVersionMalformed).personal("text", shown(tag)));
    return *version;
}

std::string version_tag(std::int64_t version) {
    return '"' + std::to_string(version) + '"';
}

namespace input_detail {

Value number_of_text(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end) return text;
    return number;
}

Value yes_no_of_text(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return text;
}

std::vector<std::string_view> texts_named(const Request& request, std::string_view name) {
    std::vector<std::string_view> texts;
    for (const NamedText& each : request.query)
        if (each.name == name) texts.push_back(each.text);
    return texts;
}

void add_strangers(Object& object, const Request& request, std::span<const std::string_view> known,
                   bool is_paged) {
    for (const NamedText& each : request.query) {
        const bool is_known = std::find(known.begin(), known.end(), each.name) != known.end();
        const bool is_of_page = is_paged && (each.name == "limit" || each.name == "after");
        if (!is_known && !is_of_page) object.set(each.name, each.text);
    }
}

}  // namespace input_detail

}  // namespace fenming::api

// Reading `folder.why.name value=…`.

#include "road/why.h"

#include <charconv>
#include <cstdint>

namespace fenming::road {
namespace {

/// Takes what stands before the next blank off the front.
std::string_view take_word(std::string_view& text) {
    const auto end = text.find(' ');
    const auto word = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return word;
}

RefusalValue value_of(std::string_view name, std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size())
        return {std::string(name), number};
    RefusalValue value{std::string(name), std::string(text)};
    value.list = "";
    return value;
}

}  // namespace

std::string why_words(std::string_view why, Language language) {
    auto rest = why;
    const auto key = take_word(rest);
    if (key.find(".why.") == key.npos || !has_words(key)) return std::string(why);
    std::vector<RefusalValue> values;
    while (!rest.empty()) {
        const auto word = take_word(rest);
        const auto sign = word.find('=');
        if (sign != word.npos)
            values.push_back(value_of(word.substr(0, sign), word.substr(sign + 1)));
    }
    return fill(words(key, language), values, language);
}

}  // namespace fenming::road

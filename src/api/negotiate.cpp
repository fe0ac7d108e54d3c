// Accept-Language, read without floating point: a weight is a number of thousandths.

#include "api/negotiate.h"

#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace fenming::api {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// "q=0.8" → 800; no parameter → 1000; anything else → 0, so that it asks for nothing.
int weight(std::string_view parameter) {
    if (parameter.empty()) return 1000;
    if (parameter.size() < 3 || lower(parameter[0]) != 'q' || parameter[1] != '=') return 0;
    const std::string_view number = parameter.substr(2);
    if (number.size() > 5 || (number[0] != '0' && number[0] != '1')) return 0;
    int thousandths = (number[0] - '0') * 1000;
    int place = 100;
    for (std::size_t i = 1; i < number.size(); ++i) {
        if (i == 1 && number[i] == '.') continue;
        if (i == 1 || number[i] < '0' || number[i] > '9') return 0;
        thousandths += (number[i] - '0') * place;
        place /= 10;
    }
    return thousandths <= 1000 ? thousandths : 0;
}

std::optional<Language> language_of_tag(std::string_view tag) {
    if (tag == "*") return Language::zh_cn;
    if (tag.size() < 2 || (tag.size() > 2 && tag[2] != '-')) return std::nullopt;
    if (lower(tag[0]) == 'z' && lower(tag[1]) == 'h') return Language::zh_cn;
    if (lower(tag[0]) == 'e' && lower(tag[1]) == 'n') return Language::en;
    return std::nullopt;
}

}  // namespace

Language negotiate(std::string_view accept_language) {
    Language best = Language::zh_cn;
    int greatest = 0;
    for (const std::string& part : split(accept_language, ',')) {
        const std::size_t semicolon = part.find(';');
        const auto language = language_of_tag(trim(part.substr(0, semicolon)));
        const std::string parameter =
            semicolon == std::string::npos ? std::string() : trim(part.substr(semicolon + 1));
        const int asked = weight(parameter);
        if (!language || asked <= greatest) continue;
        greatest = asked;
        best = *language;
    }
    return best;
}

std::string_view language_tag(Language language) {
    switch (language) {
        case Language::zh_cn:
            return "zh-CN";
        case Language::en:
            return "en";
    }
    bug("a language without a tag");
}

}  // namespace fenming::api

// Refusals and other texts in the user's language.

#include <algorithm>
#include <string>

#include "base/check.h"
#include "base/money.h"
#include "base/refusal.h"
#include "base/words_data.h"

namespace fenming {
namespace {

const Word* find_word(std::string_view key) {
    const auto entries = all_words();
    const auto found = std::ranges::lower_bound(entries, key, {}, &Word::key);
    return found != entries.end() && found->key == key ? &*found : nullptr;
}

const Word::Text& text_in(const Word& word, Language language) {
    switch (language) {
        case Language::zh_cn:
            return word.zh_cn;
        case Language::en:
            return word.en;
    }
    bug("a language is one of two");
}

const Word::Text& refusal_words(const Refusal& refusal, Language language) {
    const std::string_view code = refusal.kind().code;
    const Word* word = find_word(code);
    if (!word || !word->is_refusal) bug(("no words for the refusal " + std::string(code)).c_str());
    return text_in(*word, language);
}

/// Calls text(piece) and name(placeholder) in order.
template <class OnText, class OnName>
void each_piece(std::string_view text, OnText&& on_text, OnName&& on_name) {
    for (;;) {
        const std::size_t open = text.find('{');
        on_text(text.substr(0, open));
        if (open == text.npos) return;
        const std::size_t close = text.find('}', open);
        check(close != text.npos, "a placeholder is closed");
        on_name(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
}

const RefusalValue* find_value(const std::vector<RefusalValue>& values, std::string_view name) {
    const auto found = std::ranges::find(values, name, &RefusalValue::name);
    return found == values.end() ? nullptr : &*found;
}

std::string printed(const RefusalValue& value) {
    if (const auto* text = std::get_if<std::string>(&value.value)) return *text;
    const std::int64_t number = std::get<std::int64_t>(value.value);
    const bool is_money = std::string_view(value.name).ends_with("_fen");
    return is_money ? to_yuan(Money::fen(number)) : std::to_string(number);
}

/// A text filled with values as they stand: what a code names holds no further codes.
std::string filled_plainly(std::string_view text, const std::vector<RefusalValue>& values) {
    std::string filled;
    each_piece(
        text, [&](std::string_view piece) { filled += piece; },
        [&](std::string_view name) {
            const RefusalValue* value = find_value(values, name);
            filled += value ? printed(*value) : "…";
        });
    return filled;
}

/// A code in the reader's language (Refusal::word).
std::string said(const RefusalValue& value, const std::vector<RefusalValue>& values,
                 Language language) {
    const auto* codes = std::get_if<std::string>(&value.value);
    check(codes != nullptr, "a code is a text");
    std::string text;
    each_code(*codes, [&](std::string_view code) {
        const Word* word = find_word(word_key(*value.list, code));
        std::string one = word == nullptr ? std::string(code)
                                          : filled_plainly(text_in(*word, language).says, values);
        text = text.empty() ? std::move(one)
                            : filled_plainly(words("base.several", language),
                                             {{"before", std::move(text)}, {"next", one}});
    });
    return text;
}

/// The sentence with its place before it, by the parts that the place has.
std::string placed(const RefusalPlace& place, std::string says, Language language) {
    std::string key = "base.place";
    if (!place.sheet.empty()) key += "_sheet";
    if (place.row > 0) key += "_row";
    if (!place.column.empty()) key += "_column";
    if (key == "base.place") return says;
    return fill(words(key, language),
                {{"sheet", place.sheet},
                 {"row", place.row},
                 {"column", place.column},
                 {"says", std::move(says)}},
                language);
}

}  // namespace

std::string word_key(std::string_view list, std::string_view code) {
    std::string key(list);
    if (!list.empty()) key += ".";
    key += code;
    std::ranges::replace(key, '-', '_');
    return key;
}

bool has_words(std::string_view key) {
    return find_word(key) != nullptr;
}

std::string fill(std::string_view text, const std::vector<RefusalValue>& values,
                 Language language) {
    std::string filled;
    each_piece(
        text, [&](std::string_view piece) { filled += piece; },
        [&](std::string_view name) {
            const RefusalValue* value = find_value(values, name);
            if (value == nullptr)
                filled += "…";
            else
                filled += value->list ? said(*value, values, language) : printed(*value);
        });
    return filled;
}

Sentence say(const Refusal& refusal, Language language) {
    const Word::Text& text = refusal_words(refusal, language);
    return {placed(refusal.place(), fill(text.says, refusal.values(), language), language),
            fill(text.mend, refusal.values(), language)};
}

std::vector<std::string> missing_values(const Refusal& refusal, Language language) {
    const Word::Text& text = refusal_words(refusal, language);
    std::vector<std::string> missing;
    for (const std::string_view part : {text.says, text.mend}) {
        each_piece(
            part, [](std::string_view) {},
            [&](std::string_view name) {
                if (!find_value(refusal.values(), name)) missing.emplace_back(name);
            });
    }
    return missing;
}

std::string_view words(std::string_view key, Language language) {
    const Word* word = find_word(key);
    if (!word) bug(("no words for " + std::string(key)).c_str());
    return text_in(*word, language).says;
}

}  // namespace fenming

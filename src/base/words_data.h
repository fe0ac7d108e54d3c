#pragma once
// Every text of ours in both languages: what tools/words.py makes of the folders' words.*.txt.

#include <span>
#include <string>
#include <string_view>

namespace fenming {

/// One entry. A refusal has a sentence and a mend, any other text only the sentence.
struct Word {
    struct Text {
        std::string_view says;
        std::string_view mend;
    };
    std::string_view key;
    bool is_refusal;
    Text zh_cn;
    Text en;
};

/// All entries, ascending by key.
std::span<const Word> all_words();

/// The key of a list's code (Refusal::word).
std::string word_key(std::string_view list, std::string_view code);

/// Calls on_code(code) for each of the codes between " / ".
template <class OnCode>
void each_code(std::string_view codes, OnCode&& on_code) {
    constexpr std::string_view kBetween = " / ";
    for (;;) {
        const std::size_t end = codes.find(kBetween);
        if (!codes.empty()) on_code(codes.substr(0, end));
        if (end == codes.npos) return;
        codes.remove_prefix(end + kBetween.size());
    }
}

}  // namespace fenming

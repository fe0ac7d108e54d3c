#pragma once
// Every text of ours in both languages: what tools/words.py makes of the folders' words.*.txt.

#include <span>
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

}  // namespace fenming

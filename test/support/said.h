#pragma once
// What an invariant's statement says of a row can be read in both languages.

#include <gtest/gtest.h>

#include <algorithm>

#include "road/why.h"

namespace fenming::test {

/// `why` is a code that has words, every value they want is there, and the Chinese shows no code.
inline void expect_said(std::string_view why) {
    for (const auto language : {Language::zh_cn, Language::en}) {
        const auto said = road::why_words(why, language);
        EXPECT_NE(said, why);
        EXPECT_EQ(said.find("…"), said.npos) << why << ": " << said;
        const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
        EXPECT_EQ(std::ranges::any_of(said, is_small), language == Language::en) << said;
    }
}

}  // namespace fenming::test

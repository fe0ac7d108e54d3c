#pragma once
// A reader of short fixed forms such as dates: takes digits and marks from the front of a text, and
// remembers if anything did not fit, so that the form is checked once at the end.

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"

namespace fenming {

/// A day or month as people write it, as a Reader takes it: half width, and no spaces between 年,
/// 月 and 日.
inline std::string plain_form(std::string_view text) {
    std::string half = to_half_width(trim(text));
    return half.find("年") == half.npos ? half : without_spaces(half);
}

class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    /// The next digits, as many as stand there but at most `most`; fewer than `least` do not fit.
    std::string_view digits(std::size_t least, std::size_t most) {
        std::size_t count = 0;
        while (count < std::min(most, rest_.size()) && rest_[count] >= '0' && rest_[count] <= '9') {
            ++count;
        }
        if (count < least) fail();
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    /// The same as a number; `most` ≤ 9.
    int number(std::size_t least, std::size_t most) {
        int value = 0;
        for (const char digit : digits(least, most)) value = value * 10 + (digit - '0');
        return value;
    }
    /// Takes `mark` if it stands next, and says whether it did.
    bool accept(std::string_view mark) {
        if (rest_.substr(0, mark.size()) != mark) return false;
        rest_.remove_prefix(mark.size());
        return true;
    }
    /// Takes `mark`, which must stand next.
    void take(std::string_view mark) {
        if (!accept(mark)) fail();
    }
    void fail() { fits_ = false; }
    /// Everything fitted and nothing is left.
    [[nodiscard]] bool read_all() const { return fits_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool fits_ = true;
};

}  // namespace fenming

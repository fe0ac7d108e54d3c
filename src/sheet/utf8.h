#pragma once
// UTF-8 as a stream: how much of a piece is well formed, and how many lines and characters went by.

#include <cstdint>
#include <string_view>

namespace fenming::sheet {

/// The well-formed beginning of a text.
struct Utf8Prefix {
    std::size_t bytes = 0;  ///< of whole, well-formed characters
    bool is_bad =
        false;  ///< the byte after them fits nowhere; else the rest is an unfinished character
};
Utf8Prefix utf8_prefix(std::string_view text);

/// Bytes of the character that `lead` begins: 1…4; 0 if no character begins so.
std::size_t utf8_length(char lead);

/// Characters beyond ASCII in a text of whole characters.
std::int64_t count_beyond_ascii(std::string_view text);

/// Counts line ends of pieces of a text: LF, or CR where there is no LF at all.
class LineCounter {
public:
    void feed(std::string_view text);
    [[nodiscard]] std::int64_t count() const { return line_feeds_ > 0 ? line_feeds_ : returns_; }

private:
    std::int64_t line_feeds_ = 0;
    std::int64_t returns_ = 0;
};

}  // namespace fenming::sheet

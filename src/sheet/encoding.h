#pragma once
// Which encoding a text is written in, by rule and never by guess, and its way to UTF-8 and back.
//
// The rule: a byte-order mark decides; else strict UTF-8; else strict GB18030 (of which GBK and
// GB 2312 are parts); else the user must say. Statistical detectors are wrong on short tables.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sheet/input.h"

namespace fenming::sheet {

/// `gbk` reads as GB18030 in which the byte 0x80 is €, as old Windows writes it; written, it holds
/// the characters of GBK only.
enum class Encoding { utf8, gb18030, gbk, utf16le, utf16be };

/// Neither UTF-8 nor GB18030: `offset` and `line` of the first byte that fits neither.
inline constexpr RefusalKind kEncodingUnknown{"sheet.encoding_unknown", 422};
/// A byte that cannot stand where it does: `encoding`, `offset` (from 0), `line` (from 1), `byte`.
inline constexpr RefusalKind kBadByte{"sheet.bad_byte", 422};
/// The file was cut off inside a character: `encoding`, `offset`, `line`.
inline constexpr RefusalKind kEndsInsideCharacter{"sheet.ends_inside_character", 422};
/// A character that the wanted encoding does not have: `character`, `encoding`.
inline constexpr RefusalKind kNotInEncoding{"sheet.not_in_encoding", 422};
/// `text` names no encoding we know.
inline constexpr RefusalKind kNotAnEncoding{"sheet.not_an_encoding", 422};

/// "UTF-8", "GB18030", "GBK", "UTF-16LE", "UTF-16BE".
std::string_view name_of(Encoding encoding);
/// Reads such a name; case, '-' and '_' do not matter. "gb2312" is GB18030, its superset.
Result<Encoding> parse_encoding(std::string_view text);

/// Reads all of `input` and rewinds it. `expected` is what the sender promised: it stands where the
/// rule would fall to GB18030, and where a few characters could be either; a mark or many
/// well-formed UTF-8 characters outweigh it. A UTF-8 text with a bad byte or a cut-off end is
/// refused as such, since its bytes could often pass for GB18030 and would read as other
/// characters.
Result<Encoding> detect_encoding(Input& input, std::optional<Encoding> expected = std::nullopt);

/// Turns pieces of a text into UTF-8. A mark at the beginning is dropped. Pieces may be cut
/// anywhere, also inside a character.
class ToUtf8 {
public:
    explicit ToUtf8(Encoding from);
    ~ToUtf8();
    ToUtf8(ToUtf8&&) noexcept;
    ToUtf8& operator=(ToUtf8&&) noexcept;

    /// Appends to `out` only whole characters. Refuses kBadByte; `out` then ends before that byte.
    Result<Done> feed(std::string_view bytes, std::string& out);
    /// Refuses kEndsInsideCharacter if a character is unfinished.
    Result<Done> finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Turns UTF-8 into another encoding. The text must be well-formed: ours always is.
class FromUtf8 {
public:
    explicit FromUtf8(Encoding to);
    ~FromUtf8();
    FromUtf8(FromUtf8&&) noexcept;
    FromUtf8& operator=(FromUtf8&&) noexcept;

    /// Appends to `out`. Refuses kNotInEncoding and then leaves `out` as it was.
    Result<Done> append(std::string_view text, std::string& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace fenming::sheet

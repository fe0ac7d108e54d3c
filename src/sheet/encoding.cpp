// Encodings by rule, and conversion with glibc's iconv. Always "GB18030", never "GBK", for reading:
// it is the superset, and iconv's table has the current characters (A6D9 → U+FE10, FE59 → U+9FB4).

#include "sheet/encoding.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "sheet/utf8.h"

namespace fenming::sheet {
namespace {

constexpr std::string_view kMarkUtf8 = "\xEF\xBB\xBF";
constexpr std::string_view kMarkUtf16le = "\xFF\xFE";
constexpr std::string_view kMarkUtf16be = "\xFE\xFF";

/// So many well-formed UTF-8 characters beyond ASCII are no accident: in a GB18030 text of common
/// characters every further one is about three times less likely.
constexpr std::int64_t kTellingCharacters = 16;

class Iconv {
public:
    Iconv(const char* to, const char* from) : handle_(iconv_open(to, from)) {
        if (handle_ == reinterpret_cast<iconv_t>(-1))
            throw Fault(std::string("this system cannot convert ") + from + " to " + to);
    }
    ~Iconv() { iconv_close(handle_); }
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;

    /// Converts from the front of `from`, takes away what it converted, appends to `out`.
    /// 0, or errno: EILSEQ at a byte that fits nowhere, EINVAL at an unfinished character.
    int convert(std::string_view& from, std::string& out) {
        char* source = const_cast<char*>(from.data());
        std::size_t left = from.size();
        int failure = E2BIG;
        while (failure == E2BIG) {
            const std::size_t before = out.size();
            out.resize(before + 2 * left + 16);
            char* target = out.data() + before;
            std::size_t room = out.size() - before;
            const bool done = iconv(handle_, &source, &left, &target, &room) != std::size_t(-1);
            failure = done ? 0 : errno;
            out.resize(out.size() - room);
        }
        from.remove_prefix(from.size() - left);
        return failure;
    }

private:
    iconv_t handle_;
};

/// The name iconv reads an encoding by.
const char* reads_as(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
            return "UTF-8";
        case Encoding::gb18030:
        case Encoding::gbk:
            return "GB18030";
        case Encoding::utf16le:
            return "UTF-16LE";
        case Encoding::utf16be:
            return "UTF-16BE";
    }
    bug("an encoding without a name");
}

/// GB18030 of 2000 wrote ḿ (U+1E3F) as 81 35 F4 37, a place that the edition of 2005, and iconv,
/// leave to private use (U+E7C7). Such files exist; a private character in a name helps nobody.
void read_first_edition(std::string& text, std::size_t from) {
    constexpr std::string_view kPrivate = "\xEE\x9F\x87";
    for (auto at = text.find(kPrivate, from); at != std::string::npos; at = text.find(kPrivate, at))
        text.replace(at, kPrivate.size(), "\xE1\xB8\xBF");
}

}  // namespace

std::string_view name_of(Encoding encoding) {
    return encoding == Encoding::gbk ? "GBK" : reads_as(encoding);
}

Result<Encoding> parse_encoding(std::string_view text) {
    std::string name;
    for (const char c : text)
        if (c != '-' && c != '_' && c != ' ')
            name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    static const std::vector<std::pair<std::string_view, Encoding>> kNames = {
        {"utf8", Encoding::utf8}, {"gb18030", Encoding::gb18030}, {"gb2312", Encoding::gb18030},
        {"gbk", Encoding::gbk},   {"utf16le", Encoding::utf16le}, {"utf16be", Encoding::utf16be}};
    for (const auto& [known, encoding] : kNames)
        if (name == known) return encoding;
    return refuse(refusal(kNotAnEncoding).with("text", std::string(text)));
}

struct ToUtf8::State {
    explicit State(Encoding encoding) : from(encoding) {
        if (from != Encoding::utf8) iconv.emplace("UTF-8", reads_as(from));
    }

    Refusal bad(const RefusalKind& kind) const {
        return refusal(kind)
            .with("encoding", std::string(name_of(from)))
            .with("offset", offset)
            .with("line", lines.count() + 1);
    }
    Result<Done> convert(std::string_view& text, std::string& out);

    Encoding from;
    std::optional<Iconv> iconv;
    std::string tail;         // the unfinished character at the end of the last piece
    std::int64_t offset = 0;  // of the first byte not yet converted
    LineCounter lines;
    bool at_start = true;
};

Result<Done> ToUtf8::State::convert(std::string_view& text, std::string& out) {
    while (true) {
        const std::size_t before = out.size();
        const std::size_t left = text.size();
        bool is_bad = false;
        if (iconv) {
            is_bad = iconv->convert(text, out) == EILSEQ;
            if (reads_as(from) == reads_as(Encoding::gb18030)) read_first_edition(out, before);
        } else {
            const Utf8Prefix good = utf8_prefix(text);
            out.append(text.substr(0, good.bytes));
            text.remove_prefix(good.bytes);
            is_bad = good.is_bad;
        }
        offset += static_cast<std::int64_t>(left - text.size());
        lines.feed(std::string_view(out).substr(before));
        if (!is_bad) return Done{};
        if (from != Encoding::gbk || text.front() != '\x80')
            return refuse(bad(kBadByte).with("byte", to_hex(bytes_of(text.substr(0, 1)))));
        out += "€";
        text.remove_prefix(1);
        ++offset;
    }
}

ToUtf8::ToUtf8(Encoding from) : state_(std::make_unique<State>(from)) {}
ToUtf8::~ToUtf8() = default;
ToUtf8::ToUtf8(ToUtf8&&) noexcept = default;
ToUtf8& ToUtf8::operator=(ToUtf8&&) noexcept = default;

Result<Done> ToUtf8::feed(std::string_view bytes, std::string& out) {
    std::string joined;
    if (!state_->tail.empty()) {
        joined = std::exchange(state_->tail, {});
        joined += bytes;
        bytes = joined;
    }
    const std::size_t before = out.size();
    auto converted = state_->convert(bytes, out);
    if (state_->at_start && out.size() > before) {
        state_->at_start = false;
        if (std::string_view(out).substr(before, kMarkUtf8.size()) == kMarkUtf8)
            out.erase(before, kMarkUtf8.size());
    }
    if (converted) state_->tail = bytes;
    return converted;
}

Result<Done> ToUtf8::finish() {
    if (!state_->tail.empty()) return refuse(state_->bad(kEndsInsideCharacter));
    return Done{};
}

namespace {

/// What one reading of the whole input shows.
struct Seen {
    std::optional<Encoding> mark;
    std::int64_t utf8_characters = 0;  // beyond ASCII, before the first that is not well formed
    std::optional<Refusal> not_utf8;
    std::optional<Refusal> not_gb18030;  // read as `gbk`: as GB18030, and 0x80 allowed
    bool has_0x80 = false;               // GB18030 alone would refuse it
};

std::optional<Encoding> mark_of(std::string_view head) {
    if (head.starts_with(kMarkUtf8)) return Encoding::utf8;
    if (head.starts_with(kMarkUtf16le)) return Encoding::utf16le;
    if (head.starts_with(kMarkUtf16be)) return Encoding::utf16be;
    return std::nullopt;
}

/// Why the input cannot be read in `encoding`, if it cannot. Counts characters beyond ASCII.
std::optional<Refusal> try_as(Input& input, Encoding encoding, std::int64_t& characters) {
    std::vector<char> piece(kPieceBytes);
    std::string text;
    ToUtf8 reader(encoding);
    input.rewind();
    while (const std::size_t count = input.read(piece)) {
        text.clear();
        auto fed = reader.feed({piece.data(), count}, text);
        characters += count_beyond_ascii(text);
        if (!fed) return fed.error();
    }
    auto finished = reader.finish();
    if (!finished) return finished.error();
    return std::nullopt;
}

std::optional<Encoding> read_mark(Input& input) {
    std::array<char, 3> head{};
    input.rewind();
    std::size_t filled = 0;
    while (filled < head.size()) {
        const std::size_t count = input.read(std::span(head).subspan(filled));
        if (count == 0) break;
        filled += count;
    }
    return mark_of({head.data(), filled});
}

/// How much of a text is of the 3,755 characters that GB 2312 calls common: its first level.
struct Commonness {
    std::int64_t common = 0;
    std::int64_t beyond_ascii = 0;
    /// A greater part of this text is common than of the other.
    [[nodiscard]] bool exceeds(const Commonness& other) const {
        return common * other.beyond_ascii > other.common * beyond_ascii;
    }
};

/// Of an input that reads whole in `encoding`.
Commonness commonness(Input& input, Encoding encoding) {
    std::vector<char> piece(kPieceBytes);
    std::string text;
    ToUtf8 reader(encoding);
    input.rewind();
    while (const std::size_t count = input.read(piece))
        check(reader.feed({piece.data(), count}, text).has_value(), "it was read before");
    std::string bytes;
    Commonness seen;
    if (!FromUtf8(Encoding::gb18030).append(text, bytes)) return seen;  // a place of no character
    const auto at = [&](std::size_t i) { return i < bytes.size() ? std::uint8_t(bytes[i]) : 0; };
    for (std::size_t i = 0; i < bytes.size();) {
        const bool is_long = at(i + 1) >= 0x30 && at(i + 1) <= 0x39;
        const bool is_ascii = at(i) < 0x80;
        if (!is_ascii) ++seen.beyond_ascii;
        if (at(i) >= 0xB0 && at(i) <= 0xD7 && at(i + 1) >= 0xA1) ++seen.common;
        i += is_ascii ? 1 : is_long ? 4 : 2;
    }
    return seen;
}

Result<Encoding> judge(Input& input, std::optional<Encoding> expected) {
    if (const auto mark = read_mark(input)) return *mark;
    std::int64_t beyond_ascii = 0;
    const auto not_utf8 = try_as(input, Encoding::utf8, beyond_ascii);
    const bool is_telling = beyond_ascii >= kTellingCharacters;
    std::int64_t ignored = 0;
    if (!not_utf8) {
        // A few characters may be well formed both ways: a bank's short answer. Read the wrong way
        // they become rare ones; where neither reading is the likelier, the layout's word counts.
        const bool may_keep = expected && !is_telling && !try_as(input, *expected, ignored);
        if (!may_keep || commonness(input, Encoding::utf8).exceeds(commonness(input, *expected)))
            return Encoding::utf8;
        return *expected;
    }
    if (expected && *expected != Encoding::utf8) return *expected;
    // Nearly all of it was UTF-8: that it could pass for GB18030 as well would be chance.
    const bool is_cut_off = &not_utf8->kind() == &kEndsInsideCharacter && beyond_ascii > 0;
    if (is_telling || is_cut_off || expected) return refuse(Refusal(*not_utf8));

    const auto not_gb18030 = try_as(input, Encoding::gb18030, ignored);
    if (!not_gb18030) return Encoding::gb18030;
    if (&not_gb18030->kind() == &kEndsInsideCharacter) return refuse(Refusal(*not_gb18030));
    const auto not_gbk = try_as(input, Encoding::gbk, ignored);
    if (!not_gbk) return Encoding::gbk;
    auto unknown = refusal(kEncodingUnknown);
    for (const auto& value : not_gbk->values())
        if (value.name == "offset" || value.name == "line")
            std::move(unknown).with(value.name, std::get<std::int64_t>(value.value));
    return refuse(std::move(unknown));
}

}  // namespace

Result<Encoding> detect_encoding(Input& input, std::optional<Encoding> expected) {
    auto verdict = judge(input, expected);
    input.rewind();
    return verdict;
}

struct FromUtf8::State {
    explicit State(Encoding encoding) : to(encoding) {
        if (to != Encoding::utf8)
            iconv.emplace(to == Encoding::gbk ? "GBK" : reads_as(to), "UTF-8");
    }
    Encoding to;
    std::optional<Iconv> iconv;
};

FromUtf8::FromUtf8(Encoding to) : state_(std::make_unique<State>(to)) {}
FromUtf8::~FromUtf8() = default;
FromUtf8::FromUtf8(FromUtf8&&) noexcept = default;
FromUtf8& FromUtf8::operator=(FromUtf8&&) noexcept = default;

Result<Done> FromUtf8::append(std::string_view text, std::string& out) {
    if (!state_->iconv) {
        out += text;
        return Done{};
    }
    const std::size_t before = out.size();
    const int failure = state_->iconv->convert(text, out);
    if (failure == 0) return Done{};
    out.resize(before);
    const std::size_t length = utf8_length(text.front());
    check(failure == EILSEQ && length > 0 && length <= text.size(), "text of ours is not UTF-8");
    return refuse(refusal(kNotInEncoding)
                      .personal("character", std::string(text.substr(0, length)))
                      .with("encoding", std::string(name_of(state_->to))));
}

}  // namespace fenming::sheet

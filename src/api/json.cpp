// The one file that includes nlohmann/json: its lexer and SAX parser, under our limits. The events
// build a Value and refuse what the library would let pass (STACK §8: keys given twice, numbers
// that turn into floating point, nesting without end).

#include "api/json.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

#include "api/utf8.h"
#include "base/money.h"
#include "base/text.h"

namespace fenming::api {

namespace {

constexpr int kNlohmannNumberOverflow = 406;  // its exception id for 1e400 and the like

/// The four hex digits after "\u" as a number; none if they are not four hex digits.
std::optional<unsigned> code_unit(std::string_view escape) {
    if (escape.size() < 6 || escape[0] != '\\' || escape[1] != 'u') return std::nullopt;
    unsigned unit = 0;
    for (const char c : escape.substr(2, 4)) {
        const bool is_digit = c >= '0' && c <= '9';
        const char lower = static_cast<char>(c | 0x20);
        if (!is_digit && (lower < 'a' || lower > 'f')) return std::nullopt;
        unit = unit * 16 + static_cast<unsigned>(is_digit ? c - '0' : lower - 'a' + 10);
    }
    return unit;
}

/// The token holds half of a surrogate pair without the other half.
bool has_lone_surrogate(std::string_view token) {
    for (std::size_t i = 0; i + 1 < token.size(); ++i) {
        if (token[i] != '\\') continue;
        const auto unit = code_unit(token.substr(i));
        if (!unit) {
            ++i;  // the escaped character, which may itself be a backslash
            continue;
        }
        if (*unit >= 0xDC00 && *unit <= 0xDFFF) return true;
        if (*unit >= 0xD800 && *unit <= 0xDBFF) {
            const auto low = code_unit(token.substr(i + 6));
            if (!low || *low < 0xDC00 || *low > 0xDFFF) return true;
            i += 6;
        }
        i += 5;
    }
    return false;
}

/// NaN and Infinity as JavaScript and Python write them: the letters after which the lexer stops in
/// them. What it calls the token may begin with brackets and commas before it.
bool ends_in_not_a_number(std::string_view token) {
    std::size_t from = token.size();
    const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    while (from > 0 && (is_letter(token[from - 1]) || token[from - 1] == '-')) --from;
    const std::string_view word = token.substr(from);
    return word == "N" || word == "na" || word == "I" || word == "-I" || word == "-N";
}

bool ends_in_fen(std::string_view name) {
    return name.ends_with("_fen");
}

/// Receives nlohmann's events. A false answer stops the parser; `refusal_` then says why.
class Builder {
public:
    using Json = nlohmann::json;

    Builder(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

    // The names below are nlohmann's SAX interface.
    bool null() { return add({}) != nullptr; }
    bool boolean(bool yes) { return add(yes) != nullptr; }
    bool number_integer(Json::number_integer_t number) { return add_number(number); }
    bool number_unsigned(Json::number_unsigned_t number) {
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return refuse_number(std::to_string(number));
        return add_number(static_cast<std::int64_t>(number));
    }
    bool number_float(Json::number_float_t, const std::string& text) { return refuse_number(text); }
    bool string(std::string& text) {
        if (text.find('\0') != std::string::npos) return stop(refusal(kJsonZeroCharacter));
        return add(std::move(text)) != nullptr;
    }
    bool binary(Json::binary_t&) { return stop(refusal(kJsonSyntax)); }  // never sent for JSON text
    bool start_object(std::size_t) { return open(Object()); }
    bool start_array(std::size_t) { return open(Array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name);
    bool parse_error(std::size_t position, const std::string& token, const Json::exception& error);

    /// What was built, or why it was not; asked once, after the parser stopped.
    Result<Value> result(bool is_read) && {
        if (refusal_) return refuse(std::move(*refusal_));
        check(is_read, "a text that is not read is refused");
        return std::move(root_);
    }

private:
    struct Frame {
        Value* container;
        std::string key = {};
        bool has_key = false;
        std::unordered_set<std::string> seen = {};  // names, once there are too many to compare
    };
    static constexpr std::size_t kCompared = 16;

    [[nodiscard]] std::string pointer() const {
        std::string out;
        for (const Frame& frame : frames_) {
            if (const Array* list = frame.container->if_array()) {
                const bool is_last = &frame == &frames_.back();
                append_to_pointer(out, std::to_string(list->size() - (is_last ? 0 : 1)));
            } else if (frame.has_key) {
                append_to_pointer(out, frame.key);
            }
        }
        return bounded_pointer(std::move(out));
    }

    bool stop(Refusal&& why) {
        refusal_ = std::move(why).at("", 0, pointer());
        return false;
    }

    /// Adds a value where the text stands. Null if the limit is passed.
    Value* add(Value value) {
        if (++items_ > limits_.items) {
            stop(refusal(kJsonTooMany).with("most", static_cast<std::int64_t>(limits_.items)));
            return nullptr;
        }
        if (frames_.empty()) {
            is_complete_ = true;
            return &(root_ = std::move(value));
        }
        Frame& frame = frames_.back();
        if (Array* list = frame.container->if_array()) return &list->emplace_back(std::move(value));
        return &frame.container->if_object()->append(frame.key, std::move(value));
    }

    /// The name that a number here goes by: the nearest key, past lists.
    [[nodiscard]] bool stands_under_fen() const {
        for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame)
            if (frame->has_key) return ends_in_fen(frame->key);
        return false;
    }

    bool add_number(std::int64_t number) {
        if ((number > kMaxFen || number < -kMaxFen) && stands_under_fen())
            return refuse_number(std::to_string(number));
        return add(number) != nullptr;
    }

    bool refuse_number(std::string_view text) {
        const bool is_whole = text.find_first_of(".eE") == std::string_view::npos;
        const RefusalKind& kind = !is_whole            ? kJsonNotWhole
                                  : stands_under_fen() ? kAmountOutOfRange
                                                       : kJsonNumberTooLarge;
        return stop(refusal(kind).personal("text", shown(text)));
    }

    bool open(Value container) {
        if (frames_.size() == limits_.depth)
            return stop(
                refusal(kJsonTooDeep).with("most", static_cast<std::int64_t>(limits_.depth)));
        Value* added = add(std::move(container));
        if (added == nullptr) return false;
        // The pointer stays good: a list or object does not grow while one of its parts is open.
        frames_.push_back(Frame{added});
        is_complete_ = false;
        return true;
    }

    bool close() {
        frames_.pop_back();
        is_complete_ = frames_.empty();
        return true;
    }

    std::string_view text_;
    const Limits& limits_;
    Value root_;
    std::optional<Refusal> refusal_;
    std::vector<Frame> frames_;
    std::size_t items_ = 0;
    bool is_complete_ = false;
};

bool Builder::key(std::string& name) {
    Frame& frame = frames_.back();
    const Object& object = *frame.container->if_object();
    frame.key = std::move(name);
    frame.has_key = true;
    if (frame.key.find('\0') != std::string::npos) return stop(refusal(kJsonZeroCharacter));

    bool is_new = false;
    if (object.size() < kCompared) {
        is_new = object.find(frame.key) == nullptr;
    } else {
        if (frame.seen.empty())
            for (const Member& each : object.members()) frame.seen.insert(each.name);
        is_new = frame.seen.insert(frame.key).second;
    }
    return is_new || stop(refusal(kJsonKeyTwice).personal("key", shown(frame.key)));
}

bool Builder::parse_error(std::size_t position, const std::string& token,
                          const Json::exception& error) {
    if (error.id == kNlohmannNumberOverflow) return refuse_number(token);
    if (first_ill_formed(text_) < position) return stop(refusal(kJsonBadUtf8));
    if (has_lone_surrogate(token)) return stop(refusal(kJsonLoneSurrogate));
    if (ends_in_not_a_number(token))
        return stop(refusal(kJsonNotWhole).personal("text", shown(token)));
    const auto line =
        std::count(text_.begin(),
                   text_.begin() + static_cast<std::ptrdiff_t>(std::min(position, text_.size())),
                   '\n') +
        1;
    if (position > text_.size())  // the lexer counts the end as one more character
        return stop(refusal(kJsonCut).with("line", static_cast<std::int64_t>(line)));
    return stop(refusal(is_complete_ ? kJsonTrailing : kJsonSyntax)
                    .with("line", static_cast<std::int64_t>(line))
                    .personal("near", shown(token)));
}

}  // namespace

Result<Value> parse_json(std::string_view text, const Limits& limits) {
    if (text.size() > limits.bytes)
        return refuse(refusal(kJsonTooLarge)
                          .with("bytes", static_cast<std::int64_t>(text.size()))
                          .with("most", static_cast<std::int64_t>(limits.bytes)));
    Builder builder(text, limits);
    const char* begin = text.data();
    const bool is_read = nlohmann::json::sax_parse(begin, begin + text.size(), &builder);
    return std::move(builder).result(is_read);
}

}  // namespace fenming::api

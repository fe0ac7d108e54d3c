// Objects, pointers into values, and the two writers of JSON.

#include "api/value.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/utf8.h"
#include "base/check.h"

namespace fenming::api {

// Out of line: Member is complete only here, and g++ 12 inlined would warn of uninitialized parts
// of a variant that it does not look into.
Object::Object() = default;
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;
Value::Value() = default;
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;
Value::Value(std::nullptr_t) {}
Value::Value(const char* text) : is_(std::string(text)) {}

Object::Object(std::initializer_list<Member> members) {
    members_.reserve(members.size());
    for (const Member& each : members) {
        check(find(each.name) == nullptr, "an object says a name once");
        members_.push_back(each);
    }
}

const Value* Object::find(std::string_view name) const {
    for (const Member& each : members_)
        if (each.name == name) return &each.value;
    return nullptr;
}

Value* Object::find(std::string_view name) {
    for (Member& each : members_)
        if (each.name == name) return &each.value;
    return nullptr;
}

Value& Object::set(std::string_view name, Value value) {
    if (Value* old = find(name)) return *old = std::move(value);
    return append(std::string(name), std::move(value));
}

Value& Object::append(std::string name, Value value) {
    return members_.emplace_back(Member{std::move(name), std::move(value)}).value;
}

std::size_t Object::size() const {
    return members_.size();
}

bool operator==(const Object& a, const Object& b) {
    return a.members_ == b.members_;
}
bool operator==(const Value& a, const Value& b) {
    return a.is_ == b.is_;
}

namespace {

/// One step of a JSON pointer, with ~1 and ~0 read back.
std::string step_name(std::string_view step) {
    std::string name;
    for (std::size_t i = 0; i < step.size(); ++i) {
        const bool is_escape = step[i] == '~' && i + 1 < step.size();
        if (is_escape && step[i + 1] == '1') {
            name.push_back('/');
            ++i;
        } else if (is_escape && step[i + 1] == '0') {
            name.push_back('~');
            ++i;
        } else {
            name.push_back(step[i]);
        }
    }
    return name;
}

const Value* child(const Value& value, const std::string& name) {
    if (const Object* object = value.if_object()) return object->find(name);
    const Array* list = value.if_array();
    if (list == nullptr) return nullptr;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (error != std::errc() || end != name.data() + name.size()) return nullptr;
    return index < list->size() ? &(*list)[index] : nullptr;
}

}  // namespace

const Value* Value::at(std::string_view pointer) const {
    const Value* here = this;
    while (!pointer.empty() && here != nullptr) {
        if (pointer.front() != '/') return nullptr;
        pointer.remove_prefix(1);
        const std::string_view step = pointer.substr(0, pointer.find('/'));
        here = child(*here, step_name(step));
        pointer.remove_prefix(step.size());
    }
    return here;
}

void append_to_pointer(std::string& pointer, std::string_view name) {
    pointer.push_back('/');
    for (const char c : name) {
        if (c == '~') {
            pointer.append("~0");
        } else if (c == '/') {
            pointer.append("~1");
        } else {
            pointer.push_back(c);
        }
    }
}

std::string bounded_pointer(std::string pointer) {
    constexpr std::size_t kLongest = 200;
    if (pointer.size() <= kLongest) return pointer;
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(pointer[end]) & 0xC0U) == 0x80U) --end;
    pointer.resize(end);
    return pointer.append("…");
}

namespace {

void write_number(std::string& out, std::int64_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void write_escape(std::string& out, unsigned char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
        case '"':
            out.append("\\\"");
            return;
        case '\\':
            out.append("\\\\");
            return;
        case '\b':
            out.append("\\b");
            return;
        case '\f':
            out.append("\\f");
            return;
        case '\n':
            out.append("\\n");
            return;
        case '\r':
            out.append("\\r");
            return;
        case '\t':
            out.append("\\t");
            return;
        default:
            out.append("\\u00").append({kHex[c >> 4U], kHex[c & 15U]});
    }
}

bool is_plain(unsigned char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

void write_text(std::string& out, std::string_view text) {
    out.push_back('"');
    std::size_t from = 0;  // start of the run that goes out as it is
    std::size_t at = 0;
    const auto flush = [&](std::size_t skip) {
        out.append(text.substr(from, at - from));
        at += skip;
        from = at;
    };
    while (at < text.size()) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (is_plain(c)) {
            ++at;
        } else if (c < 0x80) {
            flush(1);
            write_escape(out, c);
        } else if (const std::size_t bytes = character_bytes(text, at); bytes != 0) {
            at += bytes;
        } else {
            flush(1);
            out.append("\xEF\xBF\xBD");  // a reader of ours never meets bad UTF-8
        }
    }
    flush(0);
    out.push_back('"');
}

/// Writes both forms: `level` < 0 is the compact one.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void write(const Value& value, int level) {
        if (const auto* text = value.if_text()) {
            write_text(out_, *text);
        } else if (const auto* number = value.if_number()) {
            write_number(out_, *number);
        } else if (const auto* yes = value.if_bool()) {
            out_.append(*yes ? "true" : "false");
        } else if (const auto* list = value.if_array()) {
            write_list(*list, level);
        } else if (const auto* object = value.if_object()) {
            write_object(*object, level);
        } else {
            out_.append("null");
        }
    }

private:
    void write_list(const Array& list, int level) {
        out_.push_back('[');
        bool is_first = true;
        for (const Value& each : list) {
            separate(is_first, level);
            write(each, next(level));
        }
        close(']', list.empty(), level);
    }

    void write_object(const Object& object, int level) {
        out_.push_back('{');
        bool is_first = true;
        for (const Member& each : object.members()) {
            separate(is_first, level);
            write_text(out_, each.name);
            out_.append(level < 0 ? ":" : ": ");
            write(each.value, next(level));
        }
        close('}', object.empty(), level);
    }

    static int next(int level) { return level < 0 ? level : level + 1; }

    void separate(bool& is_first, int level) {
        if (!is_first) out_.push_back(',');
        is_first = false;
        if (level >= 0) new_line(level + 1);
    }

    void close(char bracket, bool is_empty, int level) {
        if (level >= 0 && !is_empty) new_line(level);
        out_.push_back(bracket);
    }

    void new_line(int level) {
        out_.push_back('\n');
        out_.append(static_cast<std::size_t>(level) * 2, ' ');
    }

    std::string& out_;
};

}  // namespace

void write_json(std::string& out, const Value& value) {
    Writer(out).write(value, -1);
}

std::string to_json(const Value& value) {
    std::string out;
    write_json(out, value);
    return out;
}

std::string to_indented_json(const Value& value) {
    std::string out;
    Writer(out).write(value, 0);
    return out;
}

}  // namespace fenming::api

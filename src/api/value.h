#pragma once
// Value: what JSON can say without floating point (E12), and its two written forms.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace fenming::api {

class Value;
struct Member;
using Array = std::vector<Value>;

/// Names with values, in the order they were added. No name stands twice.
class Object {
public:
    Object();
    Object(const Object&);
    Object(Object&&) noexcept;
    Object& operator=(const Object&);
    Object& operator=(Object&&) noexcept;
    ~Object();
    /// A name given twice is a Bug.
    Object(std::initializer_list<Member> members);

    /// The value under the name, or null. Linear: objects of ours are small.
    [[nodiscard]] const Value* find(std::string_view name) const;
    [[nodiscard]] Value* find(std::string_view name);
    /// Replaces the value of the name, or adds it last.
    Value& set(std::string_view name, Value value);
    /// Adds last, without looking: the caller knows that the name is new.
    Value& append(std::string name, Value value);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] const std::vector<Member>& members() const { return members_; }

    friend bool operator==(const Object& a, const Object& b);

private:
    std::vector<Member> members_;
};

namespace value_detail {

/// int64 holds it whatever it is, and it is a number rather than a letter or a yes/no.
template <class I>
concept WholeNumber =
    std::integral<I> && !std::same_as<I, bool> && !std::same_as<I, char> &&
    !std::same_as<I, wchar_t> && !std::same_as<I, char8_t> && !std::same_as<I, char16_t> &&
    !std::same_as<I, char32_t> && (std::signed_integral<I> || sizeof(I) < sizeof(std::int64_t));

}  // namespace value_detail

/// One JSON value: null, true/false, a whole number of 64 bits, text, a list, an object.
/// Texts are UTF-8; the writers replace what is not.
class Value {
public:
    // The constructors are templates so that braces never convert by accident: with a plain
    // std::string parameter, {"a", "b"} would be read as a pair of iterators.
    Value();
    Value(const Value&);
    Value(Value&&) noexcept;
    Value& operator=(const Value&);
    Value& operator=(Value&&) noexcept;
    ~Value();
    Value(std::nullptr_t);
    Value(const char* text);
    template <class T>
    requires std::same_as<T, bool> Value(T yes) : is_(yes) {}
    template <value_detail::WholeNumber T>
    Value(T number) : is_(static_cast<std::int64_t>(number)) {}
    template <class T>
    requires std::same_as<T, std::string> Value(T text) : is_(std::move(text)) {}
    template <class T>
    requires std::same_as<T, std::string_view> Value(T text) : is_(std::string(text)) {}
    template <class T>
    requires std::same_as<T, Array> Value(T list) : is_(std::move(list)) {}
    template <class T>
    requires std::same_as<T, Object> Value(T object) : is_(std::move(object)) {}
    /// There is no number with a fraction near money.
    template <std::floating_point T>
    Value(T) = delete;

    [[nodiscard]] bool is_null() const { return is_.index() == 0; }
    /// The content if it is of that kind, else null.
    [[nodiscard]] const bool* if_bool() const { return std::get_if<bool>(&is_); }
    [[nodiscard]] const std::int64_t* if_number() const { return std::get_if<std::int64_t>(&is_); }
    [[nodiscard]] const std::string* if_text() const { return std::get_if<std::string>(&is_); }
    [[nodiscard]] const Array* if_array() const { return std::get_if<Array>(&is_); }
    [[nodiscard]] Array* if_array() { return std::get_if<Array>(&is_); }
    [[nodiscard]] const Object* if_object() const { return std::get_if<Object>(&is_); }
    [[nodiscard]] Object* if_object() { return std::get_if<Object>(&is_); }

    /// What a JSON pointer (RFC 6901) names in this value, e.g. "/lines/3/amount_fen"; null if
    /// nothing.
    [[nodiscard]] const Value* at(std::string_view pointer) const;

    friend bool operator==(const Value& a, const Value& b);

private:
    std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> is_;
};

struct Member {
    std::string name;
    Value value;
    friend bool operator==(const Member&, const Member&) = default;
};

/// Appends the shortest JSON of the value: no spaces, UTF-8 kept, control characters escaped.
void write_json(std::string& out, const Value& value);
std::string to_json(const Value& value);
/// For people and committed files: two spaces a level, one member a line, no line end after the
/// last.
std::string to_indented_json(const Value& value);

/// Appends `/name` to a JSON pointer, with ~ and / written as ~0 and ~1.
void append_to_pointer(std::string& pointer, std::string_view name);
/// The pointer as a refusal's place: one longer than 200 bytes, which only a name made up by the
/// requester can cause, is cut between two characters and ends in "…".
std::string bounded_pointer(std::string pointer);

}  // namespace fenming::api

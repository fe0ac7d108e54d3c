#pragma once
// A statement is a typed function: sqlgen emits one `Stmt<…>` per block of X.sql, and the compiler
// checks the arguments of every call.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/area.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/id.h"
#include "base/money.h"
#include "base/scope.h"

namespace fenming::store {

/// One bound parameter or cell as it travels to the database.
struct Value {
    enum class Kind { null, integer, text, blob } kind = Kind::null;
    std::int64_t integer = 0;
    std::string_view bytes{};  ///< text or blob; must outlive the call

    static Value of(std::int64_t v) { return {Kind::integer, v, {}}; }
    static Value of_text(std::string_view v) { return {Kind::text, 0, v}; }
    static Value of_blob(std::string_view v) { return {Kind::blob, 0, v}; }
};

/// Parameter types: each takes whatever our words make of an integer, a text or bytes.
struct Int {
    Value value;
    Int(std::int64_t v) : value(Value::of(v)) {}
    Int(int v) : value(Value::of(v)) {}
    Int(bool v) : value(Value::of(v ? 1 : 0)) {}
    Int(Money v) : value(Value::of(v.in_fen())) {}
    Int(Instant v) : value(Value::of(v.ms)) {}
    Int(Area v) : value(Value::of(v.code)) {}
    template <class Tag>
    Int(Id<Tag> v) : value(Value::of(v.number)) {}
};
struct OptInt {
    Value value;
    OptInt(std::nullopt_t) {}
    template <class T>
    OptInt(const std::optional<T>& v) : value(v ? Int(*v).value : Value{}) {}
    template <class T>
    requires std::is_constructible_v<Int, T> OptInt(T v) : value(Int(v).value) {}
};
struct Text {
    Value value;
    Text(std::string_view v) : value(Value::of_text(v)) {}
    Text(const std::string& v) : value(Value::of_text(v)) {}
    Text(const char* v) : value(Value::of_text(v)) {}
    Text(Date v) : owned_(v.text()) { value = Value::of_text(owned_); }
    Text(Month v) : owned_(v.text()) { value = Value::of_text(owned_); }
    Text(const Period& v) : value(Value::of_text(v.text)) {}
    Text(const Text&) = delete;  // `value` may point into `owned_`
    Text& operator=(const Text&) = delete;

private:
    std::string owned_;
};
struct OptText {
    Value value;
    OptText(std::nullopt_t) {}
    OptText(std::string_view v) : value(Value::of_text(v)) {}
    OptText(const std::string& v) : value(Value::of_text(v)) {}
    OptText(const char* v) : value(Value::of_text(v)) {}
    OptText(const std::optional<std::string>& v) {
        if (v) value = Value::of_text(*v);
    }
    OptText(const std::optional<Date>& v) {
        if (v) {
            owned_ = v->text();
            value = Value::of_text(owned_);
        }
    }
    OptText(Date v) {
        if (!v.is_none()) {
            owned_ = v.text();
            value = Value::of_text(owned_);
        }
    }
    OptText(const OptText&) = delete;
    OptText& operator=(const OptText&) = delete;

private:
    std::string owned_;
};
struct Blob {
    Value value;
    Blob(BytesView v) : value(Value::of_blob(text_of(v))) {}
    Blob(const Bytes& v) : value(Value::of_blob(text_of(v))) {}
    template <std::size_t N>
    Blob(const std::array<std::uint8_t, N>& v) : value(Value::of_blob(text_of(BytesView(v)))) {}
};
struct OptBlob {
    Value value;
    OptBlob(std::nullopt_t) {}
    OptBlob(BytesView v) : value(Value::of_blob(text_of(v))) {}
    OptBlob(const Bytes& v) : value(Value::of_blob(text_of(v))) {}
    OptBlob(const std::optional<Bytes>& v) {
        if (v) value = Value::of_blob(text_of(*v));
    }
};
/// Stands for :scope_low and :scope_end.
struct ScopeArg {
    Value low, end;
    ScopeArg(const Scope& scope) : low(Value::of(scope.low())), end(Value::of(scope.end())) {}
};

struct StmtInfo {
    const char* name;  ///< folder.words
    const char* sqlite;
    const char* postgres;
    const char* kinds;  ///< 'i', 't', 'b' for each bound parameter
    int parameters;
    const char* copy;    ///< COPY … for a plain INSERT of all parameters; "" otherwise
    const char* writes;  ///< the table it writes; "" for a query
    /// Tables, with commas: every row of the answer needs a row of one of them that bears the order
    /// of the only parameter, :order_id. sqlgen proves it; "" where it cannot.
    const char* rests_on = "";
};

template <class... P>
struct Stmt {
    StmtInfo info;
};

}  // namespace fenming::store

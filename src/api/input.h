#pragma once
// What a handler reads from a request: the body, the query, values in the path, and the two headers
// that orders need. Each is a described struct or a member of one; each refusal says where.

#include <string>
#include <string_view>

#include "api/describe.h"
#include "api/json.h"
#include "api/route.h"
#include "base/result.h"

namespace fenming::api {

/// The body is not sent as application/json. Asked for so that no web form of another site can be
/// taken for an order.
inline constexpr RefusalKind kNotJsonType{"api.not_json_type", 415};
inline constexpr RefusalKind kQueryTwice{"api.query_twice", 400};
inline constexpr RefusalKind kKeyMissing{"api.key_missing", 400};
/// An Idempotency-Key is 1 to 128 visible ASCII characters.
inline constexpr RefusalKind kKeyMalformed{"api.key_malformed", 400};
inline constexpr RefusalKind kVersionMissing{"api.version_missing", 428};
/// If-Match is one strong tag that holds the number of the version seen: "17" with its quotes.
inline constexpr RefusalKind kVersionMalformed{"api.version_malformed", 400};

/// The JSON of the body, under the limits of E36.
Result<Value> read_json(const Request& request, const Limits& limits = {});
/// The Idempotency-Key (E37).
Result<std::string> read_key(const Request& request);
/// The version of the thing that the requester saw, from If-Match.
Result<std::int64_t> read_version(const Request& request);
/// A version as an ETag, and as read_version reads it.
std::string version_tag(std::int64_t version);

template <Sound T>
Result<T> read_body(const Request& request) {
    return from_value<T>(TRY(read_json(request)));
}

namespace input_detail {

/// "17" as a number if it is one, "true" as yes; else the text, which its reader then refuses.
Value number_of_text(std::string_view text);
Value yes_no_of_text(std::string_view text);

template <class M>
Value value_of_text(std::string_view text) {
    if constexpr (kIsOptional<M>) {
        const bool is_absent = text.empty() && !std::same_as<Inner<M>, std::string>;
        return is_absent ? Value() : value_of_text<Inner<M>>(text);
    } else if constexpr (std::same_as<M, bool>) {
        return yes_no_of_text(text);
    } else if constexpr (value_detail::WholeNumber<M> || std::same_as<M, Money>) {
        return number_of_text(text);
    } else {
        static_assert(!Described<M>, "a query holds no objects");
        return text;
    }
}

/// The value of one field: a list of all that bear its name, or the only one.
template <class M>
Result<Value> value_of_texts(const std::vector<std::string_view>& texts, std::string_view name) {
    if constexpr (kIsList<M>) {
        Array list;
        for (const std::string_view text : texts) list.push_back(value_of_text<Inner<M>>(text));
        return Value(std::move(list));
    } else {
        if (texts.size() > 1)
            return refuse(refusal(kQueryTwice)
                              .with("field", std::string(name))
                              .at("", 0, "?" + std::string(name)));
        return value_of_text<M>(texts.front());
    }
}

std::vector<std::string_view> texts_named(const Request& request, std::string_view name);
/// Adds, as they are, the query's values whose names are not among `known`, so that they are
/// refused.
void add_strangers(Object& object, const Request& request, std::span<const std::string_view> known,
                   bool is_paged);

}  // namespace input_detail

/// Whether `limit` and `after` may stand in the query beside the fields; read_page reads them.
enum class Paging { no, yes };

/// The query of a route without any parameters of its own.
struct NoQuery {
    static constexpr auto fields = std::tuple<>();
};

/// Reads the query string as a T: numbers and yes/no from their texts, a list from all values of
/// its name (none: empty), "" in an optional that is not a text as absent. Unknown names are
/// refused.
template <Sound T>
Result<T> read_query(const Request& request, Paging paging = Paging::no) {
    Object object;
    std::optional<Refusal> why;
    const auto add = [&]<class S, class M>(const Field<S, M>& field) {
        const auto texts = input_detail::texts_named(request, field.name);
        if (texts.empty() && !kIsList<M>) return true;
        auto value = input_detail::value_of_texts<M>(texts, field.name);
        if (!value) {
            why = std::move(value.error());
            return false;
        }
        object.append(std::string(field.name), std::move(*value));
        return true;
    };
    const bool is_read =
        std::apply([&](const auto&... each) { return (true && ... && add(each)); }, T::fields);
    if (!is_read) return refuse(std::move(*why));
    input_detail::add_strangers(object, request, kFieldNames<T>, paging == Paging::yes);
    return read_struct<T>(Value(std::move(object)), Spot("?"));
}

/// The value that stood for {name} in the path. A name that the route does not have is a Bug.
template <class M>
Result<M> read_path(const Request& request, std::string_view name) {
    for (const NamedText& each : request.path_values) {
        if (each.name != name) continue;
        const std::string spot = "{" + each.name + "}";
        return read_member<M>(input_detail::value_of_text<M>(each.text), Spot(spot));
    }
    bug("a handler reads only the names in its path");
}

}  // namespace fenming::api

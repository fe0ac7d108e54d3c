#pragma once
// What a folder says of itself to the outside: its routes, each with the one who may use it; and
// the request and reply that pass between a handler and whatever carries them. No sockets here.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "api/schema.h"
#include "api/url.h"
#include "api/value.h"
#include "base/bytes.h"
#include "base/check.h"
#include "base/refusal.h"

namespace fenming::api {

enum class Method { get, post, put, patch, del };
constexpr std::array<std::string_view, 5> names_of(Method) {
    return {"GET", "POST", "PUT", "PATCH", "DELETE"};
}
/// "GET" → Method::get. None for any other word, HEAD among them: the server asks for GET and
/// leaves the body out.
std::optional<Method> parse_method(std::string_view text);

/// Something of the server's that handlers need and this folder does not know: a store, a session.
/// It does not own it. Asking for another type than was put in is a Bug.
class Context {
public:
    Context() = default;
    template <class T>
    explicit Context(T& thing) : thing_(&thing), type_(&typeid(T)) {}

    template <class T>
    [[nodiscard]] T& as() const {
        check(type_ != nullptr && *type_ == typeid(T), "the context is what its reader expects");
        return *static_cast<T*>(thing_);
    }

private:
    void* thing_ = nullptr;
    const std::type_info* type_ = nullptr;
};

/// One request as a handler sees it. The server fills it; texts are UTF-8. Read it with input.h.
struct Request {
    Method method = Method::get;
    std::string path;                    ///< as sent
    std::vector<NamedText> path_values;  ///< by the names in the route's braces
    std::vector<NamedText> query;        ///< in the order sent
    std::string idempotency_key;         ///< these headers as sent; "" if absent
    std::string if_match;
    std::string accept_language;
    std::string content_type;
    std::string last_event_id;
    BytesView body;  ///< lives as long as the request
    Context context;
};

struct Reply {
    int status = 200;
    std::vector<NamedText> headers;  ///< Content-Type and Content-Length excepted
    std::string content_type;        ///< "" without a body
    std::string body;
};

using Handler = std::function<Reply(Request&)>;
/// A function that makes a schema: &schema_of<T> or &schema_of<T, Side::output>.
using SchemaMaker = Value (*)();

/// A value in the query string. Made of a described struct by query_of<T>().
struct Parameter {
    std::string name;
    std::string doc;
    Value schema;
    bool is_required = false;
};

/// One thing the outside may ask. Written in a folder's api.cpp, a few lines each:
///
///   Route{.method = Method::post, .path = "/api/v1/batches/{batch}/review",
///         .id = "disbursement.review_batch", .summary = "Reviews a submitted batch.",
///         .permission = "disbursement.review", .step_up = true, .body = &schema_of<ReviewBatch>,
///         .reply = &schema_of<ReviewReceipt, Side::output>, .handler = review}
struct Route {
    Method method = Method::get;
    std::string path = {};            ///< begins with a slash; {name} stands for one segment
    std::string id = {};              ///< folder.verb_thing; names the operation for clients
    std::string summary = {};         ///< one sentence
    std::string permission = {};      ///< capability.action (S8); "" only with public_because
    std::string public_because = {};  ///< why anybody may ask; shown in the OpenAPI
    bool step_up = false;             ///< asks for the second factor again (S18)
    bool is_read = false;        ///< a POST that changes nothing: its question must not be in a URL
    bool needs_version = false;  ///< asks for If-Match
    bool is_paged = false;       ///< the reply is a page (page.h) of what `reply` describes
    bool is_job = false;         ///< answers 202 with the job's place (E7)
    std::vector<Parameter> query = {};
    SchemaMaker body = nullptr;   ///< null: takes no JSON body
    SchemaMaker reply = nullptr;  ///< null: answers 204
    std::string body_type = "application/json";
    std::string reply_type = "application/json";
    Handler handler = {};
};

/// The route changes something, and so asks for an Idempotency-Key (E37).
bool mutates(const Route& route);

/// The names in the braces of a path, in order.
std::vector<std::string> path_names(std::string_view path);

/// The query parameters that a described struct reads.
template <Sound T>
std::vector<Parameter> query_of() {
    std::vector<Parameter> out;
    std::apply(
        [&]<class... S, class... M>(const Field<S, M>&... each) {
            (out.push_back({std::string(each.name), std::string(each.doc),
                            member_schema<std::conditional_t<kIsOptional<M>, Inner<M>, M>>(),
                            !kIsOptional<M> && !kIsList<M>}),
             ...);
        },
        T::fields);
    return out;
}

}  // namespace fenming::api

#pragma once
// From a request as it came off the wire to the reply: the route, the visitor, the session, the
// rules of a browser (S8), the limits (E36). No sockets here: connection.h carries the bytes.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "access/visit.h"
#include "api/router.h"
#include "server/listen.h"
#include "server/log.h"
#include "server/metrics.h"

namespace fenming::server {

/// A request that changes something came from another site's page (S8).
inline constexpr RefusalKind kCrossSite{"server.cross_site", 403};
/// Asked for under a name that is not this machine's (a rebound DNS name).
inline constexpr RefusalKind kUnknownHost{"server.unknown_host", 421};
inline constexpr RefusalKind kMethodUnknown{"server.method_unknown", 405};
inline constexpr RefusalKind kBodyTooLarge{"server.body_too_large", 413};
inline constexpr RefusalKind kHeaderTooLarge{"server.header_too_large", 431};
inline constexpr RefusalKind kMalformed{"server.malformed", 400};
inline constexpr RefusalKind kBusy{"server.busy", 503};
inline constexpr RefusalKind kTooSlow{"server.too_slow", 503};

struct Limits {
    std::uint64_t json_bytes = 1U << 20U;
    std::uint64_t file_bytes = 512ULL << 20U;
    std::uint32_t header_bytes = 16U << 10U;
    int header_ms = 30'000;
    int idle_ms = 75'000;    ///< between two requests of a connection
    int upload_ms = 60'000;  ///< between two pieces of a body
    int request_ms = 30'000;
    int stop_ms = 30'000;  ///< how long requests under way may still take when the server stops
    std::int64_t connections = 12'000;
    std::size_t waiting = 1'000;
};

/// What a connection knows of a request. Header names in small letters.
struct Asked {
    std::string request;  ///< its id
    std::string method;
    std::string target;
    std::string peer;
    std::vector<api::NamedText> headers;
    BytesView body;

    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// What is decided from the head alone, before a body is read.
struct Expected {
    std::uint64_t body_limit = 0;
    std::optional<api::Reply> at_once;  ///< answered without reading the body
    bool is_stream = false;             ///< the stream of events
};

/// A reply without an end: server-sent events.
class Stream {
public:
    virtual ~Stream() = default;
    /// Whether next() may have something; cheap, called from the wire's thread.
    [[nodiscard]] virtual bool is_due() const = 0;
    /// The bytes to send now, "" if none; none when the stream is over. Never throws.
    virtual std::optional<std::string> next() = 0;
};

/// Whoever answers a listener's requests. Called from many threads.
class Answerer {
public:
    virtual ~Answerer() = default;
    virtual Expected expect(const Asked& head) = 0;
    /// Opens the stream that expect() named, or says why not. Never throws.
    virtual std::variant<api::Reply, std::unique_ptr<Stream>> open(const Asked& asked) = 0;
    /// Never throws. HEAD is answered like GET; the connection leaves the body out.
    virtual api::Reply answer(const Asked& asked) = 0;
    /// For what the connection itself must refuse.
    virtual api::Reply refuse(const Asked& asked, const RefusalKind& kind) = 0;
};

/// A page or file of ours that is no route of the API: what is at the path, or none.
using Pages = std::function<std::optional<api::Reply>(const api::Request&, std::string_view path,
                                                      const std::optional<road::Caller>&)>;

/// Opens a stream of events for a visitor, from after an event's id on.
using Streams = std::function<Result<std::unique_ptr<Stream>>(
    const road::Caller& caller, const std::string& token, std::string_view last_event_id)>;

/// What a front is made of; all outlive it.
struct House {
    road::Road& road;
    access::Door& door;
    const api::Router& router;
    Pages pages;
    Streams streams;
    Log& log;
    Metrics& metrics;
    const Places& places;
    const Limits& limits;
};

class Front final : public Answerer {
public:
    explicit Front(House house) : house_(std::move(house)) {}

    Expected expect(const Asked& head) override;
    std::variant<api::Reply, std::unique_ptr<Stream>> open(const Asked& asked) override;
    api::Reply answer(const Asked& asked) override;
    api::Reply refuse(const Asked& asked, const RefusalKind& kind) override;

private:
    struct Told {
        api::Reply reply;
        std::string route;
        AccountId account;
    };
    Told tell(const Asked& asked);
    Told work(const Asked& asked, const api::Match& match, api::Request& request);
    [[nodiscard]] Result<Done> holds(const api::Route& route, const road::Caller& caller) const;
    Told page(const Asked& asked, api::Request& request);
    [[nodiscard]] Result<Done> admit(const Asked& asked, bool changes) const;
    [[nodiscard]] std::string source(const Asked& asked) const;
    api::Reply broke(const Asked& asked, const std::exception& what);
    /// Headers, metrics and the log's line that every reply gets.
    void close(const Asked& asked, Told& told, std::int64_t micros);

    House house_;
};

/// "__Host-fenming": only over TLS or on the machine itself, for this host and path alone.
inline constexpr std::string_view kCookie = "__Host-fenming";
/// The session's token in the request, from the cookie or from Authorization; "" without.
std::string token_of(const Asked& asked);

}  // namespace fenming::server

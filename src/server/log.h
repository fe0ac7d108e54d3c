#pragma once
// What the server writes down: one JSON object a line, without bodies, queries, names, tokens or
// anything else about a person but the account's number and the network address (R8.01, S3).

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "api/value.h"
#include "base/date.h"
#include "base/id.h"

namespace fenming::server {

struct RequestLine {
    std::string request;  ///< its id; also in the reply's X-Request-Id and in a 500's sentence
    std::string route;    ///< the route's id; "" when none fits
    std::string method;
    int status = 0;
    std::int64_t micros = 0;
    std::int64_t bytes_in = 0;
    std::int64_t bytes_out = 0;
    AccountId account;
    std::string source;
};

class Log {
public:
    /// `out` outlives the log; may be written from many threads.
    explicit Log(std::ostream& out);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void request(Instant at, const RequestLine& line);
    /// What broke, in the words of the one who threw: those hold no personal data.
    void broke(Instant at, std::string_view request, std::string_view kind, std::string_view what);
    /// Start, stop, and the like.
    void event(Instant at, std::string_view what, const api::Object& more = {});

private:
    void write(const api::Object& line);
    struct Sink;
    std::unique_ptr<Sink> sink_;
};

}  // namespace fenming::server

#pragma once
// The sockets: accepts connections, reads requests within the limits (E36), hands them to the pool
// and writes the replies. Only wire.cpp knows Boost.

#include <functional>
#include <memory>
#include <variant>

#include "server/front.h"
#include "server/pool.h"
#include "server/spool.h"

namespace fenming::server {

inline constexpr RefusalKind kCannotListen{"server.cannot_listen", 409};

class Wire {
public:
    /// All outlive the wire. Listens to nothing yet.
    Wire(Pool& pool, const Limits& limits, const SpoolFolder& folder, Metrics& metrics);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// Opens a listener whose requests `answerer` answers; gives its port. A place that is taken
    /// or not this machine's is refused.
    Result<std::uint16_t> listen(const Place& place, Answerer& answerer);
    /// Calls `work` in this wire's thread once in so many ms until it stops.
    void every(int ms, std::function<void()> work);
    /// SIGTERM and SIGINT stop the wire.
    void stop_on_signals();
    /// Carries bytes until stop() was called and the requests under way are answered, at most
    /// Limits::stop_ms later.
    void run();
    /// From any thread.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace fenming::server

#pragma once
// Where the server listens and whom it believes (S8, SECURITY C10 and C12). Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fenming::server {

inline constexpr RefusalKind kBadPlace{"server.bad_place", 422};
inline constexpr RefusalKind kBadProxy{"server.bad_proxy", 422};
/// A demo has known passwords: it listens to its own machine unless --demo-public says otherwise.
inline constexpr RefusalKind kDemoStaysHome{"server.demo_stays_home", 409};
/// Passwords and sessions do not cross a network in the clear.
inline constexpr RefusalKind kNoTls{"server.no_tls", 409};
/// Figures about the machine are for the machine's own watcher.
inline constexpr RefusalKind kMetricsStayHome{"server.metrics_stay_home", 409};

/// A numeric address and a port; port 0 lets the system choose.
struct Place {
    std::string address;
    std::uint16_t port = 0;
};
/// "127.0.0.1:8080", "[::1]:8080", "localhost:8080" (127.0.0.1). Names are not looked up.
Result<Place> parse_place(std::string_view text);
/// 127.0.0.0/8 or ::1.
bool is_loopback(std::string_view address);

struct Wanted {
    std::string listen = "127.0.0.1:8080";
    std::string metrics;               ///< where /metrics is; "" for nowhere
    std::vector<std::string> proxies;  ///< the TLS proxies in front, by address; believed about
                                       ///< X-Forwarded-For
    bool demo_public = false;
};
struct Places {
    Place listen;
    std::optional<Place> metrics;
    std::vector<std::string> proxies;
};
/// The places, or why the server must not start so.
Result<Places> admit(const Wanted& wanted, bool is_demo);

/// The visitor's own address: the peer's, unless the peer is a named proxy; then the last address
/// of `forwarded` (X-Forwarded-For) that is no proxy of ours, if it is an address.
std::string source_of(std::string_view peer, std::string_view forwarded,
                      const std::vector<std::string>& proxies);

}  // namespace fenming::server

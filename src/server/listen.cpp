// Places and proxies.

#include "server/listen.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace fenming::server {
namespace {

/// The address in its shortest form, or none.
std::optional<std::string> numeric(std::string_view text) {
    const std::string copy(text);
    std::array<unsigned char, sizeof(in6_addr)> raw{};
    std::array<char, INET6_ADDRSTRLEN> out{};
    for (const int family : {AF_INET, AF_INET6})
        if (::inet_pton(family, copy.c_str(), raw.data()) == 1 &&
            ::inet_ntop(family, raw.data(), out.data(), out.size()) != nullptr)
            return std::string(out.data());
    return std::nullopt;
}

std::optional<std::uint16_t> port_of(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return port;
}

}  // namespace

Result<Place> parse_place(std::string_view text) {
    const auto no = [&] { return refuse(refusal(kBadPlace).with("place", std::string(text))); };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return no();
    auto host = text.substr(0, colon);
    const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (is_bracketed) host = host.substr(1, host.size() - 2);
    if (host == "localhost") host = "127.0.0.1";
    const auto address = numeric(host);
    const auto port = port_of(text.substr(colon + 1));
    if (!address || !port || is_bracketed != (address->find(':') != std::string::npos)) return no();
    return Place{*address, *port};
}

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

Result<Places> admit(const Wanted& wanted, bool is_demo) {
    Places places;
    places.listen = TRY(parse_place(wanted.listen));
    if (!wanted.metrics.empty()) places.metrics = TRY(parse_place(wanted.metrics));
    for (const auto& proxy : wanted.proxies) {
        const auto address = numeric(proxy);
        if (!address) return refuse(refusal(kBadProxy).with("proxy", proxy));
        places.proxies.push_back(*address);
    }
    const bool is_home = is_loopback(places.listen.address);
    if (!is_home && is_demo && !wanted.demo_public)
        return refuse(refusal(kDemoStaysHome).with("place", wanted.listen));
    if (!is_home && places.proxies.empty())
        return refuse(refusal(kNoTls).with("place", wanted.listen));
    if (places.metrics && !is_loopback(places.metrics->address))
        return refuse(refusal(kMetricsStayHome).with("place", wanted.metrics));
    return places;
}

std::string source_of(std::string_view peer, std::string_view forwarded,
                      const std::vector<std::string>& proxies) {
    const auto is_proxy = [&](std::string_view address) {
        return std::ranges::find(proxies, address) != proxies.end();
    };
    if (!is_proxy(peer)) return std::string(peer);
    while (!forwarded.empty()) {
        const auto comma = forwarded.rfind(',');
        const auto last = numeric(
            trim(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1)));
        if (!last) break;  // what a proxy did not write is not believed, nor what stands before it
        if (!is_proxy(*last)) return *last;
        forwarded =
            comma == std::string_view::npos ? std::string_view() : forwarded.substr(0, comma);
    }
    return std::string(peer);
}

}  // namespace fenming::server

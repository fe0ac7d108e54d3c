// Sockets: Boost.Beast on one thread; the work is done by the pool.

#include "server/wire.h"

#include <boost/asio/signal_set.hpp>
#include <csignal>

#include "server/connection.h"

namespace fenming::server {
namespace {

using namespace wire_detail;

struct Listener {
    Listener(Shared& shared, Answerer& who) : acceptor(shared.io), answerer(who) {}
    tcp::acceptor acceptor;
    Answerer& answerer;

    void accept(Shared& shared) {
        acceptor.async_accept([this, &shared](const beast::error_code& error, tcp::socket socket) {
            if (!acceptor.is_open()) return;
            const auto open = static_cast<std::int64_t>(shared.open.size());
            if (!error && open < shared.limits.connections)
                std::make_shared<Connection>(shared, answerer, std::move(socket))->start();
            accept(shared);
        });
    }
};

}  // namespace

struct Wire::Parts {
    Shared shared;
    std::vector<std::unique_ptr<Listener>> listeners = {};
    std::vector<std::unique_ptr<asio::steady_timer>> timers = {};
    std::optional<asio::signal_set> signals = std::nullopt;
    std::optional<asio::steady_timer> end = std::nullopt;

    void repeat(asio::steady_timer& timer, int ms, std::function<void()> work) {
        timer.expires_after(milliseconds(ms));
        timer.async_wait(
            [this, &timer, ms, work = std::move(work)](const beast::error_code& error) {
                if (error || shared.stopping) return;
                work();
                repeat(timer, ms, work);
            });
    }

    void stop() {
        if (shared.stopping) return;
        shared.stopping = true;
        for (auto& listener : listeners) {
            beast::error_code ignored;
            listener->acceptor.close(ignored);
        }
        for (auto& timer : timers) timer->cancel();
        if (signals) signals->cancel();
        const std::vector<Connection*> open(shared.open.begin(), shared.open.end());
        for (auto* connection : open) connection->wind_up();
        wait_for_the_last(shared.limits.stop_ms);
    }

    void wait_for_the_last(int left_ms) {
        if (shared.open.empty() || left_ms <= 0) return shared.io.stop();
        end.emplace(shared.io, milliseconds(20));
        end->async_wait(
            [this, left_ms](const beast::error_code&) { wait_for_the_last(left_ms - 20); });
    }
};

Wire::Wire(Pool& pool, const Limits& limits, const SpoolFolder& folder, Metrics& metrics)
    : parts_(new Parts{{.pool = pool, .limits = limits, .folder = folder, .metrics = metrics}}) {}

Wire::~Wire() = default;

Result<std::uint16_t> Wire::listen(const Place& place, Answerer& answerer) {
    auto listener = std::make_unique<Listener>(parts_->shared, answerer);
    beast::error_code error;
    const tcp::endpoint endpoint(asio::ip::make_address(place.address, error), place.port);
    if (!error) listener->acceptor.open(endpoint.protocol(), error);
    if (!error) listener->acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) listener->acceptor.bind(endpoint, error);
    if (!error) listener->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fenming::refuse(refusal(kCannotListen)
                                   .with("place", place.address + ":" + std::to_string(place.port))
                                   .with("why", error.message()));
    const auto port = listener->acceptor.local_endpoint().port();
    listener->accept(parts_->shared);
    parts_->listeners.push_back(std::move(listener));
    return port;
}

void Wire::every(int ms, std::function<void()> work) {
    parts_->timers.push_back(std::make_unique<asio::steady_timer>(parts_->shared.io));
    parts_->repeat(*parts_->timers.back(), ms, std::move(work));
}

void Wire::stop_on_signals() {
    parts_->signals.emplace(parts_->shared.io, SIGTERM, SIGINT);
    parts_->signals->async_wait([this](const beast::error_code& error, int) {
        if (!error) parts_->stop();
    });
}

void Wire::run() {
    parts_->shared.io.run();
}

void Wire::stop() {
    asio::post(parts_->shared.io, [this] { parts_->stop(); });
}

}  // namespace fenming::server

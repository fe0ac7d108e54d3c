// Putting the server together.

#include "server/server.h"

#include <condition_variable>
#include <thread>

#include "api/reply.h"
#include "server/events.h"
#include "server/page.h"
#include "server/wire.h"

namespace fenming::server {
namespace {

constexpr int kLook_ms = 500;
constexpr int kRefusals_ms = 1'000;          // E43
constexpr int kCheckpoint_ms = 15 * 60'000;  // S2
constexpr int kRenew_ms = 10 * 60'000;
constexpr auto kJobPause = std::chrono::milliseconds(500);

/// The watcher's listener: /metrics and nothing else.
class MetricsFront final : public Answerer {
public:
    explicit MetricsFront(Metrics& metrics) : metrics_(metrics) {}
    Expected expect(const Asked&) override { return {}; }
    std::variant<api::Reply, std::unique_ptr<Stream>> open(const Asked& asked) override {
        return answer(asked);
    }
    api::Reply answer(const Asked& asked) override {
        if (asked.target != "/metrics") return {404, {}, "text/plain", "only /metrics is here\n"};
        return {200, {}, "text/plain; version=0.0.4", metrics_.text()};
    }
    api::Reply refuse(const Asked&, const RefusalKind& kind) override {
        return {kind.http_status, {}, "text/plain", std::string(kind.code) + "\n"};
    }

private:
    Metrics& metrics_;
};

}  // namespace

struct Server::Inside {
    Inside(Parts given, Places where)
        : parts(std::move(given)),
          places(std::move(where)),
          log(parts.log),
          router(parts.routes),
          folder(parts.spool),
          events(parts.road, parts.door, log),
          front({parts.road, parts.door, router, pages(parts.road, parts.is_demo, parts.version),
                 [this](const road::Caller& caller, const std::string& token,
                        std::string_view last) { return events.open(caller, token, last); },
                 log, metrics, places, parts.limits}),
          metrics_front(metrics),
          pool(parts.threads, parts.limits.waiting),
          wire(pool, parts.limits, folder, metrics) {}

    Result<Done> listen() {
        port = TRY(wire.listen(places.listen, front));
        if (places.metrics) metrics_port = TRY(wire.listen(*places.metrics, metrics_front));
        return Done{};
    }

    /// In the pool, so that a slow disk does not stop the wire; what breaks is logged.
    void now_and_then(int ms, std::function<void()> work) {
        auto is_going = std::make_shared<std::atomic<bool>>(false);
        wire.every(ms, [this, is_going, work = std::move(work)] {
            if (is_going->exchange(true)) return;
            const bool taken = pool.give([this, is_going, work] {
                guarded(work);
                is_going->store(false);
            });
            if (!taken) is_going->store(false);
        });
    }
    void guarded(const std::function<void()>& work) {
        try {
            work();
        } catch (const std::exception& what) {
            log.broke(parts.road.clock().now(), "", "fault", what.what());
        }
    }

    void work_jobs() {
        while (!stopping) {
            bool worked = false;
            guarded([&] { worked = parts.jobs.work_one(); });
            if (worked) continue;
            std::unique_lock lock(mutex);
            wake.wait_for(lock, kJobPause, [this] { return stopping.load(); });
        }
    }

    Parts parts;
    Places places;
    Log log;
    Metrics metrics;
    api::Router router;
    SpoolFolder folder;
    Events events;
    Front front;
    MetricsFront metrics_front;
    Pool pool;
    Wire wire;
    std::uint16_t port = 0;
    std::uint16_t metrics_port = 0;
    std::atomic<bool> stopping = false;
    std::mutex mutex;
    std::condition_variable wake;
};

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(Parts parts, const Wanted& wanted) {
    auto places = TRY(admit(wanted, parts.is_demo));
    auto inside = std::make_unique<Inside>(std::move(parts), std::move(places));
    TRY(inside->listen());
    return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::uint16_t Server::port() const {
    return inside_->port;
}

std::uint16_t Server::metrics_port() const {
    return inside_->metrics_port;
}

void Server::run() {
    auto& in = *inside_;
    auto& road = in.parts.road;
    in.wire.stop_on_signals();
    in.now_and_then(kLook_ms, [&] {
        in.events.look();
        in.metrics.waiting(static_cast<std::int64_t>(in.pool.waiting()));
        in.metrics.recovering(road.recovering());
    });
    in.now_and_then(kRefusals_ms, [&] { road.flush_refusals(); });
    in.now_and_then(kCheckpoint_ms, [&] { road.checkpoint(); });
    in.now_and_then(kRenew_ms, [&] { in.parts.renew(); });
    std::vector<std::thread> workers;
    for (int i = 0; i < in.parts.job_threads; ++i) workers.emplace_back([&in] { in.work_jobs(); });
    in.log.event(road.clock().now(), "started",
                 {{"version", in.parts.version}, {"port", std::int64_t{in.port}}});
    in.wire.run();
    in.stopping = true;
    in.wake.notify_all();
    for (auto& worker : workers) worker.join();
    in.pool.end();
    in.log.event(road.clock().now(), "stopped");
}

void Server::stop() {
    inside_->wire.stop();
}

}  // namespace fenming::server

// Counters, kept by prometheus-cpp.

#include "server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <sstream>

namespace fenming::server {

namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;

const prometheus::Histogram::BucketBoundaries kSeconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                       0.1,   0.25,   0.5,   1,    2.5,   10};

}  // namespace

struct Metrics::Parts {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = BuildCounter()
                                                            .Name("fenming_http_requests_total")
                                                            .Help("Requests by route and status.")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        BuildHistogram()
            .Name("fenming_http_request_seconds")
            .Help("From the whole request to the whole reply.")
            .Register(registry);
    prometheus::Gauge& connections = gauge("fenming_connections", "Open connections.");
    prometheus::Gauge& streams = gauge("fenming_event_streams", "Open streams of events.");
    prometheus::Gauge& waiting = gauge("fenming_requests_waiting", "Requests in the queue.");
    prometheus::Gauge& recovering =
        gauge("fenming_recovering", "1: the database is older than its anchor.");

    prometheus::Gauge& gauge(const char* name, const char* help) {
        return BuildGauge().Name(name).Help(help).Register(registry).Add({});
    }
};

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {}
Metrics::~Metrics() = default;

void Metrics::request(const std::string& route, int status, std::int64_t micros) {
    parts_->requests.Add({{"route", route}, {"status", std::to_string(status)}}).Increment();
    parts_->seconds.Add({{"route", route}}, kSeconds)
        .Observe(static_cast<double>(micros) / 1'000'000);
}

void Metrics::connections(std::int64_t more) {
    parts_->connections.Increment(static_cast<double>(more));
}

void Metrics::streams(std::int64_t more) {
    parts_->streams.Increment(static_cast<double>(more));
}

void Metrics::waiting(std::int64_t requests) {
    parts_->waiting.Set(static_cast<double>(requests));
}

void Metrics::recovering(bool is) {
    parts_->recovering.Set(is ? 1 : 0);
}

std::string Metrics::text() const {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, parts_->registry.Collect());
    return out.str();
}

}  // namespace fenming::server

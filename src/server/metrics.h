#pragma once
// Figures about the machine for its own watcher (SECURITY C12): requests, times, connections. None
// says anything about an area, a programme or money.

#include <cstdint>
#include <memory>
#include <string>

namespace fenming::server {

class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// `route` is a route's id, "page", or "none": never what a visitor wrote.
    void request(const std::string& route, int status, std::int64_t micros);
    void connections(std::int64_t more);  ///< +1 opened, −1 closed
    void streams(std::int64_t more);      ///< of events
    void waiting(std::int64_t requests);  ///< in the queue now
    void recovering(bool is);
    /// The Prometheus text format.
    [[nodiscard]] std::string text() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace fenming::server

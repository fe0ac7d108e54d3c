#pragma once
// Server-sent events out of the outbox: what happened in the parts of the platform and in the areas
// that the visitor may read; no figures, only kinds, ids and areas (S17). An event's id says how
// far its reader has come in every pen, so that Last-Event-ID resumes without a gap (E44).

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "server/front.h"

namespace fenming::server {

inline constexpr RefusalKind kBadEventId{"server.bad_event_id", 400};

/// How far a reader has come: pen → seq. As text "990101000000-12.0-5", pens ascending.
using Reached = std::map<std::int64_t, std::int64_t>;
std::string text_of(const Reached& reached);
Result<Reached> parse_reached(std::string_view text);

class Events {
public:
    Events(road::Road& road, access::Door& door, Log& log) : road_(road), door_(door), log_(log) {}

    /// Looks for new links; called about twice a second, by one thread at a time.
    void look();
    /// From after `last_event_id` on; from now on without one.
    Result<std::unique_ptr<Stream>> open(const road::Caller& caller, const std::string& token,
                                         std::string_view last_event_id);

private:
    friend class EventStream;
    [[nodiscard]] Reached heads() const;

    road::Road& road_;
    access::Door& door_;
    Log& log_;
    std::atomic<std::int64_t> round_ = 0;  ///< grows when a head moved
    mutable std::mutex mutex_;
    Reached heads_;
};

}  // namespace fenming::server

#pragma once
// Reading on from the outbox: events carry their link's (pen, seq), so that none is skipped (E11).

#include <string>
#include <vector>

#include "road/road.h"

namespace fenming::road {

struct EventRow {
    std::int64_t pen = 0;
    std::int64_t seq = 0;
    std::int64_t ordinal = 0;
    std::string kind;
    std::int64_t subject = 0;
    Area area;
    Instant at;
    static constexpr auto fields =
        std::make_tuple(field("pen", &EventRow::pen), field("seq", &EventRow::seq),
                        field("ordinal", &EventRow::ordinal), field("kind", &EventRow::kind),
                        field("subject", &EventRow::subject), field("area", &EventRow::area),
                        field("at", &EventRow::at));
};

/// Events of a pen after a link, by link; `limit` rows.
std::vector<EventRow> events_after(Road& road, const Scope& scope, store::Pen pen, std::int64_t seq,
                                   int limit);
/// How far a named reader has come in a pen; 0 at the beginning.
std::int64_t place_of_reader(Road& road, std::string_view reader, store::Pen pen);
void move_reader(Road& road, std::string_view reader, store::Pen pen, std::int64_t seq);

}  // namespace fenming::road

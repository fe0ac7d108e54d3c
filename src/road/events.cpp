// Reading on from the outbox.

#include "road/events.h"

#include "road/sql.h"

namespace fenming::road {

std::vector<EventRow> events_after(Road& road, const Scope& scope, store::Pen pen, std::int64_t seq,
                                   int limit) {
    return road.database().begin_read()->all<EventRow>(sql::events_after, pen.number, seq, limit,
                                                       scope);
}

std::int64_t place_of_reader(Road& road, std::string_view reader, store::Pen pen) {
    return road.database()
        .begin_read()
        ->value<std::int64_t>(sql::cursor_of, reader, pen.number)
        .value_or(0);
}

void move_reader(Road& road, std::string_view reader, store::Pen pen, std::int64_t seq) {
    auto tx = road.database().begin_write();
    tx->run(sql::move_cursor, reader, pen.number, seq);
    tx->commit();
}

}  // namespace fenming::road

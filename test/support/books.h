#pragma once
// What the tests of the books say often: a line, a deed, a verdict, what is broken.

#include "ledger/invariants.h"
#include "ledger/reading.h"
#include "test/support/books_orders.h"
#include "test/support/said.h"
#include "test/support/world.h"

namespace fenming::ledger::test_orders {

inline Date day(std::string_view text) {
    return *parse_date(text);
}
inline Money fen(std::int64_t n) {
    return Money::fen(n);
}

template <class O>
std::string verdict(test::World& w, const O& order) {
    const auto result = carry_out(w.road(), w.caller, order);
    if (result) return "ok";
    for (const auto language : {Language::zh_cn, Language::en})
        EXPECT_TRUE(missing_values(result.error(), language).empty()) << result.error().kind().code;
    return std::string(result.error().kind().code.substr(7));
}

inline AllotmentId registered(test::World& w, const LineGiven& line) {
    const auto receipt = carry_out(w.road(), w.caller, Register{{line}, {}});
    EXPECT_TRUE(receipt) << receipt.error().kind().code;
    return receipt->lines.front();
}
inline LineGiven root(std::int64_t n) {
    LineGiven line;
    line.initial = fen(n);
    return line;
}
inline LineGiven part(AllotmentId parent, Area area, std::int64_t n) {
    auto line = root(n);
    line.parent = parent;
    line.area = area;
    return line;
}
inline Do deed(Deed what, AllotmentId line, std::int64_t n) {
    Do order;
    order.deed = what;
    order.line = line;
    order.amount = fen(n);
    return order;
}
inline Do deed(Deed what, HoldId hold, std::int64_t n) {
    auto order = deed(what, AllotmentId{}, n);
    order.hold = hold;
    return order;
}

/// "total available allocated frozen disbursed"
inline std::string buckets(test::World& w, AllotmentId line) {
    auto tx = w.database().begin_read();
    for (const auto& v : line_page(*tx, test::everything(), {}, {line.number - 1}, 1))
        return std::to_string(v.total.in_fen()) + " " + std::to_string(v.available.in_fen()) + " " +
               std::to_string(v.allocated.in_fen()) + " " + std::to_string(v.frozen.in_fen()) +
               " " + std::to_string(v.disbursed.in_fen());
    return "none";
}

inline std::vector<std::string> broken(test::World& w) {
    std::vector<std::string> names;
    auto tx = w.database().begin_read();
    for (const auto& each : invariants()) {
        bool is_broken = false;
        tx->query(*each.broken, {store::Value::of(0)}, store::Fetch::whole, [&](store::Cursor& c) {
            EXPECT_FALSE(c.text(0).empty() || c.text(1).empty());
            fenming::test::expect_said(c.text(2));
            is_broken = true;
        });
        if (is_broken) names.emplace_back(each.name);
        std::int64_t count = -1;
        tx->query(*each.counted, {}, store::Fetch::whole,
                  [&](store::Cursor& c) { count = c.integer(0); });
        EXPECT_GE(count, 0);
    }
    return names;
}

struct Books : test::World {
    explicit Books(std::string_view kind) : test::World(kind) { use(invariants()); }
};

}  // namespace fenming::ledger::test_orders

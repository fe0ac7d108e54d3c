#pragma once
// Orders for the tests of the books: what capabilities do through books.h, with nothing of their
// own around it.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books.h"
#include "ledger/invariants.h"
#include "ledger/orders.h"
#include "ledger/rules.h"
#include "road/road.h"

namespace fenming::ledger::test_orders {

inline constexpr Area kCity{430400000000};
inline constexpr Area kCounty{430408000000};
inline constexpr Area kOtherCounty{430421000000};

/// A line as a test gives it; what it leaves out is what most lines are.
struct LineGiven {
    Area area = kCity;
    Money initial;
    AllotmentId parent;
    int year = 2026;
    std::string subject = "20819";
    Source source = Source::central;
    Mark mark = Mark::direct;
    AllotmentKind kind = AllotmentKind::regular;
    std::optional<Date> usable_from;
    Money opening_disbursed;
    Money opening_frozen;
    std::string programme = "dibao";
    static constexpr auto fields =
        std::make_tuple(field("area", &LineGiven::area), field("initial_fen", &LineGiven::initial),
                        field("parent", &LineGiven::parent), field("year", &LineGiven::year),
                        field("subject", &LineGiven::subject), field("source", &LineGiven::source),
                        field("mark", &LineGiven::mark), field("kind", &LineGiven::kind),
                        field("usable_from", &LineGiven::usable_from),
                        field("opening_disbursed_fen", &LineGiven::opening_disbursed),
                        field("opening_frozen_fen", &LineGiven::opening_frozen),
                        field("programme", &LineGiven::programme));
};

inline NewAllotment line_of(const LineGiven& given) {
    NewAllotment line;
    line.document = DocumentId{77};
    line.document_item = 1;
    line.parent = given.parent;
    line.year = given.year;
    line.origin_year = given.year;
    line.programme = given.programme;
    line.subject = given.subject;
    line.source = given.source;
    line.mark = given.mark;
    line.kind = given.kind;
    line.issued_by = "财政局";
    line.received_from = "省财政厅";
    line.area = given.area;
    line.initial = given.initial;
    line.usable_from = given.usable_from.value_or(Date());
    line.opening_disbursed = given.opening_disbursed;
    line.opening_frozen = given.opening_frozen;
    return line;
}

struct Receipt {
    std::vector<AllotmentId> lines;
    std::vector<HoldId> holds;
    std::vector<EntryId> entries;
    static constexpr auto fields =
        std::make_tuple(field("lines", &Receipt::lines), field("holds", &Receipt::holds),
                        field("entries", &Receipt::entries));
};

inline Posting posting_of(const std::optional<Date>& date, Date today) {
    return {date.value_or(today), today, {std::string(kDocument), 77}};
}

// ---- register, with or without a parent --------------------------------------------------------

struct Register {
    static constexpr road::OrderType type{"ledger.test_register", "ledger.test"};
    std::vector<LineGiven> lines;
    std::optional<Date> date;
    static constexpr auto fields =
        std::make_tuple(field("lines", &Register::lines), field("date", &Register::date));
};
struct RegisterFacts {
    std::vector<Balance> parents;
    std::vector<Month> closed;
    Date today;
};
struct RegisterRuling {
    std::vector<NewAllotment> lines;
    std::vector<Balance> parents;
    Posting posting;
};
inline Result<Area> area_of(store::Tx&, const Register&) {
    return kCity;
}
inline Result<RegisterFacts> load(road::Desk& desk, const Register& order) {
    RegisterFacts facts;
    facts.today = desk.today;
    std::vector<AllotmentId> parents;
    for (const auto& line : order.lines) {
        if (line.parent) parents.push_back(line.parent);
        facts.closed.push_back(closed_through(desk, line.area));
    }
    facts.parents = balances(desk, parents);
    return facts;
}
inline Result<RegisterRuling> decide(const Register& order, const RegisterFacts& facts) {
    RegisterRuling ruling;
    ruling.posting = posting_of(order.date, facts.today);
    ruling.parents = facts.parents;
    auto working = facts.parents;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const auto line = line_of(order.lines[i]);
        if (!line.parent) {
            TRY(may_register(line, ruling.posting, facts.closed[i]));
        } else {
            auto* parent = TRY(ledger::line_of(working, line.parent));
            TRY(split_out_of(*parent, line, ruling.posting, facts.closed[i]));
        }
        ruling.lines.push_back(line);
    }
    return ruling;
}
inline Result<Receipt> record(road::Desk& desk, const RegisterRuling& ruling) {
    Receipt receipt;
    for (const auto& made :
         register_allotments(desk, ruling.lines, ruling.parents, ruling.posting)) {
        receipt.lines.push_back(made.allotment);
        if (made.hold) receipt.holds.push_back(made.hold);
    }
    return receipt;
}

// ---- what happens to lines ---------------------------------------------------------------------

enum class Deed { add, cut, withdraw, carry, freeze, disburse, unfreeze, expire, bounce };
constexpr std::array<std::string_view, 9> names_of(Deed) {
    return {"add",      "cut",      "withdraw", "carry", "freeze",
            "disburse", "unfreeze", "expire",   "bounce"};
}
struct Do {
    static constexpr road::OrderType type{"ledger.test_do", "ledger.test"};
    Deed deed = Deed::freeze;
    AllotmentId line;  ///< none: the hold's
    HoldId hold;
    Money amount;
    std::optional<Date> date;
    std::int64_t times = 1;  ///< a freeze of that many lines' worth, in one order
    static constexpr auto fields = std::make_tuple(
        field("deed", &Do::deed), field("line", &Do::line), field("hold", &Do::hold),
        field("amount_fen", &Do::amount), field("date", &Do::date), field("times", &Do::times));
};
struct DoFacts {
    std::vector<Balance> lines;
    std::vector<Hold> holds;
    Date today;
};
struct DoRuling {
    std::vector<Entry> entries;
};
inline Result<Area> area_of(store::Tx&, const Do&) {
    return kCity;
}
inline Result<DoFacts> load(road::Desk& desk, const Do& order) {
    DoFacts facts;
    facts.today = desk.today;
    std::vector<AllotmentId> lines;
    if (order.line) lines.push_back(order.line);
    if (order.hold) facts.holds = holds(desk, {order.hold});
    if (order.deed == Deed::expire && !order.hold)
        facts.holds = holds_of(desk, {std::string(kDocument), 77});
    for (const auto& hold : facts.holds) lines.push_back(hold.allotment);
    facts.lines = balances_with_parents(desk, lines);
    return facts;
}
inline Result<Entry> on_hold(const Do& order, Balance& line, Hold& hold, const Posting& posting) {
    if (order.deed == Deed::disburse) return disburse(line, hold, order.amount, posting);
    if (order.deed == Deed::unfreeze) return unfreeze(line, hold, order.amount, posting);
    if (order.deed == Deed::expire) return expire(line, hold, posting);
    return bounce(line, &hold, order.amount, posting);
}
inline Result<DoRuling> decide(const Do& order, const DoFacts& facts) {
    const auto posting = posting_of(order.date, facts.today);
    auto lines = facts.lines;
    DoRuling ruling;
    if (order.deed == Deed::expire && !order.hold) {  // all that the cause has left, at year end
        for (auto hold : facts.holds) {
            if (hold.rest == Money()) continue;
            auto* line = TRY(ledger::line_of(lines, hold.allotment));
            ruling.entries.push_back(TRY(expire(*line, hold, posting)));
        }
        return ruling;
    }
    if (order.hold || order.deed == Deed::disburse || order.deed == Deed::unfreeze ||
        order.deed == Deed::expire) {
        Hold hold = *TRY(hold_of(facts.holds, order.hold));
        auto* line = TRY(ledger::line_of(lines, hold.allotment));
        ruling.entries.push_back(TRY(on_hold(order, *line, hold, posting)));
        return ruling;
    }
    auto* line = TRY(ledger::line_of(lines, order.line));
    if (order.deed == Deed::bounce) {
        ruling.entries.push_back(TRY(bounce(*line, nullptr, order.amount, posting)));
    } else if (order.deed == Deed::freeze) {
        for (std::int64_t i = 0; i < order.times; ++i)
            ruling.entries.push_back(TRY(freeze(*line, order.amount, posting)));
    } else {
        Balance* parent = line->parent ? TRY(ledger::line_of(lines, line->parent)) : nullptr;
        ruling.entries =
            TRY(change(*line, parent, static_cast<ChangeKind>(order.deed), order.amount, posting));
    }
    return ruling;
}
inline Result<Receipt> record(road::Desk& desk, const DoRuling& ruling) {
    const bool is_change = ruling.entries.front().kind() <= EntryKind::carry;
    Receipt receipt;
    for (const auto& posted :
         post(desk, is_change ? joined(desk, ruling.entries) : ruling.entries)) {
        receipt.entries.push_back(posted.entry);
        if (posted.hold) receipt.holds.push_back(posted.hold);
    }
    return receipt;
}

// ---- a caller who does not judge ---------------------------------------------------------------

/// Posts a freeze without asking decide: post() itself must stop it.
struct Careless {
    static constexpr road::OrderType type{"ledger.test_careless", "ledger.test"};
    AllotmentId line;
    Area area;
    Money amount;
    Date date;
    static constexpr auto fields =
        std::make_tuple(field("line", &Careless::line), field("area", &Careless::area),
                        field("amount_fen", &Careless::amount), field("date", &Careless::date));
};
inline Result<Area> area_of(store::Tx&, const Careless& order) {
    return order.area;
}
inline Result<Done> load(road::Desk&, const Careless&) {
    return Done{};
}
inline Result<DoRuling> decide(const Careless& order, const Done&) {
    const Posting posting{order.date, order.date, {std::string(kDocument), 77}};
    DoRuling ruling;
    ruling.entries.push_back(Entry::of(EntryKind::freeze, order.area, posting,
                                       {{order.line, Bucket::available, -order.amount},
                                        {order.line, Bucket::frozen, order.amount}}));
    return ruling;
}

}  // namespace fenming::ledger::test_orders

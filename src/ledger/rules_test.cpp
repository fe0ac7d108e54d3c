// The rules of the books as tables: one row, one case.

#include "ledger/rules.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "ledger/orders.h"

namespace fenming::ledger {
namespace {

Date day(std::string_view text) {
    return *parse_date(text);
}
Money fen(std::int64_t n) {
    return Money::fen(n);
}

Posting on(std::string_view date) {
    return {day(date), day("2026-11-24"), {"document", 7}};
}

Balance line_with(std::int64_t available) {
    Balance line;
    line.id = AllotmentId{5};
    line.area = Area{430408000000};
    line.county = line.area;
    line.year = line.origin_year = 2026;
    line.subject = "20819";
    line.mark = Mark::direct;
    line.closed_through = {2026, 9};
    line.available = line.total = fen(available);
    return line;
}

Hold hold_with(std::int64_t whole, std::int64_t rest, EntryKind last) {
    Hold hold;
    hold.id = HoldId{9};
    hold.allotment = AllotmentId{5};
    hold.fen = fen(whole);
    hold.rest = fen(rest);
    hold.last = last;
    return hold;
}

template <class T>
std::string verdict(const Result<T>& result) {
    if (result) return "ok";
    for (const auto language : {Language::zh_cn, Language::en}) {
        EXPECT_TRUE(missing_values(result.error(), language).empty()) << result.error().kind().code;
        EXPECT_FALSE(say(result.error(), language).mend.empty());
    }
    std::string code(result.error().kind().code.substr(7));
    std::int64_t left = -1, asked = -1;
    for (const auto& value : result.error().values()) {
        if (value.name == "left_fen") left = std::get<std::int64_t>(value.value);
        if (value.name == "asked_fen") asked = std::get<std::int64_t>(value.value);
    }
    if (left >= 0) code += " " + std::to_string(left) + "/" + std::to_string(asked);
    return code;
}

// clang-format off
TEST(Rules, freeze) {
    struct Case { std::int64_t available, asked; const char* date; const char* usable_from; const char* verdict; };
    const Case cases[] = {
        // available  asked   posted on     usable from   verdict
        {  40000,     40000, "2026-11-24", "",           "ok"},                       // torture B7
        {  40000,     40001, "2026-11-24", "",           "overdrawn 40000/40001"},    // torture B7
        {      0,         1, "2026-11-24", "",           "overdrawn 0/1"},
        {  40000,         0, "2026-11-24", "",           "amount_not_positive"},
        {  40000,        -1, "2026-11-24", "",           "amount_not_positive"},
        {  40000,         1, "2026-10-01", "",           "ok"},
        {  40000,         1, "2026-09-30", "",           "month_closed"},
        {  40000,         1, "2026-11-25", "",           "posting_in_future"},
        {  40000,         1, "2025-12-31", "",           "wrong_year"},
        {  40000,         1, "2026-10-31", "2026-11-01", "not_usable_yet"},
        {  40000,         1, "2026-11-01", "2026-11-01", "ok"},
    };
    for (const auto& c : cases) {
        auto line = line_with(c.available);
        if (*c.usable_from != '\0') line.usable_from = day(c.usable_from);
        EXPECT_EQ(verdict(may_freeze(line, fen(c.asked), on(c.date))), c.verdict) << c.asked << c.date;
    }
}

TEST(Rules, an_advance_waits_for_its_year) {  // P7: issued in November, paid on 10 January
    struct Case { const char* usable_from; const char* date; const char* verdict; };
    const Case cases[] = {
        {"2027-01-01", "2026-11-24", "ok"},
        {"",           "2026-11-24", "usable_too_early"},
        {"2026-12-31", "2026-11-24", "usable_too_early"},
    };
    for (const auto& c : cases) {
        NewAllotment line;
        line.year = line.origin_year = 2027;
        line.kind = AllotmentKind::advance;
        line.initial = fen(1);
        if (*c.usable_from != '\0') line.usable_from = day(c.usable_from);
        EXPECT_EQ(verdict(may_register(line, on(c.date), {})), c.verdict) << c.usable_from;
    }
    auto line = line_with(100);
    line.year = 2027;
    line.usable_from = day("2027-01-01");
    EXPECT_EQ(verdict(may_freeze(line, fen(1), on("2026-11-24"))), "not_usable_yet");
    const Posting january{day("2027-01-10"), day("2027-01-10"), {"batch", 1}};
    EXPECT_EQ(verdict(may_freeze(line, fen(1), january)), "ok");
}

TEST(Rules, registration) {
    struct Case { int year, origin; std::int64_t initial, paid, frozen; AllotmentKind kind; const char* date; const char* verdict; };
    const auto regular = AllotmentKind::regular, opening = AllotmentKind::opening;
    const Case cases[] = {
        // year  origin initial paid frozen kind     posted on     verdict
        {  2026, 2026,  100,    0,   0,     regular, "2026-11-24", "ok"},
        {  2026, 2025,  100,    0,   0,     regular, "2026-11-24", "ok"},
        {  2026, 2027,  100,    0,   0,     regular, "2026-11-24", "origin_year_changed"},
        {  2027, 2027,  100,    0,   0,     regular, "2026-11-24", "ok"},
        {  2025, 2025,  100,    0,   0,     regular, "2026-11-24", "wrong_year"},
        {  2026, 2026,    0,    0,   0,     regular, "2026-11-24", "amount_not_positive"},
        {  2026, 2026,  100,    1,   0,     regular, "2026-11-24", "opening_exceeds 0/1"},
        {  2026, 2026,  100,   60,  40,     opening, "2026-11-24", "ok"},
        {  2026, 2026,  100,   60,  41,     opening, "2026-11-24", "opening_exceeds 100/101"},
        {  2026, 2026,  100,   -1,   0,     opening, "2026-11-24", "opening_exceeds"},
        {  2026, 2026,  100,    0,   0,     regular, "2026-08-31", "month_closed"},
    };
    for (const auto& c : cases) {
        NewAllotment line;
        line.year = c.year;
        line.origin_year = c.origin;
        line.initial = fen(c.initial);
        line.kind = c.kind;
        line.opening_disbursed = fen(c.paid);
        line.opening_frozen = fen(c.frozen);
        const auto said = verdict(may_register(line, on(c.date), {2026, 8}));
        EXPECT_EQ(said.substr(0, std::string(c.verdict).size()), c.verdict) << said;
    }
}

TEST(Rules, split) {
    struct Case { const char* what; Mark parent_mark, mark; Source source; int year, origin; const char* subject;
                  std::int64_t area, asked; const char* verdict; };
    const auto direct = Mark::direct, tracked = Mark::tracked, none = Mark::none;
    const auto central = Source::central, county = Source::county;
    const Case cases[] = {
        {"plain",          direct,  direct,  central, 2026, 2026, "20819",   430408000000, 100, "ok"},
        {"finer subject",  direct,  direct,  central, 2026, 2026, "2081901", 430408001000, 100, "ok"},
        {"mark lost",      direct,  none,    central, 2026, 2026, "20819",   430408000000, 100, "mark_lost"},
        {"mark changed",   tracked, direct,  central, 2026, 2026, "20819",   430408000000, 100, "mark_lost"},
        {"mark kept",      tracked, tracked, central, 2026, 2026, "20819",   430408000000, 100, "ok"},
        {"no mark",        none,    none,    central, 2026, 2026, "20819",   430408000000, 100, "ok"},
        {"other source",   direct,  direct,  county,  2026, 2026, "20819",   430408000000, 100, "source_changed"},
        {"other year",     direct,  direct,  central, 2027, 2026, "20819",   430408000000, 100, "wrong_year"},
        {"other origin",   direct,  direct,  central, 2026, 2025, "20819",   430408000000, 100, "origin_year_changed"},
        {"other subject",  direct,  direct,  central, 2026, 2026, "20820",   430408000000, 100, "subject_mismatch"},
        {"wider subject",  direct,  direct,  central, 2026, 2026, "208",     430408000000, 100, "subject_mismatch"},
        {"elsewhere",      direct,  direct,  central, 2026, 2026, "20819",   430421000000, 100, "not_below"},
        {"one fen more",   direct,  direct,  central, 2026, 2026, "20819",   430408000000, 101, "overdrawn 100/101"},
    };
    for (const auto& c : cases) {
        auto parent = line_with(100);
        parent.mark = c.parent_mark;
        NewAllotment child;
        child.parent = parent.id;
        child.year = c.year;
        child.origin_year = c.origin;
        child.subject = c.subject;
        child.source = c.source;
        child.mark = c.mark;
        child.area = Area{c.area};
        child.initial = fen(c.asked);
        EXPECT_EQ(verdict(may_split(parent, child, on("2026-11-24"), {})), c.verdict) << c.what;
    }
}

TEST(Rules, holds_are_resolved_once_and_in_parts) {
    struct Case { std::int64_t rest; EntryKind last; std::int64_t asked; const char* verdict; };
    const Case cases[] = {
        // rest  last entry             asked verdict
        {  100,  EntryKind::freeze,     100,  "ok"},
        {  100,  EntryKind::freeze,     101,  "hold_exceeded 100/101"},
        {   40,  EntryKind::disburse,    40,  "ok"},
        {   40,  EntryKind::disburse,    41,  "hold_exceeded 40/41"},
        {    0,  EntryKind::disburse,     1,  "hold_already_disbursed"},
        {    0,  EntryKind::unfreeze,     1,  "hold_already_unfrozen"},
        {    0,  EntryKind::expire,       1,  "hold_expired"},
        {    0,  EntryKind::reversal,     1,  "hold_already_unfrozen"},
        {  100,  EntryKind::freeze,       0,  "amount_not_positive"},
    };
    for (const auto& c : cases) {
        auto line = line_with(0);
        line.frozen = line.total = fen(c.rest);
        const auto hold = hold_with(100, c.rest, c.last);
        EXPECT_EQ(verdict(may_disburse(line, hold, fen(c.asked), on("2026-11-24"))), c.verdict);
        EXPECT_EQ(verdict(may_unfreeze(line, hold, fen(c.asked), on("2026-11-24"))), c.verdict);
    }
    auto line = line_with(0);
    auto gone = hold_with(100, 0, EntryKind::disburse);
    EXPECT_EQ(verdict(expire(line, gone, on("2026-11-24"))), "hold_already_disbursed");
    EXPECT_EQ(verdict(hold_of({gone}, HoldId{9})), "ok");
    EXPECT_EQ(verdict(hold_of({gone}, HoldId{8})), "hold_not_found");
}

TEST(Rules, bounce) {  // P5, torture B8
    struct Case { std::int64_t line_paid, hold_paid, asked; const char* date; const char* verdict; };
    const Case cases[] = {
        // line  hold  asked  posted on     verdict
        {  100,   60,   60,  "2026-11-24", "ok"},
        {  100,   60,   61,  "2026-11-24", "bounce_exceeds 60/61"},
        {  100,   -1,  100,  "2026-11-24", "ok"},
        {  100,   -1,  101,  "2026-11-24", "bounce_exceeds 100/101"},
        {  100,   60,   60,  "2025-12-31", "bounce_of_other_year"},
        {  100,   60,    0,  "2026-11-24", "amount_not_positive"},
        {  100,   60,   60,  "2026-09-30", "month_closed"},
    };
    for (const auto& c : cases) {
        auto line = line_with(0);
        line.disbursed = line.total = fen(c.line_paid);
        auto hold = hold_with(100, 0, EntryKind::disburse);
        hold.paid = fen(c.hold_paid);
        EXPECT_EQ(verdict(may_bounce(line, c.hold_paid < 0 ? nullptr : &hold, fen(c.asked), on(c.date))), c.verdict);
    }
    // The line is of 2026 and the bank answers in January 2027.
    const Posting late{day("2027-01-05"), day("2027-01-05"), {"batch", 1}};
    EXPECT_EQ(verdict(may_bounce(line_with(0), nullptr, fen(1), late)), "bounce_of_other_year");
}

TEST(Rules, changes_by_document) {
    struct Case { bool has_parent; ChangeKind kind; std::int64_t asked; const char* date; const char* verdict; };
    const Case cases[] = {  // the line has 100 available, its parent 50
        {false, ChangeKind::added,     1000, "2026-11-24", "ok"},
        {true,  ChangeKind::added,       50, "2026-11-24", "ok"},
        {true,  ChangeKind::added,       51, "2026-11-24", "overdrawn 50/51"},
        {false, ChangeKind::cut,        100, "2026-11-24", "ok"},
        {false, ChangeKind::cut,        101, "2026-11-24", "overdrawn 100/101"},
        {true,  ChangeKind::withdrawn,  101, "2026-11-24", "overdrawn 100/101"},
        {true,  ChangeKind::carried,    100, "2026-11-24", "ok"},
        {false, ChangeKind::added,        0, "2026-11-24", "amount_not_positive"},
        {false, ChangeKind::added,        1, "2026-09-01", "month_closed"},
    };
    for (const auto& c : cases) {
        auto line = line_with(100);
        auto parent = line_with(50);
        parent.id = AllotmentId{4};
        parent.allocated = fen(100);
        parent.total = fen(150);
        if (c.has_parent) line.parent = parent.id;
        Balance* up = c.has_parent ? &parent : nullptr;
        EXPECT_EQ(verdict(change(line, up, c.kind, fen(c.asked), on(c.date))), c.verdict) << c.asked;
        EXPECT_EQ(line.total, line.available + line.allocated + line.frozen + line.disbursed);
        EXPECT_EQ(parent.total, fen(150));  // what moves between parent and child is within its total
    }
    auto old = line_with(100);
    old.year = 2025;
    EXPECT_EQ(verdict(may_change(old, nullptr, ChangeKind::cut, fen(1), on("2026-11-24"))), "wrong_year");
}

TEST(Rules, closing) {
    struct Case { Month month, closed; const char* today; const char* verdict; };
    const Case cases[] = {
        {{2026, 10}, {2026, 9},  "2026-11-01", "ok"},
        {{2026, 10}, {2026, 9},  "2026-10-31", "month_not_over"},
        {{2026, 10}, {2026, 10}, "2026-11-01", "month_closed"},
        {{2026, 9},  {2026, 10}, "2026-11-01", "month_closed"},
        {{2026, 12}, {},         "2027-01-08", "ok"},
        {{2026, 12}, {},         "2026-11-24", "month_not_over"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(verdict(may_close(c.month, c.closed, day(c.today))), c.verdict) << c.month.text();
}
// clang-format on

TEST(Rules, money_is_drawn_from_its_own_subject) {  // R2.47
    EXPECT_EQ(verdict(may_draw(line_with(1), "20819")), "ok");
    EXPECT_EQ(verdict(may_draw(line_with(1), "20820")), "subject_mismatch");
}

TEST(Rules, no_line_is_no_allotment) {  // torture B3
    std::vector<Balance> lines{line_with(1)};
    EXPECT_EQ(verdict(line_of(lines, AllotmentId{5})), "ok");
    EXPECT_EQ(verdict(line_of(lines, AllotmentId{6})), "no_allotment");
}

TEST(Rules, an_entry_cannot_be_built_unbalanced) {
    const Area here{430408000000};
    const AllotmentId a{1};
    EXPECT_THROW(Entry::of(EntryKind::add, here, on("2026-11-24"),
                           {{a, Bucket::issued, fen(-2)}, {a, Bucket::available, fen(1)}}),
                 Bug);
    EXPECT_THROW(Entry::of(EntryKind::add, here, on("2026-11-24"), {}), Bug);
    EXPECT_THROW(Entry::of(EntryKind::add, here, on("2026-11-24"), {{a, Bucket::issued, fen(0)}}),
                 Bug);
    const auto merged = Entry::of(EntryKind::add, here, on("2026-11-24"),
                                  {{a, Bucket::issued, fen(-3)},
                                   {a, Bucket::available, fen(1)},
                                   {a, Bucket::available, fen(2)},
                                   {a, Bucket::frozen, fen(0)}});
    EXPECT_EQ(merged.legs().size(), 2U);
    EXPECT_EQ(merged.on(a, Bucket::available), fen(3));
}

TEST(Rules, several_freezes_of_one_order_see_one_another) {
    auto line = line_with(100);
    EXPECT_EQ(verdict(freeze(line, fen(60), on("2026-11-24"))), "ok");
    EXPECT_EQ(verdict(freeze(line, fen(60), on("2026-11-24"))), "overdrawn 40/60");
    EXPECT_EQ(line.available, fen(40));
    EXPECT_EQ(line.frozen, fen(60));
}

struct Undone {
    const char* what;
    EntryKind kind;
    std::vector<Leg> legs;
    bool on_hold;
    const char* verdict;
};

TEST(Rules, reversal) {
    const AllotmentId a{5};
    const auto leg = [&](Bucket bucket, std::int64_t n) { return Leg{a, bucket, fen(n)}; };
    using B = Bucket;
    // The line: 10 available, 30 frozen, 20 paid. The hold of 50: 30 left, 20 paid.
    const Undone cases[] = {
        {"an addition of 10",
         EntryKind::add,
         {leg(B::issued, -10), leg(B::available, 10)},
         false,
         "ok"},
        {"an addition of 11",
         EntryKind::add,
         {leg(B::issued, -11), leg(B::available, 11)},
         false,
         "reversal_overdraws 10/11"},
        {"a cut", EntryKind::cut, {leg(B::available, -5), leg(B::issued, 5)}, false, "ok"},
        {"the freeze",
         EntryKind::freeze,
         {leg(B::available, -50), leg(B::frozen, 50)},
         true,
         "reversal_overdraws 30/50"},
        {"the payment",
         EntryKind::disburse,
         {leg(B::frozen, -20), leg(B::disbursed, 20)},
         true,
         "ok"},
        {"a reversal",
         EntryKind::reversal,
         {leg(B::available, -5), leg(B::issued, 5)},
         false,
         "is_reversal"},
    };
    for (const auto& c : cases) {
        std::vector<Balance> lines{line_with(10)};
        lines[0].frozen = fen(30);
        lines[0].disbursed = fen(20);
        lines[0].total = fen(60);
        auto hold = hold_with(50, 30, EntryKind::disburse);
        hold.paid = fen(20);
        PostedEntry entry;
        entry.id = EntryId{3};
        entry.kind = c.kind;
        entry.legs = c.legs;
        entry.hold = c.on_hold ? hold.id : HoldId{};
        const auto mirror = reverse(entry, lines, c.on_hold ? &hold : nullptr, on("2026-11-24"));
        EXPECT_EQ(verdict(mirror), c.verdict) << c.what;
        if (!mirror) continue;
        EXPECT_EQ(mirror->reverses(), entry.id);
        for (const auto& l : c.legs) EXPECT_EQ(mirror->on(a, l.bucket), -l.fen) << c.what;
        entry.reversed_by = EntryId{4};
        EXPECT_EQ(verdict(reverse(entry, lines, c.on_hold ? &hold : nullptr, on("2026-11-24"))),
                  "already_reversed");
    }
}

TEST(Rules, an_entry_of_a_batch_is_not_reversed_behind_its_back) {
    EntriesToReverse dossier;
    dossier.today = day("2026-11-24");
    PostedEntry entry;
    entry.id = EntryId{3};
    entry.cause = {"batch", 12};
    dossier.entries = {entry};
    EXPECT_EQ(verdict(decide(ReverseEntry{EntryId{3}, {}}, dossier)), "reversed_by_its_cause");
}

TEST(Rules, a_closed_year_is_not_touched_by_a_reversal) {
    std::vector<Balance> lines{line_with(100)};
    PostedEntry entry;
    entry.id = EntryId{3};
    entry.kind = EntryKind::add;
    entry.legs = {{AllotmentId{5}, Bucket::issued, fen(-1)},
                  {AllotmentId{5}, Bucket::available, fen(1)}};
    const Posting next_year{day("2027-01-05"), day("2027-01-05"), {"document", 7}};
    EXPECT_EQ(verdict(reverse(entry, lines, nullptr, next_year)), "wrong_year");
    EXPECT_EQ(verdict(reverse(entry, lines, nullptr, on("2026-09-30"))), "month_closed");
}

}  // namespace
}  // namespace fenming::ledger

// The rules of day one; pure (P6).

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/check.h"
#include "base/text.h"
#include "budget/opening.h"
#include "budget/verdict.h"
#include "ledger/ids.h"
#include "ledger/rules.h"
#include "registry/areas.h"

namespace fenming::budget {
namespace {

Refusal at_line(Refusal problem, std::int64_t ordinal) {
    return std::move(problem).at("", 0, "/lines/" + std::to_string(ordinal - 1));
}

Result<Done> names_hold(const OpeningLineRow& line, const OpeningFacts& facts) {
    const auto has = [](const auto& list, const auto& value) {
        return std::ranges::find(list, value) != list.end();
    };
    if (line.number.empty()) return refuse(kNumberMissing);
    if (!facts.area.contains(line.area))
        return refuse(refusal(kItemOutside)
                          .with("receiver", line.number)
                          .with("area", line.area.text())
                          .with("within", facts.area.text()));
    if (!has(facts.areas, line.area))
        return refuse(refusal(registry::kNoSuchArea).with("area", line.area.text()));
    if (line.unit_id != 0 && !has(facts.units, line.unit_id))
        return refuse(refusal(kNoSuchUnit).with("unit", line.unit_id));
    if (!line.programme.empty() && !has(facts.programmes, line.programme))
        return refuse(refusal(kProgrammeUnknown).with("text", shown(line.programme)));
    if (facts.in_books.count({line.number, line.area}) != 0)
        return refuse(
            refusal(kOpeningTwice).with("number", line.number).with("area", line.area.text()));
    return Done{};
}

OpeningLineRow row_of(const OpeningLineInput& input, std::int64_t ordinal,
                      const OpeningFacts& facts) {
    OpeningLineRow line;
    line.opening = facts.id;
    line.ordinal = ordinal;
    line.area = input.area.value_or(facts.area);
    line.county = line.area.county();
    line.unit_id = input.unit_id.value_or(0);
    line.number = canonical_number(input.number);
    line.parent_number = canonical_number(input.parent_number.value_or(""));
    line.year = static_cast<int>(std::clamp<std::int64_t>(input.year, 0, 9999));
    line.origin_year =
        static_cast<int>(std::clamp<std::int64_t>(input.origin_year.value_or(input.year), 0, 9999));
    line.programme = input.programme;
    line.subject = input.subject;
    line.source = stored(input.source);
    line.mark = stored(input.mark);
    line.issued_by = trim(input.issued_by);
    line.total = input.total;
    line.allocated = input.allocated;
    line.paid = input.paid;
    line.in_transit = input.in_transit;
    line.treasury = input.treasury;
    return line;
}

/// A parent as the books would have it after its own opening entry, so that its parts are judged by
/// the books' own rules.
ledger::Balance balance_of(const OpeningLineRow& line, const OpeningFacts& facts) {
    ledger::Balance balance;
    balance.id = AllotmentId{line.ordinal};
    balance.area = line.area;
    balance.county = line.county;
    balance.year = line.year;
    balance.origin_year = line.origin_year;
    balance.programme = line.programme;
    balance.subject = line.subject;
    balance.source = member_of<ledger::Source>(line.source);
    balance.mark = member_of<ledger::Mark>(line.mark);
    balance.kind = ledger::AllotmentKind::opening;
    balance.closed_through = facts.closed.at(line.county);
    balance.available = line.total - line.paid;
    balance.disbursed = line.paid;
    balance.total = line.total;
    return balance;
}

/// Every line by the rules of the books, each after its parent; and what each says it gave down is
/// what its parts have.
Result<Done> books_hold(const std::vector<OpeningLineRow>& lines, const OpeningFacts& facts,
                        const ledger::Posting& posting) {
    std::vector<ledger::Balance> balances;
    std::vector<Money> given(lines.size());
    for (const auto& line : lines) balances.push_back(balance_of(line, facts));
    for (const auto& placed : TRY(in_order(lines))) {
        const auto& line = lines[placed.line];
        auto asked = line_of(line, line.opening);
        const auto judged =
            placed.parent < 0
                ? ledger::may_register(asked, posting, facts.closed.at(line.county))
                : ledger::split_out_of(balances[static_cast<std::size_t>(placed.parent)], asked,
                                       posting, facts.closed.at(line.county));
        if (!judged) return refuse(at_line(judged.error(), line.ordinal));
        if (placed.parent >= 0) given[static_cast<std::size_t>(placed.parent)] += line.total;
    }
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (given[i] != lines[i].allocated)
            return refuse(at_line(refusal(kOpeningParts)
                                      .with("number", lines[i].number)
                                      .with("allocated_fen", lines[i].allocated.in_fen())
                                      .with("parts_fen", given[i].in_fen()),
                                  lines[i].ordinal));
    return Done{};
}

Result<OpeningRow> in_state(const OpeningFacts& facts, std::initializer_list<OpeningState> states) {
    check(facts.row.has_value(), "load found the opening that area_of found");
    for (const auto state : states)
        if (facts.row->state == name_of(state)) return *facts.row;
    return refuse(refusal(kOpeningState)
                      .with("opening", facts.row->id.number)
                      .word("state", facts.row->state, "budget.opening"));
}

}  // namespace

Result<Done> sums_hold(const OpeningLineRow& line) {
    for (const Money each : {line.total, line.allocated, line.paid, line.in_transit})
        if (each < Money())
            return refuse(refusal(kOpeningNegative).with("asked_fen", each.in_fen()));
    if (line.left() < Money())
        return refuse(refusal(kOpeningLineSums)
                          .with("total_fen", line.total.in_fen())
                          .with("used_fen", (line.total - line.left()).in_fen()));
    if (line.treasury && *line.treasury != line.left())
        return refuse(refusal(kOpeningBalance)
                          .with("left_fen", line.left().in_fen())
                          .with("treasury_fen", line.treasury->in_fen()));
    return Done{};
}

Result<std::vector<Placed>> in_order(const std::vector<OpeningLineRow>& lines) {
    std::vector<Placed> order;
    std::vector<bool> is_placed(lines.size(), false);
    std::map<std::string_view, std::size_t> by_number;  // the first line of each
    for (std::size_t i = 0; i < lines.size(); ++i) by_number.emplace(lines[i].number, i);
    const auto parent_of = [&](const OpeningLineRow& line) -> std::ptrdiff_t {
        const auto found = by_number.find(line.parent_number);
        return found == by_number.end() ? -1 : static_cast<std::ptrdiff_t>(found->second);
    };
    for (int depth = 0; order.size() < lines.size(); ++depth) {
        const auto before = order.size();
        std::vector<std::size_t> now;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (is_placed[i]) continue;
            const bool is_root = lines[i].parent_number.empty();
            const auto parent = is_root ? -1 : parent_of(lines[i]);
            if (is_root ? depth != 0 : parent < 0 || !is_placed[static_cast<std::size_t>(parent)])
                continue;
            order.push_back({i, parent, depth});
            now.push_back(i);
        }
        for (const auto i : now) is_placed[i] = true;
        if (order.size() != before) continue;
        const auto stuck = std::ranges::find(is_placed, false) - is_placed.begin();
        const auto& line = lines[static_cast<std::size_t>(stuck)];
        return refuse(at_line(refusal(kOpeningParent)
                                  .with("number", line.number)
                                  .with("parent_number", shown(line.parent_number)),
                              line.ordinal));
    }
    return order;
}

ledger::NewAllotment line_of(const OpeningLineRow& line, OpeningId opening) {
    ledger::NewAllotment made;
    made.document = DocumentId{opening.number};
    made.document_item = line.ordinal;
    made.year = line.year;
    made.origin_year = line.origin_year;
    made.programme = line.programme;
    made.subject = line.subject;
    made.source = member_of<ledger::Source>(line.source);
    made.mark = member_of<ledger::Mark>(line.mark);
    made.kind = ledger::AllotmentKind::opening;
    made.issued_by = line.issued_by;
    made.received_from = line.issued_by;
    made.area = line.area;
    made.unit_id = line.unit_id;
    made.initial = line.total;
    made.opening_disbursed = line.paid;
    made.opening_frozen = line.in_transit;
    return made;
}

Result<OpeningRuling> decide(const ProposeOpening& order, const OpeningFacts& facts) {
    if (order.as_at > facts.today)
        return refuse(refusal(kOpeningInFuture)
                          .with("as_at", order.as_at.text())
                          .with("today", facts.today.text()));
    if (order.lines.empty()) return refuse(refusal(kNoItems).with("number", ""));
    if (order.lines.size() > kMostItems)
        return refuse(refusal(kTooManyItems)
                          .with("items", static_cast<std::int64_t>(order.lines.size()))
                          .with("most", static_cast<std::int64_t>(kMostItems)));
    OpeningRuling ruling;
    ruling.is_new = true;
    auto& row = ruling.row;
    row.id = facts.id;
    row.area = facts.area;
    row.county = row.area.county();
    row.as_at = order.as_at.text();
    row.state = stored(OpeningState::proposed);
    row.proposed_staff = facts.staff;
    std::set<std::tuple<std::string, Area, std::int64_t, std::string, std::string>> seen;
    for (const auto& input : order.lines) {
        auto line = row_of(input, static_cast<std::int64_t>(ruling.lines.size()) + 1, facts);
        auto held = sums_hold(line);
        if (held) held = names_hold(line, facts);
        if (!held) return refuse(at_line(held.error(), line.ordinal));
        if (!seen.emplace(line.number, line.area, line.unit_id, line.subject, line.programme)
                 .second)
            return refuse(at_line(
                refusal(kOpeningTwice).with("number", line.number).with("area", line.area.text()),
                line.ordinal));
        row.total += line.total;
        row.allocated += line.allocated;
        row.paid += line.paid;
        row.in_transit += line.in_transit;
        row.left += line.left();
        ruling.lines.push_back(std::move(line));
    }
    row.line_count = static_cast<std::int64_t>(ruling.lines.size());
    TRY(books_hold(ruling.lines, facts, {order.as_at, facts.today, {}}));
    return ruling;
}

Result<OpeningRuling> decide(const ConfirmOpening& order, const OpeningFacts& facts) {
    OpeningRuling ruling;
    ruling.row = TRY(in_state(facts, {OpeningState::proposed}));
    auto& row = ruling.row;
    if (row.proposed_staff == facts.staff) return refuse(kSamePerson);
    if (order.treasury != row.left)
        return refuse(refusal(kOpeningTreasury)
                          .with("left_fen", row.left.in_fen())
                          .with("treasury_fen", order.treasury.in_fen()));
    for (const auto& line : facts.lines)
        if (facts.in_books.count({line.number, line.area}) != 0)
            return refuse(
                refusal(kOpeningTwice).with("number", line.number).with("area", line.area.text()));
    const auto as_at = parse_date(row.as_at);
    check(as_at.has_value(), "a stored day is a day");
    ruling.posts = true;
    ruling.lines = facts.lines;
    ruling.posting = {*as_at, facts.today, {std::string(ledger::kOpening), row.id.number}};
    TRY(books_hold(ruling.lines, facts, ruling.posting));
    row.state = stored(OpeningState::confirmed);
    row.confirmed_staff = facts.staff;
    row.treasury = order.treasury;
    return ruling;
}

Result<OpeningRuling> decide(const RevokeOpening& order, const OpeningFacts& facts) {
    OpeningRuling ruling;
    ruling.row = TRY(in_state(facts, {OpeningState::proposed, OpeningState::confirmed}));
    ruling.row.state = stored(OpeningState::revoked);
    ruling.row.closed_staff = facts.staff;
    auto balances = facts.balances;
    auto holds = facts.holds;
    const auto asked = order.posting_date.value_or(facts.today);
    for (const auto& entry : facts.entries) {
        ledger::Hold* hold = nullptr;
        for (auto& each : holds)
            if (each.id == entry.hold) hold = &each;
        const auto day =
            order.posting_date ? asked : std::min(asked, Month{entry.date.year(), 12}.last_day());
        ruling.reversals.push_back(
            TRY(ledger::reverse(entry, balances, hold, {day, facts.today, entry.cause})));
    }
    return ruling;
}

Result<OpeningRuling> decide(const SignOffOpening&, const OpeningFacts& facts) {
    OpeningRuling ruling;
    ruling.row = TRY(in_state(facts, {OpeningState::confirmed}));
    ruling.row.state = stored(OpeningState::signed_off);
    ruling.row.closed_staff = facts.staff;
    return ruling;
}

}  // namespace fenming::budget

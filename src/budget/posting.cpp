// Lines and changes that documents make.

#include "budget/posting.h"

#include <algorithm>

#include "base/check.h"
#include "ledger/ids.h"
#include "ledger/rules.h"

namespace fenming::budget {
namespace {

Month closed_month(const std::map<Area, Month>& closed, Area area) {
    const auto found = closed.find(area.county());
    check(found != closed.end(), "load asked for the books of every receiver");
    return found->second;
}

/// A refusal of the books, at the item that it is about.
Refusal at_item(Refusal problem, const ItemRow& item) {
    return std::move(problem).at("", item.ordinal, "");
}

Result<Done> post_line(Filed& filed, const ItemRow& item, Lines& lines, Month closed) {
    if (!item.parent) {
        auto line = line_of_item(filed.row, item, nullptr);
        TRY(ledger::may_register(line, filed.posting, closed));
        filed.lines.push_back(std::move(line));
        return Done{};
    }
    auto* parent = TRY(ledger::line_of(lines, item.parent));
    auto line = line_of_item(filed.row, item, parent);
    TRY(ledger::split_out_of(*parent, line, filed.posting, closed));
    filed.lines.push_back(std::move(line));
    return Done{};
}

Result<Done> post_change(Filed& filed, const ItemRow& item, Lines& lines) {
    auto* line = TRY(ledger::line_of(lines, item.allotment));
    ledger::Balance* parent = line->parent ? TRY(ledger::line_of(lines, line->parent)) : nullptr;
    if (line->year != filed.row.year)
        return refuse(refusal(kChangeOfOtherLine)
                          .with("allotment", line->id.number)
                          .with("line_year", line->year)
                          .with("year", filed.row.year));
    auto entries = TRY(ledger::change(*line, parent, member_of<ledger::ChangeKind>(item.change),
                                      item.amount, filed.posting));
    filed.per_item.push_back(entries.size());
    for (auto& entry : entries) filed.entries.push_back(std::move(entry));
    return Done{};
}

}  // namespace

Date posting_day(std::optional<Date> asked, Date today, int year) {
    if (asked) return *asked;
    return std::min(today, Month{year, 12}.last_day());
}

ledger::NewAllotment line_of_item(const DocumentRow& document, const ItemRow& item,
                                  const ledger::Balance* parent) {
    ledger::NewAllotment line;
    line.document = document.id;
    line.document_item = item.ordinal;
    line.parent = item.parent;
    line.year = document.year;
    line.origin_year = document.origin_year;
    line.programme = item.programme;
    line.subject = item.subject;
    line.source = member_of<ledger::Source>(document.source);
    line.mark = member_of<ledger::Mark>(document.mark);
    line.issued_by = document.issued_by;
    line.received_from = document.issued_by;
    line.area = item.area;
    line.unit_id = item.unit_id;
    line.initial = item.amount;
    const bool is_advance =
        parent != nullptr ? parent->kind == ledger::AllotmentKind::advance : document.is_advance;
    line.kind = is_advance ? ledger::AllotmentKind::advance : ledger::AllotmentKind::regular;
    if (is_advance) line.usable_from = Month{document.year, 1}.first_day();
    if (parent != nullptr) line.usable_from = parent->usable_from;
    return line;
}

Result<Done> post_items(Filed& filed, Lines& lines, const std::map<Area, Month>& closed) {
    const bool changes = filed.row.kind == name_of(DocumentKind::adjust);
    for (const auto& item : filed.items) {
        const auto posted = changes
                                ? post_change(filed, item, lines)
                                : post_line(filed, item, lines, closed_month(closed, item.area));
        if (!posted) return refuse(at_item(posted.error(), item));
    }
    return Done{};
}

}  // namespace fenming::budget

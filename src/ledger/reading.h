#pragma once
// Looking at the books: lines with their balances, a line's path and parts, its statement, sums.

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "ledger/ledger.h"
#include "ledger/progress.h"
#include "store/database.h"

namespace fenming::ledger {

/// A line as people read it. Words of lists are their names.
struct LineView {
    AllotmentId id;
    AllotmentId parent;
    DocumentId document;
    std::int64_t document_item = 0;
    int year = 0;
    int origin_year = 0;
    std::string programme;
    std::string subject;
    std::string source;
    std::string mark;
    std::string kind;
    std::string issued_by;
    std::string received_from;
    Area area;
    std::int64_t unit_id = 0;
    Money initial;
    Date usable_from;
    Money available;
    Money allocated;
    Money frozen;
    Money disbursed;
    Money total;
    static constexpr auto fields = std::make_tuple(
        field("id", &LineView::id), field("parent", &LineView::parent, "empty: a root"),
        field("document", &LineView::document), field("document_item", &LineView::document_item),
        field("year", &LineView::year), field("origin_year", &LineView::origin_year),
        field("programme", &LineView::programme), field("subject", &LineView::subject),
        field("source", &LineView::source), field("mark", &LineView::mark),
        field("kind", &LineView::kind), field("issued_by", &LineView::issued_by),
        field("received_from", &LineView::received_from), field("area", &LineView::area),
        field("unit_id", &LineView::unit_id, "0: the bureau itself"),
        field("initial_fen", &LineView::initial), field("usable_from", &LineView::usable_from),
        field("available_fen", &LineView::available), field("allocated_fen", &LineView::allocated),
        field("frozen_fen", &LineView::frozen), field("disbursed_fen", &LineView::disbursed),
        field("total_fen", &LineView::total));
};

/// Which lines: year 0, programme "" and holder 0 ask for all.
struct LineFilter {
    int year = 0;
    std::string programme;
    Area holder;
};
/// By id, after `after`; at most `limit`.
std::vector<LineView> line_page(store::Tx& tx, const Scope& scope, const LineFilter& filter,
                                AllotmentId after, int limit);
/// From the root, whose document brought the money, to the line itself; of what lies in the scope.
/// Empty if the line is not there.
std::vector<LineView> path_of(store::Tx& tx, const Scope& scope, AllotmentId line);
/// Every line below it, by id, after `after`.
std::vector<LineView> parts_of(store::Tx& tx, const Scope& scope, AllotmentId line,
                               AllotmentId after, int limit);

/// A leg of a line's statement 明细账.
struct StatementLine {
    EntryId entry;
    std::int64_t seq = 0;
    Date posting_date;
    std::string kind;
    std::string cause_kind;
    std::int64_t cause_id = 0;
    EntryId reverses;
    HoldId hold;
    std::int64_t ordinal = 0;
    std::string bucket;
    Money fen;
    Money after;
    static constexpr auto fields = std::make_tuple(
        field("entry", &StatementLine::entry), field("seq", &StatementLine::seq),
        field("posting_date", &StatementLine::posting_date), field("kind", &StatementLine::kind),
        field("cause_kind", &StatementLine::cause_kind),
        field("cause_id", &StatementLine::cause_id), field("reverses", &StatementLine::reverses),
        field("hold", &StatementLine::hold), field("ordinal", &StatementLine::ordinal),
        field("bucket", &StatementLine::bucket), field("moved_fen", &StatementLine::fen),
        field("after_fen", &StatementLine::after, "the bucket after it"));
};
/// Whole entries after `after`: at most about `limit` legs, the last entry complete.
std::vector<StatementLine> statement_of(store::Tx& tx, const Scope& scope, AllotmentId line,
                                        EntryId after, int limit);

/// Sums of one year by county × programme × source × mark (R2.46). County 0: the city's own.
struct SumsRow {
    Area county;
    std::string programme;
    std::string source;
    std::string mark;
    std::int64_t lines = 0;
    Money available;
    Money allocated;
    Money frozen;
    Money disbursed;
    Money total;
    static constexpr auto fields = std::make_tuple(
        field("county", &SumsRow::county), field("programme", &SumsRow::programme),
        field("source", &SumsRow::source), field("mark", &SumsRow::mark),
        field("lines", &SumsRow::lines), field("available_fen", &SumsRow::available),
        field("allocated_fen", &SumsRow::allocated), field("frozen_fen", &SumsRow::frozen),
        field("disbursed_fen", &SumsRow::disbursed), field("total_fen", &SumsRow::total));
};
std::vector<SumsRow> sums_of_lines(store::Tx& tx, const Scope& scope, const LineFilter& filter);
/// All of them together. With Base::own no fen is counted twice, whatever was split.
Sums sum_up(const std::vector<SumsRow>& rows);

}  // namespace fenming::ledger

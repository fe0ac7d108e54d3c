// Every invariant names what somebody with a database client changed behind the program's back;
// what is append-only cannot be changed at all.

#include "test/support/books.h"

namespace fenming::ledger {
namespace {

using namespace test_orders;
using test::World;

FENMING_ON_BOTH(InvariantsTest);

using Names = std::vector<std::string>;

TEST_P(InvariantsTest, every_invariant_names_what_an_insider_changed) {
    const std::string entry =
        "INSERT INTO journal_entry (id, pen, seq, area, posting_date, kind, cause_kind, cause_id, "
        "reverses, transit_id, hold_id, order_id) VALUES ";
    const std::string leg =
        "INSERT INTO journal_leg (entry_id, ordinal, allotment_id, bucket, fen, after_fen, "
        "order_id) VALUES ";
    // The line 7 stands beside those of the program; its numbers are free.
    const std::string head = "(900, 0, 2, 430400000000, '2026-11-24', ";
    struct Case {
        const char* what;
        std::vector<std::string> sql;
        Names broken;
    };
    const Case cases[] = {
        {"a balance",
         {"UPDATE allotment_balance SET frozen_fen = 1, total_fen = total_fen + 1"},
         {"balances_are_journal_sums", "totals_follow_documents"}},
        {"a bucket",
         {"UPDATE allotment_balance SET available_fen = 1"},
         {"balances_are_journal_sums", "totals_follow_documents"}},
        {"one leg alone",
         {entry + head + "'add', 'x', 1, 0, 0, 0, 1)", leg + "(900, 1, 7, 'available', 5, 5, 1)"},
         {"entries_balance"}},
        {"a negative bucket",
         {entry + head + "'add', 'x', 1, 0, 0, 0, 1)", leg + "(900, 1, 7, 'available', -5, -5, 1)",
          leg + "(900, 2, 7, 'frozen', 5, 5, 1)"},
         {"no_bucket_below_zero"}},
        {"a running sum",
         {entry + head + "'add', 'x', 1, 0, 0, 0, 1)", leg + "(900, 1, 7, 'available', 5, 6, 1)",
          leg + "(900, 2, 7, 'issued', -5, -5, 1)"},
         {"running_sums_follow"}},
        {"a gap",
         {entry + "(900, 0, 3, 430400000000, '2026-11-24', 'add', 'x', 1, 0, 0, 0, 1)",
          leg + "(900, 1, 7, 'available', 5, 5, 1)", leg + "(900, 2, 7, 'issued', -5, -5, 1)"},
         {"journal_is_gapless"}},
        {"a false mirror",
         {entry + head + "'reversal', 'x', 1, 899, 0, 0, 1)",
          leg + "(900, 1, 7, 'available', 5, 5, 1)", leg + "(900, 2, 7, 'issued', -5, -5, 1)"},
         {"reversals_mirror"}},
        {"a lost transit",
         {entry + head + "'split_in', 'x', 1, 0, 55, 0, 1)",
          leg + "(900, 1, 7, 'available', 5, 5, 1)", leg + "(900, 2, 7, 'issued', -5, -5, 1)"},
         {"transits_arrive"}},
        {"a hold of nothing",
         {"INSERT INTO hold (id, allotment_id, area, county, cause_kind, cause_id, fen, order_id) "
          "VALUES (8, 7, 430400000000, 0, 'x', 1, 5, 1)"},
         {"holds_resolved_once"}},
        {"a hold that nobody made",
         {entry + head + "'disburse', 'x', 1, 0, 0, 44, 1)",
          leg + "(900, 1, 7, 'available', 5, 5, 1)", leg + "(900, 2, 7, 'issued', -5, -5, 1)"},
         {"holds_resolved_once"}},
        {"a child of nobody's money",
         {"INSERT INTO allotment (id, document_id, document_item, parent_id, transit_id, year, "
          "origin_year, programme, subject, source, mark, kind, issued_by, received_from, area, "
          "county, unit_id, initial_fen, usable_from, order_id) SELECT 901, 1, 1, id, 0, 2026, "
          "2026, 'p', 's', 'city', 'none', 'regular', '', '', area, 0, 0, 0, '', 1 FROM allotment",
          "INSERT INTO allotment_balance (allotment_id, area, county, available_fen, "
          "allocated_fen, frozen_fen, disbursed_fen, total_fen, version) VALUES "
          "(901, 430400000000, 0, 5, 0, 0, 0, 5, 0)"},
         {"balances_are_journal_sums", "totals_follow_documents", "parts_never_exceed_parent"}},
    };
    for (const auto& c : cases) {
        World w(GetParam());
        registered(w, root(100));
        EXPECT_TRUE(broken(w).empty());
        for (const auto& sql : c.sql) w.behind_the_back(sql);
        EXPECT_EQ(broken(w), c.broken) << c.what;
    }
}

TEST_P(InvariantsTest, the_journal_itself_cannot_be_edited) {
    World w(GetParam());
    const auto line = registered(w, root(100));
    EXPECT_EQ(verdict(w, deed(Deed::freeze, line, 1)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::add, line, 1)), "ok");
    EXPECT_EQ(verdict(w, CloseMonth{kCity, {2026, 10}}), "ok");
    for (const std::string table : {"allotment", "allotment_change", "journal_entry", "journal_leg",
                                    "hold", "closed_month"}) {
        EXPECT_ANY_THROW(w.behind_the_back("UPDATE " + table + " SET order_id = 1")) << table;
        EXPECT_ANY_THROW(w.behind_the_back("DELETE FROM " + table)) << table;
    }
}

}  // namespace
}  // namespace fenming::ledger

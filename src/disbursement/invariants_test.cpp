// Every invariant names the row that somebody with a database client changed.

#include "disbursement/drop.h"
#include "disbursement/sql.h"
#include "disbursement/town_for_test.h"
#include "test/support/said.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(DisbursementInvariants);

/// "name:table:key" of everything broken; each invariant says what it counted.
std::vector<std::string> broken(Town& town) {
    std::vector<std::string> all;
    auto tx = town.w.database().begin_read();
    for (const auto& each : invariants()) {
        tx->query(*each.broken, {store::Value::of(0)}, store::Fetch::whole, [&](store::Cursor& c) {
            fenming::test::expect_said(c.text(2));
            all.push_back(std::string(each.name) + ":" + std::string(c.text(0)) + ":" +
                          std::string(c.text(1)));
        });
        tx->query(*each.counted, {}, store::Fetch::whole,
                  [&](store::Cursor& c) { EXPECT_GT(c.integer(0), 0) << each.name; });
    }
    return all;
}

TEST_P(DisbursementInvariants, name_what_an_insider_changed) {
    const std::string of_batch = " WHERE id = (SELECT MAX(id) FROM batch)";
    const std::string of_line = " WHERE id = (SELECT MAX(id) FROM payment_line)";
    struct Case {
        const char* what;
        std::string sql;
        std::vector<std::string> broken;  // B: the batch, L: its last line
    };
    const Case cases[] = {
        {"nothing", "", {}},
        {"a total",
         "UPDATE batch SET total_fen = total_fen + 1" + of_batch,
         {"batch_lines_sum:batch:B"}},
        {"a count", "UPDATE batch SET line_count = 9" + of_batch, {"batch_lines_sum:batch:B"}},
        {"an amount approved",
         "UPDATE batch SET payable_fen = payable_fen - 1" + of_batch,
         {"batch_payable_sums:batch:B", "batch_funding_sums:batch:B"}},
        {"a line's amount",
         "UPDATE payment_line SET fen = fen + 1" + of_line,
         {"batch_lines_sum:batch:B", "batch_payable_sums:batch:B",
          "batch_lines_sum_to_entries:batch:B"}},
        {"a line taken out",
         "UPDATE payment_line SET from_fen = NULL" + of_line,
         {"batch_payable_sums:batch:B"}},
        {"a failed line that counts as paid",
         "UPDATE payment_line SET state = 'failed'" + of_line,
         {"batch_lines_sum_to_entries:batch:B", "line_state_follows_events:payment_line:L"}},
        {"a claim freed",
         "UPDATE claim SET live_line = 0 WHERE live_line = (SELECT MAX(id) FROM payment_line)",
         {"no_claim_paid_twice:payment_line:L"}},
        {"a claim of another cause",
         "UPDATE claim SET cause = 'x' WHERE live_line = (SELECT MAX(id) FROM payment_line)",
         {"no_claim_paid_twice:payment_line:L", "claims_are_their_lines:payment_line:L"}},
        {"a claim invented for another month",
         "INSERT INTO claim SELECT person_key, programme, '2027-01', kind, cause, '2027-01-01',"
         " '2027-01-31', live_line FROM claim"
         " WHERE live_line = (SELECT MAX(id) FROM payment_line)",
         {"claims_are_their_lines:payment_line:L"}},
    };
    for (const auto& c : cases) {
        Town town(GetParam());
        town.fund(Money::fen(100'000));
        const auto batch = town.import(2, 10'000).batch;
        town.pay(batch);
        const auto all = lines(town.w.road(), town.w.caller, batch, 0, "", 10);
        ASSERT_TRUE(all);
        if (!c.sql.empty()) town.w.behind_the_back(c.sql);
        auto expected = c.broken;
        for (auto& each : expected) {
            const bool is_batch = each.back() == 'B';
            each.pop_back();
            each += std::to_string(is_batch ? batch.number : all->back().id.number);
        }
        EXPECT_EQ(broken(town), expected) << c.what;
    }
}

TEST_P(DisbursementInvariants, a_dropped_line_and_a_line_that_is_none_are_looked_at_too) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.to_sent(batch);
    ASSERT_TRUE(
        import_answer(town.w.road(), town.w.as(kAnswer), town.answer(batch, {{1, "3018"}}), {}));
    const auto failed = lines(town.w.road(), town.w.caller, batch, 0, "failed", 1)->at(0).id;
    const Secret<std::string> why("已去世");
    town.give(kAnswer, DropLines{batch, {failed}, DropFor::died, why});
    EXPECT_EQ(broken(town), std::vector<std::string>{});
    const auto line = std::to_string(failed.number);
    town.w.behind_the_back("UPDATE claim SET live_line = 5 WHERE live_line = " + line);
    auto found = broken(town);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0], "no_claim_paid_twice:payment_line:" + line);
    EXPECT_TRUE(found[1].starts_with("claims_have_lines:claim:")) << found[1];
}

TEST_P(DisbursementInvariants, stop_the_order_that_would_break_them) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.w.behind_the_back("UPDATE batch SET total_fen = total_fen + 1");
    EXPECT_THROW(
        static_cast<void>(road::carry_out(town.w.road(), town.w.as(kMaker), CheckBatch{batch, 0})),
        Bug);
    EXPECT_EQ(town.state_of(batch), "draft");
}

TEST_P(DisbursementInvariants, what_was_recorded_cannot_be_edited) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    town.pay(town.import(2, 10'000).batch);
    for (const std::string table :
         {"line_event", "funding", "treasury_step", "bank_file", "bank_answer"}) {
        EXPECT_ANY_THROW(town.w.behind_the_back("UPDATE " + table + " SET order_id = 1")) << table;
        EXPECT_ANY_THROW(town.w.behind_the_back("DELETE FROM " + table)) << table;
    }
}

}  // namespace
}  // namespace fenming::disbursement

// A month of a county, from the roster to the closed correction batch, on both databases.

#include <algorithm>

#include "disbursement/answer.h"
#include "disbursement/bank.h"
#include "disbursement/correction.h"
#include "disbursement/invariants.h"
#include "disbursement/review.h"
#include "disbursement/roster.h"
#include "disbursement/town_for_test.h"
#include "disbursement/treasury.h"
#include "disbursement/view.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Journey);

TEST_P(Journey, a_month_from_roster_to_correction) {
    Town town(GetParam());
    auto& w = town.w;
    const auto allotment = town.fund(Money::fen(1'000'000));
    const auto report = town.import(5, 10'000);
    ASSERT_TRUE(report.errors.empty()) << report.errors.front().kind().code;
    ASSERT_FALSE(report.refusal) << report.refusal->kind().code;
    EXPECT_EQ(report.registered, 5);
    EXPECT_EQ(report.total, Money::fen(50'000));
    const auto batch = report.batch;

    const auto checked = town.give(kMaker, CheckBatch{batch, 0});
    EXPECT_EQ(checked.legal + checked.line + checked.warning, 0);
    town.give(kMaker, SubmitBatch{batch, 0});
    town.give(kReviewer, ReviewBatch{batch, 0, Verdict::pass, {}});
    town.give(kApprover, ApproveBatch{batch, 0, Verdict::pass, {}});
    EXPECT_EQ(town.buckets(allotment), "1000000 950000 0 50000 0");
    town.give(kFinance, PlanBatch{batch, {2026, 11}, ""});
    town.give(kFinance, RequestBatch{batch, "申2026-001"});
    town.give(kFinance, RegisterVoucher{batch, "凭2026-001", town.today(), Money::fen(50'000), {}});
    const auto file = town.give(kRelease, MakeBankFile{batch, "pipe"});
    EXPECT_EQ(file.lines, 5);
    EXPECT_EQ(file.total, Money::fen(50'000));
    const auto again = town.give(kRelease, MakeBankFile{batch, "pipe"});
    EXPECT_TRUE(again.made_before);
    EXPECT_EQ(again.sha256, file.sha256);

    // The bank pays four and fails one.
    const auto answer = town.answer(batch, {{5, "3055"}});
    const auto posted = import_answer(w.road(), w.as(kAnswer), answer, {});
    ASSERT_TRUE(posted) << posted.error().kind().code;
    EXPECT_EQ(posted->receipt.batch, batch);
    EXPECT_EQ(posted->receipt.counts[0], 4);
    EXPECT_EQ(posted->receipt.counts[1], 1);
    EXPECT_EQ(posted->receipt.state, "answered");
    EXPECT_EQ(town.buckets(allotment), "1000000 960000 0 0 40000");
    const auto twice = import_answer(w.road(), w.as(kAnswer), answer, {});
    ASSERT_TRUE(twice);
    EXPECT_FALSE(twice->receipt.answer);
    EXPECT_EQ(town.buckets(allotment), "1000000 960000 0 0 40000");

    // The failed line is paid again only when somebody confirmed it (S6).
    EXPECT_EQ(town.refused(kMaker, MakeCorrection{batch}), "disbursement.not_confirmed");
    EXPECT_EQ(town.refused(kFinance, ConfirmReissue{batch, Basis::statement, Money::fen(1),
                                                    Secret<std::string>("对账单")}),
              "disbursement.debit_differs");
    town.give(kFinance, ConfirmReissue{batch, Basis::statement, Money::fen(40'000),
                                       Secret<std::string>("对账单")});
    const auto correction = town.give(kMaker, MakeCorrection{batch});
    EXPECT_EQ(correction.lines, 1);
    EXPECT_EQ(town.refused(kMaker, MakeCorrection{batch}), "disbursement.nothing_to_correct");
    town.give(kRelease, CloseBatch{batch});
    town.pay(correction.batch);
    EXPECT_EQ(town.buckets(allotment), "1000000 950000 0 0 50000");
    town.expect_whole();
}

TEST_P(Journey, the_same_people_are_not_paid_twice_for_a_month) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    const auto first = town.import(3, 10'000);
    town.pay(first.batch);
    // Another file for the same month: one line more, and the three of before.
    const auto second = town.import(4, 10'000);
    const auto checked = town.give(kMaker, CheckBatch{second.batch, 0});
    EXPECT_EQ(checked.legal, 3);
    EXPECT_EQ(town.refused(kMaker, SubmitBatch{second.batch, 0}), "disbursement.legal_stops");
    town.give(kMaker, SetAside{second.batch, {}, town.today()});
    town.pay(second.batch);
    EXPECT_EQ(town.state_of(second.batch), "closed");
    town.expect_whole();
}

TEST_P(Journey, nobody_does_two_duties) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    const auto batch = town.import(2, 10'000).batch;
    town.give(kMaker, CheckBatch{batch, 0});
    town.give(kMaker, SubmitBatch{batch, 0});
    EXPECT_EQ(town.refused(kMaker, ReviewBatch{batch, 0, Verdict::pass, {}}),
              "workflow.same_person");
    town.give(kReviewer, ReviewBatch{batch, 0, Verdict::pass, {}});
    EXPECT_EQ(town.refused(kMaker, ApproveBatch{batch, 0, Verdict::pass, {}}),
              "workflow.same_person");
    EXPECT_EQ(town.refused(kReviewer, ApproveBatch{batch, 0, Verdict::pass, {}}),
              "workflow.same_person");
    town.give(kApprover, ApproveBatch{batch, 0, Verdict::pass, {}});
    town.to_voucher(batch);
    for (const auto staff : {kMaker, kReviewer, kApprover})
        EXPECT_EQ(town.refused(staff, MakeBankFile{batch, "pipe"}), "workflow.same_person")
            << staff;
    town.give(kRelease, MakeBankFile{batch, "pipe"});
    EXPECT_EQ(import_answer(town.w.road(), town.w.as(kApprover), town.answer(batch, {}), {})
                  .error()
                  .kind()
                  .code,
              "workflow.same_person");
    town.expect_whole();
}

TEST_P(Journey, not_enough_money_refuses_the_whole_with_both_numbers) {
    Town town(GetParam());
    town.fund(Money::fen(15'000));
    const auto batch = town.import(2, 10'000).batch;
    const auto checked = town.give(kMaker, CheckBatch{batch, 0});
    EXPECT_EQ(checked.legal, 1);
    EXPECT_EQ(town.refused(kMaker, SubmitBatch{batch, 0}), "disbursement.legal_stops");
    const auto found = findings(town.w.road(), town.w.caller, batch, {}, 10);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->front().code, "no_money");
    EXPECT_EQ(found->front().left, Money::fen(15'000));
    EXPECT_EQ(found->front().asked, Money::fen(20'000));
    town.fund(Money::fen(5'000));
    town.give(kMaker, CheckBatch{batch, 0});
    town.pay(batch);
    town.expect_whole();
}

TEST_P(Journey, several_allotments_fund_a_batch_and_failed_lines_restore_exactly_theirs) {
    Town town(GetParam());
    const auto first = town.fund(Money::fen(25'000));
    const auto second = town.fund(Money::fen(25'000));
    const auto batch = town.import(5, 10'000).batch;
    town.to_sent(batch);
    EXPECT_EQ(town.buckets(first), "25000 0 0 25000 0");
    EXPECT_EQ(town.buckets(second), "25000 0 0 25000 0");
    // The third line lies across both.
    ASSERT_TRUE(
        import_answer(town.w.road(), town.w.as(kAnswer), town.answer(batch, {{3, "3018"}}), {}));
    EXPECT_EQ(town.buckets(first), "25000 5000 0 0 20000");
    EXPECT_EQ(town.buckets(second), "25000 5000 0 0 20000");
    town.expect_whole();
}

TEST_P(Journey, the_treasury_sends_back_and_everything_is_free_again) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.approve(batch);
    town.give(kFinance, PlanBatch{batch, {2026, 11}, ""});
    town.give(kFinance, RequestBatch{batch, "申1"});
    EXPECT_EQ(
        town.refused(kFinance, RegisterVoucher{batch, "凭1", town.today(), Money::fen(19'999), {}}),
        "disbursement.voucher_mismatch");
    town.give(kFinance, TreasurySentBack{batch, "退1", town.today(), SentBackFor::amount_differs});
    EXPECT_EQ(town.state_of(batch), "draft");
    EXPECT_EQ(town.buckets(allotment), "100000 100000 0 0 0");
    town.pay(batch);
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 0 20000");
    town.expect_whole();
}

TEST_P(Journey, an_account_changed_after_approval_stops_the_bank_file) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.approve(batch);
    town.to_voucher(batch);
    town.w.behind_the_back(
        "UPDATE payee_account SET account_index = holder_index WHERE id = (SELECT MIN(id) FROM "
        "payee_account)");
    EXPECT_EQ(town.refused(kRelease, MakeBankFile{batch, "pipe"}),
              "disbursement.changed_after_approval");
    // As the sentence says: sent back, even after the voucher, checked and approved anew.
    town.give(kFinance, TreasurySentBack{batch, "退1", town.today(), SentBackFor::account_wrong});
    EXPECT_EQ(town.state_of(batch), "draft");
    EXPECT_EQ(town.buckets(allotment), "100000 100000 0 0 0");
    town.to_sent(batch);
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 20000 0");
}

TEST_P(Journey, vouchers_may_come_in_parts) {
    Town town(GetParam());
    const auto first = town.fund(Money::fen(15'000));
    const auto second = town.fund(Money::fen(15'000));
    const auto batch = town.import(2, 10'000).batch;
    town.approve(batch);
    town.give(kFinance, PlanBatch{batch, {2026, 11}, ""});
    town.give(kFinance, RequestBatch{batch, "申1"});
    const auto voucher = [&](AllotmentId allotment, std::int64_t fen) {
        return RegisterVoucher{batch, "凭1", town.today(), Money::fen(fen), allotment};
    };
    town.give(kFinance, voucher(first, 10'000));
    town.give(kFinance, voucher(second, 5'000));
    EXPECT_EQ(town.state_of(batch), "requested");
    EXPECT_EQ(town.try_it(kRelease, MakeBankFile{batch, "pipe"}), "wrong_state");
    EXPECT_EQ(town.try_it(kFinance, voucher(first, 5'001)), "voucher_mismatch");
    town.give(kFinance, voucher(first, 5'000));
    EXPECT_EQ(town.state_of(batch), "vouchered");
    town.give(kRelease, MakeBankFile{batch, "pipe"});
    town.expect_whole();
}

TEST_P(Journey, the_card_system_needs_no_treasury_step) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    policy::RegisterDocument document;
    document.area = kCity;
    document.number = "云财社〔2026〕1号";
    document.title = "一卡通发放办法";
    document.issuer = "云川市财政局";
    document.issued_on = *parse_date("2026-01-01");
    policy::SetParameter mode;
    mode.area = kCounty;
    mode.name = "disbursement.mode";
    mode.value = "card";
    mode.valid_from = *parse_date("2026-01-01");
    mode.document = town.give(kMaker, document).document;
    town.give(kMaker, mode);
    const auto batch = town.import(2, 10'000).batch;
    EXPECT_EQ(town.show(batch).batch.mode, "card");
    town.approve(batch);
    EXPECT_EQ(town.try_it(kFinance, PlanBatch{batch, {2026, 11}, ""}), "no_treasury_step");
    town.give(kRelease, MakeBankFile{batch, "pipe"});
    ASSERT_TRUE(import_answer(town.w.road(), town.w.as(kAnswer), town.answer(batch, {}), {}));
    town.give(kRelease, CloseBatch{batch});
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 0 20000");
    town.expect_whole();
}

TEST_P(Journey, every_kind_of_odd_row_is_an_exception_and_the_rest_goes_on) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(5, 10'000).batch;
    town.to_sent(batch);
    auto rows = town.rows(batch);
    // paid · amount differs · another name · twice · unclear · one that is nobody's
    auto text = town.line(1, rows[0], "100.00", "0000") + town.line(2, rows[1], "99.00", "0000");
    auto other = rows[2];
    other.name = "李四";
    text += town.line(3, other, "100.00", "0000") + town.line(4, rows[3], "100.00", "3028") +
            town.line(5, rows[0], "100.00", "0000");
    auto nobody = rows[4];
    nobody.reference = "UNKNOWN";
    text += town.line(6, nobody, "100.00", "0000") + "not a line at all\r\n";
    const auto posted = import_answer(town.w.road(), town.w.as(kAnswer), town.closed(text), {});
    ASSERT_TRUE(posted) << posted.error().kind().code;
    const auto count = [&](Outcome outcome) {
        return posted->receipt.counts[static_cast<std::size_t>(outcome)];
    };
    EXPECT_EQ(count(Outcome::paid), 1);
    EXPECT_EQ(count(Outcome::mismatch), 1);
    EXPECT_EQ(count(Outcome::name_mismatch), 1);
    EXPECT_EQ(count(Outcome::duplicate), 1);
    EXPECT_EQ(count(Outcome::pending), 1);
    EXPECT_EQ(count(Outcome::unmatched), 1);
    EXPECT_EQ(count(Outcome::unreported), 3);
    EXPECT_EQ(posted->errors.size(), 1U);
    EXPECT_EQ(posted->receipt.state, "sent");
    const auto open = exceptions(town.w.road(), town.w.caller, batch, {}, 10);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->size(), 4U);
    town.expect_whole();
}

TEST_P(Journey, a_line_whose_answers_contradict_is_never_paid_again_unsettled) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.to_sent(batch);
    const auto post = [&](const std::string& text) {
        const auto posted = import_answer(town.w.road(), town.w.as(kAnswer), town.closed(text), {});
        ASSERT_TRUE(posted) << posted.error().kind().code;
    };
    const auto rows = town.rows(batch);
    post(town.line(1, rows[0], "100.00", "3055") + town.line(2, rows[1], "100.00", "0000"));
    town.give(kFinance, ConfirmReissue{batch, Basis::statement, Money::fen(10'000),
                                       Secret<std::string>("对账单")});
    const auto correction = town.give(kMaker, MakeCorrection{batch}).batch;
    // Now the bank says that it paid the first line after all.
    post(town.line(1, rows[0], "100.00", "0000") + town.line(2, rows[1], "100.00", "0000"));
    EXPECT_EQ(town.give(kMaker, CheckBatch{correction, 0}).legal, 1);
    EXPECT_EQ(town.refused(kMaker, SubmitBatch{correction, 0}), "disbursement.legal_stops");
    town.give(kMaker, CancelBatch{correction});
    EXPECT_EQ(town.refused(kMaker, MakeCorrection{batch}), "disbursement.nothing_to_correct");
    EXPECT_EQ(town.refused(kFinance, CloseBatch{batch}), "disbursement.still_open");
    // Settled in writing: the bank had not paid. Then the line may go again, and only then.
    const auto open = exceptions(town.w.road(), town.w.caller, batch, {}, 10);
    ASSERT_TRUE(open);
    ASSERT_EQ(open->size(), 1U);
    town.give(kFinance, SettleException{open->front().id, Settlement::bank_corrects});
    town.pay(town.give(kMaker, MakeCorrection{batch}).batch);
    town.give(kRelease, CloseBatch{batch});
    town.expect_whole();
}

TEST_P(Journey, money_that_comes_back_late_is_restored_and_may_be_paid_again) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.pay(batch);
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 0 20000");
    const auto rows = town.rows(batch);
    const auto late = import_answer(town.w.road(), town.w.as(kAnswer),
                                    town.closed(town.line(1, rows[0], "100.00", "3056")), {});
    ASSERT_TRUE(late) << late.error().kind().code;
    EXPECT_EQ(late->receipt.counts[static_cast<std::size_t>(Outcome::returned_late)], 1);
    EXPECT_EQ(town.buckets(allotment), "100000 90000 0 0 10000");
    town.expect_whole();
}

}  // namespace
}  // namespace fenming::disbursement

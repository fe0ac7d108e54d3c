// Ends of lines and files that are no payment: dropped for good, a file that the bank sent back
// whole, an account that the bank refused. On both databases.

#include <algorithm>

#include "disbursement/drop.h"
#include "disbursement/sql.h"
#include "disbursement/town_for_test.h"
#include "workflow/delegation.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Ends);

const Secret<std::string> kWhy("已电话核实");

/// "line id: state, code of the set-aside row: its state" of a batch, in order.
std::vector<std::string> asides(Town& town, BatchId batch) {
    std::vector<std::string> all;
    const auto page = set_asides(town.w.road(), town.w.caller, batch, {}, 100);
    EXPECT_TRUE(page);
    for (const auto& each : *page) all.push_back(each.code + " " + each.state);
    return all;
}
LineId nth(Town& town, BatchId batch, std::size_t n) {
    return lines(town.w.road(), town.w.caller, batch, 0, "", 100)->at(n - 1).id;
}

TEST_P(Ends, a_line_is_dropped_by_a_second_person_and_the_batch_closes) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(4, 10'000).batch;
    town.give(kMaker, CheckBatch{batch, 0});
    const auto aside = nth(town, batch, 1);
    town.give(kMaker, SetAside{batch, {aside}, town.today()});
    const auto drop = [&](std::vector<LineId> which, const Secret<std::string>& reason) {
        return DropLines{batch, std::move(which), DropFor::died, reason};
    };
    town.to_sent(batch);
    EXPECT_EQ(town.try_it(kAnswer, drop({nth(town, batch, 2)}, kWhy)), "not_waiting");  // sent
    ASSERT_TRUE(
        import_answer(town.w.road(), town.w.as(kAnswer), town.answer(batch, {{1, "3018"}}), {}));
    const auto failed = nth(town, batch, 2);
    EXPECT_EQ(town.try_it(kAnswer, drop({aside}, Secret<std::string>(" "))), "reason_missing");
    EXPECT_EQ(town.try_it(kAnswer, drop({}, kWhy)), "line_not_found");
    EXPECT_EQ(town.try_it(kAnswer, drop(std::vector<LineId>(1'001, aside), kWhy)),
              "too_many_lines");
    EXPECT_EQ(town.try_it(kMaker, drop({aside}, kWhy)), "same_person");
    EXPECT_EQ(town.try_it(kAnswer, drop({aside, nth(town, batch, 3)}, kWhy)),
              "not_waiting");  // paid
    EXPECT_EQ(town.try_it(kRelease, CloseBatch{batch}), "still_open");
    town.give(kFinance, drop({aside, failed, aside}, kWhy));  // a line named twice is one line
    EXPECT_EQ(town.try_it(kFinance, drop({aside}, kWhy)), "not_waiting");
    EXPECT_EQ(asides(town, batch), std::vector<std::string>{"by_hand dropped"});
    EXPECT_EQ(town.try_it(kMaker, MakeCorrection{batch}), "nothing_to_correct");
    town.give(kRelease, CloseBatch{batch});
    EXPECT_EQ(town.try_it(kFinance, drop({aside}, kWhy)), "wrong_state");
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 0 20000");
    town.expect_whole();
}

TEST_P(Ends, a_cancelled_batch_leaves_nothing_to_follow_up) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(3, 10'000).batch;
    town.give(kMaker, CheckBatch{batch, 0});
    town.give(kMaker, SetAside{batch, {nth(town, batch, 1)}, town.today()});
    town.to_sent(batch);
    const auto follow = town.give(kMaker, MakeCorrection{batch}).batch;
    EXPECT_EQ(asides(town, batch), std::vector<std::string>{"by_hand taken_over"});
    town.give(kMaker, CheckBatch{follow, 0});
    town.give(kMaker, SetAside{follow, {nth(town, follow, 1)}, town.today()});
    town.give(kMaker, CancelBatch{follow});
    EXPECT_EQ(asides(town, follow), std::vector<std::string>{"by_hand cancelled"});
    EXPECT_EQ(asides(town, batch), std::vector<std::string>{"by_hand open"});  // waits again
    EXPECT_EQ(town.give(kMaker, MakeCorrection{batch}).lines, 1);
    town.expect_whole();
}

TEST_P(Ends, an_approval_is_taken_back_until_something_followed) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    const WithdrawApproval withdraw{batch, WithdrawnFor::lines_wrong};
    EXPECT_EQ(town.try_it(kApprover, withdraw), "wrong_state");
    town.approve(batch);
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 20000 0");
    const auto back = town.give(kApprover, withdraw);
    EXPECT_EQ(back.state, "draft");
    EXPECT_EQ(town.buckets(allotment), "100000 100000 0 0 0");
    // The claims are free: the batch takes them again.
    town.approve(batch);
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 20000 0");
    town.give(kFinance, PlanBatch{batch, {2026, 11}, ""});
    EXPECT_EQ(town.try_it(kApprover, withdraw), "wrong_state");
    town.expect_whole();
}

TEST_P(Ends, a_deputy_acts_for_another_and_counts_as_both) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.give(kMaker, CheckBatch{batch, 0});
    const StaffId absent{kApprover};
    town.give(kMaker, SubmitBatch{batch, 0});
    const ReviewBatch as_deputy{batch, 0, Verdict::pass, {}, absent};
    EXPECT_EQ(town.try_it(kReviewer, as_deputy), "workflow.no_delegation");
    const auto deputy = [&](std::int64_t from, std::int64_t to) {
        return workflow::Delegate{kTownArea,    {from},       {to},
                                  town.today(), town.today(), workflow::Absence::leave};
    };
    town.give(kFinance, deputy(kApprover, kReviewer));
    town.give(kReviewer, as_deputy);
    // Whom he stood in for may not approve what was reviewed in his name (P13, S7).
    EXPECT_EQ(town.try_it(kApprover, ApproveBatch{batch, 0, Verdict::pass, {}}),
              "workflow.same_person");
    // Nor may somebody who stands in for the maker.
    town.give(kFinance, deputy(kMaker, kRelease));
    EXPECT_EQ(town.try_it(kRelease, ApproveBatch{batch, 0, Verdict::pass, {}, {}, StaffId{kMaker}}),
              "workflow.same_person");
    town.give(kRelease, ApproveBatch{batch, 0, Verdict::pass, {}});
    town.expect_whole();
}

TEST_P(Ends, a_file_that_the_bank_sent_back_is_made_again_once) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    const auto reject = [&](const std::string& number, Date day) {
        return RegisterFileRejection{batch, number, day, Secret<std::string>("文件被整份退回")};
    };
    town.approve(batch);
    EXPECT_EQ(town.try_it(kAnswer, reject("退1", town.today())), "wrong_state");
    town.to_voucher(batch);
    EXPECT_EQ(town.try_it(kRelease, MakeBankFile{batch, "pipe", Money::fen(1)}), "other_total");
    const auto first =
        town.give(kRelease, MakeBankFile{batch, "pipe", town.show(batch).batch.payable_fen});
    EXPECT_EQ(town.try_it(kRelease, MakeBankFile{batch, "pipe", Money::fen(1)}), "other_total");
    const auto sent = town.rows(batch);
    EXPECT_EQ(town.try_it(kRelease, reject("退1", town.today())), "same_person");
    EXPECT_EQ(town.try_it(kAnswer, reject(" ", town.today())), "document_number");
    EXPECT_EQ(town.try_it(kAnswer, reject("退1", add_days(town.today(), 1))), "day_in_future");
    EXPECT_EQ(town.give(kAnswer, reject("退1", town.today())).state, "vouchered");
    EXPECT_EQ(verdict(bank_file_bytes(town.w.road(), town.w.as(kRelease), batch)), "file_not_made");
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 20000 0");  // still frozen

    // The second file pays the same lines under the same names, and is a file of its own.
    const auto second = town.give(kRelease, MakeBankFile{batch, "csv"});
    EXPECT_FALSE(second.made_before);
    EXPECT_NE(second.name, first.name);
    EXPECT_NE(second.bank_file, first.bank_file);
    const auto layout = *sheet::built_in_layout("csv");
    std::vector<std::string> references;
    const auto bytes = bank_file_bytes(town.w.road(), town.w.as(kRelease), batch);
    ASSERT_TRUE(bytes);
    sheet::MemoryInput input(text_of(bytes->bytes));
    ASSERT_TRUE(sheet::read_bank_file(
        layout, sheet::Direction::send, input,
        [&](sheet::BankLine&& line) { references.push_back(line.reference); }));
    EXPECT_EQ(references, (std::vector<std::string>{sent[0].reference, sent[1].reference}));

    const auto text =
        town.line(1, sent[0], "100.00", "0000") + town.line(2, sent[1], "100.00", "3055");
    const auto posted = import_answer(town.w.road(), town.w.as(kFinance), town.closed(text), {});
    ASSERT_TRUE(posted) << posted.error().kind().code;
    EXPECT_EQ(posted->receipt.counts, (std::vector<std::int64_t>{1, 1, 0, 0, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(town.try_it(kAnswer, reject("退2", town.today())), "wrong_state");  // answered
    EXPECT_EQ(town.buckets(allotment), "100000 90000 0 0 10000");
    town.expect_whole();
}

TEST_P(Ends, a_file_with_an_answer_is_not_rejected_as_a_whole) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.to_sent(batch);
    const auto rows = town.rows(batch);
    ASSERT_TRUE(import_answer(town.w.road(), town.w.as(kAnswer),
                              town.closed(town.line(1, rows[0], "100.00", "0000")), {}));
    EXPECT_EQ(town.try_it(kFinance, RegisterFileRejection{batch, "退1", town.today(), kWhy}),
              "answered_already");
    town.expect_whole();
}

TEST_P(Ends, an_account_that_the_bank_refused_is_not_paid_again_without_a_word) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(3, 10'000).batch;
    town.to_sent(batch);
    // closed · over a day's limit · holder differs
    ASSERT_TRUE(town.answer_by_two(town.answer(batch, {{1, "3018"}, {2, "3055"}, {3, "3031"}})));
    town.give(kFinance,
              ConfirmReissue{batch, Basis::statement, Money(), Secret<std::string>("对账单")});
    const auto correction = town.give(kMaker, MakeCorrection{batch}).batch;
    EXPECT_EQ(town.give(kMaker, CheckBatch{correction, 0}).warning, 2);
    const auto found = findings(town.w.road(), town.w.caller, correction, {}, 10);
    ASSERT_TRUE(found);
    std::vector<std::string> codes;
    for (const auto& each : *found)
        codes.push_back(std::to_string(each.ordinal) + " " + each.code + " " + each.severity);
    EXPECT_EQ(codes,
              (std::vector<std::string>{"1 account_refused warning", "3 account_refused warning"}));
    EXPECT_EQ(town.try_it(kMaker, SubmitBatch{correction, 0}), "warnings_open");
    for (const auto& each : *found)
        town.give(kAnswer, OverrideWarning{correction, each.line, Check::account_refused,
                                           Secret<std::string>("银行说明账户已恢复")});
    town.give(kMaker, SubmitBatch{correction, 0});
    town.expect_whole();
}

TEST_P(Ends, a_confirmation_holds_for_what_had_failed_before_it) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(3, 10'000).batch;
    town.to_sent(batch);
    const auto rows = town.rows(batch);
    const ConfirmReissue confirm{batch, Basis::bank_letter, {}, kWhy};
    const auto post = [&](const std::string& text) {
        return verdict(import_answer(town.w.road(), town.w.as(kAnswer), town.closed(text), {}));
    };
    EXPECT_EQ(town.try_it(kFinance, confirm), "nothing_to_correct");
    EXPECT_EQ(
        post(town.line(1, rows[0], "100.00", "3055") + town.line(2, rows[1], "100.00", "0000")),
        "ok");
    town.give(kFinance, confirm);
    // Failed after the letter; with it, two of three have failed.
    EXPECT_TRUE(town.answer_by_two(town.closed(town.line(3, rows[2], "100.00", "3055"))));
    EXPECT_EQ(town.try_it(kMaker, MakeCorrection{batch}), "not_confirmed");
    town.give(kFinance, confirm);
    EXPECT_EQ(town.give(kMaker, MakeCorrection{batch}).lines, 2);
    town.expect_whole();
}

TEST_P(Ends, an_answer_to_another_batch_is_not_taken_for_this_one) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.to_sent(batch);
    auto options = town.options();
    options.period = *parse_period("2026-10");
    const auto other = town.import(town.roster(2, 10'000), options).batch;
    town.to_sent(other);
    AnswerOptions wrong;
    wrong.batch = batch;
    const auto text = town.answer(other, {});
    EXPECT_EQ(verdict(import_answer(town.w.road(), town.w.as(kAnswer), text, wrong)),
              "answer_of_no_batch");
    const auto open = exceptions(town.w.road(), town.w.caller, batch, {}, 10);
    ASSERT_TRUE(open);
    EXPECT_TRUE(open->empty());
    town.expect_whole();
}

TEST_P(Ends, what_was_done_is_shown_and_what_is_taken_up_is_offered_no_more) {
    Town town(GetParam());
    town.fund(Money::fen(100'000));
    const auto batch = town.import(4, 10'000).batch;
    town.to_sent(batch);
    ASSERT_TRUE(town.answer_by_two(town.answer(batch, {{1, "3055"}, {2, "3055"}})));
    const auto offers = [&](const char* verb) {
        const auto legal = town.show(batch).legal;
        return std::ranges::find(legal, verb) != legal.end();
    };
    EXPECT_TRUE(offers("confirm") && offers("correct") && offers("drop"));
    town.give(kAnswer, DropLines{batch, {nth(town, batch, 1)}, DropFor::died, kWhy});
    town.give(kFinance, ConfirmReissue{batch, Basis::bank_letter, {}, kWhy});
    town.give(kMaker, MakeCorrection{batch});
    EXPECT_FALSE(offers("confirm") || offers("correct") || offers("drop"));
    EXPECT_TRUE(offers("close"));
    std::string orders;
    for (const auto& each : town.show(batch).history) orders += each.order + " ";
    for (const auto* order : {"post_answer", "drop_lines", "confirm_reissue"})
        EXPECT_NE(orders.find(std::string("disbursement.") + order), std::string::npos) << orders;
    town.expect_whole();
}

}  // namespace
}  // namespace fenming::disbursement

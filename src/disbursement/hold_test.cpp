// An answer in which too much failed waits for a second person (S6, torture C10).

#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Hold);

/// "failed review held state": how many of the answer, and where the batch is.
std::string told(const Result<AnswerReport>& posted) {
    if (!posted) return verdict(posted);
    const auto count = [&](Outcome outcome) {
        return std::to_string(posted->receipt.counts[static_cast<std::size_t>(outcome)]);
    };
    return count(Outcome::failed) + " " + count(Outcome::review) + " " +
           std::to_string(posted->receipt.held.value_or(0)) + " " + posted->receipt.state +
           (posted->errors.empty() ? "" : " " + std::string(posted->errors[0].kind().code));
}

TEST_P(Hold, at_the_limit_failures_are_booked_and_above_it_they_wait) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(1'000'000));
    const auto batch = town.import(40, 10'000).batch;
    town.to_sent(batch);
    const auto rows = town.rows(batch);
    const auto post = [&](std::int64_t who, const std::string& text, bool accept = false) {
        AnswerOptions options;
        options.accept_failures = accept;
        return import_answer(town.w.road(), town.w.as(who), town.closed(text), options);
    };
    const auto line = [&](std::size_t number, const char* code) {
        return town.line(static_cast<int>(number), rows[number - 1], "100.00", code);
    };
    EXPECT_EQ(told(post(kAnswer, line(1, "3018") + line(2, "3018"))), "2 0 0 sent");  // 5.00 %
    EXPECT_EQ(town.buckets(allotment), "1000000 620000 0 380000 0");
    // A third alone is above the limit: nothing is gained by bringing an answer in pieces.
    std::string rest;
    for (std::size_t number = 4; number <= 40; ++number) rest += line(number, "0000");
    const auto third = line(3, "3018") + rest;
    EXPECT_EQ(told(post(kAnswer, third)), "0 1 1 sent disbursement.failures_held");
    EXPECT_EQ(town.buckets(allotment), "1000000 620000 0 10000 370000");
    EXPECT_EQ(town.try_it(kRelease, CloseBatch{batch}), "wrong_state");

    // Again: nothing changes, and what waits is said again.
    EXPECT_EQ(told(post(kAnswer, third)), "0 0 1 sent disbursement.failures_held");
    EXPECT_EQ(verdict(post(kAnswer, third, true)), "same_person");
    EXPECT_EQ(verdict(post(kSecondAnswer, line(3, "3018"), true)), "not_brought");
    EXPECT_EQ(town.buckets(allotment), "1000000 620000 0 10000 370000");
    EXPECT_EQ(told(post(kSecondAnswer, third, true)), "1 0 0 answered");
    EXPECT_EQ(town.buckets(allotment), "1000000 630000 0 0 370000");
    EXPECT_FALSE(post(kSecondAnswer, third, true)->receipt.answer);  // once
    EXPECT_EQ(told(post(kAnswer, third)), "0 0 0 answered");
    town.expect_whole();
}

TEST_P(Hold, money_that_comes_back_in_numbers_waits_as_well) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(3, 10'000).batch;
    town.pay(batch);
    const auto rows = town.rows(batch);
    const auto text = town.closed(town.line(1, rows[0], "100.00", "3056") +
                                  town.line(2, rows[1], "100.00", "3056"));
    EXPECT_EQ(told(import_answer(town.w.road(), town.w.as(kAnswer), text, {})),
              "0 2 2 sent disbursement.failures_held");
    EXPECT_EQ(town.buckets(allotment), "100000 70000 0 0 30000");
    AnswerOptions accept;
    accept.accept_failures = true;
    const auto booked = import_answer(town.w.road(), town.w.as(kSecondAnswer), text, accept);
    ASSERT_TRUE(booked);
    EXPECT_EQ(booked->receipt.counts[static_cast<std::size_t>(Outcome::returned_late)], 2);
    EXPECT_EQ(town.buckets(allotment), "100000 90000 0 0 10000");
    town.expect_whole();
}

TEST_P(Hold, a_closing_line_that_counts_other_payments_refuses_the_whole) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(3, 10'000).batch;
    town.to_sent(batch);
    const auto sent = town.rows(batch);
    const auto text = town.line(1, sent[0], "100.00", "0000") +
                      town.line(2, sent[1], "100.00", "0000") +
                      town.line(3, sent[2], "100.00", "3055");
    // A payment that somebody wrote into a failure still stands in the bank's own sum (S6).
    struct Case {
        const char* closing;
        const char* verdict;
    };
    for (const auto& c :
         {Case{"T|3|300.00|3|300.00\r\n", "paid_differs"},
          Case{"T|3|300.00|2|300.00\r\n", "paid_differs"}, Case{"T|3|300.00|2|200.00\r\n", "ok"}})
        EXPECT_EQ(verdict(import_answer(town.w.road(), town.w.as(kAnswer), text + c.closing, {})),
                  c.verdict)
            << c.closing;
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 0 20000");
    const auto page = lines(town.w.road(), town.w.caller, batch, 0, "failed", 9);
    ASSERT_EQ(page->size(), 1U);
    EXPECT_EQ(page->front().bank_code, "3055");
    EXPECT_EQ(page->front().sent_as, sent[2].reference);
    town.expect_whole();
}

TEST_P(Hold, what_waits_is_not_believed_against_a_later_answer) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(3, 10'000).batch;
    town.to_sent(batch);
    const auto rows = town.rows(batch);
    const auto line = [&](std::size_t number, const char* code) {
        return town.line(static_cast<int>(number), rows[number - 1], "100.00", code);
    };
    const auto post = [&](std::int64_t who, const std::string& text, bool accept = false) {
        AnswerOptions options;
        options.accept_failures = accept;
        return import_answer(town.w.road(), town.w.as(who), town.closed(text), options);
    };
    const auto early = line(1, "3018") + line(2, "3018") + line(3, "0000");
    EXPECT_EQ(told(post(kAnswer, early)), "0 2 2 sent disbursement.failures_held");
    // The bank paid the first line after all, and says so before anybody accepts its first word.
    EXPECT_EQ(told(post(kAnswer, line(1, "0000"))), "0 0 0 sent");
    EXPECT_EQ(town.buckets(allotment), "100000 70000 0 10000 20000");
    // Accepted then, it brings nothing back: the first line stays paid, and somebody has to look.
    EXPECT_EQ(told(post(kSecondAnswer, early, true)), "1 1 0 answered");
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 0 20000");
    const auto open = exceptions(town.w.road(), town.w.caller, batch, {}, 10);
    ASSERT_TRUE(open && open->size() == 1);
    EXPECT_EQ(open->front().kind, "review");
    EXPECT_EQ(open->front().code, "3018");
    town.expect_whole();
}

/// The bank paid on the year's last day, and its answer is read in the new year (P5, P23).
TEST_P(Hold, an_answer_of_the_old_year_is_booked_in_it) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(100'000));
    const auto batch = town.import(2, 10'000).batch;
    town.to_sent(batch);
    town.w.clock.set(*parse_instant("2027-01-04T09:00:00+08:00"));
    const auto text = town.answer(batch, {{2, "3018"}});
    const auto post = [&](const char* day) {
        AnswerOptions options;
        options.day = *parse_date(day);
        return import_answer(town.w.road(), town.w.as(kAnswer), text, options);
    };
    EXPECT_EQ(verdict(post("2027-01-02")), "ledger.wrong_year");
    EXPECT_EQ(town.buckets(allotment), "100000 80000 0 20000 0");
    EXPECT_EQ(told(post("2026-12-31")), "1 0 0 answered");
    EXPECT_EQ(town.buckets(allotment), "100000 90000 0 0 10000");
    town.expect_whole();
}

}  // namespace
}  // namespace fenming::disbursement

// The pure rules of plan, request, voucher, answer and correction, by tables.

#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

Money fen(std::int64_t n) {
    return Money::fen(n);
}
const Date kToday = *parse_date("2026-11-24");
const Date kTomorrow = *parse_date("2026-11-25");
const std::string kLong(41, 'x');

/// A batch of 1,000 fen from two allotments: 600 of the first, 400 of the second.
AtTreasury at(const char* state) {
    AtTreasury dossier;
    dossier.batch.id = {7};
    dossier.batch.state = state;
    dossier.batch.mode = "treasury";
    dossier.batch.payable_fen = fen(1000);
    dossier.funding = {{AllotmentId{1}, fen(0), fen(600), ledger::HoldId{11}, 1},
                       {AllotmentId{2}, fen(600), fen(400), ledger::HoldId{12}, 1}};
    dossier.month = {2026, 11};
    dossier.today = kToday;
    return dossier;
}
/// "state step:allotment:fen …"
std::string said(const Result<TreasuryMove>& move) {
    if (!move) return code_of(move.error());
    std::string text(name_of(move->to));
    for (const auto& step : move->steps)
        text += " " + step.step + ":" + std::to_string(step.allotment.number) + ":" +
                std::to_string(step.fen.in_fen());
    return text;
}

TEST(Treasury, plans_for_every_allotment) {
    // clang-format off
    struct Case { const char* state; const char* mode; std::string number; const char* said; };
    const Case cases[] = {
        {"approved", "treasury", "划1",  "planned plan:1:600 plan:2:400"},
        {"approved", "unit",     "",     "planned plan:1:600 plan:2:400"},  // the number may come later
        {"approved", "card",     "",     "no_treasury_step"},
        {"approved", "treasury", kLong,  "document_number"},
        {"planned",  "treasury", "",     "wrong_state"},
        {"reviewed", "treasury", "",     "wrong_state"},
    };
    // clang-format on
    for (const auto& c : cases) {
        auto dossier = at(c.state);
        dossier.batch.mode = c.mode;
        EXPECT_EQ(said(decide(PlanBatch{{7}, {2026, 11}, c.number}, dossier)), c.said) << c.state;
    }
}

TEST(Treasury, asks_for_no_more_than_the_months_plan) {
    // clang-format off
    struct Case { std::string number; std::int64_t planned, requested; const char* said; };
    const Case cases[] = {  // of the second allotment, over all batches
        {"申1",  400,  0,   "requested request:1:600 request:2:400"},
        {"申1",  900,  500, "requested request:1:600 request:2:400"},
        {"申1",  399,  0,   "over_plan"},
        {"申1",  900,  501, "over_plan"},
        {"",     400,  0,   "document_number"},
        {" ",    400,  0,   "document_number"},
        {kLong,  400,  0,   "document_number"},
    };
    // clang-format on
    for (const auto& c : cases) {
        auto dossier = at("planned");
        dossier.months = {{AllotmentId{1}, fen(600), fen(0)},
                          {AllotmentId{2}, fen(c.planned), fen(c.requested)}};
        EXPECT_EQ(said(decide(RequestBatch{{7}, c.number}, dossier)), c.said) << c.planned;
    }
    EXPECT_EQ(said(decide(RequestBatch{{7}, "申1"}, at("approved"))), "wrong_state");
}

TEST(Treasury, vouchers_cover_exactly_what_was_asked_for) {
    constexpr std::int64_t kWhole = 0;
    // clang-format off
    struct Case { std::int64_t done1, done2; std::int64_t of, amount; Date day; const char* said; };
    const Case cases[] = {
        {0,   0,   kWhole, 1000, kToday,    "vouchered voucher:1:600 voucher:2:400"},
        {0,   0,   kWhole, 999,  kToday,    "voucher_mismatch"},
        {0,   0,   kWhole, 1001, kToday,    "voucher_mismatch"},
        {600, 0,   kWhole, 400,  kToday,    "voucher_mismatch"},  // in parts to the end, once in parts
        {0,   0,   1,      600,  kToday,    "requested voucher:1:600"},
        {0,   0,   1,      200,  kToday,    "requested voucher:1:200"},
        {200, 400, 1,      400,  kToday,    "vouchered voucher:1:400"},
        {200, 400, 1,      401,  kToday,    "voucher_mismatch"},
        {600, 0,   1,      1,    kToday,    "voucher_mismatch"},
        {600, 0,   2,      400,  kToday,    "vouchered voucher:2:400"},
        {0,   0,   2,      0,    kToday,    "voucher_mismatch"},
        {0,   0,   2,      -1,   kToday,    "voucher_mismatch"},
        {0,   0,   3,      10,   kToday,    "voucher_mismatch"},  // not of this batch
        {0,   0,   kWhole, 1000, kTomorrow, "day_in_future"},
    };
    // clang-format on
    for (const auto& c : cases) {
        auto dossier = at("requested");
        dossier.vouchers = {{AllotmentId{1}, fen(0), fen(c.done1)},
                            {AllotmentId{2}, fen(0), fen(c.done2)}};
        dossier.vouchered = fen(c.done1 + c.done2);
        RegisterVoucher order{{7}, "凭1", c.day, fen(c.amount), {}};
        if (c.of != kWhole) order.allotment = AllotmentId{c.of};
        EXPECT_EQ(said(decide(order, dossier)), c.said) << c.of << " " << c.amount;
    }
    EXPECT_EQ(said(decide(RegisterVoucher{{7}, "", kToday, fen(1000), {}}, at("requested"))),
              "document_number");
    EXPECT_EQ(said(decide(RegisterVoucher{{7}, "凭1", kToday, fen(1000), {}}, at("planned"))),
              "wrong_state");
}

TEST(Treasury, sends_back_only_what_has_not_gone_to_the_bank) {
    for (const char* state : {"approved", "sent", "answered", "closed", "draft"})
        EXPECT_EQ(said(decide(TreasurySentBack{{7}, "退1", kToday, {}}, at(state))), "wrong_state")
            << state;
    EXPECT_EQ(said(decide(TreasurySentBack{{7}, "退1", kTomorrow, {}}, at("planned"))),
              "day_in_future");
}

TEST(Answer, of_a_batch_that_was_not_sent) {
    PostAnswer order;
    order.batch = {7};
    AnswerFacts facts;
    facts.batch.id = {7};
    facts.batch.state = "vouchered";
    EXPECT_EQ(verdict(decide(order, facts)), "nothing_sent");
    facts.lines.resize(1);
    EXPECT_EQ(verdict(decide(order, facts)), "wrong_state");
}

TEST(BankFile, is_made_of_what_was_approved_and_once) {
    MakeBankFile order{{7}, "pipe"};
    ToSend dossier;
    dossier.batch.id = {7};
    dossier.batch.mode = "card";
    dossier.batch.state = "approved";
    dossier.batch.payable = 1;
    dossier.batch.payable_fen = fen(100);
    dossier.today = kToday;
    OpenedLine opened;
    opened.line.reference = "E2E";
    opened.line.account = Secret<std::string>("6299990000001000");
    opened.line.name = Secret<std::string>("王测一");
    opened.line.amount = fen(100);
    dossier.lines = {opened};
    EXPECT_EQ(verdict(decide(order, dossier)), "ok");  // of the card system: right after approval
    order.layout = "nobody's";
    EXPECT_EQ(verdict(decide(order, dossier)), "no_such_layout");
    order.layout = "pipe";
    dossier.lines.front().line.name = Secret<std::string>("王|测一");  // the file's own separator
    EXPECT_EQ(verdict(decide(order, dossier)), "cannot_be_written");
    dossier.digest_now = {1};
    EXPECT_EQ(verdict(decide(order, dossier)), "changed_after_approval");
    dossier.batch.mode = "treasury";
    EXPECT_EQ(verdict(decide(order, dossier)), "wrong_state");
    dossier.made = FileRow{};
    dossier.made->layout = "pipe";
    EXPECT_EQ(verdict(decide(order, dossier)), "ok");
    order.layout = "fixed";
    EXPECT_EQ(verdict(decide(order, dossier)), "other_layout");
}

TEST(Correction, wants_a_word_of_another_person_before_money_goes_again) {
    constexpr StaffId kMe{1}, kOther{2};
    const Confirmation mine{12, "statement", kMe}, theirs{13, "bank_letter", kOther};
    const Confirmation before{8, "bank_letter", kOther};  // the line failed at 10
    const std::vector<Confirmation> none, own = {mine}, others = {theirs}, both = {mine, theirs},
                                          early = {before}, mixed = {before, mine};
    // clang-format off
    struct Case { const char* state; const char* line; std::int64_t account_now;
                  const std::vector<Confirmation>* said; const char* verdict; std::int64_t attempt; };
    const Case cases[] = {
        {"answered", "failed",    5, &own,    "ok",                          2},
        {"answered", "returned",  5, &others, "ok",                          2},
        {"closed",   "returned",  5, &own,    "ok",                          2},
        {"answered", "failed",    5, &none,   "not_confirmed",               0},
        {"answered", "failed",    5, &early,  "not_confirmed",               0},
        {"answered", "failed",    6, &own,    "other_account_needs_another", 0},
        {"answered", "failed",    6, &mixed,  "other_account_needs_another", 0},
        {"answered", "failed",    6, &others, "ok",                          2},
        {"answered", "failed",    6, &both,   "ok",                          2},
        {"answered", "set_aside", 5, &none,   "ok",                          1},  // never was paid
        {"answered", "set_aside", 6, &none,   "ok",                          1},
        {"vouchered","set_aside", 5, &none,   "wrong_state",                 0},
    };
    // clang-format on
    for (const auto& c : cases) {
        ToCorrect dossier;
        dossier.batch.id = {7};
        dossier.batch.state = c.state;
        dossier.asking = kMe;
        dossier.confirmations = *c.said;
        LineToCorrect line;
        line.id = {9};
        line.account = {5};
        line.fen = fen(100);
        line.state = c.line;
        line.account_now = {c.account_now};
        line.newest_event = 10;
        dossier.lines = {line};
        const auto made = decide(MakeCorrection{{7}}, dossier);
        EXPECT_EQ(verdict(made), c.verdict) << c.state << " " << c.line;
        if (!made) continue;
        EXPECT_EQ(made->lines.front().attempt, c.attempt);
        EXPECT_EQ(made->lines.front().account, PayeeAccountId{c.account_now});
        EXPECT_EQ(made->total, fen(100));
    }
}

TEST(Correction, is_confirmed_by_the_debit_or_by_a_letter) {
    constexpr StaffId kMe{1}, kOther{2};
    const std::string too_long(501, 'x');
    constexpr auto kDebit = Basis::statement;
    constexpr auto kLetter = Basis::bank_letter;
    // clang-format off
    struct Case { const char* state; Basis basis; std::int64_t debit; StaffId answered; std::string why; const char* verdict; };
    const Case cases[] = {  // two answers: 300 and 200 fen were paid
        {"answered",  kDebit,  500, kOther, "对账单", "ok"},
        {"sent",      kDebit,  500, kMe,    "对账单", "ok"},
        {"answered",  kDebit,  499, kOther, "对账单", "debit_differs"},
        {"answered",  kDebit,  300, kOther, "对账单", "debit_differs"},
        {"answered",  kLetter, 0,   kOther, "证明",   "ok"},
        {"answered",  kLetter, 0,   kMe,    "证明",   "same_person"},
        {"answered",  kDebit,  500, kOther, " ",      "reason_missing"},
        {"answered",  kDebit,  500, kOther, too_long, "reason_missing"},
        {"vouchered", kDebit,  500, kOther, "对账单", "wrong_state"},
    };
    // clang-format on
    for (const auto& c : cases) {
        ReissueFacts facts;
        facts.bounced = 1;
        facts.batch.id = {7};
        facts.batch.state = c.state;
        facts.asking = kMe;
        facts.answers.resize(2);
        facts.answers[0].paid_fen = fen(300);
        facts.answers[1].paid_fen = fen(200);
        facts.answers[1].staff = c.answered;
        const ConfirmReissue order{{7}, c.basis, fen(c.debit), Secret<std::string>(c.why)};
        EXPECT_EQ(verdict(decide(order, facts)), c.verdict) << c.state << " " << c.debit;
    }
}

TEST(Closing, waits_for_every_end) {
    // clang-format off
    struct Case { const char* state; std::int64_t exceptions, lines; const char* verdict; };
    const Case cases[] = {
        {"answered", 0, 0, "ok"},
        {"answered", 1, 0, "still_open"},
        {"answered", 0, 1, "still_open"},
        {"sent",     0, 0, "wrong_state"},
        {"closed",   0, 0, "wrong_state"},
    };
    // clang-format on
    for (const auto& c : cases) {
        ToClose dossier;
        dossier.batch.id = {7};
        dossier.batch.state = c.state;
        dossier.open_exceptions = c.exceptions;
        dossier.open_lines = c.lines;
        EXPECT_EQ(verdict(decide(CloseBatch{{7}}, dossier)), c.verdict) << c.state;
    }
}

TEST(Checks, have_their_gravity) {
    // clang-format off
    struct Case { Check check; Severity severity; };
    const Case cases[] = {
        {Check::no_money,               Severity::legal},
        {Check::twice_in_batch,         Severity::legal},
        {Check::claimed_before,         Severity::legal},
        {Check::contradicted,           Severity::legal},
        {Check::conflict,               Severity::line},
        {Check::dead,                   Severity::line},
        {Check::account_not_payable,    Severity::line},
        {Check::holder_differs,         Severity::line},
        {Check::unable,                 Severity::warning},
        {Check::account_shared,         Severity::warning},
        {Check::account_changed_lately, Severity::warning},
        {Check::account_refused, Severity::warning},
        {Check::elsewhere,              Severity::warning},
    };
    // clang-format on
    for (const auto& c : cases) EXPECT_EQ(severity_of(c.check), c.severity) << name_of(c.check);
    EXPECT_EQ(std::size(cases), names_of(Check{}).size());
}

}  // namespace
}  // namespace fenming::disbursement

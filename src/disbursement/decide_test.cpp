// The pure rules by tables: which money pays, whose money a line is, what a roster may hold.

#include <map>
#include <random>

#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

Money fen(std::int64_t n) {
    return Money::fen(n);
}
Candidate candidate(std::int64_t id, const char* source, const char* mark, const char* subject,
                    std::int64_t available) {
    return {AllotmentId{id}, source, mark, subject, fen(available)};
}
/// "3:100 1:50"
std::string said(const Result<std::vector<Draw>>& plan) {
    if (!plan) return code_of(plan.error());
    std::string text;
    for (const auto& draw : *plan)
        text += (text.empty() ? "" : " ") + std::to_string(draw.allotment.number) + ":" +
                std::to_string(draw.fen.in_fen());
    return text;
}

TEST(Funding, draws_by_rule) {
    const std::vector<Candidate> money = {
        candidate(1, "county", "none", "2081901", 100),
        candidate(2, "central", "none", "2081902", 200),
        candidate(3, "central", "direct", "2081901", 300),
        candidate(4, "province", "none", "2081902", 0),
        candidate(5, "city", "none", "2081901", 400),
    };
    constexpr auto kFirst = FundingRule::central_first;
    constexpr auto kRatio = FundingRule::by_ratio;
    constexpr auto kSubject = FundingRule::by_subject;
    const std::vector<std::string> one = {"2081902"};
    // clang-format off
    struct Case { FundingRule rule; std::vector<std::string> subjects; std::int64_t asked; const char* plan; };
    const Case cases[] = {
        {kFirst,   {},  1,    "3:1"},                       // direct money of the centre first
        {kFirst,   {},  300,  "3:300"},
        {kFirst,   {},  501,  "3:300 2:200 5:1"},           // then the centre's other, then the city
        {kFirst,   {},  1000, "3:300 2:200 5:400 1:100"},   // the county's own money last
        {kFirst,   {},  1001, "not_enough"},
        {kRatio,   {},  100,  "3:30 2:20 5:40 1:10"},
        {kRatio,   {},  1000, "3:300 2:200 5:400 1:100"},
        {kRatio,   {},  1001, "not_enough"},
        {kSubject, one, 200,  "2:200"},                     // of the programme's subject only
        {kSubject, one, 201,  "not_enough"},
        {kSubject, {},  1,    "not_enough"},
    };
    // clang-format on
    for (const auto& c : cases) {
        const auto plan = plan_funding(c.rule, c.subjects, money, fen(c.asked));
        EXPECT_EQ(said(plan), c.plan) << name_of(c.rule) << " " << c.asked;
    }
}

TEST(Funding, not_enough_says_both_numbers) {
    const auto plan = plan_funding(FundingRule::central_first, {},
                                   {candidate(1, "city", "none", "", 15'000)}, fen(20'000));
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().kind().code, kNotEnough.code);
    std::map<std::string, std::int64_t> values;
    for (const auto& value : plan.error().values())
        values[value.name] = std::get<std::int64_t>(value.value);
    EXPECT_EQ(values["left_fen"], 15'000);
    EXPECT_EQ(values["asked_fen"], 20'000);
    EXPECT_NE(say(plan.error(), Language::zh_cn).says.find("150.00"), std::string::npos);
    EXPECT_NE(say(plan.error(), Language::zh_cn).says.find("200.00"), std::string::npos);
}

/// Over 2,000 random purses: a plan sums to what is asked, takes from nobody more than he has, and
/// the shares of lines laid end to end sum to each draw exactly.
TEST(Funding, plans_and_shares_are_exact) {
    std::mt19937_64 random(20261124);
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    constexpr const char* kSources[] = {"central", "province", "city", "county"};
    for (int round = 0; round < 2000; ++round) {
        std::vector<Candidate> money;
        std::map<std::int64_t, Money> has;
        Money all;
        for (std::int64_t id = 1 + below(6); id > 0; --id) {
            money.push_back(candidate(id, kSources[below(4)], below(2) == 0 ? "direct" : "none", "",
                                      below(3) == 0 ? below(3) : below(100'000'000)));
            has[id] = money.back().available;
            all += money.back().available;
        }
        if (all == Money()) continue;
        const auto asked = fen(1 + below(all.in_fen()));
        for (const auto rule : {FundingRule::central_first, FundingRule::by_ratio}) {
            const auto plan = plan_funding(rule, {}, money, asked);
            ASSERT_TRUE(plan);
            Money sum;
            for (const auto& draw : *plan) {
                ASSERT_GT(draw.fen, Money());
                ASSERT_LE(draw.fen, has[draw.allotment.number]);
                sum += draw.fen;
            }
            ASSERT_EQ(sum, asked);
            std::map<std::int64_t, Money> drawn;
            Money from;
            while (from < asked) {
                const auto line = std::min(fen(1 + below(asked.in_fen())), asked - from);
                Money shared;
                for (const auto& share : shares_of(*plan, from, line)) {
                    drawn[share.allotment.number] += share.fen;
                    shared += share.fen;
                }
                ASSERT_EQ(shared, line);
                from += line;
            }
            for (const auto& draw : *plan) ASSERT_EQ(drawn[draw.allotment.number], draw.fen);
        }
    }
}

TEST(Funding, a_line_across_two_draws_has_a_share_in_each) {
    const std::vector<Draw> plan = {{AllotmentId{1}, fen(25)}, {AllotmentId{2}, fen(25)}};
    // clang-format off
    struct Case { std::int64_t from, fen; const char* shares; };
    const Case cases[] = {
        {0,  10, "1:10"},
        {20, 10, "1:5 2:5"},
        {25, 25, "2:25"},
        {0,  50, "1:25 2:25"},
        {50, 10, ""},          // beyond the plan there is nothing
    };
    // clang-format on
    for (const auto& c : cases)
        EXPECT_EQ(said(shares_of(plan, fen(c.from), fen(c.fen))), c.shares) << c.from;
}

TEST(Reference, never_holds_what_could_be_an_id_or_account) {
    // clang-format off
    struct Case { std::string text; const char* verdict; };
    const Case cases[] = {
        {"",                        "ok"},
        {"A-001_b",                 "ok"},
        {"20261100000001",          "ok"},             // 14 digits
        {"202611000000012",         "bad_reference"},  // 15 digits: an old ID number has as many
        {"x99010119500101123Xy",    "bad_reference"},
        {std::string(40, 'a'),      "ok"},
        {std::string(41, 'a'),      "bad_reference"},
        {"a b",                     "bad_reference"},
        {"王测一",                  "bad_reference"},
        {"a;b",                     "bad_reference"},
    };
    // clang-format on
    for (const auto& c : cases) EXPECT_EQ(verdict(may_reference(c.text)), c.verdict) << c.text;
}

ImportBatch import_of(std::vector<RosterLine> lines) {
    ImportBatch order;
    order.area = kTownArea;
    order.programme = "rural-dibao";
    order.period = *parse_period("2026-11");
    order.lines = std::move(lines);
    return order;
}
RosterLine line_of(std::int64_t amount, const char* reference = "") {
    return {PersonId{1}, PayeeAccountId{2}, kTownArea, fen(amount), reference};
}

TEST(Import, refuses_what_cannot_be_a_batch) {
    const std::string long_cause(41, 'x');
    const std::vector<RosterLine> none,
        good = {line_of(1), line_of(kMaxFen)}, zero = {line_of(1), line_of(0)},
        below = {line_of(-1)}, huge = {line_of(kMaxFen + 1)}, many(kMostLines, line_of(1)),
        over(kMostLines + 1, line_of(1)), named = {line_of(1, "990101195001011234")};
    constexpr auto kReg = Kind::regular;
    // clang-format off
    struct Case { bool known, listed; std::int64_t before; Kind kind; std::string cause;
                  const std::vector<RosterLine>* lines; const char* verdict; };
    const Case cases[] = {
        {true,  true,  0, kReg,             "",         &good,  "ok"},
        {true,  true,  0, kReg,             "",         &many,  "ok"},
        {false, false, 0, kReg,             "",         &good,  "unknown_programme"},
        {true,  false, 0, kReg,             "",         &good,  "off_the_list"},
        {true,  true,  9, kReg,             "",         &good,  "imported_before"},
        {true,  true,  0, Kind::supplement, "",         &good,  "needs_cause"},
        {true,  true,  0, Kind::price,      "",         &good,  "needs_cause"},
        {true,  true,  0, Kind::festival,   "",         &good,  "needs_cause"},
        {true,  true,  0, Kind::festival,   "D-2026-1", &good,  "ok"},
        {true,  true,  0, Kind::correction, "D-2026-1", &good,  "needs_cause"},  // only MakeCorrection
        {true,  true,  0, Kind::price,      long_cause, &good,  "bad_cause"},
        {true,  true,  0, Kind::price,      "a b",      &good,  "bad_cause"},
        {true,  true,  0, kReg,             "",         &none,  "no_lines"},
        {true,  true,  0, kReg,             "",         &over,  "too_many_lines"},
        {true,  true,  0, kReg,             "",         &zero,  "amount_not_positive"},
        {true,  true,  0, kReg,             "",         &below, "amount_not_positive"},
        {true,  true,  0, kReg,             "",         &huge,  "amount_not_positive"},
        {true,  true,  0, kReg,             "",         &named, "bad_reference"},
    };
    // clang-format on
    for (const auto& c : cases) {
        auto order = import_of(*c.lines);
        order.kind = c.kind;
        order.cause = c.cause;
        const RosterFacts facts{c.known, c.listed, BatchId{c.before}, Mode::treasury};
        EXPECT_EQ(verdict(decide(order, facts)), c.verdict) << name_of(c.kind) << " " << c.cause;
    }
    const auto made = decide(import_of({line_of(1), line_of(2)}), {true, true, {}, Mode::unit});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->total, fen(3));
    EXPECT_EQ(made->mode, Mode::unit);
}

TEST(Batch, is_in_the_state_and_version_that_the_caller_saw) {
    Batch batch;
    batch.id = {7};
    batch.state = "checked";
    batch.version = 3;
    EXPECT_EQ(verdict(expect(batch, 0, {State::draft, State::checked})), "ok");
    EXPECT_EQ(verdict(expect(batch, 3, {State::checked})), "ok");
    EXPECT_EQ(verdict(expect(batch, 2, {State::checked})), "stale");
    EXPECT_EQ(verdict(expect(batch, 0, {State::draft})), "wrong_state");
    EXPECT_TRUE(needs_treasury(Mode::treasury) && needs_treasury(Mode::unit));
    EXPECT_FALSE(needs_treasury(Mode::card));
}

TEST(Batch, every_state_names_the_steps_that_would_pass) {
    Batch batch;
    const auto next = [&](const NextFacts& facts) {
        std::string all = batch.state + ":";
        for (const auto& verb : legal_actions(batch, facts)) all += " " + verb + ",";
        return all;
    };
    // clang-format off
    struct Case { const char* mode; NextFacts facts; const char* next; };
    //                  stops{legal,line,warning} · payable · bounced · aside · open lines · exceptions · answered
    const Case cases[] = {
        {"treasury", {{0, 0, 0, ""}, 5, 0, 0, 0, 0, false}, "draft: check, set-aside, cancel,"},
        {"treasury", {{0, 0, 0, ""}, 5, 0, 1, 0, 0, false}, "draft: check, set-aside, drop, cancel,"},
        {"treasury", {{0, 0, 0, ""}, 5, 0, 0, 0, 0, false}, "checked: check, set-aside, submit, cancel,"},
        {"treasury", {{1, 0, 0, ""}, 5, 0, 0, 0, 0, false}, "checked: check, set-aside, cancel,"},
        {"treasury", {{0, 1, 0, ""}, 5, 0, 0, 0, 0, false}, "checked: check, set-aside, cancel,"},
        {"treasury", {{0, 0, 1, ""}, 5, 0, 0, 0, 0, false}, "checked: check, set-aside, override, cancel,"},
        {"treasury", {{0, 0, 0, ""}, 0, 0, 5, 0, 0, false}, "checked: check, set-aside, drop, cancel,"},
        {"treasury", {}, "submitted: review, recall,"},
        {"treasury", {}, "reviewed: approve,"},
        {"treasury", {}, "approved: plan, withdraw,"},
        {"card",     {}, "approved: bank file, withdraw,"},
        {"treasury", {}, "planned: request, sent-back,"},
        {"treasury", {}, "requested: voucher, sent-back,"},
        {"treasury", {}, "vouchered: bank file, sent-back,"},
        {"treasury", {{}, 0, 0, 0, 5, 0, false}, "sent: bank return, bank rejected,"},
        {"treasury", {{}, 0, 1, 0, 5, 0, true},  "sent: bank return, confirm, correct, drop,"},
        {"treasury", {{}, 0, 0, 1, 1, 0, true},  "answered: bank return, correct, drop,"},
        {"treasury", {{}, 0, 0, 0, 0, 1, true},  "answered: bank return,"},
        {"treasury", {{}, 0, 1, 0, 0, 0, true},  "answered: bank return, confirm, correct, drop, close,"},
        {"treasury", {{}, 0, 0, 0, 0, 0, true},  "answered: bank return, close,"},
        {"treasury", {{}, 0, 0, 0, 0, 0, true},  "closed: bank return,"},
        {"treasury", {{}, 0, 1, 0, 1, 0, true},  "closed: bank return, confirm, correct,"},
        {"treasury", {}, "cancelled:"},
    };
    // clang-format on
    for (const auto& c : cases) {
        const std::string expected = c.next;
        batch.mode = c.mode;
        batch.state = expected.substr(0, expected.find(':'));
        EXPECT_EQ(next(c.facts), expected);
    }
}

}  // namespace
}  // namespace fenming::disbursement

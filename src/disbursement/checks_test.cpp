// Every check finds what it looks for, in the gravity of P4, and each gravity stops as it should.

#include <algorithm>

#include "disbursement/town_for_test.h"
#include "registry/accounts.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Checks);

/// Lines by ordinal.
std::vector<LineView> lines_of(Town& town, BatchId batch) {
    return *lines(town.w.road(), town.w.caller, batch, 0, "", 500);
}
/// "1 dead", "3 elsewhere", … by ordinal.
std::vector<std::string> found(Town& town, BatchId batch) {
    std::vector<std::string> all;
    const auto page = findings(town.w.road(), town.w.caller, batch, {}, 500);
    for (const auto& each : page.value())
        all.push_back(std::to_string(each.ordinal) + " " + each.code + " " + each.severity +
                      (each.overridden ? " passed" : ""));
    std::ranges::sort(all);
    return all;
}
/// A roster without accounts: the register has one for each.
std::string names_only(int people, std::int64_t amount) {
    std::string csv = "姓名,身份证号,金额(元)\n";
    for (int i = 0; i < people; ++i)
        csv += Town::name_of(i) + "," + Town::id_of(i) + "," + to_yuan(Money::fen(amount)) + "\n";
    return csv;
}
void know(Town& town, PersonId person, registry::StatusKind kind, const char* from) {
    registry::StatusInput fact;
    fact.person = person;
    fact.kind = kind;
    fact.source = registry::StatusSource::police;
    fact.valid_from = *parse_date(from);
    town.give(kMaker, registry::RecordStatuses{kTownArea, {fact}});
}
void change_account(Town& town, PersonId person, int account, int name) {
    registry::ChangeAccount change;
    change.person = person;
    change.account = Secret<std::string>(Town::account_of(account));
    change.holder = Secret<std::string>(Town::name_of(name));
    const auto proposed = town.give(kMaker, change);
    town.give(kReviewer, registry::ConfirmAccountChange{proposed.account, true});
}

TEST_P(Checks, each_finds_what_it_looks_for) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    town.fund(Money::fen(1'000'000), "urban-dibao");
    // A first batch registers eight people; the fourth's account bears another's name, and the
    // fifth uses the account of the sixth.
    std::string csv = "姓名,身份证号,银行账号,户名,金额(元)\n";
    for (int i = 0; i < 8; ++i)
        csv += Town::name_of(i) + "," + Town::id_of(i) + "," + Town::account_of(i == 4 ? 5 : i) +
               "," + (i == 3 ? "别人甲" : Town::name_of(i)) + ",100.00\n";
    auto options = town.options();
    options.period = *parse_period("2026-09");
    const auto first = town.import(csv, options);
    ASSERT_TRUE(first.errors.empty()) << first.errors.front().kind().code;
    const auto people = lines_of(town, first.batch);
    ASSERT_EQ(people.size(), 8U);
    town.give(kMaker, CancelBatch{first.batch});
    EXPECT_EQ(town.state_of(first.batch), "cancelled");

    know(town, people[0].person, registry::StatusKind::dead, "2026-10-31");
    know(town, people[1].person, registry::StatusKind::imprisoned, "2026-11-20");
    know(town, people[2].person, registry::StatusKind::dead, "2026-11-01");  // within: is paid
    change_account(town, people[6].person, 60, 6);
    town.give(kMaker, registry::MovePerson{people[2].person, kOtherCounty, town.today()});

    // The eighth draws urban dibao for the same month.
    options.period = *parse_period("2026-11");
    options.programme = "urban-dibao";
    const auto urban = town.import(town.roster(1, 5'000, 7), options);
    ASSERT_FALSE(urban.refusal) << urban.refusal->kind().code;
    town.approve(urban.batch);

    const auto report = town.import(names_only(8, 10'000), town.options());
    ASSERT_TRUE(report.errors.empty()) << report.errors.front().kind().code;
    const auto batch = report.batch;
    town.give(kMaker, registry::CloseAccount{lines_of(town, batch)[1].account});
    const auto checked = town.give(kMaker, CheckBatch{batch, 0});
    const std::vector<std::string> expected = {"1 dead line",
                                               "2 account_not_payable line",
                                               "2 unable warning",
                                               "3 elsewhere warning",
                                               "4 holder_differs line",
                                               "5 account_shared warning",
                                               "6 account_shared warning",
                                               "7 account_changed_lately warning",
                                               "8 conflict line"};
    EXPECT_EQ(found(town, batch), expected);
    EXPECT_EQ(checked.legal, 0);
    EXPECT_EQ(checked.line, 4);
    EXPECT_EQ(checked.warning, 5);
}

TEST_P(Checks, lines_are_set_aside_and_warnings_passed_before_it_goes_on) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    auto options = town.options();
    const auto batch = town.import(town.roster(4, 10'000), options).batch;
    const auto people = lines_of(town, batch);
    know(town, people[0].person, registry::StatusKind::dead, "2026-10-01");
    know(town, people[1].person, registry::StatusKind::missing, "2026-10-01");
    EXPECT_EQ(town.try_it(kMaker, SubmitBatch{batch, 0}), "not_checked");
    EXPECT_EQ(town.try_it(kMaker, CheckBatch{batch, 99}), "stale");
    EXPECT_EQ(town.try_it(kMaker, ReviewBatch{batch, 0, Verdict::pass, {}}), "wrong_state");
    town.give(kMaker, CheckBatch{batch, 1});
    EXPECT_EQ(town.try_it(kMaker, SubmitBatch{batch, 0}), "line_stops");

    const auto yesterday = add_days(town.today(), -1);
    EXPECT_EQ(town.try_it(kMaker, SetAside{batch, {}, yesterday}), "due_in_past");
    EXPECT_EQ(town.try_it(kMaker, SetAside{batch, {LineId{5}}, town.today()}), "line_not_found");
    town.give(kMaker, SetAside{batch, {}, town.today()});
    EXPECT_EQ(town.try_it(kMaker, SetAside{batch, {}, town.today()}), "nothing_stopped");
    EXPECT_EQ(town.try_it(kMaker, SubmitBatch{batch, 0}), "warnings_open");

    const Secret<std::string> why("已上门核实");
    const auto unable = [&](LineId line, Check check, const Secret<std::string>& reason) {
        return OverrideWarning{batch, line, check, reason};
    };
    EXPECT_EQ(town.try_it(kAnswer, unable(people[0].id, Check::dead, why)), "not_a_warning");
    EXPECT_EQ(town.try_it(kAnswer, unable(LineId{5}, Check::unable, why)), "no_such_line");
    EXPECT_EQ(town.try_it(kAnswer, unable({}, Check::elsewhere, why)), "no_such_warning");
    EXPECT_EQ(town.try_it(kAnswer, unable(people[2].id, Check::unable, why)), "not_a_warning");
    EXPECT_EQ(town.try_it(kAnswer, unable(people[1].id, Check::unable, {})), "reason_missing");
    EXPECT_EQ(town.try_it(kMaker, unable(people[1].id, Check::unable, why)), "same_person");
    town.give(kAnswer, unable(people[1].id, Check::unable, why));
    EXPECT_EQ(found(town, batch),
              (std::vector<std::string>{"1 dead line", "2 unable warning passed"}));

    // A line may be set aside by name as well; the rest goes.
    town.give(kMaker, SetAside{batch, {people[3].id}, add_days(town.today(), 30)});
    const auto aside = set_asides(town.w.road(), town.w.caller, batch, {}, 10);
    ASSERT_TRUE(aside);
    ASSERT_EQ(aside->size(), 2U);
    EXPECT_EQ(aside->at(0).code, "dead");
    EXPECT_EQ(aside->at(1).code, "by_hand");
    town.give(kMaker, SubmitBatch{batch, 0});
    // Who passed a warning does not review (S7).
    EXPECT_EQ(town.try_it(kAnswer, ReviewBatch{batch, 0, Verdict::pass, {}}),
              "workflow.same_person");
    town.give(kReviewer, ReviewBatch{batch, 0, Verdict::pass, {}});
    town.give(kApprover, ApproveBatch{batch, 0, Verdict::pass, {}});
    EXPECT_EQ(town.show(batch).batch.payable, 2);
    town.expect_whole();
}

TEST_P(Checks, a_person_stands_once_in_a_roster) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    const auto report = town.import(
        town.roster(2, 10'000) + town.roster(1, 10'000).substr(town.roster(0, 0).size()),
        town.options());
    ASSERT_TRUE(report.errors.empty()) << report.errors.front().kind().code;
    EXPECT_EQ(report.registered, 2);
    town.give(kMaker, CheckBatch{report.batch, 0});
    EXPECT_EQ(found(town, report.batch), std::vector<std::string>{"3 twice_in_batch legal"});
    EXPECT_EQ(town.try_it(kMaker, SubmitBatch{report.batch, 0}), "legal_stops");
}

TEST_P(Checks, a_line_of_nobody_stops_even_when_the_account_is_somebodys) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    const auto first = town.import(1, 10'000).batch;
    const auto account = lines_of(town, first)[0].account;
    ImportBatch order;
    order.area = kTownArea;
    order.programme = "rural-dibao";
    order.period = *parse_period("2026-12");
    order.lines = {
        {PersonId{5}, account, kTownArea, Money::fen(100), ""},
        {lines_of(town, first)[0].person, PayeeAccountId{5}, kTownArea, Money::fen(100), ""}};
    order.digest = {1};
    const auto batch = town.give(kMaker, order).batch;
    town.give(kMaker, CheckBatch{batch, 0});
    EXPECT_EQ(found(town, batch), (std::vector<std::string>{"1 account_not_payable line",
                                                            "2 account_not_payable line"}));
    EXPECT_EQ(town.try_it(kMaker, SubmitBatch{batch, 0}), "line_stops");
}

TEST_P(Checks, a_batch_without_payable_lines_goes_nowhere) {
    Town town(GetParam());
    const auto batch = town.import(1, 10'000).batch;
    town.give(kMaker, SetAside{batch, {lines_of(town, batch)[0].id}, town.today()});
    town.give(kMaker, CheckBatch{batch, 0});
    EXPECT_EQ(town.try_it(kMaker, SubmitBatch{batch, 0}), "nothing_payable");
    EXPECT_EQ(town.refused(kMaker, CheckBatch{BatchId{5}, 0}), "access.not_here");
    const auto nowhere = view(town.w.road(), town.w.caller, BatchId{5});
    EXPECT_EQ(verdict(nowhere), "batch_not_found");
    EXPECT_EQ(verdict(findings(town.w.road(), town.w.caller, BatchId{5}, {}, 1)),
              "batch_not_found");
}

TEST_P(Checks, sent_back_recalled_and_short_of_money) {
    Town town(GetParam());
    const auto allotment = town.fund(Money::fen(20'000));
    const auto one = town.import(1, 15'000).batch;
    const auto other = town.import(town.roster(1, 15'000, 1), town.options()).batch;
    const Secret<std::string> why("请核对金额");
    town.give(kMaker, CheckBatch{one, 0});
    town.give(kMaker, SubmitBatch{one, 0});
    town.give(kMaker, RecallBatch{one});
    EXPECT_EQ(town.state_of(one), "checked");
    town.give(kMaker, SubmitBatch{one, 0});
    town.give(kReviewer, ReviewBatch{one, 0, Verdict::send_back, why});
    EXPECT_EQ(town.state_of(one), "draft");
    town.review(one);
    town.give(kApprover, ApproveBatch{one, 0, Verdict::send_back, why});
    EXPECT_EQ(town.state_of(one), "draft");
    town.review(one);
    town.review(other);
    town.give(kApprover, ApproveBatch{one, 0, Verdict::pass, {}});
    // Both were checked while the money was there; the second one comes too late, as a whole.
    EXPECT_EQ(town.try_it(kApprover, ApproveBatch{other, 0, Verdict::pass, {}}), "not_enough");
    EXPECT_EQ(town.buckets(allotment), "20000 5000 0 15000 0");
    EXPECT_EQ(town.state_of(other), "reviewed");
    town.expect_whole();
}

}  // namespace
}  // namespace fenming::disbursement

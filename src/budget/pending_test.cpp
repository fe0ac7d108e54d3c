// Documents whose total disagrees, on both databases: pending, corrected, posted item by item
// (P18).

#include "budget/city_for_test.h"
#include "workflow/cases.h"

namespace fenming::budget {
namespace {

using namespace test_city;

FENMING_ON_BOTH(Pending);

TEST_P(Pending, a_mismatch_posts_nothing_and_waits_for_the_finance_section) {
    City city(GetParam());
    const auto id = pending(city, "内财社〔2023〕30号");
    EXPECT_EQ(city.document(id).state, "pending");
    EXPECT_TRUE(city.lines().empty());
    auto tx = city.database().begin_read();
    const auto inbox = workflow::inbox(*tx, everything(), {"budget.register"}, StaffId{1},
                                       day("2023-12-20"), {}, 10);
    ASSERT_TRUE(inbox) << code_of(inbox);
    ASSERT_EQ(inbox->size(), 1U);
    EXPECT_EQ(inbox->front().kind, "document");
    EXPECT_EQ(inbox->front().subject, id.number);
    tx.reset();

    // The correction bears its own number, or the old one again.
    auto right = document("内财社〔2023〕30号", {yuan(300), yuan(300)}, yuan(600));
    const auto done = carry_out(city.road(), city.caller, CorrectDocument{id, right, {}});
    ASSERT_TRUE(done) << code_of(done);
    EXPECT_EQ(city.document(id).state, "corrected");
    EXPECT_EQ(city.document(id).corrected_by, done->documents[0].document);
    EXPECT_EQ(city.document(done->documents[0].document).corrects, id);
    EXPECT_EQ(city.lines().size(), 2U);
    right.number = "内财社〔2023〕31号";
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller, CorrectDocument{id, right, {}})),
              "budget.not_pending");
    EXPECT_EQ(
        code_of(carry_out(city.road(), city.caller, CorrectDocument{DocumentId{4}, right, {}})),
        "access.not_here");
    tx = city.database().begin_read();
    const auto empty = workflow::inbox(*tx, everything(), {"budget.register"}, StaffId{1},
                                       day("2023-12-20"), {}, 10);
    ASSERT_TRUE(empty);
    EXPECT_TRUE(empty->empty());
    tx.reset();
    city.expect_whole();
}

TEST_P(Pending, two_persons_post_it_item_by_item_with_the_issuers_answer) {
    City city(GetParam());
    const auto id = pending(city, "内财社〔2023〕40号");
    auto& road = city.road();
    const auto other = city.as(2);
    EXPECT_EQ(code_of(carry_out(road, city.caller, ConfirmItems{id, {}})), "budget.not_proposed");
    EXPECT_EQ(code_of(carry_out(road, other, SendBackItems{id, "没有附件"})),
              "budget.not_proposed");
    EXPECT_EQ(code_of(carry_out(road, city.caller, ProposeItems{id, FileId{3}})),
              "budget.file_unknown");
    ASSERT_TRUE(carry_out(road, city.caller, ProposeItems{id, city.file}));
    EXPECT_EQ(code_of(carry_out(road, city.caller, ProposeItems{id, city.file})),
              "budget.not_pending");
    EXPECT_EQ(code_of(carry_out(road, city.caller, ConfirmItems{id, {}})), "budget.same_person");
    const auto back = carry_out(road, other, SendBackItems{id, "答复没有盖章"});
    ASSERT_TRUE(back) << code_of(back);
    EXPECT_EQ(city.document(id).state, "pending");
    EXPECT_EQ(city.document(id).answer_file, FileId{});
    ASSERT_TRUE(carry_out(road, city.caller, ProposeItems{id, city.file}));
    EXPECT_TRUE(city.lines().empty());
    const auto done = carry_out(road, other, ConfirmItems{id, {}});
    ASSERT_TRUE(done) << code_of(done);
    EXPECT_EQ(done->state, DocumentState::posted_by_item);
    EXPECT_EQ(done->allotments.size(), 2U);
    const auto row = city.document(id);
    EXPECT_EQ(row.proposed_staff, StaffId{1});
    EXPECT_EQ(row.confirmed_staff, StaffId{2});
    EXPECT_EQ(row.answer_file, city.file);
    EXPECT_EQ(city.lines(kWuyuan)[0].available, yuan(200));
    EXPECT_EQ(code_of(carry_out(road, other, ConfirmItems{DocumentId{3}, {}})), "access.not_here");
    city.expect_whole();
}

TEST_P(Pending, a_pending_split_takes_nothing_from_its_line_before_it_is_posted) {
    City city(GetParam());
    const auto parent = city_line(city, "内财社〔2023〕50号", yuan(550));
    const auto first = pending(city, "巴财社〔2023〕50号", parent);
    const auto second = pending(city, "巴财社〔2023〕51号", parent);
    EXPECT_EQ(city.lines().size(), 1U);
    EXPECT_EQ(city.lines()[0].available, yuan(550));
    auto& road = city.road();
    ASSERT_TRUE(carry_out(road, city.caller, ProposeItems{first, city.file}));
    const auto done = carry_out(road, city.as(2), ConfirmItems{first, {}});
    ASSERT_TRUE(done) << code_of(done);
    EXPECT_EQ(city.lines()[0].available, yuan(50));
    // A correction of the other splits the same line, and by the same rules.
    auto right = part("巴财社〔2023〕52号", kWuyuan, yuan(51));
    EXPECT_EQ(code_of(carry_out(road, city.caller, CorrectDocument{second, right, {}})),
              "ledger.overdrawn");
    right.items[0].amount = right.printed_total.emplace(yuan(50));
    EXPECT_EQ(code_of(carry_out(road, city.caller, CorrectDocument{second, right, {}})), "ok");
    EXPECT_EQ(city.lines()[0].available, Money());
    city.expect_whole();
}

}  // namespace
}  // namespace fenming::budget

// Who may be paid for a period: what failed waits for its confirmation, in whichever county a new
// roster names the person (S6, E1). On both databases.

#include "disbursement/drop.h"
#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Claims);

const Secret<std::string> kWhy("已电话核实");

/// Of three people the second failed; a new roster brings the three again.
struct Failed {
    Town town;
    BatchId batch;
    BatchId fresh;

    explicit Failed(std::string_view kind) : town(kind) {
        town.fund(Money::fen(1'000'000));
        batch = town.import(3, 10'000).batch;
        town.to_sent(batch);
        EXPECT_TRUE(import_answer(town.w.road(), town.w.as(kAnswer),
                                  town.answer(batch, {{2, "3055"}}), {}));
        fresh = town.import(town.roster(3, 20'000), town.options()).batch;
    }
    LineId nth(BatchId of, std::size_t n) {
        return lines(town.w.road(), town.w.caller, of, 0, "", 100)->at(n - 1).id;
    }
    /// How many of the new roster may not be paid.
    std::int64_t stopped() { return town.give(kMaker, CheckBatch{fresh, 0}).legal; }
    void confirm() { town.give(kFinance, ConfirmReissue{batch, Basis::bank_letter, {}, kWhy}); }
    BatchId correct() { return town.give(kMaker, MakeCorrection{batch}).batch; }
    std::string drop(BatchId of, std::size_t n, DropFor why) {
        return town.try_it(kAnswer, DropLines{of, {nth(of, n)}, why, kWhy});
    }
};

TEST_P(Claims, what_failed_is_paid_by_its_correction_and_by_no_other_roster) {
    Failed f(GetParam());
    EXPECT_EQ(f.stopped(), 3);
    f.confirm();
    EXPECT_EQ(f.stopped(), 3);
    const auto correction = f.correct();
    EXPECT_EQ(f.stopped(), 3);
    f.town.approve(correction);
    f.town.give(kApprover, WithdrawApproval{correction, WithdrawnFor::lines_wrong});
    EXPECT_EQ(f.stopped(), 3);
    f.town.give(kMaker, CancelBatch{correction});
    EXPECT_EQ(f.stopped(), 3);
    f.town.expect_whole();
    f.town.pay(f.correct());
    EXPECT_EQ(f.stopped(), 3);
    f.town.give(kRelease, CloseBatch{f.batch});
    f.town.expect_whole();
}

TEST_P(Claims, a_line_set_aside_in_its_correction_is_followed_up_with_its_claim) {
    Failed f(GetParam());
    f.confirm();
    const auto first = f.correct();
    f.town.give(kMaker, CheckBatch{first, 0});
    f.town.give(kMaker, SetAside{first, {f.nth(first, 1)}, f.town.today()});
    EXPECT_EQ(f.stopped(), 3);
    // Nothing is left to pay in it: the line goes back to where it came from.
    f.town.give(kMaker, CancelBatch{first});
    EXPECT_EQ(f.stopped(), 3);
    const auto second = f.correct();
    f.town.to_sent(second);
    EXPECT_TRUE(import_answer(f.town.w.road(), f.town.w.as(kAnswer),
                              f.town.answer(second, {{1, "3055"}}), {}));
    f.town.give(kFinance, ConfirmReissue{second, Basis::bank_letter, {}, kWhy});
    const auto third = f.town.give(kMaker, MakeCorrection{second}).batch;
    EXPECT_EQ(f.stopped(), 3);
    f.town.pay(third);
    EXPECT_EQ(f.stopped(), 3);
    f.town.expect_whole();
}

TEST_P(Claims, who_is_dropped_is_paid_by_another_only_when_the_bank_was_asked) {
    Failed f(GetParam());
    EXPECT_EQ(f.drop(f.batch, 2, DropFor::paid_elsewhere), "not_confirmed");
    f.confirm();
    EXPECT_EQ(f.drop(f.batch, 2, DropFor::paid_elsewhere), "ok");
    EXPECT_EQ(f.stopped(), 2);
    f.town.give(kMaker, SetAside{f.fresh, {}, f.town.today()});
    f.town.approve(f.fresh);
    f.town.expect_whole();
}

TEST_P(Claims, who_is_owed_nothing_more_is_paid_by_nobody) {
    Failed f(GetParam());
    EXPECT_EQ(f.drop(f.batch, 2, DropFor::given_up), "ok");
    EXPECT_EQ(f.stopped(), 3);
    f.town.give(kRelease, CloseBatch{f.batch});
    f.town.expect_whole();
}

TEST_P(Claims, a_line_ended_in_its_correction_stays_ended_when_that_is_cancelled) {
    Failed f(GetParam());
    f.confirm();
    const auto correction = f.correct();
    f.town.give(kMaker, CheckBatch{correction, 0});
    f.town.give(kMaker, SetAside{correction, {f.nth(correction, 1)}, f.town.today()});
    EXPECT_EQ(f.drop(correction, 1, DropFor::paid_elsewhere), "ok");
    f.town.give(kMaker, CancelBatch{correction});
    EXPECT_EQ(f.town.try_it(kMaker, MakeCorrection{f.batch}), "nothing_to_correct");
    f.town.give(kRelease, CloseBatch{f.batch});
    EXPECT_EQ(f.stopped(), 2);
    f.town.expect_whole();
}

}  // namespace
}  // namespace fenming::disbursement

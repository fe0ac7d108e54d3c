// Cases on both databases: a batch's way through its steps, deputies, clocks, the inbox, and every
// invariant broken behind the program's back.

#include "workflow/cases.h"
#include "test/support/said.h"
#include "test/support/world.h"
#include "workflow/delegation.h"
#include "workflow/invariants.h"
#include "workflow/sql.h"

namespace fenming::workflow {
namespace {

using test::everything;
using test::World;

constexpr Area kCounty{430408000000};

Date day(std::string_view text) {
    return *parse_date(text);
}

// ---- orders of this test: what a capability does through cases.h
// ------------------------------------

struct Receipt {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string state;
    std::string due;
    static constexpr auto fields =
        std::make_tuple(field("id", &Receipt::id), field("version", &Receipt::version),
                        field("state", &Receipt::state), field("due", &Receipt::due));
};
enum class Deed { open, act, pause, resume, hand_over };
constexpr std::array<std::string_view, 5> names_of(Deed) {
    return {"open", "act", "pause", "resume", "hand_over"};
}
struct Order {
    static constexpr road::OrderType type{"workflow.test", "workflow.test"};
    Deed deed = Deed::act;
    CaseId work_case;
    std::int64_t version = 0;
    std::string step;
    Action action = Action::submit;
    std::string send_back_to;
    std::string reason;
    StaffId acting_for;
    StaffId importer;  ///< somebody with a duty that the case does not know
    static constexpr auto fields = std::make_tuple(
        field("deed", &Order::deed), field("case", &Order::work_case),
        field("version", &Order::version), field("step", &Order::step),
        field("action", &Order::action), field("send_back_to", &Order::send_back_to),
        field("reason", &Order::reason), field("acting_for", &Order::acting_for),
        field("importer", &Order::importer));
};
Result<Area> area_of(store::Tx&, const Order&) {
    return kCounty;
}
Result<Done> load(road::Desk&, const Order&) {
    return Done{};
}
Result<Order> decide(const Order& order, const Done&) {
    return order;
}
Result<Receipt> record(road::Desk& desk, const Order& order) {
    if (order.deed == Deed::open)
        return Receipt{open_case(desk, "batch", "batch", 12, kCounty).number, 1, "draft", ""};
    if (order.deed == Deed::pause)
        return Receipt{TRY(pause_case(desk, order.work_case, "supplement")).number, 0, "", ""};
    if (order.deed == Deed::resume)
        return Receipt{0, 0, "", TRY(resume_case(desk, order.work_case)).text()};
    if (order.deed == Deed::hand_over) {
        TRY(hand_over(desk, order.work_case, order.importer));
        return Receipt{};
    }
    std::vector<Act> duties;
    if (order.importer) {
        Act release;
        release.step = "release";
        release.staff = order.importer;
        duties.push_back(release);
    }
    const auto done = TRY(act(desk,
                              {order.work_case, order.version, order.step, order.action,
                               order.send_back_to, order.reason, order.acting_for},
                              duties));
    return Receipt{done.act.number, done.version, done.state, ""};
}

struct Cases : World {
    explicit Cases(const char* kind) : World(kind) { use(invariants()); }
    CaseId open() {
        Order order;
        order.deed = Deed::open;
        return CaseId{carry_out(road(), caller, order)->id};
    }
    /// "state version", or the refusal.
    std::string ask(std::int64_t staff, const Order& order) {
        const auto result = carry_out(road(), as(staff), order);
        if (result) return result->state + " " + std::to_string(result->version);
        for (const auto language : {Language::zh_cn, Language::en})
            EXPECT_TRUE(missing_values(result.error(), language).empty());
        return std::string(result.error().kind().code.substr(9));
    }
    std::string acts(std::int64_t staff, CaseId id, std::int64_t version, std::string step,
                     Action action, std::string back = "", std::string reason = "",
                     std::int64_t acting_for = 0) {
        return ask(staff, {Deed::act,
                           id,
                           version,
                           std::move(step),
                           action,
                           std::move(back),
                           std::move(reason),
                           StaffId{acting_for},
                           {}});
    }
    std::string simply(Deed deed, CaseId id, std::int64_t holder = 0) {
        Order order;
        order.deed = deed;
        order.work_case = id;
        order.importer = StaffId{holder};
        const auto result = carry_out(road(), caller, order);
        return result ? "ok" + result->due : std::string(result.error().kind().code.substr(9));
    }
    std::vector<InboxLine> waiting(const std::string& permission, std::int64_t staff,
                                   const InboxPlace& after = {}, int limit = 10) {
        auto tx = database().begin_read();
        return *inbox(*tx, everything(), {permission, "workflow.other"}, StaffId{staff},
                      clock.today(), after, limit);
    }
    template <class O>
    std::string order(const O& wanted) {
        const auto result = carry_out(road(), caller, wanted);
        if (result) return "ok";
        return std::string(result.error().kind().code.substr(9));
    }
    std::vector<std::string> broken() {
        std::vector<std::string> names;
        auto tx = database().begin_read();
        for (const auto& each : invariants()) {
            bool is_broken = false;
            tx->query(*each.broken, {store::Value::of(0)}, store::Fetch::whole,
                      [&](store::Cursor& c) {
                          EXPECT_FALSE(c.text(0).empty() || c.text(1).empty());
                          fenming::test::expect_said(c.text(2));
                          is_broken = true;
                      });
            tx->query(*each.counted, {}, store::Fetch::whole,
                      [&](store::Cursor& c) { EXPECT_GE(c.integer(0), 1); });
            if (is_broken) names.emplace_back(each.name);
        }
        return names;
    }
};

FENMING_ON_BOTH(CasesTest);

TEST_P(CasesTest, a_batch_from_draft_to_approval) {
    Cases w(GetParam());
    const auto id = w.open();
    EXPECT_EQ(w.acts(1, id, 1, "submit", Action::submit), "submitted 2");
    EXPECT_EQ(w.acts(2, id, 1, "review", Action::approve), "stale_version");
    EXPECT_EQ(w.acts(2, id, 2, "approve", Action::approve), "wrong_step");
    EXPECT_EQ(w.acts(1, id, 2, "review", Action::approve), "same_person");
    EXPECT_EQ(w.acts(2, id, 2, "", Action::comment, "", "金额与花名册不一致？"), "submitted 2");
    EXPECT_EQ(w.acts(2, id, 2, "review", Action::send_back, "submit"), "reason_missing");
    EXPECT_EQ(w.acts(2, id, 2, "review", Action::send_back, "approve", "x"), "send_back_nowhere");
    EXPECT_EQ(w.acts(2, id, 2, "review", Action::send_back, "submit", "请核对张三"), "draft 3");
    EXPECT_EQ(w.acts(1, id, 3, "", Action::recall), "recall_too_late");
    EXPECT_EQ(w.acts(1, id, 3, "submit", Action::submit), "submitted 4");
    EXPECT_EQ(w.acts(2, id, 4, "", Action::recall), "recall_not_sender");
    EXPECT_EQ(w.acts(1, id, 4, "", Action::recall), "draft 5");
    EXPECT_EQ(w.acts(1, id, 5, "submit", Action::submit), "submitted 6");
    EXPECT_EQ(w.acts(2, id, 6, "review", Action::approve), "reviewed 7");
    EXPECT_EQ(w.acts(3, id, 7, "approve", Action::close, "", "x"), "not_closable");
    EXPECT_EQ(w.acts(3, id, 7, "approve", Action::approve), "approved 8");
    EXPECT_EQ(w.acts(3, id, 8, "approve", Action::approve), "case_closed");
    EXPECT_EQ(w.acts(3, CaseId{9}, 8, "approve", Action::approve), "no_case");

    auto tx = w.database().begin_read();
    EXPECT_EQ(case_of(*tx, everything(), "batch", 12), id);
    EXPECT_EQ(case_of(*tx, everything(), "batch", 13), CaseId{});
    const auto acts = acts_of(*tx, everything(), *w.keys, id);
    ASSERT_EQ(acts.size(), 8U);
    EXPECT_EQ(acts[1].comment, "金额与花名册不一致？");
    EXPECT_EQ(acts[2].action, "send_back");
    EXPECT_EQ(acts[2].comment, "请核对张三");
    EXPECT_EQ(acts[7].to_state, "approved");
    EXPECT_TRUE(acts_of(*tx, test::EverythingAllowed::only({110000000000}), *w.keys, id).empty());
    tx.reset();
    EXPECT_TRUE(w.broken().empty());
    w.expect_trail_whole();
}

TEST_P(CasesTest, a_draft_may_be_ended) {
    Cases w(GetParam());
    const auto id = w.open();
    EXPECT_EQ(w.acts(1, id, 1, "submit", Action::close), "reason_missing");
    EXPECT_EQ(w.acts(1, id, 1, "submit", Action::close, "", "重复"), "closed 2");
    EXPECT_TRUE(w.waiting("disbursement.submit", 1).empty());
    EXPECT_EQ(w.simply(Deed::pause, id), "case_closed");
    EXPECT_EQ(w.simply(Deed::hand_over, id, 3), "case_closed");
    w.expect_trail_whole();
}

TEST_P(CasesTest, a_comment_can_be_erased_and_the_trail_still_holds_its_act) {
    Cases w(GetParam());
    const auto id = w.open();
    w.acts(1, id, 1, "", Action::comment, "", "张三的身份证号有误");
    w.behind_the_back(std::string("UPDATE case_comment SET body = ") +
                      (std::string(GetParam()) == "sqlite" ? "x''" : "''"));
    auto tx = w.database().begin_read();
    const auto acts = acts_of(*tx, everything(), *w.keys, id);
    ASSERT_EQ(acts.size(), 1U);
    EXPECT_EQ(acts[0].comment, "");
}

TEST_P(CasesTest, duties_outside_the_case_count) {
    Cases w(GetParam());
    const auto id = w.open();
    EXPECT_EQ(w.acts(1, id, 1, "submit", Action::submit), "submitted 2");
    Order review{Deed::act, id, 2, "review", Action::approve, "", "", {}, StaffId{2}};
    EXPECT_EQ(w.ask(2, review), "same_person");
    EXPECT_EQ(w.ask(3, review), "reviewed 3");
}

TEST_P(CasesTest, a_deputy_stands_in_and_carries_the_restrictions) {  // P13
    Cases w(GetParam());
    const auto id = w.open();
    EXPECT_EQ(w.acts(2, id, 1, "submit", Action::submit, "", "", 1), "no_delegation");
    Delegate leave{kCounty,           StaffId{1},        StaffId{2},
                   day("2026-11-24"), day("2026-12-01"), Absence::leave};
    auto wrong = leave;
    wrong.to_staff = StaffId{1};
    EXPECT_EQ(w.order(wrong), "delegate_self");
    wrong = leave;
    wrong.to_day = day("2026-12-24");
    EXPECT_EQ(w.order(wrong), "delegation_too_long");
    wrong.to_day = day("2026-11-23");
    EXPECT_EQ(w.order(wrong), "delegation_backwards");
    wrong.from_day = wrong.to_day;
    EXPECT_EQ(w.order(wrong), "delegation_past");
    const auto made = carry_out(w.road(), w.caller, leave);
    ASSERT_TRUE(made);
    EXPECT_EQ(w.order(leave), "delegation_twice");

    EXPECT_EQ(w.acts(2, id, 1, "submit", Action::submit, "", "", 1), "submitted 2");
    EXPECT_EQ(w.acts(2, id, 2, "review", Action::approve), "same_person");
    EXPECT_EQ(w.acts(1, id, 2, "review", Action::approve), "same_person");
    EXPECT_EQ(w.simply(Deed::hand_over, id, 1), "ok");
    EXPECT_EQ(w.acts(3, id, 2, "review", Action::approve), "held_by_other");
    EXPECT_EQ(w.waiting("disbursement.review", 3).size(), 0U);
    EXPECT_EQ(w.waiting("disbursement.review", 1).size(), 1U);
    EXPECT_EQ(w.waiting("disbursement.review", 2).size(), 1U);  // the deputy sees it
    {
        auto tx = w.database().begin_read();
        EXPECT_EQ(delegations(*tx, everything(), w.clock.today(), {}, 10).size(), 1U);
    }
    EXPECT_EQ(w.order(EndDelegation{made->delegation}), "ok");
    EXPECT_EQ(w.order(EndDelegation{made->delegation}), "delegation_ended");
    EXPECT_EQ(w.order(EndDelegation{DelegationId{5}}), "no_delegation");
    EXPECT_EQ(w.waiting("disbursement.review", 2).size(), 0U);
    EXPECT_EQ(w.simply(Deed::hand_over, id, 0), "ok");
    EXPECT_EQ(w.acts(3, id, 2, "review", Action::approve), "reviewed 3");
    EXPECT_TRUE(w.broken().empty());
    w.expect_trail_whole();
}

TEST_P(CasesTest, the_inbox_shows_what_waits_and_how_long) {
    Cases w(GetParam());
    std::vector<CaseId> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(w.open());
        EXPECT_EQ(w.acts(1, ids.back(), 1, "submit", Action::submit), "submitted 2");
    }
    const auto page = w.waiting("disbursement.review", 2, {}, 3);
    ASSERT_EQ(page.size(), 3U);
    EXPECT_EQ(page[0].work_case, ids[0]);
    EXPECT_EQ(page[0].subject, 12);
    EXPECT_EQ(page[0].due, day("2026-11-27"));
    EXPECT_EQ(page[0].due_rule, "3w");
    EXPECT_EQ(page[0].days_left, 3);
    const auto rest = w.waiting("disbursement.review", 2, {page[2].due.text(), page[2].task}, 3);
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_EQ(rest[1].work_case, ids[4]);
    EXPECT_TRUE(w.waiting("disbursement.approve", 2).empty());
    {
        auto tx = w.database().begin_read();
        const std::vector<std::string> many(17, "workflow.other");
        const auto refused = inbox(*tx, everything(), many, StaffId{2}, w.clock.today(), {}, 3);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind().code, kTooManyPermissions.code);
    }
    w.clock.advance_ms(std::int64_t{7} * 24 * 3600 * 1000);
    EXPECT_EQ(w.waiting("disbursement.review", 2).front().days_left, -2);
}

TEST_P(CasesTest, a_clock_that_stands_moves_the_due_day) {
    Cases w(GetParam());
    const auto id = w.open();
    EXPECT_EQ(w.acts(1, id, 1, "submit", Action::submit), "submitted 2");
    EXPECT_EQ(w.simply(Deed::resume, id), "not_paused");
    EXPECT_EQ(w.simply(Deed::pause, CaseId{4}), "no_case");
    EXPECT_EQ(w.simply(Deed::pause, id).substr(0, 2), "ok");
    EXPECT_EQ(w.simply(Deed::pause, id), "paused_already");
    EXPECT_EQ(w.acts(2, id, 2, "review", Action::approve), "paused");
    EXPECT_TRUE(w.waiting("disbursement.review", 2).front().is_paused);
    w.clock.advance_ms(std::int64_t{2} * 24 * 3600 * 1000);
    EXPECT_EQ(w.simply(Deed::resume, id),
              "ok2026-12-01");  // two working days later, over a weekend
    EXPECT_EQ(w.waiting("disbursement.review", 2).front().due, day("2026-12-01"));
    EXPECT_EQ(w.acts(2, id, 2, "review", Action::approve), "reviewed 3");
    w.expect_trail_whole();
}

TEST_P(CasesTest, every_invariant_names_what_an_insider_changed) {
    struct Tampering {
        const char* sql;
        std::vector<std::string> broken;
    };
    const Tampering cases[] = {
        {"UPDATE work_case SET state = 'approved'", {"states_have_their_acts"}},
        {"UPDATE work_case SET version = 9", {"states_have_their_acts"}},
        {"UPDATE task SET state = 'done'", {"tasks_stand_at_their_step"}},
        {"UPDATE task SET step = 'approve' WHERE state = 'open'", {"tasks_stand_at_their_step"}},
        {"INSERT INTO case_act (id, case_id, ordinal, step, action, staff_id, account_id, "
         "acting_for_staff, at_ms, from_state, to_state, comment_id, order_id) SELECT 5, id, 7, "
         "'review', 'approve', 1, 1, 0, 0, 'submitted', 'submitted', 0, 5 FROM work_case",
         {"states_have_their_acts", "duties_are_distinct"}},
    };
    for (const auto& c : cases) {
        Cases w(GetParam());
        const auto id = w.open();
        w.acts(1, id, 1, "submit", Action::submit);
        EXPECT_TRUE(w.broken().empty());
        w.behind_the_back(c.sql);
        EXPECT_EQ(w.broken(), c.broken) << c.sql;
    }
}

}  // namespace
}  // namespace fenming::workflow

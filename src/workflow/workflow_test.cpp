// The rules of cases, duties, deputies and clocks as tables.

#include <gtest/gtest.h>

#include "base/check.h"
#include "workflow/rules.h"

namespace fenming::workflow {
namespace {

Date day(std::string_view text) {
    return *parse_date(text);
}

template <class T>
std::string verdict(const Result<T>& result) {
    if (result) return "ok";
    for (const auto language : {Language::zh_cn, Language::en}) {
        EXPECT_TRUE(missing_values(result.error(), language).empty()) << result.error().kind().code;
        EXPECT_FALSE(say(result.error(), language).mend.empty());
    }
    return std::string(result.error().kind().code.substr(9));
}

/// "submit:1 review:2" or "submit:1(5)" for 1 standing in for 5; "x" before a step: a send-back,
/// "r": a recall, "c": a comment.
std::vector<Act> acts_in(std::string_view text) {
    std::vector<Act> acts;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find(' ', at), text.size());
        auto word = std::string(text.substr(at, end - at));
        at = end + 1;
        Act act;
        act.ordinal = static_cast<std::int64_t>(acts.size()) + 1;
        act.action = Action::approve;
        if (word.starts_with("x.")) act.action = Action::send_back;
        if (word.starts_with("r.")) act.action = Action::recall;
        if (word.starts_with("c.")) act.action = Action::comment;
        if (word[1] == '.') word.erase(0, 2);
        const auto colon = word.find(':'), open = word.find('(');
        act.step = word.substr(0, colon);
        act.staff = StaffId{std::stoll(word.substr(colon + 1))};
        if (open != word.npos) act.acting_for = StaffId{std::stoll(word.substr(open + 1))};
        if (act.step == "submit" && act.action == Action::approve) act.action = Action::submit;
        acts.push_back(act);
    }
    return acts;
}

// clang-format off
TEST(Workflow, duties_are_pairwise_distinct_between_persons) {  // S7, P13
    struct Case { const char* acts; const char* step; std::int64_t staff, acting_for; const char* verdict; };
    const Case cases[] = {
        {"",                       "submit",  1, 0, "ok"},
        {"submit:1",               "review",  2, 0, "ok"},
        {"submit:1",               "review",  1, 0, "same_person"},
        {"submit:1",               "submit",  1, 0, "ok"},             // the same step again, after a send-back
        {"submit:1 review:2",      "approve", 1, 0, "same_person"},    // not only the pair of neighbours
        {"submit:1 review:2",      "approve", 3, 0, "ok"},
        {"submit:1",               "review",  2, 1, "same_person"},    // a deputy inherits the restriction
        {"submit:2(1)",            "review",  1, 0, "same_person"},    // what the deputy did counts as the holder's
        {"submit:2(1)",            "review",  2, 0, "same_person"},    // … and as his own
        {"submit:2(1)",            "review",  3, 1, "same_person"},
        {"submit:2(1)",            "review",  3, 0, "ok"},
        {"submit:1 x.review:2",    "approve", 2, 0, "same_person"},    // sending back is a duty, too
        {"submit:1 c.review:3",    "approve", 3, 0, "ok"},             // a comment is none
        {"release:4 submit:1",     "review",  4, 0, "same_person"},    // a duty told by another folder
    };
    for (const auto& c : cases)
        EXPECT_EQ(verdict(distinct(acts_in(c.acts), c.step, StaffId{c.staff}, StaffId{c.acting_for})), c.verdict)
            << c.acts << " then " << c.step << " by " << c.staff;
}

TEST(Workflow, moves_of_a_batch) {  // R3.20, R3.21
    struct Case { const char* step; const char* acts; Action action; const char* at; const char* to; std::int64_t staff;
                  std::int64_t version; const char* verdict; };
    const auto submit = Action::submit, approve = Action::approve, back = Action::send_back, recall = Action::recall,
               close = Action::close, comment = Action::comment;
    const Case cases[] = {
        // case at   acts                   action   order's    back to   by ver  verdict or state
        {"submit",  "",                     submit,  "submit",  "",       1, 1,  "submitted"},
        {"submit",  "",                     submit,  "submit",  "",       1, 2,  "stale_version"},
        {"submit",  "",                     approve, "submit",  "",       1, 1,  "wrong_step"},
        {"submit",  "",                     close,   "submit",  "",       1, 1,  "closed"},
        {"review",  "submit:1",             approve, "review",  "",       2, 1,  "reviewed"},
        {"review",  "submit:1",             submit,  "review",  "",       2, 1,  "wrong_step"},
        {"review",  "submit:1",             approve, "approve", "",       2, 1,  "wrong_step"},
        {"review",  "submit:1",             approve, "review",  "",       1, 1,  "same_person"},
        {"review",  "submit:1",             close,   "review",  "",       2, 1,  "not_closable"},
        {"review",  "submit:1",             back,    "review",  "submit", 2, 1,  "draft"},
        {"review",  "submit:1",             back,    "review",  "approve",2, 1,  "send_back_nowhere"},
        {"review",  "submit:1",             back,    "review",  "",       2, 1,  "send_back_nowhere"},
        {"review",  "submit:1",             recall,  "",        "",       1, 1,  "draft"},
        {"review",  "submit:1",             recall,  "",        "",       2, 1,  "recall_not_sender"},
        {"review",  "submit:1 c.review:2",  recall,  "",        "",       1, 1,  "draft"},          // a comment is no act
        {"approve", "submit:1 review:2",    recall,  "",        "",       1, 1,  "recall_not_sender"},
        {"approve", "submit:1 review:2",    recall,  "",        "",       2, 1,  "submitted"},
        {"approve", "submit:1 review:2",    approve, "approve", "",       3, 1,  "approved"},
        {"approve", "submit:1 review:2",    back,    "approve", "review", 3, 1,  "submitted"},
        {"approve", "submit:1 review:2",    back,    "approve", "submit", 3, 1,  "draft"},
        {"submit",  "submit:1 x.review:2",  recall,  "",        "",       1, 1,  "recall_too_late"},  // the next has acted
        {"submit",  "",                     recall,  "",        "",       1, 1,  "recall_too_late"},
        {"submit",  "submit:1 r.submit:1",  recall,  "",        "",       1, 1,  "recall_too_late"},
        {"",        "submit:1 review:2 approve:3", recall, "",  "",       3, 1,  "recall_too_late"},  // it has ended
        {"",        "submit:1 review:2 approve:3", approve, "approve", "", 3, 1, "case_closed"},
        {"review",  "submit:1",             comment, "",        "",       1, 9,  "submitted"},
    };
    const auto& plan = *find_template("batch");
    for (const auto& c : cases) {
        fenming::workflow::Case now;
        now.version = 1;
        now.step = c.step;
        now.state = *c.step == '\0' ? "approved" : std::string(plan.step(c.step)->state);
        Wanted wanted;
        wanted.action = c.action;
        wanted.step = c.at;
        wanted.send_back_to = c.to;
        wanted.expected_version = c.version;
        wanted.reason = "资料不全";
        const auto move = move_of(plan, now, acts_in(c.acts), {StaffId{c.staff}, {}, {}}, wanted);
        EXPECT_EQ(move ? move->to_state : verdict(move), c.verdict) << c.acts << " by " << c.staff;
    }
}
// clang-format on

TEST(Workflow, what_must_be_said_is_said) {
    const auto& plan = *find_template("batch");
    Case now;
    now.version = 1;
    now.step = "review";
    now.state = "submitted";
    Wanted wanted;
    wanted.expected_version = 1;
    wanted.step = "review";
    wanted.send_back_to = "submit";
    for (const auto action : {Action::send_back, Action::comment}) {
        wanted.action = action;
        EXPECT_EQ(verdict(move_of(plan, now, {}, {StaffId{2}, {}, {}}, wanted)), "reason_missing");
    }
    now.step = "submit";
    wanted.step = "submit";
    wanted.action = Action::close;
    EXPECT_EQ(verdict(move_of(plan, now, {}, {StaffId{2}, {}, {}}, wanted)), "reason_missing");
}

TEST(Workflow, a_held_task_is_its_holders_or_his_deputys) {
    const auto& plan = *find_template("batch");
    Case now;
    now.version = 1;
    now.step = "review";
    now.state = "submitted";
    now.holder = StaffId{5};
    Wanted wanted;
    wanted.expected_version = 1;
    wanted.step = "review";
    wanted.action = Action::approve;
    EXPECT_EQ(verdict(move_of(plan, now, {}, {StaffId{2}, {}, {}}, wanted)), "held_by_other");
    EXPECT_EQ(verdict(move_of(plan, now, {}, {StaffId{5}, {}, {}}, wanted)), "ok");
    EXPECT_EQ(verdict(move_of(plan, now, {}, {StaffId{2}, {}, StaffId{5}}, wanted)), "ok");
    now.is_paused = true;
    EXPECT_EQ(verdict(move_of(plan, now, {}, {StaffId{5}, {}, {}}, wanted)), "paused");
}

// clang-format off
TEST(Workflow, due_days) {  // R13; 2026-10-01…07 are days off, 2026-10-10 is worked
    struct Case { const char* start; const char* limit; const char* due; };
    const Case cases[] = {
        {"2026-11-24", "3w",  "2026-11-27"},   // Tuesday; counting starts the day after
        {"2026-11-26", "3w",  "2026-12-01"},   // over a weekend
        {"2026-09-30", "1w",  "2026-10-08"},
        {"2026-11-24", "20c", "2026-12-14"},
        {"2026-11-24", "4c",  "2026-11-30"},   // Saturday moves to Monday
        {"2026-11-24", "",    ""},
        {"2026-12-31", "5w",  ""},             // nobody has announced 2027 yet
        {"2026-12-31", "5c",  ""},
    };
    for (const auto& c : cases) {
        const auto due = due_date(Calendar::built_in(), day(c.start), limit_of(c.limit));
        EXPECT_EQ(due.is_none() ? "" : due.text(), c.due) << c.start << " " << c.limit;
        EXPECT_EQ(limit_of(c.limit).text(), c.limit);
    }
    for (const auto* damaged : {"w", "5", "5x", "-1w"}) EXPECT_THROW(limit_of(damaged), Fault) << damaged;
}

TEST(Workflow, a_pause_moves_the_due_day) {
    struct Case { const char* due; const char* limit; const char* from; const char* to; const char* moved; };
    const Case cases[] = {
        // due         limit  paused from   until          due now
        {"2026-11-27", "3w",  "2026-11-24", "2026-11-24", "2026-11-27"},
        {"2026-11-27", "3w",  "2026-11-24", "2026-11-25", "2026-11-30"},  // one working day, over a weekend
        {"2026-11-27", "3w",  "2026-11-27", "2026-11-30", "2026-11-30"},  // Friday to Monday: one working day
        {"2026-11-27", "3w",  "2026-11-28", "2026-11-29", "2026-11-27"},  // a Saturday does not count
        {"2026-11-27", "20c", "2026-11-24", "2026-11-28", "2026-12-01"},  // four calendar days
        {"",           "3w",  "2026-11-24", "2026-11-28", ""},
    };
    for (const auto& c : cases) {
        const auto due = *c.due == '\0' ? Date() : day(c.due);
        const auto moved = due_after_pause(Calendar::built_in(), due, limit_of(c.limit), day(c.from), day(c.to));
        EXPECT_EQ(moved.is_none() ? "" : moved.text(), c.moved) << c.from << " " << c.to;
    }
}

TEST(Workflow, delegation) {  // P13
    struct Case { std::int64_t from, to; const char* first; const char* last; bool overlaps; const char* verdict; };
    const Case cases[] = {
        {1, 2, "2026-11-24", "2026-12-23", false, "ok"},                   // 30 days, both counted
        {1, 2, "2026-11-24", "2026-12-24", false, "delegation_too_long"},
        {1, 1, "2026-11-24", "2026-11-25", false, "delegate_self"},
        {1, 2, "2026-11-25", "2026-11-24", false, "delegation_backwards"},
        {1, 2, "2026-11-20", "2026-11-23", false, "delegation_past"},
        {1, 2, "2026-11-20", "2026-11-24", false, "ok"},
        {1, 2, "2026-11-24", "2026-11-24", true,  "delegation_twice"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(verdict(may_delegate({StaffId{c.from}, StaffId{c.to}, day(c.first), day(c.last)}, c.overlaps,
                                       day("2026-11-24"))), c.verdict) << c.first << c.last;
}
// clang-format on

TEST(Workflow, every_template_leads_to_its_end) {
    for (const auto& plan : templates()) {
        std::size_t steps = 0;
        const Step* step = &plan.first();
        while (step != nullptr) {
            ++steps;
            ASSERT_LE(steps, plan.steps.size()) << plan.name;
            for (const auto back : step->may_send_back_to) EXPECT_NE(plan.step(back), nullptr);
            step = step->next.empty() ? nullptr : plan.step(step->next);
        }
        EXPECT_EQ(steps, plan.steps.size()) << plan.name;
        EXPECT_FALSE(plan.end_state.empty());
        for (const auto language : {Language::zh_cn, Language::en})
            for (const auto& each : plan.steps) {
                EXPECT_FALSE(words("workflow.step." + std::string(each.name), language).empty());
                EXPECT_FALSE(words("workflow.state." + std::string(each.state), language).empty());
            }
    }
    EXPECT_EQ(find_template("batch", 99), nullptr);
    EXPECT_EQ(find_template("nothing"), nullptr);
}

}  // namespace
}  // namespace fenming::workflow

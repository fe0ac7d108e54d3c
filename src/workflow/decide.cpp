// The rules of cases (R3.20, R3.21, S7), deputies (P13) and clocks (R13).

#include "base/check.h"
#include "base/text.h"
#include "workflow/rules.h"

namespace fenming::workflow {
namespace {

bool is_forward(Action action) {
    return action == Action::submit || action == Action::approve;
}

/// The same person, whoever of the two acted for the other.
bool shares_person(const Act& act, StaffId staff, StaffId acting_for) {
    const auto is = [&](StaffId one) { return one && (one == act.staff || one == act.acting_for); };
    return is(staff) || is(acting_for);
}

/// The newest act that moved the case; nullptr if none did.
const Act* last_move(const std::vector<Act>& acts) {
    for (auto i = acts.size(); i > 0; --i)
        if (acts[i - 1].action != Action::comment) return &acts[i - 1];
    return nullptr;
}

Result<Move> forward(const Template& plan, const Step& here, const Wanted& wanted) {
    const bool begins = &here == &plan.first();
    if (begins != (wanted.action == Action::submit))
        return refuse(refusal(kWrongStep)
                          .word("step", std::string(here.name), "workflow.step")
                          .word("wanted", wanted.step, "workflow.step"));
    const Step* next = here.next.empty() ? nullptr : plan.step(here.next);
    check(here.next.empty() || next != nullptr, "a step leads to a step of its template");
    return Move{
        wanted.action,           std::string(here.name),
        std::string(here.state), std::string(next == nullptr ? plan.end_state : next->state),
        std::string(here.next),  true};
}

Result<Move> back(const Template& plan, const Step& here, const Wanted& wanted) {
    const Step* to = nullptr;
    for (const auto name : here.may_send_back_to)
        if (name == wanted.send_back_to) to = plan.step(name);
    if (to == nullptr)
        return refuse(refusal(kSendBackNowhere)
                          .word("step", std::string(here.name), "workflow.step")
                          .word("wanted", wanted.send_back_to, "workflow.step"));
    if (wanted.reason.empty()) return refuse(kReasonMissing);
    return Move{wanted.action,          std::string(here.name), std::string(here.state),
                std::string(to->state), std::string(to->name),  true};
}

/// 撤回: the sender takes back what the next one has not touched.
Result<Move> recall(const Template& plan, const Case& now, const std::vector<Act>& acts,
                    const Actor& actor) {
    const Act* last = last_move(acts);
    if (last == nullptr || !is_forward(last->action))
        return refuse(refusal(kRecallTooLate).word("step", now.step, "workflow.step"));
    const Step* sent_from = plan.step(last->step);
    check(sent_from != nullptr, "an act is of a step of its template");
    if (!sent_from->may_recall || now.step.empty())
        return refuse(refusal(kRecallTooLate).word("step", now.step, "workflow.step"));
    const auto sender = last->acting_for ? last->acting_for : last->staff;
    const auto principal = actor.acting_for ? actor.acting_for : actor.staff;
    if (actor.staff != last->staff && principal != sender)
        return refuse(refusal(kRecallNotSender).word("step", last->step, "workflow.step"));
    return Move{Action::recall, last->step, now.state, std::string(sent_from->state),
                last->step,     true};
}

}  // namespace

std::string Limit::text() const {
    if (kind == DayKind::none) return "";
    return std::to_string(days) + (kind == DayKind::working ? "w" : "c");
}

Limit limit_of(std::string_view text) {
    if (text.empty()) return {};
    const auto days = parse_int(text.substr(0, text.size() - 1));
    const bool reads = days && *days <= 3660 && (text.back() == 'w' || text.back() == 'c');
    if (!reads) throw Fault("a stored limit does not read: " + std::string(text));
    return {text.back() == 'w' ? DayKind::working : DayKind::calendar, static_cast<int>(*days)};
}

Result<Done> distinct(const std::vector<Act>& acts, std::string_view step, StaffId staff,
                      StaffId acting_for) {
    for (const auto& act : acts) {
        if (act.action == Action::comment || act.step == step) continue;
        if (shares_person(act, staff, acting_for))
            return refuse(refusal(kSamePerson)
                              .word("step", act.step, "workflow.step")
                              .word("wanted", std::string(step), "workflow.step"));
    }
    return Done{};
}

Result<Move> move_of(const Template& plan, const Case& now, const std::vector<Act>& acts,
                     const Actor& actor, const Wanted& wanted) {
    if (wanted.action == Action::comment) {
        if (wanted.reason.empty()) return refuse(kReasonMissing);
        return Move{Action::comment, now.step, now.state, now.state, now.step, false};
    }
    if (wanted.expected_version != now.version)
        return refuse(refusal(kStaleVersion)
                          .with("expected", wanted.expected_version)
                          .with("found", now.version));
    if (wanted.action == Action::recall) return recall(plan, now, acts, actor);
    const Step* here = now.step.empty() ? nullptr : plan.step(now.step);
    if (here == nullptr)
        return refuse(refusal(kCaseClosed).word("state", now.state, "workflow.state"));
    if (here->name != wanted.step)
        return refuse(refusal(kWrongStep)
                          .word("step", now.step, "workflow.step")
                          .word("wanted", wanted.step, "workflow.step"));
    if (now.is_paused) return refuse(kPaused);
    if (now.holder && now.holder != actor.staff && now.holder != actor.acting_for)
        return refuse(refusal(kHeldByOther).word("step", now.step, "workflow.step"));
    TRY(distinct(acts, here->name, actor.staff, actor.acting_for));
    if (is_forward(wanted.action)) return forward(plan, *here, wanted);
    if (wanted.action == Action::send_back) return back(plan, *here, wanted);
    if (here != &plan.first())
        return refuse(refusal(kNotClosable).word("step", now.step, "workflow.step"));
    if (wanted.reason.empty()) return refuse(kReasonMissing);
    return Move{Action::close, now.step, now.state, std::string(kClosed), "", true};
}

Date due_date(const Calendar& calendar, Date start, const Limit& limit) {
    if (limit.kind == DayKind::none) return {};
    const auto due = limit.kind == DayKind::working ? calendar.add_working_days(start, limit.days)
                                                    : calendar.add_calendar_days(start, limit.days);
    return due ? *due : Date();
}

Date due_after_pause(const Calendar& calendar, Date due, const Limit& limit, Date from, Date to) {
    if (due.is_none() || limit.kind == DayKind::none || to <= from) return due;
    if (limit.kind == DayKind::calendar) {
        const auto moved =
            calendar.add_calendar_days(due, static_cast<int>((to.days() - from.days()).count()));
        return moved ? *moved : Date();
    }
    // Days [from, to) do not count: the same number of working days comes after the old due day.
    const int paused = calendar.working_days_between(add_days(from, -1), add_days(to, -1));
    const auto moved = calendar.add_working_days(due, paused);
    return moved ? *moved : Date();
}

Result<Done> may_delegate(const DelegationWanted& wanted, bool overlaps, Date today) {
    if (wanted.from == wanted.to) return refuse(kDelegateSelf);
    if (wanted.last < wanted.first)
        return refuse(refusal(kDelegationBackwards)
                          .with("first", wanted.first.text())
                          .with("last", wanted.last.text()));
    const auto days = (wanted.last.days() - wanted.first.days()).count() + 1;
    if (days > kDelegationMost)
        return refuse(refusal(kDelegationTooLong)
                          .with("days", static_cast<std::int64_t>(days))
                          .with("most", kDelegationMost));
    if (wanted.last < today)
        return refuse(
            refusal(kDelegationPast).with("last", wanted.last.text()).with("today", today.text()));
    if (overlaps) return refuse(kDelegationTwice);
    return Done{};
}

}  // namespace fenming::workflow

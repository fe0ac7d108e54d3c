#pragma once
// The rules of cases, duties, delegation and clocks; pure.

#include "base/calendar.h"
#include "workflow/workflow.h"

namespace fenming::workflow {

/// Duties of a case are pairwise distinct between persons (S7): whoever acted at one step, himself
/// or through a deputy, does not act at another. Comments are no duty. A recall is the duty of the
/// step that sent. `kSamePerson` names the earlier step. Acts of the same step may repeat.
Result<Done> distinct(const std::vector<Act>& acts, std::string_view step, StaffId staff,
                      StaffId acting_for);

/// What the act would do, or why not. `acts` in order.
Result<Move> move_of(const Template& plan, const Case& now, const std::vector<Act>& acts,
                     const Actor& actor, const Wanted& wanted);

/// Due day of a step that begins on `start`; none if there is no limit. Where nobody has announced
/// the year's holidays yet there is none either: a missing announcement must not stop anyone's aid;
/// the rule stays with the task.
Date due_date(const Calendar& calendar, Date start, const Limit& limit);
/// The due day after a pause [from, to): working limits grow by the working days paused, calendar
/// limits by all of them.
Date due_after_pause(const Calendar& calendar, Date due, const Limit& limit, Date from, Date to);
/// Reads what Limit::text wrote; a damaged one is a Fault.
Limit limit_of(std::string_view text);

/// A/B 角 (P13): at most 30 days, both counted, not in the past, not to himself.
inline constexpr int kDelegationMost = 30;
struct DelegationWanted {
    StaffId from;
    StaffId to;
    Date first;
    Date last;
};
Result<Done> may_delegate(const DelegationWanted& wanted, bool overlaps, Date today);

}  // namespace fenming::workflow

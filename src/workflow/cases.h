#pragma once
// Cases as other folders use them inside their own orders: open one, act on it, read its acts; the
// inbox of what waits for somebody.

#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/fields.h"
#include "road/order.h"
#include "workflow/workflow.h"

namespace fenming::workflow {

/// Opens a case of the newest version of a template, at its first step. A template that does not
/// exist is a Bug: the caller names its own. `kind` says what the subject is, e.g. "batch".
CaseId open_case(road::Desk& desk, std::string_view template_name, std::string_view kind,
                 std::int64_t subject, Area area);

/// Everything the rules look at; `kNoCase` if it is not in desk.scope. Takes the pen of its county.
struct CaseFile {
    Case now;
    std::vector<Act> acts;
    Actor actor;
    bool is_deputy = true;  ///< the delegation that `acting_for` claims is in force today
};
Result<CaseFile> case_file(road::Desk& desk, CaseId id, StaffId acting_for);

/// Judges an act with the case's own template, the caller, and duties known elsewhere (who
/// imported, who changed a line; S7). For a capability's decide().
Result<Move> judge(const CaseFile& file, const Wanted& wanted, const std::vector<Act>& duties = {});

struct ActDone {
    ActId act;
    CaseId work_case;
    std::int64_t version = 0;  ///< the case's, after it
    std::string state;
    TaskId task;  ///< that waits now; none when the case has ended
};
/// Writes what judge() ruled: the act, its comment, the case, the tasks. A case that is not as the
/// file said is a Bug, since its pen is held.
ActDone record_move(road::Desk& desk, const CaseFile& file, const Wanted& wanted, const Move& move);

/// The whole of it for orders that do nothing else in between: case_file, judge, record_move.
Result<ActDone> act(road::Desk& desk, const Wanted& wanted, const std::vector<Act>& duties = {});

/// Stops the clock of a case for 补正, 公示 or 异议 (a word of the caller's list); nobody acts on
/// it meanwhile. `kPausedAlready`.
Result<PauseId> pause_case(road::Desk& desk, CaseId id, std::string_view reason);
/// Starts it again; the due day moves by the days paused. `kNotPaused`.
Result<Date> resume_case(road::Desk& desk, CaseId id);

/// Gives the open task of a case to one person, or (none) back to all who may. `kNoCase`,
/// `kCaseClosed`.
Result<Done> hand_over(road::Desk& desk, CaseId id, StaffId holder);

// ---- reading -----------------------------------------------------------------------------------

/// An act as people read it, with the case's comment opened where it still exists.
struct ActView {
    ActId id;
    std::int64_t ordinal = 0;
    std::string step;
    std::string action;
    StaffId staff;
    StaffId acting_for;
    Instant at;
    std::string from_state;
    std::string to_state;
    std::string comment;
    static constexpr auto fields = std::make_tuple(
        field("id", &ActView::id), field("ordinal", &ActView::ordinal),
        field("step", &ActView::step), field("action", &ActView::action),
        field("staff", &ActView::staff),
        field("acting_for", &ActView::acting_for, "empty: his own"), field("at", &ActView::at),
        field("from_state", &ActView::from_state), field("to_state", &ActView::to_state),
        field("comment", &ActView::comment, "empty: none, or erased"));
};
std::vector<ActView> acts_of(store::Tx& tx, const Scope& scope, const crypto::KeyStore& keys,
                             CaseId id);

/// The case of a subject; the newest if there are several; none: id 0.
CaseId case_of(store::Tx& tx, const Scope& scope, std::string_view kind, std::int64_t subject);

/// What waits for somebody.
struct InboxLine {
    TaskId task;
    CaseId work_case;
    std::string kind;
    std::int64_t subject = 0;
    std::string step;
    std::string state;
    Area area;
    StaffId holder;
    Instant opened;
    Date due;  ///< none: no limit, or holidays not announced yet
    std::string due_rule;
    std::optional<std::int64_t> days_left;  ///< working days; negative: overdue; null: no due day
    bool is_paused = false;
    static constexpr auto fields = std::make_tuple(
        field("task", &InboxLine::task), field("case", &InboxLine::work_case),
        field("kind", &InboxLine::kind), field("subject", &InboxLine::subject),
        field("step", &InboxLine::step), field("state", &InboxLine::state),
        field("area", &InboxLine::area),
        field("holder", &InboxLine::holder, "empty: whoever has the permission there"),
        field("opened", &InboxLine::opened), field("due", &InboxLine::due),
        field("due_rule", &InboxLine::due_rule, "5w: working days, 20c: calendar days"),
        field("days_left", &InboxLine::days_left, "working days; below zero is overdue"),
        field("is_paused", &InboxLine::is_paused));
};
/// Where an inbox goes on: the due day and id of the last line shown.
struct InboxPlace {
    std::string due;
    TaskId task;
};
/// Open tasks of these permissions (`kTooManyPermissions` above 16), held by nobody, by `staff`, or
/// by one whose deputy he is today; by due day (none last), then id.
Result<std::vector<InboxLine>> inbox(store::Tx& tx, const Scope& scope,
                                     const std::vector<std::string>& permissions, StaffId staff,
                                     Date today, const InboxPlace& after, int limit,
                                     const Calendar& calendar = Calendar::built_in());

}  // namespace fenming::workflow

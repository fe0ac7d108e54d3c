#pragma once
// The words of workflow: templates, cases, acts, tasks; every refusal. The rules stand in rules.h,
// what other folders call in cases.h. This header is pure.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/area.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"

namespace fenming::workflow {

using ActId = Id<struct ActTag>;
using CommentId = Id<struct CommentTag>;
using PauseId = Id<struct PauseTag>;
using DelegationId = Id<struct DelegationTag>;

// ---- refusals ----------------------------------------------------------------------------------

inline constexpr RefusalKind kNoCase{"workflow.no_case", 404};
inline constexpr RefusalKind kStaleVersion{"workflow.stale_version", 412};  // R3.21
inline constexpr RefusalKind kCaseClosed{"workflow.case_closed", 409};
inline constexpr RefusalKind kWrongStep{"workflow.wrong_step", 409};
inline constexpr RefusalKind kSamePerson{"workflow.same_person", 403};  // S7
inline constexpr RefusalKind kHeldByOther{"workflow.held_by_other", 403};
inline constexpr RefusalKind kRecallNotSender{"workflow.recall_not_sender", 403};  // R3.20
inline constexpr RefusalKind kRecallTooLate{"workflow.recall_too_late", 409};      // R3.20
inline constexpr RefusalKind kSendBackNowhere{"workflow.send_back_nowhere", 422};  // R3.20
inline constexpr RefusalKind kReasonMissing{"workflow.reason_missing", 422};
inline constexpr RefusalKind kNotClosable{"workflow.not_closable", 409};
inline constexpr RefusalKind kPausedAlready{"workflow.paused_already", 409};
inline constexpr RefusalKind kNotPaused{"workflow.not_paused", 409};
inline constexpr RefusalKind kPaused{"workflow.paused", 409};
inline constexpr RefusalKind kNoDelegation{"workflow.no_delegation", 403};  // P13
inline constexpr RefusalKind kDelegateSelf{"workflow.delegate_self", 422};
inline constexpr RefusalKind kDelegationTooLong{"workflow.delegation_too_long", 422};  // P13
inline constexpr RefusalKind kDelegationBackwards{"workflow.delegation_backwards", 422};
inline constexpr RefusalKind kDelegationPast{"workflow.delegation_past", 422};
inline constexpr RefusalKind kDelegationTwice{"workflow.delegation_twice", 409};
inline constexpr RefusalKind kDelegationEnded{"workflow.delegation_ended", 409};
inline constexpr RefusalKind kTooManyPermissions{"workflow.too_many_permissions", 422};

// ---- templates ---------------------------------------------------------------------------------

enum class DayKind { none, working, calendar };

/// How long a step may take; counting starts the day after the step begins (R13).
struct Limit {
    DayKind kind = DayKind::none;
    int days = 0;
    /// "5w", "20c", "": as stored beside the due date.
    [[nodiscard]] std::string text() const;
};

/// One step: who must act while the case is in `state`.
struct Step {
    std::string_view name;
    std::string_view state;       ///< of the case while it waits for this step
    std::string_view permission;  ///< capability.action of who acts here
    Limit limit;
    std::string_view next;  ///< "" after the last step
    std::vector<std::string_view> may_send_back_to;
    bool may_recall = true;  ///< the sender may take it back while the next has not acted
};

struct Template {
    std::string_view name;
    int version = 1;
    std::vector<Step> steps;     ///< the first is where a case begins
    std::string_view end_state;  ///< after the last step

    [[nodiscard]] const Step& first() const { return steps.front(); }
    /// nullptr if there is no such step.
    [[nodiscard]] const Step* step(std::string_view name) const;
};

/// The templates of this release; a case keeps the version it began with (P: rules of its day).
const std::vector<Template>& templates();
/// nullptr if there is none of that name and version; version 0 asks for the newest.
const Template* find_template(std::string_view name, int version = 0);

// ---- cases -------------------------------------------------------------------------------------

/// 提交 · 通过 · 退回 · 撤回 · 说明 · 终止. Send-back is the reviewer's, recall the sender's
/// (R3.20).
enum class Action { submit, approve, send_back, recall, comment, close };
constexpr std::array<std::string_view, 6> names_of(Action) {
    return {"submit", "approve", "send_back", "recall", "comment", "close"};
}
inline constexpr std::string_view kClosed = "closed";  ///< the state after close

/// A case as its rules see it. version counts the acts that moved it, from 1.
struct Case {
    CaseId id;
    std::string kind;
    std::int64_t subject = 0;
    Area area;
    std::string template_name;
    int template_version = 0;
    std::string state;
    std::string step;  ///< "" when it has ended
    std::int64_t version = 0;
    StaffId holder;  ///< of the open task; none: whoever has the permission
    bool is_paused = false;
};

/// One act of a case; also how another folder tells of duties outside it (an import, a change).
struct Act {
    std::int64_t ordinal = 0;
    std::string step;
    Action action = Action::submit;
    StaffId staff;
    StaffId acting_for;  ///< whose deputy; none: his own
    std::string from_state;
    std::string to_state;
};

/// Who acts. A deputy carries the restrictions of the one he stands in for (P13).
struct Actor {
    StaffId staff;
    AccountId account;
    StaffId acting_for;
};

/// What is wanted: `step` is where the caller's order belongs, e.g. "review" for a review order.
struct Wanted {
    CaseId work_case;
    std::int64_t expected_version = 0;
    std::string step;  ///< "" for recall and comment
    Action action = Action::submit;
    std::string send_back_to;  ///< a step; only for send_back
    std::string reason;        ///< free text; required to send back and to close
    StaffId acting_for;
};

/// What an act does to its case.
struct Move {
    Action action = Action::submit;
    std::string acting_step;  ///< the step whose duty this was
    std::string from_state;
    std::string to_state;
    std::string to_step;  ///< "" when the case ends
    bool moves = true;    ///< false for a comment
};

}  // namespace fenming::workflow

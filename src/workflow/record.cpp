// Cases between rows and words.

#include "base/check.h"
#include "base/names.h"
#include "crypto/random.h"
#include "workflow/cases.h"
#include "workflow/rules.h"
#include "workflow/sql.h"

namespace fenming::workflow {
namespace {

constexpr std::string_view kCommentTable = "case_comment";

struct CaseRow {
    CaseId id;
    std::string kind;
    std::int64_t subject = 0;
    Area area;
    std::string plan;
    int plan_version = 0;
    std::string state, step;
    std::int64_t version = 0;
    StaffId holder;
    bool is_paused = false;
    static constexpr auto fields = std::make_tuple(
        field("id", &CaseRow::id), field("kind", &CaseRow::kind),
        field("subject_id", &CaseRow::subject), field("area", &CaseRow::area),
        field("template", &CaseRow::plan), field("template_version", &CaseRow::plan_version),
        field("state", &CaseRow::state), field("step", &CaseRow::step),
        field("version", &CaseRow::version), field("holder_staff", &CaseRow::holder),
        field("is_paused", &CaseRow::is_paused));
};
struct ActRow {
    std::int64_t ordinal = 0;
    std::string step, action;
    StaffId staff, acting_for;
    std::string from_state, to_state;
    static constexpr auto fields = std::make_tuple(
        field("ordinal", &ActRow::ordinal), field("step", &ActRow::step),
        field("action", &ActRow::action), field("staff_id", &ActRow::staff),
        field("acting_for_staff", &ActRow::acting_for), field("from_state", &ActRow::from_state),
        field("to_state", &ActRow::to_state));
};
struct OpenTask {
    TaskId id;
    Date due;
    std::string rule;
    static constexpr auto fields =
        std::make_tuple(field("id", &OpenTask::id), field("due_date", &OpenTask::due),
                        field("due_rule", &OpenTask::rule));
};
struct OpenPause {
    PauseId id;
    Date from;
    static constexpr auto fields =
        std::make_tuple(field("id", &OpenPause::id), field("from_day", &OpenPause::from));
};

Action stored_action(const std::string& name) {
    const auto names = names_of(Action::submit);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<Action>(i);
    throw Fault("a stored action is none of the list: " + name);
}

const Template& plan_of(const Case& now) {
    const auto* plan = find_template(now.template_name, now.template_version);
    if (plan == nullptr) throw Fault("no template " + now.template_name + " in this release");
    return *plan;
}

Result<Case> found_case(road::Desk& desk, CaseId id) {
    const auto row = desk.tx.one<CaseRow>(sql::case_row, id, desk.scope);
    if (!row) return refuse(refusal(kNoCase).with("case", id.number));
    desk.need_pen(row->area);
    return Case{row->id,    row->kind, row->subject, row->area,   row->plan,     row->plan_version,
                row->state, row->step, row->version, row->holder, row->is_paused};
}

TaskId open_task(road::Desk& desk, CaseId work_case, const Step& step, Area area) {
    const auto id = desk.mint<TaskId>();
    const auto due = due_date(Calendar::built_in(), desk.today, step.limit);
    desk.tx.run(sql::add_task, id, work_case, step.name, step.permission, area, area.county(), 0,
                desk.at, due.is_none() ? "" : due.text(), step.limit.text(), 0, "open", desk.order);
    return id;
}

CommentId keep_comment(road::Desk& desk, CaseId work_case, const std::string& text) {
    if (text.empty()) return {};
    const auto id = desk.mint<CommentId>();
    const auto cell = desk.keys.seal_cell({kCommentTable, "body", id.number}, text);
    desk.tx.run(sql::add_comment, id, work_case, cell, crypto::random_bytes(16), desk.order);
    return id;
}

}  // namespace

CaseId open_case(road::Desk& desk, std::string_view template_name, std::string_view kind,
                 std::int64_t subject, Area area) {
    const auto* plan = find_template(template_name);
    check(plan != nullptr, "a case is opened with a template of this release");
    desk.need_pen(area);
    const auto id = desk.mint<CaseId>();
    const auto& first = plan->first();
    desk.tx.run(sql::add_case, id, kind, subject, area, area.county(), plan->name, plan->version,
                first.state, first.name, 1, desk.at, 0, desk.order);
    open_task(desk, id, first, area);
    return id;
}

Result<CaseFile> case_file(road::Desk& desk, CaseId id, StaffId acting_for) {
    CaseFile file;
    file.now = TRY(found_case(desk, id));
    for (auto& row : desk.tx.all<ActRow>(sql::acts_of_case, id))
        file.acts.push_back({row.ordinal, std::move(row.step), stored_action(row.action), row.staff,
                             row.acting_for, std::move(row.from_state), std::move(row.to_state)});
    file.actor = {desk.caller.staff, desk.caller.account, acting_for};
    if (acting_for)
        file.is_deputy =
            desk.tx.value<std::int64_t>(sql::stands_in, desk.caller.staff, acting_for, desk.today)
                .value_or(0) > 0;
    return file;
}

Result<Move> judge(const CaseFile& file, const Wanted& wanted, const std::vector<Act>& duties) {
    if (!file.is_deputy) return refuse(kNoDelegation);
    const auto move = TRY(move_of(plan_of(file.now), file.now, file.acts, file.actor, wanted));
    const bool is_duty = move.action != Action::comment && move.action != Action::recall;
    if (is_duty) TRY(distinct(duties, move.acting_step, file.actor.staff, file.actor.acting_for));
    return move;
}

ActDone record_move(road::Desk& desk, const CaseFile& file, const Wanted& wanted,
                    const Move& move) {
    const auto& now = file.now;
    ActDone done;
    done.work_case = now.id;
    done.act = desk.mint<ActId>();
    done.state = move.to_state;
    done.version = now.version + (move.moves ? 1 : 0);
    const auto comment = keep_comment(desk, now.id, wanted.reason);
    const auto ordinal = file.acts.empty() ? 1 : file.acts.back().ordinal + 1;
    desk.tx.run(sql::add_act, done.act, now.id, ordinal, move.acting_step, name_of(move.action),
                file.actor.staff, file.actor.account, file.actor.acting_for, desk.at,
                move.from_state, move.to_state, comment, desk.order);
    if (!move.moves) return done;
    const bool ends = move.to_step.empty();
    const auto moved = desk.tx.run(sql::move_case, now.id, now.version, move.to_state, move.to_step,
                                   ends ? desk.at.ms : 0, desk.order);
    check(moved == 1, "a case is as its file said");
    desk.tx.run(sql::close_task, now.id, desk.at, desk.order);
    if (!ends) {
        const auto* step = plan_of(now).step(move.to_step);
        check(step != nullptr, "a move leads to a step of its template");
        done.task = open_task(desk, now.id, *step, now.area);
    }
    desk.announce("workflow.case_moved", now.id.number, now.area);
    return done;
}

Result<ActDone> act(road::Desk& desk, const Wanted& wanted, const std::vector<Act>& duties) {
    const auto file = TRY(case_file(desk, wanted.work_case, wanted.acting_for));
    const auto move = TRY(judge(file, wanted, duties));
    return record_move(desk, file, wanted, move);
}

Result<PauseId> pause_case(road::Desk& desk, CaseId id, std::string_view reason) {
    const auto now = TRY(found_case(desk, id));
    if (now.step.empty())
        return refuse(refusal(kCaseClosed).word("state", now.state, "workflow.state"));
    if (now.is_paused) return refuse(kPausedAlready);
    const auto pause = desk.mint<PauseId>();
    desk.tx.run(sql::add_pause, pause, id, reason, desk.today, "", desk.order);
    return pause;
}

Result<Date> resume_case(road::Desk& desk, CaseId id) {
    TRY(found_case(desk, id));
    const auto pause = desk.tx.one<OpenPause>(sql::open_pause, id);
    if (!pause) return refuse(kNotPaused);
    desk.tx.run(sql::end_pause, pause->id, desk.today, desk.order);
    const auto task = desk.tx.one<OpenTask>(sql::open_task, id);
    check(task.has_value(), "a paused case has an open task");
    const auto due = due_after_pause(Calendar::built_in(), task->due, limit_of(task->rule),
                                     pause->from, desk.today);
    desk.tx.run(sql::move_due, id, due.is_none() ? "" : due.text(), desk.order);
    return due;
}

Result<Done> hand_over(road::Desk& desk, CaseId id, StaffId holder) {
    const auto now = TRY(found_case(desk, id));
    if (now.step.empty())
        return refuse(refusal(kCaseClosed).word("state", now.state, "workflow.state"));
    desk.tx.run(sql::hold_task, id, holder, desk.order);
    return Done{};
}

}  // namespace fenming::workflow

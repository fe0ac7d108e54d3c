// Looking at cases: their acts, and what waits for whom.

#include "workflow/cases.h"
#include "workflow/rules.h"
#include "workflow/sql.h"

namespace fenming::workflow {
namespace {

struct ActRow {
    ActId id;
    std::int64_t ordinal = 0;
    std::string step, action;
    StaffId staff, acting_for;
    Instant at;
    std::string from_state, to_state;
    CommentId comment;
    std::optional<Bytes> body;
    static constexpr auto fields = std::make_tuple(
        field("id", &ActRow::id), field("ordinal", &ActRow::ordinal), field("step", &ActRow::step),
        field("action", &ActRow::action), field("staff_id", &ActRow::staff),
        field("acting_for_staff", &ActRow::acting_for), field("at_ms", &ActRow::at),
        field("from_state", &ActRow::from_state), field("to_state", &ActRow::to_state),
        field("comment_id", &ActRow::comment), field("body", &ActRow::body));
};

struct InboxRow {
    TaskId task;
    CaseId work_case;
    std::string kind;
    std::int64_t subject = 0;
    std::string step, state;
    Area area;
    StaffId holder;
    Instant opened;
    Date due;
    std::string rule;
    bool is_paused = false;
    static constexpr auto fields = std::make_tuple(
        field("id", &InboxRow::task), field("case_id", &InboxRow::work_case),
        field("kind", &InboxRow::kind), field("subject_id", &InboxRow::subject),
        field("step", &InboxRow::step), field("state", &InboxRow::state),
        field("area", &InboxRow::area), field("holder_staff", &InboxRow::holder),
        field("opened_ms", &InboxRow::opened), field("due_date", &InboxRow::due),
        field("due_rule", &InboxRow::rule), field("is_paused", &InboxRow::is_paused));
};

constexpr std::size_t kMostPermissions = 16;

}  // namespace

std::vector<ActView> acts_of(store::Tx& tx, const Scope& scope, const crypto::KeyStore& keys,
                             CaseId id) {
    std::vector<ActView> views;
    for (auto& row : tx.all<ActRow>(sql::act_views, id, scope)) {
        ActView view{row.id,
                     row.ordinal,
                     std::move(row.step),
                     std::move(row.action),
                     row.staff,
                     row.acting_for,
                     row.at,
                     std::move(row.from_state),
                     std::move(row.to_state),
                     ""};
        // An erased comment is an empty cell (S3).
        if (row.body && !row.body->empty())
            view.comment =
                keys.open_cell({"case_comment", "body", row.comment.number}, *row.body).reveal();
        views.push_back(std::move(view));
    }
    return views;
}

CaseId case_of(store::Tx& tx, const Scope& scope, std::string_view kind, std::int64_t subject) {
    return tx.value<CaseId>(sql::case_of_subject, kind, subject, scope).value_or(CaseId{});
}

Result<std::vector<InboxLine>> inbox(store::Tx& tx, const Scope& scope,
                                     const std::vector<std::string>& permissions, StaffId staff,
                                     Date today, const InboxPlace& after, int limit,
                                     const Calendar& calendar) {
    if (permissions.size() > kMostPermissions)
        return refuse(refusal(kTooManyPermissions)
                          .with("count", static_cast<std::int64_t>(permissions.size()))
                          .with("most", static_cast<std::int64_t>(kMostPermissions)));
    const std::string day = today.text();
    std::vector<store::Value> values;
    for (std::size_t i = 0; i < kMostPermissions; ++i)
        values.push_back(store::Value::of_text(
            i < permissions.size() ? std::string_view(permissions[i]) : std::string_view()));
    for (const auto& value :
         {store::Value::of(staff.number), store::Value::of_text(day),
          store::Value::of_text(after.due), store::Value::of(after.task.number),
          store::Value::of(limit), store::Value::of(scope.low()), store::Value::of(scope.end())})
        values.push_back(value);
    std::vector<InboxLine> lines;
    tx.query(sql::inbox.info, values, store::Fetch::whole, [&](store::Cursor& c) {
        auto row = store::read_row<InboxRow>(c);
        InboxLine line{row.task,     row.work_case,       std::move(row.kind),
                       row.subject,  std::move(row.step), std::move(row.state),
                       row.area,     row.holder,          row.opened,
                       row.due,      std::move(row.rule), {},
                       row.is_paused};
        if (!line.due.is_none()) line.days_left = calendar.working_days_between(today, line.due);
        lines.push_back(std::move(line));
    });
    return lines;
}

}  // namespace fenming::workflow

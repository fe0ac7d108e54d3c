// Shared between the record files of this folder.

#include "disbursement/desk.h"

#include "access/access.h"
#include "base/text.h"
#include "disbursement/sql.h"
#include "policy/policy.h"
#include "workflow/rules.h"

namespace fenming::disbursement {
namespace {

struct ProgrammeRow {
    std::string subjects;
    std::int64_t on_list = 0;
    static constexpr auto fields = std::make_tuple(field("subjects", &ProgrammeRow::subjects),
                                                   field("on_list", &ProgrammeRow::on_list));
};
struct LineRow {
    LineId id;
    BatchId batch;
    std::int64_t ordinal = 0;
    Area area;
    Area county;
    PersonId person;
    PayeeAccountId account;
    Money fen;
    std::string reference;
    LineId corrects;
    std::int64_t attempt = 1;
    OrderId order;
    std::string state = "ready";
    static constexpr auto fields = std::make_tuple(
        field("id", &LineRow::id), field("batch_id", &LineRow::batch),
        field("ordinal", &LineRow::ordinal), field("area", &LineRow::area),
        field("county", &LineRow::county), field("person_id", &LineRow::person),
        field("account_id", &LineRow::account), field("fen", &LineRow::fen),
        field("reference", &LineRow::reference), field("corrects_line", &LineRow::corrects),
        field("attempt", &LineRow::attempt), field("order_id", &LineRow::order),
        field("state", &LineRow::state));
};
struct SeverityCount {
    std::string severity;
    std::int64_t findings = 0;
    std::string code;
    static constexpr auto fields = std::make_tuple(field("severity", &SeverityCount::severity),
                                                   field("findings", &SeverityCount::findings),
                                                   field("code", &SeverityCount::code));
};
struct DutyRow {
    std::string step;
    StaffId staff;
    static constexpr auto fields =
        std::make_tuple(field("step", &DutyRow::step), field("staff", &DutyRow::staff));
};
struct EventRow {
    std::int64_t id = 0;
    LineId line;
    BatchId batch;
    std::string event;
    std::string code;
    std::string on_day;
    AnswerId answer;
    OrderId order;
    static constexpr auto fields =
        std::make_tuple(field("id", &EventRow::id), field("line_id", &EventRow::line),
                        field("batch_id", &EventRow::batch), field("event", &EventRow::event),
                        field("code", &EventRow::code), field("on_day", &EventRow::on_day),
                        field("answer_id", &EventRow::answer), field("order_id", &EventRow::order));
};

}  // namespace

Result<Area> area_of_batch(store::Tx& tx, BatchId batch) {
    const auto area = tx.value<Area>(sql::area_of_batch, batch);
    if (!area)
        return refuse(access::kNotHere);  // as for a batch of another place: nobody learns which
    return *area;
}

Result<Batch> find_batch(road::Desk& desk, BatchId batch) {
    auto found = desk.tx.one<Batch>(sql::batch, batch, desk.scope);
    if (!found) return refuse(refusal(kBatchNotFound).with("batch", std::to_string(batch.number)));
    return std::move(*found);
}

BatchReceipt move(road::Desk& desk, Batch batch, State to) {
    desk.tx.run(sql::move_batch, batch.id, stored(to), batch.work_case, batch.check_run,
                batch.payable, batch.payable_fen, batch.approved_digest, desk.order);
    desk.announce("disbursement.batch_" + stored(to), batch.id.number, batch.area);
    const auto payable = payable_of(desk.tx, batch.id);
    const bool fixed = to >= State::approved && to != State::cancelled;
    return {batch.id, stored(to), batch.version + 1, fixed ? batch.payable : payable.lines,
            fixed ? batch.payable_fen : payable.fen};
}

Payable payable_of(store::Tx& tx, BatchId batch) {
    return tx.one<Payable>(sql::payable_sum, batch).value_or(Payable{});
}

std::optional<ProgrammeFacts> programme_facts(store::Tx& tx, std::string_view programme,
                                              const Period& period, Date today) {
    const auto from = period.from ? period.from->first_day().text() : "";
    const auto to = period.to ? period.to->last_day().text() : "";
    const auto row = tx.one<ProgrammeRow>(sql::programme_in_force, programme, from, to, today);
    if (!row) return std::nullopt;
    ProgrammeFacts facts;
    for (const auto& subject : split(row->subjects, ' '))
        if (!trim(subject).empty()) facts.subjects.push_back(trim(subject));
    facts.on_the_list = row->on_list > 0;
    return facts;
}

BatchReceipt add_batch(road::Desk& desk, const NewBatchRows& rows) {
    const auto& head = rows.head;
    const auto id = desk.mint<BatchId>();
    const auto county = head.area.county();
    const auto work_case = workflow::open_case(desk, "batch", "batch", id.number, head.area);
    const auto from = head.period.from ? head.period.from->text() : "";
    const auto to = head.period.to ? head.period.to->text() : "";
    const auto count = static_cast<std::int64_t>(rows.lines.size());
    desk.tx.run(sql::add_batch, id, head.area, county, head.programme, head.period, from, to,
                head.kind, rows.claim_kind, head.cause, head.corrects, head.mode, rows.digest,
                count, head.total, work_case, Bytes{}, desk.at, desk.order);
    std::vector<LineRow> lines;
    lines.reserve(rows.lines.size());
    for (const auto& line : rows.lines)
        lines.push_back({desk.mint<LineId>(), id, static_cast<std::int64_t>(lines.size()) + 1,
                         head.area.contains(line.area) ? line.area : head.area, county, line.person,
                         line.account, line.fen, line.reference, line.corrects, line.attempt,
                         desk.order, "ready"});
    desk.tx.run_each<LineRow>(sql::add_line, lines);
    desk.announce("disbursement.batch_draft", id.number, head.area);
    return {id, "draft", 1, count, head.total};
}

void add_events(road::Desk& desk, BatchId batch, const std::vector<NewEvent>& events,
                AnswerId answer) {
    std::vector<EventRow> rows;
    rows.reserve(events.size());
    for (const auto& e : events)
        rows.push_back({desk.mint_number(), e.line, batch, e.event, e.code,
                        e.on.is_none() ? "" : e.on.text(), answer, desk.order});
    desk.tx.run_each<EventRow>(sql::add_event, rows);
}

std::vector<Candidate> funding_candidates(road::Desk& desk, const Batch& batch) {
    const auto holder = batch.county.code != 0 ? batch.county : batch.area;
    return desk.tx.all<Candidate>(sql::candidates, batch.programme, desk.today.year(), holder,
                                  desk.today);
}

FundingRule funding_rule(road::Desk& desk, const Batch& batch) {
    return member_of<FundingRule>(
        policy::parameter_at(desk.tx, "funding.rule", batch.programme, batch.area, desk.today)
            .value);
}

OpenFindings open_findings(store::Tx& tx, const Batch& batch) {
    OpenFindings open;
    for (const auto& row : tx.all<SeverityCount>(sql::open_findings, batch.id, batch.check_run)) {
        // legal < line < warning in the alphabet as in gravity: the first row names the gravest.
        if (open.first.empty()) open.first = row.code;
        (row.severity == "legal"  ? open.legal
         : row.severity == "line" ? open.line
                                  : open.warning) = row.findings;
    }
    return open;
}

StaffId maker_of(road::Desk& desk, const Batch& batch) {
    return desk.tx.value<StaffId>(sql::maker, batch.id, batch.county).value_or(StaffId{});
}

std::vector<workflow::Act> duties_of(road::Desk& desk, const Batch& batch) {
    std::vector<workflow::Act> acts;
    if (const auto maker = maker_of(desk, batch)) {
        workflow::Act made;
        made.step = "submit";  // bringing in and handing over are one duty, the maker's (P13)
        made.staff = maker;
        acts.push_back(made);
    }
    for (const auto& duty : desk.tx.all<DutyRow>(sql::duties, batch.id)) {
        workflow::Act act;
        act.step = duty.step;
        act.staff = duty.staff;
        acts.push_back(act);
    }
    return acts;
}

Result<Done> may_do(const std::vector<workflow::Act>& acts, std::string_view duty, StaffId staff) {
    return workflow::distinct(acts, duty, staff, {});
}

Days days_of(const Period& period, Date today) {
    if (!period.from || !period.to) return {today, today};
    return {period.from->first_day(), period.to->next().first_day()};
}

}  // namespace fenming::disbursement

// Persons, their places and what is known of them: between rows and words.

#include "registry/persons.h"

#include <algorithm>
#include <limits>

#include "crypto/random.h"
#include "registry/probe.h"
#include "registry/sql.h"

namespace fenming::registry {
namespace {

/// A row of person_status.
struct StatusToAdd {
    StatusId id;
    PersonId person;
    Area area;
    Area county;
    std::string kind;
    std::string source;
    std::string valid_from;
    std::string valid_to;
    OrderId known_from;
    std::int64_t known_to = 0;
    std::array<std::uint8_t, 16> row_salt{};
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &StatusToAdd::id), field("person_id", &StatusToAdd::person),
        field("area", &StatusToAdd::area), field("county", &StatusToAdd::county),
        field("kind", &StatusToAdd::kind), field("source", &StatusToAdd::source),
        field("valid_from", &StatusToAdd::valid_from), field("valid_to", &StatusToAdd::valid_to),
        field("known_from", &StatusToAdd::known_from), field("known_to", &StatusToAdd::known_to),
        field("row_salt", &StatusToAdd::row_salt), field("order_id", &StatusToAdd::order));
};

StatusToAdd status_row(road::Desk& desk, PersonId person, Area area, std::string kind,
                       std::string source, const Span& span) {
    return {desk.mint<StatusId>(),
            person,
            area,
            area.county(),
            std::move(kind),
            std::move(source),
            span.from.text(),
            span.to.text(),
            desk.order,
            0,
            crypto::random_array<16>(),
            desk.order};
}

}  // namespace

Result<Area> area_of_person(store::Tx& tx, PersonId person) {
    const auto area = tx.value<Area>(sql::person_area, person);
    if (!area) return refuse(access::kNotHere);
    return *area;
}

Result<PersonBrief> brief_of(store::Tx& tx, const Scope& scope, PersonId person) {
    auto brief = tx.one<PersonBrief>(sql::person_brief, person, scope);
    if (!brief) return refuse(access::kNotHere);
    return std::move(*brief);
}

std::vector<StatusRow> statuses_of(store::Tx& tx, const Scope& scope, PersonId person) {
    return tx.all<StatusRow>(sql::statuses_of, person, scope);
}

Result<Area> area_of(store::Tx&, const RecordStatuses& order) {
    return order.area;
}

Result<StatusesDossier> load(road::Desk& desk, const RecordStatuses& order) {
    std::vector<PersonId> ids;
    ids.reserve(order.facts.size());
    for (const StatusInput& fact : order.facts) ids.push_back(fact.person);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

    const std::int64_t question = desk.mint_number();
    Probe probe(desk.tx, question, ids);
    StatusesDossier dossier{desk.today,
                            desk.tx.all<PersonBrief>(sql::briefs_of_probe, question, desk.scope),
                            desk.tx.all<StatusRow>(sql::statuses_of_probe, question, desk.scope)};
    probe.clear();
    for (const PersonBrief& person : dossier.persons) desk.need_pen(person.area);
    return dossier;
}

Result<StatusesReceipt> record(road::Desk& desk, const StatusesDecision& decision) {
    std::vector<StatusToAdd> rows;
    rows.reserve(decision.add.size());
    for (const NewStatus& each : decision.add)
        rows.push_back(status_row(desk, each.person, each.area, stored(each.kind),
                                  stored(each.source), each.span));
    desk.tx.run_each<StatusToAdd>(sql::add_status, rows);
    if (!rows.empty()) desk.announce("registry.statuses_recorded", desk.order.number, desk.area);
    return StatusesReceipt{static_cast<std::int64_t>(rows.size()), decision.already_known};
}

Result<Area> area_of(store::Tx& tx, const EndStatus& order) {
    const auto area = tx.value<Area>(sql::status_area, order.status);
    if (!area) return refuse(access::kNotHere);
    return *area;
}

Result<EndStatusDossier> load(road::Desk& desk, const EndStatus& order) {
    return EndStatusDossier{desk.today, desk.area,
                            desk.tx.one<StatusRow>(sql::status_held, order.status, desk.scope)};
}

Result<EndStatusReceipt> record(road::Desk& desk, const EndStatusDecision& decision) {
    const StatusId old{decision.old.id};
    check(desk.tx.run(sql::close_status, old, desk.order, desk.scope) == 1,
          "a fact is closed once");
    if (!decision.again) return EndStatusReceipt{old, std::nullopt};
    const std::vector<StatusToAdd> rows{status_row(desk, decision.old.person, decision.area,
                                                   decision.old.kind, decision.old.source,
                                                   *decision.again)};
    desk.tx.run_each<StatusToAdd>(sql::add_status, rows);
    return EndStatusReceipt{old, rows.front().id};
}

Result<Area> area_of(store::Tx& tx, const MovePerson& order) {
    return area_of_person(tx, order.person);
}

Result<MoveDossier> load(road::Desk& desk, const MovePerson& order) {
    auto person = TRY(brief_of(desk.tx, desk.scope, order.person));
    desk.need_pen(order.to);
    return MoveDossier{desk.today, person, area_on(desk.tx, order.to, desk.today).has_value(),
                       desk.tx.all<ResidenceRow>(sql::residences_of, order.person)};
}

Result<MoveReceipt> record(road::Desk& desk, const MoveDecision& decision) {
    const MovePerson& move = decision.order;
    const auto add = [&](Area area, Date from, Date to) {
        const std::int64_t id = desk.mint_number();
        desk.tx.run(sql::add_residence, id, move.person, area, area.county(), from, to.text(),
                    desk.order, desk.order);
        return id;
    };
    if (decision.closes) {
        desk.tx.run(sql::close_residence, decision.closes->id, desk.order);
        add(decision.closes->area, decision.closes->valid_from, move.from);
    }
    const std::int64_t residence = add(move.to, move.from, Date());
    desk.tx.run(sql::move_person, move.person, move.to, move.to.county());
    desk.tx.run(sql::move_accounts, move.person, move.to, move.to.county());
    desk.tx.run(sql::move_statuses, move.person, move.to, move.to.county());
    desk.announce("registry.person_moved", move.person.number, desk.area);
    return MoveReceipt{move.person, residence};
}

std::optional<Area> residence_on(store::Tx& tx, PersonId person, Date day, OrderId as_known) {
    const std::int64_t known =
        as_known ? as_known.number : std::numeric_limits<std::int64_t>::max();
    const auto moved = tx.value<Area>(sql::residence_on, person, day, known);
    return moved ? moved : tx.value<Area>(sql::first_area, person);
}

}  // namespace fenming::registry

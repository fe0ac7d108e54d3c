#pragma once
// Persons who may receive money, where they live, and what is known of them: orders, dossiers,
// decisions, refusals (R9.01, R9.05, R1.AE, R3.02; S10, S17; E6).

#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "base/secret.h"
#include "registry/areas.h"

namespace fenming::registry {

// An order about one person, fact, account or unit that does not exist, or that the caller may not
// see, is refused with access.not_here: the two look alike.

/// A row of a list names a person that does not exist, or not for the caller.
inline constexpr RefusalKind kPersonNotFound{"registry.person_not_found", 422};
/// A fact is dated after today, or before the person was born.
inline constexpr RefusalKind kDateOutOfLife{"registry.date_out_of_life", 422};
/// Death has no end; a report that was wrong is withdrawn.
inline constexpr RefusalKind kDeathEnds{"registry.death_ends", 422};
/// Two facts of one order, or one and what is known, say the same kind of thing of the same days.
inline constexpr RefusalKind kStatusOverlaps{"registry.status_overlaps", 409};
/// The fact is no longer held for true, or has its end already.
inline constexpr RefusalKind kStatusClosed{"registry.status_closed", 409};
inline constexpr RefusalKind kAlreadyLivesThere{"registry.already_lives_there", 409};
/// A move dated before one that is already known.
inline constexpr RefusalKind kMoveOutOfOrder{"registry.move_out_of_order", 409};

/// Numbers of 18 characters with the check digit of GB 11643; all are looked up alike (R9.05).
enum class IdKind { citizen, residence_permit, foreign_permit };
constexpr std::array<std::string_view, 3> names_of(IdKind) {
    return {"citizen", "residence_permit", "foreign_permit"};
}
/// How careful to be with a person (S17); the higher counts, the programme's or the person's.
enum class Label { ordinary, sensitive, child, guarded };
constexpr std::array<std::string_view, 4> names_of(Label) {
    return {"ordinary", "sensitive", "child", "protected"};
}
enum class Sex { female, male };
constexpr std::array<std::string_view, 2> names_of(Sex) {
    return {"female", "male"};
}

enum class StatusKind { dead, imprisoned, missing, fiscal_staff, moved_away, in_institution };
constexpr std::array<std::string_view, 6> names_of(StatusKind) {
    return {"dead", "imprisoned", "missing", "fiscal_staff", "moved_away", "in_institution"};
}
/// Who says so.
enum class StatusSource { police, funeral, health, court, personnel, bank, village, self, other };
constexpr std::array<std::string_view, 9> names_of(StatusSource) {
    return {"police", "funeral", "health", "court", "personnel",
            "bank",   "village", "self",   "other"};
}

struct StatusInput {
    PersonId person;
    StatusKind kind = StatusKind::dead;
    StatusSource source = StatusSource::other;
    Date valid_from;
    std::optional<Date> valid_to;
    static constexpr auto fields = std::make_tuple(
        field("person_id", &StatusInput::person), field("kind", &StatusInput::kind),
        field("source", &StatusInput::source, "who says so"),
        field("valid_from", &StatusInput::valid_from, "first day; of death the day itself"),
        field("valid_to", &StatusInput::valid_to, "the day on which it holds no longer"));
};

/// Records facts about persons in `area`. What is known already, day for day, is left as it is, so
/// that the same list may come twice.
struct RecordStatuses {
    Area area;
    std::vector<StatusInput> facts;
    static constexpr road::OrderType type{"registry.record_statuses", "registry.person.write"};
    static constexpr auto fields =
        std::make_tuple(field("area", &RecordStatuses::area),
                        field("facts", &RecordStatuses::facts, "1 to 100,000 facts"));
};
/// A person as the rules see them.
struct PersonBrief {
    PersonId person;
    Area area;
    Date birth_date;
    std::string label;
    static constexpr auto fields = std::make_tuple(
        field("person_id", &PersonBrief::person), field("area", &PersonBrief::area),
        field("birth_date", &PersonBrief::birth_date), field("label", &PersonBrief::label));
};
/// A fact held for true. `known_from` is the order by which we knew.
struct StatusRow {
    std::int64_t id = 0;
    PersonId person;
    std::string kind;
    std::string source;
    Date valid_from;
    Date valid_to;
    OrderId known_from;
    static constexpr auto fields = std::make_tuple(
        field("id", &StatusRow::id), field("person_id", &StatusRow::person),
        field("kind", &StatusRow::kind), field("source", &StatusRow::source),
        field("valid_from", &StatusRow::valid_from), field("valid_to", &StatusRow::valid_to),
        field("known_from", &StatusRow::known_from));
    [[nodiscard]] Span span() const { return {valid_from, valid_to}; }
};
struct StatusesDossier {
    Date today;
    std::vector<PersonBrief> persons;  ///< those of the order that the caller may see
    std::vector<StatusRow> known;      ///< what is held for true of them
};
struct NewStatus {
    PersonId person;
    Area area;
    StatusKind kind = StatusKind::dead;
    StatusSource source = StatusSource::other;
    Span span;
};
struct StatusesDecision {
    std::vector<NewStatus> add;
    std::int64_t already_known = 0;
};
struct StatusesReceipt {
    std::int64_t recorded = 0;
    std::int64_t already_known = 0;
    static constexpr auto fields =
        std::make_tuple(field("recorded", &StatusesReceipt::recorded),
                        field("already_known", &StatusesReceipt::already_known));
};
Result<Area> area_of(store::Tx& tx, const RecordStatuses& order);
Result<StatusesDossier> load(road::Desk& desk, const RecordStatuses& order);
Result<StatusesDecision> decide(const RecordStatuses& order, const StatusesDossier& dossier);
Result<StatusesReceipt> record(road::Desk& desk, const StatusesDecision& decision);

using StatusId = Id<struct StatusTag>;

/// Gives a fact its end (`on` = the day on which it holds no longer), or withdraws it as untrue
/// when `on` is absent. The row is closed; an ended fact is written again with its end.
struct EndStatus {
    StatusId status;
    std::optional<Date> on;
    static constexpr road::OrderType type{"registry.end_status", "registry.person.write"};
    static constexpr auto fields = std::make_tuple(
        field("status_id", &EndStatus::status),
        field("on", &EndStatus::on, "the day on which it holds no longer; absent: it was untrue"));
};
struct EndStatusDossier {
    Date today;
    Area area;
    std::optional<StatusRow> status;  ///< absent: it is closed already
};
struct EndStatusDecision {
    StatusRow old;
    Area area;
    std::optional<Span> again;
};
struct EndStatusReceipt {
    StatusId closed;
    std::optional<StatusId> again;  ///< absent when it was withdrawn
    static constexpr auto fields = std::make_tuple(field("closed", &EndStatusReceipt::closed),
                                                   field("again", &EndStatusReceipt::again));
};
Result<Area> area_of(store::Tx& tx, const EndStatus& order);
Result<EndStatusDossier> load(road::Desk& desk, const EndStatus& order);
Result<EndStatusDecision> decide(const EndStatus& order, const EndStatusDossier& dossier);
Result<EndStatusReceipt> record(road::Desk& desk, const EndStatusDecision& decision);

/// A person now lives elsewhere; accounts and facts follow for whoever may see them. The order is
/// the old place's; it touches the new place's pen too.
struct MovePerson {
    PersonId person;
    Area to;
    Date from;
    static constexpr road::OrderType type{"registry.move_person", "registry.person.write"};
    static constexpr auto fields =
        std::make_tuple(field("person_id", &MovePerson::person), field("to", &MovePerson::to),
                        field("from", &MovePerson::from, "first day there"));
};
struct ResidenceRow {
    std::int64_t id = 0;
    Area area;
    Date valid_from;
    Date valid_to;
    static constexpr auto fields = std::make_tuple(
        field("id", &ResidenceRow::id), field("area", &ResidenceRow::area),
        field("valid_from", &ResidenceRow::valid_from), field("valid_to", &ResidenceRow::valid_to));
};
struct MoveDossier {
    Date today;
    PersonBrief person;
    bool area_known = false;
    std::vector<ResidenceRow> residences;  ///< moves held for true, by day
};
struct MoveDecision {
    MovePerson order;
    std::optional<ResidenceRow> closes;  ///< the stay that ends with this move
};
struct MoveReceipt {
    PersonId person;
    std::int64_t residence = 0;
    static constexpr auto fields = std::make_tuple(field("person_id", &MoveReceipt::person),
                                                   field("residence", &MoveReceipt::residence));
};
Result<Area> area_of(store::Tx& tx, const MovePerson& order);
Result<MoveDossier> load(road::Desk& desk, const MovePerson& order);
Result<MoveDecision> decide(const MovePerson& order, const MoveDossier& dossier);
Result<MoveReceipt> record(road::Desk& desk, const MoveDecision& decision);

/// Where a person was on a day, as known at an order (0 = now).
std::optional<Area> residence_on(store::Tx& tx, PersonId person, Date day, OrderId as_known);
/// The area of a person, for the road; refuses access.not_here.
Result<Area> area_of_person(store::Tx& tx, PersonId person);
/// A person in the scope; refuses access.not_here.
Result<PersonBrief> brief_of(store::Tx& tx, const Scope& scope, PersonId person);
/// What is held for true of a person in the scope, newest first.
std::vector<StatusRow> statuses_of(store::Tx& tx, const Scope& scope, PersonId person);

}  // namespace fenming::registry

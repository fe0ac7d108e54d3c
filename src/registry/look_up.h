#pragma once
// Looking a person up, and seeing clear values: always for a purpose, always noted (E39; S10, S11,
// S16, S17; P25).

#include <optional>
#include <string>
#include <vector>

#include "registry/accounts.h"
#include "registry/mask.h"

namespace fenming::registry {

/// Give an ID number, or a name and a birth date; not a part of either.
inline constexpr RefusalKind kLookUpByWhat{"registry.look_up_by_what", 422};
/// A search or an unmasking says what for.
inline constexpr RefusalKind kReasonMissing{"registry.reason_missing", 422};
/// A staff person's look-ups of the day are used up (S11).
inline constexpr RefusalKind kTooManyLookUps{"registry.too_many_look_ups", 429};

inline constexpr std::int64_t kLookUpsADay = 300;

/// Why somebody looks: the class is counted and shown, the reason in words is sealed.
enum class Purpose { application, payment, returned_payment, complaint, audit, correction, other };
constexpr std::array<std::string_view, 7> names_of(Purpose) {
    return {"application", "payment", "returned_payment", "complaint", "audit",
            "correction",  "other"};
}

/// Finds persons in `area` by their whole ID number, or by name and birth date. Children and
/// protected persons are not found: see LookUpGuarded. Who lies outside the caller's area is not
/// found either.
struct LookUp {
    Area area;
    std::optional<Secret<std::string>> id_number;
    std::optional<Secret<std::string>> name;
    std::optional<Date> birth_date;
    Purpose purpose = Purpose::other;
    Secret<std::string> reason;
    static constexpr road::OrderType type{"registry.look_up", "registry.read"};
    static constexpr auto fields = std::make_tuple(
        field("area", &LookUp::area, "where to look"),
        field("id_number", &LookUp::id_number, "the whole number"),
        field("name", &LookUp::name, "with birth_date"), field("birth_date", &LookUp::birth_date),
        field("purpose", &LookUp::purpose), field("reason", &LookUp::reason, "in words"));
};
/// As LookUp, children and protected persons included (S17).
struct LookUpGuarded {
    Area area;
    std::optional<Secret<std::string>> id_number;
    std::optional<Secret<std::string>> name;
    std::optional<Date> birth_date;
    Purpose purpose = Purpose::other;
    Secret<std::string> reason;
    static constexpr road::OrderType type{"registry.look_up_guarded", "registry.unmask", true};
    static constexpr auto fields = std::make_tuple(
        field("area", &LookUpGuarded::area, "where to look"),
        field("id_number", &LookUpGuarded::id_number, "the whole number"),
        field("name", &LookUpGuarded::name, "with birth_date"),
        field("birth_date", &LookUpGuarded::birth_date), field("purpose", &LookUpGuarded::purpose),
        field("reason", &LookUpGuarded::reason, "in words"));
};
struct LookUpDossier {
    bool is_whole = false;          ///< a whole number, or a name and a birth date
    std::vector<PersonId> found;    ///< in scope and area
    std::int64_t looked_today = 0;  ///< by this staff person
};
struct LookUpDecision {
    Area area;
    std::string kind;
    Purpose purpose = Purpose::other;
    std::string reason;
    std::vector<PersonId> persons;
};
/// Ids only: the persons are then read by id, in the caller's scope.
struct LookUpReceipt {
    std::vector<PersonId> persons;
    static constexpr auto fields = std::make_tuple(field("person_ids", &LookUpReceipt::persons));
};
Result<Area> area_of(store::Tx& tx, const LookUp& order);
Result<LookUpDossier> load(road::Desk& desk, const LookUp& order);
Result<LookUpDecision> decide(const LookUp& order, const LookUpDossier& dossier);
Result<Area> area_of(store::Tx& tx, const LookUpGuarded& order);
Result<LookUpDossier> load(road::Desk& desk, const LookUpGuarded& order);
Result<LookUpDecision> decide(const LookUpGuarded& order, const LookUpDossier& dossier);
Result<LookUpReceipt> record(road::Desk& desk, const LookUpDecision& decision);

/// Notes that a person's clear values are seen, and for what; `clear_person` then shows them.
struct Unmask {
    PersonId person;
    Purpose purpose = Purpose::other;
    Secret<std::string> reason;
    static constexpr road::OrderType type{"registry.unmask", "registry.unmask", true};
    static constexpr auto fields =
        std::make_tuple(field("person_id", &Unmask::person), field("purpose", &Unmask::purpose),
                        field("reason", &Unmask::reason, "in words"));
};
struct UnmaskDossier {
    PersonBrief person;
    std::int64_t looked_today = 0;
};
Result<Area> area_of(store::Tx& tx, const Unmask& order);
Result<UnmaskDossier> load(road::Desk& desk, const Unmask& order);
Result<LookUpDecision> decide(const Unmask& order, const UnmaskDossier& dossier);

// ---- reading ----

/// A person as a list or card shows them: the name masked, of the birth date only the year.
struct PersonCard {
    PersonId id;
    Area area;
    std::string masked_name;
    std::int64_t birth_year = 0;
    std::string sex;
    std::string label;
    static constexpr auto fields =
        std::make_tuple(field("id", &PersonCard::id), field("area", &PersonCard::area),
                        field("masked_name", &PersonCard::masked_name),
                        field("birth_year", &PersonCard::birth_year),
                        field("sex", &PersonCard::sex), field("label", &PersonCard::label));
};
/// Persons of an area in the scope by id, after `after`; children and protected persons are left
/// out (S17).
std::vector<PersonCard> persons_page(store::Tx& tx, const crypto::KeyStore& keys,
                                     const Scope& scope, Area area, PersonId after, int limit);
/// A look-up as the leaders' list shows it; the reason stays sealed.
struct LookUpRow {
    std::int64_t id = 0;
    Instant at;
    StaffId staff;
    std::string kind;  ///< search, search_guarded, unmask
    std::string purpose;
    PersonId person;
    static constexpr auto fields = std::make_tuple(
        field("id", &LookUpRow::id), field("at", &LookUpRow::at),
        field("staff_id", &LookUpRow::staff), field("kind", &LookUpRow::kind),
        field("purpose", &LookUpRow::purpose), field("person_id", &LookUpRow::person));
};
std::vector<LookUpRow> look_ups_page(store::Tx& tx, const Scope& scope, std::int64_t after,
                                     int limit);
/// How many children and protected persons the page leaves out.
std::int64_t guarded_count(store::Tx& tx, const Scope& scope, Area area);
/// Whether children and protected persons are among what is seen: only with registry.unmask (S17).
enum class Seen { open, guarded_too };
/// One person; refuses access.not_here.
Result<PersonCard> person_card(store::Tx& tx, const crypto::KeyStore& keys, const Scope& scope,
                               PersonId person, Seen seen);

/// Clear values. Only behind an `Unmask`, or for a duty that was given by task (P25).
struct ClearPerson {
    PersonId id;
    Secret<std::string> id_number;
    Secret<std::string> name;
    Secret<std::string> phone;
    Date birth_date;
};
Result<ClearPerson> clear_person(store::Tx& tx, const crypto::KeyStore& keys, const Scope& scope,
                                 PersonId person);

}  // namespace fenming::registry

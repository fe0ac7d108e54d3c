#pragma once
// Registering persons, one or 100,000: check all, seal and stage without a pen, then take over by
// one order (E7, E29, R9.01, R9.04; S5, S9, S17).
//
//   check_persons → stage_persons → RegisterPersons{area, intake}

#include <span>
#include <string>
#include <vector>

#include "crypto/canonical.h"
#include "registry/accounts.h"

namespace fenming::registry {

/// The same ID number stands in two rows.
inline constexpr RefusalKind kPersonTwice{"registry.person_twice", 422};
inline constexpr RefusalKind kIntakeNotFound{"registry.intake_not_found", 404};
/// The name of a holder stands without an account.
inline constexpr RefusalKind kHolderWithoutAccount{"registry.holder_without_account", 422};
/// A bank's code or name is too long.
inline constexpr RefusalKind kBankNameLength{"registry.bank_name_length", 422};

using IntakeId = Id<struct IntakeTag>;

struct PersonInput {
    Area area;
    Secret<std::string> id_number;
    Secret<std::string> name;
    std::optional<IdKind> id_kind;  ///< absent: citizen
    std::optional<Label> label;     ///< absent: ordinary, or child under 14 (R7.10)
    std::optional<Secret<std::string>> phone;
    std::optional<Secret<std::string>> account;
    std::optional<Secret<std::string>> holder;  ///< absent: the person
    std::optional<std::string> bank_code;
    std::optional<std::string> bank_name;
    std::optional<AccountKind> account_kind;  ///< absent: card
    static constexpr auto fields = std::make_tuple(
        field("area", &PersonInput::area, "where the person lives"),
        field("id_number", &PersonInput::id_number), field("name", &PersonInput::name),
        field("id_kind", &PersonInput::id_kind), field("label", &PersonInput::label),
        field("phone", &PersonInput::phone), field("account", &PersonInput::account),
        field("holder", &PersonInput::holder, "name at the bank; absent: the person's"),
        field("bank_code", &PersonInput::bank_code), field("bank_name", &PersonInput::bank_name),
        field("account_kind", &PersonInput::account_kind));
};

/// A person whose every value passed. Personal data in memory: stage it and let it go.
struct CheckedPerson {
    std::int64_t ordinal = 0;
    Area area;
    IdKind id_kind = IdKind::citizen;
    Label label = Label::ordinary;
    crypto::Canonical id_number;
    crypto::Canonical name;  ///< canonical, for the index
    Secret<std::string> written_name;
    Date birth_date;
    Sex sex = Sex::female;
    std::optional<crypto::Canonical> phone;
    std::optional<crypto::Canonical> account;
    std::optional<crypto::Canonical> holder;  ///< absent: the person
    Secret<std::string> written_holder;
    std::string bank_code;
    std::string bank_name;
    AccountKind account_kind = AccountKind::card;
};
struct CheckedPersons {
    std::vector<CheckedPerson> good;
    /// Every refusal of every row, in order; the place has the row (from `first_row`) and the
    /// column by its field name.
    std::vector<Refusal> bad;
};
/// Pure: the shapes, the check digit, the birth date, and that nobody stands twice. `first_row` is
/// the number of the first row where the reader saw it.
CheckedPersons check_persons(std::span<const PersonInput> persons, Date today,
                             std::int64_t first_row = 1);

/// Seals and stages, in transactions of at most 10,000 rows, without a pen. An intake that no order
/// takes over is to be dropped.
struct Staging {
    store::Database& database;
    const crypto::KeyStore& keys;
    IdSource& ids;
    Instant now;
};
/// `intake` 0: a new one is minted.
IntakeId stage_persons(const Staging& staging, std::span<const CheckedPerson> persons,
                       IntakeId intake = {});
/// The intake of a request: the same request has the same, so that sent again under its idempotency
/// key it is the same order (E37). Stage it after dropping what an earlier try left.
IntakeId intake_of(const crypto::KeyStore& keys, BytesView canonical_request);
/// Throws away what was staged.
void drop_intake(store::Database& database, IntakeId intake);

/// Takes staged persons over: who is not registered anywhere is registered, with the account; who
/// is registered and has no account yet gets the one staged; nothing else is touched, an account is
/// changed by `ChangeAccount` only. The staged rows go.
struct RegisterPersons {
    Area area;
    IntakeId intake;
    static constexpr road::OrderType type{"registry.register_persons", "registry.person.write"};
    static constexpr auto fields =
        std::make_tuple(field("area", &RegisterPersons::area, "all of them live in it"),
                        field("intake_id", &RegisterPersons::intake, "what was staged"));
};
struct IntakeDossier {
    std::int64_t rows = 0;
    std::int64_t outside = 0;  ///< rows whose area lies outside the order's
    Area outside_area;         ///< one of them
    Area unknown_area;         ///< one the register does not know; 0: none
    bool has_unknown_area = false;
    std::int64_t twice = 0;  ///< ID numbers that were staged more than once
};
struct IntakeDecision {
    IntakeId intake;
};
struct IntakeReceipt {
    IntakeId intake;
    std::int64_t rows = 0;
    std::int64_t registered = 0;
    std::int64_t already_known = 0;
    std::int64_t accounts = 0;  ///< accounts added
    static constexpr auto fields = std::make_tuple(
        field("intake_id", &IntakeReceipt::intake), field("rows", &IntakeReceipt::rows),
        field("registered", &IntakeReceipt::registered),
        field("already_known", &IntakeReceipt::already_known),
        field("accounts", &IntakeReceipt::accounts));
};
Result<Area> area_of(store::Tx& tx, const RegisterPersons& order);
Result<IntakeDossier> load(road::Desk& desk, const RegisterPersons& order);
Result<IntakeDecision> decide(const RegisterPersons& order, const IntakeDossier& dossier);
Result<IntakeReceipt> record(road::Desk& desk, const IntakeDecision& decision);

}  // namespace fenming::registry

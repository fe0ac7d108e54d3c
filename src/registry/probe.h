#pragma once
// Questions about many persons at once: their keys are laid into registry_probe, joined, and taken
// away again. Chunks of keys in a WHERE are slow; a join is not.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "registry/accounts.h"

namespace fenming::registry {

/// A person found by ID number.
struct FoundPerson {
    std::int64_t ordinal = 0;  ///< which of the keys, from 0
    PersonId person;
    Area area;
    Area county;
    std::string label;
    Date birth_date;
    static constexpr auto fields = std::make_tuple(
        field("ordinal", &FoundPerson::ordinal), field("person_id", &FoundPerson::person),
        field("area", &FoundPerson::area), field("county", &FoundPerson::county),
        field("label", &FoundPerson::label), field("birth_date", &FoundPerson::birth_date));
};

/// A person's account, as a payment needs to judge it (R3.05, S6).
struct AccountOf {
    PersonId person;
    PayeeAccountId account;
    std::int64_t holder_is_person = 0;  ///< 1: the holder's name is the person's
    std::int64_t custody = 0;           ///< 1: a custody or guardian record stands behind it
    std::string bank_code;
    std::string kind;
    std::string checked_result;
    Date checked_on;
    Date valid_from;       ///< since when it is the person's account
    StaffId changed_by;    ///< who entered it
    StaffId confirmed_by;  ///< who confirmed it; 0: entered at registration
    static constexpr auto fields = std::make_tuple(
        field("person_id", &AccountOf::person), field("account_id", &AccountOf::account),
        field("holder_is_person", &AccountOf::holder_is_person),
        field("custody", &AccountOf::custody), field("bank_code", &AccountOf::bank_code),
        field("kind", &AccountOf::kind), field("checked_result", &AccountOf::checked_result),
        field("checked_on", &AccountOf::checked_on), field("valid_from", &AccountOf::valid_from),
        field("changed_by_staff_id", &AccountOf::changed_by),
        field("confirmed_by_staff_id", &AccountOf::confirmed_by));
};

/// An account that several persons use without a custody record (R3.05, R5.05).
struct SharedAccount {
    PersonId person;  ///< one of those asked about
    PayeeAccountId account;
    std::int64_t persons = 0;  ///< how many use it, ≥ 2
    static constexpr auto fields = std::make_tuple(field("person_id", &SharedAccount::person),
                                                   field("account_id", &SharedAccount::account),
                                                   field("persons", &SharedAccount::persons));
};

/// A set of keys, for as long as the object lives within one writing transaction. Call `clear`
/// before the commit; a roll-back clears by itself. The order of the keys is their ordinal.
///
/// No scope: a payment may go to a person whom another county registered (E1). What comes back is
/// ids, places and facts, never a name or number; whoever shows a person asks with a scope.
class Probe {
public:
    /// `id` is minted for this question. Keys for `persons_by_id_number`.
    Probe(store::Tx& tx, std::int64_t id, std::span<const crypto::BlindIndex> id_numbers);
    /// For the other questions.
    Probe(store::Tx& tx, std::int64_t id, std::span<const PersonId> persons);
    /// For a folder's own statements over `registry_probe.key_int`.
    Probe(store::Tx& tx, std::int64_t id, std::span<const PayeeAccountId> accounts);

    /// The registered ones among the keys, by ordinal.
    [[nodiscard]] std::vector<FoundPerson> persons_by_id_number() const;
    /// Facts that hold on at least one day of the month, as known at an order (0 = now; E6):
    /// somebody dead since before the month is among them.
    [[nodiscard]] std::vector<StatusRow> statuses_in(Month month, OrderId as_known) const;
    /// Accounts active on the day, as known at an order (0 = now).
    [[nodiscard]] std::vector<AccountOf> accounts_on(Date day, OrderId as_known) const;
    /// Accounts active on the day that more than one person uses and no custody record explains.
    [[nodiscard]] std::vector<SharedAccount> shared_accounts() const;
    void clear();

private:
    store::Tx* tx_;
    std::int64_t id_;
};

}  // namespace fenming::registry

#pragma once
// Bank accounts money goes to: orders, dossiers, decisions, refusals (R3.05, R9.04, S6, P24).
//
//   proposed → active → closed        proposed → refused
//
// An account row is a fact with a name of its own, since payment lines point to it: it is not
// written again when it ends, but gets its `valid_to` (the exception to E6; a replay reads the
// days).

#include <optional>
#include <string>
#include <vector>

#include "registry/persons.h"

namespace fenming::registry {

/// Rows of a list name accounts that do not exist, or not for the caller.
inline constexpr RefusalKind kAccountNotFound{"registry.account_not_found", 422};
/// An account belongs to one person or to one unit.
inline constexpr RefusalKind kOneOwner{"registry.one_owner", 422};
/// It is the owner's account already.
inline constexpr RefusalKind kAccountUnchanged{"registry.account_unchanged", 409};
/// A change of this owner's account waits for its second person.
inline constexpr RefusalKind kChangePending{"registry.change_pending", 409};
/// The holder's name is not the payee's, and no custody record explains it (R3.05).
inline constexpr RefusalKind kHolderDiffers{"registry.holder_differs", 422};
/// Who proposed a change does not confirm it: persons are compared, not sign-ins (S6, S7).
inline constexpr RefusalKind kSameStaff{"registry.same_staff", 403};
/// The account is not in the state that the order needs.
inline constexpr RefusalKind kAccountState{"registry.account_state", 409};
inline constexpr RefusalKind kNoteEmpty{"registry.note_empty", 422};
inline constexpr RefusalKind kCheckInFuture{"registry.check_in_future", 422};

enum class AccountKind { card, passbook, unit };
constexpr std::array<std::string_view, 3> names_of(AccountKind) {
    return {"card", "passbook", "unit"};
}
enum class AccountState { proposed, active, closed, refused };
constexpr std::array<std::string_view, 4> names_of(AccountState) {
    return {"proposed", "active", "closed", "refused"};
}
/// The bank's answer to a check before the first payment (P24).
enum class AccountCheck { normal, name_mismatch, closed, not_class_one, frozen, unknown };
constexpr std::array<std::string_view, 6> names_of(AccountCheck) {
    return {"normal", "name_mismatch", "closed", "not_class_one", "frozen", "unknown"};
}

/// Proposes an account; it counts when a second person has confirmed it. A unit's account is that
/// of an institution for those in its care.
struct ChangeAccount {
    std::optional<PersonId> person;
    std::optional<UnitId> unit;
    Secret<std::string> account;
    Secret<std::string> holder;
    std::string bank_code;
    std::string bank_name;
    AccountKind kind = AccountKind::card;
    std::optional<Secret<std::string>> custody_note;
    std::optional<FileId> proof;
    static constexpr road::OrderType type{"registry.change_account", "registry.account.write",
                                          true};
    static constexpr auto fields = std::make_tuple(
        field("person_id", &ChangeAccount::person, "the owner, or absent"),
        field("unit_id", &ChangeAccount::unit, "the institution that owns it, or absent"),
        field("account", &ChangeAccount::account, "6 to 32 digits"),
        field("holder", &ChangeAccount::holder, "the name the bank has"),
        field("bank_code", &ChangeAccount::bank_code),
        field("bank_name", &ChangeAccount::bank_name), field("kind", &ChangeAccount::kind),
        field("custody_note", &ChangeAccount::custody_note, "who keeps it for whom, and by what"),
        field("proof_file_id", &ChangeAccount::proof, "the scan that proves it"));
};
/// An account as the rules see it.
struct AccountBrief {
    PayeeAccountId id;
    PersonId person;
    UnitId unit;
    Area area;
    std::string state;
    StaffId changed_by;
    Bytes account_index;
    static constexpr auto fields =
        std::make_tuple(field("id", &AccountBrief::id), field("person_id", &AccountBrief::person),
                        field("unit_id", &AccountBrief::unit), field("area", &AccountBrief::area),
                        field("state", &AccountBrief::state),
                        field("changed_by_staff_id", &AccountBrief::changed_by),
                        field("account_index", &AccountBrief::account_index));
};
struct ChangeDossier {
    Area area;            ///< the owner's
    Bytes account_index;  ///< of the account proposed
    Bytes holder_index;
    Bytes owner_index;                   ///< of the person's name; empty for a unit
    std::vector<AccountBrief> accounts;  ///< the owner's, proposed and active
};
struct ChangeDecision {
    ChangeAccount order;
    std::string account;  ///< canonical
    Bytes account_index;
    Bytes holder_index;
    Area area;
};
struct AccountReceipt {
    PayeeAccountId account;
    static constexpr auto fields = std::make_tuple(field("account_id", &AccountReceipt::account));
};
Result<Area> area_of(store::Tx& tx, const ChangeAccount& order);
Result<ChangeDossier> load(road::Desk& desk, const ChangeAccount& order);
Result<ChangeDecision> decide(const ChangeAccount& order, const ChangeDossier& dossier);
Result<AccountReceipt> record(road::Desk& desk, const ChangeDecision& decision);

/// The second person's word on a proposed account. Accepted, it takes the place of the owner's
/// other accounts from today on.
struct ConfirmAccountChange {
    PayeeAccountId account;
    bool accept = true;
    static constexpr road::OrderType type{"registry.confirm_account_change",
                                          "registry.account.confirm", true};
    static constexpr auto fields =
        std::make_tuple(field("account_id", &ConfirmAccountChange::account),
                        field("accept", &ConfirmAccountChange::accept, "false: it is refused"));
};
struct AccountDossier {
    AccountBrief account;
    StaffId staff;  ///< who gives the order
    Date today;
};
struct ConfirmDecision {
    AccountBrief account;
    bool accept = true;
};
Result<Area> area_of(store::Tx& tx, const ConfirmAccountChange& order);
Result<AccountDossier> load(road::Desk& desk, const ConfirmAccountChange& order);
Result<ConfirmDecision> decide(const ConfirmAccountChange& order, const AccountDossier& dossier);
struct ConfirmReceipt {
    PayeeAccountId account;
    std::int64_t accepted = 0;  ///< 1 or 0
    std::int64_t closed = 0;    ///< the owner's accounts whose place it took
    static constexpr auto fields = std::make_tuple(field("account_id", &ConfirmReceipt::account),
                                                   field("accepted", &ConfirmReceipt::accepted),
                                                   field("closed", &ConfirmReceipt::closed));
};
Result<ConfirmReceipt> record(road::Desk& desk, const ConfirmDecision& decision);

/// Nothing is paid into it from today on.
struct CloseAccount {
    PayeeAccountId account;
    static constexpr road::OrderType type{"registry.close_account", "registry.account.write"};
    static constexpr auto fields = std::make_tuple(field("account_id", &CloseAccount::account));
};
struct CloseDecision {
    AccountBrief account;
};
Result<Area> area_of(store::Tx& tx, const CloseAccount& order);
Result<AccountDossier> load(road::Desk& desk, const CloseAccount& order);
Result<CloseDecision> decide(const CloseAccount& order, const AccountDossier& dossier);
Result<AccountReceipt> record(road::Desk& desk, const CloseDecision& decision);

/// Who keeps an account for whom (custody or guardian record, R3.05): it may then bear another's
/// name and serve several persons.
struct RecordCustody {
    PayeeAccountId account;
    Secret<std::string> note;
    static constexpr road::OrderType type{"registry.record_custody", "registry.account.write"};
    static constexpr auto fields =
        std::make_tuple(field("account_id", &RecordCustody::account),
                        field("note", &RecordCustody::note, "who keeps it for whom, and by what"));
};
struct CustodyDecision {
    AccountBrief account;
    std::string note;
};
Result<Area> area_of(store::Tx& tx, const RecordCustody& order);
Result<AccountDossier> load(road::Desk& desk, const RecordCustody& order);
Result<CustodyDecision> decide(const RecordCustody& order, const AccountDossier& dossier);
Result<AccountReceipt> record(road::Desk& desk, const CustodyDecision& decision);

struct CheckInput {
    PayeeAccountId account;
    AccountCheck result = AccountCheck::normal;
    static constexpr auto fields = std::make_tuple(field("account_id", &CheckInput::account),
                                                   field("result", &CheckInput::result));
};
/// The bank's answers to a check of accounts in `area` (P24).
struct RecordAccountChecks {
    Area area;
    Date on;
    std::vector<CheckInput> checks;
    static constexpr road::OrderType type{"registry.record_account_checks",
                                          "registry.account.write"};
    static constexpr auto fields = std::make_tuple(
        field("area", &RecordAccountChecks::area), field("on", &RecordAccountChecks::on),
        field("checks", &RecordAccountChecks::checks, "1 to 100,000 answers"));
};
struct ChecksDossier {
    Date today;
    std::int64_t found = 0;  ///< rows whose account lies in the order's area and the scope
};
struct ChecksDecision {
    Date on;
    std::vector<CheckInput> checks;
};
struct ChecksReceipt {
    std::int64_t recorded = 0;
    static constexpr auto fields = std::make_tuple(field("recorded", &ChecksReceipt::recorded));
};
Result<Area> area_of(store::Tx& tx, const RecordAccountChecks& order);
Result<ChecksDossier> load(road::Desk& desk, const RecordAccountChecks& order);
Result<ChecksDecision> decide(const RecordAccountChecks& order, const ChecksDossier& dossier);
Result<ChecksReceipt> record(road::Desk& desk, const ChecksDecision& decision);

/// An account as a list shows it: no digit but the last four, which are personal.
struct AccountRow {
    PayeeAccountId id;
    std::string last_four;
    std::string bank_code;
    std::string bank_name;
    std::string kind;
    std::int64_t custody = 0;
    std::string checked_result;
    Date checked_on;
    std::string state;
    StaffId changed_by;
    StaffId confirmed_by;
    Date valid_from;
    Date valid_to;
    static constexpr auto fields = std::make_tuple(
        field("id", &AccountRow::id), field("last_four", &AccountRow::last_four),
        field("bank_code", &AccountRow::bank_code), field("bank_name", &AccountRow::bank_name),
        field("kind", &AccountRow::kind), field("custody", &AccountRow::custody),
        field("checked_result", &AccountRow::checked_result),
        field("checked_on", &AccountRow::checked_on), field("state", &AccountRow::state),
        field("changed_by_staff_id", &AccountRow::changed_by),
        field("confirmed_by_staff_id", &AccountRow::confirmed_by),
        field("valid_from", &AccountRow::valid_from), field("valid_to", &AccountRow::valid_to));
};
/// A person's accounts in the scope, newest first.
std::vector<AccountRow> accounts_of(store::Tx& tx, const Scope& scope, PersonId person);
/// Changes in the scope that wait for a second person, by id, after `after`.
std::vector<AccountRow> pending_changes(store::Tx& tx, const Scope& scope, PayeeAccountId after,
                                        int limit);

/// The clear account and holder, for a bank file (S6): opened in one pass over the ids given, which
/// must exist. In the order of the ids.
struct ClearAccount {
    PayeeAccountId account;
    Secret<std::string> number;
    Secret<std::string> holder;
};
std::vector<ClearAccount> open_accounts(store::Tx& tx, const crypto::KeyStore& keys,
                                        std::int64_t probe, std::span<const PayeeAccountId> ids);

}  // namespace fenming::registry

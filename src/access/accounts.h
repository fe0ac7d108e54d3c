#pragma once
// Offices, people and accounts: two administrators make each account (S7, R8.04).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "access/passwords.h"
#include "access/rows.h"
#include "road/invariant.h"
#include "road/order.h"

namespace fenming::access {

inline constexpr RefusalKind kAccountsExist{"access.accounts_exist", 409};
inline constexpr RefusalKind kTwoFounders{"access.two_founders", 422};
inline constexpr RefusalKind kLoginShape{"access.login_shape", 422};
inline constexpr RefusalKind kLoginTaken{"access.login_taken", 409};
inline constexpr RefusalKind kNameNeeded{"access.name_needed", 422};
inline constexpr RefusalKind kSameName{"access.same_name", 409};
inline constexpr RefusalKind kOfficeCodeTaken{"access.office_code_taken", 409};
inline constexpr RefusalKind kOfficeCodeShape{"access.office_code_shape", 422};
inline constexpr RefusalKind kHowMany{"access.how_many", 422};
inline constexpr RefusalKind kDecidedAlready{"access.decided_already", 409};
inline constexpr RefusalKind kSamePerson{"access.same_person", 409};
inline constexpr RefusalKind kNotToHimself{"access.not_to_himself", 409};
inline constexpr RefusalKind kAccountState{"access.account_state", 409};

/// One order makes or decides at most so many things.
inline constexpr std::size_t kMostAtOnce = 500;

enum class OfficeKind {
    town_desk,
    county_bureau,
    city_section,
    finance_section,
    leaders,
    internal_audit,
    third_party,
    administrators
};
constexpr std::array<std::string_view, 8> names_of(OfficeKind) {
    return {"town_desk", "county_bureau",  "city_section", "finance_section",
            "leaders",   "internal_audit", "third_party",  "administrators"};
}

// ---- founding -------------------------------------------------------------------------------

struct Founder {
    std::string login;
    std::string name;
    std::optional<Secret<std::string>> phone;
    static constexpr auto fields =
        std::make_tuple(field("login", &Founder::login, "sign-in name: a-z, 0-9, . - _"),
                        field("name", &Founder::name, "the person's name, as on forms"),
                        field("phone", &Founder::phone));
};

/// Makes the first office and the first two administrators, while there is no account (S1): the
/// first founder becomes admin-account, the second admin-permission.
struct FirstAccount {
    static constexpr road::OrderType type{"access.first_account", kFound};
    Area area;
    std::string office_code;
    std::string office_name_zh;
    std::string office_name_en;
    std::vector<Founder> founders;
    static constexpr auto fields =
        std::make_tuple(field("area", &FirstAccount::area, "the root of the area tree"),
                        field("office_code", &FirstAccount::office_code),
                        field("office_name_zh", &FirstAccount::office_name_zh),
                        field("office_name_en", &FirstAccount::office_name_en),
                        field("founders", &FirstAccount::founders, "two people"));
    std::vector<NewPassword> passwords;  ///< in the order of the founders
};

struct Founding {  ///< dossier
    bool has_accounts = false;
    bool is_demo = false;
};
struct Founded {  ///< decision
    FirstAccount order;
    bool must_change = true;
};
struct FoundedReceipt {
    std::vector<AccountId> accounts;
    static constexpr auto fields = std::make_tuple(field("accounts", &FoundedReceipt::accounts));
};

// ---- offices --------------------------------------------------------------------------------

struct OfficeWanted {
    std::string code;
    std::string name_zh;
    std::string name_en;
    OfficeKind kind = OfficeKind::town_desk;
    Area area;
    static constexpr auto fields = std::make_tuple(
        field("code", &OfficeWanted::code, "short and unique: a-z, 0-9, . - _"),
        field("name_zh", &OfficeWanted::name_zh), field("name_en", &OfficeWanted::name_en),
        field("kind", &OfficeWanted::kind), field("area", &OfficeWanted::area));
};
struct AddOffices {
    static constexpr road::OrderType type{"access.add_offices", "access.office.write"};
    std::vector<OfficeWanted> offices;
    static constexpr auto fields = std::make_tuple(field("offices", &AddOffices::offices));
};
struct OfficesToAdd {  ///< dossier
    std::vector<bool> is_taken;
};
struct OfficesAdded {  ///< decision
    std::vector<OfficeWanted> offices;
};
struct OfficesReceipt {
    std::vector<OfficeId> offices;
    static constexpr auto fields = std::make_tuple(field("offices", &OfficesReceipt::offices));
};

// ---- accounts: proposed by one, confirmed by another ----------------------------------------

struct AccountWanted {
    std::string login;
    std::optional<StaffId> staff;    ///< somebody already known
    std::string name;                ///< of somebody new; "" with `staff`
    std::optional<OfficeId> office;  ///< of somebody new
    std::optional<Secret<std::string>> phone;
    std::optional<bool> is_another_person;  ///< though the office has somebody of that name
    static constexpr auto fields = std::make_tuple(
        field("login", &AccountWanted::login, "sign-in name: a-z, 0-9, . - _"),
        field("staff_id", &AccountWanted::staff, "a person already known"),
        field("name", &AccountWanted::name, "a new person's name; empty with staff_id"),
        field("office_id", &AccountWanted::office, "a new person's office"),
        field("phone", &AccountWanted::phone),
        field("is_another_person", &AccountWanted::is_another_person,
              "says that the person of the same name in the office is somebody else"));
};
struct ProposeAccounts {
    static constexpr road::OrderType type{"access.propose_accounts", "access.account.propose"};
    std::vector<AccountWanted> accounts;
    static constexpr auto fields = std::make_tuple(field("accounts", &ProposeAccounts::accounts));
    std::vector<NewPassword> passwords;  ///< in the order of the accounts
};
struct WantedFacts {
    bool is_login_taken = false;
    bool has_same_name = false;
    StaffId staff;  ///< if already known
    OfficeId office;
    Area area;
};
struct AccountsToPropose {  ///< dossier
    StaffId by;
    bool is_demo = false;
    std::vector<WantedFacts> facts;
};
struct AccountProposed {
    AccountWanted wanted;
    WantedFacts facts;
    NewPassword password;
};
struct AccountsProposed {  ///< decision
    StaffId by;
    bool must_change = true;
    std::vector<AccountProposed> accounts;
};
struct RequestsReceipt {
    std::vector<RequestId> requests;
    std::vector<AccountId> accounts;
    static constexpr auto fields = std::make_tuple(field("requests", &RequestsReceipt::requests),
                                                   field("accounts", &RequestsReceipt::accounts));
};

struct ConfirmAccounts {
    static constexpr road::OrderType type{"access.confirm_accounts", "access.account.confirm",
                                          true};
    std::vector<RequestId> requests;
    static constexpr auto fields = std::make_tuple(field("requests", &ConfirmAccounts::requests));
};
/// Refuses proposed accounts; their sign-in names are free again.
struct RefuseAccounts {
    static constexpr road::OrderType type{"access.refuse_accounts", "access.account.confirm"};
    std::vector<RequestId> requests;
    static constexpr auto fields = std::make_tuple(field("requests", &RefuseAccounts::requests));
};
struct RequestFacts {
    RequestRow request;
    AccountRow account;
};
struct RequestsToDecide {  ///< dossier of confirming and refusing, accounts and resets
    StaffId by;
    Instant at;
    std::vector<RequestFacts> requests;
    std::vector<AuthenticatorRow> factors;  ///< live ones of the accounts to reset
};
struct RequestsDecided {  ///< decision: rows as they shall stand
    std::vector<RequestRow> requests;
    std::vector<AccountRow> accounts;
    std::vector<AuthenticatorRow> factors;
    bool is_confirmed = false;
};

// ---- resets: the same two persons (S7) ------------------------------------------------------

struct ProposeReset {
    static constexpr road::OrderType type{"access.propose_reset", "access.reset.propose"};
    AccountId account;
    bool ends_factors = false;
    static constexpr auto fields = std::make_tuple(
        field("account_id", &ProposeReset::account),
        field("ends_factors", &ProposeReset::ends_factors, "the telephone is lost, too"));
    std::optional<NewPassword> password;
};
struct ResetToPropose {  ///< dossier
    StaffId by;
    AccountRow account;
};
struct ResetProposed {  ///< decision
    StaffId by;
    AccountRow account;
    bool ends_factors = false;
    Bytes password;
};
struct ConfirmReset {
    static constexpr road::OrderType type{"access.confirm_reset", "access.reset.confirm", true};
    RequestId request;
    static constexpr auto fields = std::make_tuple(field("request_id", &ConfirmReset::request));
};
struct RefuseReset {
    static constexpr road::OrderType type{"access.refuse_reset", "access.reset.confirm"};
    RequestId request;
    static constexpr auto fields = std::make_tuple(field("request_id", &RefuseReset::request));
};

// ---- locking, closing, ending sessions: one administrator is enough to stop somebody --------

enum class Stop { lock, close };
constexpr std::array<std::string_view, 2> names_of(Stop) {
    return {"lock", "close"};
}

/// A locked account opens again by a reset; a closed one never, and its roles end.
struct StopAccount {
    static constexpr road::OrderType type{"access.stop_account", "access.account.lock"};
    AccountId account;
    Stop how = Stop::lock;
    static constexpr auto fields = std::make_tuple(field("account_id", &StopAccount::account),
                                                   field("how", &StopAccount::how));
};
struct AccountToStop {  ///< dossier
    Instant at;
    AccountRow account;
    std::vector<GrantRow> grants;  ///< live ones
};
struct AccountStopped {  ///< decision
    AccountRow account;
    std::vector<GrantRow> grants;
};
struct EndSessions {
    static constexpr road::OrderType type{"access.end_sessions", "access.session.end"};
    AccountId account;
    static constexpr auto fields = std::make_tuple(field("account_id", &EndSessions::account));
};
struct SessionsToEnd {  ///< dossier
    AccountRow account;
};
struct SessionsEnded {  ///< decision
    AccountId account;
};
struct AccountReceipt {
    AccountId account;
    std::int64_t sessions_ended = 0;
    static constexpr auto fields =
        std::make_tuple(field("account_id", &AccountReceipt::account),
                        field("sessions_ended", &AccountReceipt::sessions_ended));
};

// ---- the road -------------------------------------------------------------------------------

Result<Area> area_of(store::Tx& tx, const FirstAccount& order);
Result<Area> area_of(store::Tx& tx, const AddOffices& order);
Result<Area> area_of(store::Tx& tx, const ProposeAccounts& order);
Result<Area> area_of(store::Tx& tx, const ConfirmAccounts& order);
Result<Area> area_of(store::Tx& tx, const RefuseAccounts& order);
Result<Area> area_of(store::Tx& tx, const ProposeReset& order);
Result<Area> area_of(store::Tx& tx, const ConfirmReset& order);
Result<Area> area_of(store::Tx& tx, const RefuseReset& order);
Result<Area> area_of(store::Tx& tx, const StopAccount& order);
Result<Area> area_of(store::Tx& tx, const EndSessions& order);

Result<Founding> load(road::Desk& desk, const FirstAccount& order);
Result<OfficesToAdd> load(road::Desk& desk, const AddOffices& order);
Result<AccountsToPropose> load(road::Desk& desk, const ProposeAccounts& order);
Result<RequestsToDecide> load(road::Desk& desk, const ConfirmAccounts& order);
Result<RequestsToDecide> load(road::Desk& desk, const RefuseAccounts& order);
Result<ResetToPropose> load(road::Desk& desk, const ProposeReset& order);
Result<RequestsToDecide> load(road::Desk& desk, const ConfirmReset& order);
Result<RequestsToDecide> load(road::Desk& desk, const RefuseReset& order);
Result<AccountToStop> load(road::Desk& desk, const StopAccount& order);
Result<SessionsToEnd> load(road::Desk& desk, const EndSessions& order);

Result<Founded> decide(const FirstAccount& order, const Founding& found);
Result<OfficesAdded> decide(const AddOffices& order, const OfficesToAdd& found);
Result<AccountsProposed> decide(const ProposeAccounts& order, const AccountsToPropose& found);
Result<RequestsDecided> decide(const ConfirmAccounts& order, const RequestsToDecide& found);
Result<RequestsDecided> decide(const RefuseAccounts& order, const RequestsToDecide& found);
Result<ResetProposed> decide(const ProposeReset& order, const ResetToPropose& found);
Result<RequestsDecided> decide(const ConfirmReset& order, const RequestsToDecide& found);
Result<RequestsDecided> decide(const RefuseReset& order, const RequestsToDecide& found);
Result<AccountStopped> decide(const StopAccount& order, const AccountToStop& found);
Result<SessionsEnded> decide(const EndSessions& order, const SessionsToEnd& found);

Result<FoundedReceipt> record(road::Desk& desk, const Founded& decision);
Result<OfficesReceipt> record(road::Desk& desk, const OfficesAdded& decision);
Result<RequestsReceipt> record(road::Desk& desk, const AccountsProposed& decision);
Result<RequestsReceipt> record(road::Desk& desk, const RequestsDecided& decision);
Result<RequestsReceipt> record(road::Desk& desk, const ResetProposed& decision);
Result<AccountReceipt> record(road::Desk& desk, const AccountStopped& decision);
Result<AccountReceipt> record(road::Desk& desk, const SessionsEnded& decision);

/// 1 to kMostAtOnce; else kHowMany. Pure.
Result<Done> how_many(std::size_t count);
/// Lower case, without spaces around it; refuses with kLoginShape what is not 2 to 60 of a-z, 0-9,
/// . - _ . Pure.
Result<std::string> login_form(std::string_view text);

}  // namespace fenming::access

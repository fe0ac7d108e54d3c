#pragma once
// Roles of accounts: proposed by one, confirmed by another, never for oneself (S7, R8.04).

#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "access/rows.h"
#include "road/order.h"

namespace fenming::access {

inline constexpr RefusalKind kGrantDates{"access.grant_dates", 422};
inline constexpr RefusalKind kGrantedAlready{"access.granted_already", 409};
inline constexpr RefusalKind kNotYetConfirmed{"access.not_yet_confirmed", 409};

struct GrantWanted {
    AccountId account;
    std::string role;
    Area area;
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;
    static constexpr auto fields =
        std::make_tuple(field("account_id", &GrantWanted::account),
                        field("role", &GrantWanted::role), field("area", &GrantWanted::area),
                        field("valid_from", &GrantWanted::valid_from, "first day; today if absent"),
                        field("valid_to", &GrantWanted::valid_to, "last day; open if absent"));
};
struct ProposeGrants {
    static constexpr road::OrderType type{"access.propose_grants", "access.grant.propose", true};
    std::vector<GrantWanted> grants;
    static constexpr auto fields = std::make_tuple(field("grants", &ProposeGrants::grants));
};
/// What a person holds, or is to hold, through all his accounts.
struct PersonsRoles {
    AccountRow account;
    std::vector<GrantRow> live;  ///< proposed and confirmed ones of the person
};
struct GrantsToPropose {  ///< dossier
    StaffId by;
    Date today;
    bool is_demo = false;
    std::vector<PersonsRoles> persons;  ///< for each grant wanted
};
struct GrantsProposed {            ///< decision
    std::vector<GrantRow> grants;  ///< without ids
};
struct GrantsReceipt {
    std::vector<GrantId> grants;
    static constexpr auto fields = std::make_tuple(field("grants", &GrantsReceipt::grants));
};

/// A confirmed grant ends the account's sessions and begins its probation (S7, S18).
struct ConfirmGrants {
    static constexpr road::OrderType type{"access.confirm_grants", "access.grant.confirm", true};
    std::vector<GrantId> grants;
    static constexpr auto fields = std::make_tuple(field("grants", &ConfirmGrants::grants));
};
struct RefuseGrants {
    static constexpr road::OrderType type{"access.refuse_grants", "access.grant.confirm"};
    std::vector<GrantId> grants;
    static constexpr auto fields = std::make_tuple(field("grants", &RefuseGrants::grants));
};
/// One administrator is enough to take a role away; sessions end.
struct EndGrants {
    static constexpr road::OrderType type{"access.end_grants", "access.grant.propose"};
    std::vector<GrantId> grants;
    static constexpr auto fields = std::make_tuple(field("grants", &EndGrants::grants));
};
struct GrantFacts {
    GrantRow grant;
    PersonsRoles person;
};
struct GrantsToDecide {  ///< dossier of confirming, refusing, ending
    StaffId by;
    Instant at;
    std::vector<GrantFacts> grants;
};
struct GrantsDecided {  ///< decision: rows as they shall stand
    std::vector<GrantRow> grants;
    std::vector<AccountRow> refreshed;  ///< accounts whose probation begins
    std::vector<AccountId> ends_sessions_of;
};

Result<Area> area_of(store::Tx& tx, const ProposeGrants& order);
Result<Area> area_of(store::Tx& tx, const ConfirmGrants& order);
Result<Area> area_of(store::Tx& tx, const RefuseGrants& order);
Result<Area> area_of(store::Tx& tx, const EndGrants& order);

Result<GrantsToPropose> load(road::Desk& desk, const ProposeGrants& order);
Result<GrantsToDecide> load(road::Desk& desk, const ConfirmGrants& order);
Result<GrantsToDecide> load(road::Desk& desk, const RefuseGrants& order);
Result<GrantsToDecide> load(road::Desk& desk, const EndGrants& order);

Result<GrantsProposed> decide(const ProposeGrants& order, const GrantsToPropose& found);
Result<GrantsDecided> decide(const ConfirmGrants& order, const GrantsToDecide& found);
Result<GrantsDecided> decide(const RefuseGrants& order, const GrantsToDecide& found);
Result<GrantsDecided> decide(const EndGrants& order, const GrantsToDecide& found);

Result<GrantsReceipt> record(road::Desk& desk, const GrantsProposed& decision);
Result<GrantsReceipt> record(road::Desk& desk, const GrantsDecided& decision);

}  // namespace fenming::access

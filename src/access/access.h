#pragma once
// Who may: the road's Authoriser, the settings it judges by, and the refusals that every folder may
// meet. Read this first, then roles.h, accounts.h, grants.h, own.h.

#include "access/roles.h"
#include "access/rows.h"
#include "crypto/password.h"
#include "road/authoriser.h"

namespace fenming::access {

/// There is no such object, or it lies where the caller may not look: nobody learns which. Every
/// folder's area_of refuses a missing object with this.
inline constexpr RefusalKind kNotHere{"access.not_here", 404};
inline constexpr RefusalKind kNotPermitted{"access.not_permitted", 403};
inline constexpr RefusalKind kStepUpNeeded{"access.step_up_needed", 401};
inline constexpr RefusalKind kOnProbation{"access.on_probation", 403};
inline constexpr RefusalKind kNotForProgram{"access.not_for_program", 403};
inline constexpr RefusalKind kSecondFactorMissing{"access.second_factor_missing", 403};
inline constexpr RefusalKind kPasswordMustChange{"access.password_must_change", 403};
inline constexpr RefusalKind kAccountNotActive{"access.account_not_active", 403};
inline constexpr RefusalKind kNotSignedIn{"access.not_signed_in", 401};

/// What a bureau may set. Times are in milliseconds.
struct Settings {
    int probation_working_days = 1;      ///< S7
    bool second_factor_required = true;  ///< S18, R8.03: for all staff
    bool password_rules = true;          ///< R8.03: length, kinds of characters, age
    int password_days = 90;              ///< 0: never too old
    std::int64_t step_up_ms = 5 * 60'000;
    std::int64_t idle_ms = 30 * 60'000;
    std::int64_t absolute_ms = 12 * 3'600'000;
    int tries = 5;                       ///< per name and source, then locked
    int source_tries = 50;               ///< per source over all names
    std::int64_t lock_ms = 15 * 60'000;  ///< also the time over which tries are counted
    crypto::PasswordCost cost = crypto::kPasswordCost;

    /// Password `demo`, no probation, no second factor, cheap hashes (E4).
    static Settings for_demo();
};
/// for_demo() on a database whose meta says demo = 1; `real` elsewhere.
Settings settings_of(store::Tx& tx, const Settings& real = {});
bool is_demo(store::Tx& tx);

/// A second factor was given within the last `within_ms`.
bool has_stepped_up(const road::Caller& caller, Instant now, std::int64_t within_ms);
/// … and for this order (S18).
bool has_stepped_up_for(const road::Caller& caller, const crypto::Digest& order, Instant now,
                        std::int64_t within_ms);

/// When the account may review, approve and release: the same time of day, `days` working days
/// later; calendar days where the year's holidays are not known yet.
Instant probation_end(Instant fresh, int days);

/// Judges by the grants of the caller's account that are confirmed and valid today, whose rows bear
/// a true MAC. A caller without an account is the program itself: the scheduler, or the console of
/// the database's own machine; it may read and verify.
class Access final : public road::Authoriser {
public:
    explicit Access(Settings settings = {}) : settings_(settings) {}

    Result<Scope> may_order(store::Tx& tx, const crypto::KeyStore& keys, const road::Caller& caller,
                            const road::OrderType& type, const crypto::Digest& order, Area area,
                            Instant now) const override;
    Result<Scope> may_read(store::Tx& tx, const crypto::KeyStore& keys, const road::Caller& caller,
                           std::string_view permission, Area area, Instant now) const override;

    [[nodiscard]] const Settings& settings() const { return settings_; }

private:
    [[nodiscard]] Result<Scope> judge(store::Tx& tx, const crypto::KeyStore& keys,
                                      const road::Caller& caller, std::string_view permission,
                                      std::optional<Area> area, Instant now) const;
    [[nodiscard]] Result<Done> may_work(store::Tx& tx, const AccountRow& account,
                                        Instant now) const;

    Settings settings_;
};

/// What a caller holds today: for `me`, menus, and the inbox.
struct Held {
    std::string role;
    Area area;
    static constexpr auto fields =
        std::make_tuple(field("role", &Held::role), field("area", &Held::area));
};
/// Confirmed, valid today, MAC true. Refuses with kRowForged.
Result<std::vector<Held>> held_by(store::Tx& tx, const crypto::KeyStore& keys, AccountId account,
                                  Date today);

/// Everything here is written under the city's pen, whatever its area: an account is touched by
/// orders of many areas, and a county's pen may be held for long while people wait to sign in
/// (E11).
template <road::Typed O>
std::vector<store::Pen> pens_of(const O&, Area) {
    return {store::Pen{0}};
}

// ---- pure -----------------------------------------------------------------------------------

/// The smallest area that contains all of them; at least one.
Area common_area(std::span<const Area> areas);

/// The facts that judge_grants needs.
struct Asked {
    std::string_view permission;
    std::optional<Area> area;  ///< none: the widest
};
/// The granted area that contains the asked one and carries the permission. Where the permission is
/// held, but elsewhere: kNotHere, as if the object did not exist; where it is held nowhere:
/// kNotPermitted, whatever the object.
Result<Area> judge_grants(std::span<const Held> held, const Asked& asked);

}  // namespace fenming::access

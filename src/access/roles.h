#pragma once
// Roles as data, and what follows from them: who may do what, at which level a role may be given,
// and which roles one person may not hold together (S7, R8.04). Pure: no database here.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/area.h"
#include "base/result.h"

namespace fenming::access {

inline constexpr RefusalKind kNoSuchRole{"access.no_such_role", 422};
inline constexpr RefusalKind kRoleTooWide{"access.role_too_wide", 422};
inline constexpr RefusalKind kRolesExclude{"access.roles_exclude", 409};

/// How much stands behind a permission.
enum class Weight {
    reads,    ///< changes nothing
    works,    ///< changes something that others check later
    person,   ///< only by a person: never by the scheduler (S1)
    decides,  ///< only by a person, and not in the first working day of an account (S7)
};

/// `capability.action`; what an order type or a read declares. Its words are
/// `access.permission.NAME`.
struct Permission {
    std::string_view name;
    Weight weight;
};

/// Which roles a role cannot stand beside in one person, across all his accounts.
enum class RoleKind {
    business,       ///< beside other business roles
    administrator,  ///< beside nothing else: one of the three (三员)
};

/// Its words are `access.role.NAME`, with _ for -.
struct Role {
    std::string_view name;
    RoleKind kind;
    AreaLevel widest;  ///< the widest area it may be granted in; demo databases may go wider (E4)
    std::span<const std::string_view> permissions;
};

/// Every permission a role may carry, and `access.self`.
std::span<const Permission> permissions();
/// nullptr if there is none of that name.
const Permission* find_permission(std::string_view name);

std::span<const Role> roles();
const Role* find_role(std::string_view name);
bool role_has(const Role& role, std::string_view permission);

/// What a signed-in person may do to his own account, without any role.
inline constexpr std::string_view kSelf = "access.self";
/// Signing in, by the program itself for an account whose secrets were shown.
inline constexpr std::string_view kSignIn = "access.sign_in";
/// Making the first two administrators, while there is no account (S1).
inline constexpr std::string_view kFound = "access.found";

/// What the program itself may do when nobody signed in: read and verify. For the scheduler, and
/// for the console of the one who runs the program on the database's own machine (E4, S1).
std::span<const std::string_view> program_permissions();

/// `access.role.admin_account`
std::string role_key(std::string_view role);

/// May a person who holds `held` take `taken` too? Refuses with kRolesExclude, naming both.
Result<Done> may_hold(std::span<const std::string> held, std::string_view taken);
/// The first pair among the roles that one person may not hold together.
std::optional<std::pair<std::string, std::string>> excluded_pair(std::span<const std::string> held);

/// May the role be granted in this area? Refuses with kRoleTooWide.
Result<Done> may_stand(const Role& role, Area area, bool is_demo);

}  // namespace fenming::access

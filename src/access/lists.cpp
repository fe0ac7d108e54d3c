// Reading for lists and for `me`.

#include "access/lists.h"

#include <limits>
#include <set>

#include "access/save.h"
#include "access/sql.h"

namespace fenming::access {
namespace {

/// The place from which a list that runs backwards begins.
template <class IdT>
std::int64_t from(IdT before) {
    return before ? before.number : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

Result<Me> me(store::Tx& tx, const crypto::KeyStore& keys, const road::Caller& caller, Date today) {
    const auto account =
        TRY(here_and_ours(keys, tx.one<AccountRow>(sql::account_of_caller, caller.account)));
    Me out;
    out.account = account.id;
    out.staff = account.staff;
    out.login = account.login;
    out.name = tx.value<std::string>(sql::staff_name, account.staff).value_or("");
    out.area = account.area;
    out.channel = caller.channel;
    out.must_change = account.must_change;
    out.has_second_factor =
        !tx.all<AuthenticatorRow>(sql::authenticators, account.id, kActive).empty();
    out.stepped_up = caller.stepped_up;
    out.roles = TRY(held_by(tx, keys, account.id, today));
    std::set<std::string> names;
    for (const auto& held : out.roles)
        if (const Role* role = find_role(held.role))
            names.insert(role->permissions.begin(), role->permissions.end());
    out.permissions.assign(names.begin(), names.end());
    return out;
}

std::vector<OfficeRow> offices(store::Tx& tx, const Scope& scope, OfficeId after, int limit) {
    return tx.all<OfficeRow>(sql::offices, after, limit, scope);
}
std::vector<AccountLine> accounts(store::Tx& tx, const Scope& scope, AccountId after, int limit) {
    return tx.all<AccountLine>(sql::accounts, after, limit, scope);
}
std::vector<GrantLine> grants(store::Tx& tx, const Scope& scope, std::string_view state,
                              AccountId account, GrantId before, int limit) {
    return tx.all<GrantLine>(sql::grants, state, account, from(before), limit, scope);
}
std::vector<RequestLine> requests(store::Tx& tx, const Scope& scope, std::string_view state,
                                  RequestId before, int limit) {
    return tx.all<RequestLine>(sql::requests, state, from(before), limit, scope);
}

}  // namespace fenming::access

// Invariants, and the MACs of all rows.

#include "access/invariants.h"

#include "access/rows.h"
#include "access/sql.h"

namespace fenming::access {
namespace {

constexpr std::size_t kKeyDigits = 16;

std::string key_of(const SessionRow& row) {
    return to_hex(row.token_mac).substr(0, kKeyDigits);
}
template <class Row>
std::string key_of(const Row& row) {
    return std::to_string(row.id.number);
}

template <class Row>
void look_through(store::Tx& tx, const crypto::KeyStore& keys, const store::Stmt<>& every,
                  std::vector<ForgedRow>& forged) {
    tx.each(every, [&](store::Cursor& cursor) {
        const auto row = store::read_row<Row>(cursor);
        if (!is_sealed(keys, row))
            forged.push_back({std::string(Row::table), key_of(row), "access.why.mac"});
    });
}

}  // namespace

std::vector<road::Invariant> invariants() {
    return {road::invariant("roles_exclude", sql::roles_that_exclude, sql::count_grants),
            road::invariant("two_persons", sql::grants_without_two_persons, sql::count_grants)};
}

std::vector<ForgedRow> verify_macs(store::Tx& tx, const crypto::KeyStore& keys) {
    std::vector<ForgedRow> forged;
    look_through<AccountRow>(tx, keys, sql::every_account, forged);
    look_through<AuthenticatorRow>(tx, keys, sql::every_authenticator, forged);
    look_through<GrantRow>(tx, keys, sql::every_grant, forged);
    look_through<RequestRow>(tx, keys, sql::every_request, forged);
    look_through<SessionRow>(tx, keys, sql::every_session, forged);
    return forged;
}

}  // namespace fenming::access

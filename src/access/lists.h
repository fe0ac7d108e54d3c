#pragma once
// What lists and `me` show of people, accounts, grants and requests.

#include <string>
#include <vector>

#include "access/access.h"
#include "access/rows.h"

namespace fenming::access {

struct AccountLine {
    AccountId id;
    StaffId staff;
    std::string login;
    std::string name;
    Area area;
    OfficeId office;
    std::string state;
    bool must_change = false;
    bool has_second_factor = false;
    static constexpr auto fields = std::make_tuple(
        field("id", &AccountLine::id), field("staff_id", &AccountLine::staff),
        field("login", &AccountLine::login), field("name", &AccountLine::name),
        field("area", &AccountLine::area), field("office_id", &AccountLine::office),
        field("state", &AccountLine::state), field("must_change", &AccountLine::must_change),
        field("has_second_factor", &AccountLine::has_second_factor));
};

struct GrantLine {
    GrantId id;
    AccountId account;
    std::string login;
    std::string name;
    std::string role;
    Area area;
    std::string valid_from;
    std::string valid_to;
    std::string state;
    StaffId proposed_by;
    StaffId confirmed_by;
    Instant decided;
    static constexpr auto fields = std::make_tuple(
        field("id", &GrantLine::id), field("account_id", &GrantLine::account),
        field("login", &GrantLine::login), field("name", &GrantLine::name),
        field("role", &GrantLine::role), field("area", &GrantLine::area),
        field("valid_from", &GrantLine::valid_from), field("valid_to", &GrantLine::valid_to),
        field("state", &GrantLine::state), field("proposed_by_staff_id", &GrantLine::proposed_by),
        field("confirmed_by_staff_id", &GrantLine::confirmed_by),
        field("decided_at", &GrantLine::decided));
};

struct RequestLine {
    RequestId id;
    std::string kind;
    AccountId account;
    std::string login;
    std::string name;
    Area area;
    std::string state;
    bool ends_factors = false;
    StaffId proposed_by;
    StaffId decided_by;
    Instant proposed;
    Instant decided;
    static constexpr auto fields = std::make_tuple(
        field("id", &RequestLine::id), field("kind", &RequestLine::kind, "create or reset"),
        field("account_id", &RequestLine::account), field("login", &RequestLine::login),
        field("name", &RequestLine::name), field("area", &RequestLine::area),
        field("state", &RequestLine::state), field("ends_factors", &RequestLine::ends_factors),
        field("proposed_by_staff_id", &RequestLine::proposed_by),
        field("decided_by_staff_id", &RequestLine::decided_by),
        field("proposed_at", &RequestLine::proposed), field("decided_at", &RequestLine::decided));
};

struct Me {
    AccountId account;
    StaffId staff;
    std::string login;
    std::string name;
    Area area;
    std::string channel;
    bool must_change = false;
    bool has_second_factor = false;
    Instant stepped_up;
    std::vector<Held> roles;
    std::vector<std::string> permissions;
    static constexpr auto fields = std::make_tuple(
        field("account_id", &Me::account), field("staff_id", &Me::staff),
        field("login", &Me::login), field("name", &Me::name), field("area", &Me::area),
        field("channel", &Me::channel), field("must_change_password", &Me::must_change),
        field("has_second_factor", &Me::has_second_factor),
        field("stepped_up_at", &Me::stepped_up, "1970 if never"), field("roles", &Me::roles),
        field("permissions", &Me::permissions));
};

/// Who the caller is and what he may do today.
Result<Me> me(store::Tx& tx, const crypto::KeyStore& keys, const road::Caller& caller, Date today);

/// Ascending by id, after `after`; at most `limit` (1…501).
std::vector<OfficeRow> offices(store::Tx& tx, const Scope& scope, OfficeId after, int limit);
std::vector<AccountLine> accounts(store::Tx& tx, const Scope& scope, AccountId after, int limit);
/// Newest first, before `before` (none: the newest). An empty state, no account: all.
std::vector<GrantLine> grants(store::Tx& tx, const Scope& scope, std::string_view state,
                              AccountId account, GrantId before, int limit);
std::vector<RequestLine> requests(store::Tx& tx, const Scope& scope, std::string_view state,
                                  RequestId before, int limit);

}  // namespace fenming::access

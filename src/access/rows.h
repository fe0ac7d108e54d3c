#pragma once
// Rows as they stand in the store, and the MAC that says the program wrote them (S8).

#include <string>
#include <string_view>
#include <vector>

#include "base/area.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/result.h"
#include "crypto/frame.h"
#include "crypto/keystore.h"

namespace fenming::access {

/// A row that decides who may do what was changed by something other than this program.
inline constexpr RefusalKind kRowForged{"access.row_forged", 403};

using OfficeId = Id<struct OfficeTag>;
using AuthenticatorId = Id<struct AuthenticatorTag>;
using GrantId = Id<struct GrantTag>;
using RequestId = Id<struct RequestTag>;

// States, as stored.
inline constexpr std::string_view kProposed = "proposed";
inline constexpr std::string_view kConfirmed = "confirmed";
inline constexpr std::string_view kRefused = "refused";
inline constexpr std::string_view kEnded = "ended";
inline constexpr std::string_view kActive = "active";
inline constexpr std::string_view kLocked = "locked";
inline constexpr std::string_view kClosed = "closed";

struct OfficeRow {
    OfficeId id;
    std::string code;
    std::string name_zh;
    std::string name_en;
    std::string kind;
    Area area;
    std::string state;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &OfficeRow::id), field("code", &OfficeRow::code),
        field("name_zh", &OfficeRow::name_zh), field("name_en", &OfficeRow::name_en),
        field("kind", &OfficeRow::kind), field("area", &OfficeRow::area),
        field("state", &OfficeRow::state), field("order_id", &OfficeRow::order));
};

struct StaffRow {
    StaffId id;
    std::string name;
    OfficeId office;
    Area area;
    Area county;
    Bytes phone;  ///< a cell
    Bytes row_salt;
    std::string state;
    OrderId order;
    static constexpr auto fields =
        std::make_tuple(field("id", &StaffRow::id), field("name", &StaffRow::name),
                        field("office_id", &StaffRow::office), field("area", &StaffRow::area),
                        field("county", &StaffRow::county), field("phone", &StaffRow::phone),
                        field("row_salt", &StaffRow::row_salt), field("state", &StaffRow::state),
                        field("order_id", &StaffRow::order));
};

struct AccountRow {
    static constexpr std::string_view table = "account";
    AccountId id;
    StaffId staff;
    std::string login;
    Area area;
    std::string state;  ///< proposed active locked closed refused
    bool must_change = false;
    Instant fresh;
    Instant password_set;
    Bytes password;
    Bytes row_salt;
    OrderId order;
    Bytes mac;
    static constexpr auto fields = std::make_tuple(
        field("id", &AccountRow::id), field("staff_id", &AccountRow::staff),
        field("login", &AccountRow::login), field("area", &AccountRow::area),
        field("state", &AccountRow::state), field("must_change", &AccountRow::must_change),
        field("fresh_ms", &AccountRow::fresh), field("password_ms", &AccountRow::password_set),
        field("password", &AccountRow::password), field("row_salt", &AccountRow::row_salt),
        field("order_id", &AccountRow::order), field("mac", &AccountRow::mac));
};

struct AuthenticatorRow {
    static constexpr std::string_view table = "authenticator";
    AuthenticatorId id;
    AccountId account;
    std::string kind;   ///< totp
    Bytes secret;       ///< a cell
    std::string state;  ///< proposed active ended
    Bytes row_salt;
    OrderId order;
    Bytes mac;
    static constexpr auto fields = std::make_tuple(
        field("id", &AuthenticatorRow::id), field("account_id", &AuthenticatorRow::account),
        field("kind", &AuthenticatorRow::kind), field("secret", &AuthenticatorRow::secret),
        field("state", &AuthenticatorRow::state), field("row_salt", &AuthenticatorRow::row_salt),
        field("order_id", &AuthenticatorRow::order), field("mac", &AuthenticatorRow::mac));
};

struct GrantRow {
    static constexpr std::string_view table = "role_grant";
    GrantId id;
    AccountId account;
    std::string role;
    Area area;
    Area county;
    std::string valid_from;  ///< a day, inclusive
    std::string valid_to;    ///< a day, inclusive; "" is open
    std::string state;       ///< proposed confirmed refused ended
    StaffId proposed_by;
    StaffId confirmed_by;
    bool founding = false;
    Instant decided;
    OrderId order;
    Bytes mac;
    static constexpr auto fields = std::make_tuple(
        field("id", &GrantRow::id), field("account_id", &GrantRow::account),
        field("role", &GrantRow::role), field("area", &GrantRow::area),
        field("county", &GrantRow::county), field("valid_from", &GrantRow::valid_from),
        field("valid_to", &GrantRow::valid_to), field("state", &GrantRow::state),
        field("proposed_by_staff", &GrantRow::proposed_by),
        field("confirmed_by_staff", &GrantRow::confirmed_by),
        field("founding", &GrantRow::founding), field("decided_ms", &GrantRow::decided),
        field("order_id", &GrantRow::order), field("mac", &GrantRow::mac));
};

struct RequestRow {
    static constexpr std::string_view table = "account_request";
    RequestId id;
    std::string kind;  ///< create reset
    AccountId account;
    Area area;
    std::string state;  ///< proposed confirmed refused
    bool ends_factors = false;
    StaffId proposed_by;
    StaffId decided_by;
    Instant proposed;
    Instant decided;
    Bytes password;
    Bytes row_salt;
    OrderId order;
    Bytes mac;
    static constexpr auto fields = std::make_tuple(
        field("id", &RequestRow::id), field("kind", &RequestRow::kind),
        field("account_id", &RequestRow::account), field("area", &RequestRow::area),
        field("state", &RequestRow::state), field("ends_factors", &RequestRow::ends_factors),
        field("proposed_by_staff", &RequestRow::proposed_by),
        field("decided_by_staff", &RequestRow::decided_by),
        field("proposed_ms", &RequestRow::proposed), field("decided_ms", &RequestRow::decided),
        field("password", &RequestRow::password), field("row_salt", &RequestRow::row_salt),
        field("order_id", &RequestRow::order), field("mac", &RequestRow::mac));
};

struct SessionRow {
    static constexpr std::string_view table = "session";
    Bytes token_mac;
    AccountId account;
    std::string channel;
    Instant created;
    Instant last_seen;
    Instant expires;
    Instant stepped_up;
    Bytes stepped_for;
    Bytes mac;
    static constexpr auto fields = std::make_tuple(
        field("token_mac", &SessionRow::token_mac), field("account_id", &SessionRow::account),
        field("channel", &SessionRow::channel), field("created_ms", &SessionRow::created),
        field("last_seen_ms", &SessionRow::last_seen), field("expires_ms", &SessionRow::expires),
        field("stepped_up_ms", &SessionRow::stepped_up),
        field("stepped_for", &SessionRow::stepped_for), field("mac", &SessionRow::mac));
};

namespace detail {

inline void put(crypto::Frame& frame, std::int64_t v) {
    frame.add(v);
}
inline void put(crypto::Frame& frame, bool v) {
    frame.add(std::int64_t{v ? 1 : 0});
}
inline void put(crypto::Frame& frame, const std::string& v) {
    frame.add(std::string_view(v));
}
inline void put(crypto::Frame& frame, const Bytes& v) {
    frame.add(BytesView(v));
}
inline void put(crypto::Frame& frame, Area v) {
    frame.add(v.code);
}
inline void put(crypto::Frame& frame, Instant v) {
    frame.add(v.ms);
}
template <class Tag>
void put(crypto::Frame& frame, Id<Tag> v) {
    frame.add(v.number);
}

/// key id(4) ‖ HMAC-SM3(k_access, content)
Bytes mac_of(const crypto::KeyStore& keys, BytesView content);
/// In constant time; a key id that the key store does not hold is false as well.
bool is_mac_of(const crypto::KeyStore& keys, BytesView content, BytesView mac);

}  // namespace detail

/// What the MAC covers: the table's name and every column but the MAC, in their order.
template <class Row>
crypto::Frame content_of(const Row& row) {
    crypto::Frame frame("fenming/access-row/v1");
    frame.add(Row::table);
    for_each_field<Row>([&](const auto& each) {
        if (each.name != "mac") detail::put(frame, row.*(each.member));
    });
    return frame;
}

/// Writes the MAC into the row: the last step before it is stored.
template <class Row>
void seal(const crypto::KeyStore& keys, Row& row) {
    row.mac = detail::mac_of(keys, content_of(row).view());
}
template <class Row>
bool is_sealed(const crypto::KeyStore& keys, const Row& row) {
    return detail::is_mac_of(keys, content_of(row).view(), row.mac);
}

/// What the refusal names: never a person.
Refusal forged(std::string_view table);
/// The check at every use (S8).
template <class Row>
Result<Done> check_seal(const crypto::KeyStore& keys, const Row& row) {
    if (!is_sealed(keys, row)) return refuse(forged(Row::table));
    return Done{};
}

}  // namespace fenming::access

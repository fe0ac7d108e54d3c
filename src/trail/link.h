#pragma once
// One link as stored, and the HMAC that makes it (S2).

#include "crypto/keystore.h"
#include "trail/trail.h"

namespace fenming::trail {

struct Link {
    std::int64_t pen = 0;
    std::int64_t seq = 0;
    std::int64_t order_id = 0;
    std::string order_type;
    std::int64_t at_ms = 0;
    std::int64_t account_id = 0;
    std::int64_t staff_id = 0;
    std::string channel;
    std::string host_user;
    std::string generation;
    crypto::Digest order_digest{};
    std::string facts;
    std::string other_pens;
    std::int64_t row_count = 0;
    crypto::Digest rows_digest{};
    std::int64_t key_id = 0;  ///< of the trail key that made the link
    crypto::Digest link{};
    static constexpr auto fields = std::make_tuple(
        field("pen", &Link::pen), field("seq", &Link::seq), field("order_id", &Link::order_id),
        field("order_type", &Link::order_type), field("at_ms", &Link::at_ms),
        field("account_id", &Link::account_id), field("staff_id", &Link::staff_id),
        field("channel", &Link::channel), field("host_user", &Link::host_user),
        field("generation", &Link::generation), field("order_digest", &Link::order_digest),
        field("facts", &Link::facts), field("other_pens", &Link::other_pens),
        field("row_count", &Link::row_count), field("rows_digest", &Link::rows_digest),
        field("key_id", &Link::key_id), field("link", &Link::link));
};

/// Under the trail key that the link names: HMAC-SM3(k_trail, "fenming/trail/v1" ‖ pen ‖ seq ‖
/// previous ‖ time ‖ lp(body)).
crypto::Digest link_of(const crypto::KeyStore& keys, const Link& link,
                       const crypto::Digest& previous);

/// What the first link of a pen follows.
inline constexpr crypto::Digest kGenesis{};

struct StoredRows {
    std::string table_name;
    std::int64_t part = 0;
    std::int64_t column_count = 0;
    Bytes entries;
    static constexpr auto fields = std::make_tuple(
        field("table_name", &StoredRows::table_name), field("part", &StoredRows::part),
        field("column_count", &StoredRows::column_count), field("entries", &StoredRows::entries));
};

/// The digest over all parts of an order's rows, in the order (table, part).
crypto::Digest digest_of(const std::vector<StoredRows>& parts);

}  // namespace fenming::trail

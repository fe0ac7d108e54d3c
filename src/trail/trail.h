#pragma once
// The trail: append-only, one chain per pen, keyed by a key outside the database (S2, E8, E11).
// A link binds who ordered what, when, by which channel, and the digest of every row it wrote.
// Nothing here holds personal data: ids, sums and digests only (S3).

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "crypto/hash.h"
#include "crypto/keystore.h"
#include "store/bundle.h"

namespace fenming::trail {

/// What a link says about its order, beside the rows.
struct OrderFacts {
    OrderId order;
    std::string order_type;
    Instant at;
    AccountId account;
    StaffId staff;
    std::string channel;          ///< web, cli, scheduler, api
    std::string host_user;        ///< for cli: the operating system's user
    std::string generation;       ///< of the database; changes with a restore
    crypto::Digest order_digest;  ///< keyed digest of the order's canonical bytes
    std::string facts;            ///< the receipt as JSON: ids, sums, counts
};

struct Head {
    store::Pen pen;
    std::int64_t seq = 0;  ///< 0: no link yet
    crypto::Digest link{};
    Instant at;
    OrderId order;  ///< ids of orders grow within a pen
};

/// The newest link of a pen.
Head head_of(store::Tx& tx, store::Pen pen);
/// The newest link of each of these pens, in their order.
std::vector<Head> heads_of(store::Tx& tx, const std::vector<store::Pen>& pens);
/// The newest link of every pen that has one, by pen.
std::vector<Head> heads(store::Tx& tx);

/// Digests every row that the order wrote, in every table of the trail that `tx` wrote to, by
/// reading the rows back; `to` stores the digests. `last_id` is the newest id minted by the order.
struct RowsDigest {
    std::int64_t count = 0;
    crypto::Digest digest{};
};
RowsDigest digest_rows(store::Tx& tx, OrderId order, std::int64_t last_id, store::Bundle& to);

/// Appends one link after each of `heads`, which were read under their pens (ascending), each
/// naming the others; `to` stores them. Time never runs back within a pen: an order more than two
/// minutes before the last link is a Fault (S19).
std::vector<Head> append(const crypto::KeyStore& keys, const std::vector<Head>& heads,
                         const OrderFacts& facts, const RowsDigest& rows, store::Bundle& to);

/// One thing that does not hold: a row of a table, and why.
struct Broken {
    std::string table;
    std::string key;
    std::string
        why;  ///< a word key: trail.why.row_changed, …row_missing, …row_unlinked, …link_changed, …
};
struct ChainReport {
    store::Pen pen;
    std::int64_t links = 0;
    crypto::Digest head{};
};
struct TrailReport {
    std::vector<ChainReport> chains;
    std::int64_t rows_checked = 0;
    std::vector<Broken> broken;  ///< at most `most`; the count goes on
    std::int64_t broken_count = 0;
};
/// Recomputes every link and every row digest, in one snapshot. Reports progress by rows.
TrailReport verify(store::Tx& tx, const crypto::KeyStore& keys, std::size_t most = 100,
                   const std::function<void(std::int64_t)>& progress = {});

}  // namespace fenming::trail

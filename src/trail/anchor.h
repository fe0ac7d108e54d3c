#pragma once
// Checkpoints: all heads, signed with SM2, in the database and at once in a sink outside it.
// The sink is the anchor that shows a truncated or restored database (S2, E9, S5).

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "trail/trail.h"

namespace fenming::trail {

struct Checkpoint {
    std::int64_t number = 0;
    std::string generation;
    Instant at;
    std::vector<Head> heads;  ///< every pen with a link, ascending: a missing pen shows
    std::string note;         ///< the signed note, as stored
};

/// An append-only file outside the database. Each write is fsynced before it returns.
class Anchor {
public:
    /// An empty path means that there is none; `verify` then says what it cannot exclude.
    explicit Anchor(std::string path) : path_(std::move(path)) {}
    [[nodiscard]] bool exists() const;
    [[nodiscard]] const std::string& path() const { return path_; }
    void append(const Checkpoint& checkpoint) const;
    /// The newest whole checkpoint whose signature holds; a torn tail is passed over. A checkpoint
    /// with a false signature is a Fault.
    [[nodiscard]] std::optional<Checkpoint> newest(const crypto::KeyStore& keys) const;

private:
    std::string path_;
};

/// Signs the heads if any moved since the last checkpoint; stores and anchors them.
std::optional<Checkpoint> checkpoint(store::Database& database, const crypto::KeyStore& keys,
                                     const Anchor& anchor, Instant now);

enum class Standing {
    level,      ///< the database holds all that the anchor names
    no_anchor,  ///< nothing outside to compare with
    behind,     ///< the anchor names links that the database lacks: truncated or restored
    forked,     ///< the database has another link at an anchored place
};
struct Comparison {
    Standing standing = Standing::level;
    store::Pen pen;             ///< where it shows
    std::int64_t ours = 0;      ///< links in the database
    std::int64_t anchored = 0;  ///< links at the anchor
};
Comparison compare(store::Tx& tx, const crypto::KeyStore& keys, const Anchor& anchor);

}  // namespace fenming::trail

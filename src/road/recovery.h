#pragma once
// After an old database was put back: what happened since is known to the bank and to the people,
// and not to us. Until finance has loaded what the bank paid, and two persons have ended the
// recovery, nothing is ordered but that (S5, E9).

#include <optional>
#include <string>

#include "base/clock.h"
#include "crypto/keystore.h"
#include "store/database.h"
#include "trail/anchor.h"

namespace fenming::road {

/// What a recovery is about; kept in the database from its beginning to its end.
struct Recovery {
    Instant anchored;  ///< the newest checkpoint outside; 0 where none is known
    Instant had;       ///< the newest checkpoint in the database; 0 for none
    Instant began;
    /// Through which Beijing day the bank's statements must be loaded before it can end.
    [[nodiscard]] Date through() const;
};

std::optional<Recovery> recovery_of(store::Tx& tx);

/// Begins one, unless one is under way: the database gets a new generation, so that no link or
/// checkpoint written from now on can be taken for one of those that were lost.
void begin_recovery(store::Tx& tx, const crypto::KeyStore& keys, const trail::Anchor& anchor,
                    Instant now);

/// A recovery has ended, and no checkpoint says so outside yet: the newest there is of the
/// generation before it.
bool is_ended(store::Tx& tx, const crypto::KeyStore& keys, const trail::Anchor& anchor);

/// For the order that ends it.
void end_recovery(store::Tx& tx);

}  // namespace fenming::road

#pragma once
// A backup of everything: the rows of all tables as one snapshot saw them, and the files beside the
// database (S12, E41). It is the same whatever the database is, so that a backup of SQLite can be
// restored into PostgreSQL and the other way round.
//
//   'H' facts ‖ { 'T' table, columns ‖ { 'R' cells } ‖ 'E' rows } ‖ { 'F' name, size, bytes }
//   ‖ 'Z' tables, rows, files ‖ key id, SM2 signature over the SM3 of all before it
//
// Left out, and said so: leases and sessions, which belong to running programs and people at work.

#include <functional>
#include <string>

#include "backup/archive.h"
#include "base/clock.h"
#include "crypto/keystore.h"
#include "store/database.h"

namespace fenming::backup {

inline constexpr RefusalKind kKeysNotExported{"backup.keys_not_exported", 409};
inline constexpr RefusalKind kNotEmpty{"backup.not_empty", 409};
inline constexpr RefusalKind kOtherRelease{"backup.other_release", 409};
/// Another installation made it, or somebody who has only the recipient's public key.
inline constexpr RefusalKind kNotSigned{"backup.not_signed", 422};

/// What a backup says of itself.
struct Facts {
    std::int64_t schema = 0;  ///< number of the last migration
    std::string generation;   ///< of the database
    Instant made;
    std::int64_t checkpoint = 0;  ///< number of the newest one; 0 for none
    Instant signed_at;            ///< when that was made
    std::int64_t tables = 0;
    std::int64_t rows = 0;
    std::int64_t files = 0;
    std::int64_t bytes = 0;  ///< of the files
};

using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

/// The whole of an installation, but for its keys.
struct Source {
    store::Database& database;
    std::string files;  ///< the folder of the file store; it need not exist
    const crypto::KeyStore& keys;
    const Clock& clock;
};

/// Writes a backup while others work; fsynced when it returns.
Facts write(const Source& source, int fd, std::span<const crypto::Sm2PublicKey> recipients,
            const Progress& progress);

/// Reads the whole backup and checks every byte; writes nothing. Without keys nobody can tell whose
/// signature it is, and it is not checked.
Result<Facts> check_whole(int fd, const crypto::Sm2PrivateKey& recipient,
                          const crypto::KeyStore* keys);

/// Fills an empty database and an empty files folder. All of it, or nothing: the rows are written
/// in one transaction that ends after the signature was found right, and files of a refused backup
/// are removed. `after` runs in that transaction. The database then waits for its recovery (S5).
Result<Facts> restore(const Source& target, int fd, const crypto::Sm2PrivateKey& recipient,
                      const std::function<Result<Done>(store::Tx&, const Facts&)>& after,
                      const Progress& progress);

}  // namespace fenming::backup

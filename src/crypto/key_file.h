#pragma once
// The key file (S11): text, one key a line, mode 0600, outside the database. Only the key store and
// the verbs that make, rotate, export and import keys read it.
//
//   fenming-keys 1
//   root/cell 1a2b3c4d 2026-11-24T14:13:49.123+08:00 <64 hex>
//   …
//   check <64 hex: SM3 of every byte before this line>
//
// Of several keys of one kind the last is current; the others stay for reading.

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "crypto/key_id.h"
#include "crypto/secret_bytes.h"

namespace fenming::crypto {

inline constexpr RefusalKind kKeyFileExists{"crypto.key_file_exists", 409};
inline constexpr RefusalKind kKeyNeverRotates{"crypto.key_never_rotates", 409};
inline constexpr RefusalKind kKeyKindUnknown{"crypto.key_kind_unknown", 422};

/// Every kind a key file holds, in file order. Roots of 256 bits, from which the working keys come
/// by label; SM2 scalars, a different one for each purpose (B5); the seed of the log's Ed25519 key.
inline constexpr std::string_view kKeyKinds[] = {
    "root/cell", "root/index", "root/trail", "root/access", "root/e2e",    "sm2/trail",
    "sm2/log",   "sm2/bundle", "sm2/backup", "sm2/webhook", "ed25519/log",
};

/// One key: 32 secret bytes of a kind, and its id, which comes from both and tells nothing.
struct KeyEntry {
    std::string kind;
    KeyId id;
    Instant created;
    SecretBytes secret;
};
using KeyEntries = std::vector<KeyEntry>;

bool is_key_kind(std::string_view text);

/// First 4 bytes of HMAC-SM3(secret, lp("fenming/key-id/v1") ‖ lp(kind)).
KeyId key_id_for(std::string_view kind, BytesView secret);

/// Adds a fresh random key of `kind`; its id differs from every id in `entries`.
void add_key(KeyEntries& entries, std::string_view kind, Instant now);
/// One fresh key of every kind.
KeyEntries new_keys(Instant now);

/// The file's bytes.
SecretBytes print_keys(const KeyEntries& entries);
/// Reads them back. A text that is not exactly what print_keys writes, holds an unknown kind, a key
/// whose id is not its own, or no key of some kind is a Fault that names the line and no key.
KeyEntries parse_keys(BytesView bytes);

/// Reads a key file. Missing, readable by others, of another owner, too long, or damaged: a Fault
/// whose sentence says what to do.
KeyEntries read_key_file(const std::string& path);
/// Writes a new key file, mode 0600, synced; refuses to write over anything.
Result<Done> write_new_key_file(const std::string& path, const KeyEntries& entries);
/// Puts a key file in the place of the one that is there, at once or not at all.
void replace_key_file(const std::string& path, const KeyEntries& entries);

}  // namespace fenming::crypto

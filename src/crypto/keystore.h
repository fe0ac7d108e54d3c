#pragma once
// KeyStore: what Fenming does with keys, by label, without ever showing one (S11). A file holds
// them now; a cryptographic device can stand behind the same interface later.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/secret.h"
#include "crypto/blob.h"
#include "crypto/cell.h"
#include "crypto/ed25519.h"
#include "crypto/index.h"
#include "crypto/key_file.h"
#include "crypto/key_id.h"
#include "crypto/note.h"
#include "crypto/sm2.h"

namespace fenming::crypto {

/// What a MAC key is for; each is its own key by HKDF, its label the name below. The root that a
/// label comes from stands behind it.
enum class MacLabel {
    trail,        ///< "trail": the links of the trail (S2) · root/trail
    session,      ///< "session": session and one-time tokens as stored (S8, S16) · root/access
    pepper,       ///< "pepper": around Argon2id (S8) · root/access
    idempotency,  ///< "idem": the hash of an order (S3) · root/access
    access,       ///< "access": the MAC in account, authenticator, grant, session rows (S8) ·
                  ///< root/access
    totp,         ///< "totp": recovery codes as stored (S18) · root/access
    e2e,  ///< "e2e": bank end-to-end ids and person references (S5) · root/e2e, never rotated
};
inline constexpr int kMacLabels = 7;

/// A MAC key under a version. May be used from many threads at once.
class MacKey {
public:
    explicit MacKey(KeyId id) : id_(id) {}
    virtual ~MacKey() = default;
    MacKey(const MacKey&) = delete;
    MacKey& operator=(const MacKey&) = delete;

    /// To be stored beside what it made.
    [[nodiscard]] KeyId id() const { return id_; }
    [[nodiscard]] virtual Digest mac(BytesView message) const = 0;

private:
    KeyId id_;
};

/// What a signature is for: a different key for each (B5).
enum class SignPurpose { trail, log, bundle, backup, webhook };
inline constexpr int kSignPurposes = 5;

struct Signed {
    KeyId key;
    Bytes signature;  ///< strict DER, 8 to 72 bytes
};

struct SignKey {
    KeyId id;
    Sm2PublicKey key;
};

/// The keys of one installation. Unchanging once made: a rotation is seen by the next start. All
/// functions may be called from many threads at once. References live as long as the store.
class KeyStore {
public:
    virtual ~KeyStore() = default;

    /// The current key of a label.
    [[nodiscard]] virtual const MacKey& mac(MacLabel label) const = 0;
    /// The version that a stored MAC names; a version not held is a Fault.
    [[nodiscard]] virtual const MacKey& mac(MacLabel label, KeyId id) const = 0;

    /// Cells under the current key (S9). The text may be empty.
    [[nodiscard]] virtual Bytes seal_cell(const CellPlace& place, std::string_view text) const = 0;
    /// Under the key that the cell names. Faults as CellKey::open.
    [[nodiscard]] virtual Secret<std::string> open_cell(const CellPlace& place,
                                                        BytesView cell) const = 0;
    /// The key new cells are sealed with: an older one in a cell means it waits for re-encryption.
    [[nodiscard]] virtual KeyId cell_key() const = 0;

    /// Under the current index root: for storing.
    [[nodiscard]] virtual BlindIndex blind_index(const Canonical& value) const = 0;
    /// Under every index root held, the current one first: for finding while an index rotates.
    [[nodiscard]] virtual std::vector<BlindIndex> blind_indexes(const Canonical& value) const = 0;

    /// Files (S10): the current key, and the one that a blob names; a version not held is a Fault.
    [[nodiscard]] virtual const BlobKey& blob_key() const = 0;
    [[nodiscard]] virtual const BlobKey& blob_key(KeyId id) const = 0;

    /// SM2 over a text that begins with its own origin line or domain (B5).
    [[nodiscard]] virtual Signed sign(SignPurpose purpose, BytesView text) const = 0;
    /// The current key first.
    [[nodiscard]] virtual std::vector<SignKey> public_keys(SignPurpose purpose) const = 0;
    /// The public log's additional signature.
    [[nodiscard]] virtual Ed25519Signature sign_log(BytesView text) const = 0;
    [[nodiscard]] virtual Ed25519PublicKey log_public_key() const = 0;

    /// Hides a key that the store must keep, e.g. of one webhook receiver, under its own name.
    /// Faults as a cell does when it is opened under another name.
    [[nodiscard]] virtual Bytes wrap(std::string_view name, BytesView key) const = 0;
    [[nodiscard]] virtual SecretBytes unwrap(std::string_view name, BytesView wrapped) const = 0;
};

/// True if a key of `purpose` that the store holds made `sealed` over `text`.
bool verify(const KeyStore& keys, SignPurpose purpose, BytesView text, const Signed& sealed);

/// Signers for notes under `name`, whose keys stay in the store, which must outlive them.
NoteSigner sm2_note_signer(const KeyStore& keys, SignPurpose purpose, std::string name);
NoteSigner ed25519_note_signer(const KeyStore& keys, std::string name);

/// A key store in this process's memory.
class KeyRing : public KeyStore {
public:
    /// At least one entry of every kind; a kind's last entry is its current key.
    explicit KeyRing(const KeyEntries& entries);
    ~KeyRing() override;

    [[nodiscard]] const MacKey& mac(MacLabel label) const override;
    [[nodiscard]] const MacKey& mac(MacLabel label, KeyId id) const override;
    [[nodiscard]] Bytes seal_cell(const CellPlace& place, std::string_view text) const override;
    [[nodiscard]] Secret<std::string> open_cell(const CellPlace& place,
                                                BytesView cell) const override;
    [[nodiscard]] KeyId cell_key() const override;
    [[nodiscard]] BlindIndex blind_index(const Canonical& value) const override;
    [[nodiscard]] std::vector<BlindIndex> blind_indexes(const Canonical& value) const override;
    [[nodiscard]] const BlobKey& blob_key() const override;
    [[nodiscard]] const BlobKey& blob_key(KeyId id) const override;
    [[nodiscard]] Signed sign(SignPurpose purpose, BytesView text) const override;
    [[nodiscard]] std::vector<SignKey> public_keys(SignPurpose purpose) const override;
    [[nodiscard]] Ed25519Signature sign_log(BytesView text) const override;
    [[nodiscard]] Ed25519PublicKey log_public_key() const override;
    [[nodiscard]] Bytes wrap(std::string_view name, BytesView key) const override;
    [[nodiscard]] SecretBytes unwrap(std::string_view name, BytesView wrapped) const override;

private:
    struct Keys;
    std::unique_ptr<const Keys> keys_;
};

/// A key of a key file, without the key.
struct KeyInfo {
    std::string kind;
    KeyId id;
    Instant created;
    bool is_current;
};

/// The key store of a real installation: one file, see crypto/key_file.h.
class FileKeyStore final : public KeyRing {
public:
    /// Makes a new file with fresh keys; refuses where there is one.
    static Result<Done> create(const std::string& path, Instant now);
    /// Opens a file. One that others may read, or that is damaged, is a Fault (S11).
    explicit FileKeyStore(const std::string& path);

    /// Adds a fresh key of `kind` and makes it the current one. Refuses an unknown kind
    /// and "root/e2e" (S5). One process at a time; running servers take the new key when they start
    /// again.
    static Result<KeyId> rotate(const std::string& path, std::string_view kind, Instant now);
    /// The whole file, sealed to offline recipients (S12).
    static Bytes export_keys(const std::string& path, std::span<const Sm2PublicKey> recipients);
    /// Opens an export and writes it as a new key file.
    static Result<Done> import_keys(const std::string& path, BytesView exported,
                                    const Sm2PrivateKey& recipient);
    static std::vector<KeyInfo> list(const std::string& path);
};

/// Keys that follow from a seed: for tests, demos and the simulator. `versions` above 1 gives every
/// kind but root/e2e older versions too; a store of fewer versions holds the first of them, so that
/// TestKeyStore(s, 2) is TestKeyStore(s) after a rotation of everything.
class TestKeyStore final : public KeyRing {
public:
    explicit TestKeyStore(std::uint64_t seed, int versions = 1);
};

}  // namespace fenming::crypto

// Signing with a key store, and the stores that come from a file and from a seed.

#include "crypto/keystore.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"
#include "crypto/frame.h"
#include "crypto/hash.h"
#include "crypto/sealed.h"

namespace fenming::crypto {

namespace {

constexpr std::string_view kExport = "keys";

KeyEntries seeded_entries(std::uint64_t seed, int versions) {
    check(versions >= 1, "a key store holds a version");
    const auto number = static_cast<std::int64_t>(seed);
    const Digest root = sm3(Frame("fenming/test-keys/v1").add(number).view());
    KeyEntries entries;
    for (int version = 1; version <= versions; ++version) {
        for (const std::string_view kind : kKeyKinds) {
            if (kind == "root/e2e" && version > 1) continue;
            // As an SM2 scalar such bytes are too large once in 2^32 seeds; the ring would say so.
            SecretBytes secret =
                hkdf_sm3(root, std::string(kind) + "/" + std::to_string(version), 32);
            const KeyId id = key_id_for(kind, secret.view());
            entries.push_back({std::string(kind), id, Instant{0}, std::move(secret)});
        }
    }
    return entries;
}

}  // namespace

bool verify(const KeyStore& keys, SignPurpose purpose, BytesView text, const Signed& sealed) {
    const auto held = keys.public_keys(purpose);
    const auto key = std::ranges::find(held, sealed.key, &SignKey::id);
    return key != held.end() && key->key.verify(text, sealed.signature);
}

NoteSigner sm2_note_signer(const KeyStore& keys, SignPurpose purpose, std::string name) {
    return {NoteVerifier(std::move(name), keys.public_keys(purpose).front().key),
            [&keys, purpose](BytesView text) { return keys.sign(purpose, text).signature; }};
}

NoteSigner ed25519_note_signer(const KeyStore& keys, std::string name) {
    return {NoteVerifier(std::move(name), keys.log_public_key()), [&keys](BytesView text) {
                const auto signature = keys.sign_log(text);
                return Bytes(signature.begin(), signature.end());
            }};
}

Result<Done> FileKeyStore::create(const std::string& path, Instant now) {
    return write_new_key_file(path, new_keys(now));
}

FileKeyStore::FileKeyStore(const std::string& path) : KeyRing(read_key_file(path)) {}

Result<KeyId> FileKeyStore::rotate(const std::string& path, std::string_view kind, Instant now) {
    if (!is_key_kind(kind)) return refuse(refusal(kKeyKindUnknown).with("kind", std::string(kind)));
    if (kind == "root/e2e")
        return refuse(refusal(kKeyNeverRotates).with("kind", std::string(kind)));
    KeyEntries entries = read_key_file(path);
    add_key(entries, kind, now);
    replace_key_file(path, entries);
    return entries.back().id;
}

Bytes FileKeyStore::export_keys(const std::string& path, std::span<const Sm2PublicKey> recipients) {
    return seal_to(recipients, kExport, print_keys(read_key_file(path)).view());
}

Result<Done> FileKeyStore::import_keys(const std::string& path, BytesView exported,
                                       const Sm2PrivateKey& recipient) {
    const SecretBytes text = TRY(open_sealed(recipient, kExport, exported));
    return write_new_key_file(path, parse_keys(text.view()));
}

std::vector<KeyInfo> FileKeyStore::list(const std::string& path) {
    const KeyEntries entries = read_key_file(path);
    std::vector<KeyInfo> infos;
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        const bool is_current = std::none_of(entry + 1, entries.end(), [&](const KeyEntry& later) {
            return later.kind == entry->kind;
        });
        infos.push_back({entry->kind, entry->id, entry->created, is_current});
    }
    return infos;
}

TestKeyStore::TestKeyStore(std::uint64_t seed, int versions)
    : KeyRing(seeded_entries(seed, versions)) {}

}  // namespace fenming::crypto

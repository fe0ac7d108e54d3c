// The key store in memory: working keys from roots, by label and version.

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "crypto/hash.h"
#include "crypto/keystore.h"

namespace fenming::crypto {

namespace {

struct LabelFacts {
    MacLabel label;
    std::string_view text;
    std::string_view root;
};

constexpr LabelFacts kLabels[kMacLabels] = {
    {MacLabel::trail, "trail", "root/trail"},    {MacLabel::session, "session", "root/access"},
    {MacLabel::pepper, "pepper", "root/access"}, {MacLabel::idempotency, "idem", "root/access"},
    {MacLabel::access, "access", "root/access"}, {MacLabel::totp, "totp", "root/access"},
    {MacLabel::e2e, "e2e", "root/e2e"},
};

constexpr std::string_view kPurposes[kSignPurposes] = {"sm2/trail", "sm2/log", "sm2/bundle",
                                                       "sm2/backup", "sm2/webhook"};

class RingMacKey final : public MacKey {
public:
    RingMacKey(KeyId id, BytesView root, std::string_view label)
        : MacKey(id), mac_(hkdf_sm3(root, label, 32).view()) {}
    [[nodiscard]] Digest mac(BytesView message) const override { return mac_.mac(message); }

private:
    HmacSm3 mac_;
};

/// What comes from one version of root/cell.
struct CellVersion {
    CellVersion(KeyId id, BytesView root)
        : cell(id, root), wrap(id, root, "wrap/"), blob(id, root) {}
    CellKey cell;
    CellKey wrap;
    BlobKey blob;
};

struct IndexVersion {
    IndexVersion(KeyId root_id, BytesView root) : id(root_id) {
        for (int field = 0; field < kIndexFields; ++field) {
            const auto name = index_field_text(static_cast<IndexField>(field));
            fields.emplace_back(hkdf_sm3(root, "index/" + std::string(name) + "/v1", 32).view());
        }
    }
    [[nodiscard]] BlindIndex index(const Canonical& value) const {
        return blind_index(id, fields[static_cast<std::size_t>(value.field())], value);
    }
    KeyId id;
    std::vector<HmacSm3> fields;
};

struct SignVersion {
    KeyId id;
    Sm2PrivateKey key;
};

[[noreturn]] void not_held(const std::string& what, KeyId id) {
    throw Fault(what + " names key " + id.text() +
                ", which the key file does not hold; put back the exported keys");
}

CellPlace wrap_place(std::string_view name) {
    return {"wrap", name, 0};
}

}  // namespace

struct KeyRing::Keys {
    // Of every kind the oldest first and the current one last.
    std::vector<std::unique_ptr<CellVersion>> cells;
    std::vector<IndexVersion> indexes;
    std::array<std::vector<std::unique_ptr<RingMacKey>>, kMacLabels> macs;
    std::array<std::vector<SignVersion>, kSignPurposes> signers;
    std::vector<Ed25519PrivateKey> logs;

    void add(const KeyEntry& entry);
    [[nodiscard]] const CellVersion& cell_version(KeyId id, const std::string& what) const;
};

void KeyRing::Keys::add(const KeyEntry& entry) {
    const BytesView secret = entry.secret.view();
    if (entry.kind == "root/cell") cells.push_back(std::make_unique<CellVersion>(entry.id, secret));
    if (entry.kind == "root/index") indexes.emplace_back(entry.id, secret);
    for (const LabelFacts& facts : kLabels) {
        if (entry.kind != facts.root) continue;
        macs[static_cast<std::size_t>(facts.label)].push_back(
            std::make_unique<RingMacKey>(entry.id, secret, facts.text));
    }
    for (std::size_t i = 0; i < kSignPurposes; ++i) {
        if (entry.kind != kPurposes[i]) continue;
        auto key = Sm2PrivateKey::from_scalar(secret);
        if (!key) throw Fault("key " + entry.id.text() + " of the key file is no SM2 key");
        signers[i].push_back({entry.id, std::move(*key)});
    }
    if (entry.kind == "ed25519/log") logs.emplace_back(secret);
}

const CellVersion& KeyRing::Keys::cell_version(KeyId id, const std::string& what) const {
    const auto found =
        std::ranges::find_if(cells, [id](const auto& v) { return v->cell.id() == id; });
    if (found == cells.end()) not_held(what, id);
    return **found;
}

KeyRing::KeyRing(const KeyEntries& entries) {
    auto keys = std::make_unique<Keys>();
    for (const KeyEntry& entry : entries) keys->add(entry);
    const auto has_any = [](const auto& versions) { return !versions.empty(); };
    check(has_any(keys->cells) && has_any(keys->indexes) && has_any(keys->logs) &&
              std::ranges::all_of(keys->macs, has_any) &&
              std::ranges::all_of(keys->signers, has_any),
          "a key store holds a key of every kind");
    keys_ = std::move(keys);
}

KeyRing::~KeyRing() = default;

const MacKey& KeyRing::mac(MacLabel label) const {
    return *keys_->macs[static_cast<std::size_t>(label)].back();
}

const MacKey& KeyRing::mac(MacLabel label, KeyId id) const {
    const auto& versions = keys_->macs[static_cast<std::size_t>(label)];
    const auto found =
        std::ranges::find_if(versions, [id](const auto& v) { return v->id() == id; });
    if (found == versions.end()) not_held("a stored MAC", id);
    return **found;
}

Bytes KeyRing::seal_cell(const CellPlace& place, std::string_view text) const {
    return keys_->cells.back()->cell.seal(place, text);
}

Secret<std::string> KeyRing::open_cell(const CellPlace& place, BytesView cell) const {
    const auto asked = cell_key_id(cell);
    const CellVersion& current = *keys_->cells.back();
    // A cell that is none at all: the current key says so.
    if (!asked || *asked == current.cell.id()) return current.cell.open(place, cell);
    return keys_->cell_version(*asked, "the cell " + cell_place_text(place)).cell.open(place, cell);
}

KeyId KeyRing::cell_key() const {
    return keys_->cells.back()->cell.id();
}

BlindIndex KeyRing::blind_index(const Canonical& value) const {
    return keys_->indexes.back().index(value);
}

std::vector<BlindIndex> KeyRing::blind_indexes(const Canonical& value) const {
    std::vector<BlindIndex> all;
    for (auto version = keys_->indexes.rbegin(); version != keys_->indexes.rend(); ++version) {
        all.push_back(version->index(value));
    }
    return all;
}

const BlobKey& KeyRing::blob_key() const {
    return keys_->cells.back()->blob;
}

const BlobKey& KeyRing::blob_key(KeyId id) const {
    return keys_->cell_version(id, "an encrypted file").blob;
}

Signed KeyRing::sign(SignPurpose purpose, BytesView text) const {
    const SignVersion& current = keys_->signers[static_cast<std::size_t>(purpose)].back();
    return {current.id, current.key.sign(text)};
}

std::vector<SignKey> KeyRing::public_keys(SignPurpose purpose) const {
    const auto& versions = keys_->signers[static_cast<std::size_t>(purpose)];
    std::vector<SignKey> all;
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
        all.push_back({version->id, version->key.public_key()});
    }
    return all;
}

Ed25519Signature KeyRing::sign_log(BytesView text) const {
    return keys_->logs.back().sign(text);
}

Ed25519PublicKey KeyRing::log_public_key() const {
    return keys_->logs.back().public_key();
}

Bytes KeyRing::wrap(std::string_view name, BytesView key) const {
    return keys_->cells.back()->wrap.seal(wrap_place(name), text_of(key));
}

SecretBytes KeyRing::unwrap(std::string_view name, BytesView wrapped) const {
    const auto asked = cell_key_id(wrapped);
    const CellVersion& version =
        asked ? keys_->cell_version(*asked, "the wrapped key " + std::string(name))
              : *keys_->cells.back();
    std::string clear = version.wrap.open(wrap_place(name), wrapped).reveal();
    SecretBytes key(bytes_of(clear));
    wipe(clear);
    return key;
}

}  // namespace fenming::crypto

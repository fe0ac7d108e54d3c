#pragma once
// Signed notes (C2SP signed-note): a text, an empty line, and signature lines. Checkpoints of the
// trail and of the public log are notes (SECURITY B5, peers' B.2 and B.3).
//
//   text (ends in \n)
//   \n
//   — <name> <base64(key id[4] ‖ signature)>\n        one or more
//
//   key id = SHA-256(name ‖ \n ‖ type ‖ public key)[0..4];  type 01 = Ed25519;
//   ff ‖ "sm2-with-sm3/v1" = SM2: public key 65 bytes uncompressed, signature strict DER.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"
#include "crypto/key_id.h"
#include "crypto/sm2.h"

namespace fenming::crypto {

inline constexpr RefusalKind kNoteMalformed{"crypto.note_malformed", 422};
inline constexpr RefusalKind kNoteSignatureFalse{"crypto.note_signature_false", 422};
inline constexpr RefusalKind kNoteSignatureMissing{"crypto.note_signature_missing", 422};
inline constexpr RefusalKind kNoteUnsigned{"crypto.note_unsigned", 422};
inline constexpr RefusalKind kVerifierKeyMalformed{"crypto.verifier_key_malformed", 422};

inline constexpr std::size_t kLongestNote = 1 << 20;    // bytes
inline constexpr std::size_t kMostNoteSignatures = 64;  // the format asks for at least 16

/// Whether a key may bear this name: UTF-8, not empty, no space of any kind, no '+'.
bool is_note_name(std::string_view name);

/// A public key under a name, as written in a vkey: `name+hex(key id)+base64(type ‖ public key)`.
class NoteVerifier {
public:
    /// The name must be a note name: it is ours, so another is a Bug.
    NoteVerifier(std::string name, Ed25519PublicKey key);
    NoteVerifier(std::string name, Sm2PublicKey key);
    /// Refuses a malformed vkey, a key id that is not its own, an unknown type, a point off the
    /// curve.
    static Result<NoteVerifier> from_vkey(std::string_view vkey);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] KeyId id() const { return id_; }
    [[nodiscard]] bool is_sm2() const { return std::holds_alternative<Sm2PublicKey>(key_); }
    [[nodiscard]] std::string vkey() const;
    [[nodiscard]] bool verify(BytesView text, BytesView signature) const;

    /// A note without this key's line is refused: who demands 国密 does not accept its absence
    /// (B3).
    NoteVerifier& require() {
        is_required_ = true;
        return *this;
    }
    [[nodiscard]] bool is_required() const { return is_required_; }

private:
    [[nodiscard]] Bytes typed_key() const;
    void set_id();

    std::string name_;
    std::variant<Ed25519PublicKey, Sm2PublicKey> key_;
    KeyId id_;
    bool is_required_ = false;
};

/// A public key, and how its owner signs: a private key here, or one that stays in a KeyStore.
struct NoteSigner {
    NoteVerifier verifier;
    std::function<Bytes(BytesView text)> sign;
};

struct NoteSignature {
    std::string name;
    KeyId id;
    Bytes signature;
};

/// A note whose form is right; nothing is verified.
struct ParsedNote {
    std::string text;  ///< with its last \n
    std::vector<NoteSignature> signatures;
};
Result<ParsedNote> parse_note(std::string_view message);

struct Note {
    std::string text;
    std::vector<NoteSignature> verified;    ///< by known keys; at least one
    std::vector<NoteSignature> unverified;  ///< by keys nobody named to us: ignored
};

/// Opens a note with the keys one knows. A known key's line that is false refuses the note, and so
/// does the absence of every known key, or of one that is required.
Result<Note> open_note(std::string_view message, std::span<const NoteVerifier> known);

/// The whole note. `text` is ours and ends in \n; a text that is no note text is a Bug.
std::string sign_note(std::string_view text, std::span<const NoteSigner> signers);

}  // namespace fenming::crypto

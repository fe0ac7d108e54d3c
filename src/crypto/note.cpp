// Reading, opening and signing notes.

#include "crypto/note.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/letters.h"

namespace fenming::crypto {

namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::uint8_t kEd25519Type = 0x01;
constexpr std::string_view kSm2Type =
    "\xff"
    "sm2-with-sm3/v1";

bool is_note_text(std::string_view text) {
    return is_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) >= 0x20 || c == '\n';
           });
}

/// "— name base64" without its line end.
std::optional<NoteSignature> parse_line(std::string_view line) {
    if (!line.starts_with(kDash)) return std::nullopt;
    line.remove_prefix(kDash.size());
    const std::size_t space = line.find(' ');
    if (space == line.npos || !is_note_name(line.substr(0, space))) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5) return std::nullopt;
    return NoteSignature{std::string(line.substr(0, space)), key_id_of(*bytes),
                         Bytes(bytes->begin() + 4, bytes->end())};
}

tl::unexpected<Refusal> refuse_line(std::string_view before) {
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return refuse(refusal(kNoteMalformed).with("line", static_cast<std::int64_t>(line)));
}

const NoteVerifier* find(std::span<const NoteVerifier> known, const NoteSignature& line) {
    const auto found = std::find_if(known.begin(), known.end(), [&line](const NoteVerifier& key) {
        return key.id() == line.id && key.name() == line.name;
    });
    return found == known.end() ? nullptr : &*found;
}

}  // namespace

bool is_note_name(std::string_view name) {
    if (name.empty() || !is_note_text(name)) return false;
    const std::u32string points = code_points(name);
    return std::none_of(points.begin(), points.end(), [](char32_t point) {
        return is_space(point) || point == U'+' || point == U'\n' || point == 0x85 ||
               point == 0x2028 || point == 0x2029;
    });
}

NoteVerifier::NoteVerifier(std::string name, Ed25519PublicKey key)
    : name_(std::move(name)), key_(std::move(key)) {
    set_id();
}

NoteVerifier::NoteVerifier(std::string name, Sm2PublicKey key)
    : name_(std::move(name)), key_(std::move(key)) {
    set_id();
}

Bytes NoteVerifier::typed_key() const {
    Bytes typed;
    if (const auto* sm2 = std::get_if<Sm2PublicKey>(&key_)) {
        typed.assign(kSm2Type.begin(), kSm2Type.end());
        typed.insert(typed.end(), sm2->point().begin(), sm2->point().end());
    } else {
        const auto& point = std::get<Ed25519PublicKey>(key_).point();
        typed.push_back(kEd25519Type);
        typed.insert(typed.end(), point.begin(), point.end());
    }
    return typed;
}

void NoteVerifier::set_id() {
    check(is_note_name(name_), "a note key has a note name");
    // Not a Frame: the format is C2SP's.
    Bytes hashed(name_.begin(), name_.end());
    hashed.push_back('\n');
    const Bytes typed = typed_key();
    hashed.insert(hashed.end(), typed.begin(), typed.end());
    id_ = key_id_of(sha256(hashed));
}

Result<NoteVerifier> NoteVerifier::from_vkey(std::string_view vkey) {
    constexpr std::size_t kLongest = 1024;
    const auto malformed = [] { return refuse(kVerifierKeyMalformed); };
    // Base64 may hold a '+', the name and the id may not.
    const std::size_t id_at = vkey.find('+') + 1;
    const std::size_t key_at = id_at == 0 ? 0 : vkey.find('+', id_at) + 1;
    if (key_at == 0 || key_at - id_at != 9 || vkey.size() > kLongest) return malformed();
    const std::string_view name = vkey.substr(0, id_at - 1);
    const auto typed = from_base64(vkey.substr(key_at));
    if (!is_note_name(name) || !typed || typed->empty()) return malformed();

    std::optional<NoteVerifier> verifier;
    const BytesView bytes(*typed);
    Ed25519Point point{};
    if (bytes[0] == kEd25519Type && bytes.size() == 1 + point.size()) {
        std::copy(bytes.begin() + 1, bytes.end(), point.begin());
        verifier.emplace(std::string(name), Ed25519PublicKey(point));
    } else if (text_of(bytes).starts_with(kSm2Type)) {
        auto key = Sm2PublicKey::from_point(bytes.subspan(kSm2Type.size()));
        if (key) verifier.emplace(std::string(name), std::move(*key));
    }
    if (!verifier || verifier->id().text() != vkey.substr(id_at, 8)) return malformed();
    return std::move(*verifier);
}

std::string NoteVerifier::vkey() const {
    return name_ + "+" + id_.text() + "+" + to_base64(typed_key());
}

bool NoteVerifier::verify(BytesView text, BytesView signature) const {
    return std::visit([&](const auto& key) { return key.verify(text, signature); }, key_);
}

Result<ParsedNote> parse_note(std::string_view message) {
    if (message.size() > kLongestNote || !is_note_text(message)) return refuse_line("");
    const std::size_t end_of_text = message.rfind("\n\n");
    if (end_of_text == message.npos || message.back() != '\n') return refuse_line(message);
    ParsedNote note;
    note.text = message.substr(0, end_of_text + 1);
    std::size_t at = end_of_text + 2;
    while (at < message.size()) {
        const std::size_t end = message.find('\n', at);
        auto line = parse_line(message.substr(at, end - at));
        if (!line || note.signatures.size() == kMostNoteSignatures) {
            return refuse_line(message.substr(0, at));
        }
        note.signatures.push_back(std::move(*line));
        at = end + 1;
    }
    if (note.signatures.empty()) return refuse_line(message);
    return note;
}

Result<Note> open_note(std::string_view message, std::span<const NoteVerifier> known) {
    ParsedNote parsed = TRY(parse_note(message));
    Note note;
    note.text = std::move(parsed.text);
    for (NoteSignature& line : parsed.signatures) {
        const NoteVerifier* key = find(known, line);
        if (key == nullptr) {
            note.unverified.push_back(std::move(line));
        } else if (key->verify(bytes_of(note.text), line.signature)) {
            note.verified.push_back(std::move(line));
        } else {
            return refuse(
                refusal(kNoteSignatureFalse).with("name", line.name).with("key", line.id.text()));
        }
    }
    for (const NoteVerifier& key : known) {
        const bool has_signed = std::any_of(
            note.verified.begin(), note.verified.end(), [&key](const NoteSignature& line) {
                return line.id == key.id() && line.name == key.name();
            });
        if (key.is_required() && !has_signed) {
            return refuse(refusal(kNoteSignatureMissing)
                              .with("name", key.name())
                              .with("key", key.id().text()));
        }
    }
    if (note.verified.empty()) return refuse(kNoteUnsigned);
    return note;
}

std::string sign_note(std::string_view text, std::span<const NoteSigner> signers) {
    check(text.ends_with('\n') && is_note_text(text),
          "a note text is UTF-8 and ends in a line end");
    check(!signers.empty() && signers.size() <= kMostNoteSignatures,
          "a note has 1 to 64 signatures");
    std::string message = std::string(text) + "\n";
    for (const NoteSigner& signer : signers) {
        Bytes line;
        append_key_id(line, signer.verifier.id());
        const Bytes signature = signer.sign(bytes_of(text));
        line.insert(line.end(), signature.begin(), signature.end());
        message += std::string(kDash) + signer.verifier.name() + " " + to_base64(line) + "\n";
    }
    check(message.size() <= kLongestNote, "a note fits its limit");
    return message;
}

}  // namespace fenming::crypto

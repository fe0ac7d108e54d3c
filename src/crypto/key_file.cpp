// The key file as text.

#include "crypto/key_file.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/check.h"
#include "crypto/frame.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/sm2.h"

namespace fenming::crypto {

namespace {

constexpr std::string_view kFirstLine = "fenming-keys 1";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::size_t kMostKeys = 1000;

[[noreturn]] void damaged(int line, const char* what) {
    throw Fault("the key file is damaged at line " + std::to_string(line) + ": " + what +
                "; put back the exported keys (fenming key import)");
}

/// 64 lower-case hex digits into secret memory, leaving no copy behind.
bool read_hex(std::string_view hex, std::span<std::uint8_t> out) {
    if (hex.size() != 2 * out.size()) return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto high = kHex.find(hex[2 * i]);
        const auto low = kHex.find(hex[2 * i + 1]);
        if (high == kHex.npos || low == kHex.npos) return false;
        out[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return true;
}

std::string_view take(std::string_view& rest, char end) {
    const std::size_t at = std::min(rest.find(end), rest.size());
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

KeyEntry parse_entry(std::string_view line, int number) {
    KeyEntry entry;
    entry.kind = take(line, ' ');
    if (!is_key_kind(entry.kind)) damaged(number, "a kind of key that this release does not know");
    const std::string_view id = take(line, ' ');
    const auto created = parse_instant(take(line, ' '));
    if (!created) damaged(number, "no moment of making");
    entry.created = *created;
    entry.secret = SecretBytes(32);
    if (!read_hex(line, entry.secret.writable())) damaged(number, "no 64 hex digits of key");
    entry.id = key_id_for(entry.kind, entry.secret.view());
    if (entry.id.text() != id) damaged(number, "the key does not fit its id");
    return entry;
}

/// Text that is put together in secret memory.
class SecretText {
public:
    explicit SecretText(std::size_t most) : bytes_(most) {}
    void add(std::string_view text) {
        check(size_ + text.size() <= bytes_.size(), "a key file fits its room");
        std::copy(text.begin(), text.end(),
                  bytes_.writable().begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += text.size();
    }
    void add_hex(BytesView secret) {
        for (const std::uint8_t byte : secret) {
            const char digits[] = {kHex[byte >> 4], kHex[byte & 15]};
            add({digits, 2});
        }
    }
    [[nodiscard]] BytesView view() const { return bytes_.view().first(size_); }

private:
    SecretBytes bytes_;
    std::size_t size_ = 0;
};

}  // namespace

bool is_key_kind(std::string_view text) {
    return std::ranges::find(kKeyKinds, text) != std::end(kKeyKinds);
}

KeyId key_id_for(std::string_view kind, BytesView secret) {
    return key_id_of(HmacSm3(secret).mac(Frame("fenming/key-id/v1").add(kind).view()));
}

void add_key(KeyEntries& entries, std::string_view kind, Instant now) {
    check(is_key_kind(kind), "a kind of key");
    check(entries.size() < kMostKeys, "a key file holds at most 1000 keys");
    KeyEntry entry{std::string(kind), {}, now, SecretBytes(32)};
    const auto is_taken = [&](KeyId id) {
        return std::ranges::find(entries, id, &KeyEntry::id) != entries.end();
    };
    do {
        if (kind.starts_with("sm2/")) {
            entry.secret = Sm2PrivateKey::generate().scalar();
        } else {
            random_fill(entry.secret.writable());
        }
        entry.id = key_id_for(kind, entry.secret.view());
    } while (is_taken(entry.id));
    entries.push_back(std::move(entry));
}

KeyEntries new_keys(Instant now) {
    KeyEntries entries;
    for (const std::string_view kind : kKeyKinds) add_key(entries, kind, now);
    return entries;
}

SecretBytes print_keys(const KeyEntries& entries) {
    constexpr std::size_t kLongestLine = 160;
    SecretText text(kLongestLine * (entries.size() + 2));
    text.add(std::string(kFirstLine) + "\n");
    for (const KeyEntry& entry : entries) {
        text.add(entry.kind + " " + entry.id.text() + " " + beijing_text(entry.created) + " ");
        text.add_hex(entry.secret.view());
        text.add("\n");
    }
    const Digest sum = sm3(text.view());
    text.add("check ");
    text.add_hex(sum);
    text.add("\n");
    return SecretBytes(text.view());
}

KeyEntries parse_keys(BytesView bytes) {
    const std::string_view text = text_of(bytes);
    const std::size_t check_at = text.rfind("check ");
    if (check_at == text.npos || check_at == 0 || text[check_at - 1] != '\n') {
        damaged(1, "no check line, so it may be cut off");
    }
    const Digest sum = sm3(bytes.first(check_at));
    if (text.substr(check_at) != "check " + to_hex(sum) + "\n") {
        damaged(1, "the check line does not fit the keys");
    }
    std::string_view rest = text.substr(0, check_at);
    if (take(rest, '\n') != kFirstLine) damaged(1, "not written by a release like this one");
    KeyEntries entries;
    for (int line = 2; !rest.empty(); ++line) {
        if (entries.size() == kMostKeys) damaged(line, "more than 1000 keys");
        entries.push_back(parse_entry(take(rest, '\n'), line));
        const auto twin = std::ranges::find(entries, entries.back().id, &KeyEntry::id);
        if (twin != entries.end() - 1) damaged(line, "a key that is there twice");
    }
    for (const std::string_view kind : kKeyKinds) {
        if (std::ranges::find(entries, kind, &KeyEntry::kind) == entries.end()) {
            throw Fault("the key file holds no key of the kind " + std::string(kind));
        }
    }
    return entries;
}

}  // namespace fenming::crypto

// Sealing to SM2 recipients, and opening.

#include "crypto/sealed.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "crypto/frame.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/sm4.h"

namespace fenming::crypto {

namespace {

constexpr std::string_view kDomain = "fenming/sealed/v1";
constexpr std::size_t kRoot = 32;
constexpr std::size_t kTag = 32;

Sm4Ctr enc_key(const SecretBytes& root) {
    return Sm4Ctr(hkdf_sm3(root.view(), "sealed/enc", kSm4KeySize));
}

HmacSm3 mac_key(const SecretBytes& root) {
    return HmacSm3(hkdf_sm3(root.view(), "sealed/mac", 32).view());
}

/// The reverse of lp(): a field of at most `most` bytes, taken off the front.
std::optional<BytesView> take_field(BytesView& rest, std::size_t most) {
    if (rest.size() < 4) return std::nullopt;
    const std::size_t size = std::size_t{rest[0]} << 24 | std::size_t{rest[1]} << 16 |
                             std::size_t{rest[2]} << 8 | std::size_t{rest[3]};
    if (size > most || rest.size() - 4 < size) return std::nullopt;
    const BytesView field = rest.subspan(4, size);
    rest = rest.subspan(4 + size);
    return field;
}

}  // namespace

Bytes seal_to(std::span<const Sm2PublicKey> recipients, std::string_view purpose, BytesView clear) {
    check(!recipients.empty() && recipients.size() <= kMostRecipients, "1 to 16 recipients");
    SecretBytes root(kRoot);
    random_fill(root.writable());
    Frame frame(kDomain);
    frame.add(purpose).fixed8(static_cast<std::uint8_t>(recipients.size()));
    for (const Sm2PublicKey& recipient : recipients) {
        frame.add(BytesView(recipient.point())).add(recipient.encrypt(root.view()));
    }
    const auto iv = random_array<16>();
    Bytes ciphertext(clear.size());
    enc_key(root).crypt(iv, clear, ciphertext);
    const BytesView before_tag = frame.fixed(iv).last(ciphertext).view();
    const Digest tag = mac_key(root).mac(before_tag);
    Bytes sealed(before_tag.begin(), before_tag.end());
    sealed.insert(sealed.end(), tag.begin(), tag.end());
    return sealed;
}

Result<SecretBytes> open_sealed(const Sm2PrivateKey& recipient, std::string_view purpose,
                                BytesView sealed) {
    BytesView rest = sealed;
    const auto domain = take_field(rest, kDomain.size());
    const auto said = domain ? take_field(rest, 100) : std::nullopt;
    if (!said || text_of(*domain) != kDomain || text_of(*said) != purpose || rest.empty()) {
        return refuse(kSealedMalformed);
    }
    const std::size_t recipients = rest[0];
    rest = rest.subspan(1);
    if (recipients < 1 || recipients > kMostRecipients) return refuse(kSealedMalformed);
    std::optional<BytesView> ours;
    for (std::size_t i = 0; i < recipients; ++i) {
        const auto point = take_field(rest, Sm2Point{}.size());
        const auto hidden = point ? take_field(rest, 512) : std::nullopt;
        if (!hidden) return refuse(kSealedMalformed);
        if (std::ranges::equal(*point, recipient.public_key().point())) ours = *hidden;
    }
    if (rest.size() < 16 + kTag) return refuse(kSealedMalformed);
    if (!ours) return refuse(kSealedNotForThisKey);

    const auto root = recipient.decrypt(*ours);
    if (!root || root->size() != kRoot) return refuse(kSealedDamaged);
    const Digest tag = mac_key(*root).mac(sealed.first(sealed.size() - kTag));
    if (!equal_in_constant_time(tag, sealed.last(kTag))) return refuse(kSealedDamaged);
    Sm4Iv iv;
    std::copy_n(rest.begin(), iv.size(), iv.begin());
    const BytesView ciphertext = rest.subspan(16, rest.size() - 16 - kTag);
    SecretBytes clear(ciphertext.size());
    enc_key(*root).crypt(iv, ciphertext, clear.writable());
    return clear;
}

}  // namespace fenming::crypto

#pragma once
// Sealing for people who are away (S12): a text under a fresh SM4 key, that key under the SM2
// public keys of one or more offline recipients, and an HMAC-SM3 over everything. The sealer cannot
// open what it sealed.
//
//   sealed = lp("fenming/sealed/v1") ‖ lp(purpose) ‖ recipients(1)
//            ‖ [ lp(recipient's 65-byte point) ‖ lp(SM2 encryption of the 32-byte data root) ] …
//            ‖ iv(16) ‖ SM4-CTR ciphertext ‖ tag(32)
//   k_enc, k_mac = HKDF(data root, "sealed/enc"), HKDF(data root, "sealed/mac")
//   tag = HMAC-SM3(k_mac, every byte before it)

#include <span>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret_bytes.h"
#include "crypto/sm2.h"

namespace fenming::crypto {

inline constexpr RefusalKind kSealedMalformed{"crypto.sealed_malformed", 422};
inline constexpr RefusalKind kSealedNotForThisKey{"crypto.sealed_not_for_this_key", 422};
inline constexpr RefusalKind kSealedDamaged{"crypto.sealed_damaged", 422};

inline constexpr std::size_t kMostRecipients = 16;

/// `purpose` is ours ("keys", "backup"); 1 to 16 recipients.
Bytes seal_to(std::span<const Sm2PublicKey> recipients, std::string_view purpose, BytesView clear);

/// Refuses what is no sealed text of this purpose, is not for this key, or was changed.
Result<SecretBytes> open_sealed(const Sm2PrivateKey& recipient, std::string_view purpose,
                                BytesView sealed);

}  // namespace fenming::crypto

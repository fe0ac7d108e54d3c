#pragma once
// Names that must come out the same after any restore (S5): of persons, and of payments at the
// bank. Both are HMAC-SM3 under k_e2e, which is never rotated.

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/canonical.h"
#include "crypto/hash.h"
#include "crypto/keystore.h"

namespace fenming::crypto {

/// A person's stable reference: the same for the same ID number, in whatever row it is imported
/// again. HMAC-SM3(k_e2e, lp("fenming/person/v1") ‖ lp(field) ‖ lp(canonical value)).
Digest person_reference(const KeyStore& keys, const Canonical& identity);

/// What makes a payment this one and no other (DESIGN §5): a claim, and which attempt at it.
struct EndToEnd {
    Digest person;  ///< person_reference
    std::string_view programme;
    std::string_view period;  ///< canonical text of the period
    std::string_view kind;
    std::string_view cause;    ///< of a kind of reference that survives a restore, not a row id
    std::int64_t attempt = 1;  ///< 1 for the first time it is sent
};

/// The id on the bank's side: 32 characters of A–Z and 2–7, base32 of the first 20 bytes of
/// HMAC-SM3(k_e2e, lp("fenming/e2e/v1") ‖ lp(each field, in the order above)). A layout with less
/// room cuts it at the end, and then must check for two alike.
std::string end_to_end_id(const KeyStore& keys, const EndToEnd& payment);

}  // namespace fenming::crypto

#pragma once
// Encrypted cells (S9). A cell is bound to its table, column and row: copied elsewhere, cut or
// changed in one bit, it does not open.
//
//   cell = version(1) ‖ key id(4) ‖ iv(16) ‖ SM4-CTR ciphertext ‖ tag(32)
//   tag  = HMAC-SM3(k_mac, "fenming/cell/v1" ‖ lp(table) ‖ lp(column) ‖ lp(row id)
//                          ‖ version ‖ key id ‖ iv ‖ ciphertext)

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/secret.h"
#include "crypto/hash.h"
#include "crypto/key_id.h"
#include "crypto/sm4.h"

namespace fenming::crypto {

/// Bytes a cell adds to its text.
inline constexpr std::size_t kCellOverhead = 1 + 4 + 16 + 32;

/// Where a cell stands. The row id goes into the tag as 8 bytes, big-endian.
struct CellPlace {
    std::string_view table;
    std::string_view column;
    std::int64_t row = 0;
};

/// One version of the pair k_enc, k_mac, from one root by HKDF with the labels "enc" and "mac"
/// behind `prefix`.
class CellKey {
public:
    CellKey(KeyId id, BytesView root, std::string_view prefix = "");

    [[nodiscard]] KeyId id() const { return id_; }
    /// A fresh random iv each time, so the same text never gives the same cell.
    [[nodiscard]] Bytes seal(const CellPlace& place, std::string_view text) const;
    /// The text. A cell that is not of this place and key is a Fault that names the place and never
    /// the value. The tag is compared in constant time before anything is decrypted.
    [[nodiscard]] Secret<std::string> open(const CellPlace& place, BytesView cell) const;

private:
    [[nodiscard]] Digest tag(const CellPlace& place, BytesView head_and_ciphertext) const;

    KeyId id_;
    Sm4Ctr enc_;
    HmacSm3 mac_;
};

/// The key that a cell asks for; nullopt if it is too short or of another version to be a cell.
std::optional<KeyId> cell_key_id(BytesView cell);

/// "table.column of row 12": how a Fault names a cell.
std::string cell_place_text(const CellPlace& place);

}  // namespace fenming::crypto

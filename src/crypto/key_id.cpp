// Key ids as bytes and as text.

#include "crypto/key_id.h"

#include "base/check.h"

namespace fenming::crypto {

std::string KeyId::text() const {
    Bytes bytes;
    append_key_id(bytes, *this);
    return to_hex(bytes);
}

KeyId key_id_of(BytesView bytes) {
    check(bytes.size() >= 4, "a key id has 4 bytes");
    return {static_cast<std::uint32_t>(bytes[0]) << 24 |
            static_cast<std::uint32_t>(bytes[1]) << 16 | static_cast<std::uint32_t>(bytes[2]) << 8 |
            static_cast<std::uint32_t>(bytes[3])};
}

void append_key_id(Bytes& bytes, KeyId id) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<std::uint8_t>(id.number >> shift));
    }
}

}  // namespace fenming::crypto

// A blind index, to the byte.

#include "crypto/index.h"

#include <algorithm>

namespace fenming::crypto {

BlindIndex blind_index(KeyId id, const HmacSm3& key, const Canonical& value) {
    BlindIndex index{};
    Bytes head;
    append_key_id(head, id);
    const Digest keyed = key.mac(bytes_of(value.reveal()));
    std::copy(head.begin(), head.end(), index.begin());
    std::copy(keyed.begin(), keyed.end(), index.begin() + 4);
    return index;
}

}  // namespace fenming::crypto

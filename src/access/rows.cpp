// The MAC of a row.

#include "access/rows.h"

#include "base/check.h"

namespace fenming::access {
namespace detail {

Bytes mac_of(const crypto::KeyStore& keys, BytesView content) {
    const auto& key = keys.mac(crypto::MacLabel::access);
    Bytes out;
    crypto::append_key_id(out, key.id());
    const auto digest = key.mac(content);
    out.insert(out.end(), digest.begin(), digest.end());
    return out;
}

bool is_mac_of(const crypto::KeyStore& keys, BytesView content, BytesView mac) {
    constexpr std::size_t kIdSize = 4;
    if (mac.size() != kIdSize + std::tuple_size_v<crypto::Digest>) return false;
    try {
        const auto& key = keys.mac(crypto::MacLabel::access, crypto::key_id_of(mac));
        return crypto::equal_in_constant_time(key.mac(content), mac.subspan(kIdSize));
    } catch (const Fault&) {  // an unknown key id is what a forger writes
        return false;
    }
}

}  // namespace detail

Refusal forged(std::string_view table) {
    return refusal(kRowForged).with("table", std::string(table));
}

}  // namespace fenming::access

// The cell format, to the byte.

#include "crypto/cell.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/check.h"
#include "crypto/frame.h"
#include "crypto/random.h"

namespace fenming::crypto {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHead = 1 + 4 + 16;
constexpr std::size_t kTag = 32;

}  // namespace

CellKey::CellKey(KeyId id, BytesView root, std::string_view prefix)
    : id_(id),
      enc_(hkdf_sm3(root, std::string(prefix) + "enc", kSm4KeySize)),
      mac_(hkdf_sm3(root, std::string(prefix) + "mac", 32).view()) {}

Digest CellKey::tag(const CellPlace& place, BytesView head_and_ciphertext) const {
    thread_local Frame frame("fenming/cell/v1");
    frame.restart_bare("fenming/cell/v1").add(place.table).add(place.column).add(place.row);
    return mac_.mac(frame.last(head_and_ciphertext).view());
}

Bytes CellKey::seal(const CellPlace& place, std::string_view text) const {
    Bytes cell;
    cell.reserve(text.size() + kCellOverhead);
    cell.push_back(kVersion);
    append_key_id(cell, id_);
    const auto iv = random_array<16>();
    cell.insert(cell.end(), iv.begin(), iv.end());
    cell.resize(kHead + text.size());
    enc_.crypt(iv, bytes_of(text), std::span(cell).subspan(kHead));
    const Digest sealed = tag(place, cell);
    cell.insert(cell.end(), sealed.begin(), sealed.end());
    return cell;
}

Secret<std::string> CellKey::open(const CellPlace& place, BytesView cell) const {
    const auto asked = cell_key_id(cell);
    if (!asked) throw Fault("the cell " + cell_place_text(place) + " is cut short or no cell");
    if (*asked != id_) {
        throw Fault("the cell " + cell_place_text(place) + " asks for key " + asked->text() +
                    ", not " + id_.text());
    }
    const BytesView signed_part = cell.first(cell.size() - kTag);
    if (!equal_in_constant_time(tag(place, signed_part), cell.last(kTag))) {
        throw Fault("the cell " + cell_place_text(place) +
                    " does not open: it was changed, or comes from another place");
    }
    Sm4Iv iv;
    std::copy_n(cell.begin() + 5, iv.size(), iv.begin());
    const BytesView ciphertext = signed_part.subspan(kHead);
    std::string text(ciphertext.size(), '\0');
    enc_.crypt(iv, ciphertext, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return Secret<std::string>(std::move(text));
}

std::optional<KeyId> cell_key_id(BytesView cell) {
    if (cell.size() < kCellOverhead || cell[0] != kVersion) return std::nullopt;
    return key_id_of(cell.subspan(1));
}

std::string cell_place_text(const CellPlace& place) {
    return std::string(place.table) + "." + std::string(place.column) + " of row " +
           std::to_string(place.row);
}

}  // namespace fenming::crypto

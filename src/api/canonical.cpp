// Elements of the canonical form: a tag, a length, a content.

#include "api/canonical.h"

#include <limits>

#include "base/check.h"

namespace fenming::api::canonical_detail {

namespace {

constexpr std::size_t kLengthBytes = 4;

void put_big_endian(std::uint8_t* to, std::uint64_t number, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i)
        to[i] = static_cast<std::uint8_t>(number >> (8 * (bytes - 1 - i)));
}

}  // namespace

std::size_t open(Bytes& out, char tag) {
    out.push_back(static_cast<std::uint8_t>(tag));
    out.resize(out.size() + kLengthBytes);
    return out.size();
}

void close(Bytes& out, std::size_t start) {
    const std::size_t length = out.size() - start;
    check(length <= std::numeric_limits<std::uint32_t>::max(), "an element fits its length");
    put_big_endian(out.data() + start - kLengthBytes, length, kLengthBytes);
}

void put_number(Bytes& out, char tag, std::int64_t number) {
    const std::size_t start = open(out, tag);
    out.resize(start + sizeof number);
    put_big_endian(out.data() + start, static_cast<std::uint64_t>(number), sizeof number);
    close(out, start);
}

void put_text(Bytes& out, char tag, std::string_view text) {
    put_bytes(out, tag, bytes_of(text));
}

void put_bytes(Bytes& out, char tag, BytesView bytes) {
    const std::size_t start = open(out, tag);
    out.insert(out.end(), bytes.begin(), bytes.end());
    close(out, start);
}

}  // namespace fenming::api::canonical_detail

// The bytes of a frame.

#include "crypto/frame.h"

#include "base/check.h"

namespace fenming::crypto {

namespace {

constexpr std::uint32_t kNull = 0xffff'ffff;

std::array<std::uint8_t, 4> big_endian32(std::uint32_t number) {
    return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
            static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

}  // namespace

Frame::Frame(std::string_view domain) {
    restart(domain);
}

Frame Frame::bare(std::string_view domain) {
    Frame frame;
    frame.restart_bare(domain);
    return frame;
}

Frame& Frame::restart(std::string_view domain) {
    check(!domain.empty(), "a frame has a domain");
    bytes_.clear();
    is_closed_ = false;
    return add(domain);
}

Frame& Frame::restart_bare(std::string_view domain) {
    check(!domain.empty(), "a frame has a domain");
    bytes_.clear();
    is_closed_ = false;
    return append(bytes_of(domain));
}

Frame& Frame::add(BytesView bytes) {
    check(bytes.size() < kNull, "a framed field is shorter than 4 GiB");
    length(static_cast<std::uint32_t>(bytes.size()));
    return append(bytes);
}

Frame& Frame::add(std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    length(8);
    append(big_endian32(static_cast<std::uint32_t>(bits >> 32)));
    return append(big_endian32(static_cast<std::uint32_t>(bits)));
}

Frame& Frame::add_null() {
    length(kNull);
    return *this;
}

Frame& Frame::fixed32(std::uint32_t number) {
    return append(big_endian32(number));
}

Frame& Frame::fixed8(std::uint8_t number) {
    return append(std::array{number});
}

Frame& Frame::last(BytesView bytes) {
    append(bytes);
    is_closed_ = true;
    return *this;
}

Frame& Frame::append(BytesView bytes) {
    check(!is_closed_, "nothing is framed after the last field");
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
}

void Frame::length(std::uint32_t size) {
    append(big_endian32(size));
}

}  // namespace fenming::crypto

// Chunks in and out of a descriptor.

#include "backup/archive.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "crypto/random.h"
#include "crypto/sealed.h"

namespace fenming::backup {
namespace {

constexpr std::string_view kMagic = "FMBACK1\n";
constexpr std::size_t kRoot = 32;
constexpr std::size_t kMostSealed = 1U << 16U;
constexpr auto kChunk = crypto::ChunkSize::large;
constexpr auto kChunkBytes = static_cast<std::size_t>(kChunk);
constexpr std::uint32_t kLast = 1U << 31U;
constexpr crypto::KeyId kKey{1};

std::array<std::uint8_t, 4> four(std::uint32_t n) {
    return {static_cast<std::uint8_t>(n >> 24U), static_cast<std::uint8_t>(n >> 16U),
            static_cast<std::uint8_t>(n >> 8U), static_cast<std::uint8_t>(n)};
}

std::uint32_t number_of(const std::array<std::uint8_t, 4>& b) {
    return (std::uint32_t{b[0]} << 24U) | (std::uint32_t{b[1]} << 16U) |
           (std::uint32_t{b[2]} << 8U) | std::uint32_t{b[3]};
}

/// The chunks are bound to the head they follow.
crypto::BlobId id_of(BytesView sealed) {
    const auto digest = crypto::sm3(sealed);
    crypto::BlobId id{};
    std::copy_n(digest.begin(), id.size(), id.begin());
    return id;
}

}  // namespace

Writer::Writer(int fd, std::span<const crypto::Sm2PublicKey> recipients) : fd_(fd) {
    const auto root = crypto::random_array<kRoot>();
    const auto sealed = crypto::seal_to(recipients, "backup", root);
    check(sealed.size() <= kMostSealed, "sixteen recipients fit into the head");
    write(bytes_of(kMagic));
    write(four(static_cast<std::uint32_t>(sealed.size())));
    write(sealed);
    id_ = id_of(sealed);
    key_.emplace(kKey, root);
    pending_.reserve(kChunkBytes);
}

void Writer::write(BytesView bytes) const {
    while (!bytes.empty()) {
        const auto n = ::write(fd_, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0)
            throw Fault("the backup cannot be written: " + std::string(std::strerror(errno)));
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
}

void Writer::write_chunk(bool is_last) {
    const auto chunk =
        key_->seal({id_, kChunk, chunks_, is_last ? chunks_ + 1 : 0}, BytesView(pending_));
    write(four(static_cast<std::uint32_t>(chunk.size()) | (is_last ? kLast : 0)));
    write(chunk);
    ++chunks_;
    pending_.clear();
}

void Writer::raw(BytesView bytes) {
    all_.add(bytes);
    while (!bytes.empty()) {
        if (pending_.size() == kChunkBytes) write_chunk(false);
        const auto part = bytes.first(std::min(bytes.size(), kChunkBytes - pending_.size()));
        pending_.insert(pending_.end(), part.begin(), part.end());
        bytes = bytes.subspan(part.size());
    }
}

void Writer::put(std::int64_t number) {
    auto n = (static_cast<std::uint64_t>(number) << 1U) ^
             static_cast<std::uint64_t>(number < 0 ? -1 : 0);
    std::array<std::uint8_t, 10> bytes{};
    std::size_t size = 0;
    do {
        bytes[size++] = static_cast<std::uint8_t>((n & 0x7fU) | (n > 0x7fU ? 0x80U : 0U));
        n >>= 7U;
    } while (n != 0);
    raw({bytes.data(), size});
}

void Writer::put(std::string_view text) {
    check(text.size() <= kLongestText, "a cell of a backup is not longer than its reader takes");
    put(static_cast<std::int64_t>(text.size()));
    raw(bytes_of(text));
}

void Writer::finish() {
    write_chunk(true);
    // A pipe cannot be synced, and need not be.
    if (::fsync(fd_) != 0 && errno != EINVAL && errno != EROFS)
        throw Fault("the backup cannot be synced: " + std::string(std::strerror(errno)));
}

Reader::Reader(int fd, const crypto::Sm2PrivateKey& recipient) : fd_(fd) {
    std::array<std::uint8_t, kMagic.size()> magic{};
    std::array<std::uint8_t, 4> length{};
    if (!read(magic) || text_of(BytesView(magic)) != kMagic || !read(length) ||
        number_of(length) > kMostSealed)
        throw Broken{refusal(kNotABackup)};
    Bytes sealed(number_of(length));
    if (!read(sealed)) throw Broken{refusal(kNotABackup)};
    auto root = crypto::open_sealed(recipient, "backup", sealed);
    if (!root) throw Broken{std::move(root.error())};
    if (root->size() != kRoot) throw Broken{refusal(kNotABackup)};
    id_ = id_of(sealed);
    key_.emplace(kKey, root->view());
}

bool Reader::read(std::span<std::uint8_t> to) const {
    while (!to.empty()) {
        const auto n = ::read(fd_, to.data(), to.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw Fault("the backup cannot be read: " + std::string(std::strerror(errno)));
        if (n == 0) return false;
        to = to.subspan(static_cast<std::size_t>(n));
    }
    return true;
}

void Reader::damaged() const {
    throw Broken{refusal(kDamaged).with("part", chunks_)};
}

void Reader::fill() {
    std::array<std::uint8_t, 4> length{};
    if (is_last_ || !read(length)) damaged();
    is_last_ = (number_of(length) & kLast) != 0;
    const auto size = number_of(length) & ~kLast;
    if (size < crypto::kChunkOverhead || size > kChunkBytes + crypto::kChunkOverhead) damaged();
    Bytes sealed(size);
    if (!read(sealed)) damaged();
    auto clear = key_->open({id_, kChunk, chunks_, is_last_ ? chunks_ + 1 : 0}, sealed);
    if (!clear || (!is_last_ && clear->size() != kChunkBytes)) damaged();
    chunk_ = std::move(*clear);
    at_ = 0;
    ++chunks_;
}

void Reader::take(std::uint8_t* to, std::size_t size) {
    auto* begin = to;
    for (auto left = size; left > 0;) {
        if (at_ == chunk_.size()) fill();
        const auto part = std::min(left, chunk_.size() - at_);
        std::memcpy(begin, chunk_.data() + at_, part);
        at_ += part;
        begin += part;
        left -= part;
    }
    all_.add({to, size});
}

char Reader::mark() {
    std::uint8_t mark = 0;
    take(&mark, 1);
    return static_cast<char>(mark);
}

std::int64_t Reader::number() {
    std::uint64_t n = 0;
    for (unsigned shift = 0;; shift += 7) {
        std::uint8_t byte = 0;
        take(&byte, 1);
        if (shift == 63 && byte > 1) damaged();
        n |= std::uint64_t{byte & 0x7fU} << shift;
        if ((byte & 0x80U) == 0) break;
    }
    return static_cast<std::int64_t>(n >> 1U) ^ -static_cast<std::int64_t>(n & 1U);
}

std::string Reader::text() {
    const auto size = number();
    if (size < 0 || static_cast<std::uint64_t>(size) > kLongestText) damaged();
    std::string text(static_cast<std::size_t>(size), '\0');
    take(reinterpret_cast<std::uint8_t*>(text.data()), text.size());
    return text;
}

void Reader::raw(std::int64_t size, const std::function<void(BytesView)>& part) {
    if (size < 0) damaged();
    Bytes bytes(std::min<std::size_t>(static_cast<std::size_t>(size), kChunkBytes));
    for (auto left = static_cast<std::size_t>(size); left > 0;) {
        const auto now = std::min(left, bytes.size());
        take(bytes.data(), now);
        part({bytes.data(), now});
        left -= now;
    }
}

void Reader::expect_end() {
    std::uint8_t more = 0;
    if (at_ == chunk_.size() && !is_last_) fill();
    if (at_ != chunk_.size() || !is_last_ || read({&more, 1})) damaged();
}

}  // namespace fenming::backup

// Chunks, and blobs on file descriptors.

#include "crypto/blob.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "crypto/frame.h"
#include "crypto/random.h"

namespace fenming::crypto {

namespace {

constexpr std::string_view kMagic = "FMBLOB1\n";
constexpr std::size_t kIv = 16;
constexpr std::size_t kTag = 32;

struct Head {
    KeyId key;
    ChunkSize size;
    BlobId id;
};

std::int64_t bytes_in(ChunkSize size) {
    return static_cast<std::int64_t>(size);
}

[[noreturn]] void system_fault(const char* doing) {
    throw Fault(std::string("cannot ") + doing + " an encrypted file: " + std::strerror(errno));
}

void write_all(int fd, BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(fd, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) system_fault("write");
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
}

Bytes read_at(int fd, std::int64_t at, std::size_t size) {
    Bytes bytes(size);
    std::size_t have = 0;
    while (have < size) {
        const ssize_t done =
            ::pread(fd, bytes.data() + have, size - have, at + static_cast<std::int64_t>(have));
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) system_fault("read");
        if (done == 0) break;
        have += static_cast<std::size_t>(done);
    }
    bytes.resize(have);
    return bytes;
}

Head read_head(int fd) {
    const Bytes bytes = read_at(fd, 0, kBlobHead);
    if (bytes.size() != kBlobHead || !text_of(bytes).starts_with(kMagic)) {
        throw Fault("a file of the file store is no encrypted file, or its head is cut off");
    }
    Head head{};
    head.key = key_id_of(BytesView(bytes).subspan(8));
    head.size = static_cast<ChunkSize>(key_id_of(BytesView(bytes).subspan(12)).number);
    if (head.size != ChunkSize::small && head.size != ChunkSize::large) {
        throw Fault("an encrypted file names a chunk size that this release does not know");
    }
    std::copy(bytes.begin() + 16, bytes.end(), head.id.begin());
    return head;
}

}  // namespace

BlobId new_blob_id() {
    return random_array<16>();
}

BlobKey::BlobKey(KeyId id, BytesView root)
    : id_(id),
      enc_(hkdf_sm3(root, "blob/enc", kSm4KeySize)),
      mac_(hkdf_sm3(root, "blob/mac", 32).view()),
      name_(hkdf_sm3(root, "blob", 32).view()) {}

Digest BlobKey::tag(const ChunkPlace& place, BytesView iv_and_ciphertext) const {
    Frame frame("fenming/chunk/v1");
    frame.fixed(place.blob).fixed32(id_.number).fixed32(static_cast<std::uint32_t>(place.size));
    frame.add(place.number).add(place.count);
    // The chunk is the frame's last field; it is streamed, not copied.
    auto stream = mac_.stream();
    stream.add(frame.view());
    stream.add(iv_and_ciphertext);
    return stream.finish();
}

Bytes BlobKey::seal(const ChunkPlace& place, BytesView clear) const {
    Bytes chunk(kIv + clear.size());
    chunk.reserve(chunk.size() + kTag);
    const auto iv = random_array<kIv>();
    std::copy(iv.begin(), iv.end(), chunk.begin());
    enc_.crypt(iv, clear, std::span(chunk).subspan(kIv));
    const Digest sealed = tag(place, chunk);
    chunk.insert(chunk.end(), sealed.begin(), sealed.end());
    return chunk;
}

std::optional<Bytes> BlobKey::open(const ChunkPlace& place, BytesView chunk) const {
    if (chunk.size() < kChunkOverhead) return std::nullopt;
    const BytesView sealed = chunk.first(chunk.size() - kTag);
    if (!equal_in_constant_time(tag(place, sealed), chunk.last(kTag))) return std::nullopt;
    Sm4Iv iv;
    std::copy_n(sealed.begin(), kIv, iv.begin());
    Bytes clear(sealed.size() - kIv);
    enc_.crypt(iv, sealed.subspan(kIv), clear);
    return clear;
}

Digest BlobKey::content_name(std::int64_t county, const Digest& sm3_of_content,
                             std::int64_t size) const {
    return name_.mac(
        Frame("fenming/blob/v1").add(county).add(BytesView(sm3_of_content)).add(size).view());
}

BlobWriter::BlobWriter(const BlobKey& key, int fd, const BlobId& id, ChunkSize size)
    : key_(&key), fd_(fd), id_(id), size_(size) {
    Bytes head(kMagic.begin(), kMagic.end());
    append_key_id(head, key.id());
    append_key_id(head, KeyId{static_cast<std::uint32_t>(size)});  // 4 bytes, big-endian
    head.insert(head.end(), id.begin(), id.end());
    write_all(fd_, head);
}

void BlobWriter::add(BytesView part) {
    check(!is_finished_, "a finished file takes no more");
    const auto full = static_cast<std::size_t>(size_);
    total_ += static_cast<std::int64_t>(part.size());
    digest_.add(part);
    while (!part.empty()) {
        // A full chunk waits for the byte after it: it might be the last.
        if (pending_.size() == full) write_chunk(0);
        const std::size_t taken = std::min(part.size(), full - pending_.size());
        pending_.insert(pending_.end(), part.begin(),
                        part.begin() + static_cast<std::ptrdiff_t>(taken));
        part = part.subspan(taken);
    }
}

void BlobWriter::write_chunk(std::int64_t count) {
    write_all(fd_, key_->seal({id_, size_, number_, count}, pending_));
    wipe(pending_);
    pending_.clear();
    ++number_;
}

BlobFacts BlobWriter::finish(std::int64_t county) {
    check(!is_finished_, "a file is finished once");
    is_finished_ = true;
    write_chunk(number_ + 1);
    if (::fsync(fd_) != 0) system_fault("sync");
    return {total_, key_->content_name(county, digest_.finish(), total_)};
}

KeyId blob_key_id(int fd) {
    return read_head(fd).key;
}

BlobReader::BlobReader(const BlobKey& key, int fd, const BlobId& id)
    : key_(&key), fd_(fd), id_(id), chunk_size_(ChunkSize::small) {
    const Head head = read_head(fd);
    if (head.id != id || head.key != key.id()) {
        throw Fault("the encrypted file " + to_hex(id) + " stands in another file's place");
    }
    struct stat facts {};
    if (::fstat(fd, &facts) != 0) system_fault("measure");
    chunk_size_ = head.size;
    const std::int64_t body = facts.st_size - static_cast<std::int64_t>(kBlobHead);
    const std::int64_t overhead = kChunkOverhead;
    const std::int64_t full = bytes_in(chunk_size_) + overhead;
    count_ = (body + full - 1) / full;
    const std::int64_t last = body - (count_ - 1) * full;
    if (count_ < 1 || last < overhead || (count_ > 1 && last == overhead)) {
        throw Fault("the encrypted file " + to_hex(id) + " is cut off");
    }
    size_ = body - count_ * overhead;
}

Bytes BlobReader::read_chunk(std::int64_t number) const {
    check(number >= 0 && number < count_, "a chunk of this file");
    const bool is_last = number == count_ - 1;
    const auto full = static_cast<std::int64_t>(bytes_in(chunk_size_) +
                                                static_cast<std::int64_t>(kChunkOverhead));
    const std::int64_t content =
        is_last ? size_ - number * bytes_in(chunk_size_) : bytes_in(chunk_size_);
    const Bytes chunk = read_at(fd_, static_cast<std::int64_t>(kBlobHead) + number * full,
                                static_cast<std::size_t>(content) + kChunkOverhead);
    auto clear = key_->open({id_, chunk_size_, number, is_last ? count_ : 0}, chunk);
    if (!clear) {
        throw Fault("the encrypted file " + to_hex(id_) + " does not open at chunk " +
                    std::to_string(number) + ": it was changed or cut off");
    }
    return std::move(*clear);
}

}  // namespace fenming::crypto

#pragma once
// Encrypted files (S10): evidence, imports, bank files. A file is chunks; each is encrypted, bound
// to its file, its number and the count of chunks, and opened only after its tag is right.
//
//   blob  = "FMBLOB1\n"(8) ‖ key id(4) ‖ chunk size(4) ‖ blob id(16) ‖ chunk …
//   chunk = iv(16) ‖ SM4-CTR ciphertext ‖ tag(32)
//   tag   = HMAC-SM3(k_blob_mac, lp("fenming/chunk/v1") ‖ blob id ‖ key id ‖ chunk size
//                                ‖ lp(number) ‖ lp(count) ‖ iv ‖ ciphertext)
//
// Numbers begin at 0. The writer streams and learns the count with the last chunk: `count` is 0 in
// every chunk but the last, which bears the true count. A chunk cut off, added, moved, or taken
// from another file is therefore found. All chunks but the last are full; an empty file is one
// empty chunk.

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "crypto/hash.h"
#include "crypto/key_id.h"
#include "crypto/sm4.h"

namespace fenming::crypto {

/// The name a file is sealed under: 16 random bytes minted before writing, kept in the file's row.
using BlobId = std::array<std::uint8_t, 16>;
BlobId new_blob_id();

/// 64 KiB for documents, 1 MiB for backups and bulk.
enum class ChunkSize : std::uint32_t { small = 64 * 1024, large = 1024 * 1024 };

inline constexpr std::size_t kBlobHead = 8 + 4 + 4 + 16;
inline constexpr std::size_t kChunkOverhead = 16 + 32;

/// Where a chunk stands; everything here goes into its tag.
struct ChunkPlace {
    BlobId blob;
    ChunkSize size;
    std::int64_t number;
    std::int64_t count;  ///< 0 unless this is the last chunk
};

/// One version of the three keys of files, from one root with the labels "blob/enc", "blob/mac" and
/// "blob".
class BlobKey {
public:
    BlobKey(KeyId id, BytesView root);

    [[nodiscard]] KeyId id() const { return id_; }
    [[nodiscard]] Bytes seal(const ChunkPlace& place, BytesView clear) const;
    /// nullopt if the chunk is not of this place and key, or changed in one bit.
    [[nodiscard]] std::optional<Bytes> open(const ChunkPlace& place, BytesView chunk) const;
    /// The public name of a content: equal contents of one county have equal names, and nobody else
    /// can tell (S10). `county` is a 6-digit-level area code, 0 for the city.
    [[nodiscard]] Digest content_name(std::int64_t county, const Digest& sm3_of_content,
                                      std::int64_t size) const;

private:
    [[nodiscard]] Digest tag(const ChunkPlace& place, BytesView iv_and_ciphertext) const;

    KeyId id_;
    Sm4Ctr enc_;
    HmacSm3 mac_;
    HmacSm3 name_;
};

/// What a written file is.
struct BlobFacts {
    std::int64_t size = 0;  ///< bytes of content
    Digest name{};          ///< BlobKey::content_name
};

/// Writes a blob to a file descriptor, which stays the caller's, from its present place on.
class BlobWriter {
public:
    /// The key must outlive the writer.
    BlobWriter(const BlobKey& key, int fd, const BlobId& id, ChunkSize size = ChunkSize::small);

    void add(BytesView part);
    /// Writes the last chunk and syncs the file to disk (E41). A blob that was not finished cannot
    /// be read.
    BlobFacts finish(std::int64_t county);

private:
    void write_chunk(std::int64_t count);

    const BlobKey* key_;
    int fd_;
    BlobId id_;
    ChunkSize size_;
    Bytes pending_;
    Sm3 digest_;
    std::int64_t total_ = 0;
    std::int64_t number_ = 0;
    bool is_finished_ = false;
};

/// The key a blob asks for, from its head; a file that is no blob is a Fault.
KeyId blob_key_id(int fd);

/// Reads a blob that is the whole of a file. A file that is damaged, cut, or another one than `id`
/// is a Fault that names the blob id. May be used from many threads at once.
class BlobReader {
public:
    BlobReader(const BlobKey& key, int fd, const BlobId& id);

    [[nodiscard]] std::int64_t size() const { return size_; }  ///< bytes of content
    [[nodiscard]] std::int64_t chunk_count() const { return count_; }
    [[nodiscard]] ChunkSize chunk_size() const { return chunk_size_; }
    /// `number` is in 0…chunk_count()−1.
    [[nodiscard]] Bytes read_chunk(std::int64_t number) const;

private:
    const BlobKey* key_;
    int fd_;
    BlobId id_;
    ChunkSize chunk_size_;
    std::int64_t size_ = 0;
    std::int64_t count_ = 0;
};

}  // namespace fenming::crypto

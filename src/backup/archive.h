#pragma once
// The bytes of a backup: what was put in, in chunks that only the holders of offline keys can open
// (S12). The installation that writes a backup cannot read it.
//
//   archive = "FMBACK1\n"(8) ‖ length(4) ‖ sealed root (crypto/sealed.h, purpose "backup")
//             ‖ [ length(4) ‖ chunk (crypto/blob.h, 1 MiB, under keys of the root) ] …
//
// The length of the last chunk has its highest bit set, and its tag bears the count of chunks: a
// chunk that is missing, moved, changed or too many is found. Within the chunks lie numbers
// (zigzag, 7 bits a byte) and texts (length, bytes).

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/blob.h"
#include "crypto/hash.h"
#include "crypto/sm2.h"

namespace fenming::backup {

inline constexpr RefusalKind kNotABackup{"backup.not_a_backup", 422};
/// Cut short, changed, or continued beyond its end.
inline constexpr RefusalKind kDamaged{"backup.damaged", 422};

/// Longer cells are none of ours: files go in parts.
inline constexpr std::size_t kLongestText = 64U << 20U;

/// Writes an archive to a descriptor that stays the caller's. A disk that fails is a Fault.
class Writer {
public:
    /// 1 to 16 recipients (crypto::seal_to).
    Writer(int fd, std::span<const crypto::Sm2PublicKey> recipients);

    void put(char mark) { raw({reinterpret_cast<const std::uint8_t*>(&mark), 1}); }
    void put(std::int64_t number);
    void put(std::string_view text);
    void raw(BytesView bytes);
    /// SM3 of everything put in so far; once.
    crypto::Digest digest() { return all_.finish(); }
    /// Writes the last chunk and syncs. An archive that was not finished is damaged.
    void finish();

private:
    void write(BytesView bytes) const;
    void write_chunk(bool is_last);

    int fd_;
    crypto::BlobId id_{};
    std::optional<crypto::BlobKey> key_;
    Bytes pending_;
    crypto::Sm3 all_;
    std::int64_t chunks_ = 0;
};

/// Reads an archive from a descriptor, once, from its beginning. Every byte that it answers was
/// checked. What cannot be read is thrown as Broken; `read_archive` functions make it a refusal.
class Reader {
public:
    struct Broken {
        Refusal why;
    };
    Reader(int fd, const crypto::Sm2PrivateKey& recipient);

    char mark();
    std::int64_t number();
    std::string text();
    /// The next `size` bytes, in parts of at most a chunk.
    void raw(std::int64_t size, const std::function<void(BytesView)>& part);
    /// SM3 of everything read so far; once.
    crypto::Digest digest() { return all_.finish(); }
    /// Nothing is left.
    void expect_end();
    [[noreturn]] void damaged() const;

private:
    bool read(std::span<std::uint8_t> to) const;
    void fill();
    void take(std::uint8_t* to, std::size_t size);

    int fd_;
    crypto::BlobId id_{};
    std::optional<crypto::BlobKey> key_;
    Bytes chunk_;
    std::size_t at_ = 0;
    crypto::Sm3 all_;
    std::int64_t chunks_ = 0;
    bool is_last_ = false;
};

}  // namespace fenming::backup

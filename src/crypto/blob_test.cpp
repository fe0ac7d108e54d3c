// Encrypted files: every size comes back, and no chunk passes elsewhere (S10).

#include "crypto/blob.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "base/check.h"
#include "crypto/keystore.h"
#include "crypto/random.h"

namespace fenming::crypto {
namespace {

constexpr std::size_t kSmall = 64 * 1024;

/// A file of its own that disappears.
class TemporaryFile {
public:
    TemporaryFile() : file_(std::tmpfile(), std::fclose) {}
    [[nodiscard]] int fd() const { return ::fileno(file_.get()); }
    [[nodiscard]] Bytes bytes() const {
        Bytes all(static_cast<std::size_t>(::lseek(fd(), 0, SEEK_END)));
        EXPECT_EQ(::pread(fd(), all.data(), all.size(), 0), static_cast<ssize_t>(all.size()));
        return all;
    }
    void put(BytesView bytes) const {
        EXPECT_EQ(::ftruncate(fd(), 0), 0);
        EXPECT_EQ(::pwrite(fd(), bytes.data(), bytes.size(), 0),
                  static_cast<ssize_t>(bytes.size()));
    }

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

Bytes content_of(std::size_t size) {
    Bytes content(size);
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<std::uint8_t>(i * 31 + i / 977);
    return content;
}

BlobFacts write(const BlobKey& key, const TemporaryFile& file, const BlobId& id, BytesView content,
                std::size_t step, ChunkSize size = ChunkSize::small) {
    BlobWriter writer(key, file.fd(), id, size);
    for (std::size_t at = 0; at < content.size(); at += step) {
        writer.add(content.subspan(at, std::min(step, content.size() - at)));
    }
    return writer.finish(430408000000);
}

Bytes read(const BlobKey& key, const TemporaryFile& file, const BlobId& id) {
    const BlobReader reader(key, file.fd(), id);
    Bytes content;
    for (std::int64_t i = 0; i < reader.chunk_count(); ++i) {
        const Bytes chunk = reader.read_chunk(i);
        content.insert(content.end(), chunk.begin(), chunk.end());
    }
    EXPECT_EQ(static_cast<std::int64_t>(content.size()), reader.size());
    return content;
}

TEST(Blob, EverySizeComesBack) {
    const TestKeyStore keys(1);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kSmall - 1, kSmall, kSmall + 1,
                                   2 * kSmall, 3 * kSmall + 17}) {
        for (const std::size_t step : {std::size_t{1000}, kSmall, std::size_t{1} << 20}) {
            const TemporaryFile file;
            const BlobId id = new_blob_id();
            const Bytes content = content_of(size);
            const BlobFacts facts = write(keys.blob_key(), file, id, content, step);
            EXPECT_EQ(facts.size, static_cast<std::int64_t>(size));
            EXPECT_EQ(read(keys.blob_key(blob_key_id(file.fd())), file, id), content) << size;
        }
    }
}

TEST(Blob, LargeChunksComeBack) {
    const TestKeyStore keys(1);
    const TemporaryFile file;
    const BlobId id = new_blob_id();
    const Bytes content = content_of((1 << 20) + 5);
    write(keys.blob_key(), file, id, content, 70'000, ChunkSize::large);
    EXPECT_EQ(file.bytes().size(), kBlobHead + 2 * kChunkOverhead + content.size());
    EXPECT_EQ(read(keys.blob_key(), file, id), content);
}

TEST(Blob, HidesItsContent) {
    const TestKeyStore keys(1);
    const TemporaryFile file;
    const std::string text = "a diagnosis that nobody should read";
    write(keys.blob_key(), file, new_blob_id(), bytes_of(text), 100);
    const Bytes bytes = file.bytes();
    EXPECT_EQ(text_of(bytes).find("diagnosis"), std::string::npos);
}

TEST(Blob, ContentNamesAreOfOneCounty) {
    const TestKeyStore keys(1);
    const BlobKey& key = keys.blob_key();
    const Bytes content = content_of(10);
    const TemporaryFile a, b;
    const BlobFacts one = write(key, a, new_blob_id(), content, 3);
    const BlobFacts two = write(key, b, new_blob_id(), content, 10);
    EXPECT_EQ(one.name, two.name);
    EXPECT_NE(a.bytes(), b.bytes());
    EXPECT_EQ(one.name, key.content_name(430408000000, sm3(content), 10));
    EXPECT_NE(one.name, key.content_name(430405000000, sm3(content), 10));
    EXPECT_NE(one.name, sm3(content));
    EXPECT_NE(one.name, TestKeyStore(2).blob_key().content_name(430408000000, sm3(content), 10));
}

TEST(Blob, DoesNotOpenInAnotherFilesPlace) {
    const TestKeyStore keys(1);
    const TestKeyStore others(2);
    const TemporaryFile file;
    const BlobId id = new_blob_id();
    write(keys.blob_key(), file, id, content_of(10), 10);
    EXPECT_THROW(BlobReader(keys.blob_key(), file.fd(), new_blob_id()), Fault);
    EXPECT_THROW(BlobReader(others.blob_key(), file.fd(), id), Fault);
    EXPECT_THROW(static_cast<void>(others.blob_key(blob_key_id(file.fd()))), Fault);
    // With the other id written into its head, the chunks still know where they belong.
    Bytes bytes = file.bytes();
    const BlobId other = new_blob_id();
    std::copy(other.begin(), other.end(), bytes.begin() + 16);
    file.put(bytes);
    EXPECT_THROW(read(keys.blob_key(), file, other), Fault);
}

/// Whether the whole blob still reads.
bool reads(const KeyStore& keys, const TemporaryFile& file, const BlobId& id) {
    try {
        read(keys.blob_key(), file, id);
        return true;
    } catch (const Fault&) {
        return false;
    }
}

TEST(Blob, ChunksCannotBeCutAddedOrMoved) {
    const TestKeyStore keys(1);
    const TemporaryFile file;
    const BlobId id = new_blob_id();
    write(keys.blob_key(), file, id, content_of(3 * kSmall), kSmall);
    const Bytes whole = file.bytes();
    const std::size_t chunk = kSmall + kChunkOverhead;
    ASSERT_EQ(whole.size(), kBlobHead + 3 * chunk);
    ASSERT_TRUE(reads(keys, file, id));

    const auto changed = [&](const Bytes& bytes) {
        file.put(bytes);
        return reads(keys, file, id);
    };
    for (const std::size_t kept : {0u, 1u, 2u}) {
        EXPECT_FALSE(changed(Bytes(
            whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(kBlobHead + kept * chunk))))
            << kept;
    }
    for (const std::size_t cut : {std::size_t{1}, kChunkOverhead, chunk - 1, whole.size()}) {
        EXPECT_FALSE(changed(Bytes(whole.begin(), whole.end() - static_cast<std::ptrdiff_t>(cut))));
    }
    Bytes doubled = whole;
    doubled.insert(doubled.end(), whole.end() - static_cast<std::ptrdiff_t>(chunk), whole.end());
    EXPECT_FALSE(changed(doubled));
    Bytes swapped = whole;
    std::swap_ranges(swapped.begin() + kBlobHead,
                     swapped.begin() + static_cast<std::ptrdiff_t>(kBlobHead + chunk),
                     swapped.begin() + static_cast<std::ptrdiff_t>(kBlobHead + chunk));
    EXPECT_FALSE(changed(swapped));
    EXPECT_TRUE(changed(whole));
}

TEST(Blob, EveryByteCounts) {
    const TestKeyStore keys(1);
    const TemporaryFile file;
    const BlobId id = new_blob_id();
    write(keys.blob_key(), file, id, content_of(100), 100);
    const Bytes whole = file.bytes();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Bytes changed = whole;
        changed[at] ^= 1;
        file.put(changed);
        EXPECT_FALSE(reads(keys, file, id)) << at;
    }
}

TEST(Blob, WhatIsNoBlobIsAFault) {
    const TestKeyStore keys(1);
    const TemporaryFile file;
    EXPECT_THROW(blob_key_id(file.fd()), Fault);
    file.put(Bytes(100, 'x'));
    EXPECT_THROW(blob_key_id(file.fd()), Fault);
    EXPECT_THROW(blob_key_id(-1), Fault);
    EXPECT_THROW(BlobWriter(keys.blob_key(), -1, new_blob_id()), Fault);
}

TEST(Blob, AnUnfinishedFileDoesNotRead) {
    const TestKeyStore keys(1);
    const TemporaryFile file;
    const BlobId id = new_blob_id();
    BlobWriter writer(keys.blob_key(), file.fd(), id);
    writer.add(content_of(3 * kSmall));
    EXPECT_FALSE(reads(keys, file, id));
    writer.finish(0);
    EXPECT_TRUE(reads(keys, file, id));
    EXPECT_THROW(writer.add(content_of(1)), Bug);
    EXPECT_THROW(writer.finish(0), Bug);
    const BlobReader reader(keys.blob_key(), file.fd(), id);
    EXPECT_THROW(static_cast<void>(reader.read_chunk(-1)), Bug);
    EXPECT_THROW(static_cast<void>(reader.read_chunk(reader.chunk_count())), Bug);
}

}  // namespace
}  // namespace fenming::crypto

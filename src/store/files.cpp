// Encrypted files on disk.

#include "store/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/check.h"

namespace fenming::store {
namespace {

struct Fd {
    explicit Fd(int f) : fd(f) {}
    ~Fd() {
        if (fd >= 0) ::close(fd);
    }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    int fd;
};

void sync_folder(const std::string& folder) {
    const Fd dir(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (dir.fd < 0 || ::fsync(dir.fd) != 0)
        throw Fault("the file folder cannot be synced: " + folder);
}

}  // namespace

std::string StoredFile::public_id() const {
    return to_hex(blob);
}

FileStore::FileStore(std::string folder, const crypto::KeyStore& keys)
    : folder_(std::move(folder)), keys_(keys) {}

std::string FileStore::path_of(const crypto::BlobId& blob) const {
    const auto name = to_hex(blob);
    return folder_ + "/" + name.substr(0, 2) + "/" + name;
}

StoredFile FileStore::put(BytesView bytes, std::int64_t county) const {
    StoredFile stored{crypto::new_blob_id(), {}};
    const auto path = path_of(stored.blob);
    const auto folder = path.substr(0, path.rfind('/'));
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw Fault("the file folder cannot be made: " + error.message());
    ::chmod(folder_.c_str(), 0700);
    const auto unfinished = path + ".part";
    {
        const Fd file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (file.fd < 0)
            throw Fault("a file cannot be written: " + std::string(std::strerror(errno)));
        crypto::BlobWriter writer(keys_.blob_key(), file.fd, stored.blob);
        writer.add(bytes);
        stored.facts = writer.finish(county);
    }
    if (::rename(unfinished.c_str(), path.c_str()) != 0)
        throw Fault("a file cannot be put in its place");
    sync_folder(folder);
    return stored;
}

Bytes FileStore::get(const crypto::BlobId& blob) const {
    const Fd file(::open(path_of(blob).c_str(), O_RDONLY | O_CLOEXEC));
    if (file.fd < 0) throw Fault("file " + to_hex(blob) + " is missing from the file store");
    const crypto::BlobReader reader(keys_.blob_key(crypto::blob_key_id(file.fd)), file.fd, blob);
    Bytes all;
    all.reserve(static_cast<std::size_t>(reader.size()));
    for (std::int64_t i = 0; i < reader.chunk_count(); ++i) {
        const auto chunk = reader.read_chunk(i);
        all.insert(all.end(), chunk.begin(), chunk.end());
    }
    return all;
}

Bytes FileStore::get(std::string_view public_id) const {
    const auto bytes = from_hex(public_id);
    crypto::BlobId blob{};
    if (!bytes || bytes->size() != blob.size()) throw Fault("that is no file's name");
    std::ranges::copy(*bytes, blob.begin());
    return get(blob);
}

}  // namespace fenming::store

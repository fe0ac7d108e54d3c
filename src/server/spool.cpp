// Bodies on their way in.

#include "server/spool.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "base/check.h"

namespace fenming::server {
namespace {

[[noreturn]] void broke(const std::string& what, const std::string& where) {
    throw Fault(what + " " + where + ": " + std::strerror(errno));
}

}  // namespace

SpoolFolder::SpoolFolder(std::string path) : path_(std::move(path)) {
    if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST)
        broke("the folder for uploads cannot be made at", path_);
    std::error_code error;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, error);
    if (error) broke("the folder for uploads cannot be kept private at", path_);
    for (const auto& left : std::filesystem::directory_iterator(path_, error))
        std::filesystem::remove(left.path(), error);
}

Spool::~Spool() {
    if (mapped_ != nullptr) ::munmap(mapped_, size_);
    if (file_ >= 0) ::close(file_);
}

void Spool::write(std::string_view piece) {
    check(mapped_ == nullptr, "a body is whole when it is read");
    size_ += piece.size();
    if (file_ < 0 && size_ > in_memory_) move_to_file();
    if (file_ < 0)
        memory_ += piece;
    else
        append(piece);
}

void Spool::move_to_file() {
    file_ = ::open(folder_.path().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
        // A file system that knows no nameless files: the name is taken away at once.
        std::string name = folder_.path() + "/upload-XXXXXX";
        file_ = ::mkostemp(name.data(), O_CLOEXEC);
        if (file_ >= 0) ::unlink(name.c_str());
    }
    if (file_ < 0) broke("an upload cannot be kept in", folder_.path());
    append(memory_);
    memory_ = std::string();
}

void Spool::append(std::string_view piece) const {
    while (!piece.empty()) {
        const auto written = ::write(file_, piece.data(), piece.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) broke("an upload cannot be kept in", folder_.path());
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
}

BytesView Spool::view() {
    if (file_ < 0) return bytes_of(memory_);
    if (mapped_ == nullptr) {
        void* at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_, 0);
        if (at == MAP_FAILED) broke("an upload cannot be read in", folder_.path());
        mapped_ = at;
    }
    return {static_cast<const std::uint8_t*>(mapped_), static_cast<std::size_t>(size_)};
}

}  // namespace fenming::server

// Bytes from memory or from a file.

#include "sheet/input.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"

namespace fenming::sheet {

std::size_t MemoryInput::read(std::span<char> into) {
    const std::size_t count = std::min(into.size(), bytes_.size() - at_);
    std::copy_n(bytes_.data() + at_, count, into.data());
    at_ += count;
    return count;
}

FileInput::FileInput(const std::string& path) : file_(std::fopen(path.c_str(), "rb")), path_(path) {
    if (!file_) throw Fault("cannot open " + path_ + ": " + std::strerror(errno));
    // Pieces are large already; a second buffer would only copy them.
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);
}

std::size_t FileInput::read(std::span<char> into) {
    const std::size_t count = std::fread(into.data(), 1, into.size(), file_.get());
    if (count < into.size() && std::ferror(file_.get()) != 0)
        throw Fault("cannot read " + path_ + ": " + std::strerror(errno));
    return count;
}

void FileInput::rewind() {
    if (std::fseek(file_.get(), 0, SEEK_SET) != 0)
        throw Fault("cannot read " + path_ + " again: " + std::strerror(errno));
}

}  // namespace fenming::sheet

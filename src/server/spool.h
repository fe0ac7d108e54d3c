#pragma once
// A request's body as it comes in. What may be large goes to a file without a name in a private
// folder and is read as if it lay in memory; it is gone with the request, whatever happens (S20).

#include <cstdint>
#include <string>

#include "base/bytes.h"

namespace fenming::server {

/// Where bodies lie while they are read. Made mode 0700; what a crash of an earlier system left in
/// it is swept.
class SpoolFolder {
public:
    /// A folder that cannot be made is a Fault.
    explicit SpoolFolder(std::string path);
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

class Spool {
public:
    /// Up to `in_memory` bytes stay in memory.
    Spool(const SpoolFolder& folder, std::size_t in_memory)
        : folder_(folder), in_memory_(in_memory) {}
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    /// A disk that is full or fails is a Fault.
    void write(std::string_view piece);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Everything written so far; nothing is written after the first call.
    [[nodiscard]] BytesView view();

private:
    void move_to_file();
    void append(std::string_view piece) const;

    const SpoolFolder& folder_;
    std::size_t in_memory_;
    std::string memory_;
    int file_ = -1;
    std::uint64_t size_ = 0;
    void* mapped_ = nullptr;
};

}  // namespace fenming::server

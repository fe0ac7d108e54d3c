#pragma once
// Bytes that can be read from their beginning more than once: the encoding of a file is known only
// after all of it was seen, and a file may be far larger than memory.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fenming::sheet {

/// The size of the pieces in which inputs are read.
inline constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

class Input {
public:
    virtual ~Input() = default;
    /// Fills `into` from the front; 0 only at the end. A disk that fails is a Fault.
    virtual std::size_t read(std::span<char> into) = 0;
    /// The next read starts at the first byte again.
    virtual void rewind() = 0;
};

/// Reads text that outlives it.
class MemoryInput final : public Input {
public:
    explicit MemoryInput(std::string_view bytes) : bytes_(bytes) {}
    std::size_t read(std::span<char> into) override;
    void rewind() override { at_ = 0; }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

/// Reads a file. A file that cannot be opened is a Fault.
class FileInput final : public Input {
public:
    explicit FileInput(const std::string& path);
    std::size_t read(std::span<char> into) override;
    void rewind() override;

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_;
    std::string path_;
};

}  // namespace fenming::sheet

// The key file on disk: who may read it, and never half written.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/check.h"
#include "crypto/key_file.h"
#include "crypto/random.h"

namespace fenming::crypto {

namespace {

constexpr off_t kLongestFile = 256 * 1024;

[[noreturn]] void fault(const std::string& path, const std::string& what) {
    throw Fault("the key file " + path + " " + what);
}

/// An open file, closed when it goes.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

void require_private(const std::string& path, const struct stat& facts) {
    if (!S_ISREG(facts.st_mode)) fault(path, "is not a file");
    if ((facts.st_mode & 0177) != 0) {
        fault(path, "may be read by others: set its mode to 0600 (chmod 600)");
    }
    if (facts.st_uid != ::geteuid()) {
        fault(path, "belongs to another user: give it to the one who runs this program (chown)");
    }
}

void sync_folder(const std::string& path) {
    auto folder = std::filesystem::path(path).parent_path().string();
    if (folder.empty()) folder = ".";
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0) {
        fault(path, std::string("cannot be made durable: ") + std::strerror(errno));
    }
}

/// Writes the keys beside `path`, synced, and gives the name; whoever calls moves or removes it.
std::string write_beside(const std::string& path, const KeyEntries& entries) {
    std::string beside = path + "." + random_public_id();
    const Descriptor file(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.number() < 0) fault(path, std::string("cannot be written: ") + std::strerror(errno));
    const SecretBytes text = print_keys(entries);
    const auto written = ::write(file.number(), text.view().data(), text.size());
    // The mask of the process may have taken rights away; nothing may add any.
    const bool is_whole = written == static_cast<ssize_t>(text.size()) &&
                          ::fchmod(file.number(), 0600) == 0 && ::fsync(file.number()) == 0;
    if (!is_whole) {
        const std::string why = std::strerror(errno);
        ::unlink(beside.c_str());
        fault(path, "cannot be written: " + why);
    }
    return beside;
}

}  // namespace

KeyEntries read_key_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        fault(path, std::string("cannot be opened: ") + std::strerror(errno) +
                        "; make one with fenming key init, or put back the exported keys");
    }
    struct stat facts {};
    if (::fstat(file.number(), &facts) != 0) fault(path, "cannot be examined");
    require_private(path, facts);
    if (facts.st_size > kLongestFile) fault(path, "is too long to be a key file");
    SecretBytes text(static_cast<std::size_t>(facts.st_size));
    const auto read = ::read(file.number(), text.writable().data(), text.size());
    if (read != static_cast<ssize_t>(text.size())) fault(path, "cannot be read whole");
    return parse_keys(text.view());
}

Result<Done> write_new_key_file(const std::string& path, const KeyEntries& entries) {
    const std::string beside = write_beside(path, entries);
    // link() is the one call that both names the whole file and refuses an existing name.
    const bool is_named = ::link(beside.c_str(), path.c_str()) == 0;
    const int why = errno;
    ::unlink(beside.c_str());
    if (!is_named && why == EEXIST) return refuse(refusal(kKeyFileExists).with("path", path));
    if (!is_named) fault(path, std::string("cannot be written: ") + std::strerror(why));
    sync_folder(path);
    return Done{};
}

void replace_key_file(const std::string& path, const KeyEntries& entries) {
    const std::string beside = write_beside(path, entries);
    if (::rename(beside.c_str(), path.c_str()) != 0) {
        const std::string why = std::strerror(errno);
        ::unlink(beside.c_str());
        fault(path, "cannot be replaced: " + why);
    }
    sync_folder(path);
}

}  // namespace fenming::crypto

// The session file.

#include "cli/token.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/bytes.h"
#include "base/check.h"
#include "crypto/hash.h"

namespace fenming::cli {
namespace {

std::string folder() {
    if (const char* given = std::getenv("XDG_STATE_HOME")) return std::string(given) + "/fenming";
    const char* home = std::getenv("HOME");
    return std::string(home != nullptr ? home : ".") + "/.local/state/fenming";
}

std::string path_of(const std::string& database) {
    auto name = database;
    if (name.starts_with("sqlite:")) {
        std::error_code ignored;
        name = "sqlite:" + std::filesystem::absolute(name.substr(7), ignored).string();
    }
    return folder() + "/session-" + to_hex(crypto::sm3(bytes_of(name))).substr(0, 16);
}

}  // namespace

std::string read_token(const std::string& database) {
    const auto path = path_of(database);
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0 || (facts.st_mode & 077) != 0 ||
        facts.st_uid != ::geteuid())
        return "";
    std::ifstream file(path);
    std::string token;
    std::getline(file, token);
    return token;
}

void keep_token(const std::string& database, const std::string& token) {
    const auto path = path_of(database);
    std::error_code error;
    std::filesystem::create_directories(folder(), error);
    ::chmod(folder().c_str(), 0700);
    ::unlink(path.c_str());
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) throw Fault("the session cannot be kept in " + path);
    const bool written =
        ::write(fd, token.data(), token.size()) == static_cast<ssize_t>(token.size());
    ::close(fd);
    if (!written) throw Fault("the session cannot be kept in " + path);
}

void drop_token(const std::string& database) {
    ::unlink(path_of(database).c_str());
}

}  // namespace fenming::cli

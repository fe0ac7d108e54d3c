// Building refusals, and noting in a test run which of them were provoked.

#include "base/refusal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <set>

#include "base/check.h"

namespace fenming {
namespace {

/// The folder to note provoked refusals in; empty outside test runs. Read once: the environment is
/// not safe to read beside a thread that changes it.
const std::string& coverage_folder() {
    static const std::string folder = [] {
        const char* value = std::getenv("FENMING_COVERAGE_DIR");  // NOLINT(concurrency-mt-unsafe)
        return std::string(value ? value : "");
    }();
    return folder;
}

void note(std::string_view code) {
    static std::mutex mutex;
    static std::set<std::string, std::less<>> noted;
    const std::lock_guard lock(mutex);
    if (noted.count(code) != 0) return;

    const std::string path = coverage_folder() + "/refusals." + std::to_string(::getpid());
    const std::string line = std::string(code) + "\n";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) throw Fault("cannot note a refusal in " + path);
    const auto written = ::write(file, line.data(), line.size());
    ::close(file);
    if (written != static_cast<ssize_t>(line.size())) {
        throw Fault("cannot note a refusal in " + path);
    }
    noted.emplace(code);
}

}  // namespace

void Refusal::put(RefusalValue value) {
    for (RefusalValue& held : values_) {
        if (held.name == value.name) {
            held = std::move(value);
            return;
        }
    }
    values_.push_back(std::move(value));
}

Refusal&& Refusal::with(std::string name, std::int64_t value) && {
    put({std::move(name), value, false});
    return std::move(*this);
}

Refusal&& Refusal::with(std::string name, std::string value) && {
    put({std::move(name), std::move(value), false});
    return std::move(*this);
}

Refusal&& Refusal::personal(std::string name, std::string value) && {
    put({std::move(name), std::move(value), true});
    return std::move(*this);
}

Refusal&& Refusal::at(std::string sheet, std::int64_t row, std::string column) && {
    place_ = {std::move(sheet), row, std::move(column)};
    return std::move(*this);
}

Refusal refusal(const RefusalKind& kind) {
    if (!coverage_folder().empty()) note(kind.code);
    return Refusal(kind);
}

}  // namespace fenming

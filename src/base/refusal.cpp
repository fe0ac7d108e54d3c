// Building refusals, and noting in a test run which of them were provoked.

#include "base/refusal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <set>

#include "base/check.h"
#include "base/words_data.h"

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

/// Appends a line to `kind`.<pid> of the folder, once per process.
void note(const std::string& kind, std::string_view said) {
    static std::mutex mutex;
    static std::set<std::string, std::less<>> noted;
    const std::lock_guard lock(mutex);
    std::string once = kind + "\t" + std::string(said);
    if (noted.count(once) != 0) return;

    const std::string path = coverage_folder() + "/" + kind + "." + std::to_string(::getpid());
    const std::string line = std::string(said) + "\n";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) throw Fault("cannot note a refusal in " + path);
    const auto written = ::write(file, line.data(), line.size());
    ::close(file);
    if (written != static_cast<ssize_t>(line.size())) {
        throw Fault("cannot note a refusal in " + path);
    }
    noted.insert(std::move(once));
}

/// Small ASCII letters, as the names of our enums are; several stand between " / ".
bool looks_like_a_code(std::string_view text) {
    const auto is_of_code = [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.' || c == ' ' || c == '/';
    };
    return !text.empty() && text.size() <= 120 && std::ranges::all_of(text, is_of_code);
}

void note_code(const RefusalKind& kind, const std::string& name, const std::string& value) {
    if (coverage_folder().empty() || !looks_like_a_code(value)) return;
    note("codes", std::string(kind.code) + "\t" + name + "\t" + value);
}

/// Every code of the value has words.
bool is_sayable(const std::string& codes, const std::string& list) {
    bool all = true;
    each_code(codes, [&](std::string_view code) { all = all && has_words(word_key(list, code)); });
    return all;
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
    note_code(*kind_, name, value);
    put({std::move(name), std::move(value), false});
    return std::move(*this);
}

Refusal&& Refusal::personal(std::string name, std::string value) && {
    put({std::move(name), std::move(value), true});
    return std::move(*this);
}

Refusal&& Refusal::word(std::string name, std::string code, std::string list) && {
    if (!is_sayable(code, list)) note_code(*kind_, name, code);
    put({std::move(name), std::move(code), false, std::move(list)});
    return std::move(*this);
}

Refusal&& Refusal::with(RefusalValue value) && {
    put(std::move(value));
    return std::move(*this);
}

Refusal&& Refusal::at(std::string sheet, std::int64_t row, std::string column) && {
    place_ = {std::move(sheet), row, std::move(column)};
    return std::move(*this);
}

Refusal refusal(const RefusalKind& kind) {
    if (!coverage_folder().empty()) note("refusals", kind.code);
    return Refusal(kind);
}

}  // namespace fenming

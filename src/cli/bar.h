#pragma once
// A progress bar on stderr, for people at a terminal only.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace fenming::cli {

class Bar {
public:
    explicit Bar(std::string_view what);
    ~Bar();
    Bar(const Bar&) = delete;
    Bar& operator=(const Bar&) = delete;

    /// `total` 0: only the count is known.
    void show(std::int64_t done, std::int64_t total);
    std::function<void(std::int64_t, std::int64_t)> report() {
        return [this](std::int64_t done, std::int64_t total) { show(done, total); };
    }

private:
    std::string what_;
    bool is_terminal_;
    bool shown_ = false;
    int percent_ = -1;
};

}  // namespace fenming::cli

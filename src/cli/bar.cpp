// Progress for people.

#include "cli/bar.h"

#include <unistd.h>

#include <iostream>

namespace fenming::cli {

Bar::Bar(std::string_view what) : what_(what), is_terminal_(::isatty(STDERR_FILENO) != 0) {}

Bar::~Bar() {
    if (shown_) std::cerr << "\n";
}

void Bar::show(std::int64_t done, std::int64_t total) {
    if (!is_terminal_) return;
    shown_ = true;
    if (total <= 0) {
        std::cerr << "\r" << what_ << " " << done << std::flush;
        return;
    }
    const int percent = static_cast<int>(done * 100 / total);
    if (percent == percent_) return;
    percent_ = percent;
    constexpr int kWidth = 40;
    const int full = percent * kWidth / 100;
    std::cerr << "\r" << what_ << " [" << std::string(static_cast<std::size_t>(full), '#')
              << std::string(static_cast<std::size_t>(kWidth - full), '.') << "] " << percent << "%"
              << std::flush;
}

}  // namespace fenming::cli

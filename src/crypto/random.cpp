// OpenSSL's generator behind a pool that does not survive a fork.

#include "crypto/random.h"

#include <openssl/rand.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>

#include "base/check.h"
#include "crypto/openssl.h"
#include "crypto/secret_bytes.h"

namespace fenming::crypto {

namespace {

constexpr std::size_t kPool = 4096;
constexpr std::size_t kLongestFromPool = 256;

// Counts the forks above this process; a pool filled under another count is stale.
std::atomic<std::uint64_t> fork_count{1};

void draw(std::span<std::uint8_t> bytes) {
    openssl::must(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())), "draw random bytes");
}

struct Pool {
    std::array<std::uint8_t, kPool> bytes;
    std::size_t used = kPool;
    std::uint64_t filled_under = 0;

    ~Pool() { wipe(bytes); }

    void take(std::span<std::uint8_t> out) {
        const std::uint64_t now = fork_count.load(std::memory_order_relaxed);
        if (filled_under != now || kPool - used < out.size()) {
            draw(bytes);
            used = 0;
            filled_under = now;
        }
        const auto from = std::span(bytes).subspan(used, out.size());
        std::copy(from.begin(), from.end(), out.begin());
        wipe(from);  // what was handed out is not kept
        used += out.size();
    }
};

void watch_forks() {
    static const bool watched = [] {
        const int failed = pthread_atfork(
            nullptr, nullptr, [] { fork_count.fetch_add(1, std::memory_order_relaxed); });
        if (failed != 0) throw Fault("cannot watch for forks of the process");
        return true;
    }();
    check(watched, "forks are watched");
}

}  // namespace

void random_fill(std::span<std::uint8_t> bytes) {
    if (bytes.size() <= kLongestFromPool) {
        watch_forks();
        thread_local Pool pool;
        pool.take(bytes);
        return;
    }
    constexpr std::size_t kMost = 1 << 20;
    for (std::size_t done = 0; done < bytes.size(); done += kMost) {
        draw(bytes.subspan(done, std::min(kMost, bytes.size() - done)));
    }
}

Bytes random_bytes(std::size_t count) {
    Bytes bytes(count);
    random_fill(bytes);
    return bytes;
}

std::string random_public_id() {
    std::string id = to_base32(random_array<16>());
    for (char& letter : id) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return id;
}

}  // namespace fenming::crypto

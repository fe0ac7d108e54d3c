// The pool of random bytes: what it gives, and that a fork does not share it (B7).

#include "crypto/random.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <string>
#include <thread>

namespace fenming::crypto {
namespace {

TEST(Random, NeverRepeats) {
    std::set<Bytes> seen;
    for (int i = 0; i < 10'000; ++i) seen.insert(random_bytes(16));
    EXPECT_EQ(seen.size(), 10'000u);
}

TEST(Random, GivesAnyLength) {
    for (const std::size_t size : {0u, 1u, 255u, 256u, 257u, 4096u, 5000u, (1u << 20) + 1}) {
        const Bytes bytes = random_bytes(size);
        EXPECT_EQ(bytes.size(), size);
        // A byte that stays zero over many draws was not filled.
        if (size < 16) continue;
        EXPECT_GT(std::set<std::uint8_t>(bytes.begin(), bytes.end()).size(), 8u);
        EXPECT_FALSE(std::all_of(bytes.end() - 16, bytes.end(), [](auto b) { return b == 0; }));
    }
}

TEST(Random, BitsAreEven) {
    // 80,000 bits: 4 standard deviations are 566.
    int ones = 0;
    for (const std::uint8_t byte : random_bytes(10'000)) ones += __builtin_popcount(byte);
    EXPECT_NEAR(ones, 40'000, 1'000);
}

TEST(Random, PublicIdsAre26LowerCaseLetters) {
    const std::string id = random_public_id();
    EXPECT_EQ(id.size(), 26u);
    EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), id.npos);
    EXPECT_NE(id, random_public_id());
}

TEST(Random, ThreadsHavePoolsOfTheirOwn) {
    Bytes other;
    std::thread([&other] { other = random_bytes(64); }).join();
    EXPECT_NE(other, random_bytes(64));
}

TEST(Random, AForkDropsThePool) {
    random_bytes(16);  // the pool of this thread is filled, and most of it still to be drawn
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const Bytes drawn = random_bytes(64);
        const bool is_written = ::write(pipe_ends[1], drawn.data(), drawn.size()) == 64;
        ::_exit(is_written ? 0 : 1);
    }
    const Bytes ours = random_bytes(64);
    Bytes theirs(64);
    ASSERT_EQ(::read(pipe_ends[0], theirs.data(), theirs.size()), 64);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    EXPECT_NE(ours, theirs);
}

}  // namespace
}  // namespace fenming::crypto

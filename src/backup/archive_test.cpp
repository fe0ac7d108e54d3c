// Archives: what goes in comes out, and nothing else does.

#include "backup/archive.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <random>

namespace fenming::backup {
namespace {

/// A file without a name.
class Scratch {
public:
    Scratch() : fd_(::fileno(file_)) {}
    explicit Scratch(const std::string& bytes) : Scratch() {
        EXPECT_EQ(::write(fd_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        ::lseek(fd_, 0, SEEK_SET);
    }
    ~Scratch() { std::fclose(file_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] int fd() const { return fd_; }
    std::string bytes() {
        std::string all(static_cast<std::size_t>(::lseek(fd_, 0, SEEK_END)), '\0');
        EXPECT_EQ(::pread(fd_, all.data(), all.size(), 0), static_cast<ssize_t>(all.size()));
        return all;
    }

private:
    std::FILE* file_ = std::tmpfile();
    int fd_;
};

const crypto::Sm2PrivateKey& key() {
    static const auto one = crypto::Sm2PrivateKey::generate();
    return one;
}

std::string written(const std::vector<std::string>& texts, const std::vector<std::int64_t>& ns) {
    Scratch to;
    const crypto::Sm2PublicKey recipients[] = {crypto::Sm2PrivateKey::generate().public_key(),
                                               key().public_key()};
    Writer writer(to.fd(), recipients);
    for (const auto& text : texts) writer.put(text);
    for (const auto n : ns) writer.put(n);
    writer.finish();
    return to.bytes();
}

/// "ok", or the code of what was wrong.
std::string read(const std::string& bytes, const std::vector<std::string>& texts,
                 const std::vector<std::int64_t>& ns) {
    const Scratch from(bytes);
    try {
        Reader reader(from.fd(), key());
        for (const auto& text : texts) EXPECT_EQ(reader.text(), text);
        for (const auto n : ns) EXPECT_EQ(reader.number(), n);
        reader.expect_end();
        return "ok";
    } catch (const Reader::Broken& broken) {
        return std::string(broken.why.kind().code);
    }
}

const std::vector<std::int64_t> kNumbers{0, 1, -1, 63, 64, -64, -65, INT64_MAX, INT64_MIN};

TEST(Archive, gives_back_what_was_put_in_for_every_recipient) {
    const std::vector<std::string> texts{"", "王测一", std::string(3'000'000, 'x'), "end"};
    EXPECT_EQ(read(written(texts, kNumbers), texts, kNumbers), "ok");
    EXPECT_EQ(read(written({}, {}), {}, {}), "ok");
    // A chunk that is exactly full is followed by the last one.
    const std::vector<std::string> full{std::string((1U << 20U) - 3, 'y')};
    EXPECT_EQ(read(written(full, {}), full, {}), "ok");
}

TEST(Archive, cut_changed_or_continued_is_damaged) {
    const std::vector<std::string> texts{std::string(1'100'000, 'z'), "end"};
    const auto whole = written(texts, kNumbers);
    std::mt19937_64 random(3);
    for (int i = 0; i < 200; ++i) {
        auto bytes = whole;
        const auto at = random() % bytes.size();
        if (i % 2 == 0)
            bytes.resize(at);
        else
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
        EXPECT_NE(read(bytes, texts, kNumbers), "ok") << i << " at " << at;
    }
    EXPECT_EQ(read(whole + "x", texts, kNumbers), "backup.damaged");
    EXPECT_EQ(read("", {}, {}), "backup.not_a_backup");
    EXPECT_EQ(read("FMBACK1\n", {}, {}), "backup.not_a_backup");
}

TEST(Archive, of_two_none_can_lend_the_other_a_chunk) {
    const std::vector<std::string> texts{std::string(2'200'000, 'a')};
    const auto one = written(texts, {});
    const auto two = written(texts, {});
    // From the end, since the heads differ in length.
    const std::size_t tail = 1'500'000;
    const auto mixed = one.substr(0, one.size() - tail) + two.substr(two.size() - tail);
    EXPECT_EQ(read(mixed, texts, {}), "backup.damaged");
}

}  // namespace
}  // namespace fenming::backup

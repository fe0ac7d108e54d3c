// Digests and MACs against published answers and against OpenSSL's own HKDF.

#include "crypto/hash.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/kdf.h>

#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "crypto/openssl.h"

namespace fenming::crypto {
namespace {

struct Answer {
    std::string text;
    std::string digest;
};

TEST(Hash, Sm3MeetsTheStandardsExamples) {
    // GB/T 32905, appendix A.
    std::string sixty_four;
    for (int i = 0; i < 16; ++i) sixty_four += "abcd";
    const Answer answers[] = {
        {"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
        {sixty_four, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
        {"", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
    };
    for (const auto& [text, digest] : answers) EXPECT_EQ(to_hex(sm3(bytes_of(text))), digest);
}

TEST(Hash, Sha256MeetsFips180) {
    EXPECT_EQ(to_hex(sha256(bytes_of("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, Sm3InPartsEqualsSm3AtOnce) {
    Bytes bytes(1000);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
    Sm3 parts;
    for (const std::size_t step : {1u, 3u, 63u, 64u, 65u, 200u}) {
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            parts.add(BytesView(bytes).subspan(at, std::min(step, bytes.size() - at)));
        }
        EXPECT_EQ(parts.finish(), sm3(bytes)) << step;  // and begins anew
    }
}

TEST(Hash, ComparesLengthAndEveryByte) {
    const Bytes a{1, 2, 3};
    EXPECT_TRUE(equal_in_constant_time(a, Bytes{1, 2, 3}));
    EXPECT_FALSE(equal_in_constant_time(a, Bytes{1, 2}));
    EXPECT_FALSE(equal_in_constant_time(a, Bytes{0, 2, 3}));
    EXPECT_FALSE(equal_in_constant_time(a, Bytes{1, 2, 2}));
    EXPECT_TRUE(equal_in_constant_time({}, {}));
}

Bytes bytes_in(const std::string& hex) {
    return hex == "-" ? Bytes{} : *from_hex(hex);
}

TEST(HmacSm3, MeetsWycheproof) {
    std::ifstream file(SOURCE_DIR "/src/crypto/hmac_sm3_cases.txt");
    ASSERT_TRUE(file) << "the Wycheproof cases are missing";
    int valid = 0;
    int invalid = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream words(line);
        std::string key;
        std::string message;
        std::string tag;
        std::string result;
        ASSERT_TRUE(words >> key >> message >> tag >> result) << line;
        const HmacSm3 mac(bytes_in(key));
        const bool is_equal = to_hex(mac.mac(bytes_in(message))).substr(0, tag.size()) == tag;
        EXPECT_EQ(is_equal, result == "valid") << line;
        (result == "valid" ? valid : invalid) += 1;
    }
    EXPECT_EQ(valid + invalid, 174);
    EXPECT_GT(invalid, 50);
}

TEST(HmacSm3, HashesAKeyLongerThanABlock) {
    const Bytes key(100, 0xaa);
    EXPECT_EQ(HmacSm3(key).mac(bytes_of("m")), HmacSm3(sm3(key)).mac(bytes_of("m")));
    EXPECT_THROW(HmacSm3(BytesView{}), Bug);
}

TEST(HmacSm3, InPartsEqualsAtOnce) {
    const HmacSm3 key(bytes_of("a key of thirty-two bytes, yes!!"));
    auto stream = key.stream();
    stream.add(bytes_of("民政"));
    stream.add({});
    stream.add(bytes_of("资金"));
    EXPECT_EQ(stream.finish(), key.mac(bytes_of("民政资金")));
    EXPECT_THROW(stream.finish(), Bug);
    EXPECT_THROW(stream.add({}), Bug);
}

TEST(HmacSm3, ServesManyThreadsAtOnce) {
    const HmacSm3 key(bytes_of("key"));
    std::vector<std::thread> threads;
    std::vector<int> wrong(4);
    for (std::size_t t = 0; t < wrong.size(); ++t) {
        threads.emplace_back([&, t] {
            const std::string message(t * 50, 'x');
            const Digest right = HmacSm3(bytes_of("key")).mac(bytes_of(message));
            for (int i = 0; i < 5000; ++i) wrong[t] += key.mac(bytes_of(message)) != right;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

/// OpenSSL's HKDF, an implementation of its own.
std::string hkdf_of_openssl(std::string root, std::string info, std::size_t length) {
    const std::unique_ptr<EVP_KDF, openssl::FreeWith<EVP_KDF_free>> method(
        EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    const std::unique_ptr<EVP_KDF_CTX, openssl::FreeWith<EVP_KDF_CTX_free>> context(
        EVP_KDF_CTX_new(method.get()));
    char digest[] = "SM3";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, root.data(), root.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
        OSSL_PARAM_construct_end()};
    Bytes key(length);
    EXPECT_EQ(EVP_KDF_derive(context.get(), key.data(), key.size(), params), 1);
    return to_hex(key);
}

TEST(Hkdf, EqualsOpenSsl) {
    for (const std::size_t length : {1u, 16u, 31u, 32u, 33u, 64u, 100u, 8160u}) {
        for (const std::string info : {"enc", "index/id_number/v1"}) {
            const std::string root = "a root of two hundred and fifty-six bits";
            EXPECT_EQ(to_hex(hkdf_sm3(bytes_of(root), info, length).view()),
                      hkdf_of_openssl(root, info, length));
        }
    }
    EXPECT_THROW(hkdf_sm3(bytes_of("root"), "enc", 0), Bug);
    EXPECT_THROW(hkdf_sm3(bytes_of("root"), "enc", 8161), Bug);
}

TEST(SecretBytes, MovesAndCopiesNothingElse) {
    SecretBytes a(bytes_of("secret"));
    SecretBytes b(std::move(a));
    EXPECT_EQ(text_of(b.view()), "secret");
    SecretBytes c(3);
    EXPECT_EQ(to_hex(c.view()), "000000");
    c = std::move(b);
    EXPECT_EQ(text_of(c.view()), "secret");
    std::string text = "secret";
    const char* const where = text.data();
    wipe(text);
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(where[1], '\0');
}

}  // namespace
}  // namespace fenming::crypto

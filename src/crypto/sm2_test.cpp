// SM2 and Ed25519 keys and signatures: right ones pass, every other encoding fails (B3).

#include "crypto/sm2.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/check.h"
#include "crypto/ed25519.h"
#include "crypto/random.h"

namespace fenming::crypto {
namespace {

// GB/T 32918.5, A.2: a private key and its point.
constexpr std::string_view kScalar =
    "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
constexpr std::string_view kPoint =
    "04"
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
// The same place's signature of "message digest".
constexpr std::string_view kSignature =
    "3046"
    "022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
constexpr std::string_view kMessage = "message digest";

Bytes bytes(std::string_view hex) {
    return *from_hex(hex);
}

Sm2PrivateKey key() {
    return *Sm2PrivateKey::from_hex(kScalar);
}

TEST(Sm2, MeetsTheStandardsExample) {
    EXPECT_EQ(to_hex(key().public_key().point()), kPoint);
    EXPECT_TRUE(key().public_key().verify(bytes_of(kMessage), bytes(kSignature)));
    EXPECT_FALSE(key().public_key().verify(bytes_of("message digesT"), bytes(kSignature)));
    EXPECT_FALSE(
        Sm2PrivateKey::generate().public_key().verify(bytes_of(kMessage), bytes(kSignature)));
}

TEST(Sm2, VerifiesWhatItSigned) {
    const auto ours = Sm2PrivateKey::generate();
    for (const std::string text : {"", "x", "预算指标"}) {
        const Bytes signature = ours.sign(bytes_of(text));
        EXPECT_TRUE(ours.public_key().verify(bytes_of(text), signature));
        EXPECT_FALSE(ours.public_key().verify(bytes_of(text + "!"), signature));
        EXPECT_NE(signature, ours.sign(bytes_of(text)));
    }
}

TEST(Sm2, OnlyTheFixedIdentityVerifies) {
    // Three signatures of the message by `openssl pkeyutl` with the same key.
    const std::string fixed =
        "3045022100accb6bfccbc900299ceb099291fa1a028e0928e7b7506ddd73f98c2a2675299d"
        "02205207b5d81bbb30c0378d01a43b99d9ebd74439e4f4d691d6a23becc0b5e0a9ba";
    const std::string alice =
        "3045022100b21b77bc7e2a6fe0bb306104eabb675dc884f48dbdadb4c54d8291e0862725c7"
        "02200af886b71d0e54182f46806a91ab5262ee329ac2bb95b98d2e7d5fe63bda81aa";
    const std::string nobody =
        "30460221008cc7bb7fb12e833df4003017d00b836fa213d79f2bfd8b15d63e825235083886"
        "022100d365697665f20b722413461356e0c1bc16e278ecf4b00c8cb9fd843be584e0a4";
    EXPECT_TRUE(key().public_key().verify(bytes_of(kMessage), bytes(fixed)));
    EXPECT_FALSE(key().public_key().verify(bytes_of(kMessage), bytes(alice)));
    EXPECT_FALSE(key().public_key().verify(bytes_of(kMessage), bytes(nobody)));
}

struct Encoding {
    std::string what;
    std::string hex;
};

TEST(Sm2, OnlyStrictDerPasses) {
    const std::string r(kSignature.substr(10, 64));
    const std::string s(kSignature.substr(80, 64));
    const std::string order = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    // clang-format off
    const Encoding encodings[] = {
        {"trailing byte",              "3046" "022100" + r + "022100" + s + "00"},
        {"trailing byte inside",       "3047" "022100" + r + "022100" + s + "00"},
        {"long form of the length",    "308146" "022100" + r + "022100" + s},
        {"long form of r's length",    "3047" "02812100" + r + "022100" + s},
        {"indefinite length",          "3080" "022100" + r + "022100" + s + "0000"},
        {"r negative",                 "3045" "0220" + r + "022100" + s},
        {"s negative",                 "3045" "022100" + r + "0220" + s},
        {"a zero too many",            "3047" "02220000" + r + "022100" + s},
        {"r of zero",                  "3026" "020100" "022100" + s},
        {"r of no bytes",              "3025" "0200" "022100" + s},
        {"s of zero",                  "3026" "022100" + r + "020100"},
        {"r is the order",             "3046" "022100" + order + "022100" + s},
        {"s above the order",          "3046" "022100" + r + "022100" + std::string(64, 'f')},
        {"one number",                 "3023" "022100" + r},
        {"a set, not a sequence",      "3146" "022100" + r + "022100" + s},
        {"octets, not an integer",     "3046" "042100" + r + "022100" + s},
        {"outer length too short",     "3045" "022100" + r + "022100" + s},
        {"outer length too long",      "3047" "022100" + r + "022100" + s},
        {"raw r and s",                r + s},
        {"empty",                      ""},
        {"empty sequence",             "3000"},
    };
    // clang-format on
    ASSERT_TRUE(is_strict_sm2_signature(bytes("3046022100" + r + "022100" + s)));
    for (const auto& [what, hex] : encodings) {
        EXPECT_FALSE(is_strict_sm2_signature(bytes(hex))) << what;
        EXPECT_FALSE(key().public_key().verify(bytes_of(kMessage), bytes(hex))) << what;
    }
}

TEST(Sm2, ShortSignaturesAreStrictToo) {
    EXPECT_TRUE(is_strict_sm2_signature(bytes("3006020101020101")));
    EXPECT_TRUE(is_strict_sm2_signature(bytes("30080202008002020080")));
    EXPECT_FALSE(is_strict_sm2_signature(bytes("300702020001020101")));
    EXPECT_FALSE(is_strict_sm2_signature(bytes("3006020180020101")));
}

TEST(Sm2, EveryBitOfASignatureCounts) {
    const Bytes signature = bytes(kSignature);
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        Bytes changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
        EXPECT_FALSE(key().public_key().verify(bytes_of(kMessage), changed)) << bit;
    }
}

std::string code_of(const tl::expected<Sm2PublicKey, Refusal>& key) {
    return key ? "" : std::string(key.error().kind().code);
}
std::string code_of(const tl::expected<Sm2PrivateKey, Refusal>& key) {
    return key ? "" : std::string(key.error().kind().code);
}

TEST(Sm2, PublicKeysLieOnTheCurve) {
    const std::string point(kPoint);
    EXPECT_EQ(code_of(Sm2PublicKey::from_hex(point)), "");
    std::string off = point;
    off.back() = '4';
    for (const std::string& bad :
         {off, "02" + point.substr(2, 64), "00" + point.substr(2), point.substr(2), point + "00",
          "04" + std::string(128, '0'), "04" + std::string(128, 'f'), std::string(), point + "g"}) {
        EXPECT_EQ(code_of(Sm2PublicKey::from_hex(bad)), "crypto.not_an_sm2_key") << bad;
    }
}

TEST(Sm2, PrivateKeysLieInTheirRange) {
    const std::string order = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d541";
    EXPECT_EQ(code_of(Sm2PrivateKey::from_hex(std::string(63, '0') + "1")), "");
    EXPECT_EQ(code_of(Sm2PrivateKey::from_hex(order + "21")), "");  // n − 2
    for (const std::string& bad :
         {order + "22", order + "23", std::string(64, '0'), std::string(64, 'f'),
          std::string(62, '1'), std::string(64, 'g')}) {
        EXPECT_EQ(code_of(Sm2PrivateKey::from_hex(bad)), "crypto.not_an_sm2_key") << bad;
    }
}

TEST(Sm2, PemThereAndBack) {
    const auto ours = Sm2PrivateKey::generate();
    const auto again = Sm2PrivateKey::from_pem(ours.pem());
    ASSERT_TRUE(again);
    EXPECT_EQ(to_hex(again->scalar().view()), to_hex(ours.scalar().view()));
    const auto shown = Sm2PublicKey::from_pem(ours.public_key().pem());
    ASSERT_TRUE(shown);
    EXPECT_EQ(*shown, ours.public_key());
    EXPECT_EQ(ours.public_key().pem().find("PRIVATE"), std::string::npos);
}

TEST(Sm2, OtherPemsAreRefused) {
    // P-256, nothing, half a file, the wrong half of a pair, no PEM.
    const std::string p256 =
        "-----BEGIN PUBLIC KEY-----\n"
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMmEplc7mtqHv2+0kWgmmcnOMDqE8\n"
        "qQSKs6EF+flq6nyI1+wNBlmmtYwvkoffknEhAE8POVfD8cYP1DZvFGhgww==\n"
        "-----END PUBLIC KEY-----\n";
    for (const std::string& pem : {p256, std::string(), std::string("-----BEGIN PUBLIC KEY-----\n"),
                                   Sm2PrivateKey::generate().pem(), std::string(20'000, 'A')}) {
        EXPECT_EQ(code_of(Sm2PublicKey::from_pem(pem)), "crypto.not_an_sm2_key") << pem;
    }
    for (const std::string& pem : {key().public_key().pem(), std::string(), p256}) {
        EXPECT_EQ(code_of(Sm2PrivateKey::from_pem(pem)), "crypto.not_an_sm2_key") << pem;
    }
}

TEST(Sm2, HidesFromAllButTheOwner) {
    const auto owner = Sm2PrivateKey::generate();
    const Bytes clear = random_bytes(48);
    const Bytes hidden = owner.public_key().encrypt(clear);
    const auto found = owner.decrypt(hidden);
    ASSERT_TRUE(found);
    EXPECT_EQ(to_hex(found->view()), to_hex(clear));
    EXPECT_FALSE(Sm2PrivateKey::generate().decrypt(hidden));
    EXPECT_FALSE(owner.decrypt({}));
    EXPECT_FALSE(owner.decrypt(Bytes(5000, 1)));
    EXPECT_FALSE(owner.decrypt(BytesView(hidden).first(hidden.size() - 1)));
    EXPECT_THROW(static_cast<void>(owner.public_key().encrypt({})), Bug);
    for (std::size_t at = 0; at < hidden.size(); ++at) {
        Bytes changed = hidden;
        changed[at] ^= 1;
        const auto opened = owner.decrypt(changed);
        EXPECT_FALSE(opened && to_hex(opened->view()) != to_hex(clear)) << at;
    }
}

TEST(Ed25519, MeetsRfc8032) {
    // Section 7.1, test 2.
    const Ed25519PrivateKey ours(
        bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    EXPECT_EQ(to_hex(ours.public_key().point()),
              "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const Bytes text{0x72};
    EXPECT_EQ(to_hex(ours.sign(text)),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(ours.public_key().verify(text, ours.sign(text)));
}

TEST(Ed25519, RefusesWhatIsFalse) {
    const auto ours = Ed25519PrivateKey::generate();
    const Bytes text{1, 2, 3};
    const auto signature = ours.sign(text);
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        auto changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
        EXPECT_FALSE(ours.public_key().verify(text, changed)) << bit;
    }
    EXPECT_FALSE(ours.public_key().verify(Bytes{1, 2, 4}, signature));
    EXPECT_FALSE(ours.public_key().verify(text, BytesView(signature).first(63)));
    EXPECT_FALSE(Ed25519PrivateKey::generate().public_key().verify(text, signature));
    EXPECT_FALSE(Ed25519PublicKey(Ed25519Point{2}).verify(text, signature));
    EXPECT_THROW(Ed25519PrivateKey(Bytes(31)), Bug);
}

}  // namespace
}  // namespace fenming::crypto

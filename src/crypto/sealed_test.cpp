// Sealing to offline recipients (S12).

#include "crypto/sealed.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/check.h"

namespace fenming::crypto {
namespace {

/// "" if it opens to `text`, else the refusal's code.
std::string refusal_of(const Sm2PrivateKey& who, std::string_view purpose, BytesView sealed) {
    const auto opened = open_sealed(who, purpose, sealed);
    if (opened) return "";
    for (const Language language : {Language::zh_cn, Language::en}) {
        EXPECT_FALSE(say(opened.error(), language).mend.empty());
    }
    return std::string(opened.error().kind().code);
}

TEST(Sealed, EachRecipientOpensItAndNobodyElse) {
    const Sm2PrivateKey people[] = {Sm2PrivateKey::generate(), Sm2PrivateKey::generate()};
    const std::vector<Sm2PublicKey> recipients{people[0].public_key(), people[1].public_key()};
    for (const std::string& text :
         {std::string(), std::string("the keys"), std::string(100'000, 'k')}) {
        const Bytes sealed = seal_to(recipients, "keys", bytes_of(text));
        for (const Sm2PrivateKey& person : people) {
            const auto opened = open_sealed(person, "keys", sealed);
            ASSERT_TRUE(opened);
            EXPECT_EQ(text_of(opened->view()), text);
        }
        EXPECT_EQ(refusal_of(Sm2PrivateKey::generate(), "keys", sealed),
                  "crypto.sealed_not_for_this_key");
        EXPECT_EQ(refusal_of(people[0], "backup", sealed), "crypto.sealed_malformed");
    }
    EXPECT_THROW(seal_to({}, "keys", {}), Bug);
}

TEST(Sealed, EveryByteCounts) {
    const Sm2PrivateKey person = Sm2PrivateKey::generate();
    const Bytes sealed = seal_to(std::vector{person.public_key()}, "keys", bytes_of("secret"));
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        Bytes changed = sealed;
        changed[at] ^= 1;
        EXPECT_NE(refusal_of(person, "keys", changed), "") << at;
    }
    Bytes damaged = sealed;
    damaged.back() ^= 1;
    EXPECT_EQ(refusal_of(person, "keys", damaged), "crypto.sealed_damaged");
}

TEST(Sealed, EveryLengthCounts) {
    const Sm2PrivateKey person = Sm2PrivateKey::generate();
    Bytes sealed = seal_to(std::vector{person.public_key()}, "keys", bytes_of("secret"));
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_NE(refusal_of(person, "keys", BytesView(sealed).first(size)), "") << size;
    }
    sealed.push_back(0);
    EXPECT_NE(refusal_of(person, "keys", sealed), "");
}

TEST(Sealed, ARecipientCannotBeAddedOrTakenAway) {
    const Sm2PrivateKey person = Sm2PrivateKey::generate();
    const Sm2PrivateKey other = Sm2PrivateKey::generate();
    const std::vector<Sm2PublicKey> both{person.public_key(), other.public_key()};
    const Bytes sealed = seal_to(both, "keys", bytes_of("secret"));
    // lp(domain) 4+17, lp(purpose) 4+4, count 1, then lp(point) 69 and lp(hidden) for each.
    const std::size_t count_at = 29;
    ASSERT_EQ(sealed[count_at], 2);
    const std::size_t hidden_size = sealed[count_at + 1 + 69 + 3];
    Bytes fewer = sealed;
    fewer[count_at] = 1;
    const auto second =
        fewer.begin() + static_cast<std::ptrdiff_t>(count_at + 1 + 69 + 4 + hidden_size);
    const std::size_t second_size = *(second + 69 + 3);
    fewer.erase(second, second + static_cast<std::ptrdiff_t>(69 + 4 + second_size));
    EXPECT_EQ(refusal_of(person, "keys", fewer), "crypto.sealed_damaged");
}

}  // namespace
}  // namespace fenming::crypto

// Everything that reads bytes from outside, fed with bent bytes: it answers or refuses, and never
// crashes, hangs or believes. 100,000 mutations each, from a fixed seed.

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "base/check.h"
#include "crypto/cell.h"
#include "crypto/key_file.h"
#include "crypto/keystore.h"
#include "crypto/note.h"
#include "crypto/password.h"
#include "crypto/sealed.h"

namespace fenming::crypto {
namespace {

constexpr int kMutations = 100'000;

/// Bends `from`: flips, overwrites, cuts, doubles or inserts, one to four times.
std::string bent(std::string from, std::mt19937_64& random) {
    const auto pick = [&](std::size_t below) { return below == 0 ? 0 : random() % below; };
    const auto letter = [&] { return static_cast<char>(random()); };
    for (std::size_t times = 1 + pick(4); times > 0; --times) {
        const std::size_t at = pick(from.size());
        switch (random() % 6) {
            case 0:
                if (!from.empty()) from[at] = static_cast<char>(from[at] ^ 1 << random() % 8);
                break;
            case 1:
                if (!from.empty()) from[at] = letter();
                break;
            case 2:
                from.resize(at);
                break;
            case 3:
                from.insert(at, from.substr(at, pick(80)));
                break;
            case 4:
                from.erase(at, pick(40));
                break;
            case 5:
                from.insert(at, std::string(1 + pick(8), letter()));
                break;
        }
    }
    return from;
}

/// Calls `read` with bent texts and counts how often one that differs was believed.
int believed(const std::string& text, const std::function<bool(const std::string&)>& read,
             int mutations = kMutations) {
    std::mt19937_64 random(20261124);
    EXPECT_TRUE(read(text)) << "the text itself is believed";
    int count = 0;
    for (int i = 0; i < mutations; ++i) {
        const std::string other = bent(text, random);
        if (other != text) count += read(other);
    }
    return count;
}

TEST(Mutations, Cells) {
    const TestKeyStore keys(1);
    const CellPlace place{"person", "name", 7};
    const Bytes cell = keys.seal_cell(place, "王五");
    EXPECT_EQ(believed(std::string(text_of(cell)),
                       [&](const std::string& bytes) {
                           try {
                               static_cast<void>(keys.open_cell(place, bytes_of(bytes)));
                               return true;
                           } catch (const Fault&) {
                               return false;
                           }
                       }),
              0);
}

TEST(Mutations, SignaturesInDer) {
    const auto key = Sm2PrivateKey::generate();
    const Bytes signature = key.sign(bytes_of("text"));
    // Many bent signatures are strict still; what they sign is checked a few times, since it is
    // slow.
    believed(std::string(text_of(signature)),
             [&](const std::string& bytes) { return is_strict_sm2_signature(bytes_of(bytes)); });
    EXPECT_EQ(believed(
                  std::string(text_of(signature)),
                  [&](const std::string& bytes) {
                      return key.public_key().verify(bytes_of("text"), bytes_of(bytes));
                  },
                  2'000),
              0);
}

TEST(Mutations, Notes) {
    const TestKeyStore keys(1);
    const std::vector<NoteSigner> signers{
        sm2_note_signer(keys, SignPurpose::log, "example.com/log"),
        ed25519_note_signer(keys, "example.com/log")};
    const std::string note = sign_note("example.com/log\n600\nAAAA\n", signers);
    believed(note, [](const std::string& text) { return parse_note(text).has_value(); });
    // Opened notes: whatever else was bent, the text that a known key signed is the one it signed.
    const std::vector<NoteVerifier> known{signers[0].verifier, signers[1].verifier};
    EXPECT_EQ(believed(
                  note,
                  [&](const std::string& text) {
                      const auto opened = open_note(text, known);
                      return opened &&
                             (text == note || opened->text != "example.com/log\n600\nAAAA\n");
                  },
                  4'000),
              0);
}

TEST(Mutations, VerifierKeys) {
    const TestKeyStore keys(1);
    for (const NoteSigner& signer : {sm2_note_signer(keys, SignPurpose::log, "example.com/log"),
                                     ed25519_note_signer(keys, "example.com/log")}) {
        // One bent key in 2^32 bears its own id.
        EXPECT_EQ(
            believed(
                signer.verifier.vkey(),
                [](const std::string& text) { return NoteVerifier::from_vkey(text).has_value(); },
                20'000),
            0);
    }
}

TEST(Mutations, KeyFiles) {
    const SecretBytes printed = print_keys(new_keys(Instant{1'795'500'000'000}));
    const auto reads = [](const std::string& text) {
        try {
            parse_keys(bytes_of(text));
            return true;
        } catch (const Fault&) {
            return false;
        }
    };
    EXPECT_EQ(believed(std::string(text_of(printed.view())), reads), 0);
    // The same with a check line that fits, so that every line is looked at.
    const std::string body(text_of(printed.view()).substr(0, printed.size() - 71));
    believed(
        body,
        [&](const std::string& text) {
            return reads(text + "check " + to_hex(sm3(bytes_of(text))) + "\n");
        },
        20'000);
}

TEST(Mutations, StoredPasswords) {
    const TestKeyStore keys(1);
    const std::string stored = hash_password(keys, AccountId{1}, "password", kTestPasswordCost);
    // Cost is read from the stored text: a bent one stays within what the reader allows.
    EXPECT_EQ(believed(
                  stored,
                  [&](const std::string& text) {
                      try {
                          return verify_password(keys, AccountId{1}, "password", text).is_right;
                      } catch (const Fault&) {
                          return false;
                      }
                  },
                  3'000),
              0);
}

TEST(Mutations, SealedKeys) {
    const auto person = Sm2PrivateKey::generate();
    const Bytes sealed = seal_to(std::vector{person.public_key()}, "keys", bytes_of("secret"));
    EXPECT_EQ(believed(
                  std::string(text_of(sealed)),
                  [&](const std::string& text) {
                      return open_sealed(person, "keys", bytes_of(text)).has_value();
                  },
                  5'000),
              0);
}

TEST(Mutations, NumbersAndNames) {
    for (const std::string text : {"11010519491231002X", "6217 0012-3456",
                                   "＋86 138１２３４５６７８", "Nguye\u0302\u0303n ·\ue81e"}) {
        std::mt19937_64 random(7);
        for (int i = 0; i < 25'000; ++i) {
            const std::string other = bent(text, random);
            for (const auto form :
                 {canonical_id_number, canonical_account, canonical_phone, canonical_name}) {
                const auto value = form(other);
                // A canonical form is its own canonical form, whatever led to it.
                if (!value) continue;
                EXPECT_EQ(form(value->reveal())->reveal(), value->reveal()) << other;
            }
        }
    }
}

}  // namespace
}  // namespace fenming::crypto

// SM4-CTR, and cells: their bytes, and that none opens where it was not sealed (S9).

#include "crypto/cell.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/check.h"
#include "crypto/keystore.h"
#include "crypto/random.h"

namespace fenming::crypto {
namespace {

const CellPlace kPlace{"person", "id_number", 4711};
const std::string kText = "430408194910010012";

SecretBytes secret(std::string_view hex) {
    return SecretBytes(*from_hex(hex));
}

Sm4Iv iv_of(std::string_view hex) {
    Sm4Iv iv{};
    const Bytes bytes = *from_hex(hex);
    std::copy(bytes.begin(), bytes.end(), iv.begin());
    return iv;
}

TEST(Sm4, MeetsTheStandardsBlock) {
    // GB/T 32907 A.1, read through the counter: encrypting zeros gives the encrypted counter.
    const Sm4Ctr key(secret("0123456789abcdeffedcba9876543210"));
    Bytes out(16);
    key.crypt(iv_of("0123456789abcdeffedcba9876543210"), Bytes(16), out);
    EXPECT_EQ(to_hex(out), "681edf34d206965e86b3e94f536e4246");
}

TEST(Sm4, MeetsThePublishedCounterExample) {
    // draft-ribose-cfrg-sm4, example 1 of SM4-CTR.
    const Sm4Ctr key(secret("0123456789abcdeffedcba9876543210"));
    const Bytes clear = *from_hex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb");
    Bytes out(clear.size());
    key.crypt(iv_of("000102030405060708090a0b0c0d0e0f"), clear, out);
    EXPECT_EQ(to_hex(out),
              "ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7"
              "f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514");
    key.crypt(iv_of("000102030405060708090a0b0c0d0e0f"), out, out);  // in place, and back
    EXPECT_EQ(out, clear);
}

TEST(Sm4, KeysDoNotMixInOneThread) {
    const Sm4Ctr a(secret("00000000000000000000000000000001"));
    const Bytes clear(20, 7);
    Bytes first(20), second(20), other(20);
    a.crypt(Sm4Iv{}, clear, first);
    {
        const Sm4Ctr b(secret("00000000000000000000000000000002"));
        b.crypt(Sm4Iv{}, clear, other);
    }
    a.crypt(Sm4Iv{}, clear, second);
    EXPECT_EQ(first, second);
    EXPECT_NE(first, other);
    EXPECT_THROW(Sm4Ctr(SecretBytes(15)), Bug);
    EXPECT_THROW(a.crypt(Sm4Iv{}, clear, std::span(first).first(19)), Bug);
}

TEST(Cell, HasTheBytesOfTheRule) {
    const Bytes root(32, 9);
    const CellKey key(KeyId{0x0a0b0c0d}, root);
    const Bytes cell = key.seal(kPlace, kText);
    ASSERT_EQ(cell.size(), kText.size() + kCellOverhead);
    EXPECT_EQ(to_hex(BytesView(cell).first(5)), "010a0b0c0d");

    // The tag again, by hand, as S9 writes it.
    const auto lp = [](std::string_view text) {
        Bytes framed{0, 0, 0, static_cast<std::uint8_t>(text.size())};
        framed.insert(framed.end(), text.begin(), text.end());
        return std::string(text_of(framed));
    };
    const std::string row("\0\0\0\0\0\0\x12\x67", 8);  // 4711
    const auto body = BytesView(cell).first(cell.size() - 32);
    const std::string signed_text =
        "fenming/cell/v1" + lp("person") + lp("id_number") + lp(row) + std::string(text_of(body));
    const HmacSm3 mac(hkdf_sm3(root, "mac", 32).view());
    EXPECT_EQ(to_hex(mac.mac(bytes_of(signed_text))), to_hex(BytesView(cell).last(32)));

    const Sm4Ctr enc(hkdf_sm3(root, "enc", 16));
    Sm4Iv iv{};
    std::copy_n(cell.begin() + 5, 16, iv.begin());
    Bytes clear(kText.size());
    enc.crypt(iv, BytesView(cell).subspan(21, kText.size()), clear);
    EXPECT_EQ(text_of(clear), kText);
}

TEST(Cell, OpensWhereItWasSealed) {
    const TestKeyStore keys(1);
    for (const std::string& text :
         {kText, std::string(), std::string("张三"), std::string(5000, 'x')}) {
        EXPECT_EQ(keys.open_cell(kPlace, keys.seal_cell(kPlace, text)).reveal(), text);
    }
    EXPECT_NE(keys.seal_cell(kPlace, kText), keys.seal_cell(kPlace, kText));
}

/// The Fault's words, or "" if the cell opened.
std::string fault_of(const KeyStore& keys, const CellPlace& place, BytesView cell) {
    try {
        static_cast<void>(keys.open_cell(place, cell));
        return "";
    } catch (const Fault& fault) {
        return fault.what();
    }
}

TEST(Cell, DoesNotOpenElsewhere) {
    const TestKeyStore keys(1);
    const Bytes cell = keys.seal_cell(kPlace, kText);
    const CellPlace elsewhere[] = {
        {"person", "id_number", 4712}, {"person", "account", 4711},   {"payee", "id_number", 4711},
        {"personid", "_number", 4711}, {"", "personid_number", 4711},
    };
    for (const CellPlace& place : elsewhere) {
        const std::string fault = fault_of(keys, place, cell);
        EXPECT_NE(fault.find(cell_place_text(place)), fault.npos) << fault;
        EXPECT_EQ(fault.find(kText), fault.npos);
    }
    EXPECT_EQ(fault_of(keys, kPlace, cell), "");
}

TEST(Cell, DoesNotOpenUnderAnotherKey) {
    const TestKeyStore keys(1);
    const TestKeyStore others(2);
    const Bytes cell = keys.seal_cell(kPlace, kText);
    EXPECT_NE(fault_of(others, kPlace, cell).find("does not hold"), std::string::npos);
    const CellKey other_id(KeyId{1}, Bytes(32));
    EXPECT_THROW(static_cast<void>(other_id.open(kPlace, cell)), Fault);
}

TEST(Cell, EveryBitCounts) {
    const TestKeyStore keys(1);
    const Bytes cell = keys.seal_cell(kPlace, kText);
    for (std::size_t at = 0; at < cell.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            Bytes changed = cell;
            changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1 << bit);
            const std::string fault = fault_of(keys, kPlace, changed);
            EXPECT_NE(fault, "") << "byte " << at << " bit " << bit;
            EXPECT_EQ(fault.find(kText), fault.npos);
        }
    }
}

TEST(Cell, EveryLengthCounts) {
    const TestKeyStore keys(1);
    const Bytes cell = keys.seal_cell(kPlace, kText);
    for (std::size_t size = 0; size < cell.size(); ++size) {
        EXPECT_NE(fault_of(keys, kPlace, BytesView(cell).first(size)), "") << size;
    }
    Bytes longer = cell;
    longer.push_back(0);
    EXPECT_NE(fault_of(keys, kPlace, longer), "");
}

TEST(Cell, OldKeysStayForReading) {
    const TestKeyStore before(5);
    const TestKeyStore after(5, 2);
    const Bytes cell = before.seal_cell(kPlace, kText);
    EXPECT_EQ(after.open_cell(kPlace, cell).reveal(), kText);
    EXPECT_EQ(cell_key_id(cell), before.cell_key());
    EXPECT_NE(before.cell_key(), after.cell_key());
    EXPECT_NE(fault_of(before, kPlace, after.seal_cell(kPlace, kText)), "");
}

}  // namespace
}  // namespace fenming::crypto

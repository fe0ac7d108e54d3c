// Bytes and their printable forms, with the vectors of RFC 4648 §10.

#include "base/bytes.h"

#include <gtest/gtest.h>

#include <string>

namespace fenming {
namespace {

std::string text_or_none(const std::optional<Bytes>& bytes) {
    return bytes ? std::string(text_of(*bytes)) : "none";
}

TEST(Bytes, PrintedForms) {
    struct Row {
        std::string bytes, hex, base64, base32;
    };
    // clang-format off
    const Row rows[] = {
        // bytes           hex             base64      base32
        {"",               "",             "",         ""},
        {"f",              "66",           "Zg==",     "MY"},
        {"fo",             "666f",         "Zm8=",     "MZXQ"},
        {"foo",            "666f6f",       "Zm9v",     "MZXW6"},
        {"foob",           "666f6f62",     "Zm9vYg==", "MZXW6YQ"},
        {"fooba",          "666f6f6261",   "Zm9vYmE=", "MZXW6YTB"},
        {"foobar",         "666f6f626172", "Zm9vYmFy", "MZXW6YTBOI"},
        {"\xFF\xFE\xFD",   "fffefd",       "//79",     "777P2"},
        {std::string(3, 0), "000000",      "AAAA",     "AAAAA"},
    };
    // clang-format on
    for (const Row& row : rows) {
        EXPECT_EQ(to_hex(bytes_of(row.bytes)), row.hex);
        EXPECT_EQ(to_base64(bytes_of(row.bytes)), row.base64);
        EXPECT_EQ(to_base32(bytes_of(row.bytes)), row.base32);
        EXPECT_EQ(text_or_none(from_hex(row.hex)), row.bytes);
        EXPECT_EQ(text_or_none(from_base64(row.base64)), row.bytes);
    }
    EXPECT_EQ(text_or_none(from_hex("4A4b")), "JK");
}

TEST(Bytes, EveryByteReadsBack) {
    Bytes all;
    for (int byte = 0; byte < 256; ++byte) {
        all.push_back(static_cast<std::uint8_t>(byte));
        EXPECT_EQ(from_hex(to_hex(all)), all);
        EXPECT_EQ(from_base64(to_base64(all)), all);
    }
    // 20 bytes, an end-to-end id (S5), are 32 characters without remainder.
    EXPECT_EQ(to_base32(BytesView(all).first(20)).size(), 32u);
}

TEST(Bytes, WhatIsNotHexOrBase64) {
    for (const char* text : {"6", "6g", "0x", " 66", "66 "}) {
        EXPECT_EQ(text_or_none(from_hex(text)), "none") << text;
    }
    for (const char* text : {"Z", "Zg", "Zg=", "Z===", "====", "=",
                             "Zg==Zg==", "Z g=", "Zh==", "Zm9=", "Zm8=\n", "-_79", "Zg=A"}) {
        EXPECT_EQ(text_or_none(from_base64(text)), "none") << text;
    }
}

}  // namespace
}  // namespace fenming

// The bytes of a frame, and that no two lists of fields have the same ones (torture H5).

#include "crypto/frame.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/check.h"

namespace fenming::crypto {
namespace {

TEST(Frame, WritesLengthThenBytes) {
    Frame frame("d");
    frame.add("AB").add(std::int64_t{-2}).add("").add_null().add(Bytes{0xff});
    EXPECT_EQ(to_hex(frame.view()),
              "0000000164"
              "000000024142"
              "00000008fffffffffffffffe"
              "00000000"
              "ffffffff"
              "00000001ff");
}

TEST(Frame, WritesFixedFieldsBareAndTheLastOneOpen) {
    Frame frame = Frame::bare("d");
    frame.fixed(std::array<std::uint8_t, 2>{1, 2}).fixed32(0x01020304).fixed8(9).last(Bytes{7, 8});
    EXPECT_EQ(to_hex(frame.view()), "64010201020304090708");
    EXPECT_THROW(frame.add("more"), Bug);
}

TEST(Frame, TellsAbsentFromEmpty) {
    const std::optional<std::string> absent;
    const std::optional<std::string> empty = "";
    EXPECT_EQ(to_hex(Frame("d").add(absent).view()), "0000000164ffffffff");
    EXPECT_EQ(to_hex(Frame("d").add(empty).view()), "000000016400000000");
    EXPECT_EQ(to_hex(Frame("d").add(std::optional<std::int64_t>(1)).view()),
              "0000000164000000080000000000000001");
}

TEST(Frame, BeginsAnewInItsOwnMemory) {
    Frame frame("first");
    frame.last(Bytes{1});
    frame.restart("d").add("x");
    EXPECT_EQ(to_hex(frame.view()), to_hex(Frame("d").add("x").view()));
}

TEST(Frame, NeedsADomain) {
    EXPECT_THROW(Frame(""), Bug);
}

TEST(Frame, MovingABorderChangesTheBytes) {
    EXPECT_NE(to_hex(Frame("pay").add("12").add("3").view()),
              to_hex(Frame("pay").add("1").add("23").view()));
    EXPECT_NE(to_hex(Frame("pay").add("").add("123").view()),
              to_hex(Frame("pay").add("123").add("").view()));
    EXPECT_NE(to_hex(Frame("pa").add("y").view()), to_hex(Frame("pay").view()));
}

TEST(Frame, DifferentFieldsNeverShareBytes) {
    // Few letters and short fields, so that gluing them together would collide constantly.
    std::mt19937_64 random(7);
    std::set<std::vector<std::string>> fields_seen;
    std::set<std::string> bytes_seen;
    for (int round = 0; round < 20'000; ++round) {
        std::vector<std::string> fields(random() % 4);
        for (auto& field : fields) field.assign(random() % 4, static_cast<char>(random() % 2));
        Frame frame("d");
        for (const auto& field : fields) frame.add(field);
        fields_seen.insert(fields);
        bytes_seen.insert(std::string(text_of(frame.view())));
    }
    EXPECT_GT(fields_seen.size(), 100u);
    EXPECT_EQ(fields_seen.size(), bytes_seen.size());
}

}  // namespace
}  // namespace fenming::crypto

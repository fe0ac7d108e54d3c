// Money: every way to read, print and divide an amount, one row per case.

#include "base/money.h"

#include <gtest/gtest.h>

#include <string>

namespace fenming {
namespace {

constexpr auto kFen = MoneyUnit::fen;
constexpr auto kYuan = MoneyUnit::yuan;
constexpr auto kWan = MoneyUnit::wan_yuan;
constexpr auto kYi = MoneyUnit::yi_yuan;

std::string yuan_text(std::int64_t fen) {
    return to_yuan(Money::fen(fen));
}

// Goal: parse_money is exact, or says why not. Method: the ruling is fen, or the refusal's code.
TEST(Money, Parse) {
    struct Row {
        std::string text;
        MoneyUnit unit;
        std::string ruling;
    };
    // clang-format off
    const Row rows[] = {
        // text                        unit    ruling
        {"0",                          kYuan,  "0"},
        {"-0",                         kYuan,  "0"},
        {"0.00",                       kYuan,  "0"},
        {"1",                          kYuan,  "100"},
        {"1.5",                        kYuan,  "150"},
        {"1.05",                       kYuan,  "105"},
        {"0.10",                       kYuan,  "10"},          // A1: 0.10 + 0.20 = 0.30
        {"0.20",                       kYuan,  "20"},
        {"0.30",                       kYuan,  "30"},
        {".5",                         kYuan,  "50"},
        {"007.00",                     kYuan,  "700"},
        {"1234567.89",                 kYuan,  "123456789"},   // A3
        {"21474836.48",                kYuan,  "2147483648"},  // A4: above 2^31 fen
        {"90071992547409.91",          kYuan,  "9007199254740991"},
        {"-90071992547409.91",         kYuan,  "-9007199254740991"},
        {"90071992547409.92",          kYuan,  "base.money_out_of_range"},
        {"-90071992547409.92",         kYuan,  "base.money_out_of_range"},
        {"99999999999999999999999",    kYuan,  "base.money_out_of_range"},
        {"18446744073709551617",       kFen,   "base.money_out_of_range"},  // 2^64 + 1
        {"1,234.56",                   kYuan,  "123456"},
        {"1,234,567.89",               kYuan,  "123456789"},
        {"12,345",                     kYuan,  "1234500"},
        {"123,456",                    kYuan,  "12345600"},
        {"-1,000.01",                  kYuan,  "-100001"},
        {"1,23",                       kYuan,  "base.money_not_a_number"},
        {"1,2345",                     kYuan,  "base.money_not_a_number"},
        {"1234,567",                   kYuan,  "base.money_not_a_number"},
        {"1,234567",                   kYuan,  "base.money_not_a_number"},
        {",123",                       kYuan,  "base.money_not_a_number"},
        {"123,",                       kYuan,  "base.money_not_a_number"},
        {"1,,234",                     kYuan,  "base.money_not_a_number"},
        {"0,123",                      kYuan,  "base.money_not_a_number"},
        {"1.234,56",                   kYuan,  "base.money_not_a_number"},
        {"1.23,456",                   kYuan,  "base.money_not_a_number"},
        {"１２３４．５６",             kYuan,  "123456"},
        {"１，２３４．５６",           kYuan,  "123456"},
        {"－３",                       kYuan,  "-300"},
        {"−3",                         kYuan,  "-300"},        // U+2212
        {"+3",                         kYuan,  "300"},
        {"￥12.00",                    kYuan,  "1200"},
        {"¥ 12.00",                    kYuan,  "1200"},
        {"-￥12.00",                   kYuan,  "-1200"},
        {"￥-12.00",                   kYuan,  "-1200"},
        {"--3",                        kYuan,  "base.money_not_a_number"},
        {"+-3",                        kYuan,  "base.money_not_a_number"},
        {"￥￥3",                      kYuan,  "base.money_not_a_number"},
        {"3-",                         kYuan,  "base.money_not_a_number"},
        {"(3)",                        kYuan,  "base.money_not_a_number"},
        {"  580.00\t",                 kYuan,  "58000"},
        {"　580　",                    kYuan,  "58000"},       // U+3000
        {"\u00A0580",                  kYuan,  "58000"},       // NBSP
        {"5 80",                       kYuan,  "base.money_not_a_number"},
        {"5\u200B80",                  kYuan,  "base.money_not_a_number"},
        {"\uFEFF580",                  kYuan,  "base.money_not_a_number"},
        {"",                           kYuan,  "base.money_not_a_number"},
        {"   ",                        kYuan,  "base.money_not_a_number"},
        {"-",                          kYuan,  "base.money_not_a_number"},
        {".",                          kYuan,  "base.money_not_a_number"},
        {"5.",                         kYuan,  "base.money_not_a_number"},
        {"1.2.3",                      kYuan,  "base.money_not_a_number"},
        {"100元",                      kYuan,  "base.money_not_a_number"},
        {"5.73亿",                     kYi,    "base.money_not_a_number"},
        {"一百二十",                   kYuan,  "base.money_not_a_number"},  // D9
        {"abc",                        kYuan,  "base.money_not_a_number"},
        {"1e3",                        kYuan,  "base.money_not_a_number"},
        {"1E+3",                       kYuan,  "base.money_not_a_number"},
        {"0x10",                       kYuan,  "base.money_not_a_number"},
        {"NaN",                        kYuan,  "base.money_not_a_number"},
        {"١٢٣",                        kYuan,  "base.money_not_a_number"},  // other digits
        {"\xB1\xB2",                   kYuan,  "base.money_not_a_number"},  // not UTF-8
        {"123.123",                    kYuan,  "base.money_third_decimal"},  // A5
        {"0.001",                      kYuan,  "base.money_third_decimal"},
        {"0.30000000000000004",        kYuan,  "base.money_third_decimal"},
        {"1.230",                      kYuan,  "123"},
        {"1.5000000000000000000000",   kYuan,  "150"},
        {"5079.16",                    kWan,   "5079160000"},
        {"895.501",                    kWan,   "895501000"},
        {"0.000001",                   kWan,   "1"},
        {"0.0000001",                  kWan,   "base.money_third_decimal"},
        {"9007199254.740991",          kWan,   "9007199254740991"},
        {"9007199254.740992",          kWan,   "base.money_out_of_range"},
        {"5.73",                       kYi,    "57300000000"},
        {"27.83",                      kYi,    "278300000000"},  // E08
        {"0.0000000001",               kYi,    "1"},
        {"0.00000000001",              kYi,    "base.money_third_decimal"},
        {"900719.9254740991",          kYi,    "9007199254740991"},
        {"900719.9254740992",          kYi,    "base.money_out_of_range"},
        {"150",                        kFen,   "150"},
        {"150.0",                      kFen,   "150"},
        {"1.5",                        kFen,   "base.money_third_decimal"},
    };
    // clang-format on
    for (const Row& row : rows) {
        const auto money = parse_money(row.text, row.unit);
        const std::string ruling =
            money ? std::to_string(money->in_fen()) : std::string(money.error().kind().code);
        EXPECT_EQ(ruling, row.ruling) << row.text;
    }
}

// Torture A2: the sum of a thousand amounts is exact.
TEST(Money, SumOfManyAmountsIsExact) {
    Money sum;
    std::int64_t expected = 0;
    for (std::int64_t line = 0; line < 1'000; ++line) {
        const std::int64_t fen = 10'000 + (line * 7'919) % 140'001;
        sum += *parse_money(yuan_text(fen), kYuan);
        expected += fen;
    }
    EXPECT_EQ(sum.in_fen(), expected);
}

TEST(Money, LastDigitUnit) {
    struct Row {
        std::string text;
        MoneyUnit unit;
        std::int64_t fen;
    };
    // clang-format off
    const Row rows[] = {
        // text       unit    value of the last printed digit, in fen
        {"5.73",      kYi,    100'000'000},
        {"5.730",     kYi,    10'000'000},
        {"57300",     kWan,   1'000'000},
        {"57,300",    kWan,   1'000'000},
        {"54994.27",  kWan,   10'000},
        {"895.501",   kWan,   1'000},
        {"-895.5",    kWan,   100'000},
        {"7800000",   kYuan,  100},
        {"12.3",      kYuan,  10},
        {"12.34",     kYuan,  1},
        {"12.340",    kYuan,  1},
        {"12.3456",   kYuan,  1},
        {"12",        kFen,   1},
        {"１２．３",  kYuan,  10},
    };
    // clang-format on
    for (const Row& row : rows) {
        const auto fen = last_digit_unit_fen(row.text, row.unit);
        ASSERT_TRUE(fen) << row.text;
        EXPECT_EQ(*fen, row.fen) << row.text;
    }
    EXPECT_EQ(last_digit_unit_fen("5.73亿元", kYi).error().kind().code, kMoneyNotANumber.code);
}

TEST(Money, ParseUnit) {
    struct Row {
        std::string text;
        std::string ruling;  // fen in the unit, or the refusal's code
    };
    const Row rows[] = {
        {"分", "1"},
        {"元", "100"},
        {"万元", "1000000"},
        {"亿元", "10000000000"},
        {" 万 元 ", "1000000"},
        {"亿　元", "10000000000"},
        {"", "base.not_a_money_unit"},
        {"万", "base.not_a_money_unit"},
        {"美元", "base.not_a_money_unit"},
        {"元元", "base.not_a_money_unit"},
    };
    for (const Row& row : rows) {
        const auto unit = parse_money_unit(row.text);
        EXPECT_EQ(unit ? std::to_string(static_cast<std::int64_t>(*unit))
                       : std::string(unit.error().kind().code),
                  row.ruling)
            << row.text;
    }
}

TEST(Money, ToYuan) {
    struct Row {
        std::int64_t fen;
        std::string text;
    };
    const Row rows[] = {
        {0, "0.00"},
        {5, "0.05"},
        {-5, "-0.05"},
        {50, "0.50"},
        {-50, "-0.50"},
        {100, "1.00"},
        {123456, "1234.56"},
        {-123456, "-1234.56"},
        {kMaxFen, "90071992547409.91"},
        {INT64_MAX, "92233720368547758.07"},
        {INT64_MIN, "-92233720368547758.08"},
    };
    for (const Row& row : rows) EXPECT_EQ(yuan_text(row.fen), row.text);
}

// Goal: 大写 reads back to one amount only, by the rules for filling in bank slips (the examples of
// the central bank's annex are marked). Method: one row per way zeros can fall.
TEST(Money, ToUppercase) {
    struct Row {
        std::int64_t fen;
        std::string text;
    };
    // clang-format off
    const Row rows[] = {
        {0,                    "零元整"},
        {1,                    "壹分"},
        {10,                   "壹角整"},
        {11,                   "壹角壹分"},
        {5,                    "伍分"},
        {100,                  "壹元整"},
        {101,                  "壹元零壹分"},
        {110,                  "壹元壹角整"},
        {111,                  "壹元壹角壹分"},
        {150,                  "壹元伍角整"},
        {10'00,                "壹拾元整"},
        {10'05,                "壹拾元零伍分"},
        {10'50,                "壹拾元伍角整"},
        {11'00,                "壹拾壹元整"},
        {20'00,                "贰拾元整"},
        {100'00,               "壹佰元整"},
        {101'00,               "壹佰零壹元整"},
        {110'00,               "壹佰壹拾元整"},
        {111'11,               "壹佰壹拾壹元壹角壹分"},
        {325'04,               "叁佰贰拾伍元零肆分"},                  // annex
        {1'000'00,             "壹仟元整"},
        {1'001'00,             "壹仟零壹元整"},
        {1'010'00,             "壹仟零壹拾元整"},
        {1'100'00,             "壹仟壹佰元整"},
        {1'234'56,             "壹仟贰佰叁拾肆元伍角陆分"},
        {1'409'50,             "壹仟肆佰零玖元伍角整"},                // annex
        {1'680'32,             "壹仟陆佰捌拾元叁角贰分"},              // annex
        {6'007'14,             "陆仟零柒元壹角肆分"},                  // annex
        {10'000'00,            "壹万元整"},
        {10'001'00,            "壹万零壹元整"},
        {10'010'00,            "壹万零壹拾元整"},
        {10'500'00,            "壹万零伍佰元整"},
        {16'409'02,            "壹万陆仟肆佰零玖元零贰分"},            // annex
        {100'000'00,           "壹拾万元整"},
        {107'000'53,           "壹拾万柒仟元伍角叁分"},                // annex
        {105'000'00,           "壹拾万伍仟元整"},
        {100'500'00,           "壹拾万零伍佰元整"},
        {1'000'000'00,         "壹佰万元整"},
        {1'010'000'00,         "壹佰零壹万元整"},
        {1'010'101'01,         "壹佰零壹万零壹佰零壹元零壹分"},
        {10'000'000'00,        "壹仟万元整"},
        {10'007'000'00,        "壹仟万柒仟元整"},
        {10'000'700'00,        "壹仟万零柒佰元整"},
        {100'000'000'00,       "壹亿元整"},
        {100'000'001'00,       "壹亿零壹元整"},
        {100'001'000'00,       "壹亿零壹仟元整"},
        {100'010'000'00,       "壹亿零壹万元整"},
        {105'000'000'00,       "壹亿零伍佰万元整"},
        {150'000'000'00,       "壹亿伍仟万元整"},
        {1'050'000'000'00,     "壹拾亿伍仟万元整"},
        {573'000'000'00,       "伍亿柒仟叁佰万元整"},
        {1'000'000'000'000'00, "壹万亿元整"},
        {1'000'100'000'000'00, "壹万零壹亿元整"},
        {kMaxFen,              "玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分"},
        {-123'45,              "负壹佰贰拾叁元肆角伍分"},
        {-5,                   "负伍分"},
        {INT64_MIN, "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分"},
    };
    // clang-format on
    for (const Row& row : rows) EXPECT_EQ(to_uppercase(Money::fen(row.fen)), row.text) << row.fen;
}

TEST(Money, Allot) {
    struct Row {
        std::int64_t total;
        std::vector<std::int64_t> weights;
        std::vector<std::int64_t> parts;
    };
    // clang-format off
    const Row rows[] = {
        // total        weights                    parts
        {100'00,        {1, 1, 1},                 {33'34, 33'33, 33'33}},  // A7
        {-100'00,       {1, 1, 1},                 {-33'34, -33'33, -33'33}},
        {2,             {1, 1, 1},                 {1, 1, 0}},
        {0,             {1, 2},                    {0, 0}},
        {100,           {7},                       {100}},
        {100,           {0, 1, 0},                 {0, 100, 0}},
        {10,            {1, 2, 4},                 {1, 3, 6}},    // remainders 3/7 6/7 5/7
        {5,             {50, 30, 20},              {3, 1, 1}},    // 2.5 1.5 1: tie to the earlier
        {5,             {30, 50, 20},              {2, 2, 1}},
        {INT64_MAX,     {INT64_MAX, INT64_MAX},    {4611686018427387904, 4611686018427387903}},
        {INT64_MIN,     {1},                       {INT64_MIN}},
        {kMaxFen,       {INT64_MAX, 1},            {kMaxFen, 0}},
    };
    // clang-format on
    for (const Row& row : rows) {
        std::vector<std::int64_t> parts;
        for (const Money part : allot(Money::fen(row.total), row.weights)) {
            parts.push_back(part.in_fen());
        }
        EXPECT_EQ(parts, row.parts) << row.total;
    }
    using Weights = std::vector<std::int64_t>;
    EXPECT_THROW((void)allot(Money::fen(1), Weights{}), Bug);
    EXPECT_THROW((void)allot(Money::fen(1), Weights{0, 0}), Bug);
    EXPECT_THROW((void)allot(Money::fen(1), Weights{2, -1}), Bug);
}

TEST(Money, OverflowIsABug) {
    const Money most = Money::fen(INT64_MAX);
    const Money least = Money::fen(INT64_MIN);
    EXPECT_THROW((void)(most + Money::fen(1)), Bug);
    EXPECT_THROW((void)(least - Money::fen(1)), Bug);
    EXPECT_THROW((void)(-least), Bug);
    EXPECT_THROW((void)(most * 2), Bug);
    EXPECT_EQ(most - Money::fen(1) + Money::fen(1), most);
    EXPECT_EQ((Money::fen(285'00) * 3824 * 3).in_fen(), 3'269'520'00);  // rules §15, E01
    EXPECT_LT(Money::fen(-1), Money());
}

template <class T>
concept MakesMoney = requires(T value) {
    Money::fen(value);
};
template <class T>
concept MultipliesMoney = requires(Money money, T value) {
    money* value;
};

// What is no whole number never becomes money.
static_assert(MakesMoney<int> && MakesMoney<std::int64_t> && MakesMoney<unsigned>);
static_assert(!MakesMoney<double> && !MakesMoney<float> && !MakesMoney<bool>);
static_assert(!MakesMoney<std::uint64_t>);
static_assert(MultipliesMoney<int> && MultipliesMoney<std::int64_t>);
static_assert(!MultipliesMoney<double> && !MultipliesMoney<float>);
static_assert(!std::is_convertible_v<std::int64_t, Money> &&
              !std::is_convertible_v<Money, std::int64_t>);
static_assert(Money::fen(300) + Money::fen(5) == Money::fen(305));

}  // namespace
}  // namespace fenming

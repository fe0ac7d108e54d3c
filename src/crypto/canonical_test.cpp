// Canonical forms and blind indexes.

#include "crypto/canonical.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "crypto/index.h"
#include "crypto/keystore.h"

namespace fenming::crypto {
namespace {

using Form = std::function<Result<Canonical>(std::string_view)>;

/// The canonical text, or the code of the refusal.
std::string form(const Form& canonical, std::string_view text) {
    const auto value = canonical(text);
    if (value) return value->reveal();
    for (const Language language : {Language::zh_cn, Language::en}) {
        const Sentence sentence = say(value.error(), language);
        EXPECT_FALSE(sentence.says.empty() || sentence.mend.empty());
        EXPECT_EQ(sentence.says.find('{'), std::string::npos) << sentence.says;
    }
    return std::string(value.error().kind().code);
}

struct Row {
    std::string text;
    std::string becomes;
};

TEST(Canonical, IdNumbers) {
    // clang-format off
    const Row rows[] = {
        {"11010519491231002X",      "11010519491231002X"},
        {"11010519491231002x",      "11010519491231002X"},
        {" 440524188001010014\n",   "440524188001010014"},
        {"１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"},
        {"110105 19491231　002X",   "11010519491231002X"},
        {"150102880730303",         "150102198807303035"},
        {"110105194912310021",      "crypto.id_number_check_digit"},
        {"110105194912310020",      "crypto.id_number_check_digit"},
        {"11010519491231002",       "crypto.id_number_shape"},
        {"1101051949123100２２X",   "crypto.id_number_shape"},
        {"1101051949123X0021",      "crypto.id_number_shape"},
        {"15010288073030X",         "crypto.id_number_shape"},
        {"1.10105E+17",             "crypto.id_number_shape"},
        {"",                        "crypto.id_number_shape"},
        {"身份证",                  "crypto.id_number_shape"},
        {"110105194912310\u200b02X","crypto.invisible_character"},
        {"\u202d11010519491231002X","crypto.invisible_character"},
        {"11010519491231002X\xff",  "crypto.broken_text"},
    };
    // clang-format on
    for (const auto& [text, becomes] : rows) {
        EXPECT_EQ(form(canonical_id_number, text), becomes) << text;
    }
}

TEST(Canonical, FifteenDigitsBecomeEighteen) {
    std::ifstream file(SOURCE_DIR "/src/crypto/id_number_pairs.csv");
    ASSERT_TRUE(file) << "the table of old numbers is missing";
    std::string line;
    std::getline(file, line);
    int count = 0;
    for (; std::getline(file, line); ++count) {
        EXPECT_EQ(form(canonical_id_number, line.substr(0, 15)), line.substr(16)) << line;
    }
    EXPECT_EQ(count, 62);
}

TEST(Canonical, Accounts) {
    // clang-format off
    const Row rows[] = {
        {"6217 0012 3456 7890 123", "6217001234567890123"},
        {"6217-0012-3456",          "621700123456"},
        {"６２１７００１２",        "62170012"},
        {"43－001–2345",            "430012345"},
        {"123456",                  "123456"},
        {"12345",                   "crypto.account_shape"},
        {"6.21700E+18",             "crypto.account_shape"},
        {"6217*****0123",           "crypto.account_shape"},
        {std::string(33, '1'),      "crypto.account_shape"},
        {"6217\u200b0012",          "crypto.invisible_character"},
        {"\xc0\x80",                "crypto.broken_text"},
    };
    // clang-format on
    for (const auto& [text, becomes] : rows) {
        EXPECT_EQ(form(canonical_account, text), becomes) << text;
    }
}

TEST(Canonical, Names) {
    // clang-format off
    const Row rows[] = {
        {"张三",                    "张三"},
        {"　张三 \t\r\n",           "张三"},
        {"王　伟",                  "王伟"},
        {"严 华 华",                "严华华"},
        {"施·买买提",               "施·买买提"},
        {"施•买买提",               "施·买买提"},
        {"施・买买提",              "施·买买提"},
        {"施 ‧ 买买提",             "施·买买提"},
        {"Nguyễn  Thị Hồng",        "Nguyễn Thị Hồng"},
        {"Nguye\u0302\u0303n",      "Nguyễn"},
        {"e\u0323\u0302",           "ệ"},
        {"u\u0308\u030c",           "ǚ"},
        {"尤n\u0300",               "尤ǹ"},
        {"许m\u0301",               "许ḿ"},
        {"\u064a\u0654",            "\u0626"},
        {"孔（曾用名：孔三）",      "孔(曾用名:孔三)"},
        {"ＡＢ",                    "AB"},
        {"王\ue81e",                "王\u9fb4"},
        {"王\ue78d",                "王\ufe10"},
        {"王\ue831",                "王\U000215d7"},
        {"王\ue864",                "王\u9fbb"},
        {"王\ue7c7",                "王ḿ"},
        {"\uf979",                  "凉"},
        {"\ufa0e",                  "\ufa0e"},          // an ideograph in its own right
        {"\U0002f800",              "丽"},
        {"王䶮𬭎𠅤",                "王䶮𬭎𠅤"},
        {"秦〇",                    "秦〇"},
        {"王\ue000",                "crypto.private_character"},
        {"王\U000f0000",            "crypto.private_character"},
        {"王\ufffd",                "crypto.private_character"},
        {"王\uffff",                "crypto.private_character"},
        {"曹\uffa0",                "crypto.invisible_character"},
        {"华\u200b英",              "crypto.invisible_character"},
        {"华\u202e英",              "crypto.invisible_character"},
        {"华\t英",                  "crypto.invisible_character"},
        {"华\ufe00",                "crypto.invisible_character"},
        {"王\u0301",                "crypto.loose_mark"},
        {"\u0301",                  "crypto.loose_mark"},
        {"o\u0302\u0323",           "crypto.loose_mark"}, // marks in an order that Unicode does not write
        {"\u1112\u1161",            "crypto.loose_mark"},
        {"",                        "crypto.name_length"},
        {" 　 ",                    "crypto.name_length"},
        {std::string(101, 'a'),     "crypto.name_length"},
        {"张\xe4\xb8",              "crypto.broken_text"},
    };
    // clang-format on
    for (const auto& [text, becomes] : rows) {
        EXPECT_EQ(form(canonical_name, text), becomes) << text;
    }
}

TEST(Canonical, RefusalsNameThePlace) {
    const auto refused = canonical_name("王小\u200b明");
    ASSERT_FALSE(refused);
    const Sentence sentence = say(refused.error(), Language::zh_cn);
    EXPECT_EQ(sentence.says, "第 3 个字符 U+200B 是看不见的字符");
    const auto other = canonical_id_number("110105194912310021");
    ASSERT_FALSE(other);
    EXPECT_EQ(say(other.error(), Language::zh_cn).says,
              "公民身份号码“110105194912310021”的最后一位不对：按前 17 位推算应为 X");
    for (const auto& value : other.error().values()) EXPECT_TRUE(value.is_personal) << value.name;
}

TEST(Canonical, RareNamesHaveAForm) {
    // Names that real rosters hold: extensions A to E, pinyin letters, dots, remarks.
    const std::string names[] = {
        "王䶮",   "陈𬭎", "李㛃",   "赵𠅤",      "孙𣲗",        "周𦈡",
        "吴㻽",   "郑𬍡", "冯鿍", "褚鿎",    "卫鿏",      "蒋䢺",
        "沈𥖄",   "韩䲟",    "杨𫖮",   "朱㵾",      "秦〇",        "尤ǹ",
        "许ḿ",    "何㐂",    "吕𪚥",   "施·买买提", "张·阿依古丽", "孔(曾用名:孔三)",
        "严　华", "金龘",    "魏喆",   "陶堃",      "姜𬬭",     "戚镕",
        "谢赟",   "邹犇",    "喻淼",   "柏焱",      "水垚",        "窦骉",
        "章㙓",   "云㼆",
    };
    for (const std::string& name : names) {
        const auto once = canonical_name(name);
        ASSERT_TRUE(once) << name;
        EXPECT_EQ(form(canonical_name, once->reveal()), once->reveal())
            << "a form of a form is itself";
    }
}

TEST(Canonical, Phones) {
    // clang-format off
    const Row rows[] = {
        {"13812345678",        "13812345678"},
        {"138-1234-5678",      "13812345678"},
        {"+86 138 1234 5678",  "13812345678"},
        {"008613812345678",    "13812345678"},
        {"8613812345678",      "13812345678"},
        {"１３８１２３４５６７８", "13812345678"},
        {"0734-8812345",       "07348812345"},
        {"(0734) 8812345",     "07348812345"},
        {"（０７３４）8812345", "07348812345"},
        {"010-88123456",       "01088123456"},
        {"8812345",            "8812345"},
        {"86123456",           "86123456"},
        {"138123456",          "crypto.phone_shape"},
        {"138123456789",       "crypto.phone_shape"},
        {"无",                 "crypto.phone_shape"},
        {"",                   "crypto.phone_shape"},
        {"1381234567a",        "crypto.phone_shape"},
        {"138\u200e12345678",  "crypto.invisible_character"},
        {"\xed\xa0\x80",       "crypto.broken_text"},
    };
    // clang-format on
    for (const auto& [text, becomes] : rows) {
        EXPECT_EQ(form(canonical_phone, text), becomes) << text;
    }
}

TEST(BlindIndex, HasTheBytesOfTheRule) {
    const Canonical value = *canonical_id_number("11010519491231002x");
    const HmacSm3 key(Bytes(32, 3));
    const BlindIndex index = blind_index(KeyId{0x01020304}, key, value);
    EXPECT_EQ(to_hex(index), "01020304" + to_hex(key.mac(bytes_of("11010519491231002X"))));
}

TEST(BlindIndex, IsOnePerValueFieldAndKey) {
    const TestKeyStore keys(1);
    const TestKeyStore rotated(1, 2);
    const auto id = *canonical_id_number("440524188001010014");
    const auto same = *canonical_id_number(" ４40524188001010014");
    const auto account = *canonical_account("440524188001010014");
    EXPECT_EQ(keys.blind_index(id), keys.blind_index(same));
    EXPECT_NE(keys.blind_index(id), keys.blind_index(account));
    EXPECT_NE(keys.blind_index(id), rotated.blind_index(id));
    const auto both = rotated.blind_indexes(id);
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(both[0], rotated.blind_index(id));
    EXPECT_EQ(both[1], keys.blind_index(id));
}

}  // namespace
}  // namespace fenming::crypto

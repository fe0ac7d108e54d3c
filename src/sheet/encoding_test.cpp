// Encodings: what is detected, what every encoding becomes, and what is refused where.

#include "sheet/encoding.h"

#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "sheet/csv.h"
#include "sheet/expect_test.h"

namespace fenming::sheet {
namespace {

Result<std::string> to_utf8(std::string_view bytes, Encoding from, std::size_t piece) {
    ToUtf8 reader(from);
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        TRY(reader.feed(bytes.substr(at, piece), text));
    TRY(reader.finish());
    return text;
}

std::string detected(std::string_view bytes, std::optional<Encoding> expected = std::nullopt) {
    MemoryInput input(bytes);
    const auto encoding = detect_encoding(input, expected);
    if (encoding) return std::string(name_of(*encoding));
    return std::string(encoding.error().kind().code) + " offset " +
           value_of(encoding.error(), "offset") + " line " + value_of(encoding.error(), "line");
}

TEST(Encoding, EveryFileReadsAsItsUtf8Twin) {
    struct Case {
        const char* file;
        const char* twin;
        const char* encoding;
    };
    const Case cases[] = {
        {"regions_utf8.csv", "regions_utf8.csv", "UTF-8"},
        {"regions_utf8_bom.csv", "regions_utf8.csv", "UTF-8"},
        {"regions_gb18030.csv", "regions_utf8.csv", "GB18030"},
        {"regions_gbk.csv", "regions_utf8.csv", "GB18030"},
        {"regions_utf16le_bom.csv", "regions_utf8.csv", "UTF-16LE"},
        {"regions_gb18030_tab.txt", "", "GB18030"},
        {"rare_names_gb18030.csv", "rare_names_utf8.csv", "GB18030"},
        {"rare_names_utf8.csv", "rare_names_utf8.csv", "UTF-8"},
    };
    for (const Case& each : cases) {
        const std::string bytes = test_data(std::string("encoding/") + each.file);
        MemoryInput input(bytes);
        const auto encoding = detect_encoding(input);
        ASSERT_TRUE(encoding) << each.file;
        EXPECT_EQ(name_of(*encoding), each.encoding) << each.file;
        for (const std::size_t piece : {1UL, 2UL, 3UL, 7UL, 4096UL, bytes.size()}) {
            const auto text = to_utf8(bytes, *encoding, piece);
            ASSERT_TRUE(text) << each.file;
            if (*each.twin == '\0') {
                EXPECT_TRUE(is_utf8(*text));
                EXPECT_NE(text->find("430400000000\t2\t衡阳市\t430000000000"), text->npos);
            } else {
                EXPECT_EQ(*text, test_data(std::string("encoding/") + each.twin)) << each.file;
            }
        }
    }
}

TEST(Encoding, EveryRareCharacterReadsFromItsBytes) {
    const std::string table = test_data("encoding/rare_chars_bytes.csv");
    MemoryInput input(table);
    int seen = 0;
    const auto read = read_csv(input, {}, [&](const RawRow& row) -> Result<Done> {
        if (row.row == 1) return Done{};
        const auto bytes = from_hex(row.cells[2].text);
        EXPECT_TRUE(bytes) << row.row;
        const auto text = to_utf8(text_of(*bytes), Encoding::gb18030, 1);
        EXPECT_TRUE(text && *text == row.cells[0].text) << row.cells[1].text;
        ++seen;
        return Done{};
    });
    EXPECT_EQ(told(read), "ok");
    EXPECT_EQ(seen, 93);
}

TEST(Encoding, IsDetectedByRule) {
    struct Case {
        const char* what;
        std::string bytes;
        const char* encoding;
    };
    std::string much_utf8;
    for (int i = 0; i < 20; ++i) much_utf8 += "资金\n";
    const Case cases[] = {
        {"empty", "", "UTF-8"},
        {"ASCII", "a,b\n1,2\n", "UTF-8"},
        {"资金 in GBK, too short for detectors", "\xD7\xCA\xBD\xF0", "GB18030"},
        {"联通 in GBK, which is nearly UTF-8", "\xC1\xAA\xCD\xA8", "GB18030"},
        {"four-byte character of GB18030", "\x99\x33\xA9\x32", "GB18030"},
        {"0x80 as euro", "\xD7\xCA\x80", "GBK"},
        {"UTF-8 with mark", "\xEF\xBB\xBFz", "UTF-8"},
        {"UTF-16LE with mark", std::string("\xFF\xFEz\0", 4), "UTF-16LE"},
        {"UTF-16BE with mark", std::string("\xFE\xFF\0z", 4), "UTF-16BE"},
        {"neither", "ab\n\xD7\xCA\xFF\x30", "sheet.encoding_unknown offset 5 line 2"},
        {"0x80 helps only where it is", "a\x80\n\xFF\x30",
         "sheet.encoding_unknown offset 3 line 2"},
        {"GB18030 cut off", "\xD7\xCA\xBD", "sheet.ends_inside_character offset 2 line 1"},
        {"UTF-8 cut off", "资金\n资\xE9\x87", "sheet.ends_inside_character offset 10 line 2"},
        {"much UTF-8, one bad byte", much_utf8 + "\xD7\xCA", "sheet.bad_byte offset 140 line 21"},
        {"CR alone ends lines", "a\rb\r\xFF\x30", "sheet.encoding_unknown offset 4 line 3"},
    };
    for (const Case& each : cases) EXPECT_EQ(detected(each.bytes), each.encoding) << each.what;
}

TEST(Encoding, APromiseDecidesWhatTheRuleLeavesOpen) {
    const std::string luck = "\xC4\xB3\xB2\xE2";  // 某测 in GBK; C4 B3 alone is UTF-8 as well
    EXPECT_EQ(detected(luck.substr(0, 2)), "UTF-8");
    EXPECT_EQ(detected(luck.substr(0, 2), Encoding::gb18030), "GB18030");
    EXPECT_EQ(detected("abc", Encoding::gb18030), "GB18030");
    EXPECT_EQ(detected("\xEF\xBB\xBF资", Encoding::gb18030), "UTF-8");
    std::string plain;
    for (int i = 0; i < 16; ++i) plain += "资";
    EXPECT_EQ(detected(plain, Encoding::gb18030), "UTF-8");
    EXPECT_EQ(detected("一元", Encoding::gb18030), "UTF-8");  // E4B8 80… is no GB18030
    EXPECT_EQ(detected(luck, Encoding::utf8), "sheet.bad_byte offset 2 line 1");
    EXPECT_EQ(detected("\xD7\xCA", Encoding::gbk), "GBK");
}

TEST(Encoding, ShortAnswersOfABankAreReadAsTheyWereWritten) {
    // A promise of GB18030, a handful of characters; each text is well formed both ways when it is
    // written in UTF-8 with an even number of characters.
    for (const char* text : {"张三|成功", "王测一|交易成功", "欧阳娜娜|已清户", "李四四|账号有误",
                             "陈玥|成功入账", "赵䶮|失败", "买买提·艾力|成功"}) {
        std::string bytes;
        ASSERT_EQ(told(FromUtf8(Encoding::gb18030).append(text, bytes)), "ok");
        EXPECT_EQ(detected(bytes, Encoding::gb18030), "GB18030") << text;
        EXPECT_EQ(detected(text, Encoding::gb18030), "UTF-8") << text;
    }
}

TEST(Encoding, RefusesWithOffsetAndLine) {
    struct Case {
        const char* what;
        Encoding from;
        std::string bytes;
        const char* refused;
        const char* offset;
        const char* line;
    };
    const Case cases[] = {
        {"overlong UTF-8", Encoding::utf8, "a\n\xC0\xAF", "sheet.bad_byte", "2", "2"},
        {"surrogate in UTF-8", Encoding::utf8, "\xED\xA0\x80", "sheet.bad_byte", "0", "1"},
        {"beyond U+10FFFF", Encoding::utf8, "\xF4\x90\x80\x80", "sheet.bad_byte", "0", "1"},
        {"lone continuation", Encoding::utf8, "资\x80", "sheet.bad_byte", "3", "1"},
        {"FF in GB18030", Encoding::gb18030, "a\r\nb\xFF\x30", "sheet.bad_byte", "4", "2"},
        {"80 in GB18030", Encoding::gb18030, "\x80", "sheet.bad_byte", "0", "1"},
        {"half a pair", Encoding::utf16le, std::string("a\0\0\xDC", 4), "sheet.bad_byte", "2", "1"},
        {"odd byte", Encoding::utf16le, "a", "sheet.ends_inside_character", "0", "1"},
        {"cut GB18030", Encoding::gb18030, "\n\x99\x33\xA9", "sheet.ends_inside_character", "1",
         "2"},
        {"cut UTF-8", Encoding::utf8, "\xF0\xAC\xAD", "sheet.ends_inside_character", "0", "1"},
    };
    for (const Case& each : cases)
        for (const std::size_t piece : {1UL, 2UL, 100UL}) {
            const auto text = to_utf8(each.bytes, each.from, piece);
            ASSERT_FALSE(text) << each.what;
            EXPECT_EQ(told(text), each.refused) << each.what;
            EXPECT_EQ(value_of(text.error(), "offset"), each.offset) << each.what;
            EXPECT_EQ(value_of(text.error(), "line"), each.line) << each.what;
        }
    EXPECT_EQ(to_utf8("\x80\xD7\xCA\x80", Encoding::gbk, 1).value(), "€资€");
}

TEST(Encoding, WritesWhatItReads) {
    const std::string text = "姓名,䶮𬭎㛃·测试ḿ€\r\n";
    for (const Encoding encoding :
         {Encoding::utf8, Encoding::gb18030, Encoding::utf16le, Encoding::utf16be}) {
        std::string bytes;
        EXPECT_EQ(told(FromUtf8(encoding).append(text, bytes)), "ok");
        EXPECT_EQ(to_utf8(bytes, encoding, 1).value(), text) << name_of(encoding);
    }
    FromUtf8 gbk(Encoding::gbk);
    std::string bytes = "before";
    const auto refused = gbk.append("王䶮", bytes);
    EXPECT_EQ(told(refused), "sheet.not_in_encoding");
    EXPECT_EQ(value_of(refused.error(), "character"), "䶮");
    EXPECT_EQ(bytes, "before");
    EXPECT_EQ(told(gbk.append("王镕€", bytes)), "ok");
    EXPECT_EQ(to_utf8(bytes.substr(6), Encoding::gbk, 1).value(), "王镕€");
}

TEST(Encoding, IsKnownByItsNames) {
    EXPECT_EQ(parse_encoding("utf-8").value(), Encoding::utf8);
    EXPECT_EQ(parse_encoding("UTF_16LE").value(), Encoding::utf16le);
    EXPECT_EQ(parse_encoding("GB 2312").value(), Encoding::gb18030);
    EXPECT_EQ(parse_encoding("gbk").value(), Encoding::gbk);
    EXPECT_EQ(told(parse_encoding("latin1")), "sheet.not_an_encoding");
}

}  // namespace
}  // namespace fenming::sheet

// Answers of banks: every file of the test data read right, and every line or file that is refused.

#include <vector>

#include "sheet/bank_lines_test.h"

namespace fenming::sheet {
namespace {

TEST(BankAnswer, EveryFileOfTheTestDataReadsRight) {
    struct Case {
        const char* layout;
        const char* file;
        Direction direction;
        std::int64_t lines;
        const char* total;
        const char* last;
    };
    // clang-format off
    const Case cases[] = {
        {"pipe", "r1_pipe_gb18030_trailer.txt", Direction::answer, 30, "14385.00",
         "30 MZ202605-430408-000030 6217009900002375703 褚测戊 450.00 0000 交易成功"},
        {"pipe", "r3_failures_only.txt", Direction::answer, 10, "5287.00",
         "11 MZ202605-430408-000029 6217009900002296511 陈测丁 380.00 3056 退票"},
        {"pipe", "r4_followup.txt", Direction::answer, 6, "3310.50",
         "6 MZ202605-430408-000023 6217009900001821376 李测癸 1200.00 0000 交易成功"},
        {"pipe", "r6_duplicate_and_unknown.txt", Direction::answer, 6, "2490.50",
         "6 MZ202605-430408-000005 6217009900000395950 吴测丁 730.50 8888 未知"},
        {"fixed_fen", "r9_fixed_width_fen.dat", Direction::answer, 30, "14385.00",
         "30 MZ202605-430408-000030 6217009900002375703 褚测戊 450.00 0000 "},
        {"csv", "batch_sent.csv", Direction::send, 30, "14385.00",
         "31 MZ202605-430408-000030 6217009900002375703 褚测戊 450.00  "},
    };
    // clang-format on
    for (const Case& each : cases) {
        const Reading reading = read_data(each.layout, each.file, each.direction);
        ASSERT_EQ(reading.report.lines, each.lines) << each.file;
        EXPECT_EQ(to_yuan(reading.report.total), each.total) << each.file;
        EXPECT_EQ(text_of(reading.lines.back()), each.last) << each.file;
        EXPECT_EQ(told(reading.report.problems), "") << each.file;
        EXPECT_EQ(told(reading.report.notes), "") << each.file;
    }
}

TEST(BankAnswer, AllLayoutsSayTheSameOfTheSameBatch) {
    const Reading pipe = read_data("pipe", "r1_pipe_gb18030_trailer.txt");
    const Reading fixed = read_data("fixed_fen", "r9_fixed_width_fen.dat");
    const Reading sent = read_data("csv", "batch_sent.csv", Direction::send);
    ASSERT_EQ(pipe.lines.size(), 30U);
    ASSERT_EQ(fixed.lines.size(), 30U);
    ASSERT_EQ(sent.lines.size(), 30U);
    for (std::size_t i = 0; i < 30; ++i) {
        const BankLine& line = pipe.lines[i];
        EXPECT_EQ(line.code, fixed.lines[i].code) << i;
        for (const BankLine* other : {&fixed.lines[i], &sent.lines[i]}) {
            EXPECT_EQ(line.reference, other->reference) << i;
            EXPECT_EQ(line.account.reveal(), other->account.reveal()) << i;
            EXPECT_EQ(line.name.reveal(), other->name.reveal()) << i;
            EXPECT_EQ(line.amount, other->amount) << i;
        }
    }
    EXPECT_EQ(pipe.lines[18].name.reveal(), "䶮测");
    ASSERT_EQ(pipe.report.summaries.size(), 1U);
    EXPECT_EQ(pipe.report.summaries[0].claims.at("paid_count"), 20);
    EXPECT_EQ(pipe.report.summaries[0].claims.at("paid_total"), 909800);
    EXPECT_EQ(pipe.report.summaries[0].row, 31);
}

TEST(BankAnswer, ASummaryIsReadAndNotBelieved) {
    const Layout& pipe = *built_in_layout("pipe");
    const auto reading = read(pipe,
                              "FAIL|3|9.99\r\n"
                              "1|R1|6217|a|4.50|0000|\r\n"
                              "\r\n"
                              " | |\r\n"
                              "2|R2|6218|b|1|3009\r\n"
                              "T|x|5.50|1|4.50\r\n");
    ASSERT_EQ(told(reading), "ok");
    EXPECT_EQ(reading->lines.size(), 2U);
    EXPECT_EQ(reading->lines[1].row, 5);
    EXPECT_EQ(reading->report.blank_lines, 2);
    EXPECT_EQ(told(reading->report.problems), "");
    EXPECT_EQ(told(reading->report.notes),
              "sheet.summary_unreadable @6 2 count\n"
              "sheet.summary_count @1\n"
              "sheet.summary_total @1\n");
    EXPECT_EQ(value_of(reading->report.notes.kept()[2], "found_fen"), "550");
}

// clang-format off
TEST(BankAnswer, ALineThatCannotBeReadIsAProblemAndTheRestGoesOn) {
    struct Case { const char* what; const char* line; const char* problem; };
    const Case cases[] = {
        {"good",                "1|R|6217|a|1|0000|ok",     ""},
        {"without a message",   "1|R|6217|a|1|0000",        ""},
        {"one more separator",  "1|R|6217|a|1|0000|ok|",    ""},
        {"quotes are text",     "1|R|6217|\"a|1|0000|ok",   ""},
        {"its number is its own", "x9|R|6217|a|1|0000|ok",  ""},
        {"too short",           "1|R|6217|a|1",             "sheet.column_count @2\n"},
        {"too long",            "1|R|6217|a|1|0000|ok|x",   "sheet.column_count @2\n"},
        {"no reference",        "1||6217|a|1|0000|ok",      "sheet.field_not_given @2 2 reference\n"},
        {"no code",             "1|R|6217|a|1| |ok",        "sheet.field_not_given @2 6 code\n"},
        {"no amount",           "1|R|6217|a||0000|ok",      "sheet.field_not_given @2 5 amount\n"},
        {"words for an amount", "1|R|6217|a|一元|0000|ok",  "base.money_not_a_number @2 5 amount\n"},
        {"half a fen",          "1|R|6217|a|1.005|0000|ok", "base.money_third_decimal @2 5 amount\n"},
        {"all that is wrong",   "1||6217|a|x|0000|ok",      "sheet.field_not_given @2 2 reference\n"
                                                            "base.money_not_a_number @2 5 amount\n"},
        {"a sum beyond range",  "1|R|6217|a|90071992547409.91|0000|", "base.money_out_of_range @2\n"},
    };
    for (const Case& each : cases) {
        const std::string file = "1|A|6217|a|1|0000|ok\n" + std::string(each.line) + "\n1|B|6217|a|1|0000|ok\n";
        const auto reading = read(*built_in_layout("pipe"), file);
        ASSERT_EQ(told(reading), "ok") << each.what;
        const bool is_bad = *each.problem != '\0';
        EXPECT_EQ(told(reading->report.problems), each.problem) << each.what;
        EXPECT_EQ(reading->report.lines, is_bad ? 2 : 3) << each.what;
        EXPECT_EQ(reading->report.bad_lines, is_bad ? 1 : 0) << each.what;
        EXPECT_EQ(reading->lines.back().reference, "B") << each.what;
    }
}

constexpr const char* kTight = R"(
layout tight
encoding gb18030
answer
header first
  date       date yyyymmdd width 8
  skip       width 16
detail
  = D        width 1
  reference  digits width 4
  name       text   width 6
  amount     fen    width 6
  message    text   width 5 pad * left optional
  code       text   width 2
trailer
  = Z        width 1
  count      whole  width 3
  total      yuan   width 10 left
)";

TEST(BankAnswer, FixedWidthsAreBytesOfTheFile) {
    struct Case { const char* what; std::string line; const char* outcome; };
    const Case cases[] = {
        {"good",              "D0001\xD7\xCA\xBD\xF0  000450***ok00", "2 0001  资金 4.50 00 ok"},
        {"CR and LF",         "D0001a     000450*****00\r",          "2 0001  a 4.50 00 "},
        {"too short",         "D0001a     000450*****0",              "sheet.line_width @2\n"},
        {"too long",          "D0001a     000450*****000",            "sheet.line_width @2\n"},
        {"half a character",  "D0001\xD7\xCA\xBD\xF0 \xD7""000450***ok00", "sheet.bytes_no_text @2 3 name\n"},
        {"another constant",  "E0001a     000450*****00",             "sheet.column_differs @2 1 \n"},
        {"not digits",        "D00A1a     000450*****00",             "sheet.not_digits @2 2 reference\n"},
        {"no amount",         "D0001a           *****00",             "sheet.field_not_given @2 4 amount\n"},
        {"a letter",          "D0001a     0O0450*****00",             "base.money_not_a_number @2 4 amount\n"},
    };
    const auto layout = parse_layout(kTight);
    ASSERT_EQ(told(layout), "ok");
    for (const Case& each : cases) {
        const auto reading = read(*layout, "20260531                \n" + each.line + "\n      \nZ001      4.50\n");
        ASSERT_EQ(told(reading), "ok") << each.what;
        EXPECT_EQ(reading->report.lines == 1 ? text_of(reading->lines[0]) : told(reading->report.problems),
                  each.outcome) << each.what;
        EXPECT_EQ(reading->report.blank_lines, 1) << each.what;
        ASSERT_EQ(reading->report.summaries.size(), 2U) << each.what;
        EXPECT_EQ(reading->report.summaries[1].claims.at("total"), 450) << each.what;
    }
}

TEST(BankAnswer, IsRefusedAsAWholeWhenTheFileIsBroken) {
    const Layout& pipe = *built_in_layout("pipe");
    const Layout& fixed = *built_in_layout("fixed_fen");
    const std::string line = "1|R|6217|a|1|0000|ok\n";
    std::string wide(80, '0');
    wide += '\n';
    struct Case { const char* what; const Layout& layout; std::string bytes; Limits limits; const char* refused; };
    const Case cases[] = {
        {"bad byte",          pipe,  line + "1|R|\xFF\x30", {},            "sheet.bad_byte"},
        {"NUL",               pipe,  line + std::string("1\0", 2), {},     "sheet.nul_byte @2 A"},
        {"too many rows",     pipe,  line + line,  {999, 1, 99, 99},       "sheet.too_many_rows @2 G"},
        {"too large",         pipe,  line + line,  {30, 9, 99, 99},        "sheet.file_too_large"},
        {"fixed, too many",   fixed, wide + wide,  {999, 1, 99, 99},       "sheet.too_many_rows"},
        {"fixed, too large",  fixed, wide + wide,  {100, 9, 99, 99},       "sheet.file_too_large"},
        {"fixed, endless",    fixed, std::string(200, '0'), {999, 9, 99, 99}, "sheet.cell_too_long @1"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(told(read(each.layout, each.bytes, Direction::answer, each.limits)), each.refused) << each.what;
    const auto answer_only = parse_layout(kTight);
    EXPECT_EQ(told(read(*answer_only, "", Direction::send)), "sheet.no_such_side");
}
// clang-format on

TEST(BankAnswer, UtfEightOutweighsTheLayoutWhereItIsPlain) {
    const Layout& pipe = *built_in_layout("pipe");
    std::string text;
    for (int i = 0; i < 8; ++i) text += "1|R|6217|王䶮|1|0000|交易成功\n";
    EXPECT_EQ(read(pipe, text)->lines[0].message, "交易成功");
    const std::string mark = "\xEF\xBB\xBF";
    EXPECT_EQ(read(pipe, mark + "1|R|6217|王|1|0000|成\n")->lines[0].message, "成");
}

}  // namespace
}  // namespace fenming::sheet

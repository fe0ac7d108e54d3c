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

TEST(BankAnswer, OfTheTestDataThatHasNoClosingLineItIsRefusedAndReadWithOne) {
    struct Case {
        const char* file;
        const char* closing;
        const char* last;
    };
    const Case cases[] = {
        {"r4_followup.txt", "T|6|3310.50|3|2100.00",
         "6 MZ202605-430408-000023 6217009900001821376 李测癸 1200.00 0000 交易成功"},
        {"r6_duplicate_and_unknown.txt", "T|6|2490.50|4|1660.00",
         "6 MZ202605-430408-000005 6217009900000395950 吴测丁 730.50 8888 未知"},
    };
    const Layout& pipe = *built_in_layout("pipe");
    for (const Case& each : cases) {
        const auto bytes = test_data(std::string("bank-return/") + each.file);
        EXPECT_EQ(told(read(pipe, bytes)), "sheet.trailer_missing") << each.file;
        const auto whole = read(pipe, bytes + each.closing);
        ASSERT_EQ(told(whole), "ok") << each.file;
        EXPECT_EQ(text_of(whole->lines.back()), each.last) << each.file;
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

TEST(BankAnswer, ALineOfTotalsBeforeTheLinesIsNotBelievedBesideAClosingOne) {
    const Layout& pipe = *built_in_layout("pipe");
    const auto reading = read(pipe,
                              "FAIL|3|9.99\r\n"
                              "1|R1|6217|a|4.50|0000|\r\n"
                              "\r\n"
                              " | |\r\n"
                              "2|R2|6218|b|1|3009\r\n"
                              "T|2|5.50|x|4.50\r\n");
    ASSERT_EQ(told(reading), "ok");
    EXPECT_EQ(reading->lines.size(), 2U);
    EXPECT_EQ(reading->lines[1].row, 5);
    EXPECT_EQ(reading->report.blank_lines, 2);
    EXPECT_EQ(told(reading->report.problems), "");
    EXPECT_EQ(told(reading->report.notes),
              "sheet.summary_unreadable @6 4 paid_count\n"
              "sheet.summary_count @1\n"
              "sheet.summary_total @1\n");
    EXPECT_EQ(value_of(reading->report.notes.kept()[2], "found_fen"), "550");
}

// clang-format off
TEST(BankAnswer, AFileThatItsClosingLineDoesNotBearOutIsRefusedWhole) {
    const std::string two = "1|R1|6217|a|4.50|0000|\n2|R2|6218|b|1|3009|\n";
    struct Case { const char* what; std::string file; const char* outcome; };
    const Case cases[] = {
        {"whole",                  two + "T|2|5.50|1|4.50\n",          "ok"},
        {"as it was sent",         two + "T|2|5.50\n",                 "ok"},
        {"blank lines behind it",  two + "T|2|5.50|1|4.50\n\n |\n",    "ok"},
        {"no line at all",         "T|0|0.00|0|0.00\n",                "ok"},
        {"failures alone",         "FAIL|2|5.50\n" + two,              "ok"},
        {"of which one is gone",   "FAIL|3|9.50\n" + two,              "sheet.trailer_differs @1"},
        {"nothing",                "",                                 "sheet.trailer_missing"},
        {"cut between lines",      two,                                "sheet.trailer_missing"},
        {"cut within a line",      two + "3|R3|62",                    "sheet.trailer_missing"},
        {"cut within the closing", two + "T|2",                        "sheet.trailer_unreadable @3 3 total"},
        {"and within its total",   two + "T|2|5.5",                    "ok"},
        {"and further",            two + "T|2|5",                      "sheet.trailer_differs @3"},
        {"a line is gone",         two + "T|3|9.50|1|4.50\n",          "sheet.trailer_differs @3"},
        {"another count",          two + "T|3|5.50|1|4.50\n",          "sheet.trailer_differs @3"},
        {"another total",          two + "T|2|5.51|1|4.50\n",          "sheet.trailer_differs @3"},
        {"no number",              two + "T|x|5.50|1|4.50\n",          "sheet.trailer_unreadable @3 2 count"},
        {"two closings",           two + "T|2|5.50\nT|2|5.50\n",       "sheet.trailer_twice @4"},
        {"a line behind it",       "T|1|4.50\n" + two,                 "sheet.line_after_trailer @2"},
        {"a bad line behind it",   two + "T|2|5.50\nhello\n",          "sheet.line_after_trailer @4"},
        {"a bad line counts",      two + "3||6219|c|2|0000|\nT|3|7.50\n",     "ok"},
        {"its amount as well",     two + "3||6219|c|2|0000|\nT|3|7.51\n",     "sheet.trailer_differs @4"},
        {"one without an amount",  two + "3|R3|6219|c|x|0000|\nT|3|9.99\n",   "ok"},
        {"that cannot be below",   two + "3|R3|6219|c|x|0000|\nT|3|5.49\n",   "sheet.trailer_differs @4"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(told(read(*built_in_layout("pipe"), each.file)), each.outcome) << each.what;
    // All four figures are told.
    const auto cut = read(*built_in_layout("pipe"), two + "T|3|9.50|1|4.50\n");
    ASSERT_FALSE(cut);
    EXPECT_EQ(value_of(cut.error(), "claimed"), "3");
    EXPECT_EQ(value_of(cut.error(), "found"), "2");
    EXPECT_EQ(value_of(cut.error(), "claimed_fen"), "950");
    EXPECT_EQ(value_of(cut.error(), "found_fen"), "550");
}

TEST(BankAnswer, OnlyALayoutThatHasAClosingLineWantsOne) {
    EXPECT_EQ(told(read(*built_in_layout("csv"), "1,R1,a,6217,4.50,0000,\n")), "ok");
    const std::string as_sent = "1|R1|6217|a|4.50\r\n";
    const Layout& pipe = *built_in_layout("pipe");
    EXPECT_EQ(told(read(pipe, as_sent, Direction::send)), "sheet.trailer_missing");
    EXPECT_EQ(told(read(pipe, as_sent + "T|1|4.50\r\n", Direction::send)), "ok");
}
// clang-format on

// clang-format off
TEST(BankAnswer, ALineThatCannotBeReadIsAProblemAndTheRestGoesOn) {
    struct Case { const char* what; const char* line; const char* problem; const char* total = "3"; };
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
        {"half a fen",          "1|R|6217|a|1.005|0000|ok", "base.money_third_decimal @2 5 amount\n", "2"},
        {"all that is wrong",   "1||6217|a|x|0000|ok",      "sheet.field_not_given @2 2 reference\n"
                                                            "base.money_not_a_number @2 5 amount\n"},
        {"a sum beyond range",  "1|R|6217|a|90071992547409.91|0000|", "base.money_out_of_range @2\n"},
    };
    for (const Case& each : cases) {
        const std::string file = "1|A|6217|a|1|0000|ok\n" + std::string(each.line) + "\n1|B|6217|a|1|0000|ok\nT|3|" + each.total;
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
    EXPECT_EQ(read(pipe, text + "T|8|8")->lines[0].message, "交易成功");
    const std::string mark = "\xEF\xBB\xBF";
    EXPECT_EQ(read(pipe, mark + "1|R|6217|王|1|0000|成\nT|1|1")->lines[0].message, "成");
}

}  // namespace
}  // namespace fenming::sheet

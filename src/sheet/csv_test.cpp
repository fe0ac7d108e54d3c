// The csv parser: what rows a text makes, whatever pieces it comes in; and the writer, its mirror.

#include "sheet/csv.h"

#include <cstdio>
#include <vector>

#include "base/check.h"
#include "sheet/csv_writer.h"
#include "sheet/expect_test.h"

namespace fenming::sheet {
namespace {

/// Rows as "3:a¦b", row number and cells; then what ended the reading.
std::string rows_of(std::string_view text, CsvForm form, std::size_t piece, Limits limits = {}) {
    std::string rows;
    CsvParser parser(form, limits, [&](const RawRow& row) -> Result<Done> {
        rows += std::to_string(row.row) + ":";
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            rows += (i > 0 ? "¦" : "") + std::string(row.cells[i].text);
        rows += " / ";
        return Done{};
    });
    const auto read = [&]() -> Result<Done> {
        for (std::size_t at = 0; at < text.size(); at += piece)
            TRY(parser.feed(text.substr(at, piece)));
        return parser.finish();
    }();
    return rows + told(read);
}

// clang-format off
TEST(Csv, MakesRowsOfText) {
    struct Case { const char* what; std::string text; const char* rows; };
    const Case cases[] = {
        {"nothing",                  "",                         "ok"},
        {"LF",                       "a,b\n1,2\n",               "1:a¦b / 2:1¦2 / ok"},
        {"CRLF, no last break",      "a,b\r\n1,2",               "1:a¦b / 2:1¦2 / ok"},
        {"CR alone",                 "a,b\r1,2\r",               "1:a¦b / 2:1¦2 / ok"},
        {"mixed ends",               "a\rb\nc\r\nd",             "1:a / 2:b / 3:c / 4:d / ok"},
        {"blank lines are counted",  "a\n\n\nb\n\n",             "1:a / 4:b / ok"},
        {"blank lines with CRLF",    "\r\n\r\na\r\n\r\nb",       "3:a / 5:b / ok"},
        {"empty cells are a row",    "a,b\n,\n1,\n",             "1:a¦b / 2:¦ / 3:1¦ / ok"},
        {"quoted separator",         "\"1,234.56\",x\n",         "1:1,234.56¦x / ok"},
        {"doubled quotes",           "\"a \"\"b\"\" c\"\n",      "1:a \"b\" c / ok"},
        {"only doubled quotes",      "\"\"\"\"\n",               "1:\" / ok"},
        {"quoted break is one row",  "\"a\r\nb\",c\nd\n",        "1:a\r\nb¦c / 2:d / ok"},
        {"empty quoted is a row",    "\"\"\nx\n",                "1: / 2:x / ok"},
        {"quote inside is text",     "5\" pipe,x\n",             "1:5\" pipe¦x / ok"},
        {"spaces behind quotes",     "\"a\"  ,b\n\"c\" ",        "1:a¦b / 2:c / ok"},
        {"quoted last cell",         "a,\"b\"",                  "1:a¦b / ok"},
        {"last cell empty",          "a,",                       "1:a¦ / ok"},
        {"Chinese",                  "姓名,金额\n王䶮,5\n",      "1:姓名¦金额 / 2:王䶮¦5 / ok"},
        {"unclosed quote",           "a\nb,\"c\nd,e\n",          "1:a / sheet.unclosed_quote @2 B"},
        {"text after a quote",       "\"a\"b,c\n",               "sheet.text_after_quote @1 A"},
        {"quote after a space",      "x,\"a\" \"b\"\n",          "sheet.text_after_quote @1 B"},
        {"NUL",                      std::string("a,b\nc,\0", 7), "1:a¦b / sheet.nul_byte @2 B"},
        {"NUL in quotes",            std::string("\"a\0\"", 4),  "sheet.nul_byte @1 A"},
        {"NUL starts the file",      std::string("\0a", 2),      "sheet.nul_byte @1 A"},
    };
    for (const Case& each : cases)
        for (const std::size_t piece : {1UL, 2UL, 3UL, 1000UL})
            EXPECT_EQ(rows_of(each.text, {}, piece), each.rows) << each.what << ", pieces of " << piece;
}

TEST(Csv, KnowsOtherSeparatorsAndUnquotedForms) {
    EXPECT_EQ(rows_of("a;b,c\n", {';', true}, 9),          "1:a¦b,c / ok");
    EXPECT_EQ(rows_of("a\tb\n\"c\td\"\n", {'\t', true}, 9), "1:a¦b / 2:c\td / ok");
    EXPECT_EQ(rows_of("1|\"a|b\n", {'|', false}, 9),       "1:1¦\"a¦b / ok");
}

TEST(Csv, HoldsLimits) {
    struct Case { const char* what; Limits limits; std::string text; const char* rows; };
    const Case cases[] = {
        {"rows, to the last",    {100, 2, 9, 9},  "a\n\nb\n",        "1:a / 3:b / ok"},
        {"one row too many",     {100, 2, 9, 9},  "a\n\nb\nc\n",     "1:a / 3:b / sheet.too_many_rows @4 A"},
        {"columns, to the last", {100, 9, 3, 9},  "a,b,c\n",         "1:a¦b¦c / ok"},
        {"one column too many",  {100, 9, 3, 9},  "a,b,c,d\n",       "sheet.too_many_columns @1 C"},
        {"cell, to the last",    {100, 9, 9, 3},  "abc,abc\n",       "1:abc¦abc / ok"},
        {"cell too long",        {100, 9, 9, 3},  "a\nabc,abcd\n",   "1:a / sheet.cell_too_long @2 B"},
        {"quoted cell too long", {100, 9, 9, 3},  "\"a\nbc\nd\n",    "sheet.cell_too_long @1 A"},
    };
    for (const Case& each : cases)
        for (const std::size_t piece : {1UL, 1000UL})
            EXPECT_EQ(rows_of(each.text, {}, piece, each.limits), each.rows) << each.what;
}

TEST(Csv, FindsTheSeparator) {
    struct Case { const char* what; const char* head; char separator; };
    const Case cases[] = {
        {"one column",              "姓名\n张\n",                     ','},
        {"comma",                   "a,b\n",                          ','},
        {"semicolon",               "a;b;c\n1,5;2;3\n",               ';'},
        {"TAB",                     "a\tb,c\td\n",                    '\t'},
        {"pipe",                    "1|2|3\n",                        '|'},
        {"quoted ones do not count", "\"a,b,c,d\";x;y\n",             ';'},
        {"a title above",           "2026年5月，低保\n\na|b|c\n",     '|'},
        {"a tie",                   "a,b;c\n",                        ','},
        {"after ten lines it is over", "a;b\n\n1\n2\n3\n4\n5\n6\n7\n8\n9\nx,x,x,x\n", ';'},
    };
    for (const Case& each : cases) EXPECT_EQ(detect_separator(each.head), each.separator) << each.what;
}
// clang-format on

TEST(Csv, ReadsAWholeFile) {
    const std::string text = std::string("\xEF\xBB\xBF") + "a;b\n\n1;2\n";
    MemoryInput input(text);
    std::string seen;
    const auto facts = read_csv(input, {}, [&](const RawRow& row) -> Result<Done> {
        seen += std::string(row.cells[1].text) + ",";
        return Done{};
    });
    ASSERT_TRUE(facts);
    EXPECT_EQ(seen, "b,2,");
    EXPECT_EQ(facts->separator, ';');
    EXPECT_EQ(facts->rows, 2);
    EXPECT_EQ(facts->blank_lines, 1);
    EXPECT_EQ(facts->bytes, 12);
}

TEST(Csv, ReadsAFileLargerThanItsPieces) {
    const std::string path = testing::TempDir() + "fenming_csv_test.csv";
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "编号" + std::to_string(i) + ",\"值,值\"\r\n";
    std::FILE* file = std::fopen(path.c_str(), "wb");
    ASSERT_NE(file, nullptr);
    ASSERT_EQ(std::fwrite(text.data(), 1, text.size(), file), text.size());
    std::fclose(file);

    FileInput input(path);
    std::int64_t wrong = 0;
    const auto facts = read_csv(input, {}, [&](const RawRow& row) -> Result<Done> {
        const std::string name = "编号" + std::to_string(row.row - 1);
        wrong += row.cells.size() == 2 && row.cells[0].text == name && row.cells[1].text == "值,值"
                     ? 0
                     : 1;
        return Done{};
    });
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->rows, 20'000);
    EXPECT_EQ(wrong, 0);

    CsvOptions small;
    small.limits.bytes = 1000;
    const auto refused = read_csv(input, small, [](const RawRow&) { return Result<Done>(Done{}); });
    EXPECT_EQ(told(refused), "sheet.file_too_large");
    std::remove(path.c_str());
    EXPECT_THROW(FileInput("/no/such/file.csv"), Fault);
}

TEST(Csv, ASinkEndsTheReading) {
    MemoryInput input("a\nb\nc\n");
    int rows = 0;
    const auto read = read_csv(input, {}, [&](const RawRow& row) -> Result<Done> {
        ++rows;
        if (row.row == 2) return refuse(refusal(kNulByte).at("", row.row, ""));
        return Done{};
    });
    EXPECT_EQ(told(read), "sheet.nul_byte @2");
    EXPECT_EQ(rows, 2);
}

std::string written(const CsvStyle& style, const std::function<void(CsvWriter&)>& write) {
    std::string bytes;
    CsvWriter writer(style, [&](std::string_view piece) { bytes += piece; });
    write(writer);
    EXPECT_EQ(told(writer.end_row()), "ok");
    writer.finish();
    return bytes;
}

TEST(CsvWriter, QuotesAndNeutralises) {
    const auto row = [](CsvWriter& writer) {
        writer.text("=1+1");
        writer.text("@x");
        writer.text("-张");
        writer.text("+86 139");
        writer.text("\tx");
        writer.text("'=x");
        writer.text("'x");
        writer.text("a,\"b\"\n");
        writer.number(-3);
        writer.money(Money::fen(-123456));
        writer.as_found("-12,3.5");
        writer.as_found("'-12");
        writer.as_found("-12a");
        writer.text("");
    };
    EXPECT_EQ(written({Encoding::utf8, true, ','}, row),
              "\xEF\xBB\xBF'=1+1,'@x,'-张,'+86 139,'\tx,''=x,'x,\"a,\"\"b\"\"\n\",-3,-1234.56,"
              "\"-12,3.5\",'-12,'-12a,\r\n");
    EXPECT_EQ(written({Encoding::gb18030, true, '\t'},
                      [](CsvWriter& writer) {
                          writer.text("资金");
                          writer.text("a,b");
                      }),
              "\xD7\xCA\xBD\xF0\ta,b\r\n");
    EXPECT_EQ(written({}, [](CsvWriter& writer) { writer.text(""); }), "\xEF\xBB\xBF\"\"\r\n");
    EXPECT_EQ(written({Encoding::utf16le, true, ','}, [](CsvWriter& writer) { writer.text("z"); }),
              std::string("\xFF\xFEz\0\r\0\n\0", 8));
}

TEST(CsvWriter, NamesTheRowItCannotWrite) {
    std::string bytes;
    CsvWriter writer({Encoding::gbk, false, ','}, [&](std::string_view piece) { bytes += piece; });
    writer.text("王");
    EXPECT_EQ(told(writer.end_row()), "ok");
    writer.text("䶮");
    EXPECT_EQ(told(writer.end_row()), "sheet.not_in_encoding @2");
    writer.text("李");
    EXPECT_EQ(told(writer.end_row()), "ok");
    writer.finish();
    EXPECT_EQ(bytes, "\xCD\xF5\r\n\xC0\xEE\r\n");
}

}  // namespace
}  // namespace fenming::sheet

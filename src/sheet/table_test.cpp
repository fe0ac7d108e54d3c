// Tables: which row is the header, which columns are found, what every cell becomes, and what is
// refused where. Torture E1, E2, E4, E5, E8, E10b, E10c, E11, E12, E14, C2.

#include "sheet/table.h"

#include <vector>

#include "base/text.h"
#include "sheet/csv_writer.h"
#include "sheet/expect_test.h"
#include "sheet/failing_rows.h"

namespace fenming::sheet {
namespace {

const std::vector<Column> kRoster = {
    {"name", {"姓名", "name"}, true, true},
    {"account", {"账号", "银行账号", "account"}, true, true},
    {"amount", {"金额", "补贴金额", "amount"}, true, false},
    {"payment_mode", {"发放方式", "payment_mode"}, false, false},
    {"born", {"出生日期", "born"}, false, true},
    {"month", {"月份", "month"}, false, false},
    {"people", {"人数", "people"}, false, false},
    {"area", {"区划", "area"}, false, false},
    {"note", {"备注", "note"}, false, false},
};

struct Reading {
    TableReport report;
    std::string rows;  // "3 张三 6217 100.00 / "
    std::string totals;
    std::string failing;  // the csv of failing rows
};

/// Reads a roster of name, account, amount, and whatever else the file has.
Reading read(std::string_view text, const CsvOptions& options = {}) {
    Reading reading;
    std::vector<std::pair<std::vector<std::string>, std::vector<Refusal>>> failing;
    MemoryInput input(text);
    reading.report = read_csv_table(
        input, options, kRoster,
        [&](Row& row) {
            const auto name = row.text("name", 10);
            const auto account = row.code("account", 32);
            const auto amount = row.money("amount", MoneyUnit::yuan);
            const auto born = row.date("born");
            const auto month = row.month("month");
            const auto people = row.whole("people", 1, 9);
            const auto area = row.area("area");
            const auto note = row.text("note", 20);
            if (row.is_bad()) {
                std::vector<std::string> cells;
                for (const RawCell& cell : row.raw().cells) cells.emplace_back(cell.text);
                failing.emplace_back(std::move(cells), row.problems());
                return;
            }
            reading.rows += std::to_string(row.number()) + " " + *name + " " + *account + " " +
                            to_yuan(*amount);
            if (born) reading.rows += " " + born->text();
            if (month) reading.rows += " " + month->text();
            if (people) reading.rows += " " + std::to_string(*people);
            if (area) reading.rows += " " + area->text();
            if (note) reading.rows += " " + *note;
            reading.rows += " / ";
        },
        [&](Row& row) {
            reading.totals += std::to_string(row.number()) + " ";
            if (const auto sum = row.money("amount", MoneyUnit::yuan))
                reading.totals += to_yuan(*sum);
        });
    if (!reading.report.is_readable) return reading;
    CsvWriter writer({}, [&](std::string_view bytes) { reading.failing += bytes; });
    auto rows = FailingRows::begin(reading.report.header, Language::zh_cn, writer);
    EXPECT_EQ(told(rows), "ok");
    for (const auto& [texts, problems] : failing) {
        std::vector<RawCell> cells;
        for (const std::string& each : texts) cells.push_back({each, CellKind::text});
        EXPECT_EQ(told(rows->add(cells, problems)), "ok");
    }
    EXPECT_EQ(rows->rows(), reading.report.bad_rows);
    writer.finish();
    return reading;
}

std::string outcome(std::string_view text) {
    const Reading reading = read(text);
    return reading.rows + told(reading.report.problems);
}

// clang-format off
TEST(Table, FindsColumnsInAnyOrderUnderAnyName) {
    struct Case { const char* what; const char* text; const char* rows; };
    const Case cases[] = {
        {"plain",            "姓名,账号,金额\n张三,6217,1.5\n",             "2 张三 6217 1.50 / "},
        {"shuffled",         "金额,姓名,账号\n1.5,张三,6217\n",             "2 张三 6217 1.50 / "},
        {"English, case",    "Account,NAME,amount\n6217,张三,1.5\n",         "2 张三 6217 1.50 / "},
        {"other names",      "姓名,银行账号,补贴金额\n张三,6217,1.5\n",     "2 张三 6217 1.50 / "},
        {"TAB",              "姓名\t账号\t金额\n张三\t6217\t1,500.00\n",    "2 张三 6217 1500.00 / "},
        {"semicolon",        "姓名;账号;金额\n张三;6217;1.5\n",             "2 张三 6217 1.50 / "},
        {"a title with more commas", "甲,乙,丙,丁,戊\n姓名|账号|金额\n张三|6217|1\n", "3 张三 6217 1.00 / "},
        {"spaces, stars, width", "* 姓　名 ,账号：,金额\n张三,6217,1.5\n",  "2 张三 6217 1.50 / "},
        {"header over two lines", "\"姓\n名\",账号,\"金额\n(元)\"\n张三,6217,1.5\n", "2 张三 6217 1.50 / "},
        {"万元 in the header", "姓名,账号,金额（万元）\n张三,6217,1.5\n",   "2 张三 6217 15000.00 / "},
        {"unit inside",      "姓名,账号,金额[单位：万元]\n张三,6217,1.5\n", "2 张三 6217 15000.00 / "},
        {"分 in the header", "姓名,账号,金额(分)\n张三,6217,150\n",         "2 张三 6217 1.50 / "},
        {"unit above",       "低保名册,,\n,,单位：万元\n姓名,账号,金额\n张三,6217,1.5\n", "4 张三 6217 15000.00 / "},
        {"the header's unit is nearer", "单位:万元\n姓名,账号,金额(元)\n张三,6217,1.5\n", "3 张三 6217 1.50 / "},
        {"other brackets",   "姓名(必填),账号【卡号】,金额\n张三,6217,1.5\n", "2 张三 6217 1.50 / "},
        {"data in row 5",    "2026年5月\n\n姓名,账号,金额\n\n张三,6217,1\n", "5 张三 6217 1.00 / "},
        {"header in row 10", "\n\n\n\n\n\n\n\n\n姓名,账号,金额\n张三,6217,1\n", "11 张三 6217 1.00 / "},
        {"blank rows inside and behind", "姓名,账号,金额\n\n张三,6217,1\n,,\n ,　,\n李四,6218,2\n,,\n,,\n",
                             "3 张三 6217 1.00 / 6 李四 6218 2.00 / "},
        {"short rows",       "姓名,账号,金额,备注\n张三,6217,1\n",          "2 张三 6217 1.00 / "},
        {"an empty last column", "姓名,账号,金额,\n张三,6217,1,\n",         "2 张三 6217 1.00 / "},
        {"header only",      "姓名,账号,金额\n",                            ""},
    };
    for (const Case& each : cases) EXPECT_EQ(outcome(each.text), each.rows) << each.what;
}

TEST(Table, RefusesAHeaderThatIsNone) {
    struct Case { const char* what; const char* text; const char* refused; };
    const Case cases[] = {
        {"empty file",       "",                              "sheet.header_not_found\n"},
        {"no header",        "张三,6217,1\n",                 "sheet.header_not_found\n"},
        {"too far down",     "\n\n\n\n\n\n\n\n\n\n姓名,账号,金额\n张三,6217,1\n", "sheet.header_not_found\n"},
        {"one missing",      "姓名,账号\n张三,6217\n",        "sheet.column_missing @1\n"},
        {"all that are missing", "备注,姓名\nx,张三\n",       "sheet.column_missing @1\nsheet.column_missing @1\n"},
        {"misspelt",         "姓名,账号,金颔\n张三,6217,1\n", "sheet.column_misspelt @1 C 金颔\n"},
        {"part of a name",   "姓名,账号,发放金额\n张三,6217,1\n", "sheet.column_misspelt @1 C 发放金额\n"},
        {"twice",            "姓名,账号,金额,姓名\n",         "sheet.column_twice @1 D 姓名\n"},
        {"twice, two names", "姓名,账号,金额,补贴金额(元)\n", "sheet.column_twice @1 D 补贴金额(元)\n"},
        {"twice and missing", "姓名,姓名,账号\n",             "sheet.column_twice @1 B 姓名\nsheet.column_missing @1\n"},
    };
    for (const Case& each : cases) {
        const Reading reading = read(each.text);
        EXPECT_EQ(told(reading.report.problems), each.refused) << each.what;
        EXPECT_FALSE(reading.report.is_readable) << each.what;
        EXPECT_EQ(reading.rows, "") << each.what;
    }
}

TEST(Table, ReadsEveryKindOfCell) {
    struct Case { const char* what; const char* header; const char* cell; const char* outcome; };
    const Case cases[] = {
        {"day",              "出生日期", "2023-05-05",          "2023-05-05"},
        {"day with strokes", "出生日期", "2023/5/5",            "2023-05-05"},
        {"eight digits",     "出生日期", "20230505",            "2023-05-05"},
        {"Chinese day",      "出生日期", "2023年5月5日",        "2023-05-05"},
        {"serial number",    "出生日期", "45051",               "2023-05-05"},
        {"midnight",         "出生日期", "2023/5/5 0:00",       "2023-05-05"},
        {"midnight, long",   "出生日期", "2023-05-05 00:00:00", "2023-05-05"},
        {"no such day",      "出生日期", "2023-02-30",          "base.not_a_date @2 D 出生日期\n"},
        {"another time",     "出生日期", "2023-05-05 08:30",    "base.not_a_date @2 D 出生日期\n"},
        {"a year",           "出生日期", "1950",                "base.not_a_date @2 D 出生日期\n"},
        {"month",            "月份",     "2026年5月",           "2026-05"},
        {"no month",         "月份",     "2026-13",             "base.not_a_month @2 D 月份\n"},
        {"whole",            "人数",     "３",                  "3"},
        {"not whole",        "人数",     "3.5",                 "sheet.not_whole @2 D 人数\n"},
        {"words",            "人数",     "三人",                "sheet.not_whole @2 D 人数\n"},
        {"too many",         "人数",     "10",                  "sheet.whole_out_of_range @2 D 人数\n"},
        {"below zero",       "人数",     "-1",                  "sheet.whole_out_of_range @2 D 人数\n"},
        {"county",           "区划",     "430408",              "430408000000"},
        {"no area",          "区划",     "蒸湘区",              "base.not_an_area @2 D 区划\n"},
        {"text",             "备注",     "  五月　低保 ",       "五月　低保"},
        {"line breaks",      "备注",     "\"一\r\n二\t三\"",    "一 二 三"},
        {"to the last",      "备注",     "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十"},
        {"one too long",     "备注",     "一二三四五六七八九十一二三四五六七八九十一", "sheet.text_too_long @2 D 备注\n"},
        {"invisible",        "备注",     "五\xE2\x80\x8B月",    "sheet.invisible_character @2 D 备注\n"},
        {"filler",           "备注",     "曹\xEF\xBE\xA0",      "sheet.invisible_character @2 D 备注\n"},
        {"neutralised",      "备注",     "'=1+1",               "=1+1"},
        {"an apostrophe",    "备注",     "'s",                  "'s"},
        {"empty, not needed", "备注",    "",                    ""},
    };
    for (const Case& each : cases) {
        const std::string got = outcome("姓名,账号,金额," + std::string(each.header) + "\n张三,6217,1," +
                                        each.cell + "\n");
        const bool is_refused = std::string_view(each.outcome).ends_with('\n');
        const std::string value = each.outcome;
        EXPECT_EQ(got, is_refused ? value : "2 张三 6217 1.00 " + value + (value.empty() ? "/ " : " / "))
            << each.what;
    }
}

TEST(Table, ReadsAmountsAsTheyArePrinted) {
    struct Case { const char* cell; const char* outcome; };
    const Case cases[] = {
        {"\"1,234.56\"", "2 张三 6217 1234.56 / "},
        {"１２．５",     "2 张三 6217 12.50 / "},
        {"￥12.00",      "2 张三 6217 12.00 / "},
        {"123.123",      "base.money_third_decimal @2 C 金额\n"},
        {"一百二十",     "base.money_not_a_number @2 C 金额\n"},
        {"n/a",          "base.money_not_a_number @2 C 金额\n"},
        {"1.2E+3",       "base.money_not_a_number @2 C 金额\n"},
        {"1,234.56",     "sheet.row_too_long @2 D\n"},
        {"",             "sheet.cell_empty @2 C 金额\n"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(outcome("姓名,账号,金额\n张三,6217," + std::string(each.cell) + "\n"), each.outcome);
}

TEST(Table, RefusesNumbersThatASpreadsheetRounded) {
    struct Case { const char* what; const char* cell; const char* account; };  // empty: refused
    const Case cases[] = {
        {"19 digits, good",              "6217009900000079190",   "6217009900000079190"},
        {"19 digits, rounded",           "6217009900000080000",   ""},
        {"19 digits, three zeros may be", "6217009900000001000",  "6217009900000001000"},
        {"18 digits, rounded",           "430408199001011000",    ""},
        {"18 digits, X",                 "43040819900101100X",    "43040819900101100X"},
        {"17 digits, two zeros",         "12345678901234500",     "12345678901234500"},
        {"scientific",                   "6.22E+18",              ""},
        {"scientific, small",            "6.2170099E+18",         ""},
        {"scientific, no sign",          "6e18",                  ""},
        {"E inside an account",          "6E2A17",                "6E2A17"},
        {"an apostrophe says it is so",  "'6217009900000080000",  "6217009900000080000"},
        {"so does a TAB",                "\"\t6217009900000080000\"", "6217009900000080000"},
        {"spaces",                       "6217 0099 0000 0079 190", "6217009900000079190"},
        {"full width",                   "６２１７",              "6217"},
        {"leading zeros",                "0012",                  "0012"},
        {"invisible",                    "62\xE2\x80\x8B" "17",   "sheet.invisible_character @2 B 账号\n"},
        {"too long",                     "123456789012345678901234567890123", "sheet.text_too_long @2 B 账号\n"},
    };
    for (const Case& each : cases) {
        const std::string account = each.account;
        EXPECT_EQ(outcome("姓名,账号,金额\n张三," + std::string(each.cell) + ",1\n"),
                  account.empty() ? "sheet.precision_lost @2 B 账号\n"
                  : account.ends_with('\n') ? account : "2 张三 " + account + " 1.00 / ")
            << each.what;
    }
}
// clang-format on

TEST(Table, CollectsEveryErrorOfEveryRow) {
    const Reading reading = read(
        "姓名,账号,金额,人数\n"
        ",6.22E+18,abc,0\n"
        "张三,6217,1,1\n"
        "\n"
        "李\xE2\x80\x8B四,,1.234,1\n");
    EXPECT_EQ(told(reading.report.problems),
              "sheet.cell_empty @2 A 姓名\n"
              "sheet.precision_lost @2 B 账号\n"
              "base.money_not_a_number @2 C 金额\n"
              "sheet.whole_out_of_range @2 D 人数\n"
              "sheet.invisible_character @5 A 姓名\n"
              "sheet.cell_empty @5 B 账号\n"
              "base.money_third_decimal @5 C 金额\n");
    EXPECT_EQ(reading.rows, "3 张三 6217 1.00 1 / ");
    EXPECT_TRUE(reading.report.is_readable);
    EXPECT_EQ(reading.report.rows, 3);
    EXPECT_EQ(reading.report.bad_rows, 2);
    EXPECT_EQ(value_of(reading.report.problems.kept()[4], "text"), "李<U+200B>四");
}

TEST(Table, KeepsTheFirstErrorsAndCountsTheRest) {
    std::string text = "姓名,账号,金额\n";
    for (int i = 0; i < 1500; ++i) text += "张三,6217,x\n";
    const Problems& problems = read(text).report.problems;
    EXPECT_EQ(problems.kept().size(), 1000U);
    EXPECT_EQ(problems.count(), 1500);
    EXPECT_EQ(problems.left_out(), 500);
}

TEST(Table, MarksPersonalValues) {
    const Reading reading = read("姓名,账号,金额,人数\n张三,6.22E+18,1,x\n");
    ASSERT_EQ(reading.report.problems.count(), 2);
    EXPECT_TRUE(reading.report.problems.kept()[0].values()[0].is_personal);
    EXPECT_FALSE(reading.report.problems.kept()[1].values()[0].is_personal);
}

TEST(Table, ReportsExtraColumnsAndRowsOfSums) {
    const Reading reading = read(
        "序号,姓名,账号,金额,村,错误信息\n"
        "1,张三,6217,1,甲,x\n"
        "合  计,,,\"1,001.00\"\n"
        "小计：1 人,,,2\n"
        "总计,王五,6218,3\n");
    EXPECT_EQ(reading.report.header.extra(), (std::vector<std::string>{"A 序号", "E 村"}));
    EXPECT_EQ(reading.rows, "2 张三 6217 1.00 / 5 王五 6218 3.00 / ");
    EXPECT_EQ(reading.totals, "3 1001.004 2.00");
    EXPECT_EQ(reading.report.total_rows, 2);
    EXPECT_EQ(told(reading.report.problems), "");
}

TEST(Table, IsRefusedAsAWholeWhenTheFileIsBroken) {
    const Reading reading = read("姓名,账号,金额\n张三,6217,x\n李四,\"6218,1\n");
    EXPECT_FALSE(reading.report.is_readable);
    EXPECT_EQ(told(reading.report.problems),
              "base.money_not_a_number @2 C 金额\nsheet.unclosed_quote @3 B\n");
}

TEST(Table, NamesWhatItMissesAndWhatIsNear) {
    // Torture C2: one letter less is another name.
    const std::vector<Column> columns = {
        {"id", {"id"}, true, false}, {"payment_mode", {"发放方式", "payment_mode"}, true, false}};
    const auto problem = [&](std::string_view text) {
        MemoryInput input(text);
        const TableReport report = read_csv_table(input, {}, columns, [](Row&) {});
        EXPECT_EQ(report.problems.count(), 1);
        return report.problems.kept().front();
    };
    const Refusal near = problem("id,paymentmode,payee\n");
    EXPECT_EQ(told(near), "sheet.column_misspelt @1 B paymentmode");
    EXPECT_EQ(value_of(near, "column"), "发放方式");
    EXPECT_EQ(value_of(near, "found"), "paymentmode");
    EXPECT_EQ(told(problem("id,payee\n")), "sheet.column_missing @1");
    EXPECT_EQ(value_of(problem("paymentmode\n"), "wanted"), "id、发放方式");
}

TEST(Table, WorkbookCellsKeepTheirKind) {
    std::string seen;
    TableReader reader(kRoster, [&](Row& row) {
        if (const auto day = row.date("born")) seen += day->text() + " ";
        if (const auto code = row.code("account", 32)) seen += *code + " ";
    });
    const std::vector<RawCell> header = {{"姓名"}, {"账号"}, {"金额"}, {"出生日期"}};
    const std::vector<RawCell> rows[] = {
        {{"张三"}, {"621700990000007", CellKind::number}, {"1"}, {"1950-03-04", CellKind::date}},
        {{"张三"}, {"6217009900000079190", CellKind::number}, {"1"}, {"45051", CellKind::number}},
    };
    EXPECT_EQ(told(reader.row({"名册", 3, header})), "ok");
    EXPECT_EQ(told(reader.row({"名册", 4, rows[0]})), "ok");
    EXPECT_EQ(told(reader.row({"名册", 7, rows[1]})), "ok");
    const TableReport report = reader.finish();
    EXPECT_EQ(seen, "1950-03-04 621700990000007 2023-05-05 ");
    EXPECT_EQ(told(report.problems), "sheet.precision_lost @7 B 账号\n");
    EXPECT_EQ(report.problems.kept()[0].place().sheet, "名册");
}

TEST(FailingRows, CanBeMendedAndImportedAgain) {
    const Reading first = read(
        "2026年5月低保,,\n"
        ",单位：万元,\n"
        "姓名,账号,金额,备注\n"
        "张三,6217,0.01,\n"
        "李四,6218,x,'=1\n"
        "王五,6219,-1.12345678,\"一,\n二\"\n");
    EXPECT_EQ(first.rows, "4 张三 6217 100.00 / ");
    // The sentences hold line numbers of the first file; the rows are those that failed.
    Reading again = read(first.failing);
    EXPECT_EQ(told(again.report.problems),
              "base.money_not_a_number @4 C 金额\n"
              "base.money_third_decimal @5 C 金额\n");
    EXPECT_TRUE(again.report.header.extra().empty());
    EXPECT_NE(first.failing.find(",错误信息\r\n"), std::string::npos);
    EXPECT_NE(first.failing.find("第 5 行“C 金额”列："), std::string::npos);

    // Failing once more does not add a second column of sentences.
    EXPECT_EQ(again.failing.find("错误信息"), again.failing.rfind("错误信息"));
    std::string mended = again.failing;
    mended.replace(mended.find(",x,"), 3, ",2,");
    mended.replace(mended.find("-1.12345678"), 11, "-1.00");
    EXPECT_EQ(read(mended).rows, "4 李四 6218 20000.00 =1 / 5 王五 6219 -10000.00 一, 二 / ");
}

TEST(Rows, ColumnsHaveLetters) {
    EXPECT_EQ(column_letters(0), "A");
    EXPECT_EQ(column_letters(25), "Z");
    EXPECT_EQ(column_letters(26), "AA");
    EXPECT_EQ(column_letters(701), "ZZ");
    EXPECT_EQ(column_letters(702), "AAA");
}

}  // namespace
}  // namespace fenming::sheet

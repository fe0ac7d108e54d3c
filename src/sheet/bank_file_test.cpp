// Files for banks: what each layout makes of the same lines, and what is refused before it is sent.

#include <vector>

#include "sheet/bank_lines_test.h"

namespace fenming::sheet {
namespace {

BankLine payment(std::string reference, std::string account, std::string name, std::int64_t fen) {
    BankLine line;
    line.reference = std::move(reference);
    line.account = Secret(std::move(account));
    line.name = Secret(std::move(name));
    line.amount = Money::fen(fen);
    return line;
}

const FileFields kFields{"MZ202605", 2, Date(std::chrono::year(2026) / 5 / 31), {}};

TEST(BankFile, IsWrittenByItsLayout) {
    const std::vector<BankLine> lines = {payment("R1", "6217", "王䶮", 45000),
                                         payment("R2", "6218", "=李", 73050)};
    // clang-format off
    struct Case { const char* layout; const char* name; const char* bytes; };
    const Case cases[] = {
        {"pipe", "MZ202605_2.txt",
         "1|R1|6217|\xCD\xF5\xFE\x9F|450.00\r\n"
         "2|R2|6218|=\xC0\xEE|730.50\r\n"
         "T|2|1180.50\r\n"},
        {"csv", "MZ202605_2.csv",
         "\xEF\xBB\xBF序号,明细编号,户名,账号,金额\r\n"
         "1,R1,王䶮,6217,450\r\n"
         "2,R2,=李,6218,730.5\r\n"},
        {"fixed_fen", "MZ202605_2.dat",
         "R1                      6217                \xCD\xF5\xFE\x9F                000000045000\r\n"
         "R2                      6218                =\xC0\xEE                 000000073050\r\n"},
    };
    // clang-format on
    for (const Case& each : cases) {
        const auto file = write_bank_file(*built_in_layout(each.layout), kFields, lines);
        ASSERT_TRUE(file) << told(file.error());
        EXPECT_EQ(file->bytes, each.bytes) << each.layout;
        EXPECT_EQ(file->name, each.name) << each.layout;
        EXPECT_EQ(file->count, 2) << each.layout;
        EXPECT_EQ(to_yuan(file->total), "1180.50") << each.layout;
    }
}

TEST(BankFile, ReadsBackAsItWasSent) {
    const Reading sent = read_data("csv", "batch_sent.csv", Direction::send);
    for (const std::string_view name : built_in_layout_names()) {
        const Layout& layout = *built_in_layout(name);
        const auto file = write_bank_file(layout, kFields, sent.lines);
        ASSERT_TRUE(file) << told(file.error());
        const auto back = read(layout, file->bytes, Direction::send);
        ASSERT_EQ(told(back), "ok");
        ASSERT_EQ(back->lines.size(), sent.lines.size()) << name;
        for (std::size_t i = 0; i < sent.lines.size(); ++i) {
            BankLine expected = sent.lines[i];
            expected.row = back->lines[i].row;
            EXPECT_EQ(text_of(back->lines[i]), text_of(expected)) << name;
        }
        EXPECT_EQ(told(back->report.problems) + told(back->report.notes), "") << name;
    }
    const auto again = write_bank_file(*built_in_layout("csv"), kFields, sent.lines);
    EXPECT_EQ(again->bytes, test_data("bank-return/batch_sent.csv"));
}

// clang-format off
TEST(BankFile, EveryLineIsLookedAtBeforeItIsSent) {
    struct Case { const char* what; const char* layout; BankLine line; const char* problems; };
    const Case cases[] = {
        {"separator in a name", "pipe",      payment("R", "6217", "a|b", 1),    "sheet.field_has_separator @2 4 name\n"},
        {"line break",          "csv",       payment("R", "6217", "a\nb", 1),   "sheet.field_has_separator @2 3 name\n"},
        {"no name",             "pipe",      payment("R", "6217", "", 1),       "sheet.field_not_given @2 4 name\n"},
        {"nothing to pay",      "pipe",      payment("R", "6217", "a", 0),      "sheet.not_payable @2 amount\n"},
        {"less than nothing",   "pipe",      payment("R", "6217", "a", -1),     "sheet.not_payable @2 amount\n"},
        {"one byte too wide",   "fixed_fen", payment("R", "6217", "一二三四五六七八九十a", 1), "sheet.field_too_wide @2 3 name\n"},
        {"all that is wrong",   "pipe",      payment("", "", "a", 1),
         "sheet.field_not_given @2 2 reference\nsheet.field_not_given @2 3 account\n"},
    };
    for (const Case& each : cases) {
        const std::vector<BankLine> lines = {payment("R0", "6217", "a", 1), each.line};
        const auto file = write_bank_file(*built_in_layout(each.layout), kFields, lines);
        ASSERT_FALSE(file) << each.what;
        EXPECT_EQ(told(file.error()), each.problems) << each.what;
    }
    const std::vector<BankLine> quoted = {payment("R0", "6217", "a,\"b\"", 1)};
    const auto file = write_bank_file(*built_in_layout("csv"), kFields, quoted);
    ASSERT_TRUE(file);
    EXPECT_EQ(read(*built_in_layout("csv"), file->bytes, Direction::send)->lines[0].name.reveal(), "a,\"b\"");
}

constexpr const char* kFull = R"(
layout full            # every word there is
encoding gbk
separator tab
line_end lf
send BATCH_TRANS_PS_{batch}_{date}_{count}_{total}_{town}.txt
header
  = H
  date          date yyyy-mm-dd
  payer_account digits
  agreement     text default NONE
  item          text optional
detail
  account       digits
  name          text
  amount        fen
  date          date yyyy/mm/dd
  bank_code     text optional
  skip
  id_number     text
  remark        text
)";

TEST(BankFile, ShowsWhatTheLayoutAsksFor) {
    const auto layout = parse_layout(kFull);
    ASSERT_EQ(told(layout), "ok");
    BankLine line = payment("R", "6217", "王", 100);
    line.id_number = Secret(std::string("11010519491231002X"));
    line.remark = "五月低保";
    FileFields fields = kFields;
    fields.others = {{"payer_account", "4305"}, {"town", "联合"}};
    const std::vector<BankLine> lines = {line};
    const auto file = write_bank_file(*layout, fields, lines);
    ASSERT_TRUE(file) << told(file.error());
    EXPECT_EQ(file->name, "BATCH_TRANS_PS_MZ202605_20260531_1_1.00_联合.txt");
    EXPECT_EQ(file->bytes, "H\t2026-05-31\t4305\tNONE\t\n"
                           "6217\t\xCD\xF5\t100\t2026/05/31\t\t\t11010519491231002X\t"
                           "\xCE\xE5\xD4\xC2\xB5\xCD\xB1\xA3\n");

    fields.others = {{"payer_account", "43-05"}, {"town", "../x"}};
    line.name = Secret(std::string("䶮"));
    const std::vector<BankLine> rare = {line};
    const auto refused = write_bank_file(*layout, fields, rare);
    ASSERT_FALSE(refused);
    EXPECT_EQ(told(refused.error()), "sheet.not_digits 3 payer_account\n"
                                     "sheet.not_in_encoding @1 2 name\n"
                                     "sheet.file_name_unsafe\n");
    const auto answer_only = parse_layout(
        "layout x\nseparator |\nanswer\ndetail\nreference text\namount yuan\ncode text\n");
    fields.others.erase("town");
    EXPECT_EQ(told(write_bank_file(*layout, fields, lines).error()),
              "sheet.not_digits 3 payer_account\nsheet.field_not_given\n");
    EXPECT_EQ(told(write_bank_file(*answer_only, fields, lines).error()), "sheet.no_such_side\n");
}

// clang-format on

}  // namespace
}  // namespace fenming::sheet

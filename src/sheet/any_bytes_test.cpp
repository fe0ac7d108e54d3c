// Property: whatever bytes arrive, they are read or refused; they never make us break.

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "sheet/bank_text.h"
#include "sheet/csv_writer.h"
#include "sheet/expect_test.h"
#include "sheet/failing_rows.h"
#include "sheet/table.h"

namespace fenming::sheet {
namespace {

/// Bytes made of pieces that mean something to one of the readers, and of any other bytes.
rc::Gen<std::string> any_bytes() {
    const auto meaningful = rc::gen::element<std::string>(
        "姓名", "账号", "金额", "金额(万元)", "合计", "T", "FAIL", "450.00", "9.9E+18",
        "90071992547409.91", "6217009900000080000", "|", ",", "\t", ";", "\"", "\r", "\n",
        "\xEF\xBB\xBF", "\xFF\xFE", "\xD7\xCA", "\x80", "\x99\x33\xA9\x32", "\xE2\x80\x8B",
        "'=", "-", "0000", "layout x\n", "separator |\n", "answer\n", "detail\n",
        "reference text\n", "amount yuan\n", "width 4\n");
    const auto byte =
        rc::gen::map(rc::gen::arbitrary<char>(), [](char c) { return std::string(1, c); });
    const auto piece = rc::gen::weightedOneOf<std::string>({{9, meaningful}, {1, byte}});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& pieces) {
                            std::string bytes;
                            for (const std::string& each : pieces) bytes += each;
                            return bytes;
                        });
}

const std::vector<Column> kColumns = {{"name", {"姓名"}, true, true},
                                      {"account", {"账号"}, false, true},
                                      {"amount", {"金额"}, false, false}};

void say_all(const Problems& problems) {
    for (const Refusal& problem : problems.kept()) RC_ASSERT(!told(problem).empty());
    RC_ASSERT(problems.left_out() >= 0);
}

RC_GTEST_PROP(AnyBytes, AreReadOrRefusedAsATable, ()) {
    const std::string bytes =
        (*rc::gen::element<std::string>("", "姓名,账号,金额\n")) + *any_bytes();
    MemoryInput input(bytes);
    std::vector<std::pair<std::string, std::vector<Refusal>>> failing;
    TableReport report = read_csv_table(input, {}, kColumns, [&](Row& row) {
        row.text("name", 5);
        row.code("account", 19);
        row.money("amount", MoneyUnit::yuan);
        if (row.is_bad()) failing.emplace_back(row.raw().cells[0].text, row.problems());
    });
    say_all(report.problems);
    if (!report.is_readable) return;
    std::string written;
    CsvWriter writer({}, [&](std::string_view piece) { written += piece; });
    auto rows = FailingRows::begin(report.header, Language::en, writer);
    RC_ASSERT(rows.has_value());
    for (const auto& [cell, problems] : failing) {
        const RawCell cells[] = {{cell}};
        RC_ASSERT(rows->add(cells, problems).has_value());
    }
    writer.finish();
    MemoryInput again(written);
    RC_ASSERT(read_csv_table(again, {}, kColumns, [](Row&) {}).is_readable);
}

RC_GTEST_PROP(AnyBytes, AreReadOrRefusedAsABankFile, ()) {
    const std::string bytes = *any_bytes();
    const auto name = *rc::gen::elementOf(built_in_layout_names());
    MemoryInput input(bytes);
    std::int64_t lines = 0;
    const auto report = read_bank_file(*built_in_layout(name), Direction::answer, input,
                                       [&](BankLine&&) { ++lines; });
    if (!report) return;
    RC_ASSERT(report->lines == lines);
    say_all(report->problems);
    say_all(report->notes);
}

RC_GTEST_PROP(AnyBytes, AreReadOrRefusedAsALayout, ()) {
    const auto layout = parse_layout(*any_bytes());
    RC_ASSERT(layout.has_value() || !told(layout).empty());
}

}  // namespace
}  // namespace fenming::sheet

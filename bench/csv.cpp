// How fast csv is read: one million rows of 8 columns, as bare rows and as a table with typed
// cells, in the encodings that offices use.
//
//     build/bench/csv [rows]
//
// Prints milliseconds of processor time and thousands of cells a second of the best of three runs,
// and the peak memory above the text itself.

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "sheet/csv.h"
#include "sheet/table.h"

namespace {

using namespace fenming;
using namespace fenming::sheet;

std::string roster(int rows) {
    std::string text = "序号,明细编号,姓名,证件号码,账号,金额(元),月份,备注\r\n";
    for (int i = 0; i < rows; ++i) {
        const std::string number = std::to_string(100'000'000 + i);
        text += std::to_string(i + 1) + ",MZ202605-" + number + ",欧阳测试,43040819" + number +
                "X,621700990" + number + "7,\"1,234.50\",2026-05,城市低保\"\"五月\"\"\r\n";
    }
    return text;
}

std::string in_encoding(const std::string& text, Encoding encoding) {
    std::string bytes;
    FromUtf8 encoder(encoding);
    if (encoding == Encoding::utf16le && !encoder.append("\xEF\xBB\xBF", bytes)) std::abort();
    if (!encoder.append(text, bytes)) std::abort();
    return bytes;
}

/// Milliseconds of processor time of the fastest of three runs.
template <class Run>
long long best_ms(Run&& run) {
    long long best = -1;
    for (int i = 0; i < 3; ++i) {
        const std::clock_t start = std::clock();
        run();
        const long long ms = (std::clock() - start) * 1000LL / CLOCKS_PER_SEC;
        best = best < 0 ? ms : std::min(best, ms);
    }
    return best;
}

void print(const char* what, long long ms, long long cells) {
    std::printf("%-28s %6lld ms %8lld thousand cells/s\n", what, ms, cells / std::max(ms, 1LL));
}

long long peak_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void read_rows(const std::string& bytes, int rows) {
    MemoryInput input(bytes);
    const auto facts = read_csv(input, {}, [](const RawRow&) { return Result<Done>(Done{}); });
    if (!facts || facts->rows != rows + 1) std::abort();
}

void read_table(const std::string& bytes, int rows) {
    static const std::vector<Column> columns = {
        {"reference", {"明细编号"}, true, false}, {"name", {"姓名"}, true, true},
        {"id_number", {"证件号码"}, true, true},  {"account", {"账号"}, true, true},
        {"amount", {"金额"}, true, false},        {"month", {"月份"}, true, false},
        {"note", {"备注"}, false, false}};
    MemoryInput input(bytes);
    std::int64_t fen = 0;
    const TableReport report = read_csv_table(input, {}, columns, [&](Row& row) {
        row.code("reference", 40);
        row.text("name", 100);
        row.code("id_number", 18);
        row.code("account", 32);
        row.month("month");
        row.text("note", 200);
        if (const auto amount = row.money("amount", MoneyUnit::yuan)) fen += amount->in_fen();
    });
    if (!report.is_readable || report.bad_rows != 0 || fen != rows * 123450LL) std::abort();
}

}  // namespace

int main(int count, char** arguments) {
    const int rows = count > 1 ? std::atoi(arguments[1]) : 1'000'000;
    const long long cells = 8LL * rows;
    const std::string text = roster(rows);
    std::printf("%d rows, %zu MB of UTF-8\n", rows, text.size() / 1'000'000);
    for (const Encoding encoding : {Encoding::utf8, Encoding::gb18030, Encoding::utf16le}) {
        const std::string bytes = in_encoding(text, encoding);
        const long long before = peak_kib();
        const std::string name(name_of(encoding));
        print((name + ", rows").c_str(), best_ms([&] { read_rows(bytes, rows); }), cells);
        print((name + ", typed table").c_str(), best_ms([&] { read_table(bytes, rows); }), cells);
        std::printf("%-28s %6lld KiB\n", "memory above the text", peak_kib() - before);
    }
    return 0;
}

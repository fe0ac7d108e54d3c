#pragma once
// What the tests of bank files share: reading into a list, and a line as text.

#include <string>
#include <utility>
#include <vector>

#include "sheet/bank_text.h"
#include "sheet/expect_test.h"

namespace fenming::sheet {

struct Reading {
    std::vector<BankLine> lines;
    BankReport report;
};

inline Result<Reading> read(const Layout& layout, std::string_view bytes,
                            Direction direction = Direction::answer, const Limits& limits = {}) {
    Reading reading;
    MemoryInput input(bytes);
    reading.report = TRY(read_bank_file(
        layout, direction, input,
        [&](BankLine&& line) { reading.lines.push_back(std::move(line)); }, limits));
    return reading;
}

inline Reading read_data(const char* layout, const char* file,
                         Direction direction = Direction::answer) {
    auto reading =
        read(*built_in_layout(layout), test_data(std::string("bank-return/") + file), direction);
    EXPECT_EQ(told(reading), "ok") << file;
    return reading ? std::move(*reading) : Reading{};
}

inline std::string text_of(const BankLine& line) {
    return std::to_string(line.row) + " " + line.reference + " " + line.account.reveal() + " " +
           line.name.reveal() + " " + to_yuan(line.amount) + " " + line.code + " " + line.message;
}

}  // namespace fenming::sheet

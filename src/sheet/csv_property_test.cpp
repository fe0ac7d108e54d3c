// Properties: what the writer writes, the parser reads; neutralising loses nothing.

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "sheet/csv.h"
#include "sheet/csv_writer.h"
#include "sheet/expect_test.h"

namespace fenming::sheet {
namespace {

using Table = std::vector<std::vector<std::string>>;

/// Cells of the characters that make trouble, and a few that do not.
rc::Gen<std::string> any_cell() {
    const auto piece =
        rc::gen::element<std::string>("a", "资", "𬭎", "\"", ",", ";", "|", "\t", "\r", "\n", "'",
                                      "=", "-", "+", "@", " ", "0", "");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& pieces) {
                            std::string cell;
                            for (const std::string& each : pieces) cell += each;
                            return cell;
                        });
}

RC_GTEST_PROP(CsvProperty, WhatIsWrittenIsRead, ()) {
    const auto cells = rc::gen::suchThat(rc::gen::container<std::vector<std::string>>(any_cell()),
                                         [](const auto& row) { return !row.empty(); });
    const Table table = *rc::gen::container<Table>(cells);
    const char separator = *rc::gen::element(',', ';', '\t', '|');
    const Encoding encoding =
        *rc::gen::element(Encoding::utf8, Encoding::gb18030, Encoding::utf16le, Encoding::utf16be);
    const auto piece = static_cast<std::size_t>(*rc::gen::inRange(1, 20));

    std::string bytes;
    CsvWriter writer({encoding, true, separator}, [&](std::string_view text) { bytes += text; });
    for (const auto& row : table) {
        for (const std::string& cell : row) writer.text(cell);
        RC_ASSERT(writer.end_row().has_value());
    }
    writer.finish();

    Table read;
    CsvParser parser({separator, true}, {}, [&](const RawRow& row) -> Result<Done> {
        read.emplace_back();
        for (const RawCell& cell : row.cells) read.back().emplace_back(restored(cell.text));
        return Done{};
    });
    ToUtf8 reader(encoding);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        std::string text;
        RC_ASSERT(reader.feed(std::string_view(bytes).substr(at, piece), text).has_value());
        RC_ASSERT(parser.feed(text).has_value());
    }
    RC_ASSERT(reader.finish().has_value());
    RC_ASSERT(parser.finish().has_value());
    RC_ASSERT(read == table);
}

RC_GTEST_PROP(CsvProperty, NeutralisedTextIsHarmlessAndComesBack, ()) {
    const std::string cell = *any_cell();
    const std::string safe = neutralised(cell);
    RC_ASSERT(restored(safe) == cell);
    RC_ASSERT(safe.empty() || std::string_view("=+-@\t\r").find(safe[0]) == std::string::npos);
}

}  // namespace
}  // namespace fenming::sheet

// The exported journal, read by the real `ledger` and `hledger`: their balances are ours.

#include <cstdio>
#include <fstream>
#include <map>

#include "base/text.h"
#include "ledger/export.h"
#include "ledger/reading.h"
#include "test/support/books_orders.h"
#include "test/support/world.h"

namespace fenming::ledger {
namespace {

using namespace test_orders;
using test::everything;
using test::World;

std::string output_of(const std::string& command) {
    std::string text;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw Fault("no shell");
    char piece[4096];
    while (const auto n = std::fread(piece, 1, sizeof piece, pipe)) text.append(piece, n);
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return text;
}

/// Lines "account;amount" → amounts in fen, by account. Zero amounts are left out by some programs,
/// so by us too.
std::map<std::string, std::int64_t> balances_in(const std::string& text) {
    std::map<std::string, std::int64_t> found;
    for (auto line : fenming::split(text, '\n')) {
        std::erase(line, '"');
        const auto comma = line.find(',');
        if (comma == std::string::npos || !line.starts_with("allotment:")) continue;
        auto amount = line.substr(comma + 1);
        std::erase(amount, ' ');
        if (const auto unit = amount.find("CNY"); unit != std::string::npos) amount.erase(unit, 3);
        const auto fen = parse_money(amount, MoneyUnit::yuan);
        EXPECT_TRUE(fen) << line;
        if (fen && *fen != Money()) found[line.substr(0, comma)] = fen->in_fen();
    }
    return found;
}

std::map<std::string, std::int64_t> our_balances(World& w) {
    std::map<std::string, std::int64_t> found;
    auto tx = w.database().begin_read();
    for (const auto& line : line_page(*tx, everything(), {}, {}, 500)) {
        const auto name = "allotment:" + std::to_string(line.id.number) + ":";
        const auto put = [&](const char* bucket, Money fen) {
            if (fen != Money()) found[name + bucket] = fen.in_fen();
        };
        put("issued", -line.total);
        put("available", line.available);
        put("allocated", line.allocated);
        put("frozen", line.frozen);
        put("disbursed", line.disbursed);
    }
    return found;
}

void do_business(World& w) {
    LineGiven city;
    city.initial = Money::fen(1'234'567'89);
    const auto top = carry_out(w.road(), w.caller, Register{{city}, {}})->lines.front();
    LineGiven county = city;
    county.parent = top;
    county.area = kCounty;
    county.initial = Money::fen(234'567'01);
    const auto below = carry_out(w.road(), w.caller, Register{{county}, {}})->lines.front();
    Do freeze;
    freeze.line = below;
    freeze.amount = Money::fen(1'000'03);
    for (int i = 0; i < 20; ++i) {
        const auto made = carry_out(w.road(), w.caller, freeze);
        ASSERT_TRUE(made);
        Do pay;
        pay.deed = i % 3 == 0 ? Deed::unfreeze : Deed::disburse;
        pay.hold = made->holds.front();
        pay.amount = Money::fen(333'01 + i);
        ASSERT_TRUE(carry_out(w.road(), w.caller, pay));
        if (i == 7) {
            ASSERT_TRUE(carry_out(w.road(), w.caller, ReverseEntry{made->entries.front(), {}})
                            .error()
                            .kind()
                            .code == kReversalOverdraws.code);
        }
    }
    ASSERT_TRUE(carry_out(w.road(), w.caller,
                          ReverseEntry{carry_out(w.road(), w.caller, freeze)->entries[0], {}}));
}

FENMING_ON_BOTH(ExportTest);

TEST_P(ExportTest, ledger_and_hledger_find_our_balances) {
    World w(GetParam());
    do_business(w);
    const auto ours = our_balances(w);
    ASSERT_EQ(ours.size(), 7U);
    const auto write = [&](JournalFormat format, const std::string& path) {
        std::ofstream file(path);
        auto tx = w.database().begin_read();
        return export_journal(*tx, everything(), format,
                              [&](std::string_view text) { file << text; });
    };
    const auto h = w.folder() + "/books.hledger";
    const auto l = w.folder() + "/books.ledger";
    EXPECT_EQ(write(JournalFormat::hledger, h), 45);  // 1 + 2 + 20 × 2 + 2
    EXPECT_EQ(write(JournalFormat::ledger, l), 45);
    EXPECT_EQ(balances_in(output_of("hledger -f '" + h + "' balance -O csv --no-total --flat")),
              ours);
    EXPECT_EQ(balances_in(output_of("ledger --args-only -f '" + l +
                                    "' balance --flat --no-total --format "
                                    "'%(account),%(scrub(display_total))\\n'")),
              ours);
    // Strict checks of the other programs: every entry balances, every date reads, and no account
    // or commodity is used that was not declared.
    EXPECT_TRUE(output_of("hledger -f '" + h + "' check --strict").empty());
    EXPECT_NE(output_of("ledger --args-only --pedantic -f '" + l + "' balance"), "");
}

TEST_P(ExportTest, shows_only_the_scope) {
    World w(GetParam());
    do_business(w);
    auto tx = w.database().begin_read();
    std::string text;
    const auto entries =
        export_journal(*tx, test::EverythingAllowed::only(kCounty), JournalFormat::ledger,
                       [&](std::string_view piece) { text += piece; });
    EXPECT_EQ(entries, 43);
    EXPECT_EQ(text.find("split_out"), std::string::npos);
    EXPECT_NE(text.find("split_in"), std::string::npos);
}

}  // namespace
}  // namespace fenming::ledger

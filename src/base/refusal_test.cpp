// The three kinds of no: refusals and their words, faults, bugs; and what must not be printed.

#include "base/refusal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <thread>

#include "base/area.h"
#include "base/calendar.h"
#include "base/check.h"
#include "base/money.h"
#include "base/secret.h"
#include "base/words_data.h"

namespace fenming {
namespace {

constexpr Language kLanguages[] = {Language::zh_cn, Language::en};

TEST(Refusal, CarriesValuesAndPlace) {
    const Refusal no = refusal(kMoneyOutOfRange)
                           .with("left_fen", 100)
                           .with("why", std::string("because"))
                           .with("left_fen", 200)
                           .personal("text", "123")
                           .at("低保", 12, "金额");
    EXPECT_EQ(no.kind().code, "base.money_out_of_range");
    EXPECT_EQ(no.kind().http_status, 422);
    ASSERT_EQ(no.values().size(), 3u);
    EXPECT_EQ(no.values()[0].name, "left_fen");
    EXPECT_EQ(std::get<std::int64_t>(no.values()[0].value), 200) << "the later value holds";
    EXPECT_EQ(std::get<std::string>(no.values()[1].value), "because");
    EXPECT_FALSE(no.values()[1].is_personal);
    EXPECT_TRUE(no.values()[2].is_personal);
    EXPECT_EQ(no.place().sheet, "低保");
    EXPECT_EQ(no.place().row, 12);
    EXPECT_EQ(no.place().column, "金额");
}

TEST(Refusal, SaysItsSentenceAndMend) {
    struct Row {
        std::string sheet;
        std::int64_t row;
        std::string column;
        std::string zh, en;  // what stands before the sentence
    };
    // clang-format off
    const Row rows[] = {
        {"",     0,  "",     "",                                "" },
        {"低保", 0,  "",     "工作表“低保”：",                  "Sheet \"低保\": "},
        {"",     12, "",     "第 12 行：",                      "Row 12: "},
        {"",     0,  "金额", "“金额”列：",                      "Column \"金额\": "},
        {"低保", 12, "",     "工作表“低保”第 12 行：",          "Sheet \"低保\", row 12: "},
        {"低保", 0,  "金额", "工作表“低保”“金额”列：",          "Sheet \"低保\", column \"金额\": "},
        {"",     12, "金额", "第 12 行“金额”列：",              "Row 12, column \"金额\": "},
        {"低保", 12, "金额", "工作表“低保”第 12 行“金额”列：",  "Sheet \"低保\", row 12, column \"金额\": "},
    };
    // clang-format on
    for (const Row& row : rows) {
        auto refused = parse_money("123.123", MoneyUnit::yuan);
        ASSERT_FALSE(refused);
        const Refusal no = std::move(refused.error()).at(row.sheet, row.row, row.column);
        const Sentence zh = say(no, Language::zh_cn);
        const Sentence en = say(no, Language::en);
        EXPECT_EQ(zh.says, row.zh + "金额“123.123”不是整分，这里最多写 2 位小数");
        EXPECT_EQ(en.says, row.en +
                               "The amount \"123.123\" is not a whole number of fen; at most 2 "
                               "decimals can stand here");
        EXPECT_EQ(zh.mend.rfind("请核对原件", 0), 0u);
        EXPECT_EQ(en.mend.rfind("Check the original", 0), 0u);
    }
}

TEST(Refusal, FillsNamesWithValues) {
    struct Row {
        std::string text, filled;
    };
    const std::vector<RefusalValue> values = {
        {"left_fen", std::int64_t{-5}}, {"row", std::int64_t{12}}, {"name", std::string("{row}")}};
    const Row rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"{left_fen}", "-0.05"},
        {"剩 {left_fen} 元，第 {row} 行", "剩 -0.05 元，第 12 行"},
        {"{row}{row}", "1212"},
        {"{name}", "{row}"},  // a value from outside is not filled again
        {"{absent}!", "…!"},
    };
    for (const Row& row : rows) EXPECT_EQ(fill(row.text, values, Language::en), row.filled);
    EXPECT_THROW((void)fill("{open", values, Language::en), Bug);
}

// A code stays a code in JSON, and is said in the reader's language.
TEST(Refusal, SaysCodesInTheLanguageOfTheReader) {
    struct Row {
        std::string code, list, zh, en;
    };
    // clang-format off
    const Row rows[] = {
        {"draft",              "disbursement.state", "草稿",               "draft"},
        {"closed / cancelled", "disbursement.state", "已办结、已取消",     "closed, cancelled"},
        {"admin-log",          "access.role",        "审计管理员",         "Log administrator"},
        {"nonsense",           "disbursement.state", "nonsense",           "nonsense"},
        {"",                   "disbursement.state", "",                   ""},
        {"sheet.field_not_given", "",                "缺少“户名”",         "\"户名\" is missing"},
    };
    // clang-format on
    for (const Row& row : rows) {
        const Refusal no =
            Refusal(kMoneyOutOfRange).word("state", row.code, row.list).with("field", "户名");
        EXPECT_EQ(fill("{state}", no.values(), Language::zh_cn), row.zh);
        EXPECT_EQ(fill("{state}", no.values(), Language::en), row.en);
        EXPECT_EQ(std::get<std::string>(no.values()[0].value), row.code);
        const Refusal again = Refusal(kMoneyOutOfRange).with(no.values()[0]);
        EXPECT_EQ(fill("{state}", again.values(), Language::zh_cn),
                  row.list.empty() ? "缺少“…”" : row.zh);
    }
    EXPECT_TRUE(has_words("disbursement.state.draft"));
    EXPECT_FALSE(has_words("disbursement.state.nonsense"));
}

// A refusal that was stored without its personal values still reads.
TEST(Refusal, WithoutPersonalValues) {
    const Refusal stored = refusal(kNotADate);
    EXPECT_EQ(say(stored, Language::zh_cn).says, "“…”不是日期，或者没有这一天");
    EXPECT_EQ(missing_values(stored, Language::zh_cn), std::vector<std::string>{"text"});
    EXPECT_TRUE(missing_values(parse_date("x").error(), Language::en).empty());
}

TEST(Refusal, TextFromOutsideIsShownSafely) {
    const auto refused = parse_money("1\u202E00\n" + std::string(60, '9'), MoneyUnit::yuan);
    ASSERT_FALSE(refused);
    EXPECT_EQ(say(refused.error(), Language::zh_cn).says,
              "“1<U+202E>00<U+000A>" + std::string(35, '9') + "…”不是金额");
    for (const RefusalValue& value : refused.error().values()) EXPECT_TRUE(value.is_personal);
}

// Each refusal of this folder, provoked, carries every value that its words want.
TEST(Refusal, OfThisFolderAreWhole) {
    std::vector<Refusal> refusals;
    const auto add = [&](const auto& result) { refusals.push_back(result.error()); };
    add(parse_money("x", MoneyUnit::yuan));
    add(parse_money("1.001", MoneyUnit::yuan));
    add(parse_money("900719925474099.2", MoneyUnit::yuan));
    add(last_digit_unit_fen("x", MoneyUnit::yuan));
    add(parse_money_unit("x"));
    add(parse_date("x"));
    add(parse_month("x"));
    add(parse_period("x"));
    add(parse_period("once:"));
    add(parse_period("2026-02..2026-01"));
    add(parse_instant("x"));
    add(parse_area("x"));
    add(Calendar::built_in().add_working_days(*parse_date("2026-12-31"), 1));
    add(Calendar::built_in().add_calendar_days(*parse_date("2026-12-31"), 1));
    for (const Refusal& no : refusals) {
        for (const Language language : kLanguages) {
            EXPECT_TRUE(missing_values(no, language).empty()) << no.kind().code;
        }
    }
    EXPECT_EQ(say(parse_money("900719925474099.2", MoneyUnit::yuan).error(), Language::en).says,
              "The amount \"900719925474099.2\" is out of range; it may be at most "
              "90071992547409.91 yuan either way");
}

// Every refusal of every folder renders in both languages (E46).
TEST(Words, EveryCodeRenders) {
    static const std::regex placeholder(R"(\{([a-z0-9_]+)\})");
    std::size_t refusals = 0;
    std::string_view before;
    for (const Word& word : all_words()) {
        EXPECT_LT(before, word.key) << "ascending, each once";
        before = word.key;
        for (const Language language : kLanguages) {
            EXPECT_EQ(words(word.key, language),
                      language == Language::en ? word.en.says : word.zh_cn.says);
        }
        if (!word.is_refusal) continue;
        ++refusals;
        const RefusalKind kind{word.key, 422};
        for (const Language language : kLanguages) {
            Refusal no(kind);
            for (const std::string& name : missing_values(no, language)) {
                no = std::move(no).with(name, 7);
            }
            const Sentence sentence = say(no, language);
            EXPECT_GT(sentence.says.size(), 3u) << word.key;
            EXPECT_GT(sentence.mend.size(), 3u) << word.key;
            EXPECT_FALSE(std::regex_search(sentence.says + sentence.mend, placeholder)) << word.key;
        }
    }
    EXPECT_GE(refusals, 11u);
}

TEST(Words, AMissingKeyIsABug) {
    static constexpr RefusalKind unspoken{"base.unspoken", 422};
    EXPECT_THROW((void)words("base.unspoken", Language::en), Bug);
    EXPECT_THROW((void)words("", Language::en), Bug);
    EXPECT_THROW((void)say(Refusal(unspoken), Language::zh_cn), Bug);
    static constexpr RefusalKind not_a_refusal{"base.place_row", 422};
    EXPECT_THROW((void)say(Refusal(not_a_refusal), Language::zh_cn), Bug);
}

Result<std::int64_t> doubled_fen(std::string_view text) {
    const Money amount = TRY(parse_money(text, MoneyUnit::yuan));
    return (amount * 2).in_fen();
}

TEST(Result, TryHandsARefusalOn) {
    EXPECT_EQ(doubled_fen("1.50").value(), 300);
    EXPECT_EQ(doubled_fen("x").error().kind().code, kMoneyNotANumber.code);
}

TEST(Check, NamesThePlace) {
    EXPECT_NO_THROW(check(true, "holds"));
    try {
        check(false, "debits equal credits");
        FAIL();
    } catch (const Bug& bug) {
        EXPECT_TRUE(std::regex_match(
            bug.what(), std::regex(R"(debits equal credits \(src/base/refusal_test\.cpp:\d+\))")))
            << bug.what();
    }
    EXPECT_THROW(bug("here", "elsewhere.cpp", 7), Bug);
}

template <class T>
concept Streams = requires(std::ostream& out, T value) {
    out << value;
};
static_assert(!Streams<Secret<std::string>>);
static_assert(!std::is_convertible_v<Secret<std::string>, std::string>);

TEST(Secret, IsReadByName) {
    EXPECT_EQ(Secret<std::string>("11010").reveal(), "11010");
}

/// In a process of its own, since the folder is read once: threads refuse, then the notes are
/// compared. Exits 0 if each code stands there once.
[[noreturn]] void note_refusals(const std::string& folder) {
    ::setenv("FENMING_COVERAGE_DIR", folder.c_str(), 1);
    std::vector<std::thread> threads;
    for (int each = 0; each < 4; ++each) {
        threads.emplace_back([] {
            for (int turn = 0; turn < 200; ++turn) {
                (void)parse_date("x");
                (void)parse_area("x");
                (void)refusal(kNotADate).with("state", "draft").with("row", "12");
                (void)refusal(kNotADate).word("state", "draft", "disbursement.state");
                (void)refusal(kNotADate).word("wanted", "no / draft", "disbursement.state");
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    std::ifstream notes(folder + "/refusals." + std::to_string(::getpid()));
    std::multiset<std::string> lines;
    for (std::string line; std::getline(notes, line);) lines.insert(line);
    std::ifstream found(folder + "/codes." + std::to_string(::getpid()));
    std::multiset<std::string> codes;
    for (std::string line; std::getline(found, line);) codes.insert(line);
    const bool is_right =
        lines == std::multiset<std::string>{"base.not_a_date", "base.not_an_area"} &&
        codes == std::multiset<std::string>{"base.not_a_date\tstate\tdraft",
                                            "base.not_a_date\twanted\tno / draft"};
    std::_Exit(is_right ? 0 : 1);
}

/// As above, into a folder that is not there. Exits 0 if that is a Fault.
[[noreturn]] void note_nowhere(const std::string& folder) {
    ::setenv("FENMING_COVERAGE_DIR", (folder + "/nowhere").c_str(), 1);
    try {
        (void)parse_date("x");
    } catch (const Fault&) {
        std::_Exit(0);
    }
    std::_Exit(1);
}

TEST(RefusalCoverageDeathTest, NotesEachCodeOnceAProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const std::string folder =
        ::testing::TempDir() + "fenming_coverage_" + std::to_string(::getpid());
    std::filesystem::create_directories(folder);
    EXPECT_EXIT(note_refusals(folder), ::testing::ExitedWithCode(0), "");
    EXPECT_EXIT(note_nowhere(folder), ::testing::ExitedWithCode(0), "");
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace fenming

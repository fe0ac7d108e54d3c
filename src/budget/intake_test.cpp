// Documents from files: the published ones on both databases, columns and units in any form, and
// twenty faults as twenty sentences.

#include "budget/intake.h"

#include <cstdlib>

#include "base/text.h"
#include "budget/city_for_test.h"
#include "budget/lists.h"

namespace fenming::budget {
namespace {

using namespace test_city;

FENMING_ON_BOTH(Intake);

std::string published() {
    return file_text("/test/data/allocations.csv");
}

/// The rows of one document of the published file, under its header.
std::string only(std::string_view number) {
    std::string text;
    for (const auto& line : split(published(), '\n'))
        if (text.empty() || line.starts_with(number)) text += line + "\n";
    return text;
}

const api::Value& summary(const ImportOutcome& outcome, std::size_t index) {
    return (*outcome.value.at("/documents")->if_array())[index];
}

std::string codes_of(const ImportOutcome& outcome) {
    std::string codes;
    for (const auto& each : outcome.refusals)
        codes += (codes.empty() ? "" : " ") + std::string(each.kind().code);
    return codes;
}

TEST_P(Intake, bayannur_2023_is_registered_and_split_and_equals_the_print) {
    City city(GetParam());
    auto& road = city.road();
    // The money comes to the city by the region's document …
    auto input = document("内财社〔2023〕1190号", {wan(3'533'120)}, wan(3'533'120));
    input.source = ledger::Source::central;
    input.mark = ledger::Mark::direct;
    const auto came = carry_out(road, city.caller, registering({input}));
    ASSERT_TRUE(came) << code_of(came);
    // … and goes down by the published one.
    ImportOptions options;
    options.parent = came->documents[0].allotments[0];
    const auto outcome = import_documents(road, city.caller, only("BYNR-2023"), options);
    ASSERT_TRUE(outcome.refusals.empty()) << codes_of(outcome);
    ASSERT_EQ(outcome.registered.size(), 1U);
    EXPECT_EQ(api::to_json(outcome.value),
              R"({"documents":[{"document":"BYNR-2023","verdict":"balances",)"
              R"("printed_total_fen":35331200000,"sum_fen":35331200000,)"
              R"("difference_fen":0,"items":11}]})");
    // clang-format off
    struct Case { Area area; bool is_unit; std::int64_t printed; };  // 0.01 万元
    const Case cases[] = {
        {Area{150822000000}, false, 507'916}, {Area{150826000000}, false, 403'512}, {kLinhe, false, 668'417},
        {kWuyuan,            false, 513'425}, {Area{150823000000}, false, 805'643}, {Area{150824000000}, false, 299'507},
        {Area{150825000000}, false, 280'300}, {kCity,              true,  5'000},   {kCity, true, 5'800},
        {kCity,              true,  35'000},  {kCity,              true,  8'600},
    };
    // clang-format on
    const auto lines = city.lines();
    ASSERT_EQ(lines.size(), 12U);
    EXPECT_EQ(lines[0].available, Money());
    EXPECT_EQ(lines[0].allocated, wan(3'533'120));
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        const auto& line = lines[i + 1];
        EXPECT_EQ(line.area, cases[i].area) << i;
        EXPECT_EQ(line.unit_id != 0, cases[i].is_unit) << i;
        EXPECT_EQ(line.available, wan(cases[i].printed)) << i;
        EXPECT_EQ(line.total, wan(cases[i].printed)) << i;
        EXPECT_EQ(line.mark, "direct") << i;
        EXPECT_EQ(line.parent, lines[0].id) << i;
        EXPECT_EQ(line.document_item, static_cast<std::int64_t>(i) + 1);
    }
    // The same file once more is told, at its row, and changes nothing.
    const auto again = import_documents(road, city.caller, only("BYNR-2023"), options);
    EXPECT_EQ(codes_of(again), "budget.document_registered_before");
    EXPECT_EQ(again.refusals[0].place().row, 2);
    EXPECT_EQ(city.lines().size(), 12U);
    city.expect_whole();
}

TEST_P(Intake, the_published_file_as_a_whole_says_what_it_lacks) {
    City city(GetParam());
    ImportOptions options;
    const auto refused = import_documents(city.road(), city.caller, published(), options);
    EXPECT_EQ(refused.value.at("/documents")->if_array()->size(), 14U);
    EXPECT_FALSE(refused.refusals.empty());  // most of these cities are not ours
    EXPECT_TRUE(refused.registered.empty());
    EXPECT_TRUE(city.lines().empty());
    // A trial answers as the real import would, and keeps nothing.
    options.accept_good = true;
    options.dry_run = true;
    const auto trial = import_documents(city.road(), city.caller, published(), options);
    EXPECT_EQ(trial.registered.size(), 4U);  // 巴彦淖尔市, and 湖南省 three times
    EXPECT_TRUE(city.lines().empty());
    options.dry_run = false;
    const auto done = import_documents(city.road(), city.caller, published(), options);
    EXPECT_EQ(done.registered.size(), 4U);
    EXPECT_EQ(done.refusals.size(), refused.refusals.size());
    EXPECT_EQ(city.lines().size(), 20U);
    EXPECT_EQ(*summary(done, 5).at("/verdict")->if_text(), "rounding");
    EXPECT_EQ(*summary(done, 5).at("/difference_fen")->if_number(), 11'000'000);
    // It is posted, and the clerk is told by how much it is off; nothing is to be mended.
    ASSERT_NE(summary(done, 5).at("/says"), nullptr);
    EXPECT_NE(summary(done, 5).at("/says")->if_text()->find("110000.00"), std::string::npos)
        << *summary(done, 5).at("/says")->if_text();
    EXPECT_EQ(summary(done, 5).at("/mend"), nullptr);
    city.expect_whole();
}

TEST_P(Intake, columns_units_and_numbers_come_in_any_form) {
    City city(GetParam());
    struct Case {
        const char* what;
        const char* text;
        const char* verdict;
        std::int64_t sum_fen;
    };
    // clang-format off
    const Case cases[] = {
        {"header with the unit, columns turned round",
         "金额(万元),接收单位,文号,年度,合计\n12.5,五原县,内财社〔2023〕1号,2023,12.5\n", "balances", 12'500'000},
        {"a unit above the header, a total row, a title",
         "某某资金分配表,,,\n,,,单位：万元\n文号,年度,接收单位,金额\n内财社〔2023〕2号,2023,五原县,1\n内财社〔2023〕2号,2023,临河区,2\n合计,,,3\n",
         "balances", 3'000'000},
        {"a unit in each row",
         "文号,年度,接收单位,金额,单位\n内财社〔2023〕3号,2023,五原县,1,亿元\n内财社〔2023〕3号,2023,临河区,2.5,元\n",
         "no-total", 10'000'000'250},
        {"units beside the amounts, brackets missing, English names",
         "document_number,year,receiver,amount,total\n内财社〔20234号,2023,五原县,5万元,15万元\n内财社（2023）4号,2023,临河区,1万元,15万元\n",
         "mismatch", 6'000'000},
        {"the total as an item row",
         "文号,年度,接收单位,金额(元)\n内财社〔2023〕5号,2023,五原县,5\n内财社〔2023〕5号,2023,合计,5\n", "balances", 500},
        {"a use stays with the city, a code wins over a name",
         "文号,年度,接收单位,用途,区划代码,金额(元)\n内财社〔2023〕6号,2023,,城乡低保,,5\n内财社〔2023〕6号,2023,某县,,150821,6\n",
         "no-total", 1'100},
        {"市本级, 下达 before a name, the end of a unit's name",
         "文号,年度,接收单位,金额(元)\n内财社〔2023〕7号,2023,市本级,1\n内财社〔2023〕7号,2023,下达五原县,2\n内财社〔2023〕7号,2023,康复福利院,4\n",
         "no-total", 700},
        {"提前下达, 直达, a programme by name, a subject",
         "文号,年度,接收单位,金额(元),标题,直达标识,项目代码,功能科目,成文日期,收文日期\n"
         "内财社〔2023〕8号,2024,五原县,1,关于提前下达2024年资金的通知,01中央直达资金,高龄津贴,20810,2023-11-01,2023年11月5日\n",
         "no-total", 100},
        {"only some rows",
         "文号,年度,接收单位,金额(元),合计,备注\n内财社〔2023〕9号,2023,五原县,1,100,节选\n", "partial", 100},
    };
    // clang-format on
    ImportOptions options;
    options.area = kCity;
    for (const auto& c : cases) {
        const auto outcome = import_documents(city.road(), city.caller, c.text, options);
        ASSERT_TRUE(outcome.refusals.empty()) << c.what << ": " << codes_of(outcome);
        ASSERT_EQ(outcome.registered.size(), 1U) << c.what;
        EXPECT_EQ(*summary(outcome, 0).at("/verdict")->if_text(), c.verdict) << c.what;
        EXPECT_EQ(*summary(outcome, 0).at("/sum_fen")->if_number(), c.sum_fen) << c.what;
    }
    const auto lines = city.lines();
    const auto line_of = [&](std::string_view number, std::int64_t item) {
        auto tx = city.database().begin_read();
        for (const auto& row : document_page(*tx, everything(), {}, {}, 100))
            for (const auto& line : lines)
                if (row.number == number && line.document == row.id && line.document_item == item)
                    return line;
        return ledger::LineView{};
    };
    EXPECT_EQ(line_of("内财社〔2023〕6号", 1).area, kCity);
    EXPECT_EQ(line_of("内财社〔2023〕6号", 2).area, kWuyuan);
    EXPECT_EQ(line_of("内财社〔2023〕7号", 1).area, kCity);
    EXPECT_EQ(line_of("内财社〔2023〕7号", 2).area, kWuyuan);
    EXPECT_NE(line_of("内财社〔2023〕7号", 3).unit_id, 0);
    const auto advance = line_of("内财社〔2023〕8号", 1);
    EXPECT_EQ(advance.kind, "advance");
    EXPECT_EQ(advance.mark, "direct");
    EXPECT_EQ(advance.subject, "20810");
    EXPECT_FALSE(advance.programme.empty());
    city.expect_whole();
}

TEST_P(Intake, an_option_makes_it_partial_and_one_line_is_split_at_a_time) {
    City city(GetParam());
    auto& road = city.road();
    const std::string two =
        "文号,年度,接收单位,金额(元),合计\n甲〔2023〕1号,2023,五原县,1,9\n甲〔2023〕2号,2023,"
        "五原县,1,9\n";
    ImportOptions options;
    options.area = kCity;
    options.is_partial = true;
    options.programme = "nothing";
    EXPECT_EQ(codes_of(import_documents(road, city.caller, two, options)),
              "budget.programme_unknown budget.programme_unknown");
    options.programme = "";
    const auto done = import_documents(road, city.caller, two, options);
    ASSERT_TRUE(done.refusals.empty()) << codes_of(done);
    EXPECT_EQ(done.registered.size(), 2U);
    EXPECT_EQ(*summary(done, 0).at("/verdict")->if_text(), "partial");
    options.parent = done.registered[0].allotments[0];
    const std::string more =
        "文号,年度,接收单位,金额(元)\n乙〔2023〕1号,2023,五原县,1\n乙〔2023〕2号,2023,五原县,1\n";
    EXPECT_EQ(codes_of(import_documents(road, city.caller, more, options)),
              "budget.one_document_to_split");
    options.parent = AllotmentId{5};
    EXPECT_EQ(codes_of(import_documents(road, city.caller, more, options)), "access.not_here");
}

/// Twenty faults and more, one a row, each a document of its own; only one is right.
constexpr const char* kFaults =
    "文号,年度,接收单位,金额,单位,合计,直达标识,资金来源,提前下达,成文日期,收文日期,区划代码,"
    "项目代码\n"
    "甲〔2023〕1号,2023,五原县,1O5,元,,,,,,,,\n"               // letter O
    "甲〔2023〕2号,2023,五原县,\"1,23\",元,,,,,,,,\n"          // broken thousands
    "甲〔2023〕3号,2023,五原县,12.345,元,,,,,,,,\n"            // a third decimal
    "甲〔2023〕4号,2023,五原县,99999999999999,亿元,,,,,,,,\n"  // beyond 2^53
    "甲〔2023〕5号,2023,五原县,-5,元,,,,,,,,\n"                // negative
    "甲〔2023〕6号,2023,五原县,5,,,,,,,,,\n"                   // no unit
    "甲〔2023〕7号,2023,五原县,5,公斤,,,,,,,,\n"               // another unit
    "甲〔2023〕8号,二三年,五原县,5,元,,,,,,,,\n"               // no year
    "甲〔2023〕9号,1023,五原县,5,元,,,,,,,,\n"                 // out of range
    ",2023,五原县,5,元,,,,,,,,\n"                              // no number
    "甲〔2023〕10号,2023,,5,元,,,,,,,,\n"                      // nobody receives
    "甲〔2023〕11号,2023,五原市,5,元,,,,,,,,\n"                // unknown place
    "甲〔2023〕12号,2023,福利院,5,元,,,,,,,,\n"                // fits several
    "甲〔2023〕13号,2023,五原县,5,元,,,,,,,15082,\n"           // no code
    "甲〔2023〕14号,2023,衡阳市,5,元,,,,,,,430400,\n"          // outside
    "甲〔2023〕15号,2023,五原县,5,元,,也许,,,,,,\n"            // mark
    "甲〔2023〕16号,2023,五原县,5,元,,,捐赠,,,,,\n"            // source
    "甲〔2023〕17号,2023,五原县,5,元,,,,可能,,,,\n"            // yes or no
    "甲〔2023〕18号,2023,五原县,5,元,,,,,2023-02-30,,,\n"      // no such day
    "甲〔2023〕19号,2023,五原县,5,元,五元,,,,,,,\n"            // total
    "甲〔2023〕20号,2023,五原县,5,元,10,,,,,,,\n"              // ↓ another total
    "甲〔2023〕20号,2023,临河区,5,元,11,,,,,,,\n"
    "甲〔2023〕21号,2023,五原县,5,元,10,,,,,,,\n"  // ↓ another year
    "甲〔2023〕21号,2022,临河区,5,元,10,,,,,,,\n"
    "甲〔2023〕22号,2023,五原县,5,元,,,,,,,,没有的项目\n"  // programme
    "甲〔2023〕23号,2023,五原县\u200B,5,元,,,,,,,,\n"      // invisible
    "甲〔2023〕24号,2023,五原县,5,元,,,,,,,,\n";

TEST_P(Intake, faults_come_back_as_sentences_all_at_once) {
    City city(GetParam());
    ImportOptions options;
    options.area = kCity;
    const auto outcome = import_documents(city.road(), city.caller, kFaults, options);
    EXPECT_TRUE(outcome.registered.empty());
    std::string said;
    std::set<std::string> codes;
    for (const auto& each : outcome.refusals) {
        codes.emplace(each.kind().code);
        said += std::string(each.kind().code) + "\n";
        for (const auto language : {Language::zh_cn, Language::en}) {
            EXPECT_TRUE(missing_values(each, language).empty()) << each.kind().code;
            const auto sentence = say(each, language);
            said += "  " + sentence.says + "\n    " + sentence.mend + "\n";
        }
    }
    EXPECT_GE(codes.size(), 20U);
    const std::string golden = "/test/golden/document_faults.txt";
    if (std::getenv("FENMING_WRITE_GOLDEN") != nullptr)
        std::ofstream(std::string(SOURCE_DIR) + golden, std::ios::binary) << said;
    EXPECT_EQ(said, file_text(golden));
    // The one that is right goes in when asked for; the others come back.
    options.accept_good = true;
    const auto good = import_documents(city.road(), city.caller, kFaults, options);
    ASSERT_EQ(good.registered.size(), 1U);
    EXPECT_EQ(city.document(good.registered[0].document).number, "甲〔2023〕24号");
    EXPECT_EQ(good.refusals.size(), outcome.refusals.size());
}

TEST(IntakeFile, what_is_no_table_is_refused_as_a_whole) {
    struct Case {
        const char* text;
        const char* code;
    };
    const Case cases[] = {
        {"", "sheet.header_not_found"},
        {"甲,乙\n1,2\n", "sheet.header_not_found"},
        {"文号,年度,接收单位\nx,2023,y\n", "sheet.column_missing"},
        {"文号,年度,接收单位,金 额数\nx,2023,y,5\n", "sheet.column_misspelt"},
        {"文号,发文文号,年度,金额\nx,x,2023,5\n", "sheet.column_twice"},
    };
    for (const auto& c : cases) {
        const auto file = read_documents(c.text, false);
        ASSERT_FALSE(file.problems.empty()) << c.text;
        EXPECT_EQ(file.problems[0].kind().code, c.code) << c.text;
        EXPECT_TRUE(file.documents.empty());
    }
}

// clang-format off
TEST(IntakeFile, marks_and_sources_are_read_from_many_words) {
    struct Case { const char* text; const char* fund; const char* mark; };
    const Case marks[] = {
        {"01中央直达资金", "", "direct"}, {"03 省级直达", "", "direct"}, {"是", "", "direct"}, {"直达", "", "direct"},
        {"追踪", "", "tracked"}, {"否", "", "none"}, {"", "", "none"}, {"", "中央直达资金", "direct"},
        {"也许", "", "budget.mark_unknown"},
    };
    for (const auto& c : marks) {
        const auto mark = read_mark(c.text, c.fund);
        EXPECT_EQ(mark ? stored(*mark) : code_of(mark), c.mark) << c.text << c.fund;
    }
    struct Origin { const char* text; const char* fund; Area area; const char* source; };
    const Origin sources[] = {
        {"中央", "", kCity, "central"}, {"省级", "", kCity, "province"}, {"自治区", "", kCity, "province"},
        {"市级", "", kCity, "city"},    {"县", "", kCity, "county"},     {"", "中央财政困难群众救助补助资金", kCity, "central"},
        {"", "省财政集中彩票公益金", kCity, "province"}, {"", "福利彩票公益金(市级分配)", Area{150000000000}, "city"},
        {"", "临时救助资金", Area{}, "central"}, {"", "临时救助资金", Area{150000000000}, "province"},
        {"", "临时救助资金", kCity, "city"},     {"", "临时救助资金", kWuyuan, "county"},
        {"捐赠", "", kCity, "budget.source_unknown"},
    };
    for (const auto& c : sources) {
        const auto source = read_source(c.text, c.fund, c.area);
        EXPECT_EQ(source ? stored(*source) : code_of(source), c.source) << c.text << c.fund;
    }
}
// clang-format on

}  // namespace
}  // namespace fenming::budget

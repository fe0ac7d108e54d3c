// Rosters as clerks bring them: everything wrong is said at once, each with its place and what to
// do; nothing, or the good rows when asked, is kept. FENMING_ACCEPT=1 rewrites the golden file.

#include <fstream>
#include <set>
#include <sstream>

#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Roster);

std::string said(const std::vector<Refusal>& errors) {
    std::string text;
    for (const auto& each : errors) {
        text += std::string(each.kind().code) + "\n";
        for (const auto language : {Language::zh_cn, Language::en}) {
            EXPECT_TRUE(missing_values(each, language).empty()) << each.kind().code;
            const auto sentence = say(each, language);
            EXPECT_FALSE(sentence.mend.empty()) << each.kind().code;
            text += "  " + sentence.says + "\n    " + sentence.mend + "\n";
        }
    }
    return text;
}
std::string codes(const RosterReport& report) {
    std::string text;
    for (const auto& each : report.errors)
        text += (text.empty() ? "" : " ") + std::to_string(each.place().row) + ":" + code_of(each);
    if (report.refusal) text += (text.empty() ? "!" : " !") + code_of(*report.refusal);
    return text;
}
/// Persons 0 to 2 with accounts, person 3 without one.
void register_four(Town& town) {
    auto options = town.options();
    options.period = *parse_period("2026-09");
    ASSERT_EQ(codes(town.import(town.roster(3, 10'000), options)), "");
    const auto report = town.import(
        "姓名,身份证号,金额(元)\n" + Town::name_of(3) + "," + Town::id_of(3) + ",1\n", options);
    ASSERT_EQ(codes(report), "2:account_missing");
    ASSERT_EQ(report.registered, 1);
}
std::size_t batches_in(Town& town) {
    return batches(town.w.road(), town.w.caller, {}, "", "", BatchId{INT64_MAX}, 100)->size();
}

/// One fault a row; only the last row is right.
std::string faulty() {
    const auto a = Town::id_of(0), n = Town::name_of(0), acc = Town::account_of(0);
    const auto row = [](const std::string& ref, const std::string& name, const std::string& id,
                        const std::string& account, const std::string& yuan,
                        const std::string& area = "", const std::string& more = "") {
        return ref + "," + name + "," + id + "," + account + "," + yuan + "," + area + more + "\n";
    };
    return "明细编号,姓名,身份证号,银行账号,金额(元),地区代码\n" +
           row("", n, a, acc, "1O0") +                            // letter O
           row("", n, a, acc, "\"1,23\"") +                       // broken thousands
           row("", n, a, acc, "12.345") +                         // a third decimal
           row("", n, a, acc, "99999999999999999") +              // beyond 2^53
           row("", n, a, acc, "0") +                              // nothing
           row("", n, a, acc, "-5") +                             // negative
           row("", n, a, acc, "") +                               // no amount
           row("", "", a, acc, "1") +                             // no name
           row("", n, "", acc, "1") +                             // no ID number
           row("", n, a + "0", acc, "1") +                        // 19 characters
           row("", n, "9.90101E+17", acc, "1") +                  // a spreadsheet rounded it
           row("", "王\xE2\x80\x8B测一", a, acc, "1") +           // invisible
           row("", std::string(61, 'W'), a, acc, "1") +           // too long
           row("", n, a, acc, "1", "99010") +                     // no area code
           row(a, n, a, acc, "1") +                               // the reference is the ID number
           row(std::string(41, '7'), n, a, acc, "1") +            // and one too long
           row("", n, a, acc, "1", "", ",1") +                    // a comma too many
           row("", Town::name_of(6), Town::id_of(6), acc, "1") +  // nobody knows him
           row("", "王侧一", a, acc, "1") +                       // another name
           row("", n, a, Town::account_of(1), "1") +              // another's account
           row("", Town::name_of(3), Town::id_of(3), "", "1") +   // has no account
           row("", n, "ABCDEFGHIJKLMNOPQR", acc, "1") +           // no ID number at all
           row("", n, a, "62A", "1") +                            // no account at all
           row("R-1", n, a, acc, "88.00", "990101001000");
}

TEST_P(Roster, twenty_faults_come_back_as_sentences_all_at_once) {
    Town town(GetParam());
    register_four(town);
    auto options = town.options();
    options.register_unknown = false;
    const auto before = batches_in(town);
    const auto report = town.import(faulty(), options);
    EXPECT_FALSE(report.batch);
    EXPECT_EQ(batches_in(town), before);
    EXPECT_EQ(report.rows, 24);
    EXPECT_EQ(report.accepted, 1);
    EXPECT_EQ(report.refused, 23);
    std::set<std::int64_t> rows;
    std::set<std::string> kinds;
    for (const auto& each : report.errors) {
        rows.insert(each.place().row);
        kinds.emplace(each.kind().code);
        EXPECT_FALSE(each.place().column.empty()) << each.kind().code;
    }
    EXPECT_EQ(rows.size(), 23U);
    EXPECT_GE(kinds.size(), 17U);
    const std::string path = SOURCE_DIR "/test/golden/roster_faults.txt";
    const auto text = said(report.errors);
    if (std::getenv("FENMING_ACCEPT") != nullptr) std::ofstream(path, std::ios::binary) << text;
    std::ostringstream golden;
    golden << std::ifstream(path, std::ios::binary).rdbuf();
    EXPECT_EQ(text, golden.str());

    // The one that is right goes in when asked for; the others come back the same.
    options.accept_good = true;
    const auto good = town.import(faulty(), options);
    EXPECT_TRUE(good.batch);
    EXPECT_EQ(good.total, Money::fen(8'800));
    EXPECT_EQ(said(good.errors), text);
    const auto posted = lines(town.w.road(), town.w.caller, good.batch, 0, "", 10);
    ASSERT_TRUE(posted);
    ASSERT_EQ(posted->size(), 1U);
    EXPECT_EQ(posted->front().reference, "R-1");
    town.expect_whole();
}

TEST_P(Roster, faults_of_new_persons_are_told_with_the_files_own_columns) {
    Town town(GetParam());
    auto wrong = Town::id_of(0);
    wrong.back() = wrong.back() == '1' ? '2' : '1';
    const std::string csv = "身份证号,户名,收款人,卡号,开户行,应发(元)\n" + wrong + ",," +
                            Town::name_of(0) + ",62,,1\n" + Town::id_of(1) + ",," +
                            Town::name_of(1) + "," + Town::account_of(1) + ",,2\n";
    const auto report = town.import(csv, town.options());
    EXPECT_EQ(codes(report), "2:registry.id_number_check_character 2:crypto.account_shape");
    ASSERT_EQ(report.errors.size(), 2U);
    EXPECT_EQ(report.errors[0].place().column, "A 身份证号");
    EXPECT_EQ(report.errors[1].place().column, "D 卡号");
    EXPECT_EQ(report.registered, 0);
    auto options = town.options();
    options.accept_good = true;
    const auto good = town.import(csv, options);
    EXPECT_EQ(good.registered, 1);
    EXPECT_EQ(good.total, Money::fen(200));
    EXPECT_TRUE(good.batch);
}

// One trip is enough: a row's faults do not hide each other, and are the same ones whether new
// persons are registered or not.
TEST_P(Roster, a_row_tells_all_that_is_wrong_with_it) {
    Town town(GetParam());
    register_four(town);
    auto wrong = Town::id_of(0);
    wrong.back() = wrong.back() == '1' ? '2' : '1';
    const std::string head = "明细编号,姓名,身份证号,银行账号,金额(元)\n";
    struct Case {
        std::string row;
        const char* codes;
    };
    const Case cases[] = {
        {"a*b,王测一," + wrong + ",62A,0",
         "2:registry.id_number_check_character 2:crypto.account_shape 2:amount_not_positive "
         "2:bad_reference"},
        {",王测一,990101,,x", "2:registry.id_number_length 2:base.money_not_a_number"},
        {",," + Town::id_of(0) + ",62A,",
         "2:sheet.cell_empty 2:crypto.account_shape "
         "2:sheet.cell_empty"},
        {",王侧一," + Town::id_of(0) + "," + Town::account_of(1) + ",0",
         "2:amount_not_positive 2:name_differs 2:account_unknown"},
        {",王侧一," + Town::id_of(3) + ",,0",
         "2:amount_not_positive 2:name_differs "
         "2:account_missing"},
        {",王侧一," + Town::id_of(0) + ",,1", "2:name_differs"},
    };
    for (const bool registers : {false, true}) {
        auto options = town.options();
        options.register_unknown = registers;
        for (const auto& c : cases) {
            const auto report = town.import(head + c.row + "\n", options);
            EXPECT_EQ(codes(report), c.codes) << c.row;
            EXPECT_EQ(report.accepted, 0);
            EXPECT_EQ(report.refused, 1);
        }
    }
    // Whom nobody knows is told beside a wrong amount, too; with --register he is no fault.
    auto options = town.options();
    const auto stranger = head + "," + Town::name_of(6) + "," + Town::id_of(6) + ",,0\n";
    EXPECT_EQ(codes(town.import(stranger, options)), "2:amount_not_positive");
    options.register_unknown = false;
    EXPECT_EQ(codes(town.import(stranger, options)), "2:amount_not_positive 2:unknown_person");
}

// What is wrong with the whole is told first, and nobody is registered for it.
TEST_P(Roster, a_wrong_programme_kind_or_area_is_told_before_the_rows_are_read) {
    Town town(GetParam());
    const auto csv = town.roster(2, 10'000);
    const auto with = [&](const char* programme, Kind kind, Area area) {
        auto options = town.options();
        options.programme = programme;
        options.kind = kind;
        options.area = area;
        return options;
    };
    const auto own = town.options();
    struct Case {
        RosterOptions options;
        const char* codes;
    };
    const Case cases[] = {
        {with("no-such", Kind::regular, own.area), "!unknown_programme"},
        {with(own.programme.c_str(), Kind::festival, own.area), "!needs_cause"},
        {with(own.programme.c_str(), Kind::regular, Area{990101009000}), "!registry.no_such_area"},
    };
    for (const auto& c : cases) {
        const auto report = town.import(csv, c.options);
        EXPECT_EQ(codes(report), c.codes);
        EXPECT_EQ(report.rows, 0);
        EXPECT_EQ(report.registered, 0);
    }
    EXPECT_EQ(town.import(csv, own).registered, 2) << "nobody was registered before";
}

TEST_P(Roster, a_dry_run_keeps_nothing) {
    Town town(GetParam());
    auto options = town.options();
    options.dry_run = true;
    const auto trial = town.import(town.roster(3, 10'000), options);
    EXPECT_EQ(codes(trial), "");
    EXPECT_FALSE(trial.batch);
    EXPECT_EQ(trial.accepted, 3);
    EXPECT_EQ(trial.total, Money::fen(30'000));
    EXPECT_EQ(batches_in(town), 0U);
    options.dry_run = false;
    options.register_unknown = false;
    EXPECT_EQ(codes(town.import(town.roster(3, 10'000), options)),
              "2:unknown_person 3:unknown_person 4:unknown_person");
    town.expect_whole();
}

TEST_P(Roster, the_same_file_twice_is_told) {
    Town town(GetParam());
    const auto csv = town.roster(2, 10'000);
    const auto first = town.import(csv, town.options());
    const auto again = town.import(csv, town.options());
    EXPECT_EQ(codes(again), "!imported_before");
    EXPECT_FALSE(again.batch);
    EXPECT_NE(say(*again.refusal, Language::zh_cn).says.find(std::to_string(first.batch.number)),
              std::string::npos);
    EXPECT_EQ(batches_in(town), 1U);
    // For another month it is another payment.
    auto options = town.options();
    options.period = *parse_period("2026-12");
    EXPECT_TRUE(town.import(csv, options).batch);
}

TEST_P(Roster, is_refused_as_a_whole) {
    Town town(GetParam());
    register_four(town);
    const auto good = town.roster(2, 10'000);
    const auto total = good + "合计,,,199.99\n";
    const auto with = [&](const char* programme, Kind kind, const char* cause) {
        auto options = town.options();
        options.programme = programme;
        options.kind = kind;
        options.cause = cause;
        return options;
    };
    // clang-format off
    struct Case { std::string csv; RosterOptions options; const char* codes; };
    const Case cases[] = {
        {"",              town.options(),                                "0:sheet.header_not_found !sheet.header_not_found"},
        {"姓名,金额\nx,1\n", town.options(),                             "1:sheet.column_missing !sheet.column_missing"},
        {good.substr(0, good.find('\n') + 1), town.options(),            "!no_lines"},
        // No sum of ours goes beyond what JSON numbers hold.
        {town.roster(1, kMaxFen) + Town::row(1, 1) + Town::row(2, 1), town.options(), "3:base.money_out_of_range 4:base.money_out_of_range"},
        {total,           town.options(),                                "0:roster_total"},
        {good,            with("no-such", Kind::regular, ""),            "!unknown_programme"},
        {good,            with("rural-dibao", Kind::festival, ""),       "!needs_cause"},
        {good,            with("rural-dibao", Kind::festival, "a b"),    "!bad_cause"},
    };
    // clang-format on
    for (const auto& c : cases) {
        const auto report = town.import(c.csv, c.options);
        EXPECT_EQ(codes(report), c.codes) << c.csv;
        EXPECT_FALSE(report.batch);
    }
}

TEST_P(Roster, a_cancelled_one_may_come_again) {
    Town town(GetParam());
    const auto csv = town.roster(2, 10'000);
    const auto first = town.import(csv, town.options());
    EXPECT_EQ(codes(town.import(csv, town.options())), "!imported_before");
    town.give(kMaker, CancelBatch{first.batch});
    const auto again = town.import(csv, town.options());
    EXPECT_TRUE(again.batch);
    EXPECT_EQ(codes(town.import(csv, town.options())), "!imported_before");
    town.expect_whole();
}

TEST_P(Roster, its_report_as_json_names_every_error_and_why_nothing_was_posted) {
    Town town(GetParam());
    register_four(town);
    auto options = town.options();
    options.accept_good = true;
    const auto csv = town.roster(1, 0) + town.roster(1, 10'000).substr(town.roster(0, 0).size());
    EXPECT_EQ(codes(town.import(csv, options)), "2:amount_not_positive");
    const auto report = town.import(csv, options);
    EXPECT_EQ(codes(report), "2:amount_not_positive !imported_before");
    const auto json = to_json(report, Language::zh_cn);
    const auto text = api::to_json(json);
    for (const auto* part :
         {"\"batch\":null", "\"rows\":2", "\"accepted\":1", "\"refused\":1", "\"row\":2",
          "\"column\":\"D 金额(元)\"", "\"code\":\"disbursement.amount_not_positive\"",
          "\"code\":\"disbursement.imported_before\"", "\"mend\":"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
}

}  // namespace
}  // namespace fenming::disbursement

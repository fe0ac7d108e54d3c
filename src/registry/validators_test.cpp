// Numbers: every row of the test data, every reason and warning, and what check characters catch.

#include "registry/validators.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <vector>

#include "base/text.h"
#include "registry/known_codes.h"

namespace fenming::registry {
namespace {

const Date kToday(std::chrono::year(2026) / 11 / 24);

std::string data_path(std::string_view name) {
    std::string path = SOURCE_DIR;
    path += "/test/data/";
    path += name;
    return path;
}

/// The rows of a csv of the test data, without its header; none of them quotes.
std::vector<std::vector<std::string>> rows_of(std::string_view name) {
    std::ifstream file(data_path(name));
    EXPECT_TRUE(file) << name;
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.ends_with('\r')) line.pop_back();
        rows.push_back(split(line, ','));
    }
    if (!rows.empty()) rows.erase(rows.begin());
    return rows;
}

/// "valid", or the reason; then the warnings. Proves that both languages can say them.
std::string told(const Verdict& verdict) {
    EXPECT_EQ(verdict.valid, !verdict.reason.has_value());
    std::vector<Refusal> all = verdict.warnings;
    if (verdict.reason) all.insert(all.begin(), *verdict.reason);
    std::string text = verdict.valid ? "valid" : "";
    for (const Refusal& each : all) {
        for (const Language language : {Language::zh_cn, Language::en})
            EXPECT_TRUE(missing_values(each, language).empty()) << each.kind().code;
        text += (text.empty() ? "" : " + ") + std::string(each.kind().code.substr(9));
    }
    return text;
}

TEST(IdNumber, FifteenDigitsBecomeEighteen) {
    const auto rows = rows_of("validators/id_number_15_to_18.csv");
    ASSERT_EQ(rows.size(), 62U);
    for (const auto& row : rows) {
        const auto old_form = check_id_number(row[0], kToday);
        const auto new_form = check_id_number(row[1], kToday);
        ASSERT_TRUE(old_form.valid && new_form.valid) << row[1].substr(0, 6);
        EXPECT_EQ(old_form.number, row[1]);
        EXPECT_EQ(new_form.number, row[1]);
        EXPECT_EQ(old_form.birth, new_form.birth);
        EXPECT_TRUE(told(old_form).starts_with("valid + id_number_old_form"));
    }
}

TEST(IdNumber, SaysBirthSexAgeAndArea) {
    const auto rows = rows_of("validators/id_number_derived_attributes.csv");
    ASSERT_EQ(rows.size(), 213U);
    const Date day(std::chrono::year(2026) / 1 / 1);
    for (const auto& row : rows) {
        const auto check = check_id_number(row[0], kToday);
        ASSERT_TRUE(check.valid) << row[1] << " " << row[2];
        EXPECT_EQ(check.area, row[1]);
        EXPECT_EQ(check.birth.text(), row[2]);
        EXPECT_EQ(check.is_male ? "男" : "女", row[3]) << row[2];
        EXPECT_EQ(std::to_string(age_at(check.birth, day)), row[4]) << row[2];
        EXPECT_NE(check.area_name, "") << row[1];
    }
}

// clang-format off
TEST(IdNumber, IsRefusedWithItsReason) {
    struct Case { const char* what; const char* text; const char* verdict; };
    const Case cases[] = {
        {"published example",      "11010519491231002X",          "valid"},
        {"another",                "440524188001010014",          "valid + id_number_area_historic + id_number_age"},
        {"small x, spaces",        " 110105 19491231 002x ",      "valid"},
        {"full width",             "１１０１０５１９４９１２３１００２Ｘ", "valid"},
        {"old form",               "110105491231002",             "valid + id_number_old_form"},
        {"area of the past",       "110103199001011002",          "valid + id_number_area_historic"},
        {"no such area",           "999999199001011000",          "valid + id_number_area_unknown"},
        {"empty",                  "",                            "id_number_length"},
        {"17",                     "11010519491231002",           "id_number_length"},
        {"19",                     "11010519491231002X1",         "id_number_length"},
        {"a letter",               "1101051949123100A2",          "id_number_characters"},
        {"X inside",               "1101051949123100X2",          "id_number_characters"},
        {"X in the old form",      "11010549123100X",             "id_number_characters"},
        {"Chinese characters",     "一一零一零五一九四九一二三一零零二八", "id_number_characters"},
        {"February 30",            "110105199002300024",          "id_number_birth_date"},
        {"month 13",               "110105199013010024",          "id_number_birth_date"},
        {"day 0",                  "110105199001000024",          "id_number_birth_date"},
        {"year 0",                 "110105000001010024",          "id_number_birth_date"},
        {"29 February 1900",       "110105190002290024",          "id_number_birth_date"},
        {"tomorrow",               "110105202611250026",          "id_number_birth_in_future"},
        {"wrong last",             "110105194912310021",          "id_number_check_character"},
        {"two changed places",     "11010519491213002X",          "id_number_check_character"},
    };
    for (const Case& each : cases) EXPECT_EQ(told(check_id_number(each.text, kToday)), each.verdict) << each.what;
}

TEST(IdNumber, AgeCountsBirthdays) {
    struct Case { int year; unsigned month; unsigned day; const char* on; int age; };
    const Case cases[] = {
        {1946, 11, 14, "2026-11-13", 79},
        {1946, 11, 14, "2026-11-14", 80},
        {1946, 11, 14, "2026-12-01", 80},
        {1946, 11, 14, "2026-10-31", 79},
        {2000,  2, 29, "2026-02-28", 25},
        {2000,  2, 29, "2026-03-01", 26},
        {2000,  2, 29, "2024-02-29", 24},
        {2026, 11, 24, "2026-11-24",  0},
        {2027,  1,  1, "2026-11-24", -1},
    };
    for (const Case& each : cases) {
        const Date birth(std::chrono::year(each.year) / static_cast<int>(each.month) / static_cast<int>(each.day));
        EXPECT_EQ(age_at(birth, *parse_date(each.on)), each.age) << birth.text() << " on " << each.on;
    }
}

TEST(CreditCode, IsRefusedWithItsReason) {
    struct Case { const char* what; const char* text; const char* verdict; };
    const Case cases[] = {
        {"published example",  "91350100M000100Y43",   "valid"},
        {"small letters",      "91350100m000100y43",   "valid"},
        {"full width, spaces", "９１３５０１００ Ｍ０００１００Ｙ４３", "valid"},
        {"other department",   "E1350100M000100Y4X",   "valid + credit_code_department"},
        {"17",                 "91350100M000100Y4",    "credit_code_length"},
        {"empty",              "",                     "credit_code_length"},
        {"the letter I",       "9135010IM000100Y43",   "credit_code_characters"},
        {"the letter O",       "91350100MO00100Y43",   "credit_code_characters"},
        {"a letter in the area", "9135010AM000100Y43", "credit_code_characters"},
        {"wrong last",         "91350100M000100Y44",   "credit_code_check_character"},
        {"two changed places", "91350100M001000Y43",   "credit_code_check_character"},
    };
    for (const Case& each : cases) EXPECT_EQ(told(check_credit_code(each.text)), each.verdict) << each.what;
    const auto check = check_credit_code("91350100M000100Y43");
    EXPECT_EQ(check.department, '9');
    EXPECT_EQ(check.area, "350100");
    EXPECT_EQ(check.organisation_code, "M000100Y4");
}

TEST(BankCard, WarnsAndSeldomRefuses) {
    struct Case { const char* what; const char* text; const char* verdict; const char* bank; };
    const Case cases[] = {
        {"published example",     "6222021234567890128",      "valid", "中国工商银行"},
        {"spaces and dashes",     "6222 0212-3456 7890 128",  "valid", "中国工商银行"},
        {"full width",            "６２２２０２１２３４５６７８９０１２８", "valid", "中国工商银行"},
        {"Luhn fails",            "6222021234567890129",      "valid + bank_card_check_digit", "中国工商银行"},
        {"unknown prefix",        "1111111111111117",         "valid", ""},
        {"two banks' prefix",     "6225160000000008",         "valid", ""},
        {"a passbook",            "430408001234567",          "valid + bank_card_unusual_length + bank_card_check_digit", ""},
        {"20 digits",             "62220212345678901287",     "valid + bank_card_unusual_length + bank_card_check_digit", ""},
        {"5 digits",              "12345",                    "bank_card_length", ""},
        {"empty",                 "",                         "bank_card_length", ""},
        {"33 digits",             "123456789012345678901234567890123", "bank_card_length", ""},
        {"a letter",              "622202123456789012A",      "bank_card_characters", ""},
    };
    for (const Case& each : cases) {
        const auto check = check_bank_card(each.text);
        EXPECT_EQ(told(check), each.verdict) << each.what;
        EXPECT_EQ(check.bank, each.bank) << each.what;
    }
}

TEST(Phone, KnowsMobileAndFixedNumbers) {
    struct Case { const char* what; const char* text; const char* verdict; const char* number; };
    const Case cases[] = {
        {"mobile",              "13800138000",         "valid", "13800138000"},
        {"with +86",            "+86 138-0013-8000",   "valid", "13800138000"},
        {"with 0086",           "008613800138000",     "valid", "13800138000"},
        {"fixed",               "0734-8866123",        "valid", "07348866123"},
        {"fixed, brackets",     "（010）８８８８６６６６", "valid", "01088886666"},
        {"fixed, 12 digits",    "0734-88661234",       "valid", "073488661234"},
        {"local",               "8866123",             "valid + phone_no_area_code", "8866123"},
        {"no such mobile",      "12800138000",         "phone_shape", ""},
        {"10 digits",           "1380013800",          "phone_shape", ""},
        {"12 digits",           "138001380001",        "phone_shape", ""},
        {"one digit",           "0",                   "phone_shape", ""},
        {"a name",              "张三",                "phone_characters", ""},
        {"two numbers",         "13800138000/8866123", "phone_characters", ""},
        {"empty",               "",                    "phone_characters", ""},
    };
    for (const Case& each : cases) {
        const auto check = check_phone(each.text);
        EXPECT_EQ(told(check), each.verdict) << each.what;
        EXPECT_EQ(check.number, each.number) << each.what;
    }
    EXPECT_TRUE(check_phone("13800138000").is_mobile);
    EXPECT_FALSE(check_phone("0734-8866123").is_mobile);
}
// clang-format on

/// What the rows of the list say of a number: the longest prefix of that length, if one bank has
/// it.
std::string bank_by_search(const std::vector<std::vector<std::string>>& rows,
                           const std::string& number) {
    std::size_t longest = 0;
    std::vector<std::string> banks;
    for (const auto& row : rows) {
        if (std::to_string(number.size()) != row[1] || !number.starts_with(row[0])) continue;
        if (row[0].size() > longest) banks.clear();
        longest = std::max(longest, row[0].size());
        if (row[0].size() == longest) banks.push_back(row[3]);
    }
    const bool is_one = !banks.empty() && std::ranges::count(banks, banks[0]) ==
                                              static_cast<std::ptrdiff_t>(banks.size());
    return is_one ? banks[0] : "";
}

TEST(BankCard, EveryPrefixOfTheListNamesItsBank) {
    const auto rows = rows_of("validators/bank_bin_bankcardinfo.csv");
    ASSERT_EQ(rows.size(), 1826U);
    std::size_t named = 0;
    for (const auto& row : rows) {
        std::string number = row[0];
        number.resize(static_cast<std::size_t>(*parse_int(row[1])) - 1, '7');
        number += bank_card_check_digit(number);
        const auto check = check_bank_card(number);
        EXPECT_EQ(check.bank, bank_by_search(rows, number)) << row[0];
        named += check.bank == row[3] ? 1 : 0;
        for (const Refusal& warning : check.warnings)
            EXPECT_EQ(warning.kind().code, kBankCardUnusualLength.code) << row[0];
    }
    EXPECT_GE(named, 1750U);  // the others are prefixes that several banks have
}

TEST(AreaCode, EveryCodeOfTheListIsKnown) {
    const auto rows = rows_of("regions/history_all_codes_ever_mumuy.csv");
    ASSERT_EQ(rows.size(), 7229U);
    for (const auto& row : rows) {
        const auto area = find_area_code(row[0]);
        ASSERT_TRUE(area) << row[0];
        EXPECT_EQ(area->name, row[1]) << row[0];
        EXPECT_EQ(area->is_current, row[2] == "1") << row[0];
    }
}

TEST(AreaCode, NamesStandWithTheirProvinceAndCity) {
    EXPECT_EQ(full_area_name("430408"), "湖南省衡阳市蒸湘区");
    EXPECT_EQ(full_area_name("110105"), "北京市朝阳区");
    EXPECT_EQ(full_area_name("430400"), "湖南省衡阳市");
    EXPECT_EQ(full_area_name("430000"), "湖南省");
    EXPECT_EQ(full_area_name("429004"), "湖北省仙桃市");
    EXPECT_EQ(full_area_name("999999"), "");
    EXPECT_FALSE(find_area_code("430499"));
    EXPECT_FALSE(find_area_code("000000"));
}

TEST(ValidationLine, SaysWhatTheNumberSays) {
    struct Case {
        const char* kind;
        const char* text;
        const char* facts;
    };
    const Case cases[] = {
        {"id-number", "11010519491231002x",
         "number=11010519491231002X birth=1949-12-31 sex=female age=76 area=110105 "
         "area_name=北京市朝阳区 "},
        {"credit-code", "91350100m000100y43",
         "number=91350100M000100Y43 department=9 area=350100 area_name=福建省福州市 "
         "organisation_code=M000100Y4 "},
        {"bank-card", "6222 0212 3456 7890 128",
         "number=6222021234567890128 bank=中国工商银行 card_type=debit "},
        {"bank-card", "1111111111111117", "number=1111111111111117 "},
        {"phone", "+8613800138000", "number=13800138000 sort=mobile "},
        {"phone", "0734-8866123", "number=07348866123 sort=fixed "},
        {"phone", "x", ""},
    };
    for (const Case& each : cases) {
        const auto kind = parse_validation_kind(each.kind);
        ASSERT_TRUE(kind) << each.kind;
        const ValidationLine line = validate_line(*kind, each.text, kToday);
        std::string facts;
        for (const auto& [name, value] : line.facts) {
            facts += name + "=" + value + " ";
            for (const Language language : {Language::zh_cn, Language::en})
                EXPECT_NE(words("registry.fact." + name, language), "");
        }
        EXPECT_EQ(facts, each.facts);
        EXPECT_EQ(line.text, each.text);
        EXPECT_EQ(line.verdict.valid, *each.facts != '\0');
        EXPECT_EQ(line.kind, *kind);
    }
    EXPECT_FALSE(parse_validation_kind("id_number"));
    for (const char* word : {"card_type.debit", "card_type.credit", "card_type.semi_credit",
                             "card_type.prepaid", "phone_sort.mobile", "phone_sort.fixed"})
        EXPECT_NE(words("registry." + std::string(word), Language::en), "");
}

/// Numbers that are valid but for what the tests do to them.
rc::Gen<std::string> any_id_number() {
    return rc::gen::map(
        rc::gen::tuple(rc::gen::element<std::string>("110105", "430408", "522131"),
                       rc::gen::inRange(1, 40000), rc::gen::inRange(0, 1000)),
        [](const std::tuple<std::string, int, int>& parts) {
            const auto& [area, day, sequence] = parts;
            std::string birth;
            for (const char c : add_days(Date(std::chrono::year(1915) / 1 / 1), day).text())
                if (c != '-') birth += c;
            std::string number = area + birth + std::to_string(1000 + sequence).substr(1);
            return number + id_number_check_character(number);
        });
}

rc::Gen<std::string> any_credit_code() {
    const auto letter = rc::gen::elementOf(std::string("0123456789ABCDEFGHJKLMNPQRTUWXY"));
    return rc::gen::map(rc::gen::container<std::string>(9, letter), [](const std::string& letters) {
        const std::string code = "91430408" + letters;
        return code + credit_code_check_character(code);
    });
}

/// Every string that differs from `number` in one character, or has two neighbours exchanged.
std::vector<std::string> slips_of(const std::string& number, std::string_view alphabet) {
    std::vector<std::string> slips;
    for (std::size_t i = 0; i < number.size(); ++i) {
        for (const char c : alphabet) {
            slips.push_back(number);
            slips.back()[i] = c;
        }
        if (i == 0) continue;
        slips.push_back(number);
        std::swap(slips.back()[i - 1], slips.back()[i]);
    }
    std::erase(slips, number);
    return slips;
}

RC_GTEST_PROP(IdNumberProperty, OneWrongDigitOrTwoExchangedAreCaught, ()) {
    const std::string number = *any_id_number();
    const Date after(std::chrono::year(2100) / 1 / 1);
    RC_ASSERT(check_id_number(number, after).valid);
    for (const std::string& slip : slips_of(number, "0123456789X"))
        RC_ASSERT(!check_id_number(slip, after).valid);
}

RC_GTEST_PROP(CreditCodeProperty, OneWrongCharacterOrTwoExchangedAreCaught, ()) {
    const std::string code = *any_credit_code();
    RC_ASSERT(check_credit_code(code).valid);
    for (const std::string& slip : slips_of(code, "0123456789ABCDEFGHJKLMNPQRTUWXY"))
        RC_ASSERT(!check_credit_code(slip).valid);
}

RC_GTEST_PROP(BankCardProperty, OneWrongDigitIsWarnedOf, ()) {
    const auto digit = rc::gen::elementOf(std::string("0123456789"));
    std::string number = "621700" + *rc::gen::container<std::string>(12, digit);
    number += bank_card_check_digit(number);
    RC_ASSERT(check_bank_card(number).warnings.empty());
    for (std::string slip : slips_of(number, "0123456789")) {
        // Luhn cannot tell 09 from 90.
        const auto at =
            static_cast<std::size_t>(std::ranges::mismatch(slip, number).in1 - slip.begin());
        const bool is_blind = at + 1 < slip.size() && slip[at] + slip[at + 1] == '0' + '9' &&
                              (slip[at] == '0' || slip[at] == '9') && slip[at] == number[at + 1] &&
                              slip[at + 1] == number[at];
        RC_ASSERT(check_bank_card(slip).warnings.empty() == is_blind);
    }
}

}  // namespace
}  // namespace fenming::registry

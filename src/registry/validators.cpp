// The rules of numbers: check characters, dates, lengths.

#include "registry/validators.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "base/check.h"
#include "base/text.h"
#include "registry/known_codes.h"

namespace fenming::registry {
namespace {

constexpr std::string_view kIdCharacters = "10X98765432";  // GB 11643, by rest
constexpr std::string_view kCreditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100
constexpr std::string_view kDepartments = "123456789ANY";
constexpr int kOldestEver = 120;  // years; older than that is most often a slip

bool is_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Half width, without spaces and `marks`, capital letters: what people type around a number.
std::string plain(std::string_view text, std::string_view marks) {
    std::string dense;
    for (const std::string& word : split(to_half_width(trim(text)), ' ')) dense += trim(word);
    for (const std::string_view space : {"\u3000", "\u00A0"})
        for (auto at = dense.find(space); at != std::string::npos; at = dense.find(space, at))
            dense.erase(at, space.size());
    std::string kept;
    for (const char c : dense) {
        if (marks.find(c) != std::string_view::npos) continue;
        kept += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return kept;
}

std::int64_t characters_in(std::string_view text) {
    return static_cast<std::int64_t>(length_in_characters(text));
}

Refusal showing(const RefusalKind& kind, std::string_view text) {
    return refusal(kind).personal("text", shown(text));
}

/// The day in 8 digits, if there is such a day.
std::optional<Date> day_of(std::string_view yyyymmdd) {
    const auto number = static_cast<unsigned>(*parse_int(yyyymmdd));
    const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number / 10000)),
                                          std::chrono::month(number / 100 % 100),
                                          std::chrono::day(number % 100)};
    if (number < 10000 || !day.ok()) return std::nullopt;
    return Date(day);
}

/// Why 18 or 15 plain characters are no ID number; completes 15 to 18 in `check.number`.
std::optional<Refusal> why_no_id_number(std::string text, Date today, IdNumberCheck& check) {
    const std::int64_t length = characters_in(text);
    if (length != 18 && length != 15) return refusal(kIdNumberLength).with("length", length);
    const bool has_letter = length == 18 && text.ends_with('X');
    if (has_invisible(text) || !is_digits(text.substr(0, text.size() - (has_letter ? 1 : 0))))
        return showing(kIdNumberCharacters, text);
    if (length == 15) {
        text.insert(6, "19");
        text += id_number_check_character(text);
    }
    const std::string birth = text.substr(6, 8);
    const auto day = day_of(birth);
    if (!day) return showing(kIdNumberBirthDate, birth);
    if (*day > today) return showing(kIdNumberBirthInFuture, birth).with("today", today.text());
    if (text[17] != id_number_check_character(std::string_view(text).substr(0, 17)))
        return refusal(kIdNumberCheckCharacter);
    check.number = text;
    check.birth = *day;
    return std::nullopt;
}

void warn_of_id_number(Date today, bool is_old_form, IdNumberCheck& check) {
    if (is_old_form) check.warnings.push_back(refusal(kIdNumberOldForm));
    const auto area = find_area_code(check.area);
    if (!area) {
        check.warnings.push_back(refusal(kIdNumberAreaUnknown).personal("area", check.area));
    } else if (!area->is_current) {
        check.warnings.push_back(refusal(kIdNumberAreaHistoric)
                                     .personal("area", check.area)
                                     .personal("name", check.area_name));
    }
    const int age = age_at(check.birth, today);
    if (age > kOldestEver)
        check.warnings.push_back(refusal(kIdNumberAge).personal("age", std::to_string(age)));
}

}  // namespace

char id_number_check_character(std::string_view first_17) {
    static constexpr std::array<int, 17> kWeights = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                     3, 7, 9,  10, 5, 8, 4, 2};
    check(first_17.size() == kWeights.size() && is_digits(first_17), "17 digits of an ID number");
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (first_17[i] - '0') * kWeights[i];
    return kIdCharacters[static_cast<std::size_t>(sum % 11)];
}

char credit_code_check_character(std::string_view first_17) {
    check(first_17.size() == 17, "17 characters of a credit code");
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (const char c : first_17) {
        const auto value = kCreditCharacters.find(c);
        check(value != std::string_view::npos, "a credit code holds no such character");
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return kCreditCharacters[(31 - sum % 31) % 31];
}

char bank_card_check_digit(std::string_view all_but_last) {
    check(is_digits(all_but_last), "a card number is digits");
    int sum = 0;
    bool is_doubled = true;
    for (std::size_t i = all_but_last.size(); i-- > 0; is_doubled = !is_doubled) {
        const int digit = (all_but_last[i] - '0') * (is_doubled ? 2 : 1);
        sum += digit / 10 + digit % 10;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

int age_at(Date birth, Date day) {
    const bool before_birthday =
        day.month() < birth.month() || (day.month() == birth.month() && day.day() < birth.day());
    return day.year() - birth.year() - (before_birthday ? 1 : 0);
}

IdNumberCheck check_id_number(std::string_view text, Date today) {
    IdNumberCheck check;
    const std::string number = plain(text, "");
    check.reason = why_no_id_number(number, today, check);
    check.valid = !check.reason;
    if (!check.valid) return check;
    check.is_male = (check.number[16] - '0') % 2 == 1;
    check.area = check.number.substr(0, 6);
    check.area_name = full_area_name(check.area);
    warn_of_id_number(today, number.size() == 15, check);
    return check;
}

CreditCodeCheck check_credit_code(std::string_view text) {
    CreditCodeCheck check;
    const std::string code = plain(text, "-");
    if (const std::int64_t length = characters_in(code); length != 18) {
        check.reason = refusal(kCreditCodeLength).with("length", length);
    } else if (code.find_first_not_of(kCreditCharacters) != std::string::npos ||
               !is_digits(code.substr(2, 6))) {
        check.reason = refusal(kCreditCodeCharacters).with("text", shown(code));
    } else if (code[17] != credit_code_check_character(std::string_view(code).substr(0, 17))) {
        check.reason = refusal(kCreditCodeCheckCharacter);
    }
    check.valid = !check.reason;
    if (!check.valid) return check;
    check.code = code;
    check.department = code[0];
    check.area = code.substr(2, 6);
    check.organisation_code = code.substr(8, 9);
    if (kDepartments.find(code[0]) == std::string_view::npos)
        check.warnings.push_back(refusal(kCreditCodeDepartment).with("text", code.substr(0, 1)));
    return check;
}

BankCardCheck check_bank_card(std::string_view text) {
    BankCardCheck check;
    const std::string number = plain(text, "-");
    const std::int64_t length = characters_in(number);
    if (!is_digits(number)) {
        check.reason = showing(kBankCardCharacters, number);
    } else if (length < 6 || length > 32) {
        check.reason = refusal(kBankCardLength).with("length", length);
    }
    check.valid = !check.reason;
    if (!check.valid) return check;
    check.number = number;
    if (const auto kind = find_card_kind(number)) {
        check.bank = kind->bank;
        check.letter = kind->letter;
    }
    if (length < 16 || length > 19)
        check.warnings.push_back(refusal(kBankCardUnusualLength).with("length", length));
    if (number.back() !=
        bank_card_check_digit(std::string_view(number).substr(0, number.size() - 1)))
        check.warnings.push_back(refusal(kBankCardCheckDigit));
    return check;
}

PhoneCheck check_phone(std::string_view text) {
    PhoneCheck check;
    std::string number = plain(text, "-()");
    const bool has_plus = number.starts_with("+86");
    if (has_plus || number.starts_with("0086")) number.erase(0, has_plus ? 3 : 4);
    if (number.empty() || !is_digits(number)) {
        check.reason = showing(kPhoneCharacters, number);
        return check;
    }
    const std::size_t length = number.size();
    check.is_mobile = length == 11 && number[0] == '1' && number[1] >= '3';
    // 010 and 02x have 8 digits behind them, the others 7 or 8.
    const bool is_fixed = number[0] == '0' && number[1] != '0' && length >= 10 && length <= 12;
    const bool is_local = (length == 7 || length == 8) && number[0] >= '2';
    check.valid = check.is_mobile || is_fixed || is_local;
    if (!check.valid) {
        check.reason = showing(kPhoneShape, number);
        return check;
    }
    check.number = number;
    if (is_local) check.warnings.push_back(refusal(kPhoneNoAreaCode));
    return check;
}

std::optional<ValidationKind> parse_validation_kind(std::string_view text) {
    if (text == "id-number") return ValidationKind::id_number;
    if (text == "credit-code") return ValidationKind::credit_code;
    if (text == "bank-card") return ValidationKind::bank_card;
    if (text == "phone") return ValidationKind::phone;
    return std::nullopt;
}

namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

std::string_view card_type(char letter) {
    switch (letter) {
        case 'D':
            return "debit";
        case 'C':
            return "credit";
        case 'S':
            return "semi_credit";
        case 'P':
            return "prepaid";
        default:
            bug("a card is of one of four types");
    }
}

Facts facts_of(const IdNumberCheck& check, Date today) {
    return {{"number", check.number},
            {"birth", check.birth.text()},
            {"sex", check.is_male ? "male" : "female"},
            {"age", std::to_string(age_at(check.birth, today))},
            {"area", check.area},
            {"area_name", check.area_name}};
}

Facts facts_of(const CreditCodeCheck& check) {
    return {{"number", check.code},
            {"department", std::string(1, check.department)},
            {"area", check.area},
            {"area_name", full_area_name(check.area)},
            {"organisation_code", check.organisation_code}};
}

Facts facts_of(const BankCardCheck& check) {
    Facts facts = {{"number", check.number}};
    if (check.bank.empty()) return facts;
    facts.emplace_back("bank", check.bank);
    facts.emplace_back("card_type", card_type(check.letter));
    return facts;
}

}  // namespace

ValidationLine validate_line(ValidationKind kind, std::string_view text, Date today) {
    ValidationLine line{kind, std::string(text), {}, {}};
    const auto take = [&line](auto check, auto&& facts) {
        if (check.valid) line.facts = facts(check);
        line.verdict = static_cast<Verdict&&>(check);
    };
    switch (kind) {
        case ValidationKind::id_number:
            take(check_id_number(text, today), [&](const auto& c) { return facts_of(c, today); });
            break;
        case ValidationKind::credit_code:
            take(check_credit_code(text), [](const auto& c) { return facts_of(c); });
            break;
        case ValidationKind::bank_card:
            take(check_bank_card(text), [](const auto& c) { return facts_of(c); });
            break;
        case ValidationKind::phone:
            take(check_phone(text), [](const PhoneCheck& c) {
                return Facts{{"number", c.number}, {"sort", c.is_mobile ? "mobile" : "fixed"}};
            });
            break;
    }
    return line;
}

}  // namespace fenming::registry

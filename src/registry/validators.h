#pragma once
// Whether a number can be what it says it is: citizens' ID numbers (R9.01), unified social credit
// codes (R9.02), bank cards (R9.04), telephone numbers. Pure: nothing is looked up outside the
// program. What is only unlikely is a warning; only what cannot be is refused.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace fenming::registry {

// Reasons why a number is refused. Texts that name a person are marked personal (S3).

/// An ID number has 18 or 15 characters, not `length`.
inline constexpr RefusalKind kIdNumberLength{"registry.id_number_length", 422};
/// `text` is not digits with, at the 18th place only, an X.
inline constexpr RefusalKind kIdNumberCharacters{"registry.id_number_characters", 422};
/// Its birth date, `text` as YYYYMMDD, is no day of the calendar.
inline constexpr RefusalKind kIdNumberBirthDate{"registry.id_number_birth_date", 422};
/// Its birth date `text` lies after `today`.
inline constexpr RefusalKind kIdNumberBirthInFuture{"registry.id_number_birth_in_future", 422};
/// The last character does not follow from the others: a digit is wrong, or two changed places.
inline constexpr RefusalKind kIdNumberCheckCharacter{"registry.id_number_check_character", 422};
/// A credit code has 18 characters, not `length`.
inline constexpr RefusalKind kCreditCodeLength{"registry.credit_code_length", 422};
/// `text` holds something else than digits and capital letters without I, O, S, V, Z.
inline constexpr RefusalKind kCreditCodeCharacters{"registry.credit_code_characters", 422};
/// The last character does not follow from the others.
inline constexpr RefusalKind kCreditCodeCheckCharacter{"registry.credit_code_check_character", 422};
/// `text` holds something else than digits.
inline constexpr RefusalKind kBankCardCharacters{"registry.bank_card_characters", 422};
/// No account has `length` digits: 6 to 32.
inline constexpr RefusalKind kBankCardLength{"registry.bank_card_length", 422};
/// `text` holds something else than digits and the marks people write between them.
inline constexpr RefusalKind kPhoneCharacters{"registry.phone_characters", 422};
/// `text` is neither a mobile number nor a fixed one.
inline constexpr RefusalKind kPhoneShape{"registry.phone_shape", 422};

// Warnings. They have words and mends like refusals, and stop nothing.

/// There never was an area `area`.
inline constexpr RefusalKind kIdNumberAreaUnknown{"registry.id_number_area_unknown", 422};
/// The area `area` was `name` and is not valid today: common, since a number is kept for life.
inline constexpr RefusalKind kIdNumberAreaHistoric{"registry.id_number_area_historic", 422};
/// A number of 15 digits, of the kind issued until 1999.
inline constexpr RefusalKind kIdNumberOldForm{"registry.id_number_old_form", 422};
/// It would make the person `age` years old.
inline constexpr RefusalKind kIdNumberAge{"registry.id_number_age", 422};
/// The first character `text` is no registering department that we know.
inline constexpr RefusalKind kCreditCodeDepartment{"registry.credit_code_department", 422};
/// The check digit fails (Luhn): a card is wrong; passbooks and some accounts never obey it.
inline constexpr RefusalKind kBankCardCheckDigit{"registry.bank_card_check_digit", 422};
/// `length` digits; cards have 16 to 19.
inline constexpr RefusalKind kBankCardUnusualLength{"registry.bank_card_unusual_length", 422};
/// A fixed number without its area code.
inline constexpr RefusalKind kPhoneNoAreaCode{"registry.phone_no_area_code", 422};

/// What every check finds. Valid, or a reason; warnings either way.
struct Verdict {
    bool valid = false;
    std::vector<Refusal> warnings;
    std::optional<Refusal> reason;  ///< set exactly when not valid
};

/// The members behind the verdict are set when it is valid.
struct IdNumberCheck : Verdict {
    std::string number;  ///< 18 characters, capital X; a 15-digit number completed
    Date birth;
    bool is_male = false;
    std::string area;       ///< 6 digits
    std::string area_name;  ///< 湖南省衡阳市蒸湘区; empty if unknown
};

/// Full width, spaces and a small x are accepted. `today` is what no birth date may lie after.
IdNumberCheck check_id_number(std::string_view text, Date today);

/// Full years of age on `day`: one more on every birthday; whoever was born on 29 February has his
/// on 1 March in common years. Negative before the birth.
int age_at(Date birth, Date day);

struct CreditCodeCheck : Verdict {
    std::string code;  ///< 18 characters, capital letters
    char department = '0';  ///< 1 staffing 机构编制, 5 civil affairs 民政, 9 market 市场监管 …
    std::string area;               ///< characters 3 to 8
    std::string organisation_code;  ///< characters 9 to 17
};
CreditCodeCheck check_credit_code(std::string_view text);

struct BankCardCheck : Verdict {
    std::string number;  ///< digits
    std::string bank;    ///< by its prefix; empty if unknown. The list is not complete
    char letter = ' ';   ///< with `bank`: D debit, C credit, S semi-credit, P prepaid
};
/// Spaces and dashes between the digits are accepted.
BankCardCheck check_bank_card(std::string_view text);

struct PhoneCheck : Verdict {
    std::string number;      ///< digits, without +86
    bool is_mobile = false;  ///< 11 digits from 1; else a fixed number
};
/// Spaces, dashes, brackets and a leading +86 or 0086 are accepted.
PhoneCheck check_phone(std::string_view text);

/// The check character of 17 characters of an ID number (GB 11643): '0'…'9' or 'X'.
char id_number_check_character(std::string_view first_17);
/// The check character of 17 characters of a credit code (GB 32100).
char credit_code_check_character(std::string_view first_17);
/// The digit that makes a card number obey Luhn.
char bank_card_check_digit(std::string_view all_but_last);

enum class ValidationKind { id_number, credit_code, bank_card, phone };

/// "id-number", "credit-code", "bank-card", "phone"; anything else is none.
std::optional<ValidationKind> parse_validation_kind(std::string_view text);

/// One line of `fenming validate` (E22): the verdict and what the number says, by name: number,
/// birth, sex (female, male), age, area, area_name · department, organisation_code · bank,
/// card_type · sort (mobile, fixed).
struct ValidationLine {
    ValidationKind kind = ValidationKind::id_number;
    std::string text;  ///< as given; personal
    Verdict verdict;
    std::vector<std::pair<std::string, std::string>> facts;  ///< empty unless valid
};
ValidationLine validate_line(ValidationKind kind, std::string_view text, Date today);

}  // namespace fenming::registry

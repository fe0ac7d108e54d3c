#pragma once
// Document numbers 文号 in one form, however they were typed. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fenming::policy {

/// Not read as issuer, year and number, nor as an order 令第N号 or notice 公告YYYY年第N号.
inline constexpr RefusalKind kNotADocumentNumber{"policy.not_a_document_number", 422};

/// What differs from the form 财社〔2022〕130号.
enum class NumberFlaw {
    other_brackets,   ///< (2022), ［2022］, 【2022】 …
    bracket_missing,  ///< 川财社〔2020165号, as governments print it
    no_brackets,      ///< 财社2022130号: the first four digits are taken for the year
    no_hao,           ///< the 号 is missing
};
constexpr std::array<std::string_view, 4> names_of(NumberFlaw) {
    return {"other_brackets", "bracket_missing", "no_brackets", "no_hao"};
}

struct DocumentNumber {
    std::string canonical;          ///< 财社〔2022〕130号
    std::string printed;            ///< as given, trimmed
    std::vector<NumberFlaw> flaws;  ///< a bracket that is missing or guessed wants a person's look
    /// The year was guessed: somebody must compare with the paper.
    [[nodiscard]] bool is_doubtful() const;
};

/// Full-width digits and letters become half-width, spaces go, a 第 before the number goes, zeros
/// at its front go; the year is 1949 to 2099. Equal documents have equal canonical forms.
Result<DocumentNumber> parse_document_number(std::string_view text);

}  // namespace fenming::policy

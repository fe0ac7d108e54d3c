#pragma once
// Canonical forms (S9): the one way of writing an ID number, a bank account, a name or a telephone
// number, so that equal things have equal blind indexes. The forms are fixed. A new form is a new
// label beside the old one, a new index root, and a re-indexing order: never a change here.

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace fenming::crypto {

inline constexpr RefusalKind kBrokenText{"crypto.broken_text", 422};
inline constexpr RefusalKind kInvisibleCharacter{"crypto.invisible_character", 422};
inline constexpr RefusalKind kPrivateCharacter{"crypto.private_character", 422};
inline constexpr RefusalKind kLooseMark{"crypto.loose_mark", 422};
inline constexpr RefusalKind kNameLength{"crypto.name_length", 422};
inline constexpr RefusalKind kIdNumberShape{"crypto.id_number_shape", 422};
inline constexpr RefusalKind kIdNumberCheckDigit{"crypto.id_number_check_digit", 422};
inline constexpr RefusalKind kAccountShape{"crypto.account_shape", 422};
inline constexpr RefusalKind kPhoneShape{"crypto.phone_shape", 422};

/// What can be looked up by its whole value. The label of its index key is "index/<field>/v1".
enum class IndexField { id_number, account, name, phone };
inline constexpr int kIndexFields = 4;

/// "id_number", "account", "name", "phone".
std::string_view index_field_text(IndexField field);

/// A value in its canonical form: only the functions below make one. Personal data.
class Canonical {
public:
    [[nodiscard]] IndexField field() const { return field_; }
    [[nodiscard]] const std::string& reveal() const { return text_; }

private:
    Canonical(IndexField field, std::string text) : field_(field), text_(std::move(text)) {}
    IndexField field_;
    std::string text_;

    friend Result<Canonical> canonical_id_number(std::string_view);
    friend Result<Canonical> canonical_account(std::string_view);
    friend Result<Canonical> canonical_name(std::string_view);
    friend Result<Canonical> canonical_phone(std::string_view);
};

/// A citizen's ID number (R9.01): 18 characters, the last a digit or an upper-case X. Full-width
/// characters become ASCII, spaces go, a 15-digit number gets its century 19 and its check digit.
/// Refused: another shape, a false check digit, invisible characters. The area and the birth date
/// are not judged: codes of old areas stay valid.
Result<Canonical> canonical_id_number(std::string_view text);

/// A bank account or card: 6 to 32 digits. Full-width digits become ASCII; spaces and dashes go.
Result<Canonical> canonical_account(std::string_view text);

/// A person's name, for comparing and finding; the name as written stays beside it in its own cell.
///   - in NFC, as far as names in China need it: CJK compatibility ideographs, Latin letters with
///     marks, the Arabic letters with hamza or madda. A mark that joins with nothing is refused;
///   - the 24 private-use code points of GB 18030-2000 and -2005 become today's (U+E81E → U+9FB4);
///     any other private-use character, U+FFFD and non-characters are refused;
///   - full-width ASCII becomes ASCII; the dots people type in long names become U+00B7;
///   - spaces go at the ends, beside a dot, and beside a Chinese character ("王　伟"); between
///     Latin words one stays;
///   - control, zero-width and bidirectional characters are refused;
///   - 1 to 100 characters are left.
Result<Canonical> canonical_name(std::string_view text);

/// A telephone number: digits. Spaces, dashes and brackets go, and so do +86, 0086 and a bare 86
/// before a mobile number. Left is a mobile number (11 digits from 1), a fixed one with its area
/// code (10 to 12 digits from 0) or a local one (7 or 8 digits).
Result<Canonical> canonical_phone(std::string_view text);

/// The check character of the first 17 digits of an ID number (GB 11643): '0'…'9' or 'X'.
char id_check_character(std::string_view first_17_digits);

}  // namespace fenming::crypto

#pragma once
// Lists of codes that others publish: area codes of all times, prefixes of bank cards. They say
// what a number probably means; that a code is missing is a warning and never a refusal (R9.01,
// R9.04).

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fenming::registry {

/// A 6-digit area code (GB/T 2260), of today or of the past.
struct AreaCode {
    std::string_view name;    ///< its own: 蒸湘区
    bool is_current = false;  ///< valid in April 2026
};

/// None if there never was such a code. `code6` must have 6 digits.
std::optional<AreaCode> find_area_code(std::string_view code6);

/// "湖南省衡阳市蒸湘区": with the names of its province and city, as far as they are known and say
/// something (市辖区 does not). Empty for an unknown code.
std::string full_area_name(std::string_view code6);

/// What the prefix of a card says.
struct CardKind {
    std::string_view bank;
    char letter = 'D';  ///< D debit, C credit, S semi-credit, P prepaid
};

/// The longest known prefix of cards with so many digits. None if no bank, or more than one, has
/// it.
std::optional<CardKind> find_card_kind(std::string_view digits);

// The tables; see the generated files for their form.
std::span<const std::string_view> areas_11_37();
std::span<const std::string_view> areas_41_83();
std::span<const std::string_view> bins_by_bank();

}  // namespace fenming::registry

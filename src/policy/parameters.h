#pragma once
// What may be set, of which type, in which range, and what holds while nobody has set it. Every
// number that the law leaves to a place stands here (R0.3); its values stand in the store. Pure.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fenming::policy {

inline constexpr RefusalKind kUnknownParameter{"policy.unknown_parameter", 422};
inline constexpr RefusalKind kParameterValue{"policy.parameter_value", 422};
inline constexpr RefusalKind kParameterRange{"policy.parameter_range", 422};
inline constexpr RefusalKind kParameterChoice{"policy.parameter_choice", 422};
/// It holds for a place as a whole, not by programme; or it must name one.
inline constexpr RefusalKind kParameterProgramme{"policy.parameter_programme", 422};

enum class ParameterType {
    number,  ///< a whole number
    fen,     ///< an amount; the value is written in fen
    ratio,   ///< basis points, 1/10,000
    days,    ///< calendar or working days, as the name says
    text,
    choice,   ///< one of the words in `choices`
    choices,  ///< several of them, with commas between, in the order of `choices`
};

enum class ByProgramme { never, may, must };

struct ParameterDefinition {
    std::string_view name;  ///< capability.words
    ParameterType type;
    std::string_view standard;  ///< what holds while nobody has set it; "" = must be set
    std::int64_t least;         ///< of number, fen, ratio, days
    std::int64_t greatest;
    std::string_view choices;  ///< words, spaces between
    ByProgramme by_programme;
    std::string_view rule;  ///< where it comes from
    std::string_view meaning_zh;
    std::string_view meaning_en;
};

/// Every parameter, by name.
std::span<const ParameterDefinition> parameter_definitions();
/// Refuses an unknown name with the closest one there is.
Result<const ParameterDefinition*> find_definition(std::string_view name);

/// The value in its one written form ("007" → "7"), if it is of the type and in the range.
Result<std::string> read_value(const ParameterDefinition& definition, std::string_view text);

}  // namespace fenming::policy

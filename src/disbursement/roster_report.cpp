// What became of a roster, as JSON.

#include <algorithm>

#include "disbursement/roster.h"

namespace fenming::disbursement {

api::Value error_json(const Refusal& refusal, Language language) {
    const auto sentence = say(refusal, language);
    std::string value;
    for (const auto& each : refusal.values())
        if (each.name == "text" && std::holds_alternative<std::string>(each.value))
            value = std::get<std::string>(each.value);
    return api::Object{{"sheet", refusal.place().sheet},
                       {"row", refusal.place().row},
                       {"column", refusal.place().column},
                       {"value", value},
                       {"code", std::string(refusal.kind().code)},
                       {"message", sentence.says},
                       {"mend", sentence.mend}};
}

api::Value to_json(const RosterReport& report, Language language) {
    api::Array errors;
    // What made the file unreadable stands among the errors already.
    const auto is_told = [&](const Refusal& why) {
        return std::ranges::any_of(report.errors, [&](const Refusal& each) {
            return each.kind().code == why.kind().code;
        });
    };
    if (report.refusal && !is_told(*report.refusal))
        errors.push_back(error_json(*report.refusal, language));
    for (const auto& error : report.errors) errors.push_back(error_json(error, language));
    api::Array warnings;
    for (const auto& column : report.extra_columns)
        warnings.push_back(api::Object{{"code", "sheet.extra_column"}, {"column", column}});
    api::Value batch;
    if (report.batch) batch = std::to_string(report.batch.number);
    return api::Object{{"batch", batch},
                       {"rows", report.rows},
                       {"accepted", report.accepted},
                       {"refused", report.refused},
                       {"registered", report.registered},
                       {"total_fen", report.total.in_fen()},
                       {"errors", std::move(errors)},
                       {"errors_left_out", report.errors_left_out},
                       {"warnings", std::move(warnings)}};
}

}  // namespace fenming::disbursement

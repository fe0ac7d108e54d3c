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

std::vector<const Refusal*> faults_of(const RosterReport& report) {
    std::vector<const Refusal*> all;
    // What made the file unreadable stands among the errors already.
    const bool is_told =
        report.refusal && std::ranges::any_of(report.errors, [&](const Refusal& each) {
            return each.kind().code == report.refusal->kind().code;
        });
    if (report.refusal && !is_told) all.push_back(&*report.refusal);
    for (const auto& error : report.errors) all.push_back(&error);
    return all;
}

api::Object counts_of(const RosterReport& report) {
    api::Value batch;
    if (report.batch) batch = std::to_string(report.batch.number);
    return {{"batch", batch},
            {"rows", report.rows},
            {"accepted", report.accepted},
            {"refused", report.refused},
            {"registered", report.registered},
            {"total_fen", report.total.in_fen()},
            {"errors_left_out", report.errors_left_out}};
}

api::Value to_json(const RosterReport& report, Language language) {
    api::Array errors;
    for (const auto* fault : faults_of(report)) errors.push_back(error_json(*fault, language));
    api::Array warnings;
    for (const auto& column : report.extra_columns)
        warnings.push_back(api::Object{
            {"code", "disbursement.extra_column"},
            {"column", column},
            {"message",
             fill(words("disbursement.extra_column", language), {{"column", column}}, language)}});
    auto answer = counts_of(report);
    answer.set("errors", std::move(errors));
    answer.set("warnings", std::move(warnings));
    return answer;
}

}  // namespace fenming::disbursement

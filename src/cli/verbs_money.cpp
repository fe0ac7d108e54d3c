// Verbs on issuing documents and opening entries.

#include "budget/intake.h"
#include "budget/opening_intake.h"
#include "cli/verbs.h"
#include "disbursement/roster.h"

namespace fenming::cli {
namespace {

int report(const Common& common, api::Object value, const std::vector<Refusal>& refusals) {
    api::Array errors;
    for (const auto& each : refusals)
        errors.push_back(disbursement::error_json(each, common.language));
    value.set("errors", std::move(errors));
    print(common, api::Value(std::move(value)));
    return refusals.empty() ? kAllDone : kSomethingRefused;
}

}  // namespace

int import_documents(const Common& common, const DocumentsWanted& wanted) {
    auto program = Program::open(common, Need::ready);
    if (!program) return refused(common, program.error());
    const auto outcome = [&]() -> Result<budget::ImportOutcome> {
        const auto caller = TRY((*program)->caller());
        budget::ImportOptions options;
        options.dry_run = wanted.dry_run;
        options.is_partial = wanted.partial;
        options.accept_good = wanted.accept_good;
        if (!wanted.area.empty()) options.area = TRY(parse_area(wanted.area));
        options.programme = wanted.programme;
        return budget::import_documents((*program)->road(), caller, TRY(read_file(wanted.file)),
                                        options);
    }();
    if (!outcome) return refused(common, outcome.error());
    const auto* value = outcome->value.if_object();
    return report(common, value != nullptr ? *value : api::Object{}, outcome->refusals);
}

int import_opening(const Common& common, const OpeningWanted& wanted) {
    auto program = Program::open(common, Need::ready);
    if (!program) return refused(common, program.error());
    const auto outcome = [&]() -> Result<budget::OpeningOutcome> {
        const auto caller = TRY((*program)->person());
        budget::OpeningOptions options;
        options.dry_run = wanted.dry_run;
        options.area = TRY(parse_area(wanted.area));
        options.as_at = TRY(parse_date(wanted.as_at));
        return budget::opening_import((*program)->road(), caller, TRY(read_file(wanted.file)),
                                      options);
    }();
    if (!outcome) return refused(common, outcome.error());
    api::Value opening;
    if (outcome->opening) opening = api::to_value(*outcome->opening);
    return report(common, api::Object{{"opening", std::move(opening)}}, outcome->refusals);
}

}  // namespace fenming::cli

// Verbs on issuing documents and opening entries.

#include <iostream>

#include "budget/intake.h"
#include "budget/opening_intake.h"
#include "budget/opening_lists.h"
#include "cli/arguments.h"
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

/// A document that waits, or is off by rounding, is no refusal and does not change the exit code
/// (E22, P18, E23), but whoever reads no JSON has to hear of it.
void tell_differences(const api::Value& outcome) {
    for (const auto& each : *outcome.at("/documents")->if_array()) {
        const auto* says = each.at("/says");
        if (says != nullptr) std::cerr << *says->if_text() << "\n";
        if (const auto* mend = each.at("/mend")) std::cerr << *mend->if_text() << "\n";
    }
}

}  // namespace

int import_documents(const Common& common, const DocumentsWanted& wanted) {
    auto program = Program::open(common, Need::existing);
    if (!program) return refused(common, program.error());
    const auto outcome = [&]() -> Result<budget::ImportOutcome> {
        const auto caller = TRY((*program)->caller());
        budget::ImportOptions options;
        options.dry_run = wanted.dry_run;
        options.is_partial = wanted.partial;
        options.language = common.language;
        options.accept_good = wanted.accept_good;
        if (!wanted.area.empty()) options.area = TRY(parse_area(wanted.area));
        options.programme = wanted.programme;
        if (!wanted.parent.empty()) options.parent = TRY(id_of<AllotmentId>(wanted.parent));
        return budget::import_documents((*program)->road(), caller, TRY(read_file(wanted.file)),
                                        options);
    }();
    if (!outcome) return refused(common, outcome.error());
    tell_differences(outcome->value);
    const auto* value = outcome->value.if_object();
    return report(common, value != nullptr ? *value : api::Object{}, outcome->refusals);
}

int import_opening(const Common& common, const OpeningWanted& wanted) {
    auto program = Program::open(common, Need::existing);
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

int opening_act(const Common& common, const std::string& verb, const std::string& text,
                const std::string& treasury) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto id = TRY(id_of<budget::OpeningId>(text));
        if (verb == "confirm")
            return give(p, budget::ConfirmOpening{id, TRY(parse_money(treasury, MoneyUnit::yuan))});
        if (verb == "sign-off") return give(p, budget::SignOffOpening{id});
        return road::look(p.road(), TRY(p.caller()), "budget.read", {},
                          [&](store::Tx& tx, const Scope& scope) -> Result<api::Value> {
                              const auto row = budget::find_opening(tx, scope, id);
                              if (!row) return refuse(access::kNotHere);
                              auto value = api::to_value(*row);
                              api::Array lines;
                              for (const auto& line : budget::opening_lines(
                                       tx, scope, id, 0, static_cast<int>(budget::kMostItems)))
                                  lines.push_back(api::to_value(line));
                              value.if_object()->set("lines", std::move(lines));
                              return value;
                          });
    });
}

}  // namespace fenming::cli

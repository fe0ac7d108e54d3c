// Rosters and checks as jobs.

#include "disbursement/jobs.h"

#include "api/json.h"
#include "api/negotiate.h"
#include "crypto/frame.h"
#include "disbursement/checks.h"
#include "disbursement/desk.h"

namespace fenming::disbursement {
namespace {

constexpr std::string_view kRosterJob = "disbursement.import_roster";
constexpr std::string_view kCheckJob = "disbursement.check_batch";

/// What a roster's job is told. No personal data: `file` is a random name.
struct RosterInput {
    Area area;
    std::string programme;
    Period period;
    Kind kind = Kind::regular;
    std::string cause;
    bool register_unknown = false;
    bool accept_good = false;
    bool dry_run = false;
    std::string language;
    std::string file;
    static constexpr auto fields = std::make_tuple(
        field("area", &RosterInput::area), field("programme", &RosterInput::programme),
        field("period", &RosterInput::period), field("kind", &RosterInput::kind),
        field("cause", &RosterInput::cause), field("register", &RosterInput::register_unknown),
        field("accept_good", &RosterInput::accept_good), field("dry_run", &RosterInput::dry_run),
        field("language", &RosterInput::language), field("file", &RosterInput::file));
};
struct CheckInput {
    BatchId batch;
    static constexpr auto fields = std::make_tuple(field("batch", &CheckInput::batch));
};

RosterInput input_of(const RosterOptions& options, Language language) {
    return {options.area,
            options.programme,
            options.period,
            options.kind,
            options.cause,
            options.register_unknown,
            options.accept_good,
            options.dry_run,
            std::string(api::language_tag(language)),
            ""};
}

/// A refusal without what somebody wrote: code, place, and the values that name nobody.
api::Value bare(const Refusal& refusal) {
    return api::Object{{"row", refusal.place().row},
                       {"column", refusal.place().column},
                       {"code", std::string(refusal.kind().code)},
                       {"values", road::values_of(refusal)}};
}

api::Object answer_of(const RosterReport& report) {
    api::Array errors;
    for (const auto* fault : faults_of(report)) errors.push_back(bare(*fault));
    auto answer = counts_of(report);
    answer.set("errors", std::move(errors));
    return answer;
}

Result<api::Value> roster_work(road::JobDesk& desk, const api::Value& value) {
    const auto input = TRY(api::from_value<RosterInput>(value));
    const auto language = api::negotiate(input.language);
    const RosterOptions options{input.area,        input.programme, input.period,
                                input.kind,        input.cause,     input.register_unknown,
                                input.accept_good, input.dry_run,   desk.order_key()};
    const auto& files = desk.road.files();
    const auto bytes = files.get(input.file);
    const auto report =
        import_roster(desk.road, desk.caller, text_of(bytes), options,
                      [&](std::int64_t done, std::int64_t total) { desk.progress(done, total); });
    desk.is_refused = !report.batch && !options.dry_run;
    auto answer = answer_of(report);
    std::string file;
    if (report.refusal || !report.errors.empty() || !report.extra_columns.empty())
        file =
            files.put(bytes_of(api::to_json(to_json(report, language))), input.area.county().code)
                .public_id();
    answer.set("errors_file", file);
    return api::Value(std::move(answer));
}

Result<api::Value> check_work(road::JobDesk& desk, const api::Value& value) {
    const auto input = TRY(api::from_value<CheckInput>(value));
    desk.progress(1, 1);  // the last moment at which it can be cancelled
    return api::to_value(TRY(road::carry_out(desk.road, desk.caller, CheckBatch{input.batch, 0},
                                             {desk.order_key(), false})));
}

/// The same roster asked for in the same way has the same digest.
road::JobCall call_of(const road::Road& road, const RosterOptions& options,
                      const RosterInput& input, std::string_view bytes) {
    if (options.key.empty()) return {};
    return {options.key, road.keys()
                             .mac(crypto::MacLabel::idempotency)
                             .mac(crypto::Frame("fenming/roster-job/v1")
                                      .add(api::to_json(api::to_value(input)))
                                      .add(bytes)
                                      .view())};
}

/// Who may not import learns it before anything of his is kept.
Result<Done> may_import(road::Road& road, const road::Caller& caller, Area area) {
    return road::look(road, caller, ImportBatch::type.permission, area,
                      [](store::Tx&, const Scope&) -> Result<Done> { return Done{}; });
}

std::string keep(const road::Road& road, std::string_view bytes, Area area) {
    return road.files().put(bytes_of(bytes), area.county().code).public_id();
}

}  // namespace

std::vector<road::JobKind> job_kinds() {
    return {{std::string(kRosterJob), std::string(ImportBatch::type.permission), roster_work},
            {std::string(kCheckJob), std::string(CheckBatch::type.permission), check_work}};
}

Result<JobId> start_roster(road::Road& road, road::Jobs& jobs, const road::Caller& caller,
                           std::string_view bytes, const RosterOptions& options,
                           Language language) {
    TRY(may_import(road, caller, options.area));
    auto input = input_of(options, language);
    const auto call = call_of(road, options, input, bytes);
    if (const auto before = TRY(jobs.started_before(caller, kRosterJob, call))) return *before;
    input.file = keep(road, bytes, options.area);
    return jobs.start(caller, kRosterJob, options.area, api::to_value(input), call);
}

Result<api::Value> run_roster(road::Road& road, road::Jobs& jobs, const road::Caller& caller,
                              std::string_view bytes, const RosterOptions& options,
                              Language language, const Shown& shown) {
    TRY(may_import(road, caller, options.area));
    auto input = input_of(options, language);
    const auto call = call_of(road, options, input, bytes);
    if (!TRY(jobs.started_before(caller, kRosterJob, call)))
        input.file = keep(road, bytes, options.area);
    auto answer =
        TRY(jobs.run_now(caller, kRosterJob, options.area, api::to_value(input), shown, call));
    auto& object = *answer.if_object();
    const auto file = *object.find("errors_file")->if_text();
    if (!file.empty())
        return api::parse_json(text_of(road.files().get(file)), {.bytes = 64U << 20U});
    api::Object report;
    for (const auto& member : object.members())
        if (member.name != "errors_file") report.set(member.name, member.value);
    report.set("warnings", api::Array{});
    return api::Value(std::move(report));
}

Result<api::Value> run_check(road::Road& road, road::Jobs& jobs, const road::Caller& caller,
                             BatchId batch, const Shown& shown) {
    const auto area = TRY(road::look(
        road, caller, CheckBatch::type.permission, {},
        [&](store::Tx& tx, const Scope&) -> Result<Area> { return area_of_batch(tx, batch); }));
    return jobs.run_now(caller, kCheckJob, area, api::to_value(CheckInput{batch}), shown);
}

}  // namespace fenming::disbursement

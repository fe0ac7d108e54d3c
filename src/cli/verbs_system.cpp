// Verbs on the installation: migrate, keys, verify, jobs, values, sessions, the journal.

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "api/openapi.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/bar.h"
#include "cli/routes.h"
#include "cli/token.h"
#include "cli/verbs.h"
#include "cli/verify.h"
#include "ledger/export.h"
#include "registry/validators.h"

namespace fenming::cli {
namespace {

inline constexpr RefusalKind kNoSuchKind{"cli.no_such_kind", 422};
inline constexpr RefusalKind kNoSuchFormat{"cli.no_such_format", 422};

constexpr std::string_view kVersion = FENMING_VERSION;

/// A job with its answer as JSON, not as a text of JSON.
api::Value shown(const road::JobRow& row) {
    auto value = api::to_value(row);
    if (auto output = api::parse_json(row.output))
        value.if_object()->set("output", std::move(*output));
    return value;
}

}  // namespace

int migrate(const Common& common) {
    auto program = Program::open(common, Need::migration);
    if (!program) return refused(common, program.error());
    api::Array done;
    for (const auto& each : (*program)->migrated())
        done.push_back(api::Object{{"number", each.number}, {"name", each.name}});
    print(common,
          api::Object{{"database", (*program)->database().name()}, {"applied", std::move(done)}});
    return kAllDone;
}

int verify(const Common& common) {
    return with_program(
        common,
        [&](Program& p) -> Result<api::Value> {
            const auto caller = TRY(p.caller());
            Bar bar(words("cli.verifying", common.language));
            return p.jobs().run_now(caller, kVerifyJob, {}, verify_input(common.language),
                                    bar.report());
        },
        [](const api::Value& report) {
            return *report.at("/ok")->if_bool() ? kAllDone : kSomethingRefused;
        });
}

int validate(const Common& common, const std::string& kind_text) {
    const auto kind = registry::parse_validation_kind(kind_text);
    if (!kind) return refused(common, refusal(kNoSuchKind).with("kind", kind_text));
    const auto today = SystemClock().today();
    bool all_valid = true;
    std::string line;
    while (std::getline(std::cin, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (trim(line).empty()) continue;
        const auto checked = registry::validate_line(*kind, line, today);
        all_valid = all_valid && checked.verdict.valid;
        api::Array warnings;
        for (const auto& warning : checked.verdict.warnings)
            warnings.emplace_back(say(warning, common.language).says);
        api::Value reason;
        if (checked.verdict.reason) reason = say(*checked.verdict.reason, common.language).says;
        api::Object facts;
        for (const auto& [name, value] : checked.facts) facts.set(name, value);
        std::cout << api::to_json(api::Object{{"value", checked.text},
                                              {"valid", checked.verdict.valid},
                                              {"warnings", std::move(warnings)},
                                              {"reason", std::move(reason)},
                                              {"facts", std::move(facts)}})
                  << "\n";
    }
    return all_valid ? kAllDone : kSomethingRefused;
}

int key_init(const Common& common) {
    const auto path = key_path(common);
    if (const auto made = crypto::FileKeyStore::create(path, SystemClock().now()); !made)
        return refused(common, made.error());
    print(common, api::Object{{"keys", path}});
    return kAllDone;
}

int key_list(const Common& common) {
    api::Array rows;
    for (const auto& key : crypto::FileKeyStore::list(key_path(common)))
        rows.push_back(api::Object{{"kind", key.kind},
                                   {"id", key.id.text()},
                                   {"created", beijing_text(key.created)},
                                   {"current", key.is_current}});
    print(common, api::Object{{"keys", std::move(rows)}});
    return kAllDone;
}

int openapi(const Common& common) {
    // Routes are those of a program, and a program has a database: one that nobody sees.
    std::string folder = std::filesystem::temp_directory_path() / "fenming-openapi-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) throw Fault("no temporary folder can be made");
    const auto code = [&] {
        Common aside;
        aside.db = "sqlite:" + folder + "/x.db";
        aside.language = common.language;
        aside.quiet = true;
        auto program = Program::open(aside, Need::ready);
        if (!program) return refused(common, program.error());
        std::cout << api::to_indented_json(api::openapi(all_routes(**program), kVersion)) << "\n";
        return kAllDone;
    }();
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    return code;
}

int job_list(const Common& common, const ListWanted& list) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.caller());
        const auto before = TRY(before_of<JobId>(list.after));
        api::Array jobs;
        for (const auto& row : TRY(p.jobs().list(caller, before, list.limit + 1)))
            jobs.push_back(shown(row));
        return api::Value(api::Object{{"jobs", page_of(common, std::move(jobs), list.limit)}});
    });
}

int job_show(const Common& common, const std::string& id) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.caller());
        const auto job = TRY(id_of<JobId>(id));
        return shown(TRY(p.jobs().find(caller, job)));
    });
}

int job_cancel(const Common& common, const std::string& id) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.caller());
        const auto job = TRY(id_of<JobId>(id));
        TRY(p.jobs().cancel(caller, job));
        return shown(TRY(p.jobs().find(caller, job)));
    });
}

int login(const Common& common, const LoginWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto password = wanted.password_file.empty()
                                  ? ask_password(words("cli.password", common.language))
                                  : TRY(secret_line(wanted.password_file));
        const auto who = host_user();
        const auto signed_in =
            TRY(p.door().sign_in({wanted.user, password, common.code, "cli:" + who, "cli", who}));
        keep_token(common.db, signed_in.token.reveal());
        return api::Value(
            api::Object{{"user", wanted.user}, {"expires", beijing_text(signed_in.expires)}});
    });
}

int logout(const Common& common) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto token = read_token(common.db);
        if (!token.empty()) TRY(p.door().sign_out(token));
        drop_token(common.db);
        return api::Value(api::Object{{"signed_out", true}});
    });
}

int export_journal(const Common& common, const std::string& format, const std::string& area_text) {
    auto program = Program::open(common, Need::existing);
    if (!program) return refused(common, program.error());
    const auto done = [&]() -> Result<std::int64_t> {
        const auto caller = TRY((*program)->caller());
        if (format != "ledger" && format != "hledger")
            return refuse(refusal(kNoSuchFormat).with("format", format));
        const auto area = area_text.empty() ? Area{} : TRY(parse_area(area_text));
        const auto as =
            format == "ledger" ? ledger::JournalFormat::ledger : ledger::JournalFormat::hledger;
        return road::look((*program)->road(), caller, "ledger.read", area,
                          [&](store::Tx& tx, const Scope& scope) -> Result<std::int64_t> {
                              return ledger::export_journal(
                                  tx, scope, as,
                                  [](std::string_view piece) { std::cout << piece; });
                          });
    }();
    if (!done) return refused(common, done.error());
    std::cerr << *done << "\n";
    return kAllDone;
}

}  // namespace fenming::cli

// Verbs on the installation: migrate, keys, verify, jobs, values, sessions.

#include <iostream>

#include "access/accounts.h"
#include "access/invariants.h"
#include "api/openapi.h"
#include "base/text.h"
#include "cli/bar.h"
#include "cli/routes.h"
#include "cli/token.h"
#include "cli/verbs.h"
#include "ledger/export.h"
#include "registry/validators.h"

namespace fenming::cli {
namespace {

inline constexpr RefusalKind kNoSuchKind{"cli.no_such_kind", 422};
inline constexpr RefusalKind kNotAPublicKey{"cli.not_a_public_key", 422};
inline constexpr RefusalKind kNoSuchFormat{"cli.no_such_format", 422};

constexpr std::string_view kVersion = FENMING_VERSION;

/// The first line of a file: a password, without its line end.
Result<Secret<std::string>> secret_line(const std::string& path) {
    auto text = TRY(read_file(path));
    return Secret<std::string>(text.substr(0, text.find_first_of("\r\n")));
}

struct InvariantReport {
    std::string name;
    std::int64_t checked = 0;
    std::vector<trail::Broken> broken;
};

InvariantReport run(store::Tx& tx, const road::Invariant& invariant) {
    InvariantReport report;
    report.name = std::string(invariant.name);
    tx.query(*invariant.counted, {}, store::Fetch::whole,
             [&](store::Cursor& c) { report.checked = c.integer(0); });
    tx.query(*invariant.broken, {store::Value::of(0)}, store::Fetch::streamed,
             [&](store::Cursor& c) {
                 report.broken.push_back(
                     {std::string(c.text(0)), std::string(c.text(1)), std::string(c.text(2))});
             });
    return report;
}

api::Array rows_of(const std::vector<trail::Broken>& broken, Language language) {
    api::Array rows;
    for (const auto& row : broken) {
        const bool is_word = row.why.find(".why.") != std::string::npos;
        rows.push_back(
            api::Object{{"table", row.table},
                        {"key", row.key},
                        {"why", is_word ? std::string(words(row.why, language)) : row.why}});
    }
    return rows;
}

api::Object anchor_report(store::Tx& tx, Program& program, Language language) {
    const auto found = trail::compare(tx, program.keys(), program.road().anchor());
    const char* standing = found.standing == trail::Standing::level       ? "level"
                           : found.standing == trail::Standing::no_anchor ? "no_anchor"
                           : found.standing == trail::Standing::behind    ? "behind"
                                                                          : "forked";
    return api::Object{
        {"standing", standing},
        {"pen", std::to_string(found.pen.number)},
        {"links", found.ours},
        {"anchored", found.anchored},
        {"says", std::string(words(std::string("cli.anchor.") + standing, language))}};
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
    auto opened = Program::open(common, Need::ready);
    if (!opened) return refused(common, opened.error());
    auto& program = **opened;
    const auto caller = program.caller();
    if (!caller) return refused(common, caller.error());
    Bar bar(words("cli.verifying", common.language));
    auto tx = program.database().begin_read();  // one snapshot for all of it (E45)
    if (const auto may = program.road().authoriser().may_read(
            *tx, program.keys(), *caller, "trail.verify", {}, program.clock().now());
        !may)
        return refused(common, may.error());
    bool ok = true;
    api::Array invariants;
    for (const auto& each : program.road().invariants()) {
        const auto report = run(*tx, each);
        ok = ok && report.broken.empty();
        invariants.push_back(
            api::Object{{"name", report.name},
                        {"checked", report.checked},
                        {"broken", static_cast<std::int64_t>(report.broken.size())},
                        {"rows", rows_of(report.broken, common.language)}});
    }
    const auto trail =
        trail::verify(*tx, program.keys(), 100, [&](std::int64_t rows) { bar.show(rows, 0); });
    invariants.push_back(api::Object{{"name", "rows_match_their_links"},
                                     {"checked", trail.rows_checked},
                                     {"broken", trail.broken_count},
                                     {"rows", rows_of(trail.broken, common.language)}});
    std::vector<trail::Broken> forged;
    for (const auto& row : access::verify_macs(*tx, program.keys()))
        forged.push_back({row.table, row.key, row.why});
    invariants.push_back(api::Object{{"name", "sign_in_rows_bear_their_mac"},
                                     {"broken", static_cast<std::int64_t>(forged.size())},
                                     {"rows", rows_of(forged, common.language)}});
    api::Array chains;
    for (const auto& chain : trail.chains)
        chains.push_back(api::Object{{"pen", std::to_string(chain.pen.number)},
                                     {"links", chain.links},
                                     {"head", to_hex(chain.head)}});
    auto anchor = anchor_report(*tx, program, common.language);
    const auto& standing = *anchor.find("standing")->if_text();
    ok = ok && trail.broken_count == 0 && forged.empty() &&
         (standing == "level" || standing == "no_anchor");
    print(common, api::Object{{"ok", ok},
                              {"invariants", std::move(invariants)},
                              {"trail", std::move(chains)},
                              {"anchor", std::move(anchor)}});
    return ok ? kAllDone : kSomethingRefused;
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

int key_export(const Common& common, const std::vector<std::string>& recipients,
               const std::string& out) {
    std::vector<crypto::Sm2PublicKey> keys;
    for (const auto& path : recipients) {
        const auto text = read_file(path);
        if (!text) return refused(common, text.error());
        const auto key = crypto::Sm2PublicKey::from_pem(*text);
        if (!key) return refused(common, refusal(kNotAPublicKey).with("file", path));
        keys.push_back(*key);
    }
    const auto sealed = crypto::FileKeyStore::export_keys(key_path(common), keys);
    if (const auto written = write_file(out, text_of(sealed)); !written)
        return refused(common, written.error());
    print(common,
          api::Object{{"file", out}, {"recipients", static_cast<std::int64_t>(keys.size())}});
    return kAllDone;
}

int openapi(const Common& common) {
    auto program = Program::open(common, Need::ready);
    if (!program) return refused(common, program.error());
    std::cout << api::to_indented_json(api::openapi(all_routes(**program), kVersion)) << "\n";
    return kAllDone;
}

int job_list(const Common& common) {
    return with_program(common, [](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.caller());
        const JobId newest{std::numeric_limits<std::int64_t>::max()};
        api::Array jobs;
        for (const auto& row : TRY(p.jobs().list(caller, newest, 100)))
            jobs.push_back(api::to_value(row));
        return api::Value(api::Object{{"jobs", std::move(jobs)}});
    });
}

int job_show(const Common& common, const std::string& id) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.caller());
        const auto job = api::read_member<JobId>(api::Value(id), api::Spot("")).value_or(JobId{});
        const auto row = TRY(p.jobs().find(caller, job));
        return api::to_value(row);
    });
}

int login(const Common& common, const LoginWanted& wanted) {
    auto program = Program::open(common, Need::ready);
    if (!program) return refused(common, program.error());
    const auto password =
        wanted.password_file.empty()
            ? Result<Secret<std::string>>(ask_password(words("cli.password", common.language)))
            : secret_line(wanted.password_file);
    if (!password) return refused(common, password.error());
    const auto who = host_user();
    const auto signed_in =
        (*program)->door().sign_in({wanted.user, *password, wanted.code, "cli:" + who, "cli", who});
    if (!signed_in) return refused(common, signed_in.error());
    keep_token(common.db, signed_in->token.reveal());
    print(common,
          api::Object{{"user", wanted.user}, {"expires", beijing_text(signed_in->expires)}});
    return kAllDone;
}

int user_found(const Common& common, const FoundersWanted& wanted) {
    auto program = Program::open(common, Need::ready);
    if (!program) return refused(common, program.error());
    auto& p = **program;
    const auto receipt = [&]() -> Result<access::FoundedReceipt> {
        access::FirstAccount order;
        order.area = TRY(parse_area(wanted.area));
        order.office_code = "administrators";
        order.office_name_zh = "系统管理";
        order.office_name_en = "Administrators";
        order.founders = {{wanted.login, wanted.name, {}},
                          {wanted.second_login, wanted.second_name, {}}};
        const auto first = TRY(secret_line(wanted.password_file));
        const auto second = TRY(secret_line(wanted.second_password_file));
        order = TRY(p.door().with_passwords(std::move(order), {first, second}));
        return road::carry_out(p.road(), TRY(p.caller()), order);
    }();
    if (!receipt) return refused(common, receipt.error());
    print(common, api::to_value(*receipt));
    return kAllDone;
}

int logout(const Common& common) {
    auto program = Program::open(common, Need::ready);
    if (!program) return refused(common, program.error());
    const auto token = read_token(common.db);
    if (!token.empty())
        if (const auto out = (*program)->door().sign_out(token); !out)
            return refused(common, out.error());
    drop_token(common.db);
    print(common, api::Object{{"signed_out", true}});
    return kAllDone;
}

int export_journal(const Common& common, const std::string& format, const std::string& area_text) {
    auto program = Program::open(common, Need::ready);
    if (!program) return refused(common, program.error());
    const auto caller = (*program)->caller();
    if (!caller) return refused(common, caller.error());
    if (format != "ledger" && format != "hledger")
        return refused(common, refusal(kNoSuchFormat).with("format", format));
    const auto area = area_text.empty() ? Result<Area>(Area{}) : parse_area(area_text);
    if (!area) return refused(common, area.error());
    const auto done = road::look(
        (*program)->road(), *caller, "ledger.read", *area,
        [&](store::Tx& tx, const Scope& scope) -> Result<std::int64_t> {
            return ledger::export_journal(
                tx, scope,
                format == "ledger" ? ledger::JournalFormat::ledger : ledger::JournalFormat::hledger,
                [](std::string_view piece) { std::cout << piece; });
        });
    if (!done) return refused(common, done.error());
    std::cerr << *done << "\n";
    return kAllDone;
}

}  // namespace fenming::cli

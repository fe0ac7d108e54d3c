// Proving the whole: invariants, trail, sign-in rows, anchor, in one snapshot (E45).

#include "cli/verify.h"

#include "access/invariants.h"
#include "access/visit.h"
#include "api/negotiate.h"
#include "road/why.h"
#include "trail/anchor.h"
#include "trail/trail.h"

namespace fenming::cli {
namespace {

/// So many broken rows of each kind are named; the counts are whole.
constexpr std::int64_t kMostRows = 1000;

struct InvariantReport {
    std::string name;
    std::int64_t checked = 0;
    std::int64_t broken_count = 0;
    std::vector<trail::Broken> broken;  ///< the first ones
};

InvariantReport run(store::Tx& tx, const road::Invariant& invariant) {
    InvariantReport report;
    report.name = std::string(invariant.name);
    tx.query(*invariant.counted, {}, store::Fetch::whole,
             [&](store::Cursor& c) { report.checked = c.integer(0); });
    tx.query(*invariant.broken, {store::Value::of(0)}, store::Fetch::streamed,
             [&](store::Cursor& c) {
                 if (++report.broken_count <= kMostRows)
                     report.broken.push_back(
                         {std::string(c.text(0)), std::string(c.text(1)), std::string(c.text(2))});
             });
    return report;
}

api::Array rows_of(const std::vector<trail::Broken>& broken, Language language) {
    api::Array rows;
    for (const auto& row : broken)
        rows.push_back(api::Object{
            {"table", row.table}, {"key", row.key}, {"why", road::why_words(row.why, language)}});
    return rows;
}

api::Object anchor_report(store::Tx& tx, const road::Road& road, Language language) {
    const auto found = trail::compare(tx, road.keys(), road.anchor());
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

api::Object report_of(std::string name, std::int64_t checked, std::int64_t count,
                      const std::vector<trail::Broken>& broken, Language language) {
    return api::Object{{"name", std::move(name)},
                       {"checked", checked},
                       {"broken", count},
                       {"rows", rows_of(broken, language)}};
}

Result<api::Value> work(road::JobDesk& desk, const api::Value& input) {
    const auto* tag = input.at("/language");
    const auto language = tag != nullptr && tag->if_text() != nullptr && *tag->if_text() == "en"
                              ? Language::en
                              : Language::zh_cn;
    const auto& road = desk.road;
    auto tx = road.database().begin_read();
    bool ok = true;
    api::Array invariants;
    std::int64_t seen = 0;
    for (const auto& each : road.invariants()) {
        const auto report = run(*tx, each);
        ok = ok && report.broken_count == 0;
        seen += report.checked;
        desk.progress(seen, 0);
        invariants.push_back(
            report_of(report.name, report.checked, report.broken_count, report.broken, language));
    }
    const auto trail = trail::verify(*tx, road.keys(), 100,
                                     [&](std::int64_t rows) { desk.progress(seen + rows, 0); });
    invariants.push_back(report_of("rows_match_their_links", trail.rows_checked, trail.broken_count,
                                   trail.broken, language));
    std::vector<trail::Broken> forged;
    for (const auto& row : access::verify_macs(*tx, road.keys()))
        forged.push_back({row.table, row.key, row.why});
    invariants.push_back(api::Object{{"name", "sign_in_rows_bear_their_mac"},
                                     {"broken", static_cast<std::int64_t>(forged.size())},
                                     {"rows", rows_of(forged, language)}});
    api::Array chains;
    for (const auto& chain : trail.chains)
        chains.push_back(api::Object{{"pen", std::to_string(chain.pen.number)},
                                     {"links", chain.links},
                                     {"head", to_hex(chain.head)}});
    auto anchor = anchor_report(*tx, road, language);
    const auto& standing = *anchor.find("standing")->if_text();
    ok = ok && trail.broken_count == 0 && forged.empty() &&
         (standing == "level" || standing == "no_anchor");
    return api::Value(api::Object{{"ok", ok},
                                  {"invariants", std::move(invariants)},
                                  {"trail", std::move(chains)},
                                  {"anchor", std::move(anchor)}});
}

}  // namespace

road::JobKind verify_kind() {
    return {std::string(kVerifyJob), "trail.verify", work};
}

api::Value verify_input(Language language) {
    return api::Object{{"language", std::string(api::language_tag(language))}};
}

api::Route verify_route(road::Jobs& jobs) {
    api::Route route;
    route.method = api::Method::post;
    route.path = "/api/v1/verify";
    route.id = kVerifyJob;
    route.summary = "Proves the whole of books, trail and sign-in rows, as a job.";
    route.permission = "trail.verify";
    route.is_job = true;
    route.handler = [&jobs](api::Request& request) {
        const auto language = api::negotiate(request.accept_language);
        const auto job = [&]() -> Result<JobId> {
            // Asked again with the same key, it answers the same proof.
            return jobs.start(access::caller_of(request), kVerifyJob, {}, verify_input(language),
                              {TRY(api::read_key(request)), {}});
        }();
        if (!job) return api::problem(job.error(), language);
        return api::reply_job(*job);
    };
    return route;
}

}  // namespace fenming::cli

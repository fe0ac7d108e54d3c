// Verbs on parameters and on the trail.

#include <iostream>

#include "cli/arguments.h"
#include "cli/verbs.h"
#include "policy/policy.h"
#include "trail/link.h"
#include "trail/sql.h"

namespace fenming::cli {
namespace {

/// By any writing of its number, else by its id.
Result<DocumentId> document_of(Program& p, const road::Caller& caller, const std::string& text) {
    return road::look(p.road(), caller, "policy.read", {},
                      [&](store::Tx& tx, const Scope&) -> Result<DocumentId> {
                          if (const auto found = policy::document_by_number(tx, text))
                              return found->id;
                          return id_of<DocumentId>(text);
                      });
}

api::Value row_of(const policy::ParameterDefinition& definition,
                  const policy::ParameterValue& value, Language language) {
    api::Value area;
    if (value.id != 0) area = value.area.text();
    return api::Object{
        {"name", std::string(definition.name)},
        {"value", value.value},
        {"area", area},
        {"document", value.document ? std::to_string(value.document.number) : std::string()},
        {"standard", std::string(definition.standard)},
        {"rule", std::string(definition.rule)},
        {"meaning",
         std::string(language == Language::en ? definition.meaning_en : definition.meaning_zh)}};
}

/// A county's links are shown to whoever may see the county; those of no county to all who may
/// read the trail.
bool may_see(const Scope& scope, std::int64_t pen) {
    constexpr std::int64_t kFirstArea = 100'000'000'000;
    return pen < kFirstArea || scope.contains(Area{pen});
}

/// What a link says, without host and account names: ids, sums and counts.
api::Value shown(const trail::Link& link) {
    const auto facts = api::parse_json(link.facts);
    return api::Object{{"pen", std::to_string(link.pen)},
                       {"seq", link.seq},
                       {"at", beijing_text(Instant{link.at_ms})},
                       {"order", link.order_type},
                       {"account", std::to_string(link.account_id)},
                       {"channel", link.channel},
                       {"rows", link.row_count},
                       {"facts", facts ? *facts : api::Value()}};
}

}  // namespace

int param_list(const Common& common, const ParamListWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto area = wanted.area.empty() ? Area{} : TRY(parse_area(wanted.area));
        const auto on = wanted.on.empty() ? p.clock().today() : TRY(parse_date(wanted.on));
        if (!wanted.name.empty()) TRY(policy::find_definition(wanted.name));
        return road::look(
            p.road(), TRY(p.caller()), "policy.read", area,
            [&](store::Tx& tx, const Scope&) -> Result<api::Value> {
                api::Array rows;
                for (const auto& each : policy::parameter_definitions()) {
                    if (!wanted.name.empty() && each.name != wanted.name) continue;
                    if (!wanted.list.after.empty() && each.name <= wanted.list.after) continue;
                    rows.push_back(row_of(
                        each, policy::parameter_at(tx, each.name, wanted.programme, area, on),
                        common.language));
                }
                return api::Value(api::Object{
                    {"parameters", page_of(common, std::move(rows), wanted.list.limit, "name")}});
            });
    });
}

int param_set(const Common& common, const ParamWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.person());
        policy::SetParameter order;
        order.area = TRY(parse_area(wanted.area));
        order.name = wanted.name;
        if (!wanted.programme.empty()) order.programme = wanted.programme;
        order.value = wanted.value;
        order.valid_from = TRY(parse_date(wanted.from));
        if (!wanted.to.empty()) order.valid_to = TRY(parse_date(wanted.to));
        order.document = TRY(document_of(p, caller, wanted.document));
        return give(p, order);
    });
}

namespace {

/// As page_of, but a link is found by pen and number, and --from names the first one shown.
api::Array first_of(const Common& common, api::Array rows, const TrailWanted& wanted) {
    const auto most = static_cast<std::size_t>(wanted.limit);
    if (rows.size() <= most) return rows;
    const auto& next = rows[most];
    std::cerr << fill(words("cli.more_links", common.language),
                      {{"pen", *next.at("/pen")->if_text()},
                       {"from", *next.at("/seq")->if_number()}},
                      common.language)
              << "\n";
    rows.resize(most);
    return rows;
}

}  // namespace

int trail_show(const Common& common, const TrailWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto pen =
            wanted.pen.empty() || wanted.pen == "0" ? Area{} : TRY(parse_area(wanted.pen));
        return road::look(p.road(), TRY(p.caller()), "trail.read", {},
                          [&](store::Tx& tx, const Scope& scope) -> Result<api::Value> {
                              api::Array rows;
                              std::int64_t at_pen = pen.code;
                              std::int64_t seq = wanted.from - 1;
                              const auto most = static_cast<std::size_t>(wanted.limit) + 1;
                              for (bool is_more = true; is_more && rows.size() < most;) {
                                  const auto links = tx.all<trail::Link>(trail::sql::links_after,
                                                                         at_pen, seq, 500);
                                  is_more = links.size() == 500;
                                  for (const auto& link : links) {
                                      at_pen = link.pen;
                                      seq = link.seq;
                                      if (!wanted.pen.empty() && link.pen != pen.code)
                                          is_more = false;
                                      else if (may_see(scope, link.pen) && rows.size() < most)
                                          rows.push_back(shown(link));
                                  }
                              }
                              return api::Value(api::Object{
                                  {"links", first_of(common, std::move(rows), wanted)}});
                          });
    });
}

}  // namespace fenming::cli

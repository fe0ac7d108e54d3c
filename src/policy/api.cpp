// The routes of policy: a line per order, a few per list.

#include "policy/policy.h"
#include "registry/lists.h"

namespace fenming::policy {
namespace {

using access::order_route;
using api::Request;
using api::Route;
using registry::AreaQuery;
using registry::list_reply;
using registry::list_route;
using registry::narrowed_by_area;
using registry::read_route;

constexpr std::string_view kRead = "policy.read";

template <class Row>
struct Rows {
    std::vector<Row> items;
    static constexpr auto fields = std::make_tuple(field("items", &Rows::items));
};
/// What a parameter is, for the page that sets it.
struct Definition {
    std::string name;
    std::string standard;
    std::int64_t least = 0;
    std::int64_t greatest = 0;
    std::string choices;
    std::string rule;
    std::string meaning_zh;
    std::string meaning_en;
    static constexpr auto fields = std::make_tuple(
        field("name", &Definition::name),
        field("standard", &Definition::standard, "what holds while nobody has set it"),
        field("least", &Definition::least), field("greatest", &Definition::greatest),
        field("choices", &Definition::choices, "words, spaces between"),
        field("rule", &Definition::rule), field("meaning_zh", &Definition::meaning_zh),
        field("meaning_en", &Definition::meaning_en));
};
struct ValueQuery {
    std::string name;
    std::optional<std::string> programme;
    std::optional<Area> area;
    std::optional<Date> day;
    static constexpr auto fields = std::make_tuple(
        field("name", &ValueQuery::name), field("programme", &ValueQuery::programme),
        field("area", &ValueQuery::area, "absent: the country"),
        field("day", &ValueQuery::day, "absent: today"));
};
struct ValueReply {
    std::string name;
    std::string value;
    std::optional<Area> area;
    DocumentId document;
    static constexpr auto fields = std::make_tuple(
        field("name", &ValueReply::name), field("value", &ValueReply::value),
        field("area", &ValueReply::area, "whose row it is; null: nobody has set it"),
        field("document_id", &ValueReply::document));
};
struct ConflictsQuery {
    std::string a;
    std::string b;
    static constexpr auto fields = std::make_tuple(field("a", &ConflictsQuery::a, "a programme"),
                                                   field("b", &ConflictsQuery::b, "another"));
};

/// A short list, answered whole.
template <class Row, class F>
Route whole_route(road::Road& road, std::string path, std::string id, std::string summary,
                  F&& rows) {
    return read_route<Rows<Row>>(std::move(path), std::move(id), std::move(summary),
                                 std::string(kRead), [&road, rows](Request& request) {
                                     const auto found = road::look(
                                         road, access::caller_of(request), kRead, {},
                                         [&](store::Tx& tx, const Scope&) -> Result<Rows<Row>> {
                                             return Rows<Row>{rows(tx)};
                                         });
                                     return api::answer(request, found);
                                 });
}

template <class Row, class F>
Route page_route(road::Road& road, std::string path, std::string id, std::string summary,
                 F&& rows) {
    return list_route<AreaQuery, Row>(
        std::move(path), id, std::move(summary), std::string(kRead),
        [&road, id, rows](Request& request) {
            return list_reply<AreaQuery, std::int64_t>(
                road, request, id, kRead, narrowed_by_area,
                [&](store::Tx& tx, const Scope&, const AreaQuery&, std::int64_t after, int limit) {
                    return rows(tx, after, limit);
                },
                [](const Row& row) {
                    if constexpr (std::is_same_v<Row, ParameterRow>)
                        return row.id;
                    else
                        return row.id.number;
                });
        });
}

std::vector<Definition> definitions() {
    std::vector<Definition> out;
    for (const ParameterDefinition& each : parameter_definitions())
        out.push_back({std::string(each.name), std::string(each.standard), each.least,
                       each.greatest, std::string(each.choices), std::string(each.rule),
                       std::string(each.meaning_zh), std::string(each.meaning_en)});
    return out;
}

Route value_route(road::Road& road) {
    Route route = read_route<ValueReply>(
        "/api/v1/policy/parameter-value", "policy.read_parameter",
        "What holds for a place and a programme on a day.", std::string(kRead),
        [&road](Request& request) {
            const auto reply = [&]() -> Result<ValueReply> {
                const auto query = TRY(api::read_query<ValueQuery>(request));
                TRY(find_definition(query.name));
                return road::look(
                    road, access::caller_of(request), kRead, {},
                    [&](store::Tx& tx, const Scope&) -> Result<ValueReply> {
                        const auto value = parameter_at(
                            tx, query.name, query.programme.value_or(""),
                            query.area.value_or(Area()), query.day.value_or(road.clock().today()));
                        std::optional<Area> area;
                        if (value.id != 0) area = value.area;
                        return ValueReply{query.name, value.value, area, value.document};
                    });
            }();
            return api::answer(request, reply);
        });
    route.query = api::query_of<ValueQuery>();
    return route;
}

Route conflicts_route(road::Road& road) {
    Route route = read_route<Rows<Conflict>>(
        "/api/v1/policy/conflicts", "policy.read_conflicts",
        "Whether two programmes may be drawn together.", std::string(kRead),
        [&road](Request& request) {
            const auto reply = [&]() -> Result<Rows<Conflict>> {
                const auto query = TRY(api::read_query<ConflictsQuery>(request));
                return road::look(road, access::caller_of(request), kRead, {},
                                  [&](store::Tx& tx, const Scope&) -> Result<Rows<Conflict>> {
                                      const Conflicts known = conflicts_now(tx);
                                      const auto found = known.between(query.a, query.b);
                                      return Rows<Conflict>{{found.begin(), found.end()}};
                                  });
            }();
            return api::answer(request, reply);
        });
    route.query = api::query_of<ConflictsQuery>();
    return route;
}

}  // namespace

std::vector<Route> routes(road::Road& road) {
    const std::string at = "/api/v1/policy/";
    return {
        order_route<RegisterDocument>(road, at + "register-document", "Registers a document."),
        order_route<SetParameter>(road, at + "set-parameter", "Sets a parameter by a document."),
        order_route<InstallCatalogue>(road, at + "install-catalogue",
                                      "Writes the built-in catalogue."),
        page_route<Document>(road, at + "documents", "policy.list_documents", "Documents.",
                             [](store::Tx& tx, std::int64_t after, int limit) {
                                 return documents_page(tx, DocumentId{after}, limit);
                             }),
        page_route<ParameterRow>(road, at + "parameters", "policy.list_parameters",
                                 "Parameters that are set.", parameters_page),
        value_route(road),
        whole_route<Definition>(road, at + "parameter-definitions", "policy.list_definitions",
                                "What may be set.", [](store::Tx&) { return definitions(); }),
        whole_route<Programme>(
            road, at + "programmes", "policy.list_programmes", "Programmes valid today.",
            [&road](store::Tx& tx) { return programmes_on(tx, road.clock().today()); }),
        conflicts_route(road),
        whole_route<Subject>(road, at + "subjects", "policy.list_subjects", "Budget subjects.",
                             subjects_now),
        whole_route<SubsidyItem>(
            road, at + "subsidy-items", "policy.list_items",
            "The published list of subsidies in force today.",
            [&road](store::Tx& tx) { return items_on(tx, road.clock().today()); }),
        whole_route<BankCode>(road, at + "bank-codes", "policy.list_bank_codes",
                              "What the banks' return codes mean.",
                              [](store::Tx& tx) { return bank_codes_of(tx, "common"); })};
}

}  // namespace fenming::policy

// The routes of the register: a line per order, a few per list.

#include "registry/lists.h"
#include "registry/registry.h"

namespace fenming::registry {
namespace {

using access::order_route;
using api::Reply;
using api::Request;
using api::Route;

constexpr std::string_view kRead = "registry.read";

/// A list of rows under one thing, answered whole.
template <class Row>
struct Rows {
    std::vector<Row> items;
    static constexpr auto fields = std::make_tuple(field("items", &Rows::items));
};
struct Count {
    std::int64_t count = 0;
    static constexpr auto fields = std::make_tuple(
        field("count", &Count::count, "children and protected persons that the lists leave out"));
};
struct RegisterBody {
    Area area;
    std::vector<PersonInput> persons;
    static constexpr auto fields =
        std::make_tuple(field("area", &RegisterBody::area, "all of them live in it"),
                        field("persons", &RegisterBody::persons));
};
struct ClearReply {
    PersonId id;
    std::string id_number;
    std::string name;
    std::string phone;
    Date birth_date;
    static constexpr auto fields =
        std::make_tuple(field("id", &ClearReply::id), field("id_number", &ClearReply::id_number),
                        field("name", &ClearReply::name), field("phone", &ClearReply::phone),
                        field("birth_date", &ClearReply::birth_date));
};

/// Reads with the scope that lets the caller see the whole of what is asked.
template <class F>
Reply look_reply(road::Road& road, const Request& request, F&& reads) {
    return api::answer(request, road::look(road, access::caller_of(request), kRead, {}, reads));
}

template <class Row, class Id, class F>
Route under_person(road::Road& road, std::string path, std::string id, std::string summary,
                   F&& rows) {
    return read_route<Rows<Row>>(
        std::move(path), std::move(id), std::move(summary), std::string(kRead),
        [&road, rows](Request& request) {
            const auto person = api::read_path<Id>(request, "person");
            if (!person) return api::answer(request, Result<Done>(refuse(Refusal(person.error()))));
            return look_reply(road, request,
                              [&](store::Tx& tx, const Scope& scope) -> Result<Rows<Row>> {
                                  TRY(person_card(tx, road.keys(), scope, *person, Seen::open));
                                  return Rows<Row>{rows(tx, scope, *person)};
                              });
        });
}

Reply register_persons(road::Road& road, const Request& request) {
    const auto receipt = [&]() -> Result<IntakeReceipt> {
        const auto call = TRY(access::read_call(request));
        const auto body = TRY(api::read_body<RegisterBody>(request));
        auto checked = check_persons(body.persons, road.clock().today());
        if (!checked.bad.empty()) return refuse(std::move(checked.bad.front()));
        // Asked before anything is staged, so that nobody fills the store without a right to.
        TRY(road::look(road, access::caller_of(request), RegisterPersons::type.permission,
                       body.area, [](store::Tx&, const Scope&) -> Result<Done> { return Done{}; }));
        const IntakeId intake = intake_of(road.keys(), api::canonical_bytes(body));
        drop_intake(road.database(), intake);
        stage_persons({road.database(), road.keys(), road.ids(), road.clock().now()}, checked.good,
                      intake);
        auto done = road::carry_out(road, access::caller_of(request),
                                    RegisterPersons{body.area, intake}, call);
        drop_intake(road.database(), intake);
        return done;
    }();
    return api::answer(request, receipt);
}

Route register_route(road::Road& road) {
    Route route = order_route<RegisterPersons>(road, "/api/v1/registry/register-persons",
                                               "Registers persons with their accounts.");
    route.body = &api::schema_of<RegisterBody>;
    route.handler = [&road](Request& request) { return register_persons(road, request); };
    return route;
}

Reply unmask(road::Road& road, const Request& request) {
    const auto reply = [&]() -> Result<ClearReply> {
        const auto call = TRY(access::read_call(request));
        const auto order = TRY(api::read_body<Unmask>(request));
        TRY(road::carry_out(road, access::caller_of(request), order, call));
        return road::look(
            road, access::caller_of(request), Unmask::type.permission, {},
            [&](store::Tx& tx, const Scope& scope) -> Result<ClearReply> {
                const auto clear = TRY(clear_person(tx, road.keys(), scope, order.person));
                return ClearReply{clear.id, clear.id_number.reveal(), clear.name.reveal(),
                                  clear.phone.reveal(), clear.birth_date};
            });
    }();
    return api::answer(request, reply);
}

Route unmask_route(road::Road& road) {
    Route route = order_route<Unmask>(road, "/api/v1/registry/unmask",
                                      "Shows a person's clear values and notes who saw them.");
    route.reply = &api::schema_of<ClearReply, api::Side::output>;
    route.handler = [&road](Request& request) { return unmask(road, request); };
    return route;
}

template <class Row, class Key, class F>
Route by_id(road::Road& road, std::string path, std::string id, std::string summary, F&& rows) {
    return list_route<AreaQuery, Row>(
        std::move(path), id, std::move(summary), std::string(kRead),
        [&road, id, rows](Request& request) {
            return list_reply<AreaQuery, std::int64_t>(
                road, request, id, kRead, narrowed_by_area,
                [&](store::Tx& tx, const Scope& scope, const AreaQuery& query, std::int64_t after,
                    int limit) {
                    return rows(tx, scope, query.area.value_or(Area()), Key{after}, limit);
                },
                [](const Row& row) {
                    if constexpr (std::is_same_v<decltype(row.id), std::int64_t>)
                        return row.id;
                    else
                        return row.id.number;
                });
        });
}

Route areas_route(road::Road& road) {
    return list_route<AreaQuery, AreaRow>(
        "/api/v1/registry/areas", "registry.list_areas",
        "Places one level below an area; without one, the provinces.", std::string(kRead),
        [&road](Request& request) {
            return list_reply<AreaQuery, Area>(
                road, request, "registry.list_areas", kRead, narrowed_by_area,
                [&](store::Tx& tx, const Scope&, const AreaQuery& query, Area after, int limit) {
                    return areas_under(tx, query.area.value_or(Area()), road.clock().today(), after,
                                       limit);
                },
                [](const AreaRow& row) { return row.code; });
        });
}

Route path_route(road::Road& road) {
    return read_route<Rows<AreaRow>>(
        "/api/v1/registry/areas/{area}", "registry.read_area",
        "A place and all it lies in, from the outermost in.", std::string(kRead),
        [&road](Request& request) {
            const auto area = api::read_path<Area>(request, "area");
            if (!area) return api::answer(request, Result<Done>(refuse(Refusal(area.error()))));
            return look_reply(road, request,
                              [&](store::Tx& tx, const Scope&) -> Result<Rows<AreaRow>> {
                                  const Date today = road.clock().today();
                                  TRY(must_exist(tx, *area, today));
                                  return Rows<AreaRow>{path_of(tx, *area, today)};
                              });
        });
}

Route card_route(road::Road& road) {
    return read_route<PersonCard>(
        "/api/v1/registry/persons/{person}", "registry.read_person",
        "A person: the name masked, of the birth date only the year.", std::string(kRead),
        [&road](Request& request) {
            const auto person = api::read_path<PersonId>(request, "person");
            if (!person) return api::answer(request, Result<Done>(refuse(Refusal(person.error()))));
            return look_reply(road, request, [&](store::Tx& tx, const Scope& scope) {
                return person_card(tx, road.keys(), scope, *person, Seen::open);
            });
        });
}

Route guarded_route(road::Road& road) {
    Route route = read_route<Count>(
        "/api/v1/registry/guarded-count", "registry.count_guarded",
        "How many children and protected persons the lists leave out.", std::string(kRead),
        [&road](Request& request) {
            const auto query = api::read_query<AreaQuery>(request);
            if (!query) return api::answer(request, Result<Done>(refuse(Refusal(query.error()))));
            const Area area = query->area.value_or(Area());
            const auto count = road::look(road, access::caller_of(request), kRead, area,
                                          [&](store::Tx& tx, const Scope& scope) -> Result<Count> {
                                              return Count{guarded_count(tx, scope, area)};
                                          });
            return api::answer(request, count);
        });
    route.query = api::query_of<AreaQuery>();
    return route;
}

std::vector<Route> order_routes(road::Road& road) {
    const std::string at = "/api/v1/registry/";
    return {
        order_route<ImportAreas>(road, at + "import-areas", "Brings places up to date."),
        order_route<RegisterUnit>(road, at + "register-unit", "Registers a budget unit."),
        register_route(road),
        order_route<RecordStatuses>(road, at + "record-statuses", "Records facts about persons."),
        order_route<EndStatus>(road, at + "end-status", "Ends or withdraws a fact."),
        order_route<MovePerson>(road, at + "move-person", "A person now lives elsewhere."),
        order_route<ChangeAccount>(road, at + "change-account", "Proposes an account."),
        order_route<ConfirmAccountChange>(road, at + "confirm-account-change",
                                          "The second person's word on a proposed account."),
        order_route<CloseAccount>(road, at + "close-account", "Nothing is paid into it any more."),
        order_route<RecordCustody>(road, at + "record-custody", "Notes who keeps an account."),
        order_route<RecordAccountChecks>(road, at + "record-account-checks",
                                         "The bank's answers to a check of accounts."),
        order_route<LookUp>(road, at + "look-up", "Finds persons by number, or name and birth."),
        order_route<LookUpGuarded>(road, at + "look-up-guarded",
                                   "Finds persons, children and protected ones included."),
        unmask_route(road)};
}

}  // namespace

std::vector<Route> routes(road::Road& road) {
    const std::string at = "/api/v1/registry/";
    std::vector<Route> all = order_routes(road);
    all.push_back(areas_route(road));
    all.push_back(path_route(road));
    all.push_back(by_id<UnitRow, UnitId>(
        road, at + "units", "registry.list_units", "Budget units and institutions.",
        [](store::Tx& tx, const Scope& scope, Area, UnitId after, int limit) {
            return units_page(tx, scope, after, limit);
        }));
    all.push_back(by_id<PersonCard, PersonId>(
        road, at + "persons", "registry.list_persons", "Persons, names masked.",
        [&road](store::Tx& tx, const Scope& scope, Area area, PersonId after, int limit) {
            return persons_page(tx, road.keys(), scope, area, after, limit);
        }));
    all.push_back(guarded_route(road));
    all.push_back(card_route(road));
    all.push_back(under_person<AccountRow, PersonId>(
        road, at + "persons/{person}/accounts", "registry.list_accounts", "A person's accounts.",
        [](store::Tx& tx, const Scope& scope, PersonId person) {
            return accounts_of(tx, scope, person);
        }));
    all.push_back(under_person<StatusRow, PersonId>(
        road, at + "persons/{person}/statuses", "registry.list_statuses",
        "What is known of a person.", [](store::Tx& tx, const Scope& scope, PersonId person) {
            return statuses_of(tx, scope, person);
        }));
    all.push_back(by_id<AccountRow, PayeeAccountId>(
        road, at + "account-changes", "registry.list_account_changes",
        "Account changes that wait for a second person.",
        [](store::Tx& tx, const Scope& scope, Area, PayeeAccountId after, int limit) {
            return pending_changes(tx, scope, after, limit);
        }));
    all.push_back(by_id<LookUpRow, StaffId>(
        road, at + "look-ups", "registry.list_look_ups", "Who looked whom up, and for what.",
        [](store::Tx& tx, const Scope& scope, Area, StaffId after, int limit) {
            return look_ups_page(tx, scope, after.number, limit);
        }));
    return all;
}

}  // namespace fenming::registry

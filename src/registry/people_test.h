#pragma once
// A small county with people, for the tests of registry and of folders above.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "access/visit.h"
#include "registry/registry.h"
#include "registry/validators.h"
#include "test/support/world.h"

namespace fenming::registry::testing_people {

inline constexpr Area kCity{430400000000};
inline constexpr Area kCounty{430408000000};
inline constexpr Area kOtherCounty{430407000000};
inline constexpr Area kVillage{430408001002};
inline constexpr Area kOtherVillage{430407001001};

/// The n-th of many valid ID numbers, all different; born 1940 to 1979.
inline std::string id_number(int n) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const int serial = n % 1000;
    const int rest = n / 1000;
    std::string id = "430408" + std::to_string(1940 + rest % 40) + two(rest / 40 % 12 + 1) +
                     two(rest / 480 % 28 + 1);
    id += (serial < 100 ? "0" : "") + two(serial);
    return id + id_number_check_character(id);
}

inline PersonInput person(int n, const std::string& name, const std::string& account = "") {
    PersonInput input;
    input.area = kVillage;
    input.id_number = Secret<std::string>(id_number(n));
    input.name = Secret<std::string>(name);
    if (!account.empty()) {
        input.account = Secret<std::string>(account);
        input.bank_code = "PSBC";
        input.bank_name = "邮储银行";
    }
    return input;
}

inline AreaInput place(Area code, const char* name) {
    AreaInput input;
    input.code = code;
    input.name_zh = name;
    return input;
}

/// Two counties with a town and a village each.
inline void import_areas(test::World& world) {
    const ImportAreas order{
        kCity,
        {place(kCity, "衡阳市"), place(kCounty, "蒸湘区"), place({430408001000}, "蒸湘街道"),
         place(kVillage, "临江村"), place(kOtherCounty, "石鼓区"),
         place({430407001000}, "人民街道"), place(kOtherVillage, "都司街社区")}};
    const auto receipt = road::carry_out(world.road(), world.caller, order);
    ASSERT_TRUE(receipt);
    ASSERT_EQ(receipt->added, 7);
}

/// Checks, stages and registers.
inline Result<IntakeReceipt> try_register(test::World& world,
                                          const std::vector<PersonInput>& persons,
                                          Area area = kCity) {
    auto checked = check_persons(persons, world.clock.today());
    if (!checked.bad.empty()) return refuse(std::move(checked.bad.front()));
    const IntakeId intake =
        stage_persons({world.database(), *world.keys, *world.ids, world.clock.now()}, checked.good);
    return road::carry_out(world.road(), world.caller, RegisterPersons{area, intake});
}

/// Ids of registered persons, in the order of `persons`; 0 for who is not registered.
inline std::vector<PersonId> ids_of(test::World& world, const std::vector<PersonInput>& persons) {
    std::vector<crypto::BlindIndex> keys;
    for (const PersonInput& each : persons)
        keys.push_back(
            world.keys->blind_index(*crypto::canonical_id_number(each.id_number.reveal())));
    auto tx = world.database().begin_write();
    Probe probe(*tx, world.ids->next(world.clock.now().ms), keys);
    std::vector<PersonId> ids(persons.size());
    for (const FoundPerson& found : probe.persons_by_id_number())
        ids[static_cast<std::size_t>(found.ordinal)] = found.person;
    probe.clear();
    tx->commit();
    return ids;
}

/// Asks routes as a signed-in visitor would.
class Asker {
public:
    Asker(test::World& world, std::vector<api::Route> routes)
        : door_(world.road(), access::Settings{}),
          visit_{door_, world.caller, "", "test"},
          routes_(std::move(routes)) {}

    /// The reply of the route with this id. `path` fills the route's braces, in order.
    api::Reply ask(std::string_view id, const std::string& body = "",
                   std::vector<api::NamedText> query = {}, std::vector<std::string> path = {}) {
        for (const api::Route& route : routes_) {
            if (route.id != id) continue;
            api::Request request;
            request.method = route.method;
            request.query = std::move(query);
            request.body = bytes_of(body);
            request.content_type = "application/json";
            request.accept_language = "en";
            request.idempotency_key = "key-" + std::to_string(++asked_);
            request.context = api::Context(visit_);
            const auto names = api::path_names(route.path);
            for (std::size_t i = 0; i < names.size(); ++i)
                request.path_values.push_back({names[i], path.at(i)});
            return route.handler(request);
        }
        ADD_FAILURE() << "there is no route " << id;
        return {};
    }

private:
    access::Door door_;
    access::Visit visit_;
    std::vector<api::Route> routes_;
    int asked_ = 0;
};

}  // namespace fenming::registry::testing_people

// Places, persons and facts, on both databases.

#include "registry/registry.h"

#include "registry/people_test.h"
#include "test/support/said.h"

namespace fenming::registry {
namespace {

using namespace testing_people;
using test::everything;
using test::EverythingAllowed;
using test::World;

FENMING_ON_BOTH(Register);

Date day(const char* text) {
    return *parse_date(text);
}

/// The refusal's code; its sentence has all its values in both languages.
template <class T>
std::string code_of(const Result<T>& result) {
    if (result) return "good";
    for (const Language language : {Language::zh_cn, Language::en})
        EXPECT_TRUE(missing_values(result.error(), language).empty())
            << say(result.error(), language).says;
    return std::string(result.error().kind().code);
}

/// Runs f with a reading transaction.
template <class F>
auto reading(World& world, F&& f) {
    auto tx = world.database().begin_read();
    return f(*tx);
}

std::string names(const std::vector<AreaRow>& rows) {
    std::string out;
    for (const AreaRow& row : rows) out += (out.empty() ? "" : " ") + row.name_zh;
    return out;
}

TEST_P(Register, AreasOverTime) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    AreaInput renamed = place(kCounty, "雁峰区");
    renamed.valid_from = day("2026-06-01");
    const auto receipt = road::carry_out(world.road(), world.caller, ImportAreas{kCity, {renamed}});
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->added, 2);
    EXPECT_EQ(receipt->closed, 1);
    const auto again = road::carry_out(world.road(), world.caller, ImportAreas{kCity, {renamed}});
    EXPECT_EQ(again->unchanged, 1);

    reading(world, [](store::Tx& tx) {
        EXPECT_EQ(area_on(tx, kCounty, day("2026-05-31"))->name_zh, "蒸湘区");
        EXPECT_EQ(area_on(tx, kCounty, day("2026-06-01"))->name_zh, "雁峰区");
        EXPECT_FALSE(area_on(tx, {430409000000}, day("2026-06-01")));
        EXPECT_EQ(names(path_of(tx, kVillage, day("2026-11-24"))), "衡阳市 雁峰区 蒸湘街道 临江村");
        EXPECT_EQ(names(areas_under(tx, kCity, day("2026-11-24"), {}, 10)), "石鼓区 雁峰区");
        EXPECT_EQ(names(areas_under(tx, kCity, day("2026-11-24"), kOtherCounty, 10)), "雁峰区");
        EXPECT_EQ(code_of(must_exist(tx, {430409000000}, day("2026-11-24"))),
                  "registry.no_such_area");
    });
    world.expect_trail_whole();
}

/// A city of 12 counties with 10 towns of 24 villages each, twice.
TEST_P(Register, AWholeCity) {
    ImportAreas order{kCity, {place(kCity, "衡阳市")}};
    for (std::int64_t c = 1; c <= 12; ++c) {
        const std::int64_t county = kCity.code + c * 1'000'000;
        order.areas.push_back(place({county}, "某县"));
        for (std::int64_t t = 1; t <= 10; ++t) {
            order.areas.push_back(place({county + t * 1'000}, "某镇"));
            for (std::int64_t v = 1; v <= 24; ++v)
                order.areas.push_back(place({county + t * 1'000 + v}, "某村"));
        }
    }
    World world(GetParam());
    world.use(invariants());
    EXPECT_EQ(road::carry_out(world.road(), world.caller, order)->added, 3013);
    EXPECT_EQ(road::carry_out(world.road(), world.caller, order)->unchanged, 3013);
    reading(world, [&](store::Tx& tx) {
        const Date today = world.clock.today();
        EXPECT_EQ(areas_under(tx, kCity, today, {}, 500).size(), 12U);
        EXPECT_EQ(areas_under(tx, {430401001000}, today, {}, 500).size(), 24U);
        EXPECT_EQ(names(path_of(tx, {430401001024}, today)), "衡阳市 某县 某镇 某村");
    });
}

TEST_P(Register, Units) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    RegisterUnit unit{kCounty, "001", "蒸湘区社会福利院", {}, UnitKind::institution};
    const auto receipt = road::carry_out(world.road(), world.caller, unit);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller, unit)),
              "registry.unit_code_taken");
    reading(world, [&](store::Tx& tx) {
        EXPECT_EQ(units_page(tx, everything(), {}, 10).at(0).id, receipt->unit);
        EXPECT_TRUE(units_page(tx, EverythingAllowed::only(kOtherCounty), {}, 10).empty());
    });

    // An institution's account, and its change (P24).
    ChangeAccount change;
    change.unit = receipt->unit;
    change.account = Secret<std::string>("43001234567890");
    change.holder = Secret<std::string>("蒸湘区社会福利院");
    change.kind = AccountKind::unit;
    const auto first = road::carry_out(world.road(), world.caller, change);
    ASSERT_TRUE(first) << first.error().kind().code;
    ASSERT_TRUE(road::carry_out(world.road(), world.as(2), ConfirmAccountChange{first->account}));
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller, change)),
              "registry.account_unchanged");
    change.account = Secret<std::string>("43001234567891");
    const auto second = road::carry_out(world.road(), world.caller, change);
    const auto confirmed =
        road::carry_out(world.road(), world.as(2), ConfirmAccountChange{second->account});
    EXPECT_EQ(confirmed->closed, 1);
    change.unit = UnitId{9};
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller, change)), "access.not_here");
    world.expect_trail_whole();
}

TEST_P(Register, PersonsOnceAndAgain) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    std::vector<PersonInput> persons{person(1, "张三", "6222021234567890128"), person(2, "李四"),
                                     person(3, "王五", "6222021234567890128")};
    persons[0].phone = Secret<std::string>("138 1234 5678");
    persons[2].holder = Secret<std::string>("张三");
    const auto first = try_register(world, persons);
    ASSERT_TRUE(first) << first.error().kind().code;
    EXPECT_EQ(first->registered, 3);
    EXPECT_EQ(first->accounts, 2);
    EXPECT_EQ(first->already_known, 0);

    // Again, with one more, an account for the second, and another account for the first.
    persons[0].account = Secret<std::string>("6228480402564890018");
    persons[1] = person(2, "李四", "6228480402564890018");
    persons.push_back(person(4, "赵六"));
    const auto second = try_register(world, persons);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->rows, 4);
    EXPECT_EQ(second->registered, 1);
    EXPECT_EQ(second->already_known, 3);
    EXPECT_EQ(second->accounts, 1);  // the second person's first; the first one's is not changed

    const auto ids = ids_of(world, persons);
    reading(world, [&](store::Tx& tx) {
        const auto clear = clear_person(tx, *world.keys, everything(), ids[0]);
        ASSERT_TRUE(clear);
        EXPECT_EQ(clear->id_number.reveal(), id_number(1));
        EXPECT_EQ(clear->name.reveal(), "张三");
        EXPECT_EQ(clear->phone.reveal(), "13812345678");
        EXPECT_EQ(accounts_of(tx, everything(), ids[0]).size(), 1U);
        EXPECT_EQ(accounts_of(tx, everything(), ids[0]).at(0).last_four, "0128");
        const auto cards = persons_page(tx, *world.keys, everything(), kCounty, {}, 10);
        EXPECT_EQ(cards.size(), 4U);
        EXPECT_EQ(cards[0].masked_name, "张*");
        EXPECT_EQ(cards[0].birth_year, 1940);
        EXPECT_TRUE(persons_page(tx, *world.keys, everything(), kOtherCounty, {}, 10).empty());
        EXPECT_TRUE(
            persons_page(tx, *world.keys, EverythingAllowed::only(kOtherCounty), kCity, {}, 10)
                .empty());
        EXPECT_EQ(code_of(person_card(tx, *world.keys, EverythingAllowed::only(kOtherCounty),
                                      ids[0], Seen::open)),
                  "access.not_here");
        EXPECT_EQ(
            code_of(clear_person(tx, *world.keys, EverythingAllowed::only(kOtherCounty), ids[0])),
            "access.not_here");
    });
    world.expect_trail_whole();
}

TEST_P(Register, IntakeRefusals) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    const auto stage = [&](const std::vector<PersonInput>& persons, IntakeId intake = {}) {
        const auto checked = check_persons(persons, world.clock.today());
        return stage_persons({world.database(), *world.keys, *world.ids, world.clock.now()},
                             checked.good, intake);
    };
    const auto take = [&](Area area, IntakeId intake) {
        return code_of(road::carry_out(world.road(), world.caller, RegisterPersons{area, intake}));
    };
    PersonInput nowhere = person(2, "李四");
    nowhere.area = {430408009009};
    EXPECT_EQ(take(kCity, {12345}), "registry.intake_not_found");
    EXPECT_EQ(take(kOtherCounty, stage({person(1, "张三")})), "registry.area_outside");
    EXPECT_EQ(take(kCity, stage({nowhere})), "registry.no_such_area");
    const IntakeId intake = stage({person(1, "张三")});
    PersonInput again = person(1, "张三");
    const std::vector<PersonInput> two{person(2, "李四"), again};
    auto checked = check_persons(two, world.clock.today());
    checked.good.erase(checked.good.begin());
    stage_persons({world.database(), *world.keys, *world.ids, world.clock.now()}, checked.good,
                  intake);
    EXPECT_EQ(take(kCity, intake), "registry.person_twice");
    drop_intake(world.database(), intake);
    EXPECT_EQ(take(kCity, intake), "registry.intake_not_found");
    EXPECT_EQ(intake_of(*world.keys, bytes_of("a")), intake_of(*world.keys, bytes_of("a")));
    EXPECT_NE(intake_of(*world.keys, bytes_of("a")), intake_of(*world.keys, bytes_of("b")));
}

TEST_P(Register, FactsAsKnown) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    const std::vector<PersonInput> persons{person(1, "张三"), person(2, "李四")};
    ASSERT_TRUE(try_register(world, persons));
    const auto ids = ids_of(world, persons);
    const RecordStatuses order{
        kCounty,
        {{ids[0], StatusKind::dead, StatusSource::funeral, day("2026-10-20"), {}},
         {ids[1], StatusKind::missing, StatusSource::village, day("2026-01-01"), {}}}};
    const OrderId before{world.ids->next(world.clock.now().ms)};
    world.clock.advance_ms(1000);
    EXPECT_EQ(road::carry_out(world.road(), world.caller, order)->recorded, 2);
    EXPECT_EQ(road::carry_out(world.road(), world.caller, order)->already_known, 2);

    const auto facts = [&](const char* month, OrderId known) {
        auto tx = world.database().begin_write();
        Probe probe(*tx, world.ids->next(world.clock.now().ms), ids);
        std::string out;
        for (const StatusRow& row : probe.statuses_in(*parse_month(month), known))
            out += (row.person == ids[0] ? "1" : "2") + row.kind + " ";
        probe.clear();
        tx->commit();
        return out;
    };
    EXPECT_EQ(facts("2026-09", {}), "2missing ");
    EXPECT_EQ(facts("2026-10", {}), "1dead 2missing ");
    EXPECT_EQ(facts("2026-11", {}), "1dead 2missing ");
    EXPECT_EQ(facts("2026-11", before), "");  // nobody knew yet

    std::vector<StatusRow> held =
        reading(world, [&](store::Tx& tx) { return statuses_of(tx, everything(), ids[1]); });
    ASSERT_EQ(held.size(), 1U);
    const OrderId between{world.ids->next(world.clock.now().ms)};
    world.clock.advance_ms(1000);
    const auto ended =
        road::carry_out(world.road(), world.caller, EndStatus{{held[0].id}, day("2026-11-01")});
    ASSERT_TRUE(ended);
    EXPECT_EQ(facts("2026-10", {}), "1dead 2missing ");
    EXPECT_EQ(facts("2026-11", {}), "1dead ");
    EXPECT_EQ(facts("2026-11", between), "1dead 2missing ");
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller, EndStatus{{held[0].id}, {}})),
              "registry.status_closed");
    EXPECT_TRUE(road::carry_out(world.road(), world.caller, EndStatus{*ended->again, {}}));
    EXPECT_EQ(facts("2026-10", {}), "1dead ");
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller, EndStatus{{77}, {}})),
              "access.not_here");
    world.expect_trail_whole();
}

TEST_P(Register, Moves) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    const std::vector<PersonInput> persons{person(1, "张三", "6222021234567890128")};
    ASSERT_TRUE(try_register(world, persons));
    const PersonId id = ids_of(world, persons)[0];
    ASSERT_TRUE(road::carry_out(
        world.road(), world.caller,
        RecordStatuses{
            kCounty,
            {{id, StatusKind::in_institution, StatusSource::village, day("2026-01-01"), {}}}}));
    ASSERT_TRUE(road::carry_out(world.road(), world.caller,
                                MovePerson{id, kOtherVillage, day("2026-03-01")}));
    ASSERT_TRUE(
        road::carry_out(world.road(), world.caller, MovePerson{id, kVillage, day("2026-09-01")}));
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller,
                                      MovePerson{id, kVillage, day("2026-10-01")})),
              "registry.already_lives_there");
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller,
                                      MovePerson{{99}, kVillage, day("2026-10-01")})),
              "access.not_here");
    reading(world, [&](store::Tx& tx) {
        EXPECT_EQ(residence_on(tx, id, day("2026-02-28"), {}), kVillage);
        EXPECT_EQ(residence_on(tx, id, day("2026-03-01"), {}), kOtherVillage);
        EXPECT_EQ(residence_on(tx, id, day("2026-09-01"), {}), kVillage);
        EXPECT_EQ(accounts_of(tx, EverythingAllowed::only(kCounty), id).size(), 1U);
        EXPECT_EQ(statuses_of(tx, EverythingAllowed::only(kCounty), id).size(), 1U);
        EXPECT_EQ(area_of_person(tx, id), kVillage);
    });
    world.expect_trail_whole();
}

/// To whom the other county does not exist.
class OneCounty final : public road::Authoriser {
public:
    Result<Scope> may_order(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                            const road::OrderType&, const crypto::Digest&, Area area,
                            Instant) const override {
        if (kOtherCounty.contains(area)) return refuse(access::kNotHere);
        return scope_of(kCity);
    }
    Result<Scope> may_read(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                           std::string_view, Area, Instant) const override {
        return scope_of(kCounty);
    }
};

TEST_P(Register, AMoveGivenAgainUnderItsKeyAnswersTheSame) {
    const OneCounty one_county;
    World world(GetParam());
    world.use(one_county);
    import_areas(world);
    const std::vector<PersonInput> persons{person(1, "张三", "6222021234567890128")};
    ASSERT_TRUE(try_register(world, persons));
    const PersonId id = ids_of(world, persons)[0];
    const MovePerson order{id, kOtherVillage, day("2026-03-01")};
    const auto first = road::carry_out(world.road(), world.caller, order, {.key = "m1"});
    ASSERT_TRUE(first);
    // The receipt was lost, and the person is the other county's by now.
    const auto again = road::carry_out(world.road(), world.caller, order, {.key = "m1"});
    ASSERT_TRUE(again) << code_of(again);
    EXPECT_EQ(again->residence, first->residence);
    // Without its key, with another's, or as another order it is refused.
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller, order)), "access.not_here");
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.as(2), order, {.key = "m1"})),
              "access.not_here");
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller,
                                      MovePerson{id, kVillage, day("2026-04-01")},
                                      {.key = "m1"})),
              "access.not_here");
}

TEST_P(Register, AnInvariantNamesTheRow) {
    World world(GetParam());
    world.use(invariants());
    import_areas(world);
    const std::vector<PersonInput> persons{person(1, "张三", "6222021234567890128")};
    ASSERT_TRUE(try_register(world, persons));
    const auto broken = [&] {
        std::string out;
        auto tx = world.database().begin_read();
        for (const road::Invariant& each : invariants()) {
            tx->query(*each.broken, {store::Value::of(0)}, store::Fetch::whole,
                      [&](store::Cursor& c) {
                          out += std::string(each.name) + ":" + std::string(c.text(0)) + " ";
                          fenming::test::expect_said(c.text(2));
                      });
            std::int64_t counted = 0;
            tx->query(*each.counted, {}, store::Fetch::whole,
                      [&](store::Cursor& c) { counted = c.integer(0); });
            EXPECT_EQ(counted, 1) << each.name;
        }
        return out;
    };
    EXPECT_EQ(broken(), "");
    world.behind_the_back("UPDATE person SET area = 430407001001");
    EXPECT_EQ(broken(), "person_place:person account_place:payee_account ");
    world.behind_the_back("UPDATE person SET area = 430408001002");
    world.behind_the_back("UPDATE payee_account SET confirmed_by_staff = changed_by_staff");
    EXPECT_EQ(broken(), "account_staff:payee_account ");
}

}  // namespace
}  // namespace fenming::registry

// Accounts and look-ups, on both databases.

#include <set>

#include "registry/people_test.h"

namespace fenming::registry {
namespace {

using namespace testing_people;
using test::everything;
using test::EverythingAllowed;
using test::World;

FENMING_ON_BOTH(Accounts);

/// The refusal's code; its sentence has all its values in both languages.
template <class T>
std::string code_of(const Result<T>& result) {
    if (result) return "good";
    for (const Language language : {Language::zh_cn, Language::en})
        EXPECT_TRUE(missing_values(result.error(), language).empty())
            << say(result.error(), language).says;
    return std::string(result.error().kind().code);
}

ChangeAccount change(PersonId person, const char* account, const char* holder) {
    ChangeAccount order;
    order.person = person;
    order.account = Secret<std::string>(account);
    order.holder = Secret<std::string>(holder);
    order.bank_code = "PSBC";
    order.bank_name = "邮储银行";
    return order;
}

class Fixture {
public:
    explicit Fixture(const char* kind) : world(kind) {
        world.use(invariants());
        import_areas(world);
        persons = {person(1, "张三", "6222021234567890128"),
                   person(2, "李四", "6222021234567890128"), person(3, "王五")};
        persons[1].holder = Secret<std::string>("张三");
        EXPECT_TRUE(try_register(world, persons));
        ids = ids_of(world, persons);
    }
    template <class O>
    auto order(const O& what, std::int64_t staff = 1) {
        return road::carry_out(world.road(), world.as(staff), what);
    }
    template <class F>
    auto probe(F&& f) {
        auto tx = world.database().begin_write();
        Probe asked(*tx, world.ids->next(world.clock.now().ms), ids);
        auto answer = f(asked);
        asked.clear();
        tx->commit();
        return answer;
    }

    World world;
    std::vector<PersonInput> persons;
    std::vector<PersonId> ids;
};

TEST_P(Accounts, AChangeNeedsASecondPerson) {
    Fixture f(GetParam());
    const auto proposed = f.order(change(f.ids[0], "6228480402564890018", "张三"));
    ASSERT_TRUE(proposed);
    EXPECT_EQ(code_of(f.order(change(f.ids[0], "6228480402564890018", "张三"))),
              "registry.change_pending");
    EXPECT_EQ(code_of(f.order(ConfirmAccountChange{proposed->account}, 1)), "registry.same_staff");
    {
        auto tx = f.world.database().begin_read();
        EXPECT_EQ(pending_changes(*tx, everything(), {}, 10).size(), 1U);
        EXPECT_TRUE(pending_changes(*tx, EverythingAllowed::only(kOtherCounty), {}, 10).empty());
    }
    // Until then the old account holds.
    const Date today = f.world.clock.today();
    const auto accounts = [&](Date on, OrderId known) {
        return f.probe([&](const Probe& p) { return p.accounts_on(on, known); });
    };
    ASSERT_EQ(accounts(today, {}).size(), 2U);
    const PayeeAccountId old = accounts(today, {})[0].account;
    const OrderId before{f.world.ids->next(f.world.clock.now().ms)};
    f.world.clock.advance_ms(24 * 3'600'000);
    const auto confirmed = f.order(ConfirmAccountChange{proposed->account}, 2);
    ASSERT_TRUE(confirmed);
    EXPECT_EQ(confirmed->closed, 1);
    const Date tomorrow = f.world.clock.today();
    EXPECT_EQ(accounts(tomorrow, {})[0].account, proposed->account);
    EXPECT_EQ(accounts(tomorrow, {})[0].changed_by, StaffId{1});
    EXPECT_EQ(accounts(tomorrow, {})[0].confirmed_by, StaffId{2});
    EXPECT_EQ(accounts(today, {})[0].account, old);  // on its own days the old one
    EXPECT_EQ(accounts(today, before)[0].account, old);
    EXPECT_EQ(code_of(f.order(ConfirmAccountChange{proposed->account}, 2)),
              "registry.account_state");
    EXPECT_EQ(code_of(f.order(change(f.ids[0], "6228480402564890018", "张三"))),
              "registry.account_unchanged");
    EXPECT_EQ(code_of(f.order(change(f.ids[0], "6228480402564890026", "李四"))),
              "registry.holder_differs");
    f.world.expect_trail_whole();
}

TEST_P(Accounts, RefusedClosedChecked) {
    Fixture f(GetParam());
    const auto proposed = f.order(change(f.ids[2], "6228480402564890018", "王五"));
    const auto refused = f.order(ConfirmAccountChange{proposed->account, false}, 2);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->accepted, 0);
    const auto again = f.order(change(f.ids[2], "6228480402564890018", "王五"));
    ASSERT_TRUE(again);
    ASSERT_TRUE(f.order(ConfirmAccountChange{again->account}, 2));

    const RecordAccountChecks checks{
        kCounty, f.world.clock.today(), {{again->account, AccountCheck::name_mismatch}}};
    EXPECT_EQ(f.order(checks)->recorded, 1);
    RecordAccountChecks elsewhere = checks;
    elsewhere.area = kOtherCounty;
    EXPECT_EQ(code_of(f.order(elsewhere)), "registry.account_not_found");
    EXPECT_EQ(f.probe([&](const Probe& p) {
        return p.accounts_on(f.world.clock.today(), {}).back().checked_result;
    }),
              "name_mismatch");

    EXPECT_TRUE(f.order(CloseAccount{again->account}));
    EXPECT_EQ(code_of(f.order(CloseAccount{again->account})), "registry.account_state");
    EXPECT_EQ(code_of(f.order(CloseAccount{{77}})), "access.not_here");
    EXPECT_EQ(
        f.probe([&](const Probe& p) { return p.accounts_on(f.world.clock.today(), {}).size(); }),
        2U);
    f.world.expect_trail_whole();
}

TEST_P(Accounts, SharedWithoutCustody) {
    Fixture f(GetParam());
    const auto shared = [&] { return f.probe([](const Probe& p) { return p.shared_accounts(); }); };
    ASSERT_EQ(shared().size(), 2U);
    EXPECT_EQ(shared()[0].persons, 2);
    const auto accounts =
        f.probe([&](const Probe& p) { return p.accounts_on(f.world.clock.today(), {}); });
    EXPECT_EQ(accounts[0].holder_is_person, 1);
    EXPECT_EQ(accounts[1].holder_is_person, 0);  // 张三 holds the account that 李四 named
    for (const AccountOf& each : accounts)
        ASSERT_TRUE(
            f.order(RecordCustody{each.account, Secret<std::string>("夫妻共用，村委证明")}));
    EXPECT_TRUE(shared().empty());
    f.world.expect_trail_whole();
}

TEST_P(Accounts, ClearForABankFile) {
    Fixture f(GetParam());
    const auto accounts =
        f.probe([&](const Probe& p) { return p.accounts_on(f.world.clock.today(), {}); });
    const std::vector<PayeeAccountId> wanted{accounts[1].account, accounts[0].account};
    auto tx = f.world.database().begin_write();
    const auto clear =
        open_accounts(*tx, *f.world.keys, f.world.ids->next(f.world.clock.now().ms), wanted);
    ASSERT_EQ(clear.size(), 2U);
    EXPECT_EQ(clear[0].account, wanted[0]);
    EXPECT_EQ(clear[0].number.reveal(), "6222021234567890128");
    EXPECT_EQ(clear[1].holder.reveal(), "张三");
}

TEST_P(Accounts, ASwappedCellDoesNotOpen) {
    Fixture f(GetParam());
    f.world.behind_the_back(
        "UPDATE payee_account SET account = (SELECT account FROM payee_account b "
        "WHERE b.id <> payee_account.id)");
    const auto accounts =
        f.probe([&](const Probe& p) { return p.accounts_on(f.world.clock.today(), {}); });
    const std::vector<PayeeAccountId> wanted{accounts[0].account};
    auto tx = f.world.database().begin_write();
    EXPECT_THROW(open_accounts(*tx, *f.world.keys, 1, wanted), Fault);
}

/// Lets every caller act, but only see and touch what lies in one county.
class OneCounty final : public road::Authoriser {
public:
    Result<Scope> may_order(store::Tx&, const crypto::KeyStore&, const road::Caller& caller,
                            const road::OrderType&, const crypto::Digest&, Area,
                            Instant) const override {
        return caller.staff.number < 10 ? scope_of_everything() : scope_of(kOtherCounty);
    }
    Result<Scope> may_read(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                           std::string_view, Area, Instant) const override {
        return scope_of_everything();
    }
};

TEST_P(Accounts, LookUpsAreScopedAndNoted) {
    static const OneCounty rights;
    World world(GetParam());
    world.use(rights);
    world.use(invariants());
    import_areas(world);
    std::vector<PersonInput> persons{person(1, "张三"), person(2, "李四")};
    persons[1].label = Label::guarded;
    ASSERT_TRUE(try_register(world, persons));
    const auto ids = ids_of(world, persons);

    const auto look_up = [&](int n, std::int64_t staff, Area area = kCity) {
        LookUp order;
        order.area = area;
        order.id_number = Secret<std::string>(id_number(n));
        order.purpose = Purpose::payment;
        order.reason = Secret<std::string>("核对退汇");
        return road::carry_out(world.road(), world.as(staff), order)->persons.size();
    };
    EXPECT_EQ(look_up(1, 1), 1U);
    EXPECT_EQ(look_up(1, 1, kOtherCounty), 0U);  // not in the area asked
    EXPECT_EQ(look_up(1, 11), 0U);               // not in the caller's scope
    EXPECT_EQ(look_up(2, 1), 0U);                // guarded
    EXPECT_EQ(look_up(9, 1), 0U);

    LookUpGuarded guarded;
    guarded.area = kCity;
    guarded.name = Secret<std::string>(" 李四 ");
    guarded.birth_date = parse_date("1940-01-01").value();
    guarded.reason = Secret<std::string>("个案");
    EXPECT_EQ(road::carry_out(world.road(), world.caller, guarded)->persons.at(0), ids[1]);
    guarded.birth_date = parse_date("1940-01-02").value();
    EXPECT_TRUE(road::carry_out(world.road(), world.caller, guarded)->persons.empty());
    guarded.birth_date.reset();
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.caller, guarded)),
              "registry.look_up_by_what");

    const Unmask unmask{ids[1], Purpose::audit, Secret<std::string>("检查")};
    EXPECT_TRUE(road::carry_out(world.road(), world.caller, unmask));
    EXPECT_EQ(code_of(road::carry_out(world.road(), world.as(11), unmask)), "access.not_here");

    auto tx = world.database().begin_read();
    const auto noted = look_ups_page(*tx, everything(), 0, 50);
    EXPECT_EQ(noted.size(), 8U);
    EXPECT_EQ(noted.front().person, ids[0]);
    EXPECT_EQ(noted.front().purpose, "payment");
    EXPECT_EQ(noted.back().kind, "unmask");
    EXPECT_EQ(guarded_count(*tx, everything(), kCity), 1);
    EXPECT_EQ(persons_page(*tx, *world.keys, everything(), kCity, {}, 10).size(), 1U);
    EXPECT_EQ(code_of(person_card(*tx, *world.keys, everything(), ids[1], Seen::open)),
              "access.not_here");
    EXPECT_TRUE(person_card(*tx, *world.keys, everything(), ids[1], Seen::guarded_too));
    tx.reset();
    world.expect_trail_whole();
}

/// Nothing that cannot be erased names a person (S3): the trail, the outbox, receipts.
TEST_P(Accounts, NothingAppendOnlyNamesAPerson) {
    Fixture f(GetParam());
    Unmask unmask{f.ids[0], Purpose::audit, Secret<std::string>("检查张三的账户")};
    ASSERT_TRUE(road::carry_out(f.world.road(), f.world.caller, unmask, {"key-1", false}));
    ASSERT_TRUE(f.order(change(f.ids[0], "6228480402564890018", "张三")));
    auto tx = f.world.database().begin_read();
    std::string all;
    for (const char* query :
         {"SELECT facts FROM trail", "SELECT receipt FROM order_key", "SELECT kind FROM outbox"}) {
        const store::StmtInfo stmt{"registry.test", query, query, "", 0, "", ""};
        tx->query(stmt, {}, store::Fetch::whole,
                  [&](store::Cursor& c) { all += std::string(c.text(0)) + "\n"; });
    }
    EXPECT_GT(all.size(), 100U);
    for (const std::string& secret :
         {id_number(1), std::string("张三"), std::string("6222021234567890128"),
          std::string("0128"), std::string("6228480402564890018"), std::string("检查")})
        EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

}  // namespace
}  // namespace fenming::registry

// The people of the two counties, and what becomes of them.

#include "crypto/canonical.h"
#include "registry/accounts.h"
#include "registry/intake.h"
#include "registry/validators.h"
#include "test/simulation/office.h"

namespace fenming::simulation {
namespace {

constexpr const char* kNames[] = {"王测一", "李测二", "张测三", "刘测四", "陈测五",
                                  "杨测六", "赵测七", "黄测八", "周测九", "吴测十"};
constexpr int kPeople = 40;

struct AccountRow {
    Key id = 0;
    std::string state;
    static constexpr auto fields =
        std::make_tuple(field("id", &AccountRow::id), field("state", &AccountRow::state));
};

std::string account_number(std::int64_t n) {
    const auto first = "629999000000" + std::to_string(10'000 + n);
    return first + registry::bank_card_check_digit(first);
}

}  // namespace

void Office::register_people() {
    for (int i = 0; i < kPeople; ++i) {
        Resident one;
        one.name = kNames[i % 10];
        const auto first = "990101" + std::to_string(1941 + i) + "0" + std::to_string(1 + i % 9) +
                           "1" + std::to_string(1 + i % 9) + std::to_string(111 + i);
        one.id_number = first + registry::id_number_check_character(first);
        one.number = one.first_number = account_number(i * 7 + 1);
        one.county = i % 2;
        people_.push_back(one);
    }
    for (int county = 0; county < 2; ++county) {
        std::vector<registry::PersonInput> inputs;
        for (std::size_t i = 0; i + 6 < people_.size(); ++i) {  // six are brought by a roster
            const auto& one = people_[i];
            if (one.county != county) continue;
            registry::PersonInput input;
            input.area = kCounties[county];
            input.id_number = Secret<std::string>(one.id_number);
            input.name = Secret<std::string>(one.name);
            input.account = Secret<std::string>(one.number);
            inputs.push_back(std::move(input));
        }
        const auto checked = registry::check_persons(inputs, scene_.today());
        must(checked.bad.empty(), "the people of the simulation can be registered");
        auto& road = scene_.road();
        const auto intake = registry::stage_persons(
            {road.database(), road.keys(), road.ids(), road.clock().now()}, checked.good);
        const auto done = scene_.give(county == 0 ? "town.990101" : "town.990102",
                                      registry::RegisterPersons{kCounties[county], intake});
        must(done.has_value(), "people were not registered");
    }
    learn();
}

void Office::learn() {
    for (std::size_t i = 0; i < people_.size(); ++i) {
        auto& one = people_[i];
        if (one.id != 0) continue;
        const auto number = crypto::canonical_id_number(one.id_number);
        const auto index = scene_.road().keys().blind_index(*number);
        const Bytes key(index.begin(), index.end());
        one.id =
            scene_.read([&](store::Tx& tx) { return tx.value<Key>(sql::person, key).value_or(0); });
        if (one.id == 0) continue;
        by_id_[one.id] = static_cast<int>(i);
        const auto accounts =
            scene_.read([&](store::Tx& tx) { return tx.all<AccountRow>(sql::accounts, one.id); });
        if (!accounts.empty()) one.first_account = accounts.front().id;
    }
}

Resident* Office::resident(Key person) {
    const auto it = by_id_.find(person);
    return it == by_id_.end() ? nullptr : &people_[static_cast<std::size_t>(it->second)];
}

void Office::change_account(const std::string& by) {
    auto& one = people_[static_cast<std::size_t>(dice_.below(kPeople))];
    if (one.id == 0) return;
    registry::ChangeAccount order;
    order.person = PersonId{one.id};
    const auto number = account_number(1000 + ++papers_);
    order.account = Secret<std::string>(number);
    order.holder = Secret<std::string>(dice_.in(1, 8) ? std::string("别人") : one.name);
    const auto done = scene_.give(by, order);
    if (!done) return;
    must(order.holder.reveal() == one.name, "an account of somebody else was proposed");
    must(one.proposed == 0, "two changes of one person's account wait");
    one.proposed = done->account.number;
    one.numbers[one.proposed] = number;
    one.proposer = by;
}

void Office::confirm_account(const std::string& by) {
    for (auto& one : people_) {
        if (one.proposed == 0) continue;
        const bool accepts = dice_.in(4, 5);
        const auto done = scene_.give(by, registry::ConfirmAccountChange{{one.proposed}, accepts});
        if (!done) return;
        must(by != one.proposer, "who proposed an account confirmed it");
        if (accepts) {
            closed_accounts_.insert(one.first_account);
            for (const auto& [id, number] : one.numbers)
                if (id != one.proposed) closed_accounts_.insert(id);
            one.number = one.numbers[one.proposed];
        }
        one.proposed = 0;
        return;
    }
}

void Office::close_account(const std::string& by) {
    auto& one = people_[static_cast<std::size_t>(dice_.below(kPeople))];
    if (one.id == 0) return;
    const auto accounts =
        scene_.read([&](store::Tx& tx) { return tx.all<AccountRow>(sql::accounts, one.id); });
    if (accounts.empty()) return;
    const auto& account = dice_.one_of(accounts);
    if (!scene_.give(by, registry::CloseAccount{{account.id}})) return;
    closed_accounts_.insert(account.id);
    must(account.state == "active", "an account was closed that was " + account.state);
}

void Office::record_death(const std::string& by) {
    auto& one = people_[static_cast<std::size_t>(dice_.below(kPeople))];
    if (one.id == 0) return;
    registry::RecordStatuses order;
    order.area = kCounties[one.county];
    registry::StatusInput fact;
    fact.person = PersonId{one.id};
    fact.kind = registry::StatusKind::dead;
    fact.source = registry::StatusSource::police;
    fact.valid_from = add_days(scene_.today(), -static_cast<int>(dice_.below(60)));
    order.facts.push_back(fact);
    if (scene_.give(by, order) && one.dead_on.empty()) one.dead_on = fact.valid_from.text();
}

void Office::move_away(const std::string& by) {
    auto& one = people_[static_cast<std::size_t>(dice_.below(kPeople))];
    if (one.id == 0) return;
    const auto to = 1 - one.county;
    if (scene_.give(by, registry::MovePerson{{one.id}, kCounties[to], scene_.today()}))
        one.county = to;
}

void Office::people() {
    const auto code = dice_.in(1, 2) ? ".990101" : ".990102";
    const auto town = std::string("town") + code;
    switch (dice_.below(12)) {
        case 0:
        case 1:
        case 2:
            return change_account(town);
        case 3:
        case 4:
        case 5:
            return confirm_account(dice_.in(1, 6) ? town : "finance");
        case 6:
            return close_account(town);
        case 7:
            return record_death(town);
        default:
            return move_away(town);
    }
}

}  // namespace fenming::simulation

// The mark of a demo, and its users, made by five orders.

#include "access/demo.h"

#include "access/grants.h"
#include "access/save.h"
#include "access/sql.h"
#include "crypto/random.h"
#include "store/migrate.h"

namespace fenming::access {
namespace {

/// A user to make: his name, role and where.
struct DemoUser {
    std::string login;
    std::string name;
    std::string_view role;
    Area area;
    OfficeId office;
};

/// Roles for which the demo has a user of that name, over the whole.
constexpr std::string_view kRootRoles[] = {"town",    "county", "review", "approve", "finance",
                                           "release", "audit",  "leader", "section", "admin-log"};
constexpr std::string_view kCountyRoles[] = {"town", "county", "review", "approve", "finance"};

std::string county_code(Area area) {
    return area.text().substr(0, 6);
}

std::string name_of(std::string_view role, const std::string& place) {
    return place + std::string(words(role_key(role), Language::zh_cn));
}

class Installer {
public:
    Installer(road::Road& road, Area root, std::string zh, std::string en)
        : road_(road),
          door_(road, Settings::for_demo()),
          root_(root),
          zh_(std::move(zh)),
          en_(std::move(en)) {}

    Result<Done> install(const std::vector<DemoCounty>& counties) {
        TRY(found());
        const auto users = TRY(offices_and_users(counties));
        const auto accounts = TRY(make_accounts(users));
        return grant(users, accounts);
    }

private:
    Result<road::Caller> as(std::string_view login) {
        auto tx = road_.database().begin_read();
        return caller_as(*tx, road_.keys(), login, "", road_.clock().now());
    }

    Result<Done> found() {
        FirstAccount order;
        order.area = root_;
        order.office_code = "bureau";
        order.office_name_zh = zh_ + "民政局";
        order.office_name_en = en_ + " Civil Affairs Bureau";
        for (const std::string_view role : {"admin-account", "admin-permission"})
            order.founders.push_back({std::string(role), name_of(role, zh_), std::nullopt});
        const Secret<std::string> demo{std::string(kDemoPassword)};
        const road::Caller console{{}, {}, "cli", "", {}};
        order = TRY(door_.with_passwords(std::move(order), {demo, demo}));
        TRY(road::carry_out(road_, console, order));
        return Done{};
    }

    Result<std::vector<DemoUser>> offices_and_users(const std::vector<DemoCounty>& counties) {
        AddOffices order;
        order.offices.push_back(
            {"sections", zh_ + "民政局各科室", en_ + " sections", OfficeKind::city_section, root_});
        for (const auto& each : counties)
            order.offices.push_back({county_code(each.area), each.name_zh + "民政局",
                                     each.name_en + " Civil Affairs Bureau",
                                     OfficeKind::county_bureau, each.area});
        const auto administrator = TRY(as("admin-account"));
        const auto offices = TRY(road::carry_out(road_, administrator, order)).offices;
        std::vector<DemoUser> users;
        for (const auto role : kRootRoles)
            users.push_back({std::string(role), name_of(role, zh_), role, root_, offices[0]});
        for (std::size_t i = 0; i < counties.size(); ++i)
            for (const auto role : kCountyRoles)
                users.push_back({std::string(role) + "." + county_code(counties[i].area),
                                 name_of(role, counties[i].name_zh), role, counties[i].area,
                                 offices[i + 1]});
        return users;
    }

    Result<std::vector<AccountId>> make_accounts(const std::vector<DemoUser>& users) {
        ProposeAccounts order;
        std::vector<Secret<std::string>> passwords;
        for (const auto& each : users) {
            order.accounts.push_back(
                {each.login, std::nullopt, each.name, each.office, std::nullopt, true});
            passwords.emplace_back(std::string(kDemoPassword));
        }
        order = TRY(door_.with_passwords(std::move(order), passwords));
        const auto proposer = TRY(as("admin-account"));
        const auto confirmer = TRY(as("admin-permission"));
        const auto proposed = TRY(road::carry_out(road_, proposer, order));
        TRY(road::carry_out(road_, confirmer, ConfirmAccounts{proposed.requests}));
        return proposed.accounts;
    }

    Result<Done> grant(const std::vector<DemoUser>& users, const std::vector<AccountId>& accounts) {
        ProposeGrants order;
        for (std::size_t i = 0; i < users.size(); ++i)
            order.grants.push_back(
                {accounts[i], std::string(users[i].role), users[i].area, {}, {}});
        const auto proposer = TRY(as("admin-permission"));
        const auto confirmer = TRY(as("admin-account"));
        const auto proposed = TRY(road::carry_out(road_, proposer, order));
        TRY(road::carry_out(road_, confirmer, ConfirmGrants{proposed.grants}));
        return Done{};
    }

    road::Road& road_;
    Door door_;
    Area root_;
    std::string zh_;
    std::string en_;
};

crypto::Frame marked(store::Tx& tx) {
    crypto::Frame frame("fenming/demo-mark/v1");
    // A restored database is of another generation, and as much a demo as it was.
    const auto born = store::meta(tx, "born");
    frame.add(born ? *born : store::meta(tx, "generation").value_or(""));
    return frame;
}

}  // namespace

void mark_demo(store::Tx& tx, const crypto::KeyStore& keys) {
    if (!store::meta(tx, "generation"))
        store::set_meta(tx, "generation", crypto::random_public_id());
    store::set_meta(tx, "demo", "1");
    store::set_meta(tx, "demo_mac", to_hex(detail::mac_of(keys, marked(tx).view())));
}

Result<bool> demo_mark(store::Tx& tx, const crypto::KeyStore& keys) {
    if (!is_demo(tx)) return false;
    const auto mac = from_hex(store::meta(tx, "demo_mac").value_or(""));
    if (!mac || !detail::is_mac_of(keys, marked(tx).view(), *mac)) return refuse(kDemoMarkForged);
    return true;
}

Result<road::Caller> caller_as(store::Tx& tx, const crypto::KeyStore& keys, std::string_view login,
                               std::string_view host_user, Instant now) {
    if (!is_demo(tx)) return refuse(kAsOnlyInDemo);
    const auto name = login_form(login);
    const auto account =
        name ? tx.one<AccountRow>(sql::account_of_login, *name) : std::optional<AccountRow>();
    if (!account) return refuse(refusal(kNoSuchUser).personal("login", std::string(login)));
    TRY(check_seal(keys, *account));
    if (account->state != kActive)
        return refuse(refusal(kAccountNotActive).word("state", account->state, "access.state"));
    road::Caller caller{account->id, account->staff, "cli", std::string(host_user), now};
    caller.for_any_order = true;
    return caller;
}

Result<Done> install_demo_users(road::Road& road, Area root, std::string root_name_zh,
                                std::string root_name_en, const std::vector<DemoCounty>& counties) {
    {
        auto tx = road.database().begin_read();
        if (!is_demo(*tx)) return refuse(kAsOnlyInDemo);
    }
    return Installer(road, root, std::move(root_name_zh), std::move(root_name_en))
        .install(counties);
}

}  // namespace fenming::access

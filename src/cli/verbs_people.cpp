// Verbs on the people who work here: two administrators make each account (S7).

#include "access/accounts.h"
#include "access/grants.h"
#include "access/lists.h"
#include "cli/arguments.h"
#include "cli/verbs.h"

namespace fenming::cli {
namespace {

inline constexpr RefusalKind kNoSuchOffice{"cli.no_such_office", 422};
inline constexpr RefusalKind kNoSuchUser{"cli.no_such_user", 422};

/// Pages until `found` says yes.
template <class Row, class Page, class Found>
std::optional<Row> first_of(Page&& page, Found&& found) {
    constexpr int kPage = 500;
    for (std::int64_t after = 0;;) {
        const std::vector<Row> rows = page(after, kPage);
        for (const auto& row : rows)
            if (found(row)) return row;
        if (rows.size() < kPage) return std::nullopt;
        after = rows.back().id.number;
    }
}

Result<access::OfficeId> office_of(Program& p, const road::Caller& caller,
                                   const std::string& code) {
    return road::look(p.road(), caller, "access.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<access::OfficeId> {
                          const auto office = first_of<access::OfficeRow>(
                              [&](std::int64_t after, int limit) {
                                  return access::offices(tx, scope, {after}, limit);
                              },
                              [&](const access::OfficeRow& row) { return row.code == code; });
                          if (!office) return refuse(refusal(kNoSuchOffice).with("code", code));
                          return office->id;
                      });
}

Result<access::AccountLine> account_of(Program& p, const road::Caller& caller,
                                       const std::string& login) {
    return road::look(p.road(), caller, "access.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<access::AccountLine> {
                          auto account = first_of<access::AccountLine>(
                              [&](std::int64_t after, int limit) {
                                  return access::accounts(tx, scope, {after}, limit);
                              },
                              [&](const access::AccountLine& row) { return row.login == login; });
                          if (!account) return refuse(refusal(kNoSuchUser).with("login", login));
                          return std::move(*account);
                      });
}

/// What waits for a second person, of this account.
template <class Line, class List>
Result<std::vector<decltype(Line::id)>> waiting(Program& p, const road::Caller& caller,
                                                AccountId account, List&& list) {
    using IdT = decltype(Line::id);
    return road::look(p.road(), caller, "access.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<std::vector<IdT>> {
                          std::vector<IdT> ids;
                          for (const Line& line : list(tx, scope))
                              if (line.account == account) ids.push_back(line.id);
                          return ids;
                      });
}

}  // namespace

int user_found(const Common& common, const FoundersWanted& wanted) {
    const auto work = [&](Program& p) -> Result<api::Value> {
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
        const auto caller = TRY(p.caller());
        return api::to_value(TRY(road::carry_out(p.road(), caller, order)));
    };
    return with_program(common, Need::ready, work, [](const api::Value&) { return kAllDone; });
}

int user_add(const Common& common, const UserWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.person());
        access::AccountWanted account;
        account.login = wanted.login;
        account.name = wanted.name;
        account.office = TRY(office_of(p, caller, wanted.office));
        const auto password = TRY(secret_line(wanted.password_file));
        return give(
            p, TRY(p.door().with_passwords(access::ProposeAccounts{{account}, {}}, {password})));
    });
}

int user_grant(const Common& common, const UserWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.person());
        const auto account = TRY(account_of(p, caller, wanted.login));
        return give(p, access::ProposeGrants{
                           {{account.id, wanted.role, TRY(parse_area(wanted.area)), {}, {}}}});
    });
}

int user_confirm(const Common& common, const std::string& login) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.person());
        const auto account = TRY(account_of(p, caller, login));
        const auto requests = TRY(waiting<access::RequestLine>(
            p, caller, account.id, [](store::Tx& tx, const Scope& scope) {
                return access::requests(tx, scope, "proposed", {}, 500);
            }));
        const auto grants = TRY(waiting<access::GrantLine>(
            p, caller, account.id, [&](store::Tx& tx, const Scope& scope) {
                return access::grants(tx, scope, "proposed", account.id, {}, 500);
            }));
        api::Value accounts_value;
        api::Value grants_value;
        // An account first: a role of one that is not confirmed cannot be.
        if (!requests.empty()) accounts_value = TRY(give(p, access::ConfirmAccounts{requests}));
        if (!grants.empty()) grants_value = TRY(give(p, access::ConfirmGrants{grants}));
        return api::Value(api::Object{{"user", login},
                                      {"accounts", std::move(accounts_value)},
                                      {"grants", std::move(grants_value)}});
    });
}

int user_list(const Common& common, const ListWanted& list) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto after = list.after.empty() ? AccountId{} : TRY(id_of<AccountId>(list.after));
        return road::look(
            p.road(), TRY(p.caller()), "access.read", {},
            [&](store::Tx& tx, const Scope& scope) -> Result<api::Value> {
                api::Array rows;
                for (const auto& row : access::accounts(tx, scope, after, list.limit + 1))
                    rows.push_back(api::to_value(row));
                return api::Value(
                    api::Object{{"users", page_of(common, std::move(rows), list.limit)}});
            });
    });
}

}  // namespace fenming::cli

// Setting the stage, and what faults do.

#include "test/simulation/scene.h"

#include "access/demo.h"
#include "access/invariants.h"
#include "base/text.h"
#include "budget/invariants.h"
#include "disbursement/invariants.h"
#include "ledger/invariants.h"
#include "policy/policy.h"
#include "registry/registry.h"
#include "test/simulation/disk.h"
#include "trail/anchor.h"
#include "trail/trail.h"
#include "workflow/invariants.h"

namespace fenming::simulation {
namespace {

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kDay_ms = 86'400'000;
constexpr std::int64_t kFirstMorning_ms = 1'756'688'400'000;  // 2025-09-01T09:00:00+08:00

struct LinkRow {
    Key order = 0;
    Key pen = 0;
    std::string other_pens;
    static constexpr auto fields =
        std::make_tuple(field("order_id", &LinkRow::order), field("pen", &LinkRow::pen),
                        field("other_pens", &LinkRow::other_pens));
};

std::vector<road::Invariant> all_invariants() {
    std::vector<road::Invariant> all;
    for (const auto& list : {access::invariants(), registry::invariants(), policy::invariants(),
                             workflow::invariants(), ledger::invariants(), budget::invariants(),
                             disbursement::invariants()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

template <class T>
void must_pass(const Result<T>& result, const char* what) {
    must(result.has_value(),
         std::string(what) + (result ? "" : ": " + std::string(result.error().kind().code)));
}

}  // namespace

Result<Scope> DyingAuthoriser::may_order(store::Tx& tx, const crypto::KeyStore& keys,
                                         const road::Caller& caller, const road::OrderType& type,
                                         const crypto::Digest& order, Area area,
                                         Instant now) const {
    if (at_order) {
        const auto dies = at_order;
        const_cast<DyingAuthoriser*>(this)->at_order = nullptr;
        dies();
    }
    return access_.may_order(tx, keys, caller, type, order, area, now);
}
Result<Scope> DyingAuthoriser::may_read(store::Tx& tx, const crypto::KeyStore& keys,
                                        const road::Caller& caller, std::string_view permission,
                                        Area area, Instant now) const {
    return access_.may_read(tx, keys, caller, permission, area, now);
}

Scene::Scene(const std::string& database, std::uint64_t seed, bool has_faults)
    : dice(seed), kind_(database), has_faults_(false), world_(database), fate_(seed ^ 0xfa7eULL) {
    world_.use(authoriser_);
    world_.use(all_invariants());
    world_.clock.set({kFirstMorning_ms});
    install_office();
    has_faults_ = has_faults;
}
Scene::~Scene() {
    Disk::calm();
}

void Scene::install_office() {
    {
        auto tx = world_.database().begin_write();
        access::mark_demo(*tx, *world_.keys);
        tx->commit();
    }
    std::vector<access::DemoCounty> counties{{kCounties[0], "临川县", "Linchuan"},
                                             {kCounties[1], "临江县", "Linjiang"}};
    must_pass(access::install_demo_users(road(), kCity, "云川市", "Yunchuan", counties),
              "the office is set up");
    logins_ = {"review", "approve", "finance", "release", "leader", "audit", "section"};
    for (const char* county : {".990101", ".990102"})
        for (const char* role : {"town", "county", "review", "approve", "finance"})
            logins_.push_back(std::string(role) + county);
    const auto place = [](Area code, const char* name) {
        registry::AreaInput input;
        input.code = code;
        input.name_zh = name;
        return input;
    };
    must_pass(road::carry_out(
                  road(), as("section"),
                  registry::ImportAreas{kCity,
                                        {place(kCity, "云川市"), place(kCounties[0], "临川县"),
                                         place(kCounties[1], "临江县")}}),
              "areas");
    must_pass(road::carry_out(road(), as("section"), policy::InstallCatalogue{kCity, {}}),
              "the catalogue");
    newest_link_ = read([](store::Tx& tx) { return tx.value<Key>(sql::newest_link).value_or(0); });
}

const road::Caller& Scene::as(const std::string& login) {
    auto it = callers_.find(login);
    if (it == callers_.end()) {
        auto caller = read([&](store::Tx& tx) {
            return access::caller_as(tx, *world_.keys, login, "sim", world_.clock.now());
        });
        must_pass(caller, login.c_str());
        it = callers_.emplace(login, *caller).first;
    }
    it->second.stepped_up = world_.clock.now();
    return it->second;
}
Key Scene::staff_of(const std::string& login) {
    return as(login).staff.number;
}

void Scene::next_day() {
    ++day_;
    const auto now = world_.clock.now().ms;
    const auto midnight = now - (now - kFirstMorning_ms) % kDay_ms;
    world_.clock.set({midnight + kDay_ms});
}

void Scene::note(std::string_view text) {
    for (const char c : text)
        digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    digest_ = (digest_ ^ 0xff) * 1099511628211ULL;
}
void Scene::note_bytes(BytesView bytes) {
    note(text_of(bytes));
}
void Scene::keep(const std::string& code) {
    ++totals.orders;
    if (!code.empty()) ++totals.refused[code];
    note(code);
}

void Scene::begin_fault() {
    world_.clock.advance_ms(kMinute_ms * (1 + fate_.below(9)));
    is_receipt_lost_ = false;
    fault_ = Fault::none;
    if (!has_faults_ || !fate_.in(1, 16)) return;
    constexpr Fault kSqlite[] = {Fault::disk_once, Fault::disk_while, Fault::full,
                                 Fault::power_cut, Fault::power_cut,  Fault::dies,
                                 Fault::lost,      Fault::lost,       Fault::clock};
    constexpr Fault kPostgres[] = {Fault::killed, Fault::killed, Fault::dies, Fault::dies,
                                   Fault::lost,   Fault::lost,   Fault::clock};
    fault_ = kind_ == "sqlite" ? kSqlite[fate_.below(std::ssize(kSqlite))]
                               : kPostgres[fate_.below(std::ssize(kPostgres))];
    const auto quiet = fate_.below(24);
    const auto seed = fate_.next();
    switch (fault_) {
        case Fault::disk_once:
            return Disk::arm(DiskFault::io, quiet, 1, seed);
        case Fault::disk_while:
            return Disk::arm(DiskFault::io, quiet, 5, seed);
        case Fault::full:
            return Disk::arm(DiskFault::full, quiet, 1 + fate_.below(4), seed);
        case Fault::power_cut:
            return Disk::arm(DiskFault::power_cut, quiet, 1, seed);
        case Fault::dies:
            authoriser_.at_order = [] { throw fenming::Fault("the process dies"); };
            return;
        case Fault::killed:
            dead_connections_ = 8;
            authoriser_.at_order = [this] {
                world_.behind_the_back(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                    "current_database() AND pid <> pg_backend_pid()");
            };
            return;
        case Fault::lost:
            is_receipt_lost_ = true;
            ++totals.faults["receipt lost"];
            return;
        case Fault::clock:
            clock_back_ms_ = kMinute_ms * (3 + fate_.below(300));
            world_.clock.advance_ms(-clock_back_ms_);
            return;
        case Fault::none:
            return;
    }
}

void Scene::end_fault() {
    authoriser_.at_order = nullptr;
    Disk::calm();
    if (clock_back_ms_ != 0) {
        world_.clock.advance_ms(clock_back_ms_);
        clock_back_ms_ = 0;
    }
    if (has_faults_ && fate_.in(1, 150)) {
        ++totals.faults["process ended between orders"];
        reopen();
    }
}

void Scene::recover(const std::runtime_error& error, int tries) {
    static constexpr const char* kNames[] = {"none",         "disk error",   "disk error, lasting",
                                             "disk full",    "power cut",    "connection killed",
                                             "process died", "receipt lost", "clock back"};
    must(dynamic_cast<const Broken*>(&error) == nullptr, error.what());
    must(fault_ != Fault::none && fault_ != Fault::lost && tries < 12,
         std::string("an exception without a fault: ") + error.what());
    if (tries == 0) ++totals.faults[kNames[static_cast<int>(fault_)]];
    switch (fault_) {
        case Fault::power_cut:
        case Fault::dies:
            reopen();
            break;
        case Fault::clock:
            world_.clock.advance_ms(clock_back_ms_);
            clock_back_ms_ = 0;
            break;
        case Fault::disk_while:
        case Fault::full:
            if (tries >= 6) Disk::calm();
            break;
        default:
            break;
    }
    // Nothing half done stays, whatever the order was at.
    if (fault_ != Fault::killed && !Disk::has_struck() && tries < 2) prove_invariants();
    if (fault_ == Fault::power_cut) prove_invariants();
}

void Scene::bear(const store::DbError& error) {
    must(error.kind == store::DbErrorKind::connection && dead_connections_-- > 0,
         std::string("reading fails without a fault: ") + error.what());
}

void Scene::reopen() {
    for (int tries = 0;; ++tries) {
        try {
            world_.reopen();
            static_cast<void>(world_.road());
            return;
        } catch (const fenming::Fault&) {  // the disk may fail while it is opened
            if (tries > 8) throw;
        }
    }
}

void Scene::expect_links(std::size_t least, std::size_t most) {
    const auto rows =
        read([&](store::Tx& tx) { return tx.all<LinkRow>(sql::links_after, newest_link_); });
    std::map<Key, std::vector<const LinkRow*>> by_order;
    for (const auto& row : rows) by_order[row.order].push_back(&row);
    must(by_order.size() >= least && by_order.size() <= most,
         "orders with a link: " + std::to_string(by_order.size()) + ", where " +
             std::to_string(least) + " were carried out");
    for (const auto& [order, links] : by_order)
        for (const auto* link : links) {
            const auto named = link->other_pens.empty() ? 1 : split(link->other_pens, ',').size();
            must(named == links.size(), "an order lacks its link in one of its pens");
        }
    if (!rows.empty()) newest_link_ = rows.back().order;
}

void Scene::prove_invariants() {
    read([&](store::Tx& tx) {
        for (const auto& each : world_.road().invariants())
            tx.query(*each.broken, {store::Value::of(0)}, store::Fetch::whole,
                     [&](store::Cursor& c) {
                         throw Broken("invariant " + std::string(each.name) + ": " +
                                      std::string(c.text(0)) + " " + std::string(c.text(1)) + " " +
                                      std::string(c.text(2)));
                     });
        return 0;
    });
}

void Scene::prove_all() {
    prove_invariants();
    read([&](store::Tx& tx) {
        const auto report = trail::verify(tx, *world_.keys);
        for (const auto& broken : report.broken)
            throw Broken("trail: " + broken.table + " " + broken.key + " " + broken.why);
        const auto standing = trail::compare(tx, *world_.keys, world_.road().anchor()).standing;
        must(standing == trail::Standing::level || standing == trail::Standing::no_anchor,
             "the database is not level with its anchor");
        return 0;
    });
}

}  // namespace fenming::simulation

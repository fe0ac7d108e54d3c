#pragma once
// A fresh, migrated database of either kind, with set clock, ids and keys, and a road over it.
// Every test that touches the store runs in two worlds: FENMING_ON_BOTH(Suite).

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "crypto/keystore.h"
#include "road/job.h"
#include "road/road.h"

namespace fenming::test {

/// Grants every permission everywhere; for tests of folders below access, and of rules that are
/// not about rights.
class EverythingAllowed final : public road::Authoriser {
public:
    Result<Scope> may_order(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                            const road::OrderType&, const crypto::Digest&, Area,
                            Instant) const override {
        return scope_of_everything();
    }
    Result<Scope> may_read(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                           std::string_view, Area, Instant) const override {
        return scope_of_everything();
    }
    static Scope everything() { return scope_of_everything(); }
    static Scope only(Area area) { return scope_of(area); }
};

/// The scope that sees all, for reading in tests.
inline Scope everything() {
    return EverythingAllowed::everything();
}

class World {
public:
    /// `kind` is "sqlite" or "postgres"; the latter needs FENMING_TEST_PG, which `./dev test` sets.
    explicit World(std::string_view kind);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    SetClock clock;  ///< stands at 2026-11-24 09:00 in Beijing
    std::unique_ptr<crypto::KeyStore> keys;
    std::unique_ptr<IdSource> ids;
    road::Caller caller;  ///< account 1, staff 1, channel cli

    store::Database& database() { return *database_; }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    /// The road; made at the first call, after `use`.
    road::Road& road();
    /// Invariants that hold after every order of this world; before the first call of road().
    void use(std::vector<road::Invariant> invariants);
    /// Replaces the authoriser that allows everything; it must outlive the world.
    void use(const road::Authoriser& authoriser);
    /// Ends the road and the connections and opens them again, as after a restart.
    void reopen();
    /// Runs SQL behind the program's back, as an insider with a database client would.
    void behind_the_back(const std::string& sql);
    /// A caller who is another person.
    [[nodiscard]] road::Caller as(std::int64_t staff) const;
    /// Fails the test if the trail does not verify.
    void expect_trail_whole();

private:
    void open();
    std::string kind_;
    std::string folder_;
    std::string url_;
    std::string pg_name_;
    EverythingAllowed allowed_;
    const road::Authoriser* authoriser_ = &allowed_;
    std::vector<road::Invariant> invariants_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<trail::Anchor> anchor_;
    std::unique_ptr<store::FileStore> files_;
    std::unique_ptr<road::Road> road_;
};

class OnBoth : public testing::TestWithParam<const char*> {};

}  // namespace fenming::test

#define FENMING_ON_BOTH(Suite)                                                        \
    class Suite : public fenming::test::OnBoth {};                                    \
    INSTANTIATE_TEST_SUITE_P(Databases, Suite, testing::Values("sqlite", "postgres"), \
                             [](const auto& each) { return std::string(each.param); })

#pragma once
// The stage of a seed: a database, the real road with the real authoriser, a clock, the people of
// the office, and the faults of disk, clock, network and process that meet an order on its way.

#include <map>
#include <memory>
#include <string>

#include "access/access.h"
#include "test/simulation/dice.h"
#include "test/simulation/model.h"
#include "test/simulation/sql.h"
#include "test/support/world.h"

namespace fenming::simulation {

inline constexpr Area kCity{990100000000};
inline constexpr Area kCounties[] = {{990101000000}, {990102000000}};

/// The real authoriser, at whose call the process may die: in the middle of an order.
class DyingAuthoriser final : public road::Authoriser {
public:
    Result<Scope> may_order(store::Tx& tx, const crypto::KeyStore& keys, const road::Caller& caller,
                            const road::OrderType& type, const crypto::Digest& order, Area area,
                            Instant now) const override;
    Result<Scope> may_read(store::Tx& tx, const crypto::KeyStore& keys, const road::Caller& caller,
                           std::string_view permission, Area area, Instant now) const override;
    std::function<void()> at_order;  ///< called once, if set

private:
    access::Access access_{access::Settings::for_demo()};
};

struct Totals {
    std::int64_t orders = 0;
    std::map<std::string, std::int64_t> refused;
    std::map<std::string, std::int64_t> faults;
};

class Scene {
public:
    Scene(const std::string& database, std::uint64_t seed, bool has_faults);
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    Dice dice;
    Totals totals;

    [[nodiscard]] road::Road& road() { return world_.road(); }
    /// `town.990101`, `release`, …, with a second factor given just now.
    const road::Caller& as(const std::string& login);
    [[nodiscard]] Key staff_of(const std::string& login);
    [[nodiscard]] const std::vector<std::string>& logins() const { return logins_; }

    [[nodiscard]] Date today() const { return world_.clock.today(); }
    [[nodiscard]] int day() const { return day_; }
    void next_day();

    /// Gives an order, through whatever fault meets it; what came of it goes into the digest.
    template <class O>
    Result<road::ReceiptOf<O>> give(const std::string& login, const O& order) {
        const std::string key = "s" + std::to_string(totals.orders);
        at_ = std::string(O::type.name) + " of " + login;
        note(O::type.name);
        note(login);
        note_bytes(api::canonical_bytes(order));
        const auto again = [&] { return road::carry_out(road(), as(login), order, {key}); };
        auto done = through(again);
        expect_links(done ? 1 : 0, done ? 1 : 0);
        if (is_receipt_lost_) {
            const auto twice = again();
            if (twice.has_value() != done.has_value())
                throw Broken("the same order again ends otherwise: " +
                             std::string((done ? twice : done).error().kind().code));
            if (done)
                must(api::to_json(api::to_value(*twice)) == api::to_json(api::to_value(*done)),
                     "the same order again has another receipt");
            expect_links(0, 0);
        }
        keep(done ? std::string() : std::string(done.error().kind().code));
        if (done) note_receipt(*done);
        return done;
    }
    /// As give(), for what is more than one order: a roster, an answer. `walk` may run again after
    /// a fault, and gives at most `most` orders.
    template <class Walk>
    auto bring(const char* name, std::size_t most, Walk&& walk) {
        note(name);
        at_ = name;
        auto done = through(walk);
        expect_links(0, most + static_cast<std::size_t>(tries_));
        return done;
    }
    /// Counts an order: refused by this code, or "" for carried out.
    void keep(const std::string& code);
    void note(std::string_view text);
    [[nodiscard]] std::uint64_t digest() const { return digest_; }
    /// The order that was given last.
    [[nodiscard]] const std::string& at() const { return at_; }

    /// Reads in a snapshot of its own.
    template <class Read>
    auto read(Read&& reads) {
        for (;;) {
            try {
                auto tx = world_.database().begin_read();
                return reads(*tx);
            } catch (const store::DbError& error) {
                bear(error);
            }
        }
    }
    /// Every invariant, every link and row digest, the anchor.
    void prove_all();
    /// Every invariant.
    void prove_invariants();

private:
    enum class Fault { none, disk_once, disk_while, full, power_cut, killed, dies, lost, clock };
    void install_office();
    template <class Walk>
    auto through(Walk&& walk) {
        begin_fault();
        for (int tries = 0;; ++tries) {
            tries_ = tries;
            try {
                auto done = walk();
                end_fault();
                return done;
            } catch (const Bug& bug) {
                throw Broken(bug.what());
            } catch (const std::runtime_error& error) {
                recover(error, tries);
            }
        }
    }
    void begin_fault();
    void end_fault();
    void recover(const std::runtime_error& error, int tries);
    void bear(const store::DbError& error);
    void reopen();
    /// So many new orders stand in the trail since the last call, each with all its links.
    void expect_links(std::size_t least, std::size_t most);
    void note_bytes(BytesView bytes);
    template <class R>
    void note_receipt(const R& receipt) {
        // What follows from a person's random reference differs from run to run.
        if constexpr (!requires { receipt.sm3; }) note(api::to_json(api::to_value(receipt)));
    }

    std::string kind_;
    bool has_faults_;
    test::World world_;
    DyingAuthoriser authoriser_;
    Dice fate_;
    std::map<std::string, road::Caller> callers_;
    std::vector<std::string> logins_;
    Fault fault_ = Fault::none;
    std::int64_t clock_back_ms_ = 0;
    bool is_receipt_lost_ = false;
    int dead_connections_ = 0;  ///< that may still show
    Key newest_link_ = 0;
    int day_ = 0;
    int tries_ = 0;  ///< that the last order took, beyond the first
    std::string at_;
    std::uint64_t digest_ = 14695981039346656037ULL;
};

}  // namespace fenming::simulation

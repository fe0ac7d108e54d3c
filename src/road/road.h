#pragma once
// The one road from an order to the books. HTTP, command line, scheduler, tests and the simulator
// all walk it:  authorise → load → decide → record → digest → prove → commit (DESIGN §4).

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/canonical.h"
#include "api/describe.h"
#include "api/json.h"
#include "road/authoriser.h"
#include "road/invariant.h"
#include "road/order.h"
#include "trail/anchor.h"

namespace fenming::road {

inline constexpr RefusalKind kKeyReused{"road.key_reused", 409};
inline constexpr RefusalKind kRecovering{"road.recovering", 503};

/// The parts a program is made of; they outlive the road.
struct Parts {
    store::Database& database;
    const Clock& clock;
    IdSource& ids;
    const crypto::KeyStore& keys;
    const Authoriser& authoriser;
    const trail::Anchor& anchor;
    const store::FileStore& files;
    std::vector<Invariant> invariants;
};

class Road {
public:
    explicit Road(Parts parts);

    [[nodiscard]] store::Database& database() const { return parts_.database; }
    [[nodiscard]] const Clock& clock() const { return parts_.clock; }
    [[nodiscard]] IdSource& ids() const { return parts_.ids; }
    [[nodiscard]] const crypto::KeyStore& keys() const { return parts_.keys; }
    [[nodiscard]] const Authoriser& authoriser() const { return parts_.authoriser; }
    [[nodiscard]] const trail::Anchor& anchor() const { return parts_.anchor; }
    [[nodiscard]] const store::FileStore& files() const { return parts_.files; }
    [[nodiscard]] const std::vector<Invariant>& invariants() const { return parts_.invariants; }
    [[nodiscard]] std::string generation() const;
    /// The database is older than its anchor, or was restored: reads only, and the orders that end
    /// the recovery (S5).
    [[nodiscard]] bool recovering() const { return recovering_; }
    /// Begins the recovery that the standing asks for, if none is under way.
    void begin_recovery();
    /// Looks again whether it is recovering: another program may have ended it.
    void look_again();

    /// Writes the refusals noted so far under no pen (E43); also called by the destructor.
    void flush_refusals();
    /// Signs a checkpoint if any head moved.
    void checkpoint();
    ~Road();
    Road(const Road&) = delete;
    Road& operator=(const Road&) = delete;

    // For carry_out alone.
    struct Refused {
        std::string order_type;
        std::string code;
        Caller caller;
        Instant at;
    };
    void note_refusal(Refused refused);

private:
    Parts parts_;
    std::string generation_;
    std::atomic<bool> recovering_ = false;
    mutable std::mutex mutex_;
    std::vector<Refused> refused_;
};

namespace detail {

/// The part of the road that does not depend on the order's type.
struct Walk {
    Road& road;
    const OrderType& type;
    const Caller& caller;
    const Call& call;
    crypto::Digest order_digest;
    std::function<Result<Area>(store::Tx&)> area;
    std::function<std::vector<store::Pen>(Area)> pens;
    std::function<Result<std::string>(Desk&)> work;  ///< load, decide, record → receipt as JSON
};
Result<std::string> walk(const Walk& walk);
crypto::Digest digest_of(const crypto::KeyStore& keys, std::string_view order_type,
                         BytesView canonical);

}  // namespace detail

/// The keyed digest of an order: what a second factor is bound to (S18), what a key stands for.
template <Typed O>
crypto::Digest digest_of(const Road& road, const O& order) {
    return detail::digest_of(road.keys(), O::type.name, api::canonical_bytes(order));
}

/// Carries an order out: one transaction, all or nothing. Refusals are values; Faults and Bugs are
/// thrown after the roll-back.
template <Orderly O>
Result<ReceiptOf<O>> carry_out(Road& road, const Caller& caller, const O& order,
                               const Call& call = {}) {
    using Receipt = ReceiptOf<O>;
    const OrderType type = O::type;
    const detail::Walk walk{road,
                            type,
                            caller,
                            call,
                            digest_of(road, order),
                            [&](store::Tx& tx) { return area_of(tx, order); },
                            [&](Area area) -> std::vector<store::Pen> {
                                if constexpr (requires { pens_of(order, area); })
                                    return pens_of(order, area);
                                else
                                    return {store::pen_of(area)};
                            },
                            [&](Desk& desk) -> Result<std::string> {
                                const auto dossier = TRY(load(desk, order));
                                const auto decision = TRY(decide(order, dossier));
                                const auto receipt = TRY(record(desk, decision));
                                return api::to_json(api::to_value(receipt));
                            }};
    const auto receipt = TRY(detail::walk(walk));
    return api::from_value<Receipt>(TRY(api::parse_json(receipt)), "");
}

/// Reads in one snapshot, with the scope that the caller's permission gives. `area` {0}: the
/// widest.
template <class F>
auto look(Road& road, const Caller& caller, std::string_view permission, Area area, F&& reads)
    -> decltype(reads(std::declval<store::Tx&>(), std::declval<const Scope&>())) {
    auto tx = road.database().begin_read();
    const auto scope = TRY(
        road.authoriser().may_read(*tx, road.keys(), caller, permission, area, road.clock().now()));
    return reads(*tx, scope);
}

}  // namespace fenming::road

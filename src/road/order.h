#pragma once
// What an order is, who gives it, and the desk at which it is worked. Read this before road.h.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/fields.h"
#include "base/scope.h"
#include "crypto/keystore.h"
#include "store/database.h"
#include "store/files.h"

namespace fenming::road {

/// Declared by each order type: `static constexpr road::OrderType type{"disbursement.review", …};`
struct OrderType {
    std::string_view name;        ///< folder.verb_words; the name in the trail
    std::string_view permission;  ///< capability.action, granted by area
    bool step_up = false;         ///< needs a second factor given for this very order, at most 5
                                  ///< minutes ago (S18)
    bool checkpoint = false;      ///< a checkpoint is signed right after (payments, bank answers)
    bool in_recovery = false;     ///< allowed while the database is older than its anchor (S5)
};

/// Who gives the order. Duties are compared between staff (persons), never between accounts (S7).
struct Caller {
    AccountId account;
    StaffId staff;
    std::string channel;    ///< web, cli, scheduler, api
    std::string host_user;  ///< cli: the operating system's user
    Instant stepped_up{0};  ///< when a second factor was last given; 0: never
    /// The digest of the order that it was given for; none: for no order in particular.
    std::optional<crypto::Digest> stepped_for = std::nullopt;
    /// A caller that the program itself makes, of the demo and of tests; no session has it.
    bool for_any_order = false;
};

/// How it is given.
struct Call {
    std::string key;       ///< idempotency key; "" for none
    bool dry_run = false;  ///< the whole road but for the commit (试算)
};

/// Thrown by a desk when the work turns out to touch a pen that is not held; the road takes the
/// union and starts again (E10). Nobody else catches it.
struct MorePens {
    std::vector<store::Pen> wanted;
};

/// An event for whoever reads on: inboxes, dashboards, notices.
struct Event {
    std::string kind;      ///< folder.what_happened
    std::int64_t subject;  ///< id of the thing
    Area area;
};

/// Everything load() and record() may use while an order is worked. decide() sees none of it.
class Desk {
public:
    store::Tx& tx;
    const crypto::KeyStore& keys;
    const store::FileStore& files;
    const Caller& caller;
    const Scope scope;    ///< what the caller may see for this order's permission
    const OrderId order;  ///< goes into order_id of every row in the trail
    const Instant at;
    const Date today;  ///< the day in Beijing
    const Area area;   ///< the order's area

    Desk(store::Tx& t, const crypto::KeyStore& k, const store::FileStore& f, const Caller& c,
         Scope s, OrderId o, Instant a, Area where, IdSource& ids, std::vector<store::Pen> held)
        : tx(t),
          keys(k),
          files(f),
          caller(c),
          scope(s),
          order(o),
          at(a),
          today(beijing_date(a)),
          area(where),
          ids_(ids),
          held_(std::move(held)),
          last_id_(o.number) {}

    /// A new id, later than the order's own.
    template <class IdT>
    IdT mint() {
        return IdT{mint_number()};
    }
    std::int64_t mint_number() { return last_id_ = ids_.next(at.ms); }

    /// Says that the order touches this pen; starts the order again if it is not held.
    void need_pen(store::Pen pen) const;
    void need_pen(Area where) const { need_pen(store::pen_of(where)); }

    void announce(std::string kind, std::int64_t subject, Area where) {
        events_.push_back({std::move(kind), subject, where});
    }

    [[nodiscard]] const std::vector<store::Pen>& pens() const { return held_; }
    [[nodiscard]] std::int64_t last_id() const { return last_id_; }
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }

private:
    IdSource& ids_;
    std::vector<store::Pen> held_;
    std::int64_t last_id_;
    std::vector<Event> events_;
};

// An order type O is admissible when its folder offers, found by argument type:
//   Result<Area> area_of(store::Tx&, const O&)     where it acts; an object that does not exist is
//                                                  refused as the folder's not_found
//   Result<Dossier> load(Desk&, const O&)          reads everything that decide may look at
//   Result<Decision> decide(const O&, const Dossier&)   pure; in decide.cpp
//   Result<Receipt> record(Desk&, const Decision&) writes everything that decide ruled
// Receipt is Described and holds ids, sums and counts only: it goes into the trail.
// Optional: std::vector<store::Pen> pens_of(const O&, Area) when the order needs other pens than
// its area's county.

template <class O>
concept Typed = requires {
    { O::type } -> std::convertible_to<OrderType>;
    requires Described<O>;
};

template <class ResultT>
using value_in = typename std::remove_cvref_t<ResultT>::value_type;

template <class O>
using DossierOf = value_in<decltype(load(std::declval<Desk&>(), std::declval<const O&>()))>;
template <class O>
using DecisionOf =
    value_in<decltype(decide(std::declval<const O&>(), std::declval<const DossierOf<O>&>()))>;
template <class O>
using ReceiptOf =
    value_in<decltype(record(std::declval<Desk&>(), std::declval<const DecisionOf<O>&>()))>;

template <class O>
concept Orderly = Typed<O> && requires(store::Tx& tx, Desk& desk, const O& order) {
    { area_of(tx, order) } -> std::same_as<Result<Area>>;
    load(desk, order);
    typename ReceiptOf<O>;
    requires Described<ReceiptOf<O>>;
};

}  // namespace fenming::road

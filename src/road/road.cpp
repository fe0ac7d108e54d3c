// Walking the road.

#include "road/road.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/frame.h"
#include "crypto/random.h"
#include "road/recovery.h"
#include "road/sql.h"
#include "store/migrate.h"

namespace fenming::road {
namespace {

constexpr int kRepeats = 3;
constexpr std::size_t kMostRefusals = 1000;

struct UsedKey {
    crypto::Digest order_digest{};
    std::string receipt;
    static constexpr auto fields = std::make_tuple(field("order_digest", &UsedKey::order_digest),
                                                   field("receipt", &UsedKey::receipt));
};
struct Offence {
    std::string table_name;
    std::string row_key;
    std::string detail;
    static constexpr auto fields =
        std::make_tuple(field("table_name", &Offence::table_name),
                        field("row_key", &Offence::row_key), field("detail", &Offence::detail));
};

std::vector<store::Pen> sorted(std::vector<store::Pen> pens) {
    std::ranges::sort(pens);
    pens.erase(std::unique(pens.begin(), pens.end()), pens.end());
    return pens;
}

/// Whether the order may have rows that this invariant looks at (E16): `verify` asks it of all.
bool concerns(const Invariant& invariant, const store::Tx& tx, const store::Bundle& to) {
    const auto tables = split(invariant.broken->rests_on, ',');
    return std::ranges::any_of(tables, [&](std::string_view table) {
        return table.empty() || tx.written().contains(table) || to.writes(table);
    });
}

/// Whatever the order was, these hold after it; else our own Bug, and nothing of it stays.
void prove(const std::vector<Invariant>& invariants, OrderId order, const store::Tx& tx,
           store::Bundle& to) {
    for (const auto& each : invariants) {
        if (!concerns(each, tx, to)) continue;
        to.ask(*each.broken, {store::Value::of(order.number)}, store::Fetch::whole,
               [&each, order](store::Cursor& c) {
                   const auto row = store::read_row<Offence>(c);
                   throw Bug("invariant " + std::string(each.name) + " broken by order " +
                             std::to_string(order.number) + ": " + row.table_name + " " +
                             row.row_key + ": " + row.detail);
               });
    }
}

void keep_events(const Desk& desk, const trail::Head& head, store::Bundle& to) {
    std::int64_t ordinal = 0;
    for (const auto& event : desk.events())
        to.run(sql::add_event, head.pen.number, head.seq, ++ordinal, event.kind, event.subject,
               event.area, desk.at);
}

/// What the very same order was answered before. Asked where an order is refused for its place or
/// its giver: what it did may have moved the thing to where he may not look (a person who moved
/// away), and a receipt that was lost must be had again.
std::optional<std::string> answered_before(const detail::Walk& walk, store::Tx& tx) {
    if (walk.call.key.empty()) return std::nullopt;
    auto used =
        tx.one<UsedKey>(sql::used_key, walk.caller.account, walk.type.name, walk.call.key);
    if (!used || used->order_digest != walk.order_digest) return std::nullopt;
    return std::move(used->receipt);
}

/// One pass: the receipt, or a refusal; nothing is kept unless it commits.
Result<std::string> pass(const detail::Walk& walk, std::vector<store::Pen>& pens) {
    Road& road = walk.road;
    const auto at = road.clock().now();
    auto tx = road.database().begin_write();
    const auto found = walk.area(*tx);
    if (!found) {
        if (auto before = answered_before(walk, *tx)) return std::move(*before);
        // Who may not do this anywhere does not learn whether the thing exists.
        TRY(road.authoriser().may_read(*tx, road.keys(), walk.caller, walk.type.permission, {},
                                       at));
        return refuse(Refusal(found.error()));
    }
    const auto area = *found;
    const auto may = road.authoriser().may_order(*tx, road.keys(), walk.caller, walk.type,
                                                 walk.order_digest, area, at);
    if (!may) {
        if (auto before = answered_before(walk, *tx)) return std::move(*before);
        return refuse(Refusal(may.error()));
    }
    const auto scope = *may;
    if (pens.empty()) pens = sorted(walk.pens(area));
    tx->lock_pens(pens);

    // Ids of orders grow within a pen, whatever other servers' clocks say: the newest digest of a
    // row is the one of the greatest order.
    const auto heads = trail::heads_of(*tx, pens);
    for (const auto& head : heads) road.ids().raise(head.order.number);
    const OrderId order{road.ids().next(at.ms)};

    const auto& key = walk.call.key;
    if (!key.empty() && tx->run(sql::take_key, walk.caller.account, walk.type.name, key,
                                walk.order_digest, order, at) == 0) {
        const auto used = tx->one<UsedKey>(sql::used_key, walk.caller.account, walk.type.name, key);
        check(used.has_value(), "a key that is taken is there");
        if (used->order_digest != walk.order_digest)
            return refuse(refusal(kKeyReused).with("key", key));
        return used->receipt;
    }

    Desk desk(*tx, road.keys(), road.files(), walk.caller, scope, order, at, area, road.ids(),
              pens);
    auto receipt = TRY(walk.work(desk));

    // What is left is known: it goes to the database together, and last come the proofs.
    store::Bundle to;
    if (!key.empty()) to.run(sql::keep_receipt, walk.caller.account, walk.type.name, key, receipt);
    const auto rows = trail::digest_rows(*tx, order, desk.last_id(), to);
    const trail::OrderFacts facts{order,
                                  std::string(walk.type.name),
                                  at,
                                  walk.caller.account,
                                  walk.caller.staff,
                                  walk.caller.channel,
                                  walk.caller.host_user,
                                  road.generation(),
                                  walk.order_digest,
                                  receipt};
    const auto added = trail::append(road.keys(), heads, facts, rows, to);
    keep_events(desk, added.front(), to);
    prove(road.invariants(), order, *tx, to);
    tx->together(to);
    if (!walk.call.dry_run) tx->commit();
    return receipt;
}

bool may_repeat(const store::DbError& error) {
    return error.kind == store::DbErrorKind::serialization ||
           error.kind == store::DbErrorKind::unique;
}

}  // namespace

void Desk::need_pen(store::Pen pen) const {
    if (std::ranges::find(held_, pen) != held_.end()) return;
    auto wanted = held_;
    wanted.push_back(pen);
    throw MorePens{sorted(std::move(wanted))};
}

Road::Road(Parts parts) : parts_(std::move(parts)) {
    auto tx = parts_.database.begin_write();
    generation_ = store::meta(*tx, "generation").value_or("");
    if (generation_.empty()) {
        generation_ = crypto::random_public_id();
        store::set_meta(*tx, "generation", generation_);
        tx->commit();
        return;
    }
    tx.reset();
    look_again();
}

std::string Road::generation() const {
    const std::scoped_lock lock(mutex_);
    return generation_;
}

void Road::look_again() {
    auto tx = parts_.database.begin_read();
    const auto standing = trail::compare(*tx, parts_.keys, parts_.anchor).standing;
    recovering_ = recovery_of(*tx).has_value() ||
                  ((standing == trail::Standing::behind || standing == trail::Standing::forked) &&
                   !is_ended(*tx, parts_.keys, parts_.anchor));
    const std::scoped_lock lock(mutex_);
    generation_ = store::meta(*tx, "generation").value_or("");
}

void Road::begin_recovery() {
    {
        auto tx = parts_.database.begin_write();
        road::begin_recovery(*tx, parts_.keys, parts_.anchor, parts_.clock.now());
        tx->commit();
    }
    look_again();
}

Road::~Road() {
    try {
        flush_refusals();
    } catch (...) {  // losing refusals in a crash is accepted and stated (E43)
    }
}

void Road::note_refusal(Refused refused) {
    bool full = false;
    {
        const std::scoped_lock lock(mutex_);
        if (refused_.size() < 10 * kMostRefusals) refused_.push_back(std::move(refused));
        full = refused_.size() >= kMostRefusals;
    }
    if (full) flush_refusals();
}

void Road::flush_refusals() {
    std::vector<Refused> taken;
    {
        const std::scoped_lock lock(mutex_);
        taken.swap(refused_);
    }
    if (taken.empty()) return;
    auto tx = parts_.database.begin_write();
    for (const auto& r : taken)
        tx->run(sql::add_refused, parts_.ids.next(r.at.ms), r.at, r.order_type, r.code,
                r.caller.account, r.caller.staff, r.caller.channel);
    tx->commit();
}

void Road::checkpoint() {
    if (recovering_) return;
    trail::checkpoint(parts_.database, parts_.keys, parts_.anchor, parts_.clock.now());
}

namespace detail {

crypto::Digest digest_of(const crypto::KeyStore& keys, std::string_view order_type,
                         BytesView canonical) {
    return keys.mac(crypto::MacLabel::idempotency)
        .mac(crypto::Frame("fenming/order/v1").add(order_type).add(canonical).view());
}

Result<std::string> walk(const Walk& walk) {
    Road& road = walk.road;
    const auto no = [&](Refusal&& refusal) -> Result<std::string> {
        if (!walk.call.dry_run)
            road.note_refusal({std::string(walk.type.name), std::string(refusal.kind().code),
                               walk.caller, road.clock().now()});
        return refuse(std::move(refusal));
    };
    if (road.recovering()) road.look_again();
    if (road.recovering() && !walk.type.in_recovery) return no(refusal(kRecovering));
    if (road.recovering() && !walk.call.dry_run) road.begin_recovery();
    std::vector<store::Pen> pens;
    for (int repeats = 0;;) {
        try {
            auto receipt = pass(walk, pens);
            if (!receipt) return no(std::move(receipt.error()));
            if (road.recovering()) road.look_again();
            if (walk.type.checkpoint && !walk.call.dry_run) road.checkpoint();
            return receipt;
        } catch (const MorePens& more) {
            check(more.wanted.size() > pens.size(), "the wanted pens grow");
            pens = more.wanted;
        } catch (const store::DbError& error) {
            if (!may_repeat(error) || ++repeats > kRepeats) throw;
        }
    }
}

}  // namespace detail

}  // namespace fenming::road

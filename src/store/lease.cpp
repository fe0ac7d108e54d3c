// Leases with fencing numbers.

#include "store/lease.h"

#include "store/sql.h"

namespace fenming::store {
namespace {

struct LeaseRow {
    std::string holder;
    std::int64_t fence;
    std::int64_t until_ms;
    static constexpr auto fields =
        std::make_tuple(field("holder", &LeaseRow::holder), field("fence", &LeaseRow::fence),
                        field("until_ms", &LeaseRow::until_ms));
};

}  // namespace

std::optional<Lease> take_lease(Database& database, std::string_view name, std::string_view holder,
                                Instant now, std::int64_t ms) {
    auto tx = database.begin_write();
    if (tx->run(sql::take_lease, name, holder, now.ms, now.ms + ms) == 0) return std::nullopt;
    const auto row = tx->one<LeaseRow>(sql::lease_of, name);
    tx->commit();
    return Lease{std::string(name), std::string(holder), row->fence};
}

bool holds(Tx& tx, const Lease& lease) {
    const auto row = tx.one<LeaseRow>(sql::lease_of, lease.name);
    return row && row->holder == lease.holder && row->fence == lease.fence;
}

void give_back(Database& database, const Lease& lease) {
    auto tx = database.begin_write();
    tx->run(sql::drop_lease, lease.name, lease.holder);
    tx->commit();
}

}  // namespace fenming::store

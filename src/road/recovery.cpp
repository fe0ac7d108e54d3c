// A recovery lies in one setting of the database: three instants, or nothing.

#include "road/recovery.h"

#include "base/check.h"
#include "base/text.h"
#include "crypto/random.h"
#include "road/sql.h"
#include "store/migrate.h"

namespace fenming::road {
namespace {

constexpr std::string_view kKey = "recovering";

}  // namespace

Date Recovery::through() const {
    return beijing_date(anchored.ms != 0 ? anchored : began);
}

std::optional<Recovery> recovery_of(store::Tx& tx) {
    const auto text = store::meta(tx, kKey).value_or("");
    if (text.empty()) return std::nullopt;
    const auto parts = split(text, ' ');
    check(parts.size() == 3, "a recovery is three instants");
    const auto at = [&](std::size_t i) {
        const auto ms = parse_int(parts[i]);
        check(ms.has_value(), "an instant is a number of milliseconds");
        return Instant{*ms};
    };
    return Recovery{at(0), at(1), at(2)};
}

void begin_recovery(store::Tx& tx, const crypto::KeyStore& keys, const trail::Anchor& anchor,
                    Instant now) {
    if (recovery_of(tx)) return;
    const auto anchored = anchor.newest(keys);
    const auto had = tx.value<std::int64_t>(sql::newest_checkpoint_at).value_or(0);
    const auto generation = store::meta(tx, "generation").value_or("");
    if (!store::meta(tx, "born")) store::set_meta(tx, "born", generation);
    store::change_meta(tx, "recovered_from", generation);
    store::change_meta(tx, "generation", crypto::random_public_id());
    store::change_meta(tx, kKey,
                       std::to_string(anchored ? anchored->at.ms : 0) + " " + std::to_string(had) +
                           " " + std::to_string(now.ms));
}

bool is_ended(store::Tx& tx, const crypto::KeyStore& keys, const trail::Anchor& anchor) {
    if (recovery_of(tx)) return false;
    const auto from = store::meta(tx, "recovered_from").value_or("");
    if (from.empty()) return false;
    const auto anchored = anchor.newest(keys);
    return anchored && anchored->generation == from;
}

void end_recovery(store::Tx& tx) {
    store::change_meta(tx, kKey, "");
}

}  // namespace fenming::road

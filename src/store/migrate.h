#pragma once
// Brings a database to this release's schema: forward only, each migration in one transaction.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace fenming::store {

inline constexpr RefusalKind kMigrateFirst{"store.migrate_first", 409};
inline constexpr RefusalKind kSchemaIsNewer{"store.schema_is_newer", 409};
inline constexpr RefusalKind kMigrationChanged{"store.migration_changed", 409};
inline constexpr RefusalKind kNotEmpty{"store.not_empty", 409};

struct MigrationDone {
    int number;
    std::string name;
};

/// Applies what is missing. Refuses a database from a newer release, or one whose applied
/// migrations differ from ours (checksums). `up_to`: no further than that number, for a backup of
/// an older release.
Result<std::vector<MigrationDone>> migrate(Database& database, const Clock& clock,
                                           std::int64_t up_to = INT64_MAX);

/// An empty database is migrated; an older one is refused with `store.migrate_first` (E28).
Result<Done> ready(Database& database, const Clock& clock);

/// No table of anybody in it yet.
bool is_empty(Tx& tx);

/// A setting that belongs to the database itself, e.g. `demo`, `generation`. Written once.
std::optional<std::string> meta(Tx& tx, std::string_view key);
void set_meta(Tx& tx, std::string_view key, std::string_view value);
/// Of the few that change: what a recovery is about, and the generation that begins with it (S5).
void change_meta(Tx& tx, std::string_view key, std::string_view value);

}  // namespace fenming::store

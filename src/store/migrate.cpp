// Applies migrations; keeps the database's own settings.

#include "store/migrate.h"

#include "store/schema.h"
#include "store/sql.h"

namespace fenming::store {
namespace {

struct Applied {
    int number;
    std::string name;
    std::string checksum;
    static constexpr auto fields =
        std::make_tuple(field("number", &Applied::number), field("name", &Applied::name),
                        field("checksum", &Applied::checksum));
};

std::vector<Applied> applied(Tx& tx) {
    if (tx.value<std::int64_t>(sql::has_migration_table).value_or(0) == 0) return {};
    return tx.all<Applied>(sql::applied_migrations);
}

Result<Done> agree(const std::vector<Applied>& done) {
    const auto ours = migrations();
    if (done.size() > ours.size())
        return refuse(refusal(kSchemaIsNewer)
                          .with("database", static_cast<std::int64_t>(done.size()))
                          .with("program", static_cast<std::int64_t>(ours.size())));
    for (std::size_t i = 0; i < done.size(); ++i)
        if (done[i].number != ours[i].number || done[i].checksum != ours[i].checksum)
            return refuse(refusal(kMigrationChanged)
                              .with("number", done[i].number)
                              .with("name", done[i].name));
    return Done{};
}

}  // namespace

Result<std::vector<MigrationDone>> migrate(Database& database, const Clock& clock,
                                           std::int64_t up_to) {
    std::vector<MigrationDone> now_done;
    for (;;) {
        auto tx = database.begin_write();
        // Two programs may start at once: pen 1 is nobody's county and orders them.
        const Pen one[] = {{1}};
        tx->lock_pens(one);
        const auto done = applied(*tx);
        TRY(agree(done));
        if (done.empty() && tx->value<std::int64_t>(sql::count_own_tables).value_or(0) > 0)
            return refuse(refusal(kNotEmpty).with("database", database.name()));
        if (done.size() == migrations().size() || static_cast<std::int64_t>(done.size()) >= up_to)
            return now_done;
        const auto& next = migrations()[done.size()];
        for (const char* statement :
             database.dialect() == Dialect::sqlite ? next.sqlite : next.postgres)
            database.run_schema(*tx, statement);
        tx->run(sql::add_migration, next.number, next.name, next.checksum, clock.now());
        tx->commit();
        now_done.push_back({next.number, std::string(next.name)});
    }
}

Result<Done> ready(Database& database, const Clock& clock) {
    std::vector<Applied> done;
    {
        auto tx = database.begin_read();
        done = applied(*tx);
    }
    if (done.empty()) {
        TRY(migrate(database, clock));
        return Done{};
    }
    TRY(agree(done));
    if (done.size() < migrations().size())
        return refuse(refusal(kMigrateFirst)
                          .with("database", static_cast<std::int64_t>(done.size()))
                          .with("program", static_cast<std::int64_t>(migrations().size())));
    return Done{};
}

bool is_empty(Tx& tx) {
    return tx.value<std::int64_t>(sql::count_own_tables).value_or(0) == 0;
}

std::optional<std::string> meta(Tx& tx, std::string_view key) {
    return tx.value<std::string>(sql::meta, key);
}

void set_meta(Tx& tx, std::string_view key, std::string_view value) {
    tx.run(sql::add_meta, key, value);
}

void change_meta(Tx& tx, std::string_view key, std::string_view value) {
    tx.run(sql::change_meta, key, value);
}

}  // namespace fenming::store

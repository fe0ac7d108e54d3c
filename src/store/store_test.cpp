// The ground on both databases: typed rows, bulk, errors told apart, migrations, leases, files.

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "store/bundle.h"
#include "store/files.h"
#include "store/lease.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "store/sql.h"
#include "test/support/world.h"

namespace fenming::store {
namespace {

using test::World;

struct FileLine {
    std::int64_t id = 0;
    std::string public_id;
    Bytes digest;
    std::int64_t size = 0;
    std::string media_type;
    std::string purpose;
    Instant at;
    std::int64_t order = 0;
    static constexpr auto fields = std::make_tuple(
        field("id", &FileLine::id), field("public_id", &FileLine::public_id),
        field("digest", &FileLine::digest), field("size", &FileLine::size),
        field("media_type", &FileLine::media_type), field("purpose", &FileLine::purpose),
        field("at", &FileLine::at), field("order", &FileLine::order));
};

FENMING_ON_BOTH(Store);

TEST_P(Store, bulk_and_single_rows_read_back_the_same) {
    World w(GetParam());
    std::vector<FileLine> rows;
    for (std::int64_t i = 1; i <= 2500; ++i)
        rows.push_back({i, "䶮" + std::to_string(i), Bytes{0, 255, 7}, i * 3, "", "p", {i}, 9});
    auto tx = w.database().begin_write();
    EXPECT_EQ(tx->run_each<FileLine>(sql::add_file, rows), 2500);
    EXPECT_EQ(tx->value<std::string>(sql::file_public_id, 2500), "䶮2500");
    EXPECT_EQ(tx->value<std::string>(sql::file_public_id, 2501), std::nullopt);
    tx->commit();
}

TEST_P(Store, what_is_not_committed_never_was) {
    World w(GetParam());
    {
        auto tx = w.database().begin_write();
        set_meta(*tx, "k", "v");
    }
    auto tx = w.database().begin_read();
    EXPECT_EQ(meta(*tx, "k"), std::nullopt);
}

TEST_P(Store, a_second_row_of_one_key_is_told_apart_by_code) {
    World w(GetParam());
    auto tx = w.database().begin_write();
    set_meta(*tx, "k", "v");
    try {
        set_meta(*tx, "k", "v");
        FAIL() << "the second row went in";
    } catch (const DbError& error) {
        EXPECT_EQ(error.kind, DbErrorKind::unique);
        EXPECT_EQ(error.statement, "store.add_meta");
    }
}

TEST_P(Store, a_bundle_runs_in_its_order_and_keeps_its_own_texts) {
    World w(GetParam());
    auto tx = w.database().begin_write();
    Bundle bundle;
    std::vector<std::string> seen;
    const auto look = [&](const char* key) {
        bundle.ask(sql::meta.info, {Value::of_text(key)}, Fetch::streamed,
                   [&](Cursor& c) { seen.emplace_back(c.text(0)); });
    };
    {
        const std::string gone(200'000, 'x');  // more than fits the wire while nobody reads
        look("k0");                            // not there yet
        for (int i = 0; i < 50; ++i) {
            bundle.run(sql::add_meta, "k" + std::to_string(i), gone + std::to_string(i));
            look("k0");
        }
    }
    look("k49");
    EXPECT_TRUE(bundle.writes("meta"));
    EXPECT_FALSE(bundle.writes("file"));
    tx->together(bundle);
    ASSERT_EQ(seen.size(), 51U);
    EXPECT_EQ(seen.front().size(), 200'001U);
    EXPECT_TRUE(seen.back().ends_with("x49"));
    EXPECT_TRUE(tx->written().contains("meta"));
    tx->commit();
    EXPECT_TRUE(meta(*w.database().begin_read(), "k49"));
}

TEST_P(Store, the_first_failure_in_a_bundle_is_told_and_ends_it) {
    World w(GetParam());
    for (int round = 0; round < 3; ++round) {  // the connection is as good as before
        auto tx = w.database().begin_write();
        Bundle bundle;
        bool is_late = false;
        bundle.run(sql::add_meta, "k", "v");
        bundle.run(sql::add_meta, "k", "v");
        bundle.ask(sql::meta.info, {Value::of_text("k")}, Fetch::whole,
                   [&](Cursor&) { is_late = true; });
        try {
            tx->together(bundle);
            FAIL() << "the second row went in";
        } catch (const DbError& error) {
            EXPECT_EQ(error.kind, DbErrorKind::unique);
            EXPECT_EQ(error.statement, "store.add_meta");
        }
        EXPECT_FALSE(is_late);
    }
    EXPECT_EQ(meta(*w.database().begin_read(), "k"), std::nullopt);
}

TEST_P(Store, a_callback_that_throws_ends_its_bundle_and_nothing_more) {
    World w(GetParam());
    for (int round = 0; round < 3; ++round) {
        auto tx = w.database().begin_write();
        Bundle bundle;
        bundle.run(sql::add_meta, "k", "v");
        for (int i = 0; i < 10; ++i)
            bundle.ask(sql::meta.info, {Value::of_text("k")}, Fetch::whole,
                       [](Cursor&) { throw Bug("on purpose"); });
        EXPECT_THROW(tx->together(bundle), Bug);
        EXPECT_EQ(meta(*tx, "k"), "v");
    }
    EXPECT_EQ(meta(*w.database().begin_read(), "k"), std::nullopt);
}

TEST_P(Store, a_transaction_that_ran_nothing_ends_as_any_other) {
    World w(GetParam());
    w.database().begin_write()->commit();
    w.database().begin_read();
    auto tx = w.database().begin_write();
    tx->together(Bundle());
    set_meta(*tx, "k", "v");
    tx->commit();
    EXPECT_EQ(meta(*w.database().begin_read(), "k"), "v");
}

TEST(Postgres_, a_server_that_went_away_is_told_by_the_first_statement_and_then_met_again) {
    World w("postgres");
    const std::string cut =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
        "datname = current_database()";
    const auto expect_lost = [](const std::function<void()>& statement) {
        try {
            statement();
            FAIL() << "the server answered";
        } catch (const DbError& error) {
            EXPECT_EQ(error.kind, DbErrorKind::connection);
        }
    };
    auto& database = w.database();
    database.begin_read();
    w.behind_the_back(cut);
    {
        auto tx = database.begin_write();  // a connection from before
        expect_lost([&] { set_meta(*tx, "k", "v"); });
    }
    {
        auto tx = database.begin_write();
        set_meta(*tx, "k", "v");
        Bundle bundle;
        bundle.run(sql::add_meta, "l", "v");
        bundle.run(sql::add_meta, "m", "v");
        w.behind_the_back(cut);
        expect_lost([&] { tx->together(bundle); });
    }
    auto tx = database.begin_write();
    EXPECT_EQ(meta(*tx, "k"), std::nullopt);
    set_meta(*tx, "k", "w");
    tx->commit();
}

TEST_P(Store, one_holder_at_a_time_and_the_fence_grows) {
    World w(GetParam());
    auto& db = w.database();
    const auto first = take_lease(db, "sequencer", "a", {1000}, 500);
    ASSERT_TRUE(first);
    EXPECT_FALSE(take_lease(db, "sequencer", "b", {1400}, 500));
    EXPECT_TRUE(take_lease(db, "sequencer", "a", {1400}, 500));
    const auto second = take_lease(db, "sequencer", "b", {1900}, 500);
    ASSERT_TRUE(second);
    EXPECT_GT(second->fence, first->fence);
    {
        auto tx = db.begin_read();
        EXPECT_FALSE(holds(*tx, *first));
        EXPECT_TRUE(holds(*tx, *second));
    }
    give_back(db, *second);
    EXPECT_TRUE(take_lease(db, "sequencer", "c", {1901}, 500));
}

TEST_P(Store, an_older_newer_or_other_schema_is_refused_by_name) {
    const auto newest = std::to_string(migrations().back().number);
    const struct {
        std::string sql;
        const char* code;
    } cases[] = {
        {"DELETE FROM schema_migration WHERE number = " + newest, "store.migrate_first"},
        {"INSERT INTO schema_migration VALUES (9999, 'later', 'x', 0)", "store.schema_is_newer"},
        {"UPDATE schema_migration SET checksum = 'x' WHERE number = 1", "store.migration_changed"}};
    for (const auto& each : cases) {
        World w(GetParam());
        w.behind_the_back(each.sql);
        const auto refused = ready(w.database(), w.clock);
        ASSERT_FALSE(refused) << each.code;
        EXPECT_EQ(refused.error().kind().code, each.code);
        for (const auto language : {Language::zh_cn, Language::en})
            EXPECT_TRUE(missing_values(refused.error(), language).empty());
    }
}

TEST_P(Store, a_database_with_strange_tables_is_left_alone) {
    World w(GetParam());
    w.behind_the_back("DROP TABLE schema_migration");
    const auto refused = migrate(w.database(), w.clock);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind().code, "store.not_empty");
}

TEST(Fresh, an_empty_file_is_migrated_once) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "fenming-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    {
        auto database = Database::open({.url = "sqlite:" + pattern + "/new.db"});
        const SystemClock clock;
        const auto done = migrate(*database, clock);
        ASSERT_TRUE(done);
        EXPECT_EQ(done->size(), migrations().size());
        EXPECT_TRUE(migrate(*database, clock)->empty());
        EXPECT_TRUE(ready(*database, clock));
    }
    std::filesystem::remove_all(pattern);
}

TEST_P(Store, files_come_back_whole_and_damage_is_a_fault) {
    World w(GetParam());
    const FileStore files(w.folder() + "/f", *w.keys);
    Bytes content(200'000);
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::uint8_t>(i * 7);
    const auto stored = files.put(content, 430408);
    EXPECT_EQ(stored.facts.size, 200'000);
    EXPECT_EQ(files.get(stored.public_id()), content);
    const auto path =
        w.folder() + "/f/" + stored.public_id().substr(0, 2) + "/" + stored.public_id();
    const auto clear = [&] {
        std::ifstream in(path, std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    }();
    EXPECT_EQ(clear.find(std::string(content.begin(), content.begin() + 64)), std::string::npos);
    {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(5000);
        file.put(clear.at(5000) == '!' ? '?' : '!');  // sealed bytes are any
    }
    EXPECT_THROW(static_cast<void>(files.get(stored.public_id())), Fault);
    std::filesystem::remove(path);
    EXPECT_THROW(static_cast<void>(files.get(stored.public_id())), Fault);
    EXPECT_THROW(static_cast<void>(files.get("no file's name")), Fault);
}

TEST(Schema, every_column_says_how_much_it_tells_of_a_person) {
    for (const auto& table : tables()) {
        EXPECT_FALSE(table.columns.empty()) << table.name;
        if (table.trail != TrailMode::rows) EXPECT_FALSE(table.trail_because.empty()) << table.name;
        for (const auto& column : table.columns)
            // What is sensitive lies there as ciphertext or as a keyed digest, never as text.
            if (column.klass == ColumnClass::sensitive || column.klass == ColumnClass::secret)
                EXPECT_EQ(column.type, 'b') << table.name << "." << column.name;
    }
    EXPECT_EQ(find_table("no_such_table"), nullptr);
}

}  // namespace
}  // namespace fenming::store

// After every order all invariants are asked of that order's rows. Each must reach them by an
// index: one that walks a table makes every order of a city's tenth year slower than its first
// (E16).

#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>

#include "base/text.h"
#include "cli/verbs.h"
#include "store/schema.h"
#include "test/support/world.h"

namespace fenming::cli {
namespace {

using Walks = std::vector<std::string>;

/// Steps of whole-table walks that SQLite takes to answer for an order that wrote nothing.
Walks walks_of_sqlite(const std::string& path) {
    sqlite3* db = nullptr;
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    Walks walks;
    for (const auto& each : all_invariants()) {
        sqlite3_stmt* stmt = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(db, each.broken->sqlite, -1, &stmt, nullptr), SQLITE_OK)
            << each.name;
        for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); ++i)
            sqlite3_bind_int64(stmt, i, 1);
        EXPECT_EQ(sqlite3_step(stmt), SQLITE_DONE) << each.name;
        const int steps = sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
        if (steps > 0) walks.push_back(std::string(each.name) + ": " + std::to_string(steps));
        sqlite3_finalize(stmt);
    }
    sqlite3_close(db);
    return walks;
}

struct Pg {
    PGconn* connection;
    explicit Pg(const std::string& url) : connection(PQconnectdb(url.c_str())) {}
    ~Pg() { PQfinish(connection); }
    Pg(const Pg&) = delete;
    Pg& operator=(const Pg&) = delete;
    std::string ask(const std::string& sql, bool with_order) {
        const char* const order[] = {"1"};
        PGresult* result = with_order ? PQexecParams(connection, sql.c_str(), 1, nullptr, order,
                                                     nullptr, nullptr, 0)
                                      : PQexec(connection, sql.c_str());
        std::string text = PQresultErrorMessage(result);
        for (int row = 0; row < PQntuples(result); ++row)
            text += std::string(PQgetvalue(result, row, 0)) + "\n";
        PQclear(result);
        return text;
    }
};

/// Lines of PostgreSQL's plans that walk a table although an index could serve: its planner is told
/// that a walk is dear, since the demo's tables are small.
Walks walks_of_postgres(const std::string& url) {
    Pg pg(url);
    EXPECT_EQ(pg.ask("SET enable_seqscan = off", false), "");
    Walks walks;
    for (const auto& each : all_invariants()) {
        const auto plan = pg.ask(
            "EXPLAIN (ANALYZE, COSTS off, TIMING off) " + std::string(each.broken->postgres), true);
        EXPECT_NE(plan.find("Execution Time"), std::string::npos) << each.name << ": " << plan;
        std::istringstream lines(plan);
        for (std::string line; std::getline(lines, line);)
            if (line.find("Seq Scan") != std::string::npos &&
                line.find("never executed") == std::string::npos)
                walks.push_back(std::string(each.name) + ": " + line);
    }
    return walks;
}

/// The keys of the words that a statement's detail begins with: what stands as 'folder.why.name…'.
std::vector<std::string> whys_in(std::string_view sql) {
    std::vector<std::string> keys;
    for (std::size_t at = 0; (at = sql.find(".why.", at)) != sql.npos; ++at) {
        const auto begin = sql.rfind('\'', at) + 1;
        keys.emplace_back(sql.substr(begin, sql.find_first_of(" '", at) - begin));
    }
    return keys;
}

// What a broken invariant says of a row is a code with words in both languages (road/why.h).
TEST(Invariants, say_why_in_words) {
    for (const auto& each : all_invariants())
        for (const std::string_view sql : {each.broken->sqlite, each.broken->postgres}) {
            const auto keys = whys_in(sql);
            EXPECT_FALSE(keys.empty()) << each.name;
            for (const auto& key : keys) EXPECT_TRUE(has_words(key)) << each.name << ": " << key;
        }
}

// An order asks only the invariants that rest on a table it wrote (tools/rests_on.py proves which).
TEST(Invariants, rest_on_tables_whose_rows_name_their_order) {
    std::vector<std::string_view> always;
    for (const auto& each : all_invariants()) {
        if (*each.broken->rests_on == '\0') always.push_back(each.name);
        for (const auto& name : split(each.broken->rests_on, ',')) {
            if (name.empty()) continue;
            const auto* table = store::find_table(name);
            ASSERT_NE(table, nullptr) << each.name << ": " << name;
            EXPECT_TRUE(std::ranges::any_of(table->columns,
                                            [](const store::ColumnInfo& column) {
                                                return column.name == std::string_view("order_id");
                                            }))
                << each.name << ": " << name;
        }
    }
    // One that the proof does not understand is asked of every order of everybody: keep them few.
    EXPECT_EQ(always, (std::vector<std::string_view>{"two_persons", "claims_have_lines"}));
}

TEST(Invariants, of_an_order_never_walk_a_table_on_sqlite) {
    const test::World world("sqlite");
    Common common;
    common.db = "sqlite:" + world.folder() + "/city.db";
    ASSERT_EQ(demo(common, {200, 1, 7}), kAllDone);
    EXPECT_EQ(walks_of_sqlite(world.folder() + "/city.db"), Walks{});
}

TEST(Invariants, of_an_order_never_walk_a_table_on_postgres) {
    const test::World world("postgres");
    EXPECT_EQ(walks_of_postgres(world.url()), Walks{});
}

}  // namespace
}  // namespace fenming::cli

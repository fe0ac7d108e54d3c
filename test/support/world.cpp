// Worlds for tests.

#include "test/support/world.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "store/migrate.h"

namespace fenming::test {
namespace {

constexpr std::int64_t kStart_ms = 1'795'482'000'000;  // 2026-11-24T09:00:00+08:00

std::string server() {
    const char* url = std::getenv("FENMING_TEST_PG");
    if (url == nullptr)
        throw Fault("FENMING_TEST_PG names no PostgreSQL server: run the tests by ./dev test");
    return url;
}

/// The server's address with another database: postgresql:///NAME?host=…
std::string address_of(const std::string& name) {
    std::string url = server();
    const auto slash = url.find('/', url.find("//") + 2);
    const auto query = url.find('?');
    return url.substr(0, slash + 1) + name + (query == std::string::npos ? "" : url.substr(query));
}

void on_server(const std::string& address, const std::string& sql) {
    PGconn* pg = PQconnectdb(address.c_str());
    if (PQstatus(pg) != CONNECTION_OK) {
        const std::string why = PQerrorMessage(pg);
        PQfinish(pg);
        throw Fault("the test server does not answer: " + why);
    }
    PQsetNoticeReceiver(
        pg, [](void*, const PGresult*) {}, nullptr);
    PGresult* result = PQexec(pg, sql.c_str());
    const auto status = PQresultStatus(result);
    const std::string why = PQresultErrorMessage(result);
    PQclear(result);
    PQfinish(pg);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw Fault(sql + ": " + why);
}

std::string fresh_name() {
    static std::atomic<int> count{0};
    return "fenming_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

/// Migrated once per test program, then copied for each test.
const std::string& template_name() {
    struct Template {
        std::string name = fresh_name() + "_template";
        Template() {
            on_server(server(),
                      "CREATE DATABASE " + name +
                          " TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'");
            auto database = store::Database::open({.url = address_of(name)});
            const auto done = store::migrate(*database, SetClock({kStart_ms}));
            check(done.has_value(), "an empty database migrates");
        }
        ~Template() {
            try {
                on_server(server(), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            } catch (const Fault&) {  // the server may be gone already
            }
        }
    };
    static const Template made;
    return made.name;
}

}  // namespace

World::World(std::string_view kind)
    : clock({kStart_ms}),
      keys(std::make_unique<crypto::TestKeyStore>(7)),
      ids(std::make_unique<IdSource>(1, 0)),
      caller{{1}, {1}, "cli", "tester", {kStart_ms}},
      kind_(kind) {
    std::string pattern = (std::filesystem::temp_directory_path() / "fenming-test-XXXXXX").string();
    check(::mkdtemp(pattern.data()) != nullptr, "a temporary folder can be made");
    folder_ = pattern;
    if (kind_ == "postgres") {
        const auto& from = template_name();
        pg_name_ = fresh_name();
        on_server(server(), "CREATE DATABASE " + pg_name_ + " TEMPLATE " + from);
        url_ = address_of(pg_name_);
    } else {
        url_ = "sqlite:" + folder_ + "/test.db";
    }
    anchor_ = std::make_unique<trail::Anchor>(folder_ + "/test.anchor");
    files_ = std::make_unique<store::FileStore>(folder_ + "/files", *keys);
    open();
}

void World::open() {
    database_ = store::Database::open({.url = url_});
    const auto ready = store::ready(*database_, clock);
    check(ready.has_value(), "a test database is ready");
}

World::~World() {
    road_.reset();
    database_.reset();
    if (!pg_name_.empty()) {
        try {
            on_server(server(), "DROP DATABASE IF EXISTS " + pg_name_ + " WITH (FORCE)");
        } catch (const Fault&) {  // the server may be gone already
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

road::Road& World::road() {
    if (!road_)
        road_ = std::make_unique<road::Road>(road::Parts{
            *database_, clock, *ids, *keys, *authoriser_, *anchor_, *files_, invariants_});
    return *road_;
}

void World::use(std::vector<road::Invariant> invariants) {
    check(!road_, "invariants are named before the road is used");
    invariants_ = std::move(invariants);
}

void World::use(const road::Authoriser& authoriser) {
    check(!road_, "the authoriser is named before the road is used");
    authoriser_ = &authoriser;
}

void World::reopen() {
    road_.reset();
    database_.reset();
    open();
}

void World::behind_the_back(const std::string& sql) {
    if (kind_ == "postgres") {
        on_server(url_, sql);
        return;
    }
    sqlite3* db = nullptr;
    check(sqlite3_open(url_.substr(7).c_str(), &db) == SQLITE_OK, "the database file opens");
    sqlite3_busy_timeout(db, 5000);
    char* why = nullptr;
    const int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &why);
    const std::string text = why != nullptr ? why : "";
    sqlite3_free(why);
    sqlite3_close(db);
    if (code != SQLITE_OK) throw Fault(sql + ": " + text);
}

road::Caller World::as(std::int64_t staff) const {
    auto other = caller;
    other.account = {staff};
    other.staff = {staff};
    return other;
}

void World::expect_trail_whole() {
    auto tx = database_->begin_read();
    const auto report = trail::verify(*tx, *keys);
    for (const auto& broken : report.broken)
        ADD_FAILURE() << broken.table << " " << broken.key << ": " << broken.why;
}

}  // namespace fenming::test

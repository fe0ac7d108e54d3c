// SQLite: one writing connection behind a lock, a few reading ones. WAL, FULL: a treasury loses no
// commit for speed.

#include <sqlite3.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <unordered_map>

#include "store/bundle.h"

namespace fenming::store {
namespace {

DbErrorKind kind_of(int extended) {
    switch (extended) {
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_ROWID:
            return DbErrorKind::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return DbErrorKind::foreign_key;
        case SQLITE_CONSTRAINT_NOTNULL:
            return DbErrorKind::not_null;
        case SQLITE_CONSTRAINT_CHECK:
            return DbErrorKind::check;
        default:
            break;
    }
    switch (extended & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return DbErrorKind::busy;
        case SQLITE_FULL:
            return DbErrorKind::disk_full;
        case SQLITE_READONLY:
            return DbErrorKind::read_only;
        default:
            return DbErrorKind::other;
    }
}

class Connection {
public:
    Connection(const std::string& path, bool must_exist, std::int64_t busy_ms, bool read_only) {
        int flags =
            SQLITE_OPEN_NOMUTEX | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
        if (!must_exist && !read_only) flags |= SQLITE_OPEN_CREATE;
        if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
            const std::string why = db_ != nullptr ? sqlite3_errmsg(db_) : "out of memory";
            sqlite3_close(db_);
            throw DbError(DbErrorKind::connection, "open", path + ": " + why);
        }
        sqlite3_extended_result_codes(db_, 1);
        sqlite3_busy_timeout(db_, static_cast<int>(busy_ms));  // before anything can meet a lock
        for (const char* pragma :
             {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
              "PRAGMA secure_delete=ON", "PRAGMA cache_size=-65536", "PRAGMA trusted_schema=OFF"})
            if (!read_only || std::string_view(pragma).find("journal") == std::string_view::npos)
                run(pragma);
    }
    ~Connection() {
        for (auto& [name, stmt] : prepared_) sqlite3_finalize(stmt);
        sqlite3_close(db_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const char* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
    }
    [[noreturn]] void fail(const char* statement) {
        throw DbError(kind_of(sqlite3_extended_errcode(db_)), statement, sqlite3_errmsg(db_));
    }
    sqlite3_stmt* prepared(const StmtInfo& info) {
        auto& slot = prepared_[info.sqlite];
        if (slot == nullptr && sqlite3_prepare_v3(db_, info.sqlite, -1, SQLITE_PREPARE_PERSISTENT,
                                                  &slot, nullptr) != SQLITE_OK)
            fail(info.name);
        return slot;
    }
    sqlite3* raw() { return db_; }

private:
    sqlite3* db_ = nullptr;
    std::unordered_map<const char*, sqlite3_stmt*> prepared_;
};

class SqliteCursor final : public Cursor {
public:
    SqliteCursor(Connection& connection, sqlite3_stmt* stmt, const char* name)
        : connection_(connection), stmt_(stmt), name_(name) {}
    bool next() override {
        const int code = sqlite3_step(stmt_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) connection_.fail(name_);
        return false;
    }
    [[nodiscard]] int columns() const override { return sqlite3_column_count(stmt_); }
    [[nodiscard]] bool is_null(int i) const override {
        return sqlite3_column_type(stmt_, i) == SQLITE_NULL;
    }
    [[nodiscard]] std::int64_t integer(int i) const override {
        check(sqlite3_column_type(stmt_, i) == SQLITE_INTEGER, "an integer cell holds an integer");
        return sqlite3_column_int64(stmt_, i);
    }
    [[nodiscard]] std::string_view text(int i) const override {
        check(sqlite3_column_type(stmt_, i) == SQLITE_TEXT, "a text cell holds text");
        return bytes(i);
    }
    [[nodiscard]] std::string_view blob(int i) const override {
        check(sqlite3_column_type(stmt_, i) == SQLITE_BLOB, "a bytes cell holds bytes");
        return bytes(i);
    }

private:
    [[nodiscard]] std::string_view bytes(int i) const {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(stmt_, i));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(stmt_, i));
        return data == nullptr ? std::string_view("", 0) : std::string_view(data, size);
    }
    Connection& connection_;
    sqlite3_stmt* stmt_;
    const char* name_;
};

/// Resets a prepared statement however its use ends.
struct InUse {
    explicit InUse(sqlite3_stmt* s) : stmt(s) {}
    ~InUse() {
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
    }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;
    sqlite3_stmt* stmt;
};

void bind_all(Connection& connection, sqlite3_stmt* stmt, const StmtInfo& info,
              const std::vector<Value>& values) {
    check(static_cast<int>(values.size()) == info.parameters, "a statement gets its parameters");
    int i = 0;
    for (const auto& v : values) {
        ++i;
        int code = SQLITE_OK;
        switch (v.kind) {
            case Value::Kind::null:
                code = sqlite3_bind_null(stmt, i);
                break;
            case Value::Kind::integer:
                code = sqlite3_bind_int64(stmt, i, v.integer);
                break;
            case Value::Kind::text:
                code = sqlite3_bind_text64(stmt, i, v.bytes.data() ? v.bytes.data() : "",
                                           v.bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
                break;
            case Value::Kind::blob:
                code = sqlite3_bind_blob64(stmt, i, v.bytes.data() ? v.bytes.data() : "",
                                           v.bytes.size(), SQLITE_STATIC);
                break;
        }
        if (code != SQLITE_OK) connection.fail(info.name);
    }
}

/// Lends a connection; returned when the transaction ends.
class Pool {
public:
    void add(std::unique_ptr<Connection> connection) { free_.push_back(std::move(connection)); }
    std::unique_ptr<Connection> take(std::int64_t wait_ms) {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, std::chrono::milliseconds(wait_ms),
                                [&] { return !free_.empty(); }))
            throw DbError(DbErrorKind::busy, "begin", "every connection stayed in use");
        auto connection = std::move(free_.back());
        free_.pop_back();
        return connection;
    }
    void give(std::unique_ptr<Connection> connection) {
        {
            const std::scoped_lock lock(mutex_);
            free_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
};

class SqliteTx final : public Tx {
public:
    SqliteTx(Pool& pool, std::unique_ptr<Connection> connection, bool writes)
        : pool_(pool), connection_(std::move(connection)) {
        try {
            connection_->run(writes ? "BEGIN IMMEDIATE" : "BEGIN");
        } catch (...) {
            pool_.give(std::move(connection_));
            throw;
        }
    }
    ~SqliteTx() override {
        if (open_) sqlite3_exec(connection_->raw(), "ROLLBACK", nullptr, nullptr, nullptr);
        pool_.give(std::move(connection_));
    }
    SqliteTx(const SqliteTx&) = delete;
    SqliteTx& operator=(const SqliteTx&) = delete;

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    void lock_pens(std::span<const Pen>) override {}  // the one writer holds every pen
    void commit() override {
        check(open_, "a transaction ends once");
        connection_->run("COMMIT");
        open_ = false;
    }
    void query(const StmtInfo& info, const std::vector<Value>& values, Fetch,
               const std::function<void(Cursor&)>& row) override {
        check(!streaming_, "a row callback runs no statement of its own");
        InUse use(connection_->prepared(info));
        bind_all(*connection_, use.stmt, info, values);
        SqliteCursor cursor(*connection_, use.stmt, info.name);
        streaming_ = true;
        try {
            bool any = false;
            while (cursor.next()) {
                if (!any) note_statement(info.name, Dialect::sqlite);
                any = true;
                row(cursor);
            }
        } catch (...) {
            streaming_ = false;
            throw;
        }
        streaming_ = false;
    }
    std::int64_t change(const StmtInfo& info, const std::vector<Value>& values) override {
        check(!streaming_, "a row callback runs no statement of its own");
        InUse use(connection_->prepared(info));
        bind_all(*connection_, use.stmt, info, values);
        step_to_end(use.stmt, info.name);
        const auto changed = sqlite3_changes64(connection_->raw());
        if (changed > 0) {
            note_statement(info.name, Dialect::sqlite);
            note_written(info);
        }
        return changed;
    }
    std::int64_t bulk(const StmtInfo& info, RowSource& rows) override {
        InUse use(connection_->prepared(info));
        std::vector<Value> values(static_cast<std::size_t>(info.parameters));
        std::int64_t count = 0;
        while (rows.next(values)) {
            bind_all(*connection_, use.stmt, info, values);
            step_to_end(use.stmt, info.name);
            sqlite3_reset(use.stmt);
            ++count;
        }
        if (count > 0) {
            note_statement(info.name, Dialect::sqlite);
            note_written(info);
        }
        return count;
    }
    void together(const Bundle& bundle) override {
        for (const auto& part : bundle.parts()) {
            if (part.row)
                query(*part.stmt, part.values, part.fetch, part.row);
            else
                change(*part.stmt, part.values);
        }
    }
    void schema(const char* sql) { connection_->run(sql); }

private:
    void step_to_end(sqlite3_stmt* stmt, const char* name) {
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW) code = sqlite3_step(stmt);
        if (code != SQLITE_DONE) connection_->fail(name);
    }
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
    bool open_ = true;
    bool streaming_ = false;
};

class Sqlite final : public Database {
public:
    explicit Sqlite(const OpenOptions& options)
        : path_(options.url.substr(7)), busy_ms_(options.busy_ms) {
        if (path_.empty() || path_ == ":memory:")
            throw Fault("a SQLite database lies in a file: write sqlite:PATH");
        writer_.add(std::make_unique<Connection>(path_, options.must_exist, busy_ms_, false));
        for (int i = 0; i < options.readers; ++i)
            readers_.add(std::make_unique<Connection>(path_, true, busy_ms_, true));
    }
    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    [[nodiscard]] std::string name() const override { return "sqlite:" + path_; }
    std::unique_ptr<Tx> begin_write() override {
        return std::make_unique<SqliteTx>(writer_, writer_.take(busy_ms_), true);
    }
    std::unique_ptr<Tx> begin_read() override {
        return std::make_unique<SqliteTx>(readers_, readers_.take(busy_ms_), false);
    }
    void run_schema(Tx& tx, const char* sql) override { dynamic_cast<SqliteTx&>(tx).schema(sql); }

private:
    std::string path_;
    std::int64_t busy_ms_;
    Pool writer_;
    Pool readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const OpenOptions& options) {
    return std::make_unique<Sqlite>(options);
}

}  // namespace fenming::store

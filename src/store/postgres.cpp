// PostgreSQL over libpq, everything in binary both ways. READ COMMITTED for writers, so that what
// is read after the pens are granted is what the last holder left (E10).

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>

#include "store/postgres_wire.h"

namespace fenming::store {
namespace {

using namespace postgres;

class Pool {
public:
    Pool(std::string url, std::int64_t busy_ms, int most)
        : url_(std::move(url)), busy_ms_(busy_ms), most_(most) {}
    std::unique_ptr<Connection> take() {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, std::chrono::milliseconds(busy_ms_ * 4),
                                [&] { return !free_.empty() || made_ < most_; }))
            throw DbError(DbErrorKind::busy, "begin", "every connection stayed in use");
        if (!free_.empty()) {
            auto connection = std::move(free_.back());
            free_.pop_back();
            return connection;
        }
        ++made_;
        lock.unlock();
        try {
            return std::make_unique<Connection>(url_, busy_ms_);
        } catch (...) {
            lost();
            throw;
        }
    }
    void give(std::unique_ptr<Connection> connection) {
        if (!connection->alive() || !connection->idle()) {
            lost();
            return;
        }
        {
            const std::scoped_lock lock(mutex_);
            free_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

private:
    void lost() {
        {
            const std::scoped_lock lock(mutex_);
            --made_;
        }
        returned_.notify_one();
    }
    std::string url_;
    std::int64_t busy_ms_;
    int most_;
    int made_ = 0;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
};

class PgTx final : public Tx {
public:
    PgTx(Pool& pool, const char* begin) : pool_(pool), connection_(pool.take()) {
        try {
            connection_->run(begin);
        } catch (...) {
            pool_.give(std::move(connection_));
            throw;
        }
    }
    ~PgTx() override {
        if (open_ && connection_->alive()) {
            Answer a(PQexec(connection_->raw(), "ROLLBACK"));
        }
        pool_.give(std::move(connection_));
    }
    PgTx(const PgTx&) = delete;
    PgTx& operator=(const PgTx&) = delete;

    [[nodiscard]] Dialect dialect() const override { return Dialect::postgres; }
    void lock_pens(std::span<const Pen> pens) override {
        static constexpr StmtInfo kLock{
            "store.lock_pen", "", "SELECT CAST(pg_advisory_xact_lock($1) AS TEXT)", "i", 1, "", ""};
        std::vector<Pen> sorted(pens.begin(), pens.end());
        std::ranges::sort(sorted);
        sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
        for (const auto pen : sorted)
            query(kLock, {Value::of(pen.number)}, Fetch::whole, [](Cursor&) {});
    }
    void commit() override {
        check(open_, "a transaction ends once");
        Answer a(PQexec(connection_->raw(), "COMMIT"));
        if (PQresultStatus(a.result) != PGRES_COMMAND_OK) connection_->fail("commit", a.result);
        // A failed transaction answers COMMIT with ROLLBACK; nobody may be told it was kept.
        check(std::strcmp(PQcmdStatus(a.result), "COMMIT") == 0, "a commit commits");
        open_ = false;
    }
    void query(const StmtInfo& info, const std::vector<Value>& values, Fetch fetch,
               const std::function<void(Cursor&)>& row) override {
        check(!streaming_, "a row callback runs no statement of its own");
        const auto& name = connection_->prepared(info);
        bound_.set(info, values);
        if (PQsendQueryPrepared(connection_->raw(), name.c_str(), info.parameters,
                                bound_.pointers.data(), bound_.lengths.data(),
                                bound_.formats.data(), 1) == 0)
            connection_->fail(info.name, nullptr);
        if (fetch == Fetch::streamed) PQsetSingleRowMode(connection_->raw());
        streaming_ = true;
        const Drain drain(*this);
        bool any = false;
        while (PGresult* raw = PQgetResult(connection_->raw())) {
            Answer a(raw);
            const auto status = PQresultStatus(raw);
            if (status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE)
                connection_->fail(info.name, raw);
            PgCursor cursor(raw);
            while (cursor.next()) {
                if (!any) note_statement(info.name, Dialect::postgres);
                any = true;
                row(cursor);
            }
        }
    }
    std::int64_t change(const StmtInfo& info, const std::vector<Value>& values) override {
        check(!streaming_, "a row callback runs no statement of its own");
        const auto& name = connection_->prepared(info);
        bound_.set(info, values);
        Answer a(PQexecPrepared(connection_->raw(), name.c_str(), info.parameters,
                                bound_.pointers.data(), bound_.lengths.data(),
                                bound_.formats.data(), 1));
        const auto status = PQresultStatus(a.result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            connection_->fail(info.name, a.result);
        const auto changed = std::strtoll(PQcmdTuples(a.result), nullptr, 10);
        if (changed > 0) {
            note_statement(info.name, Dialect::postgres);
            note_written(info);
        }
        return changed;
    }
    std::int64_t bulk(const StmtInfo& info, RowSource& rows) override {
        const auto count = *info.copy != '\0' ? copy(info, rows) : pipeline(info, rows);
        if (count > 0) {
            note_statement(info.name, Dialect::postgres);
            note_written(info);
        }
        return count;
    }
    void schema(const char* sql) { connection_->run(sql); }

private:
    /// Reads what is left of an answer, so that the connection is usable however a loop ended.
    struct Drain {
        explicit Drain(PgTx& t) : tx(t) {}
        ~Drain() {
            while (PGresult* rest = PQgetResult(tx.connection_->raw())) PQclear(rest);
            tx.streaming_ = false;
        }
        Drain(const Drain&) = delete;
        Drain& operator=(const Drain&) = delete;
        PgTx& tx;
    };

    static void append16(std::string& to, std::uint16_t v) {
        v = __builtin_bswap16(v);
        to.append(reinterpret_cast<const char*>(&v), 2);
    }
    static void append32(std::string& to, std::uint32_t v) {
        v = __builtin_bswap32(v);
        to.append(reinterpret_cast<const char*>(&v), 4);
    }
    void send(const StmtInfo& info, std::string& buffer) {
        if (PQputCopyData(connection_->raw(), buffer.data(), static_cast<int>(buffer.size())) != 1)
            connection_->fail(info.name, nullptr);
        buffer.clear();
    }
    std::int64_t copy(const StmtInfo& info, RowSource& rows) {
        {
            Answer a(PQexec(connection_->raw(), info.copy));
            if (PQresultStatus(a.result) != PGRES_COPY_IN) connection_->fail(info.name, a.result);
        }
        std::string buffer("PGCOPY\n\377\r\n\0", 11);
        append32(buffer, 0);
        append32(buffer, 0);
        std::vector<Value> values(static_cast<std::size_t>(info.parameters));
        std::int64_t count = 0;
        try {
            for (; rows.next(values); ++count) {
                append16(buffer, static_cast<std::uint16_t>(values.size()));
                for (const auto& v : values) {
                    if (v.kind == Value::Kind::null) {
                        append32(buffer, 0xffffffffU);
                    } else if (v.kind == Value::Kind::integer) {
                        append32(buffer, 8);
                        const auto be = big_endian(v.integer);
                        buffer.append(reinterpret_cast<const char*>(&be), 8);
                    } else {
                        append32(buffer, static_cast<std::uint32_t>(v.bytes.size()));
                        buffer.append(v.bytes);
                    }
                }
                if (buffer.size() > 60'000) send(info, buffer);
            }
        } catch (...) {
            PQputCopyEnd(connection_->raw(), "the rows could not be read");
            while (PGresult* rest = PQgetResult(connection_->raw())) PQclear(rest);
            throw;
        }
        append16(buffer, 0xffffU);
        send(info, buffer);
        if (PQputCopyEnd(connection_->raw(), nullptr) != 1) connection_->fail(info.name, nullptr);
        streaming_ = true;
        const Drain drain(*this);
        while (PGresult* raw = PQgetResult(connection_->raw())) {
            Answer a(raw);
            if (PQresultStatus(raw) != PGRES_COMMAND_OK) connection_->fail(info.name, raw);
        }
        return count;
    }
    /// 500 at a time without waiting for each answer.
    std::int64_t pipeline(const StmtInfo& info, RowSource& rows) {
        const auto& name = connection_->prepared(info);
        std::vector<Value> values(static_cast<std::size_t>(info.parameters));
        std::int64_t count = 0;
        PGconn* pg = connection_->raw();
        if (PQenterPipelineMode(pg) != 1) connection_->fail(info.name, nullptr);
        std::string state;
        std::string message;
        bool more = true;
        while (more && message.empty()) {
            int sent = 0;
            while (sent < 500 && (more = rows.next(values))) {
                bound_.set(info, values);
                if (PQsendQueryPrepared(pg, name.c_str(), info.parameters, bound_.pointers.data(),
                                        bound_.lengths.data(), bound_.formats.data(), 1) == 0)
                    message = PQerrorMessage(pg);
                ++sent;
            }
            PQpipelineSync(pg);
            drain_pipeline(pg, state, message);
            count += sent;
        }
        PQexitPipelineMode(pg);
        if (!message.empty()) throw DbError(kind_of(state), info.name, message);
        return count;
    }
    static void drain_pipeline(PGconn* pg, std::string& state, std::string& message) {
        for (;;) {
            PGresult* raw = PQgetResult(pg);
            if (raw == nullptr) continue;  // the end of one statement's answer
            Answer a(raw);
            const auto status = PQresultStatus(raw);
            if (status == PGRES_PIPELINE_SYNC) return;
            if (status == PGRES_FATAL_ERROR && message.empty()) {
                const char* code = PQresultErrorField(raw, PG_DIAG_SQLSTATE);
                state = code != nullptr ? code : "";
                message = PQresultErrorMessage(raw);
                if (PQstatus(pg) != CONNECTION_OK) return;
            }
        }
    }

    Pool& pool_;
    std::unique_ptr<Connection> connection_;
    Bound bound_;
    bool open_ = true;
    bool streaming_ = false;
};

class Postgres final : public Database {
public:
    explicit Postgres(const OpenOptions& options)
        : url_(options.url), pool_(options.url, options.busy_ms, options.readers + 12) {
        pool_.give(pool_.take());  // an address that does not answer is told at once
    }
    [[nodiscard]] Dialect dialect() const override { return Dialect::postgres; }
    [[nodiscard]] std::string name() const override {
        const auto at = url_.find('@');
        const auto slashes = url_.find("//");
        if (at == std::string::npos || slashes == std::string::npos) return url_;
        const auto colon = url_.find(':', slashes);
        if (colon == std::string::npos || colon > at) return url_;
        return url_.substr(0, colon) + url_.substr(at);
    }
    std::unique_ptr<Tx> begin_write() override {
        return std::make_unique<PgTx>(pool_, "BEGIN ISOLATION LEVEL READ COMMITTED");
    }
    std::unique_ptr<Tx> begin_read() override {
        return std::make_unique<PgTx>(pool_, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    void run_schema(Tx& tx, const char* sql) override { dynamic_cast<PgTx&>(tx).schema(sql); }

private:
    std::string url_;
    Pool pool_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const OpenOptions& options) {
    return std::make_unique<Postgres>(options);
}

}  // namespace fenming::store

// PostgreSQL over libpq, everything in binary both ways. READ COMMITTED for writers, so that what
// is read after the pens are granted is what the last holder left (E10).

#include <algorithm>
#include <cstring>

#include "store/bundle.h"
#include "store/postgres_pool.h"
#include "store/postgres_wire.h"

namespace fenming::store {
namespace {

using namespace postgres;

/// A plain INSERT of more rows than this goes on by COPY, which costs two round trips of its own.
constexpr int kFew = 16;
/// Other statements: so many at a time without waiting for each answer.
constexpr int kMany = 500;

class PgTx final : public Tx {
public:
    /// `begin` travels with the first statement: a round trip less.
    PgTx(Pool& pool, const char* begin) : pool_(pool), connection_(pool.take()), begin_(begin) {}
    ~PgTx() override {
        if (open_ && begin_ == nullptr && connection_->alive()) {
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
        Bundle locks;  // the server takes them one after another, as they stand
        for (const auto pen : sorted)
            locks.ask(kLock, {Value::of(pen.number)}, Fetch::whole, [](Cursor&) {});
        together(locks);
    }
    void commit() override {
        check(open_, "a transaction ends once");
        if (begin_ != nullptr) {  // it ran no statement
            open_ = false;
            return;
        }
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
        Piped piped(*this, false);
        send_statement(info, name, values);
        piped.sent();
        read_rows(info, fetch, row);
    }
    std::int64_t change(const StmtInfo& info, const std::vector<Value>& values) override {
        check(!streaming_, "a row callback runs no statement of its own");
        const auto& name = connection_->prepared(info);
        Piped piped(*this, false);
        send_statement(info, name, values);
        piped.sent();
        return read_change(info);
    }
    void together(const Bundle& bundle) override {
        check(!streaming_, "a row callback runs no statement of its own");
        if (bundle.parts().empty()) return;
        std::vector<const std::string*> names;
        for (const auto& part : bundle.parts()) names.push_back(&connection_->prepared(*part.stmt));
        Piped piped(*this, true);
        for (std::size_t i = 0; i < names.size(); ++i)
            send_statement(*bundle.parts()[i].stmt, *names[i], bundle.parts()[i].values);
        piped.sent();
        for (const auto& part : bundle.parts()) {
            if (part.row)
                read_rows(*part.stmt, part.fetch, part.row);
            else
                read_change(*part.stmt);
        }
    }
    std::int64_t bulk(const StmtInfo& info, RowSource& rows) override {
        check(!streaming_, "a row callback runs no statement of its own");
        std::vector<Value> values(static_cast<std::size_t>(info.parameters));
        std::int64_t count = 0;
        const bool may_copy = *info.copy != '\0';
        for (bool more = rows.next(values); more;) {
            if (may_copy && count > 0) {
                count += copy(info, rows, values);
                break;
            }
            const auto& name = connection_->prepared(info);
            Piped piped(*this, true);
            int sent = 0;
            for (; more && sent < (may_copy ? kFew : kMany); ++sent) {
                send_statement(info, name, values);
                more = rows.next(values);
            }
            piped.sent();
            for (int i = 0; i < sent; ++i) read_change(info);
            count += sent;
        }
        if (count > 0) {
            note_statement(info.name, Dialect::postgres);
            note_written(info);
        }
        return count;
    }
    void schema(const char* sql) {
        begin();
        connection_->run(sql);
    }

private:
    /// Statements on their way: with BEGIN before them if the transaction has not begun, and in
    /// pipeline mode if there are several. At its end nothing of their answers is left unread, so
    /// that the connection is usable however the reading ended.
    class Piped {
    public:
        Piped(PgTx& tx, bool several) : tx_(tx), several_(several || tx.begin_ != nullptr) {
            if (several_ && PQenterPipelineMode(pg()) != 1) tx_.connection_->fail("begin", nullptr);
            tx_.streaming_ = true;
            begins_ = tx_.begin_ != nullptr && PQsendQueryParams(pg(), tx_.begin_, 0, nullptr,
                                                                 nullptr, nullptr, nullptr, 1) == 1;
        }
        /// After the last statement: they leave, and BEGIN's answer is read.
        void sent() {
            if (several_ && !sync()) tx_.connection_->fail("begin", nullptr);
            if (!begins_) return;
            while (PGresult* raw = PQgetResult(pg())) {
                Answer a(raw);
                if (PQresultStatus(raw) != PGRES_COMMAND_OK) tx_.connection_->fail("begin", raw);
            }
            tx_.begin_ = nullptr;
        }
        ~Piped() {
            tx_.streaming_ = false;
            if (!several_) {
                const Drained drained(*tx_.connection_);
            } else if (sync()) {
                drain_pipeline(pg());
                PQexitPipelineMode(pg());
            }  // else the connection is broken, and the pool drops it
        }
        Piped(const Piped&) = delete;
        Piped& operator=(const Piped&) = delete;

    private:
        bool sync() {
            synced_ = synced_ || PQpipelineSync(pg()) == 1;
            return synced_;
        }
        PGconn* pg() { return tx_.connection_->raw(); }
        PgTx& tx_;
        bool several_;
        bool begins_ = false;
        bool synced_ = false;
    };
    void begin() {
        if (begin_ != nullptr) connection_->run(begin_);
        begin_ = nullptr;
    }
    void send_statement(const StmtInfo& info, const std::string& name,
                        const std::vector<Value>& values) {
        bound_.set(info, values);
        if (PQsendQueryPrepared(connection_->raw(), name.c_str(), info.parameters,
                                bound_.pointers.data(), bound_.lengths.data(),
                                bound_.formats.data(), 1) == 0)
            connection_->fail(info.name, nullptr);
    }
    void read_rows(const StmtInfo& info, Fetch fetch, const std::function<void(Cursor&)>& row) {
        if (fetch == Fetch::streamed) PQsetSingleRowMode(connection_->raw());
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
    std::int64_t read_change(const StmtInfo& info) {
        std::int64_t changed = 0;
        while (PGresult* raw = PQgetResult(connection_->raw())) {
            Answer a(raw);
            const auto status = PQresultStatus(raw);
            if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
                connection_->fail(info.name, raw);
            changed = std::strtoll(PQcmdTuples(raw), nullptr, 10);
        }
        if (changed > 0) {
            note_statement(info.name, Dialect::postgres);
            note_written(info);
        }
        return changed;
    }
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
    /// The row in `values` and all that follow it.
    std::int64_t copy(const StmtInfo& info, RowSource& rows, std::vector<Value>& values) {
        {
            Answer a(PQexec(connection_->raw(), info.copy));
            if (PQresultStatus(a.result) != PGRES_COPY_IN) connection_->fail(info.name, a.result);
        }
        std::string buffer("PGCOPY\n\377\r\n\0", 11);
        append32(buffer, 0);
        append32(buffer, 0);
        std::int64_t count = 0;
        try {
            do {
                append_row(buffer, values);
                if (buffer.size() > 60'000) send(info, buffer);
                ++count;
            } while (rows.next(values));
        } catch (...) {
            PQputCopyEnd(connection_->raw(), "the rows could not be read");
            const Drained drained(*connection_);
            throw;
        }
        append16(buffer, 0xffffU);
        send(info, buffer);
        if (PQputCopyEnd(connection_->raw(), nullptr) != 1) connection_->fail(info.name, nullptr);
        const Drained drained(*connection_);
        read_change(info);
        return count;
    }
    static void append_row(std::string& buffer, const std::vector<Value>& values) {
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
    }
    /// Reads to the end of a pipeline, or to the end of the connection.
    static void drain_pipeline(PGconn* pg) {
        while (PQstatus(pg) == CONNECTION_OK) {
            Answer a(PQgetResult(pg));  // none: the end of one statement's answer
            if (a.result != nullptr && PQresultStatus(a.result) == PGRES_PIPELINE_SYNC) return;
        }
    }

    Pool& pool_;
    std::unique_ptr<Connection> connection_;
    const char* begin_;  ///< what begins it, until that was sent
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

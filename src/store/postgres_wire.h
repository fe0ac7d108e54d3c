#pragma once
// A connection to PostgreSQL, its answers and its parameters; for postgres.cpp alone.

#include <libpq-fe.h>

#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/database.h"

namespace fenming::store::postgres {

inline constexpr Oid kInt8 = 20, kInt4 = 23, kInt2 = 21, kText = 25, kBytea = 17, kVarchar = 1043,
                     kName = 19, kUnknown = 705;

inline DbErrorKind kind_of(std::string_view state) {
    if (state == "23505") return DbErrorKind::unique;
    if (state == "23503") return DbErrorKind::foreign_key;
    if (state == "23502") return DbErrorKind::not_null;
    if (state == "23514") return DbErrorKind::check;
    if (state == "40001" || state == "40P01") return DbErrorKind::serialization;
    if (state == "55P03") return DbErrorKind::busy;
    if (state == "53100") return DbErrorKind::disk_full;
    if (state == "25006") return DbErrorKind::read_only;
    if (state.starts_with("08") || state.starts_with("57P")) return DbErrorKind::connection;
    return DbErrorKind::other;
}

inline std::uint64_t big_endian(std::int64_t v) {
    return __builtin_bswap64(static_cast<std::uint64_t>(v));
}

struct Answer {
    explicit Answer(PGresult* r) : result(r) {}
    ~Answer() { PQclear(result); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    PGresult* result;
};

class Connection {
public:
    Connection(const std::string& url, std::int64_t busy_ms) : pg_(PQconnectdb(url.c_str())) {
        if (PQstatus(pg_) != CONNECTION_OK) {
            const std::string why = PQerrorMessage(pg_);
            PQfinish(pg_);
            throw DbError(DbErrorKind::connection, "connect", why);
        }
        PQsetNoticeReceiver(
            pg_, [](void*, const PGresult*) {}, nullptr);
        run("SET client_encoding = 'UTF8'");
        run(("SET lock_timeout = " + std::to_string(busy_ms)).c_str());
    }
    ~Connection() { PQfinish(pg_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const char* sql) {
        Answer a(PQexec(pg_, sql));
        const auto status = PQresultStatus(a.result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(sql, a.result);
    }
    [[noreturn]] void fail(const char* statement, const PGresult* result) {
        const char* state =
            result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
        const char* text =
            result != nullptr ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
        const auto kind = PQstatus(pg_) != CONNECTION_OK ? DbErrorKind::connection
                          : state != nullptr             ? kind_of(state)
                                                         : DbErrorKind::other;
        throw DbError(kind, statement, text != nullptr ? text : PQerrorMessage(pg_));
    }
    /// The server-side name of a prepared statement.
    const std::string& prepared(const StmtInfo& info) {
        auto [slot, is_new] = prepared_.try_emplace(info.postgres);
        if (!is_new) return slot->second;
        std::vector<Oid> types;
        for (const char* k = info.kinds; *k != '\0'; ++k)
            types.push_back(*k == 'i' ? kInt8 : *k == 't' ? kText : kBytea);
        const std::string name = "s" + std::to_string(prepared_.size());
        Answer a(PQprepare(pg_, name.c_str(), info.postgres, static_cast<int>(types.size()),
                           types.data()));
        if (PQresultStatus(a.result) != PGRES_COMMAND_OK) {
            prepared_.erase(slot);
            fail(info.name, a.result);
        }
        return slot->second = name;
    }
    [[nodiscard]] bool alive() const { return PQstatus(pg_) == CONNECTION_OK; }
    [[nodiscard]] bool idle() const { return PQtransactionStatus(pg_) == PQTRANS_IDLE; }
    PGconn* raw() { return pg_; }

private:
    PGconn* pg_;
    std::unordered_map<const char*, std::string> prepared_;
};

/// Reads what is left of an answer, so that the connection is usable however the reading ended.
struct Drained {
    explicit Drained(Connection& c) : connection(c) {}
    ~Drained() {
        while (PGresult* rest = PQgetResult(connection.raw())) PQclear(rest);
    }
    Drained(const Drained&) = delete;
    Drained& operator=(const Drained&) = delete;
    Connection& connection;
};

class PgCursor final : public Cursor {
public:
    explicit PgCursor(const PGresult* result) : result_(result), rows_(PQntuples(result)) {}
    bool next() override { return ++row_ < rows_; }
    [[nodiscard]] int columns() const override { return PQnfields(result_); }
    [[nodiscard]] bool is_null(int i) const override { return PQgetisnull(result_, row_, i) != 0; }
    [[nodiscard]] std::int64_t integer(int i) const override {
        const auto type = PQftype(result_, i);
        const char* raw = PQgetvalue(result_, row_, i);
        if (type == kInt8) {
            std::uint64_t v = 0;
            std::memcpy(&v, raw, 8);
            return static_cast<std::int64_t>(__builtin_bswap64(v));
        }
        if (type == kInt4) {
            std::uint32_t v = 0;
            std::memcpy(&v, raw, 4);
            return static_cast<std::int32_t>(__builtin_bswap32(v));
        }
        check(type == kInt2, "an integer cell holds an integer");
        std::uint16_t v = 0;
        std::memcpy(&v, raw, 2);
        return static_cast<std::int16_t>(__builtin_bswap16(v));
    }
    [[nodiscard]] std::string_view text(int i) const override {
        const auto type = PQftype(result_, i);
        check(type == kText || type == kVarchar || type == kName || type == kUnknown,
              "a text cell holds text");
        return bytes(i);
    }
    [[nodiscard]] std::string_view blob(int i) const override {
        check(PQftype(result_, i) == kBytea, "a bytes cell holds bytes");
        return bytes(i);
    }

private:
    [[nodiscard]] std::string_view bytes(int i) const {
        return {PQgetvalue(result_, row_, i),
                static_cast<std::size_t>(PQgetlength(result_, row_, i))};
    }
    const PGresult* result_;
    int rows_;
    int row_ = -1;
};

/// Parameters in libpq's form; integers in network order.
class Bound {
public:
    void set(const StmtInfo& info, const std::vector<Value>& values) {
        const auto n = values.size();
        check(static_cast<int>(n) == info.parameters, "a statement gets its parameters");
        integers.resize(n);
        pointers.resize(n);
        lengths.resize(n);
        formats.assign(n, 1);
        for (std::size_t i = 0; i < n; ++i) {
            const auto& v = values[i];
            switch (v.kind) {
                case Value::Kind::null:
                    pointers[i] = nullptr;
                    lengths[i] = 0;
                    break;
                case Value::Kind::integer:
                    integers[i] = big_endian(v.integer);
                    pointers[i] = reinterpret_cast<const char*>(&integers[i]);
                    lengths[i] = 8;
                    break;
                case Value::Kind::text:
                case Value::Kind::blob:
                    pointers[i] = v.bytes.data() != nullptr ? v.bytes.data() : "";
                    lengths[i] = static_cast<int>(v.bytes.size());
                    break;
            }
        }
    }
    std::vector<std::uint64_t> integers;
    std::vector<const char*> pointers;
    std::vector<int> lengths;
    std::vector<int> formats;
};

}  // namespace fenming::store::postgres

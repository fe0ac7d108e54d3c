#pragma once
// A database and its transactions, the same words for SQLite and PostgreSQL.
// Only sqlite.cpp and postgres.cpp know which of the two it is.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/fields.h"
#include "store/statement.h"

namespace fenming::store {

enum class Dialect { sqlite, postgres };

/// What went wrong in the database, told apart by code, never by message text.
enum class DbErrorKind {
    other,
    unique,
    foreign_key,
    not_null,
    check,
    busy,           ///< lock wait ran out
    serialization,  ///< 40001, 40P01: the same order may be tried again
    disk_full,
    read_only,
    connection,  ///< the server went away
};

/// A Fault with its kind. The road repeats serialization and unique faults (E1).
struct DbError : Fault {
    DbError(DbErrorKind k, std::string statement, const std::string& message);
    DbErrorKind kind;
    std::string statement;  ///< the statement's name
};

/// Writers take the pen of what they touch: a county's code, or 0 for the city (DESIGN §6).
struct Pen {
    std::int64_t number = 0;
    friend constexpr auto operator<=>(Pen, Pen) = default;
};
inline Pen pen_of(Area area) {
    return {area.county().code};
}

/// One result row. Columns count from 0. Reading a cell as another type is a Bug.
class Cursor {
public:
    virtual ~Cursor() = default;
    virtual bool next() = 0;
    [[nodiscard]] virtual int columns() const = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    /// Valid until the next call of next().
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual std::string_view blob(int column) const = 0;
};

namespace detail {
void read(const Cursor& c, int i, std::int64_t& to);
void read(const Cursor& c, int i, int& to);
void read(const Cursor& c, int i, bool& to);
void read(const Cursor& c, int i, std::string& to);
void read(const Cursor& c, int i, Bytes& to);
void read(const Cursor& c, int i, Money& to);
void read(const Cursor& c, int i, Instant& to);
void read(const Cursor& c, int i, Area& to);
void read(const Cursor& c, int i, Date& to);  ///< '' and NULL are "no day"
void read(const Cursor& c, int i, Month& to);
void read(const Cursor& c, int i, Period& to);
template <std::size_t N>
void read(const Cursor& c, int i, std::array<std::uint8_t, N>& to) {
    auto b = c.blob(i);
    check(b.size() == N, "a fixed-size cell has its size");
    std::copy(b.begin(), b.end(), to.begin());
}
template <class Tag>
void read(const Cursor& c, int i, Id<Tag>& to) {
    to.number = c.is_null(i) ? 0 : c.integer(i);
}
template <class T>
void read(const Cursor& c, int i, std::optional<T>& to) {
    if (c.is_null(i)) {
        to.reset();
        return;
    }
    T value{};
    read(c, i, value);
    to = std::move(value);
}

Value bound(std::int64_t v);
Value bound(int v);
Value bound(bool v);
Value bound(const std::string& v);
Value bound(const Bytes& v);
Value bound(Money v);
Value bound(Instant v);
Value bound(Area v);
Value bound(const Period& v);
template <std::size_t N>
Value bound(const std::array<std::uint8_t, N>& v) {
    return Value::of_blob(text_of(BytesView(v)));
}
template <class Tag>
Value bound(Id<Tag> v) {
    return Value::of(v.number);
}
template <class T>
Value bound(const std::optional<T>& v) {
    return v ? bound(*v) : Value{};
}

inline void put(std::vector<Value>& to, const ScopeArg& arg) {
    to.push_back(arg.low);
    to.push_back(arg.end);
}
template <class P>
void put(std::vector<Value>& to, const P& arg) {
    to.push_back(arg.value);
}
template <class... P>
std::vector<Value> values_of(const P&... args) {
    std::vector<Value> values;
    values.reserve(sizeof...(args) + 1);
    (put(values, args), ...);
    return values;
}
}  // namespace detail

/// Reads column i into field i of a Described row.
template <Described Row>
Row read_row(const Cursor& cursor) {
    Row row{};
    int column = 0;
    for_each_field<Row>([&](const auto& f) { detail::read(cursor, column++, row.*(f.member)); });
    check(column == cursor.columns(), "a row has a field for each column");
    return row;
}

/// Rows on their way in, one after another: what bulk() asks for.
class RowSource {
public:
    virtual ~RowSource() = default;
    /// Fills `values` (one per parameter; views stay valid until the next call) or returns false.
    virtual bool next(std::vector<Value>& values) = 0;
};

/// whole: the answer fits memory easily. streamed: it may be millions of rows.
enum class Fetch { whole, streamed };

class Bundle;  // store/bundle.h

/// A transaction: commit(), or it never was. Not for two threads.
class Tx {
public:
    virtual ~Tx() = default;
    [[nodiscard]] virtual Dialect dialect() const = 0;

    /// All rows of a query, as structs.
    template <Described Row, class... P>
    std::vector<Row> all(const Stmt<P...>& stmt, const std::type_identity_t<P>&... args) {
        std::vector<Row> rows;
        query(stmt.info, detail::values_of<P...>(args...), Fetch::whole,
              [&](Cursor& c) { rows.push_back(read_row<Row>(c)); });
        return rows;
    }
    /// The only row of a query, or none. Two rows are a Bug.
    template <Described Row, class... P>
    std::optional<Row> one(const Stmt<P...>& stmt, const std::type_identity_t<P>&... args) {
        auto rows = all<Row, P...>(stmt, args...);
        check(rows.size() <= 1, "one() finds at most one row");
        if (rows.empty()) return std::nullopt;
        return std::move(rows.front());
    }
    /// The only cell of a query, or none (no row, or NULL).
    template <class T, class... P>
    std::optional<T> value(const Stmt<P...>& stmt, const std::type_identity_t<P>&... args) {
        std::optional<T> found;
        query(stmt.info, detail::values_of<P...>(args...), Fetch::whole, [&](Cursor& c) {
            check(!found && c.columns() == 1, "value() finds one cell");
            detail::read(c, 0, found);
        });
        return found;
    }
    /// Streams rows without holding them; no other statement may run on this Tx meanwhile.
    template <class... P>
    void each(const Stmt<P...>& stmt, const std::function<void(Cursor&)>& row,
              const std::type_identity_t<P>&... args) {
        query(stmt.info, detail::values_of<P...>(args...), Fetch::streamed, row);
    }
    /// Runs a change; how many rows it changed.
    template <class... P>
    std::int64_t run(const Stmt<P...>& stmt, const std::type_identity_t<P>&... args) {
        return change(stmt.info, detail::values_of<P...>(args...));
    }
    /// Many rows through one INSERT: a prepared loop in SQLite, binary COPY in PostgreSQL when the
    /// statement is a plain INSERT, else pipelined. Fields stand in the order of the parameters.
    template <Described Row, class... P>
    std::int64_t run_each(const Stmt<P...>& stmt, std::span<const Row> rows) {
        struct Source final : RowSource {
            std::span<const Row> rows;
            std::size_t at = 0;
            bool next(std::vector<Value>& values) override {
                if (at == rows.size()) return false;
                int i = 0;
                for_each_field<Row>([&](const auto& f) {
                    values[static_cast<std::size_t>(i++)] = detail::bound(rows[at].*(f.member));
                });
                ++at;
                return true;
            }
        };
        check(kFieldCount<Row> == static_cast<std::size_t>(stmt.info.parameters),
              "a bulk row has a field for each parameter");
        Source source;
        source.rows = rows;
        return bulk(stmt.info, source);
    }
    template <Described Row, class... P>
    std::int64_t run_each(const Stmt<P...>& stmt, const std::vector<Row>& rows) {
        return run_each<Row, P...>(stmt, std::span<const Row>(rows));
    }

    /// Takes the pens in ascending order, in one statement, before the first read that relies on
    /// them. SQLite has one writer and takes none.
    virtual void lock_pens(std::span<const Pen> pens) = 0;
    virtual void commit() = 0;

    // The untyped ground the above stands on; also for generated statements (trail, verify).
    virtual void query(const StmtInfo& stmt, const std::vector<Value>& values, Fetch fetch,
                       const std::function<void(Cursor&)>& row) = 0;
    virtual std::int64_t change(const StmtInfo& stmt, const std::vector<Value>& values) = 0;
    virtual std::int64_t bulk(const StmtInfo& stmt, RowSource& rows) = 0;
    /// All of a bundle in its order, in one round trip; each statement sees what those before it
    /// changed. The first that fails is thrown, and none after it has run.
    virtual void together(const Bundle& bundle) = 0;

    /// Tables this transaction wrote to, by name: the road digests what an order wrote there.
    [[nodiscard]] const std::set<std::string_view>& written() const { return written_; }

protected:
    void note_written(const StmtInfo& stmt) {
        if (*stmt.writes != '\0') written_.insert(stmt.writes);
    }

private:
    std::set<std::string_view> written_;
};

struct OpenOptions {
    std::string url;  ///< sqlite:PATH or postgresql://…
    bool must_exist = false;
    int readers = 4;              ///< size of the reader pool
    std::int64_t busy_ms = 5000;  ///< how long a writer waits for its turn
};

/// An open database: hand one to the program, share it between threads.
class Database {
public:
    virtual ~Database() = default;
    static std::unique_ptr<Database> open(const OpenOptions& options);

    [[nodiscard]] virtual Dialect dialect() const = 0;
    /// The URL without a password, for messages.
    [[nodiscard]] virtual std::string name() const = 0;
    /// A writing transaction (SQLite: BEGIN IMMEDIATE, one at a time; PostgreSQL: READ COMMITTED).
    virtual std::unique_ptr<Tx> begin_write() = 0;
    /// A snapshot for reading (PostgreSQL: REPEATABLE READ READ ONLY).
    virtual std::unique_ptr<Tx> begin_read() = 0;
    /// Runs a schema statement in `tx`; for migrate.cpp alone.
    virtual void run_schema(Tx& tx, const char* sql) = 0;
};

/// Notes, in a test run, that a statement ran with at least one row returned or changed.
void note_statement(const char* name, Dialect dialect);

}  // namespace fenming::store

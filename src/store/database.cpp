// What both databases share: errors, reading and binding of our words, the coverage notes.

#include "store/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <set>

#include "store/bundle.h"
#include "store/schema.h"

namespace fenming::store {

DbError::DbError(DbErrorKind k, std::string stmt, const std::string& message)
    : Fault(stmt + ": " + message), kind(k), statement(std::move(stmt)) {}

const TableInfo* find_table(std::string_view name) {
    for (const auto& table : tables())
        if (table.name == name) return &table;
    return nullptr;
}

void Bundle::add(Part part) {
    for (auto& value : part.values)
        if (value.kind == Value::Kind::text || value.kind == Value::Kind::blob)
            value.bytes = kept_.emplace_back(value.bytes);
    parts_.push_back(std::move(part));
}

bool Bundle::writes(std::string_view table) const {
    return std::ranges::any_of(parts_,
                               [&](const Part& part) { return part.stmt->writes == table; });
}

namespace detail {

void read(const Cursor& c, int i, std::int64_t& to) {
    to = c.integer(i);
}
void read(const Cursor& c, int i, int& to) {
    const auto wide = c.integer(i);
    to = static_cast<int>(wide);
    check(to == wide, "a small number fits int");
}
void read(const Cursor& c, int i, bool& to) {
    to = c.integer(i) != 0;
}
void read(const Cursor& c, int i, std::string& to) {
    to = c.is_null(i) ? "" : c.text(i);
}
void read(const Cursor& c, int i, Bytes& to) {
    const auto view = bytes_of(c.is_null(i) ? std::string_view{} : c.blob(i));
    to.assign(view.begin(), view.end());
}
void read(const Cursor& c, int i, Money& to) {
    to = Money::fen(c.integer(i));
}
void read(const Cursor& c, int i, Instant& to) {
    to = {c.integer(i)};
}
void read(const Cursor& c, int i, Area& to) {
    to = {c.integer(i)};
}

namespace {
template <class T>
T stored(Result<T> parsed) {
    check(parsed.has_value(), "a stored day, month or period reads back");
    return std::move(*parsed);
}
}  // namespace

void read(const Cursor& c, int i, Date& to) {
    to = c.is_null(i) || c.text(i).empty() ? Date() : stored(parse_date(c.text(i)));
}
void read(const Cursor& c, int i, Month& to) {
    to = stored(parse_month(c.text(i)));
}
void read(const Cursor& c, int i, Period& to) {
    to = stored(parse_period(c.text(i)));
}

Value bound(std::int64_t v) {
    return Value::of(v);
}
Value bound(int v) {
    return Value::of(v);
}
Value bound(bool v) {
    return Value::of(v ? 1 : 0);
}
Value bound(const std::string& v) {
    return Value::of_text(v);
}
Value bound(const Bytes& v) {
    return Value::of_blob(text_of(v));
}
Value bound(Money v) {
    return Value::of(v.in_fen());
}
Value bound(Instant v) {
    return Value::of(v.ms);
}
Value bound(Area v) {
    return Value::of(v.code);
}
Value bound(const Period& v) {
    return Value::of_text(v.text);
}

}  // namespace detail

void note_statement(const char* name, Dialect dialect) {
    static const char* folder = std::getenv("FENMING_COVERAGE_DIR");
    if (folder == nullptr) return;
    static std::mutex mutex;
    static std::set<std::string> noted;
    const std::string line =
        std::string(name) + (dialect == Dialect::sqlite ? "\tsqlite\n" : "\tpostgres\n");
    const std::scoped_lock lock(mutex);
    if (!noted.insert(line).second) return;
    const std::string path = std::string(folder) + "/statements." + std::to_string(::getpid());
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0) return;
    [[maybe_unused]] const auto written = ::write(fd, line.data(), line.size());
    ::close(fd);
}

std::unique_ptr<Database> open_sqlite(const OpenOptions& options);
std::unique_ptr<Database> open_postgres(const OpenOptions& options);

std::unique_ptr<Database> Database::open(const OpenOptions& options) {
    if (options.url.starts_with("sqlite:")) return open_sqlite(options);
    if (options.url.starts_with("postgresql:") || options.url.starts_with("postgres:"))
        return open_postgres(options);
    throw Fault("the database address begins with sqlite: or postgresql:, not " + options.url);
}

}  // namespace fenming::store

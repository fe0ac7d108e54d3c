// Statements over any table, made of the schema.

#include "backup/tables.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <mutex>

#include "base/check.h"

namespace fenming::backup {
namespace {

constexpr std::array<std::string_view, 3> kLeftOut = {"schema_migration", "lease", "session"};

const char* kept(std::string text) {
    static std::deque<std::string> all;
    return all.emplace_back(std::move(text)).c_str();
}

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : ", ") + part;
    return all;
}

std::string marks(std::size_t count, char mark) {
    std::vector<std::string> all;
    for (std::size_t i = 1; i <= count; ++i) all.push_back(mark + std::to_string(i));
    return joined(all);
}

std::mutex& mutex() {
    static std::mutex one;
    return one;
}

}  // namespace

bool is_kept(const store::TableInfo& table) {
    return std::ranges::find(kLeftOut, table.name) == kLeftOut.end();
}

bool is_file_name(std::string_view name) {
    return name.size() == 32 && name.find_first_not_of("0123456789abcdef") == name.npos;
}

const store::StmtInfo& select_of(const store::TableInfo& table) {
    static std::map<std::string_view, store::StmtInfo> all;
    const std::scoped_lock lock(mutex());
    const auto it = all.find(table.name);
    if (it != all.end()) return it->second;
    std::vector<std::string> columns;
    for (const auto& column : table.columns) columns.emplace_back(column.name);
    const std::vector<std::string> key(table.key.begin(), table.key.end());
    const auto* sql = kept("SELECT " + joined(columns) + " FROM " + std::string(table.name) +
                           " ORDER BY " + joined(key));
    const auto* name = kept("backup.select." + std::string(table.name));
    return all.emplace(table.name, store::StmtInfo{name, sql, sql, "", 0, "", ""}).first->second;
}

const store::StmtInfo& insert_of(const store::TableInfo& table,
                                 const std::vector<std::string>& columns) {
    static std::map<std::string, store::StmtInfo> all;
    const auto into = std::string(table.name) + " (" + joined(columns) + ")";
    const std::scoped_lock lock(mutex());
    const auto it = all.find(into);
    if (it != all.end()) return it->second;
    std::string kinds;
    for (const auto& name : columns) {
        const auto column = std::ranges::find(table.columns, name, &store::ColumnInfo::name);
        check(column != table.columns.end(), "only columns of the table are filled");
        kinds += column->type;
    }
    const store::StmtInfo info{
        kept("backup.insert." + std::string(table.name)),
        kept("INSERT INTO " + into + " VALUES (" + marks(columns.size(), '?') + ")"),
        kept("INSERT INTO " + into + " VALUES (" + marks(columns.size(), '$') + ")"),
        kept(kinds),
        static_cast<int>(columns.size()),
        kept("COPY " + into + " FROM STDIN (FORMAT binary)"),
        table.name.data()};
    return all.emplace(into, info).first->second;
}

}  // namespace fenming::backup

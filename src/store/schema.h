#pragma once
// What the migrations created, as data: generated into schema.cpp by tools/sqlgen.py.

#include <span>
#include <string_view>

namespace fenming::store {

/// How much a column says about a person (S10). sensitive and secret cells are ciphertext.
enum class ColumnClass { open, personal, sensitive, secret };

struct ColumnInfo {
    std::string_view name;
    char type;  ///< 'i' BIGINT, 't' TEXT, 'b' BYTEA
    ColumnClass klass;
    bool derived;  ///< changes without a digest; `verify` derives it
};

/// rows: every row is digested in the link of the order that wrote it. derived: recomputed from
/// such rows. none: exempt, with a reason (sessions, jobs, caches).
enum class TrailMode { rows, derived, none };

struct TableInfo {
    std::string_view name;
    std::string_view owner;        ///< folder
    std::string_view area_column;  ///< compared by scope; empty if the table has no areas
    TrailMode trail;
    std::string_view trail_because;
    bool append_only;    ///< the database itself refuses UPDATE and DELETE
    bool inserted_once;  ///< only derived columns change; key[0] minted by the inserting order
    std::span<const ColumnInfo> columns;  ///< in order of creation; only ever appended
    std::span<const char* const> key;     ///< primary key columns
};

struct Migration {
    int number;
    std::string_view name;
    std::string_view checksum;  ///< SHA-256 of the file
    std::span<const char* const> sqlite;
    std::span<const char* const> postgres;
};

std::span<const Migration> migrations();
std::span<const TableInfo> tables();
/// A table by name; nullptr if no migration creates it.
const TableInfo* find_table(std::string_view name);

}  // namespace fenming::store

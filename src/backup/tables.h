#pragma once
// What of a database goes into a backup, and the statements for it: made of the schema, since they
// differ by nothing but names.

#include <string>
#include <string_view>
#include <vector>

#include "backup/dump.h"
#include "store/schema.h"

namespace fenming::backup {

inline constexpr std::int64_t kFormat = 1;

/// Leases and sessions end with the program and the day that they belong to; the list of applied
/// migrations is made by migrating.
bool is_kept(const store::TableInfo& table);
/// A blob id in hex: the name of a file in the store.
bool is_file_name(std::string_view name);

/// Every row by its key. The statements live for ever.
const store::StmtInfo& select_of(const store::TableInfo& table);
/// One row of these columns, which are some or all of the table's.
const store::StmtInfo& insert_of(const store::TableInfo& table,
                                 const std::vector<std::string>& columns);

// Of the two ends of the format.
void put_facts(Writer& to, const Facts& facts);
Bytes signed_text(const crypto::Digest& digest);

}  // namespace fenming::backup

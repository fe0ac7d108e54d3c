#pragma once
// The statements of road_test.cpp's own order, which no folder of the product needs.

#include "store/statement.h"

namespace fenming::road::sql {

inline constexpr store::Stmt<> largest_file{{"test.largest_file", "SELECT MAX(size) FROM file",
                                             "SELECT MAX(size) FROM file", "", 0, "", ""}};
inline constexpr store::Stmt<> count_files{
    {"test.count_files", "SELECT count(*) FROM file", "SELECT count(*) FROM file", "", 0, "", ""}};
inline constexpr store::Stmt<> count_refused{{"test.count_refused",
                                              "SELECT count(*) FROM refused_order",
                                              "SELECT count(*) FROM refused_order", "", 0, "", ""}};
inline constexpr store::Stmt<store::Int, store::Text, store::Blob, store::Int, store::Text,
                             store::Int, store::Int>
    put_file{{"test.put_file",
              "INSERT INTO file (id, public_id, keyed_digest, size, media_type, purpose, at_ms, "
              "order_id) "
              "VALUES (?1, ?2, ?3, ?4, ?5, 'test', ?6, ?7)",
              "INSERT INTO file (id, public_id, keyed_digest, size, media_type, purpose, at_ms, "
              "order_id) "
              "VALUES ($1, $2, $3, $4, $5, 'test', $6, $7)",
              "itbitii", 7, "", "file"}};
inline constexpr store::Stmt<store::Int> huge_files{
    {"test.huge_files",
     "SELECT 'file' AS table_name, CAST(id AS TEXT) AS row_key, 'huge' AS detail FROM file "
     "WHERE size > 1000000 AND (?1 = 0 OR order_id = ?1)",
     "SELECT 'file' AS table_name, CAST(id AS TEXT) AS row_key, 'huge' AS detail FROM file "
     "WHERE size > 1000000 AND ($1 = 0 OR order_id = $1)",
     "i", 1, "", ""}};

}  // namespace fenming::road::sql

#pragma once
// Reading covered rows back from the database and digesting them; shared by writing and verifying.

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "crypto/frame.h"
#include "crypto/hash.h"
#include "store/bundle.h"
#include "store/schema.h"

namespace fenming::trail {

/// A row's primary key: one or two numbers.
struct RowKey {
    std::int64_t first = 0;
    std::int64_t second = 0;
    friend constexpr auto operator<=>(const RowKey&, const RowKey&) = default;
};

struct RowDigest {
    RowKey key;
    std::int64_t order = 0;  ///< the row's order_id
    crypto::Digest digest{};
};

/// The queries over one covered table, made from the schema.
class RowReader {
public:
    explicit RowReader(const store::TableInfo& table);

    /// Asks for the rows that `order` wrote, by key. `last_id` bounds the search where keys are
    /// minted by it.
    void of_order(store::Bundle& ask, std::int64_t order, std::int64_t last_id,
                  std::function<void(const RowDigest&)> row) const;
    /// Up to `limit` rows after a key, digested over the first `columns` columns of the schema that
    /// the order knew (a later migration adds columns at the end).
    std::vector<RowDigest> after(store::Tx& tx, RowKey key, std::int64_t limit,
                                 const std::function<int(std::int64_t order)>& columns) const;

    [[nodiscard]] int keys() const { return keys_; }
    [[nodiscard]] int columns() const { return static_cast<int>(table_->columns.size()); }
    [[nodiscard]] const store::TableInfo& table() const { return *table_; }

private:
    [[nodiscard]] RowDigest digest(const store::Cursor& cursor, int columns,
                                   crypto::Frame& frame) const;
    const store::TableInfo* table_;
    int keys_;
    int order_column_ = 0;
    std::deque<std::string> text_;  // what the statements point into
    store::StmtInfo of_order_{};
    store::StmtInfo after_{};
};

/// The reader of a covered table; made once.
const RowReader& reader_of(const store::TableInfo& table);

/// (key, digest) entries as stored in trail_rows.
void append_entry(Bytes& entries, const RowDigest& row, int keys);
std::vector<RowDigest> read_entries(BytesView entries, int keys);

}  // namespace fenming::trail

// Covered rows, read back and digested.

#include "trail/rows.h"

#include <map>
#include <mutex>

namespace fenming::trail {
namespace {

void put64(Bytes& to, std::int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8)
        to.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> shift));
}

std::int64_t get64(BytesView from) {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8U | from[static_cast<std::size_t>(i)];
    return static_cast<std::int64_t>(number);
}

std::string joined(const std::vector<std::string>& parts, const char* with) {
    std::string text;
    for (const auto& part : parts) {
        if (!text.empty()) text += with;
        text += part;
    }
    return text;
}

}  // namespace

RowReader::RowReader(const store::TableInfo& table)
    : table_(&table), keys_(static_cast<int>(table.key.size())) {
    std::vector<std::string> key;
    for (const auto* k : table.key) key.emplace_back(k);
    std::vector<std::string> all = key;
    for (const auto& column : table.columns) {
        if (column.name == "order_id") order_column_ = static_cast<int>(all.size());
        all.emplace_back(column.name);
    }
    const std::string select = "SELECT " + joined(all, ", ") + " FROM " + std::string(table.name);
    const std::string order_by = " ORDER BY " + joined(key, ", ");

    const auto keep = [&](std::string text) { return text_.emplace_back(std::move(text)).c_str(); };
    const auto dialects = [&](store::StmtInfo& info, const char* what, const std::string& where,
                              int parameters) {
        std::string lite = select + where;
        std::string post = lite;
        for (auto& c : lite)
            if (c == '$') c = '?';
        info = {keep("trail." + std::string(what) + "." + std::string(table.name)),
                keep(lite),
                keep(post),
                keep(std::string(static_cast<std::size_t>(parameters), 'i')),
                parameters,
                "",
                ""};
    };
    if (table.inserted_once)
        dialects(
            of_order_, "of_order",
            " WHERE " + key[0] + " >= $1 AND " + key[0] + " <= $2 AND order_id = $1" + order_by, 2);
    else
        dialects(of_order_, "of_order", " WHERE order_id = $1" + order_by, 1);
    if (keys_ == 1)
        dialects(after_, "after", " WHERE " + key[0] + " > $1" + order_by + " LIMIT $2", 2);
    else
        dialects(after_, "after",
                 " WHERE (" + joined(key, ", ") + ") > ($1, $2)" + order_by + " LIMIT $3", 3);
}

RowDigest RowReader::digest(const store::Cursor& c, int columns, crypto::Frame& frame) const {
    RowDigest row;
    row.key.first = c.integer(0);
    if (keys_ == 2) row.key.second = c.integer(1);
    row.order = c.integer(order_column_);
    frame.restart("fenming/row/v1").add(table_->name);
    for (int i = 0; i < columns; ++i) {
        const auto& column = table_->columns[static_cast<std::size_t>(i)];
        if (column.derived) continue;
        const int at = keys_ + i;
        if (c.is_null(at))
            frame.add_null();
        else if (column.type == 'i')
            frame.add(c.integer(at));
        else if (column.type == 't')
            frame.add(c.text(at));
        else
            frame.add(bytes_of(c.blob(at)));
    }
    row.digest = crypto::sm3(frame.view());
    return row;
}

void RowReader::of_order(store::Bundle& ask, std::int64_t order, std::int64_t last_id,
                         std::function<void(const RowDigest&)> row) const {
    std::vector<store::Value> values{store::Value::of(order)};
    if (of_order_.parameters == 2) values.push_back(store::Value::of(last_id));
    ask.ask(of_order_, std::move(values), store::Fetch::streamed,
            [this, row = std::move(row), frame = crypto::Frame("fenming/row/v1")](
                store::Cursor& c) mutable { row(digest(c, columns(), frame)); });
}

std::vector<RowDigest> RowReader::after(store::Tx& tx, RowKey key, std::int64_t limit,
                                        const std::function<int(std::int64_t)>& columns) const {
    std::vector<store::Value> values{store::Value::of(key.first)};
    if (keys_ == 2) values.push_back(store::Value::of(key.second));
    values.push_back(store::Value::of(limit));
    std::vector<RowDigest> rows;
    crypto::Frame frame("fenming/row/v1");
    tx.query(after_, values, store::Fetch::whole, [&](store::Cursor& c) {
        rows.push_back(digest(c, columns(c.integer(order_column_)), frame));
    });
    return rows;
}

const RowReader& reader_of(const store::TableInfo& table) {
    static std::mutex mutex;
    static std::map<const store::TableInfo*, RowReader> readers;
    const std::scoped_lock lock(mutex);
    return readers.try_emplace(&table, table).first->second;
}

void append_entry(Bytes& entries, const RowDigest& row, int keys) {
    put64(entries, row.key.first);
    if (keys == 2) put64(entries, row.key.second);
    entries.insert(entries.end(), row.digest.begin(), row.digest.end());
}

std::vector<RowDigest> read_entries(BytesView entries, int keys) {
    const std::size_t size = static_cast<std::size_t>(keys) * 8 + 32;
    std::vector<RowDigest> rows;
    rows.reserve(entries.size() / size);
    for (; entries.size() >= size; entries = entries.subspan(size)) {
        RowDigest row;
        row.key.first = get64(entries);
        if (keys == 2) row.key.second = get64(entries.subspan(8));
        std::copy_n(entries.begin() + static_cast<std::ptrdiff_t>(size - 32), 32,
                    row.digest.begin());
        rows.push_back(row);
    }
    return rows;
}

}  // namespace fenming::trail

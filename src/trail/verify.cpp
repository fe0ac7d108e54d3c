// Recomputing the trail: every link of every chain, every digest of every covered row.

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "trail/link.h"
#include "trail/rows.h"
#include "trail/sql.h"
#include "trail/trail.h"

namespace fenming::trail {
namespace {

constexpr std::int64_t kPage = 10'000;

struct OrderRow {
    std::int64_t order_id = 0;
    static constexpr auto fields = std::make_tuple(field("order_id", &OrderRow::order_id));
};
struct Orphan {
    std::int64_t order_id = 0;
    std::string table_name;
    static constexpr auto fields = std::make_tuple(field("order_id", &Orphan::order_id),
                                                   field("table_name", &Orphan::table_name));
};

struct Shape {
    std::int64_t order_id = 0;
    int column_count = 0;
    static constexpr auto fields = std::make_tuple(field("order_id", &Shape::order_id),
                                                   field("column_count", &Shape::column_count));
};

std::string text_of_key(RowKey key, int keys) {
    return keys == 1 ? std::to_string(key.first)
                     : std::to_string(key.first) + "/" + std::to_string(key.second);
}

class Check {
public:
    Check(store::Tx& tx, const crypto::KeyStore& keys, std::size_t most,
          const std::function<void(std::int64_t)>& progress)
        : tx_(tx), keys_(keys), most_(most), progress_(progress) {}

    TrailReport run() {
        links();
        for (const auto& orphan : tx_.all<Orphan>(sql::rows_without_link))
            broken("trail_rows", std::to_string(orphan.order_id) + "/" + orphan.table_name,
                   "trail.why.rows_without_link");
        for (const auto& table : store::tables()) {
            if (table.trail != store::TrailMode::rows) continue;
            if (table.inserted_once)
                once(reader_of(table));
            else
                versioned(reader_of(table));
        }
        return std::move(report_);
    }

private:
    void broken(std::string_view table, std::string key, std::string why) {
        ++report_.broken_count;
        if (report_.broken.size() < most_)
            report_.broken.push_back({std::string(table), std::move(key), std::move(why)});
    }

    [[nodiscard]] bool is_made_by_us(const Link& link, const crypto::Digest& previous) const {
        try {
            return link_of(keys_, link, previous) == link.link;
        } catch (const Fault&) {  // it names a key that nobody holds
            return false;
        }
    }

    void links() {
        std::int64_t pen = -1;
        std::int64_t seq = 0;
        std::int64_t cursor_pen = -1;
        std::int64_t cursor_seq = 0;
        crypto::Digest previous = kGenesis;
        for (;;) {
            const auto page = tx_.all<Link>(sql::links_after, cursor_pen, cursor_seq, kPage / 10);
            if (page.empty()) return;
            for (const auto& link : page) {
                if (link.pen != pen) {
                    pen = link.pen;
                    seq = 0;
                    previous = kGenesis;
                    report_.chains.push_back({{pen}, 0, {}});
                }
                const auto key = std::to_string(pen) + "/" + std::to_string(link.seq);
                if (link.seq != seq + 1)
                    broken("trail", key, "trail.why.links_missing_before");
                else if (!is_made_by_us(link, previous))
                    broken("trail", key, "trail.why.link_changed");
                if (link.row_count > 0 &&
                    digest_of(tx_.all<StoredRows>(sql::rows_of_order, link.order_id)) !=
                        link.rows_digest)
                    broken("trail_rows", std::to_string(link.order_id),
                           "trail.why.digests_changed");
                seq = link.seq;
                previous = link.link;
                auto& chain = report_.chains.back();
                ++chain.links;
                chain.head = link.link;
            }
            cursor_pen = page.back().pen;
            cursor_seq = page.back().seq;
        }
    }

    struct Listed {
        std::vector<RowDigest> rows;  // by key
        std::vector<bool> seen;
        std::size_t left = 0;
    };

    Listed load(const RowReader& reader, std::int64_t order) {
        Listed listed;
        for (const auto& part :
             tx_.all<StoredRows>(sql::rows_of_order_in_table, order, reader.table().name)) {
            auto rows = read_entries(part.entries, reader.keys());
            listed.rows.insert(listed.rows.end(), rows.begin(), rows.end());
        }
        listed.seen.assign(listed.rows.size(), false);
        listed.left = listed.rows.size();
        return listed;
    }

    /// Rows that never change: each is matched once in the list of the order it names.
    void once(const RowReader& reader) {
        const auto table = reader.table().name;
        std::unordered_map<std::int64_t, Listed> open;
        std::unordered_set<std::int64_t> done;
        const auto list = [&](std::int64_t order) -> Listed& {
            auto [it, is_new] = open.try_emplace(order);
            if (is_new) it->second = load(reader, order);
            return it->second;
        };
        page_through(reader, [&](const std::vector<RowDigest>& rows) {
            for (const auto& row : rows) {
                const auto key = text_of_key(row.key, reader.keys());
                if (done.contains(row.order)) {
                    broken(table, key, "trail.why.row_unlinked");
                    continue;
                }
                auto& listed = list(row.order);
                const auto it = std::ranges::lower_bound(listed.rows, row.key, {}, &RowDigest::key);
                if (it == listed.rows.end() || it->key != row.key) {
                    broken(table, key, "trail.why.row_unlinked");
                    continue;
                }
                const auto at = static_cast<std::size_t>(it - listed.rows.begin());
                if (it->digest != row.digest) broken(table, key, "trail.why.row_changed");
                if (!listed.seen[at]) --listed.left;
                listed.seen[at] = true;
                if (listed.left == 0) {
                    done.insert(row.order);
                    open.erase(row.order);
                }
            }
        });
        for (std::int64_t after = 0;;) {
            const auto orders = tx_.all<OrderRow>(sql::orders_with_rows, table, after, kPage);
            if (orders.empty()) break;
            for (const auto& row : orders) {
                if (done.contains(row.order_id)) continue;
                const auto& listed = list(row.order_id);
                for (std::size_t i = 0; i < listed.rows.size(); ++i)
                    if (!listed.seen[i])
                        broken(table, text_of_key(listed.rows[i].key, reader.keys()),
                               "trail.why.row_missing");
            }
            after = orders.back().order_id;
        }
    }

    /// Rows that orders rewrite: the newest digest of each key must be the row's.
    void versioned(const RowReader& reader) {
        const auto table = reader.table().name;
        std::map<RowKey, RowDigest> newest;
        for (std::int64_t after = 0;;) {
            const auto orders = tx_.all<OrderRow>(sql::orders_with_rows, table, after, kPage);
            if (orders.empty()) break;
            for (const auto& row : orders) {
                const auto listed = load(reader, row.order_id);
                for (auto entry : listed.rows) {
                    entry.order = row.order_id;
                    newest[entry.key] = entry;
                }
            }
            after = orders.back().order_id;
        }
        page_through(reader, [&](const std::vector<RowDigest>& rows) {
            for (const auto& row : rows) {
                const auto key = text_of_key(row.key, reader.keys());
                const auto it = newest.find(row.key);
                if (it == newest.end()) {
                    broken(table, key, "trail.why.row_unlinked");
                    continue;
                }
                if (it->second.order != row.order || it->second.digest != row.digest)
                    broken(table, key, "trail.why.row_changed");
                newest.erase(it);
            }
        });
        for (const auto& [key, entry] : newest)
            broken(table, text_of_key(key, reader.keys()), "trail.why.row_missing");
    }

    void page_through(const RowReader& reader,
                      const std::function<void(const std::vector<RowDigest>&)>& use) {
        // Orders from before a migration that added columns digested fewer of them.
        std::unordered_map<std::int64_t, int> older;
        for (const auto& shape :
             tx_.all<Shape>(sql::older_shapes, reader.table().name, reader.columns()))
            older[shape.order_id] = std::clamp(shape.column_count, 0, reader.columns());
        const auto columns = [&](std::int64_t order) {
            const auto it = older.find(order);
            return it == older.end() ? reader.columns() : it->second;
        };
        RowKey after{std::numeric_limits<std::int64_t>::min(), 0};
        for (;;) {
            const auto rows = reader.after(tx_, after, kPage, columns);
            if (rows.empty()) return;
            use(rows);
            after = rows.back().key;
            report_.rows_checked += static_cast<std::int64_t>(rows.size());
            if (progress_) progress_(report_.rows_checked);
        }
    }

    store::Tx& tx_;
    const crypto::KeyStore& keys_;
    std::size_t most_;
    const std::function<void(std::int64_t)>& progress_;
    TrailReport report_;
};

}  // namespace

TrailReport verify(store::Tx& tx, const crypto::KeyStore& keys, std::size_t most,
                   const std::function<void(std::int64_t)>& progress) {
    return Check(tx, keys, most, progress).run();
}

}  // namespace fenming::trail

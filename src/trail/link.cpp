// Making and appending links.

#include "trail/link.h"

#include <fmt/format.h>
#include <algorithm>
#include <deque>

#include "crypto/frame.h"
#include "trail/rows.h"
#include "trail/sql.h"

namespace fenming::trail {
namespace {

constexpr std::size_t kEntriesAPart = 10'000;
constexpr std::int64_t kBackwards_ms = 120'000;

struct HeadRow {
    std::int64_t seq = 0;
    std::int64_t order_id = 0;
    std::int64_t at_ms = 0;
    crypto::Digest link{};
    static constexpr auto fields =
        std::make_tuple(field("seq", &HeadRow::seq), field("order_id", &HeadRow::order_id),
                        field("at_ms", &HeadRow::at_ms), field("link", &HeadRow::link));
};
struct PenRow {
    std::int64_t pen = 0;
    static constexpr auto fields = std::make_tuple(field("pen", &PenRow::pen));
};

}  // namespace

crypto::Digest link_of(const crypto::KeyStore& keys, const Link& link,
                       const crypto::Digest& previous) {
    const crypto::Frame body = [&] {
        crypto::Frame f("fenming/trail/body/v1");
        f.add(link.order_id).add(link.order_type).add(link.account_id).add(link.staff_id);
        f.add(link.channel).add(link.host_user).add(link.generation);
        f.add(BytesView(link.order_digest)).add(link.facts).add(link.other_pens);
        f.add(link.row_count).add(BytesView(link.rows_digest));
        return f;
    }();
    crypto::Frame f("fenming/trail/v1");
    f.add(link.pen).add(link.seq).add(BytesView(previous)).add(link.at_ms).add(body.view());
    return keys.mac(crypto::MacLabel::trail, {static_cast<std::uint32_t>(link.key_id)})
        .mac(f.view());
}

crypto::Digest digest_of(const std::vector<StoredRows>& parts) {
    crypto::Frame f("fenming/rows/v1");
    for (const auto& p : parts)
        f.add(p.table_name).add(p.part).add(p.column_count).add(BytesView(crypto::sm3(p.entries)));
    return crypto::sm3(f.view());
}

Head head_of(store::Tx& tx, store::Pen pen) {
    return heads_of(tx, {pen}).front();
}

std::vector<Head> heads_of(store::Tx& tx, const std::vector<store::Pen>& pens) {
    std::vector<Head> all;
    store::Bundle ask;
    for (const auto pen : pens) all.push_back({pen, 0, kGenesis, {}, {}});
    for (auto& head : all)
        ask.ask(sql::head.info, {store::Value::of(head.pen.number)}, store::Fetch::whole,
                [&head](store::Cursor& c) {
                    const auto row = store::read_row<HeadRow>(c);
                    head = {head.pen, row.seq, row.link, {row.at_ms}, {row.order_id}};
                });
    tx.together(ask);
    return all;
}

std::vector<Head> heads(store::Tx& tx) {
    std::vector<store::Pen> pens;
    for (const auto& row : tx.all<PenRow>(sql::pens)) pens.push_back({row.pen});
    return heads_of(tx, pens);
}

RowsDigest digest_rows(store::Tx& tx, OrderId order, std::int64_t last_id, store::Bundle& to) {
    struct Table {
        const RowReader* reader;
        std::vector<Bytes> entries;  // in parts
    };
    RowsDigest sum;
    std::deque<Table> tables;
    store::Bundle ask;
    for (const auto name : tx.written()) {
        const auto* info = store::find_table(name);
        check(info != nullptr, "a statement writes a table that a migration made");
        if (info->trail != store::TrailMode::rows) continue;
        auto& table = tables.emplace_back(Table{&reader_of(*info), std::vector<Bytes>(1)});
        table.reader->of_order(ask, order.number, last_id, [&](const RowDigest& row) {
            const auto size = static_cast<std::size_t>(table.reader->keys()) * 8 + 32;
            if (table.entries.back().size() / size == kEntriesAPart) table.entries.emplace_back();
            append_entry(table.entries.back(), row, table.reader->keys());
            ++sum.count;
        });
    }
    tx.together(ask);
    std::vector<StoredRows> parts;
    for (auto& [reader, entries] : tables)
        for (auto& part : entries)
            if (!part.empty())
                parts.push_back({std::string(reader->table().name), &part - entries.data(),
                                 reader->columns(), std::move(part)});
    // tx.written() is a set of names: tables come in one order always, as rows_of_order() reads
    // them.
    sum.digest = digest_of(parts);
    for (const auto& p : parts)
        to.run(sql::add_rows, order, p.table_name, p.part, p.column_count, p.entries);
    return sum;
}

std::vector<Head> append(const crypto::KeyStore& keys, const std::vector<Head>& heads,
                         const OrderFacts& facts, const RowsDigest& rows, store::Bundle& to) {
    check(!heads.empty() && std::ranges::is_sorted(heads, {}, &Head::pen),
          "links are appended in ascending pens");
    std::string all_pens;
    for (const auto& head : heads)
        all_pens += fmt::format("{}{}", all_pens.empty() ? "" : ",", head.pen.number);
    std::vector<Head> added;
    for (const auto& head : heads) {
        if (facts.at.ms + kBackwards_ms < head.at.ms)
            throw Fault(
                fmt::format("the clock says {}, more than two minutes before the last order "
                            "of pen {} ({}): mend the clock first",
                            beijing_text(facts.at), head.pen.number, beijing_text(head.at)));
        Link link{head.pen.number,
                  head.seq + 1,
                  facts.order.number,
                  facts.order_type,
                  facts.at.ms,
                  facts.account.number,
                  facts.staff.number,
                  facts.channel,
                  facts.host_user,
                  facts.generation,
                  facts.order_digest,
                  facts.facts,
                  heads.size() > 1 ? all_pens : "",
                  rows.count,
                  rows.digest,
                  keys.mac(crypto::MacLabel::trail).id().number,
                  {}};
        link.link = link_of(keys, link, head.link);
        to.run(sql::add_link, link.pen, link.seq, link.order_id, link.order_type, link.at_ms,
               link.account_id, link.staff_id, link.channel, link.host_user, link.generation,
               link.order_digest, link.facts, link.other_pens, link.row_count, link.rows_digest,
               link.key_id, link.link);
        added.push_back({head.pen, link.seq, link.link, facts.at, facts.order});
    }
    return added;
}

}  // namespace fenming::trail

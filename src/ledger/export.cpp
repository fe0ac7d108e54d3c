// Writing the journal as text for other programs.

#include "ledger/export.h"

#include <string>

#include "base/fields.h"
#include "ledger/ledger.h"
#include "ledger/sql.h"

namespace fenming::ledger {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

struct Row {
    EntryId entry;
    std::int64_t pen = 0;
    std::int64_t seq = 0;
    std::string date;
    std::string kind;
    std::string cause_kind;
    std::int64_t cause_id = 0;
    AllotmentId allotment;
    std::string bucket;
    Money fen;
    static constexpr auto fields =
        std::make_tuple(field("id", &Row::entry), field("pen", &Row::pen), field("seq", &Row::seq),
                        field("posting_date", &Row::date), field("kind", &Row::kind),
                        field("cause_kind", &Row::cause_kind), field("cause_id", &Row::cause_id),
                        field("allotment_id", &Row::allotment), field("bucket", &Row::bucket),
                        field("fen", &Row::fen));
};

/// What each program must be told of the commodity before the first entry.
std::string_view heading(JournalFormat format) {
    return format == JournalFormat::hledger ? "commodity 1000.00 CNY\n"
                                            : "commodity CNY\n    format 1000.00 CNY\n";
}

std::string account_of(AllotmentId allotment, std::string_view bucket) {
    return "allotment:" + std::to_string(allotment.number) + ":" + std::string(bucket);
}

void put_head(std::string& to, const Row& row) {
    to += '\n';
    to += row.date + " * (" + std::to_string(row.pen) + "-" + std::to_string(row.seq) + ") " +
          row.kind + " " + row.cause_kind + " " + std::to_string(row.cause_id) + "\n";
    to += "    ; entry " + std::to_string(row.entry.number) + "\n";
}

}  // namespace

std::int64_t export_journal(store::Tx& tx, const Scope& scope, JournalFormat format,
                            const std::function<void(std::string_view)>& sink) {
    std::string text(heading(format));
    std::int64_t entries = 0;
    const auto pour = [&] {
        if (text.size() < kPiece) return;
        sink(text);
        text.clear();
    };
    tx.each(
        sql::accounts_of_journal,
        [&](store::Cursor& cursor) {
            text += "account " + account_of({cursor.integer(0)}, cursor.text(1)) + "\n";
            pour();
        },
        scope);
    EntryId current;
    tx.each(
        sql::whole_journal,
        [&](store::Cursor& cursor) {
            const auto row = store::read_row<Row>(cursor);
            if (row.entry != current) {
                current = row.entry;
                ++entries;
                put_head(text, row);
            }
            text +=
                "    " + account_of(row.allotment, row.bucket) + "  " + to_yuan(row.fen) + " CNY\n";
            pour();
        },
        scope);
    sink(text);
    return entries;
}

}  // namespace fenming::ledger

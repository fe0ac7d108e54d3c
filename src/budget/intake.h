#pragma once
// Documents from a spreadsheet: columns in any order under any of their names, an amount with its
// unit beside it, in its row, in the header or above it (issue item 6, E21, E54). Everything wrong
// in the file is said at once, each with its row and column.

#include <optional>
#include <string>
#include <vector>

#include "api/value.h"
#include "budget/register.h"
#include "budget/verdict.h"
#include "road/road.h"
#include "sheet/table.h"

namespace fenming::budget {

inline constexpr RefusalKind kDiffersInDocument{"budget.differs_in_document", 422};
inline constexpr RefusalKind kMarkUnknown{"budget.mark_unknown", 422};
inline constexpr RefusalKind kSourceUnknown{"budget.source_unknown", 422};
inline constexpr RefusalKind kYesNoUnknown{"budget.yes_no_unknown", 422};
inline constexpr RefusalKind kReceiverMissing{"budget.receiver_missing", 422};
inline constexpr RefusalKind kDocumentAreaUnknown{"budget.document_area_unknown", 422};
inline constexpr RefusalKind kOneDocumentToSplit{"budget.one_document_to_split", 422};

struct ImportOptions {
    bool dry_run = false;
    bool is_partial = false;   ///< --partial: only some of each document's items are here
    bool accept_good = false;  ///< documents without a fault go in, the others come back (E21)
    std::optional<Area> area;  ///< whose the documents are; absent: by the issuer's name
    std::string programme;     ///< of items that name none
    AllotmentId parent;        ///< the one document of the file splits this line
    std::optional<Date> posting_date;
    std::string key;                      ///< idempotency key
    Language language = Language::zh_cn;  ///< of the sentences in the outcome
};

struct ImportOutcome {
    /// {"documents":[{"document","verdict","printed_total_fen","sum_fen","difference_fen",
    /// "items"}]}; difference = sum − printed total. Without a printed total both are
    /// null; a document whose amounts do not all read has no verdict. Of a mismatch, which is
    /// registered as pending and is no refusal (P18), `says` tells what differs and `mend` what to
    /// do; others have neither.
    api::Value value;
    std::vector<Refusal> refusals;  ///< all that is wrong; places as the spreadsheet shows them
    sheet::TableReport report;      ///< of the file as it was read
    std::vector<DocumentReceipt> registered;  ///< empty if nothing was
};

/// Reads, judges, and registers by one order: nothing while anything is wrong, unless
/// `accept_good`. `bytes` is a csv in any encoding that sheet knows.
ImportOutcome import_documents(road::Road& road, const road::Caller& caller, std::string_view bytes,
                               const ImportOptions& options);

// ---- pure, for import_documents and its tests ---------------------------------------------------

/// A row of the file, as far as it reads.
struct ReadRow {
    std::int64_t row = 0;
    std::string number, title, fund, issued_by, receiver, use, amount_text, total_text, note;
    std::string programme, subject, source, mark, advance;
    std::optional<std::int64_t> year, origin_year;
    std::optional<MoneyUnit> unit;
    bool has_bad_unit = false;  ///< its unit is no unit, which is said once, not of each amount
    std::optional<Area> area_code;
    std::optional<Date> issued_on, received_on;
    std::optional<Printed> amount;
    bool is_good = true;
};

/// One document of the file: its rows, and what they say together.
struct ReadDocument {
    std::string number;  ///< canonical
    std::vector<ReadRow> rows;
    std::optional<Printed> total;
    std::string total_text;
    std::int64_t total_row = 0;
    bool is_partial = false;
    bool is_good = true;
    bool has_amounts = true;  ///< all amounts and the total read
};

/// The file's documents, in the order in which they begin, with everything wrong that the file
/// alone shows.
struct ReadFile {
    sheet::TableReport report;
    std::vector<ReadDocument> documents;
    std::vector<Refusal> problems;
    /// Where a refusal about a cell stands: "G 金额(万元)".
    [[nodiscard]] std::string place(std::string_view key) const;
};
ReadFile read_documents(std::string_view bytes, bool is_partial);
/// 直达, 01中央直达资金, 追踪, 否 …
Result<ledger::Mark> read_mark(std::string_view text, std::string_view fund);
/// 中央, 省级, 市级, 县级 …; by the fund's name, else by the level of the document's area.
Result<ledger::Source> read_source(std::string_view text, std::string_view fund, Area area);

}  // namespace fenming::budget

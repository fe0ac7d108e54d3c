#pragma once
// Reading a table from rows, whether they come from csv or from a workbook (see RowSink). All that
// is wrong is collected with its place, so that a clerk mends a file once (torture E8, E14).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sheet/csv.h"
#include "sheet/header.h"
#include "sheet/row.h"

namespace fenming::sheet {

/// Takes a row of data; what it notes in the row is collected when it returns.
using TakeRow = std::function<void(Row&)>;

/// What came of a table.
struct TableReport {
    Header header;
    std::int64_t rows = 0;  ///< of data, without blank rows and rows of sums
    std::int64_t bad_rows = 0;
    std::int64_t total_rows = 0;
    bool is_readable = false;  ///< false: refused as a whole, and `problems` says why
    Problems problems{1000};
    CsvFacts csv;  ///< of a csv that is readable
};

/// Finds the header, then hands on the rows. Feed it one sheet.
class TableReader {
public:
    /// `columns` are used until finish(). `take_total` receives rows of sums; without it they are
    /// only counted.
    TableReader(const std::vector<Column>& columns, TakeRow take, TakeRow take_total = {},
                std::size_t keep_problems = 1000);

    /// A RowSink. Refuses as soon as the header cannot be one; finish() then reports all that is
    /// wrong with it.
    Result<Done> row(const RawRow& raw);
    /// `stopped` is what ended the reading early, if anything did.
    TableReport finish(std::optional<Refusal> stopped = std::nullopt);

private:
    struct Kept {
        std::int64_t row = 0;
        std::vector<std::string> texts;
        std::vector<CellKind> kinds;
    };

    Result<Done> settle();
    Result<Done> refuse_header();
    void data(const RawRow& raw);

    const std::vector<Column>& columns_;
    ColumnNames names_;
    TakeRow take_;
    TakeRow take_total_;
    std::string sheet_;
    std::vector<Kept> kept_;  // rows seen before the header was found
    bool has_header_ = false;
    bool is_refused_ = false;
    TableReport report_;
};

/// Reads a table from a csv. The separator, if not given, is the one under which most columns are
/// found.
TableReport read_csv_table(Input& input, const CsvOptions& options,
                           const std::vector<Column>& columns, const TakeRow& take,
                           const TakeRow& take_total = {});

}  // namespace fenming::sheet

#pragma once
// The rows that were refused, as a file to mend and import again (torture E10c): title rows, header
// and cells as they were, and a last column that says what is wrong.

#include <span>
#include <string>
#include <vector>

#include "sheet/csv_writer.h"
#include "sheet/header.h"

namespace fenming::sheet {

/// Writes failing rows with a CsvWriter. Reading the file back with the same columns gives the same
/// rows: units above the header are kept, and the added column is known and passed over.
class FailingRows {
public:
    /// Writes the title rows and the header.
    static Result<FailingRows> begin(const Header& header, Language language, CsvWriter& writer);

    /// One row: its cells as they stand in the file, and all that is wrong with it.
    Result<Done> add(std::span<const RawCell> cells, std::span<const Refusal> problems);
    [[nodiscard]] std::int64_t rows() const { return rows_; }

private:
    FailingRows(const Header& header, Language language, CsvWriter& writer);
    Result<Done> write(std::span<const RawCell> cells, std::string_view sentence);

    Language language_;
    CsvWriter& writer_;
    std::size_t width_;             // of the header
    std::vector<bool> is_dropped_;  // the error column of an earlier file
    std::int64_t rows_ = 0;
};

}  // namespace fenming::sheet

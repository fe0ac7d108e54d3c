// Writing the rows that were refused.

#include "sheet/failing_rows.h"

#include <algorithm>

namespace fenming::sheet {
namespace {

std::vector<RawCell> cells_of(const std::vector<std::string>& texts) {
    std::vector<RawCell> cells;
    for (const std::string& text : texts) cells.push_back({text, CellKind::text});
    return cells;
}

}  // namespace

FailingRows::FailingRows(const Header& header, Language language, CsvWriter& writer)
    : language_(language), writer_(writer), width_(header.width), is_dropped_(header.width) {
    for (const HeaderCell& cell : header.cells)
        is_dropped_[cell.index] = cell.key.empty() && is_error_column(cell.text);
}

Result<FailingRows> FailingRows::begin(const Header& header, Language language, CsvWriter& writer) {
    FailingRows rows(header, language, writer);
    for (const auto& above : header.above) {
        for (const std::string& text : above) writer.as_found(text);
        TRY(writer.end_row());
    }
    TRY(rows.write(cells_of(header.raw), words("sheet.error_column", language)));
    return rows;
}

Result<Done> FailingRows::add(std::span<const RawCell> cells, std::span<const Refusal> problems) {
    std::string sentences;
    for (const Refusal& problem : problems) {
        const Sentence sentence = say(problem, language_);
        if (!sentences.empty()) sentences += '\n';
        sentences += sentence.says + " " + sentence.mend;
    }
    ++rows_;
    return write(cells, sentences);
}

/// The sentence stands right behind the header's last column; what a row has beyond that follows
/// it.
Result<Done> FailingRows::write(std::span<const RawCell> cells, std::string_view sentence) {
    for (std::size_t index = 0; index < width_; ++index)
        if (!is_dropped_[index]) writer_.as_found(index < cells.size() ? cells[index].text : "");
    writer_.text(sentence);
    for (std::size_t index = width_; index < cells.size(); ++index)
        if (!cells[index].text.empty()) writer_.as_found(cells[index].text);
    return writer_.end_row();
}

}  // namespace fenming::sheet

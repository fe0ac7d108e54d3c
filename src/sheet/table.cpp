// From rows to a header and rows of data.

#include "sheet/table.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace fenming::sheet {
namespace {

constexpr std::int64_t kLastHeaderRow = 10;

bool is_blank(const RawRow& raw) {
    return std::all_of(raw.cells.begin(), raw.cells.end(), [](const RawCell& cell) {
        return cell.text.empty() || (!(cell.text.front() > 0x20) && trim(cell.text).empty());
    });
}

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

/// The first names of the required columns, as a sentence lists them.
std::string wanted_names(const std::vector<Column>& columns) {
    std::string list;
    for (const Column& column : columns) {
        if (!column.is_required) continue;
        if (!list.empty()) list += "、";
        list += column.names.front();
    }
    return list;
}

/// How many columns the header would have under a separator.
std::size_t columns_found(const ColumnNames& names, std::string_view head, char separator) {
    std::size_t most = 0;
    CsvParser parser({separator, true}, Limits{}, [&](const RawRow& raw) -> Result<Done> {
        std::vector<std::string_view> texts;
        for (const RawCell& cell : raw.cells) texts.push_back(cell.text);
        if (raw.row <= kLastHeaderRow) most = std::max(most, names.match(texts).columns);
        return Done{};
    });
    // What is wrong with the text is found, and refused, when it is read.
    const auto fed = parser.feed(head);
    if (fed) static_cast<void>(parser.finish());
    return most;
}

}  // namespace

TableReader::TableReader(const std::vector<Column>& columns, TakeRow take, TakeRow take_total,
                         std::size_t keep_problems)
    : columns_(columns),
      names_(columns),
      take_(std::move(take)),
      take_total_(std::move(take_total)) {
    report_.problems = Problems(keep_problems);
}

Result<Done> TableReader::row(const RawRow& raw) {
    if (is_blank(raw)) return Done{};
    if (has_header_) {
        data(raw);
        return Done{};
    }
    sheet_ = raw.sheet;
    Kept kept;
    kept.row = raw.row;
    for (const RawCell& cell : raw.cells) {
        kept.texts.emplace_back(cell.text);
        kept.kinds.push_back(cell.kind);
    }
    kept_.push_back(std::move(kept));
    const bool is_past = raw.row > kLastHeaderRow;
    if (is_past || names_.match(views_of(kept_.back().texts)).is_complete) return settle();
    return Done{};
}

/// Makes the header of the row that names most columns, and hands on the rows kept after it.
Result<Done> TableReader::settle() {
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < kept_.size() && kept_[i].row <= kLastHeaderRow; ++i) {
        const std::size_t found = names_.match(views_of(kept_[i].texts)).columns;
        if (found <= most) continue;
        most = found;
        best = i;
    }
    if (most == 0) {
        report_.problems.add(refusal(kHeaderNotFound)
                                 .with("wanted", wanted_names(columns_))
                                 .with("rows", kLastHeaderRow)
                                 .at(sheet_, 0, ""));
        return refuse_header();
    }
    report_.header =
        names_.make_header(sheet_, kept_[best].row, kept_[best].texts, report_.problems);
    for (std::size_t i = 0; i < best; ++i) {
        for (const std::string& text : kept_[i].texts)
            if (const auto unit = unit_above(text)) report_.header.unit = unit;
        report_.header.above.push_back(std::move(kept_[i].texts));
    }
    if (!report_.problems.is_empty()) return refuse_header();
    has_header_ = true;
    for (std::size_t i = best + 1; i < kept_.size(); ++i) {
        std::vector<RawCell> cells;
        for (std::size_t at = 0; at < kept_[i].texts.size(); ++at)
            cells.push_back({kept_[i].texts[at], kept_[i].kinds[at]});
        data({sheet_, kept_[i].row, cells});
    }
    kept_.clear();
    return Done{};
}

Result<Done> TableReader::refuse_header() {
    is_refused_ = true;
    return refuse(Refusal(report_.problems.kept().front()));
}

void TableReader::data(const RawRow& raw) {
    Row row(columns_, report_.header, raw);
    if (row.is_total()) {
        ++report_.total_rows;
        if (take_total_) take_total_(row);
    } else {
        ++report_.rows;
        take_(row);
        if (row.is_bad()) ++report_.bad_rows;
    }
    for (const Refusal& problem : row.problems()) report_.problems.add(problem);
}

TableReport TableReader::finish(std::optional<Refusal> stopped) {
    if (!stopped && !has_header_ && !is_refused_) {
        const auto settled = settle();
        if (!settled) check(is_refused_, "a table without a header is refused");
    }
    if (stopped && !is_refused_) report_.problems.add(std::move(*stopped));
    report_.is_readable = !stopped && !is_refused_;
    return std::move(report_);
}

TableReport read_csv_table(Input& input, const CsvOptions& options,
                           const std::vector<Column>& columns, const TakeRow& take,
                           const TakeRow& take_total) {
    const ColumnNames names(columns);
    CsvOptions with_choice = options;
    with_choice.choose_separator = [&](std::string_view head) {
        char best = options.choose_separator(head);
        std::size_t most = columns_found(names, head, best);
        for (const char separator : {',', '\t', ';', '|'}) {
            const std::size_t found = columns_found(names, head, separator);
            if (found > most) {
                most = found;
                best = separator;
            }
        }
        return best;
    };
    TableReader reader(columns, take, take_total);
    auto facts = read_csv(input, with_choice, [&](const RawRow& raw) { return reader.row(raw); });
    if (!facts) return reader.finish(std::move(facts.error()));
    TableReport report = reader.finish();
    report.csv = *facts;
    return report;
}

}  // namespace fenming::sheet

// Finding the header's columns by their names, and the nearest name for one that is missing.

#include "sheet/header.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "sheet/utf8.h"

namespace fenming::sheet {
namespace {

/// Spaces, line breaks and marks that people put into header cells.
constexpr std::string_view kPassedOver[] = {" ",      "\t",     "\r",     "\n",    "*",
                                            "\u00A0", "\u3000", "\u200B", "\uFEFF"};

/// The form in which names are compared.
std::string plain(std::string_view text) {
    std::string name = to_half_width(text);
    for (const std::string_view mark : kPassedOver)
        for (auto at = name.find(mark); at != std::string::npos; at = name.find(mark, at))
            name.erase(at, mark.size());
    while (name.ends_with(':')) name.pop_back();
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return name;
}

struct Bracketed {
    std::string before;  // plain
    std::string inside;  // plain
};

/// "金额(万元)" → "金额", "万元". A name without brackets at its end has nothing inside.
Bracketed take_brackets(const std::string& name) {
    static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
        {"(", ")"}, {"[", "]"}, {"【", "】"}, {"〔", "〕"}};
    for (const auto& [open, close] : kPairs) {
        const auto at = name.rfind(open);
        if (at == std::string::npos || at == 0 || !name.ends_with(close)) continue;
        const auto begin = at + open.size();
        return {name.substr(0, at), name.substr(begin, name.size() - close.size() - begin)};
    }
    return {name, ""};
}

std::optional<MoneyUnit> unit_named(std::string_view text) {
    for (const std::string_view prefix : {"金额单位", "单位", ":"})
        if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
    // Asked of our own words, not of parse_money_unit: no refusal is made where nothing is refused.
    if (text == "元") return MoneyUnit::yuan;
    if (text == "万元") return MoneyUnit::wan_yuan;
    if (text == "亿元") return MoneyUnit::yi_yuan;
    if (text == "分") return MoneyUnit::fen;
    return std::nullopt;
}

std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length(text.front()));
        found.push_back(text.substr(0, length));
        text.remove_prefix(std::min(length, text.size()));
    }
    return found;
}

/// Characters to change, add or drop to make one name of the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    const auto a = characters(from);
    const auto b = characters(to);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row[b.size()];
}

/// Whether a header cell may be meant for a name, and how far it is from it.
std::optional<std::size_t> nearness(const std::string& name, const std::string& text) {
    const std::size_t distance = edit_distance(name, text);
    const std::size_t longest = std::max(characters(name).size(), characters(text).size());
    const bool is_part =
        text.find(name) != std::string::npos || name.find(text) != std::string::npos;
    return is_part || distance * 2 <= longest ? std::optional(distance) : std::nullopt;
}

}  // namespace

std::optional<MoneyUnit> unit_in_brackets(std::string_view header_text) {
    return unit_named(take_brackets(plain(header_text)).inside);
}

std::optional<MoneyUnit> unit_above(std::string_view title_text) {
    const std::string text = plain(title_text);
    if (!text.starts_with("单位") && !text.starts_with("金额单位")) return std::nullopt;
    return unit_named(text);
}

bool is_error_column(std::string_view header_text) {
    return plain(header_text) == plain(words("sheet.error_column", Language::zh_cn)) ||
           plain(header_text) == plain(words("sheet.error_column", Language::en));
}

const HeaderCell* Header::find(std::string_view key) const {
    for (const HeaderCell& cell : cells)
        if (cell.key == key) return &cell;
    return nullptr;
}

std::vector<std::string> Header::extra() const {
    std::vector<std::string> places;
    for (const HeaderCell& cell : cells)
        if (cell.key.empty() && !is_error_column(cell.text)) places.push_back(cell.place());
    return places;
}

ColumnNames::ColumnNames(const std::vector<Column>& columns) : columns_(columns) {
    for (const Column& column : columns_) {
        check(!column.key.empty() && !column.names.empty(), "a column has a key and a name");
        for (const std::string_view name : column.names) {
            const auto [at, is_new] = by_name_.emplace(plain(name), &column);
            check(is_new || at->second == &column, "a name belongs to one column");
        }
    }
}

const Column* ColumnNames::find(std::string_view header_text) const {
    const std::string name = plain(header_text);
    auto found = by_name_.find(name);
    if (found == by_name_.end()) found = by_name_.find(take_brackets(name).before);
    return found == by_name_.end() ? nullptr : found->second;
}

ColumnNames::Match ColumnNames::match(const std::vector<std::string_view>& texts) const {
    std::vector<const Column*> found;
    for (const std::string_view text : texts) {
        const Column* column = find(text);
        if (column != nullptr && std::find(found.begin(), found.end(), column) == found.end())
            found.push_back(column);
    }
    const bool is_complete =
        std::all_of(columns_.begin(), columns_.end(), [&](const Column& column) {
            return !column.is_required ||
                   std::find(found.begin(), found.end(), &column) != found.end();
        });
    return {found.size(), is_complete && !found.empty()};
}

Header ColumnNames::make_header(std::string_view sheet, std::int64_t row,
                                std::vector<std::string> raw, Problems& problems) const {
    Header header;
    header.row = row;
    header.raw = std::move(raw);
    for (std::size_t index = 0; index < header.raw.size(); ++index) {
        HeaderCell cell{index, trim(header.raw[index]), {}, {}};
        if (cell.text.empty()) continue;
        header.width = index + 1;
        if (const Column* column = find(cell.text)) {
            if (const HeaderCell* first = header.find(column->key)) {
                problems.add(refusal(kColumnTwice)
                                 .with("column", std::string(column->names.front()))
                                 .with("first", first->place())
                                 .with("second", cell.place())
                                 .at(std::string(sheet), row, cell.place()));
            } else {
                cell.key = column->key;
                cell.unit = unit_in_brackets(cell.text);
            }
        }
        header.cells.push_back(std::move(cell));
    }
    find_missing(header, sheet, problems);
    return header;
}

void ColumnNames::find_missing(const Header& header, std::string_view sheet,
                               Problems& problems) const {
    for (const Column& column : columns_) {
        if (!column.is_required || header.find(column.key) != nullptr) continue;
        const HeaderCell* nearest = nullptr;
        std::size_t least = 0;
        for (const HeaderCell& cell : header.cells) {
            if (!cell.key.empty()) continue;
            for (const std::string_view name : column.names) {
                const auto distance = nearness(plain(name), plain(cell.text));
                if (!distance || (nearest != nullptr && *distance >= least)) continue;
                nearest = &cell;
                least = *distance;
            }
        }
        Refusal missing = refusal(nearest == nullptr ? kColumnMissing : kColumnMisspelt);
        std::move(missing)
            .with("column", std::string(column.names.front()))
            .at(std::string(sheet), header.row, nearest == nullptr ? "" : nearest->place());
        if (nearest != nullptr) std::move(missing).with("found", nearest->text);
        problems.add(std::move(missing));
    }
}

}  // namespace fenming::sheet

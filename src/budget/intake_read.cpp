// A file of documents: columns, cells, and which rows are one document. Pure.

#include <algorithm>

#include "base/text.h"
#include "budget/intake.h"

namespace fenming::budget {
namespace {

constexpr std::size_t kTitle = 200;  // characters
constexpr std::size_t kName = 100;
constexpr std::size_t kNote = 1000;

const std::vector<sheet::Column>& columns() {
    static const std::vector<sheet::Column> kColumns{
        {"number",
         {"文号", "发文文号", "指标文号", "下达文号", "文件编号", "文件号", "document number",
          "document_number", "document", "doc_id", "number"}},
        {"year", {"年度", "预算年度", "指标年度", "budget_year", "year"}},
        {"amount", {"金额", "下达金额", "分配金额", "指标金额", "amount"}},
        {"title", {"标题", "文件标题", "指标文标题", "title"}, false},
        {"fund", {"资金名称", "资金", "项目名称", "fund"}, false},
        {"issued_by",
         {"下达单位", "发文单位", "发文机关", "from_unit", "issuer", "issued_by"},
         false},
        {"receiver",
         {"接收单位/用途", "接收单位", "接收单位或用途", "收款单位", "预算单位", "to_unit_or_use",
          "to_unit", "receiver"},
         false},
        {"use", {"用途", "支出方向", "use"}, false},
        {"area_code", {"区划代码", "地区代码", "行政区划代码", "area_code", "area"}, false},
        {"unit", {"单位", "金额单位", "计量单位", "unit"}, false},
        {"total",
         {"合计", "合计金额", "总金额", "总额", "文件合计", "printed_total", "total"},
         false},
        {"issued_on", {"成文日期", "发文日期", "印发日期", "issued_on"}, false},
        {"received_on", {"收文日期", "收到日期", "received_on"}, false},
        {"origin_year", {"资金安排初始年度", "初始年度", "origin_year"}, false},
        {"programme", {"项目代码", "补贴项目代码", "programme", "programme_code"}, false},
        {"subject", {"功能科目", "支出功能科目", "功能分类", "功能分类科目", "subject"}, false},
        {"source", {"资金来源", "指标来源", "资金级次", "source"}, false},
        {"mark", {"直达标识", "直达资金标识", "是否直达", "资金标识", "mark"}, false},
        {"advance", {"提前下达", "是否提前下达", "advance"}, false},
        {"note", {"备注", "说明", "note", "remark"}, false}};
    return kColumns;
}

/// The document's own total stands as a row among its items.
bool names_total(std::string_view receiver) {
    const std::string word = without_spaces(receiver);
    return word == "合计" || word == "总计" || word == "共计";
}

std::string text_in(sheet::Row& row, std::string_view key, std::size_t limit) {
    return row.text(key, limit).value_or("");
}

ReadRow read_row(sheet::Row& row) {
    ReadRow read;
    read.row = row.number();
    read.number = text_in(row, "number", kName);
    read.year = row.whole("year", 2000, 2100);
    read.amount_text = text_in(row, "amount", kName);
    read.title = text_in(row, "title", kTitle);
    read.fund = text_in(row, "fund", kTitle);
    read.issued_by = text_in(row, "issued_by", kName);
    read.receiver = text_in(row, "receiver", kTitle);
    read.use = text_in(row, "use", kTitle);
    read.total_text = text_in(row, "total", kName);
    read.note = text_in(row, "note", kNote);
    read.programme = text_in(row, "programme", kName);
    read.subject = row.code("subject", 20).value_or("");
    read.source = text_in(row, "source", kName);
    read.mark = text_in(row, "mark", kName);
    read.advance = text_in(row, "advance", kName);
    read.origin_year = row.whole("origin_year", 2000, 2100);
    read.area_code = row.area("area_code");
    read.issued_on = row.date("issued_on");
    read.received_on = row.date("received_on");
    if (row.has("unit")) {
        auto unit = parse_money_unit(row.cell("unit"));
        if (unit)
            read.unit = *unit;
        else
            row.note("unit", std::move(unit.error()));
        read.has_bad_unit = !read.unit;
    }
    if (!row.has("receiver") && !row.has("use")) row.note("receiver", refusal(kReceiverMissing));
    read.is_good = !row.is_bad();
    return read;
}

/// What a column's amounts are in: the row's own unit, the column's, the file's, the amounts'.
std::optional<MoneyUnit> unit_of(const sheet::Header& header, std::string_view key,
                                 const ReadRow& row) {
    if (row.unit) return row.unit;
    const auto* cell = header.find(key);
    if (cell != nullptr && cell->unit) return cell->unit;
    if (header.unit) return header.unit;
    const auto* amount = header.find("amount");
    return amount != nullptr ? amount->unit : std::nullopt;
}

class Reader {
public:
    explicit Reader(ReadFile& file) : file_(file) {}

    void note(const ReadRow& row, std::string_view key, Refusal problem) {
        file_.problems.push_back(std::move(problem).at("", row.row, file_.place(key)));
    }

    void add(ReadRow row) {
        const auto number = canonical_number(row.number);
        auto found = std::ranges::find(file_.documents, number, &ReadDocument::number);
        if (found == file_.documents.end()) {
            ReadDocument begun;
            begun.number = number;
            file_.documents.push_back(std::move(begun));
            found = std::prev(file_.documents.end());
        }
        auto& document = *found;
        if (names_total(row.receiver)) {
            read_total(document, row, "amount", row.amount_text);
            document.is_good = document.is_good && row.is_good;
            return;
        }
        if (says_partial(row.note)) document.is_partial = true;
        if (!document.rows.empty()) compare(document.rows.front(), row);
        read_amounts(document, row);
        document.is_good = document.is_good && row.is_good;
        document.rows.push_back(std::move(row));
    }

    /// A printed total of its own row counts if the file holds one document without a total.
    void take_total_row(const std::string& text, ReadRow row) {
        if (text.empty() || file_.documents.size() != 1) return;
        auto& document = file_.documents.front();
        if (document.total || document.rows.empty()) return;
        row.unit = document.rows.front().unit;
        auto total = parse_printed(text, unit_of(file_.report.header, "amount", row));
        if (!total) {
            note(row, "amount", std::move(total.error()));
            document.is_good = document.has_amounts = false;
            return;
        }
        document.total = *total;
        document.total_text = text;
    }

private:
    void bad(ReadRow& row, std::string_view key, Refusal problem) {
        row.is_good = false;
        if (row.has_bad_unit && &problem.kind() == &kMoneyUnitMissing) return;
        note(row, key, std::move(problem));
    }

    /// What belongs to the whole document is the same in all its rows.
    void compare(const ReadRow& first, ReadRow& row) {
        const auto differs = [&](std::string_view key, const std::string& was,
                                 const std::string& is) {
            if (was == is) return;
            bad(row, key,
                refusal(kDiffersInDocument)
                    .with("text", shown(is))
                    .with("first", shown(was))
                    .with("first_row", first.row));
        };
        const auto day = [](const std::optional<Date>& date) {
            return date.value_or(Date()).text();
        };
        if (first.year && row.year)
            differs("year", std::to_string(*first.year), std::to_string(*row.year));
        differs("title", first.title, row.title);
        differs("issued_by", first.issued_by, row.issued_by);
        differs("issued_on", day(first.issued_on), day(row.issued_on));
        differs("received_on", day(first.received_on), day(row.received_on));
        differs("mark", first.mark, row.mark);
        differs("source", first.source, row.source);
        differs("advance", first.advance, row.advance);
    }

    void read_amounts(ReadDocument& document, ReadRow& row) {
        const auto& header = file_.report.header;
        auto amount = parse_printed(row.amount_text, unit_of(header, "amount", row));
        if (row.amount_text.empty()) {
            document.has_amounts = false;  // said by its reader
        } else if (!amount) {
            bad(row, "amount", std::move(amount.error()));
            document.has_amounts = false;
        } else {
            row.amount = *amount;
            if (amount->value <= Money())
                bad(row, "amount",
                    refusal(kItemNotPositive).with("asked_fen", amount->value.in_fen()));
        }
        if (!row.total_text.empty()) read_total(document, row, "total", row.total_text);
    }

    void read_total(ReadDocument& document, ReadRow& row, std::string_view key,
                    const std::string& text) {
        auto cell = parse_printed(text, unit_of(file_.report.header, key, row));
        if (!cell) {
            document.has_amounts = false;
            return bad(row, key, std::move(cell.error()));
        }
        if (document.total && document.total->value != cell->value)
            return bad(row, key,
                       refusal(kDiffersInDocument)
                           .with("text", shown(text))
                           .with("first", shown(document.total_text))
                           .with("first_row", document.total_row));
        const auto total = total_as_printed(*cell, row.note);
        if (!document.total) {
            document.total_text = text;
            document.total_row = row.row;
        }
        if (!document.total || total.last_digit > document.total->last_digit)
            document.total = total;
    }

    ReadFile& file_;
};

}  // namespace

std::string ReadFile::place(std::string_view key) const {
    if (const auto* cell = report.header.find(key)) return cell->place();
    for (const auto& column : columns())
        if (column.key == key) return std::string(column.names.front());
    return std::string(key);
}

ReadFile read_documents(std::string_view bytes, bool is_partial) {
    ReadFile file;
    std::vector<ReadRow> rows;
    std::vector<std::pair<std::string, ReadRow>> totals;
    sheet::MemoryInput input(bytes);
    file.report = sheet::read_csv_table(
        input, {}, columns(), [&](sheet::Row& row) { rows.push_back(read_row(row)); },
        [&](sheet::Row& row) {
            ReadRow total;
            total.row = row.number();
            totals.emplace_back(row.cell("amount"), std::move(total));
        });
    file.problems = file.report.problems.kept();
    if (!file.report.is_readable) return file;
    Reader reader(file);
    for (auto& row : rows)
        if (!row.number.empty()) reader.add(std::move(row));
    for (auto& [text, row] : totals) reader.take_total_row(text, std::move(row));
    for (auto& document : file.documents) document.is_partial |= is_partial;
    std::ranges::stable_sort(file.problems, {}, [](const Refusal& r) { return r.place().row; });
    return file;
}

Result<ledger::Mark> read_mark(std::string_view text, std::string_view fund) {
    const std::string word = without_spaces(to_half_width(text));
    const auto begins = [&](std::initializer_list<std::string_view> with) {
        return std::any_of(with.begin(), with.end(),
                           [&](std::string_view each) { return word.starts_with(each); });
    };
    if (word.empty())
        return fund.find("直达") != fund.npos ? ledger::Mark::direct : ledger::Mark::none;
    if (begins({"01", "03", "是", "直达", "中央直达", "省级直达", "direct"}))
        return ledger::Mark::direct;
    if (begins({"追踪", "tracked"})) return ledger::Mark::tracked;
    if (begins({"否", "无", "非直达", "none"})) return ledger::Mark::none;
    return refuse(refusal(kMarkUnknown).with("text", shown(text)));
}

Result<ledger::Source> read_source(std::string_view text, std::string_view fund, Area area) {
    struct Word {
        std::string_view word;
        ledger::Source source;
    };
    static constexpr Word kWords[] = {
        {"中央", ledger::Source::central},      {"central", ledger::Source::central},
        {"自治区", ledger::Source::province},   {"省", ledger::Source::province},
        {"province", ledger::Source::province}, {"市", ledger::Source::city},
        {"city", ledger::Source::city},         {"县", ledger::Source::county},
        {"区级", ledger::Source::county},       {"旗", ledger::Source::county},
        {"county", ledger::Source::county}};
    for (const auto& [word, source] : kWords)
        if (text.find(word) != text.npos) return source;
    if (!text.empty()) return refuse(refusal(kSourceUnknown).with("text", shown(text)));
    static constexpr Word kFunds[] = {
        {"中央", ledger::Source::central},    {"省级", ledger::Source::province},
        {"省财政", ledger::Source::province}, {"自治区", ledger::Source::province},
        {"市级", ledger::Source::city},       {"县级", ledger::Source::county},
        {"区级", ledger::Source::county}};
    for (const auto& [word, source] : kFunds)
        if (fund.find(word) != fund.npos) return source;
    switch (area.level()) {
        case AreaLevel::country:
            return ledger::Source::central;
        case AreaLevel::province:
            return ledger::Source::province;
        case AreaLevel::city:
            return ledger::Source::city;
        default:
            return ledger::Source::county;
    }
}

}  // namespace fenming::budget

// A file of opening lines to one order.

#include "budget/opening_intake.h"

#include <algorithm>

#include "base/text.h"
#include "budget/desk.h"
#include "budget/intake.h"
#include "budget/places.h"

namespace fenming::budget {
namespace {

constexpr std::size_t kName = 100;  // characters

const std::vector<sheet::Column>& columns() {
    static const std::vector<sheet::Column> kColumns{
        {"number", {"文号", "指标文号", "发文文号", "document number", "number"}},
        {"year", {"年度", "预算年度", "指标年度", "year"}},
        {"total", {"总额", "指标总额", "总金额", "total"}},
        {"paid", {"已支付", "已支出", "已支付金额", "paid"}},
        {"allocated", {"已分配", "已下达", "已分配金额", "allocated"}, false},
        {"in_transit", {"在途", "在途金额", "in_transit", "in transit"}, false},
        {"treasury",
         {"财政余额", "财政打印余额", "可用余额", "treasury_balance", "treasury"},
         false},
        {"origin_year", {"资金安排初始年度", "初始年度", "origin_year"}, false},
        {"parent_number", {"上级指标文号", "上级文号", "parent_number"}, false},
        {"receiver", {"接收单位", "预算单位", "持有单位", "地区", "receiver", "holder"}, false},
        {"area_code", {"区划代码", "地区代码", "行政区划代码", "area_code", "area"}, false},
        {"unit", {"单位", "金额单位", "unit"}, false},
        {"fund", {"资金名称", "资金", "项目名称", "fund"}, false},
        {"issued_by", {"下达单位", "发文单位", "from_unit", "issued_by"}, false},
        {"programme", {"项目代码", "补贴项目代码", "programme"}, false},
        {"subject", {"功能科目", "支出功能科目", "功能分类", "subject"}, false},
        {"source", {"资金来源", "指标来源", "source"}, false},
        {"mark", {"直达标识", "直达资金标识", "mark"}, false}};
    return kColumns;
}

struct OpenRow {
    std::int64_t row = 0;
    OpeningLineInput line;
    std::optional<MoneyUnit> unit;
    bool has_bad_unit = false;
    std::string receiver, fund, source, mark, programme;
    std::string amounts[5];  // in the order of kAmounts
};
constexpr std::string_view kAmounts[] = {"total", "paid", "allocated", "in_transit", "treasury"};

OpenRow read_row(sheet::Row& row) {
    OpenRow read;
    read.row = row.number();
    auto& line = read.line;
    const auto text = [&](std::string_view key) { return row.text(key, kName).value_or(""); };
    line.number = text("number");
    line.year = row.whole("year", 2000, 2100).value_or(0);
    line.origin_year = row.whole("origin_year", 2000, 2100);
    if (auto parent = row.text("parent_number", kName)) line.parent_number = std::move(*parent);
    line.area = row.area("area_code");
    line.issued_by = text("issued_by");
    line.subject = row.code("subject", 20).value_or("");
    read.receiver = text("receiver");
    read.fund = text("fund");
    read.source = text("source");
    read.mark = text("mark");
    read.programme = text("programme");
    for (std::size_t i = 0; i < std::size(kAmounts); ++i) read.amounts[i] = text(kAmounts[i]);
    if (row.has("unit")) {
        auto unit = parse_money_unit(row.cell("unit"));
        if (unit)
            read.unit = *unit;
        else
            row.note("unit", std::move(unit.error()));
        read.has_bad_unit = !read.unit;
    }
    return read;
}

class Reader {
public:
    Reader(const OpeningOptions& options, OpeningOutcome& outcome, const Receivers& receivers,
           const std::vector<KnownProgramme>& programmes)
        : options_(options), outcome_(outcome), receivers_(receivers), programmes_(programmes) {}

    OpeningLineInput finish(OpenRow& read) {
        auto& line = read.line;
        const auto before = outcome_.refusals.size();
        read_amounts(read);
        if (outcome_.refusals.size() == before) judge_sums(read);
        if (!line.area && !read.receiver.empty()) {
            const auto found = receivers_.find(options_.area, read.receiver, MayBe::receiver);
            if (!found) note(read, "receiver", found.error());
            if (found) line.area = found->area;
            if (found && found->unit_id != 0) line.unit_id = found->unit_id;
        }
        if (auto mark = read_mark(read.mark, read.fund))
            line.mark = *mark;
        else
            note(read, "mark", std::move(mark.error()));
        const auto holder = line.area.value_or(options_.area);
        if (auto source = read_source(read.source, read.fund, holder))
            line.source = *source;
        else
            note(read, "source", std::move(source.error()));
        fill_programme(read);
        return line;
    }

private:
    void note(const OpenRow& read, std::string_view key, Refusal problem) {
        const auto* cell = outcome_.report.header.find(key);
        outcome_.refusals.push_back(std::move(problem).at(
            "", read.row, cell != nullptr ? cell->place() : std::string(key)));
    }

    /// The row's unit, the column's, the total's, the file's.
    [[nodiscard]] std::optional<MoneyUnit> unit_of(const OpenRow& read,
                                                   std::string_view key) const {
        if (read.unit) return read.unit;
        const auto& header = outcome_.report.header;
        for (const auto each : {key, std::string_view("total")}) {
            const auto* cell = header.find(each);
            if (cell != nullptr && cell->unit) return cell->unit;
        }
        return header.unit;
    }

    void read_amounts(OpenRow& read) {
        auto& line = read.line;
        std::optional<Money> treasury;
        Money* to[] = {&line.total, &line.paid, &line.allocated, &line.in_transit, nullptr};
        for (std::size_t i = 0; i < std::size(kAmounts); ++i) {
            if (read.amounts[i].empty() || read.has_bad_unit) continue;
            auto amount = parse_printed(read.amounts[i], unit_of(read, kAmounts[i]));
            if (!amount) {
                note(read, kAmounts[i], std::move(amount.error()));
            } else if (to[i] != nullptr) {
                *to[i] = amount->value;
            } else {
                treasury = amount->value;
            }
        }
        line.treasury = treasury;
    }

    /// Of a row whose amounts all read, none of the needed ones left out.
    void judge_sums(const OpenRow& read) {
        if (read.has_bad_unit || read.amounts[0].empty() || read.amounts[1].empty()) return;
        OpeningLineRow sums;
        sums.total = read.line.total;
        sums.allocated = read.line.allocated;
        sums.paid = read.line.paid;
        sums.in_transit = read.line.in_transit;
        sums.treasury = read.line.treasury;
        if (auto held = sums_hold(sums); !held)
            outcome_.refusals.push_back(std::move(held.error()).at("", read.row, ""));
    }

    void fill_programme(OpenRow& read) {
        for (const auto& each : programmes_) {
            const bool is_it = read.programme.empty()
                                   ? each.name == read.fund
                                   : each.code == read.programme || each.name == read.programme;
            if (is_it) read.line.programme = each.code;
        }
        if (!read.programme.empty() && read.line.programme.empty())
            note(read, "programme", refusal(kProgrammeUnknown).with("text", shown(read.programme)));
    }

    const OpeningOptions& options_;
    OpeningOutcome& outcome_;
    const Receivers& receivers_;
    const std::vector<KnownProgramme>& programmes_;
};

struct Ground {
    Receivers receivers{{}, {}};
    std::vector<KnownProgramme> programmes;
};

/// A refusal of the order at "/lines/3" is of the row that made that line.
Refusal at_row(Refusal problem, const std::vector<OpenRow>& rows) {
    constexpr std::string_view kLines = "/lines/";
    const auto& column = problem.place().column;
    if (!column.starts_with(kLines)) return problem;
    const auto index = parse_int(std::string_view(column).substr(kLines.size()));
    if (!index || static_cast<std::size_t>(*index) >= rows.size()) return problem;
    return std::move(problem).at("", rows[static_cast<std::size_t>(*index)].row, "");
}

}  // namespace

OpeningOutcome opening_import(road::Road& road, const road::Caller& caller, std::string_view bytes,
                              const OpeningOptions& options) {
    OpeningOutcome outcome;
    std::vector<OpenRow> rows;
    sheet::MemoryInput input(bytes);
    outcome.report = sheet::read_csv_table(input, {}, columns(),
                                           [&](sheet::Row& row) { rows.push_back(read_row(row)); });
    outcome.refusals = outcome.report.problems.kept();
    const auto today = road.clock().today();
    const auto ground =
        road::look(road, caller, ProposeOpening::type.permission, {},
                   [&](store::Tx& tx, const Scope& scope) -> Result<Ground> {
                       return Ground{Receivers(place_names(tx, today), unit_names(tx, scope)),
                                     known_programmes(tx, today)};
                   });
    if (!ground) {
        outcome.refusals.push_back(ground.error());
        return outcome;
    }
    ProposeOpening order{options.area, options.as_at, {}};
    Reader reader(options, outcome, ground->receivers, ground->programmes);
    for (auto& row : rows) order.lines.push_back(reader.finish(row));
    std::ranges::stable_sort(outcome.refusals, {},
                             [](const Refusal& each) { return each.place().row; });
    if (!outcome.refusals.empty()) return outcome;
    auto receipt =
        road::carry_out(road, caller, order, {.key = options.key, .dry_run = options.dry_run});
    if (receipt)
        outcome.opening = *receipt;
    else
        outcome.refusals.push_back(at_row(std::move(receipt.error()), rows));
    return outcome;
}

}  // namespace fenming::budget

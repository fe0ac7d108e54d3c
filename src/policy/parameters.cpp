// The parameters known to this release, and the reading of their values.

#include "policy/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/money.h"
#include "base/text.h"

namespace fenming::policy {
namespace {

using enum ParameterType;

constexpr std::array kDefinitions{
    ParameterDefinition{
        "access.probation_working_days", days, "1", 0, 30, "", ByProgramme::never, "S7",
        "新建、重置、授权后的帐号在几个工作日内不能审核、审批、办理支付",
        "working days in which a fresh account may not review, approve or disburse"},
    ParameterDefinition{"award.decided", choice, "elsewhere", 0, 0, "here elsewhere",
                        ByProgramme::must, "P3", "资格在本系统审定，还是在上级统一系统审定后导入",
                        "awards are decided here, or imported from the prescribed system"},
    ParameterDefinition{
        "bank.failure_hold_bp", ratio, "500", 0, 10000, "", ByProgramme::may, "C10",
        "一批的回盘失败率超过万分之几时，失败的明细（两笔以上）先列为待核，等第二人认可",
        "share of failed lines of a batch above which they (two or more) wait for a second person"},
    ParameterDefinition{"disbursement.mode", choice, "treasury", 0, 0, "treasury card unit",
                        ByProgramme::may, "P2",
                        "财政代发（treasury）、一卡通系统代发（card）或单位授权支付（unit）",
                        "paid by the treasury, by the card system, or by the unit under authority"},
    ParameterDefinition{"disbursement.states", choices, "planned,requested,vouchered", 0, 0,
                        "planned requested vouchered", ByProgramme::may, "P2",
                        "审批之后要经过的财政环节：用款计划、支付申请、支付凭证",
                        "the treasury's steps between approval and the bank file"},
    ParameterDefinition{"execution.basis", choice, "disbursed_total", 0, 0,
                        "disbursed_total disbursed_available credited_total", ByProgramme::never,
                        "P (paid)", "执行率口径：已支付÷指标总额、已支付÷可执行额、到账÷指标总额",
                        "what the execution rate divides by what"},
    ParameterDefinition{
        "funding.ratio", text, "", 0, 0, "", ByProgramme::may, "P8",
        "各级分担比例（万分之），如 central=5000,province=3000,county=2000；按比例列支时必填",
        "shares by level in basis points, e.g. central=5000,province=3000,county=2000"},
    ParameterDefinition{"funding.rule", choice, "central_first", 0, 0,
                        "central_first by_ratio by_subject", ByProgramme::may, "P8",
                        "一批资金从几个指标中列支的次序：先中央、按比例、按科目",
                        "how a batch draws on several allotments"},
    ParameterDefinition{
        "pay.account_change_days", days, "30", 0, 365, "", ByProgramme::never, "S6",
        "账户变更后几天内的首次发放须由第二人确认",
        "days after a change in which an account needs a second person's confirmation"},
    ParameterDefinition{"pay.statutory_day", number, "0", 0, 31, "", ByProgramme::may, "P4",
                        "规定的发放日（每月几日；0 为未规定）",
                        "the day of the month by which it must be paid; 0: none"},
    ParameterDefinition{"publish.day_kind", choice, "calendar", 0, 0, "calendar working",
                        ByProgramme::may, "R7.05", "公示天数按日历日还是工作日计算",
                        "posting days are calendar or working days"},
    ParameterDefinition{"publish.days", days, "7", 1, 365, "", ByProgramme::may, "R3.12",
                        "发放前公示天数", "days a list is posted before it is paid"},
    ParameterDefinition{"publish.min_cell", number, "20", 1, 10000, "", ByProgramme::may, "S4",
                        "公开统计的最小人数，少于此数向上合并",
                        "persons below which a published figure is merged upward"},
    ParameterDefinition{"report.warning_points_bp", ratio, "1000", 0, 10000, "", ByProgramme::may,
                        "R2.45", "执行率落后序时进度多少万分之时预警",
                        "how far spending may fall behind the calendar before a warning"},
    ParameterDefinition{"settle.day", number, "20", 1, 28, "", ByProgramme::may, "R1.49",
                        "当月变更的截止日：此日（含）前的变更计入本月",
                        "changes up to this day count for the month"},
    ParameterDefinition{"settle.death_month", choice, "next", 0, 0, "same next", ByProgramme::may,
                        "R1.7", "死亡当月是否发放：same 当月停发，next 次月停发",
                        "a death stops the same month's payment, or the next"},
    ParameterDefinition{"treasury.year_end_day", text, "12-25", 0, 0, "", ByProgramme::never, "P5",
                        "财政年终结账日（MM-DD）", "the treasury's last day of the year, MM-DD"}};

/// Letters to change between two names, at most `most`.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row.back();
}

Refusal said(const RefusalKind& kind, const ParameterDefinition& definition,
             std::string_view text) {
    return refusal(kind).with("name", std::string(definition.name)).with("value", shown(text));
}

Result<std::string> read_number(const ParameterDefinition& definition, const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return refuse(said(kParameterValue, definition, text));
    if (number < definition.least || number > definition.greatest)
        return refuse(said(kParameterRange, definition, text)
                          .with("least", definition.least)
                          .with("greatest", definition.greatest));
    return std::to_string(number);
}

std::vector<std::string> words_of(const ParameterDefinition& definition) {
    return split(definition.choices, ' ');
}

Result<std::string> read_choices(const ParameterDefinition& definition, const std::string& text,
                                 bool several) {
    const auto words = words_of(definition);
    std::vector<std::string> given;
    if (!text.empty()) given = split(text, ',');
    const bool is_count_right = several || given.size() == 1;
    std::string out;
    std::size_t found = 0;
    for (const std::string& word : words) {
        const auto count = std::count(given.begin(), given.end(), word);
        if (count == 0) continue;
        if (count > 1) break;
        ++found;
        out += (out.empty() ? "" : ",") + word;
    }
    if (!is_count_right || found != given.size())
        return refuse(said(kParameterChoice, definition, text)
                          .with("choices", std::string(definition.choices)));
    return out;
}

constexpr std::size_t kMostTextCharacters = 200;

}  // namespace

std::span<const ParameterDefinition> parameter_definitions() {
    return kDefinitions;
}

Result<const ParameterDefinition*> find_definition(std::string_view name) {
    const ParameterDefinition* closest = &kDefinitions.front();
    std::size_t least = ~std::size_t{0};
    const std::string_view asked = name.substr(0, 100);
    for (const ParameterDefinition& each : kDefinitions) {
        if (each.name == name) return &each;
        const std::size_t away = distance(each.name, asked);
        if (away < least) {
            least = away;
            closest = &each;
        }
    }
    return refuse(refusal(kUnknownParameter)
                      .with("name", shown(name))
                      .with("closest", std::string(closest->name)));
}

Result<std::string> read_value(const ParameterDefinition& definition, std::string_view text) {
    const std::string plain = to_half_width(trim(text));
    switch (definition.type) {
        case number:
        case fen:
        case ratio:
        case days:
            return read_number(definition, plain);
        case choice:
            return read_choices(definition, plain, false);
        case choices:
            return read_choices(definition, without_spaces(plain), true);
        case ParameterType::text:
            break;
    }
    if (plain.empty() || has_invisible(plain) || length_in_characters(plain) > kMostTextCharacters)
        return refuse(said(kParameterValue, definition, plain));
    return plain;
}

}  // namespace fenming::policy

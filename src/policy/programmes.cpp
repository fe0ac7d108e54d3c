// The programmes that are built in (P19), and conflicts by pair.

#include "policy/programmes.h"

#include <algorithm>

#include "policy/sql.h"

namespace fenming::policy {
namespace {

using registry::Label;

// Items are codes of the published list of subsidies, subjects of the functional classification.
constexpr std::array<ProgrammeSeed, 14> kProgrammes{{
    {"disability-living", "困难残疾人生活补贴", "living allowance for disabled persons in need",
     Basis::person, Label::sensitive, Cycle::month, Decided::elsewhere, "2081107", "2081107"},
    {"disability-nursing", "重度残疾人护理补贴", "nursing allowance for severely disabled persons",
     Basis::person, Label::sensitive, Cycle::month, Decided::elsewhere, "2081108", "2081107"},
    {"elder-service", "养老服务补贴", "elder care service allowance", Basis::person,
     Label::sensitive, Cycle::month, Decided::here, "2081001", "2081006"},
    {"funeral", "惠民殡葬补贴", "funeral subsidy", Basis::person, Label::ordinary, Cycle::once,
     Decided::here, "", "2081004"},
    {"lottery-project", "福彩公益金项目", "welfare lottery project", Basis::person, Label::ordinary,
     Cycle::once, Decided::here, "", "2296002"},
    {"old-age", "高龄津贴", "old-age allowance", Basis::person, Label::ordinary, Cycle::month,
     Decided::here, "2080502", "2081002"},
    {"orphan", "孤儿基本生活费", "basic living allowance for orphans", Basis::person, Label::child,
     Cycle::month, Decided::elsewhere, "2082501", "2081001"},
    {"rural-dibao", "农村最低生活保障", "rural minimum living guarantee", Basis::household,
     Label::sensitive, Cycle::month, Decided::elsewhere, "2081902", "2081902"},
    {"rural-tekun", "农村特困人员救助供养", "support for the rural extremely poor", Basis::person,
     Label::sensitive, Cycle::month, Decided::elsewhere, "2082102", "2082102"},
    {"temporary-aid", "临时救助", "temporary assistance", Basis::household, Label::sensitive,
     Cycle::once, Decided::elsewhere, "2082001", "2082001"},
    {"unattended-child", "事实无人抚养儿童基本生活补贴",
     "basic living allowance for children without care", Basis::person, Label::child, Cycle::month,
     Decided::elsewhere, "2082502", "2081001"},
    {"urban-dibao", "城市最低生活保障", "urban minimum living guarantee", Basis::household,
     Label::sensitive, Cycle::month, Decided::elsewhere, "2081901", "2081901"},
    {"urban-tekun", "城市特困人员救助供养", "support for the urban extremely poor", Basis::person,
     Label::sensitive, Cycle::month, Decided::elsewhere, "2082101", "2082101"},
    {"vagrant-aid", "流浪乞讨人员救助", "assistance for vagrants and beggars", Basis::person,
     Label::guarded, Cycle::once, Decided::here, "", "2082002"},
}};

std::pair<std::string_view, std::string_view> pair_of(const Conflict& row) {
    return {row.programme_a, row.programme_b};
}

bool by_pair(const Conflict& a, const Conflict& b) {
    return pair_of(a) < pair_of(b);
}

}  // namespace

std::span<const ProgrammeSeed> built_in_programmes() {
    return kProgrammes;
}

Conflicts::Conflicts(std::vector<Conflict> rows)
    : rows_(std::move(rows)),
      itself_{{"", "", stored(Relation::exclusive), stored(Applies::always),
               "nobody draws one programme twice for one month", "R3.04"}} {
    std::sort(rows_.begin(), rows_.end(), by_pair);
}

std::span<const Conflict> Conflicts::between(std::string_view a, std::string_view b) const {
    if (a == b) return itself_;
    Conflict wanted;
    wanted.programme_a = std::min(a, b);
    wanted.programme_b = std::max(a, b);
    const auto [from, to] = std::equal_range(rows_.begin(), rows_.end(), wanted, by_pair);
    return {from, to};
}

Relation Conflicts::strictest(std::string_view a, std::string_view b) const {
    Relation found = Relation::compatible;
    for (const Conflict& row : between(a, b))
        found = std::max(found, member_of<Relation>(row.relation));
    return found;
}

const Conflicts& built_in() {
    static const Conflicts table = [] {
        std::vector<Conflict> rows;
        for (const ConflictSeed& seed : built_in_conflicts())
            rows.push_back({std::string(seed.a), std::string(seed.b), stored(seed.relation),
                            stored(seed.applies), std::string(seed.rule),
                            std::string(seed.source)});
        return Conflicts(std::move(rows));
    }();
    return table;
}

Relation conflicts(std::string_view programme_a, std::string_view programme_b) {
    return built_in().strictest(programme_a, programme_b);
}

std::vector<Programme> programmes_on(store::Tx& tx, Date day) {
    return tx.all<Programme>(sql::programmes_on, day);
}

std::optional<Programme> programme_on(store::Tx& tx, std::string_view code, Date day) {
    return tx.one<Programme>(sql::programme_on, code, day);
}

Conflicts conflicts_now(store::Tx& tx) {
    return Conflicts(tx.all<Conflict>(sql::conflicts_now));
}

std::vector<Subject> subjects_now(store::Tx& tx) {
    return tx.all<Subject>(sql::subjects_now);
}

std::vector<SubsidyItem> items_on(store::Tx& tx, Date day) {
    return tx.all<SubsidyItem>(sql::items_on, day);
}

std::optional<SubsidyItem> item_on(store::Tx& tx, std::string_view code, Date day) {
    return tx.one<SubsidyItem>(sql::item_on, code, day);
}

std::vector<BankCode> bank_codes_of(store::Tx& tx, std::string_view channel) {
    return tx.all<BankCode>(sql::bank_codes_of, channel);
}

}  // namespace fenming::policy

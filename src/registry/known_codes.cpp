// Reading the tables of codes once, and looking codes up.

#include "registry/known_codes.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <vector>

#include "base/check.h"

namespace fenming::registry {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A number of digits only; our own tables hold nothing else.
int number_of(std::string_view digits) {
    int number = 0;
    for (const char c : digits) {
        check(is_digit(c), "a code is digits");
        number = number * 10 + (c - '0');
    }
    return number;
}

struct CodeEntry {
    int code = 0;
    AreaCode area;
};

/// One province: "43/0000+湖南省/0400+衡阳市05+珠晖区…".
void read_province(std::string_view text, std::vector<CodeEntry>& entries) {
    const int province = number_of(text.substr(0, 2));
    text.remove_prefix(2);
    int city = 0;
    while (!text.empty()) {
        if (text.front() == '/') {
            city = number_of(text.substr(1, 2));
            text.remove_prefix(3);
        }
        CodeEntry entry;
        entry.code = (province * 100 + city) * 100 + number_of(text.substr(0, 2));
        text.remove_prefix(2);
        entry.area.is_current = text.front() == '+';
        if (entry.area.is_current) text.remove_prefix(1);
        const auto end = std::min(text.find_first_of("0123456789/"), text.size());
        entry.area.name = text.substr(0, end);
        text.remove_prefix(end);
        entries.push_back(entry);
    }
}

const std::vector<CodeEntry>& area_codes() {
    static const std::vector<CodeEntry> codes = [] {
        std::vector<CodeEntry> entries;
        for (const std::string_view province : areas_11_37()) read_province(province, entries);
        for (const std::string_view province : areas_41_83()) read_province(province, entries);
        check(std::ranges::is_sorted(entries, {}, &CodeEntry::code), "area codes ascend");
        return entries;
    }();
    return codes;
}

struct BinEntry {
    std::string_view prefix;
    std::size_t digits = 0;
    CardKind kind;
};

/// One bank: "中国邮政储蓄银行|16C 622810 …|19D 620062 …".
void read_bank(std::string_view text, std::vector<BinEntry>& entries) {
    auto bar = text.find('|');
    const std::string_view bank = text.substr(0, bar);
    while (bar != std::string_view::npos) {
        text.remove_prefix(bar + 1);
        bar = text.find('|');
        std::string_view group = text.substr(0, bar);
        const auto digits = static_cast<std::size_t>(number_of(group.substr(0, 2)));
        const char letter = group[2];
        group.remove_prefix(3);
        while (!group.empty()) {
            group.remove_prefix(1);
            const std::string_view prefix = group.substr(0, group.find(' '));
            entries.push_back({prefix, digits, {bank, letter}});
            group.remove_prefix(prefix.size());
        }
    }
}

const std::vector<BinEntry>& bins() {
    static const std::vector<BinEntry> known = [] {
        std::vector<BinEntry> entries;
        for (const std::string_view bank : bins_by_bank()) read_bank(bank, entries);
        std::ranges::sort(entries, [](const BinEntry& a, const BinEntry& b) {
            return std::tie(a.prefix, a.digits) < std::tie(b.prefix, b.digits);
        });
        return entries;
    }();
    return known;
}

}  // namespace

std::optional<AreaCode> find_area_code(std::string_view code6) {
    check(code6.size() == 6, "an area code has 6 digits");
    const int code = number_of(code6);
    const auto found = std::ranges::lower_bound(area_codes(), code, {}, &CodeEntry::code);
    if (found == area_codes().end() || found->code != code) return std::nullopt;
    return found->area;
}

std::string full_area_name(std::string_view code6) {
    const auto own = find_area_code(code6);
    if (!own) return {};
    std::string name;
    const std::string province = std::string(code6.substr(0, 2)) + "0000";
    const std::string city = std::string(code6.substr(0, 4)) + "00";
    for (const std::string& above : {province, city}) {
        const auto area = above == code6 ? std::nullopt : find_area_code(above);
        // Names that only group: 市辖区, 县, 省直辖县级行政区划, 自治区直辖行政单位.
        const bool says_nothing = !area || area->name == "市辖区" || area->name == "县" ||
                                  area->name.find("直辖") != std::string_view::npos;
        if (!says_nothing && name.find(area->name) == std::string::npos) name += area->name;
    }
    return name + std::string(own->name);
}

std::optional<CardKind> find_card_kind(std::string_view digits) {
    for (std::size_t length = std::min<std::size_t>(digits.size(), 10); length >= 3; --length) {
        const std::string_view prefix = digits.substr(0, length);
        std::optional<CardKind> kind;
        auto entry = std::ranges::lower_bound(bins(), prefix, {}, &BinEntry::prefix);
        for (; entry != bins().end() && entry->prefix == prefix; ++entry) {
            if (entry->digits != digits.size()) continue;
            if (kind && kind->bank != entry->kind.bank) return std::nullopt;
            kind = entry->kind;
        }
        if (kind) return kind;
    }
    return std::nullopt;
}

}  // namespace fenming::registry

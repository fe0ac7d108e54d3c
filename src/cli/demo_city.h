#pragma once
// The places, programmes and people of the demo city. All synthetic, and said so.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/area.h"
#include "registry/areas.h"
#include "registry/intake.h"

namespace fenming::cli {

/// Province 99 is no province.
inline constexpr Area kDemoCity{990100000000};

struct DemoCountyFacts {
    Area area;
    int ordinal = 0;  ///< 1…8
    std::string name_zh;
    std::string name_en;
};
const std::vector<DemoCountyFacts>& demo_counties();
/// The city, its counties, four towns each and four villages a town.
std::vector<registry::AreaInput> demo_areas();

/// Monthly amounts as published standards of 2023–2026 have them (domain csv: R1.6).
struct DemoProgramme {
    std::string_view code;
    std::string_view name_zh;
    std::string_view subject;
    std::int64_t fen;
    int number;     ///< of its issuing document
    int per_mille;  ///< of the people
};
inline constexpr std::array<DemoProgramme, 12> kDemoProgrammes{{
    {"urban-dibao", "城市最低生活保障", "2081901", 62'400, 11, 110},
    {"rural-dibao", "农村最低生活保障", "2081902", 38'500, 12, 340},
    {"urban-tekun", "城市特困人员救助供养", "2082101", 121'000, 13, 20},
    {"rural-tekun", "农村特困人员救助供养", "2082102", 91'700, 14, 80},
    {"temporary-aid", "临时救助", "2082001", 120'000, 15, 20},
    {"orphan", "孤儿基本生活保障", "2081001", 150'000, 16, 10},
    {"unattended-child", "事实无人抚养儿童保障", "2081001", 150'000, 17, 15},
    {"disability-living", "困难残疾人生活补贴", "2081107", 9'500, 18, 130},
    {"disability-nursing", "重度残疾人护理补贴", "2081107", 11'900, 19, 105},
    {"old-age", "高龄津贴", "2081002", 10'000, 20, 140},
    {"elder-service", "养老服务补贴", "2081006", 20'000, 21, 30},
    {"vagrant-aid", "流浪乞讨人员救助", "2082002", 30'000, 22,
     0},  // paid to stations, not to persons
}};

struct DemoPerson {
    std::string name;
    std::string id_number;
    std::string account;
    Area town;
    std::string_view programme;
};
/// `count` people of the seed, each in a town and a programme.
std::vector<DemoPerson> demo_people(std::int64_t count, std::uint64_t seed);
registry::PersonInput input_of(const DemoPerson& person);

}  // namespace fenming::cli

// Synthetic places and people.

#include "cli/demo_city.h"

#include <fmt/format.h>

#include <random>

#include "registry/validators.h"

namespace fenming::cli {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 8> kCounties{{{"云溪区", "Yunxi"},
                                                                        {"临川区", "Linchuan"},
                                                                        {"青岩县", "Qingyan"},
                                                                        {"白水县", "Baishui"},
                                                                        {"松山县", "Songshan"},
                                                                        {"石门县", "Shimen"},
                                                                        {"梅岭县", "Meiling"},
                                                                        {"双河县", "Shuanghe"}}};
using Named = std::pair<const char*, const char*>;
constexpr std::array<Named, 4> kTowns{{{"城关镇", "Chengguan Town"},
                                       {"石桥镇", "Shiqiao Town"},
                                       {"柳林乡", "Liulin Township"},
                                       {"龙潭乡", "Longtan Township"}}};
constexpr std::array<Named, 4> kVillages{{{"东村", "Dong Village"},
                                          {"西村", "Xi Village"},
                                          {"上坪村", "Shangping Village"},
                                          {"下河村", "Xiahe Village"}}};
constexpr std::array<const char*, 16> kSurnames{"王", "李", "张", "刘", "陈", "杨", "赵", "黄",
                                                "周", "吴", "徐", "孙", "胡", "朱", "高", "㛃"};
constexpr std::array<const char*, 24> kGiven{
    "建国", "秀英", "桂兰", "志强", "玉兰", "海燕", "小军", "春梅", "德福", "淑珍", "永强", "丽华",
    "国庆", "翠花", "文斌", "晓东", "䶮",   "玥",   "翀",   "垚",   "婧",   "嫄",   "堃",   "喆"};

Area county_area(std::int64_t ordinal) {
    return {kDemoCity.code + ordinal * 1'000'000};
}

int birth_year(std::string_view programme, std::mt19937_64& random) {
    const auto between = [&](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(random);
    };
    if (programme == "orphan" || programme == "unattended-child") return between(2012, 2022);
    if (programme == "old-age" || programme == "elder-service") return between(1930, 1944);
    return between(1945, 2000);
}

}  // namespace

const std::vector<DemoCountyFacts>& demo_counties() {
    static const std::vector<DemoCountyFacts> all = [] {
        std::vector<DemoCountyFacts> counties;
        int ordinal = 0;
        for (const auto& [zh, en] : kCounties) {
            ++ordinal;
            counties.push_back({county_area(ordinal), ordinal, zh, en});
        }
        return counties;
    }();
    return all;
}

std::vector<registry::AreaInput> demo_areas() {
    std::vector<registry::AreaInput> areas;
    const auto add = [&](Area code, std::string zh, std::string en) {
        registry::AreaInput area;
        area.code = code;
        area.name_zh = std::move(zh);
        area.name_en = std::move(en);
        areas.push_back(std::move(area));
    };
    add(kDemoCity, "云川市", "Yunchuan");
    for (const auto& county : demo_counties()) {
        const bool is_district = county.name_zh.ends_with("区");
        add(county.area, county.name_zh, county.name_en + (is_district ? " District" : " County"));
        for (std::int64_t town = 1; town <= 4; ++town) {
            const Area at{county.area.code + town * 1000};
            const auto& [zh, en] = kTowns[static_cast<std::size_t>(town - 1)];
            add(at, zh, en);
            for (std::int64_t ordinal = 1; ordinal <= 4; ++ordinal) {
                const auto& village = kVillages[static_cast<std::size_t>(ordinal - 1)];
                add({at.code + 200 + ordinal}, village.first, village.second);
            }
        }
    }
    return areas;
}

std::vector<DemoPerson> demo_people(std::int64_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<DemoPerson> people;
    people.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) {
        DemoPerson person;
        int pick = static_cast<int>(i * 1000 / count);
        for (const auto& programme : kDemoProgrammes) {
            person.programme = programme.code;
            pick -= programme.per_mille;
            if (pick < 0) break;
        }
        const auto county = i % 8 + 1;
        person.town = {county_area(county).code + (i / 8 % 4 + 1) * 1000};
        person.name =
            std::string(kSurnames[random() % kSurnames.size()]) + kGiven[random() % kGiven.size()];
        // Area, birth and sequence together name one person: the sequence goes round the days. No
        // sequence ends in 00, nor an account in 0000: a roster would take them for spoilt numbers.
        const auto place = i / 8 % 891;
        const auto year = birth_year(person.programme, random);
        const auto day = i / 8 / 891 % 28 + 1;
        const auto month = i / 8 / 891 / 28 % 12 + 1;
        const auto first =
            fmt::format("{:06}{:04}{:02}{:02}{:03}", county_area(county).code / 1'000'000, year,
                        month, day, place + 1 + place / 99);
        person.id_number = first + registry::id_number_check_character(first);
        const auto card = fmt::format("629999{:011}7", i + 1);
        person.account = card + registry::bank_card_check_digit(card);
        people.push_back(std::move(person));
    }
    return people;
}

registry::PersonInput input_of(const DemoPerson& person) {
    registry::PersonInput input;
    input.area = person.town;
    input.id_number = Secret<std::string>(person.id_number);
    input.name = Secret<std::string>(person.name);
    input.account = Secret<std::string>(person.account);
    input.bank_code = "DEMO";
    input.bank_name = "云川农商银行（演示）";
    return input;
}

}  // namespace fenming::cli

#pragma once
// A real city for the tests of documents: 巴彦淖尔市 with its banners, counties and four
// institutions, and one file that documents may name.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "api/json.h"
#include "budget/desk.h"
#include "budget/invariants.h"
#include "budget/resolve.h"
#include "ledger/invariants.h"
#include "ledger/reading.h"
#include "policy/policy.h"
#include "registry/areas.h"
#include "road/test_order_sql.h"
#include "test/support/said.h"
#include "test/support/world.h"
#include "workflow/invariants.h"

namespace fenming::budget::test_city {

using test::everything;
using test::World;

inline constexpr Area kCity{150800000000};
inline constexpr Area kLinhe{150802000000};
inline constexpr Area kWuyuan{150821000000};

/// A file of the repository.
inline std::string file_text(const std::string& path) {
    std::string whole = SOURCE_DIR;
    whole += path;
    std::ifstream in(whole, std::ios::binary);
    EXPECT_TRUE(in.good()) << path;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

inline Date day(std::string_view text) {
    return *parse_date(text);
}
inline Money yuan(std::int64_t amount) {
    return Money::fen(amount * 100);
}
/// 10,000 yuan with two decimals: 35331.20 is 3533120.
inline Money wan(std::int64_t hundredths) {
    return Money::fen(hundredths * 10'000);
}

/// Puts a file into the trail, as an upload does.
struct PutFile {
    std::int64_t size = 0;
    static constexpr road::OrderType type{"budget.test_put_file", "budget.test"};
    static constexpr auto fields = std::make_tuple(field("size", &PutFile::size));
};
struct FileReceipt {
    FileId file;
    static constexpr auto fields = std::make_tuple(field("file", &FileReceipt::file));
};
inline Result<Area> area_of(store::Tx&, const PutFile&) {
    return kCity;
}
inline Result<Done> load(road::Desk&, const PutFile&) {
    return Done{};
}
inline Result<PutFile> decide(const PutFile& order, const Done&) {
    return order;
}
inline Result<FileReceipt> record(road::Desk& desk, const PutFile& put) {
    const auto id = desk.mint<FileId>();
    const Bytes digest(32, static_cast<std::uint8_t>(put.size));
    desk.tx.run(road::sql::put_file, id, std::to_string(id.number), digest, put.size,
                "application/pdf", desk.at, desk.order);
    return FileReceipt{id};
}

/// A world with the city, its institutions as units, the catalogue, and one file; the clock stands
/// in the year of the documents.
struct City : World {
    explicit City(std::string_view kind, std::string_view now = "2023-12-20T09:00:00+08:00")
        : World(kind) {
        auto all = ledger::invariants();
        for (const auto& more : {budget::invariants(), workflow::invariants()})
            all.insert(all.end(), more.begin(), more.end());
        use(std::move(all));
        clock.set(*parse_instant(now));
        std::vector<registry::AreaInput> areas;
        const auto place = [&](Area code, std::string name) {
            registry::AreaInput area;
            area.code = code;
            area.name_zh = std::move(name);
            areas.push_back(std::move(area));
        };
        place(Area{150000000000}, "内蒙古自治区");
        place(kCity, "巴彦淖尔市");
        place(kLinhe, "临河区");
        place(kWuyuan, "五原县");
        place(Area{150822000000}, "磴口县");
        place(Area{150823000000}, "乌拉特前旗");
        place(Area{150824000000}, "乌拉特中旗");
        place(Area{150825000000}, "乌拉特后旗");
        place(Area{150826000000}, "杭锦后旗");
        place(Area{430000000000}, "湖南省");
        place(Area{430400000000}, "衡阳市");
        EXPECT_TRUE(carry_out(road(), caller, registry::ImportAreas{Area{}, std::move(areas)}));
        for (const char* name : {"儿童福利院", "社会福利院", "精神病康复福利院", "救助站"}) {
            registry::RegisterUnit unit;
            unit.area = kCity;
            unit.code = std::string("U") + std::to_string(++units);
            unit.name_zh = name;
            unit.kind = registry::UnitKind::institution;
            const auto made = carry_out(road(), caller, unit);
            EXPECT_TRUE(made);
            if (made) unit_id = made->unit.number;
        }
        EXPECT_TRUE(carry_out(road(), caller, policy::InstallCatalogue{Area{}, std::nullopt}));
        const auto put = carry_out(road(), caller, PutFile{7});
        EXPECT_TRUE(put);
        if (put) file = put->file;
    }
    int units = 0;
    std::int64_t unit_id = 0;  ///< of 救助站
    FileId file;

    std::vector<ledger::LineView> lines(Area holder = {}) {
        auto tx = database().begin_read();
        return ledger::line_page(*tx, everything(), {0, "", holder}, {}, 1000);
    }
    DocumentRow document(DocumentId id) {
        auto tx = database().begin_read();
        return find_document(*tx, everything(), id).value_or(DocumentRow{});
    }
    /// Tampering is named by these invariants, and by no others.
    std::set<std::string> broken() {
        std::set<std::string> names;
        auto tx = database().begin_read();
        for (const auto& each : road().invariants()) {
            bool is_broken = false;
            tx->query(*each.broken, {store::Value::of(0)}, store::Fetch::whole,
                      [&](store::Cursor& c) {
                          fenming::test::expect_said(c.text(2));
                          is_broken = true;
                      });
            if (is_broken) names.emplace(each.name);
        }
        return names;
    }
    /// All hold, the trail verifies, and verify had something to look at.
    void expect_whole() {
        EXPECT_EQ(broken(), std::set<std::string>{});
        auto tx = database().begin_read();
        for (const auto& each : road().invariants())
            tx->query(*each.counted, {}, store::Fetch::whole,
                      [&](store::Cursor& c) { EXPECT_GE(c.integer(0), 0); });
        tx.reset();
        expect_trail_whole();
    }
};

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "ok" : std::string(result.error().kind().code);
}

/// A document of the Treasury with one item for each amount, all for the city itself.
inline DocumentInput document(std::string number, std::vector<Money> amounts,
                              std::optional<Money> total = std::nullopt) {
    DocumentInput input;
    input.number = std::move(number);
    input.title = "关于下达资金的通知";
    input.fund = "困难群众救助补助资金";
    input.issued_by = "内蒙古自治区财政厅";
    input.year = 2023;
    for (const Money amount : amounts) {
        ItemInput item;
        item.receiver = "巴彦淖尔市";
        item.amount = amount;
        input.items.push_back(std::move(item));
    }
    input.printed_total = total;
    return input;
}

inline RegisterDocuments registering(std::vector<DocumentInput> documents) {
    return {kCity, std::move(documents), std::nullopt};
}

/// The line that a document of one item brings to the city.
inline AllotmentId city_line(City& city, std::string number, Money amount,
                             ledger::Mark mark = ledger::Mark::direct) {
    auto input = document(std::move(number), {amount}, amount);
    input.mark = mark;
    input.origin_year = 2022;
    const auto done = carry_out(city.road(), city.caller, registering({input}));
    EXPECT_TRUE(done) << code_of(done);
    return done ? done->documents.front().allotments.front() : AllotmentId{};
}

inline DocumentInput part(std::string number, Area area, Money amount) {
    DocumentInput input;
    input.number = std::move(number);
    input.issued_by = "巴彦淖尔市财政局";
    ItemInput item;
    item.area = area;
    item.receiver = "五原县";
    item.amount = amount;
    input.items.push_back(item);
    input.printed_total = amount;
    return input;
}

/// A document whose items miss its total by far.
inline DocumentId pending(City& city, std::string number, AllotmentId parent = {}) {
    auto input = document(std::move(number), {yuan(300), yuan(200)}, yuan(600));
    input.items[1].area = kWuyuan;
    if (parent) {
        input.year.reset();
        input.source.reset();
    }
    const auto done = parent ? carry_out(city.road(), city.caller, SplitDown{parent, input, {}})
                             : carry_out(city.road(), city.caller, registering({input}));
    EXPECT_TRUE(done) << code_of(done);
    if (!done) return {};
    EXPECT_EQ(done->documents[0].verdict, Verdict::mismatch);
    EXPECT_EQ(done->documents[0].difference, -yuan(100));
    return done->documents[0].document;
}

}  // namespace fenming::budget::test_city

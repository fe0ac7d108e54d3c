// No personal data leaves its cells: after a journey with every kind of trouble nothing in the
// database, nor in the files beside it, holds an ID number, account, name or reason (S3).

#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "disbursement/town_for_test.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Privacy);

constexpr const char* kReason = "张某某说明的理由";
constexpr const char* kComment = "请李某某核对";

/// Every table of a PostgreSQL database as JSON text, bytes in hex.
std::string tables_of(Town& town) {
    auto tx = town.w.database().begin_read();
    const store::StmtInfo names{"test.tables",
                                "",
                                "SELECT CAST(tablename AS TEXT) FROM pg_tables "
                                "WHERE schemaname = 'public' ORDER BY 1",
                                "",
                                0,
                                "",
                                ""};
    std::vector<std::string> tables;
    tx->query(names, {}, store::Fetch::whole,
              [&](store::Cursor& c) { tables.emplace_back(c.text(0)); });
    EXPECT_GT(tables.size(), 40U);
    // A connection prepares a statement once, by its address: each has its own, for good.
    static std::deque<std::string> texts;
    static std::deque<store::StmtInfo> dumps;
    std::string all;
    for (const auto& table : tables) {
        const auto* name = texts.emplace_back("test.dump_" + table).c_str();
        const auto* sql =
            texts.emplace_back("SELECT CAST(row_to_json(t) AS TEXT) FROM " + table + " t").c_str();
        tx->query(dumps.emplace_back(store::StmtInfo{name, "", sql, "", 0, "", ""}), {},
                  store::Fetch::whole,
                  [&](store::Cursor& c) { all += table + " " + std::string(c.text(0)) + "\n"; });
    }
    return all;
}
/// The bytes of every file beside the database: its own, the log, the anchor, the file store.
std::string files_of(const std::string& folder) {
    std::string all;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
        if (!each.is_regular_file()) continue;
        std::ifstream in(each.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

TEST_P(Privacy, a_journey_leaves_no_name_number_or_reason_in_the_clear) {
    Town town(GetParam());
    town.fund(Money::fen(1'000'000));
    auto& road = town.w.road();
    // Refused rows and whole refusals name people to the clerk, and to nobody else.
    auto options = town.options();
    options.register_unknown = false;
    EXPECT_FALSE(town.import(town.roster(2, 10'000), options).errors.empty());
    const auto batch = town.import(5, 10'000).batch;
    const auto csv = "姓名,身份证号,金额(元)\n王侧一," + Town::id_of(0) + ",1\n";
    EXPECT_FALSE(town.import(csv, town.options()).errors.empty());
    town.review(batch);
    town.give(kApprover, ApproveBatch{batch, 0, Verdict::send_back, Secret<std::string>(kComment)});
    town.to_sent(batch);
    auto rows = town.rows(batch);
    auto other = rows[1];
    other.name = "王侧一";
    const auto text = town.line(1, rows[0], "100.00", "0000") +
                      town.line(2, other, "100.00", "0000") +
                      town.line(3, rows[2], "100.00", "3031") + "坏行王测一\r\n";
    const auto posted = import_answer(road, town.w.as(kAnswer), town.closed(text), {});
    ASSERT_TRUE(posted) << posted.error().kind().code;
    EXPECT_EQ(town.try_it(kRelease, CloseBatch{batch}), "wrong_state");
    town.give(kFinance, ConfirmReissue{batch, Basis::statement, Money::fen(10'000),
                                       Secret<std::string>(kReason)});
    town.give(kMaker, MakeCorrection{batch});
    road.flush_refusals();
    road.checkpoint();

    const auto stored = (std::string_view(GetParam()) == "postgres" ? tables_of(town) : "") +
                        files_of(town.w.folder());
    ASSERT_FALSE(stored.empty());
    std::vector<std::string> told = {kReason, kComment, "王侧一"};
    for (int i = 0; i < 5; ++i)
        for (const auto& each : {Town::name_of(i), Town::id_of(i), Town::account_of(i)})
            told.push_back(each);
    for (const auto& each : told) {
        EXPECT_EQ(stored.find(each), std::string::npos) << each;
        EXPECT_EQ(stored.find(to_hex(bytes_of(each))), std::string::npos) << each;
        EXPECT_EQ(stored.find(to_base64(bytes_of(each))), std::string::npos) << each;
    }
    // The search sees what is there: the numbers of a document, which are nobody's secret.
    EXPECT_NE(stored.find("凭2026-1"), std::string::npos);
}

}  // namespace
}  // namespace fenming::disbursement

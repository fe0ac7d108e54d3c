// The road on both databases: all or nothing, once per key, chained, proved.

#include "road/road.h"

#include <deque>
#include <thread>

#include "road/events.h"
#include "road/test_order_sql.h"
#include "test/support/world.h"

namespace fenming::road {
namespace {

using test::everything;
using test::World;

/// An order of this test: puts a file row, whose table is in the trail.
struct PutFile {
    std::int64_t size = 0;
    std::string media_type;
    std::int64_t second_pen = 0;  ///< found out in load, as a batch finds its allotment's holder
    static constexpr OrderType type{"road.put_file", "test.put"};
    static constexpr auto fields =
        std::make_tuple(field("size", &PutFile::size), field("media_type", &PutFile::media_type),
                        field("second_pen", &PutFile::second_pen));
};
struct FileFacts {
    std::int64_t largest = 0;
};
struct FilePut {
    std::int64_t size = 0;
    std::string media_type;
};
struct FileReceipt {
    FileId file;
    std::int64_t size = 0;
    static constexpr auto fields =
        std::make_tuple(field("file", &FileReceipt::file), field("size", &FileReceipt::size));
};

constexpr RefusalKind kTooSmall{"store.not_empty",
                                409};  // borrowed: any refusal with words will do

Result<Area> area_of(store::Tx&, const PutFile&) {
    return Area{430408000000};
}
Result<FileFacts> load(Desk& desk, const PutFile& order) {
    if (order.second_pen != 0) desk.need_pen(store::Pen{order.second_pen});
    return FileFacts{desk.tx.value<std::int64_t>(sql::largest_file).value_or(0)};
}
Result<FilePut> decide(const PutFile& order, const FileFacts& facts) {
    if (order.size <= facts.largest)
        return refuse(refusal(kTooSmall).with("database", order.media_type));
    return FilePut{order.size, order.media_type};
}
Result<FileReceipt> record(Desk& desk, const FilePut& put) {
    const auto id = desk.mint<FileId>();
    const Bytes digest(32, static_cast<std::uint8_t>(put.size));
    desk.tx.run(sql::put_file, id, std::to_string(id.number), digest, put.size, put.media_type,
                desk.at, desk.order);
    desk.announce("road.file_put", id.number, desk.area);
    return FileReceipt{id, put.size};
}

const Invariant kNoHuge = invariant("no_huge_file", sql::huge_files, sql::count_files);

FENMING_ON_BOTH(Road_);

TEST_P(Road_, carries_an_order_out_and_chains_it) {
    World w(GetParam());
    const auto first = carry_out(w.road(), w.caller, PutFile{10, "a", 0});
    ASSERT_TRUE(first) << first.error().kind().code;
    EXPECT_EQ(first->size, 10);
    const auto second = carry_out(w.road(), w.caller, PutFile{11, "b", 0});
    ASSERT_TRUE(second);
    auto tx = w.database().begin_read();
    const auto head = trail::head_of(*tx, {430408000000});
    EXPECT_EQ(head.seq, 2);
    const auto report = trail::verify(*tx, *w.keys);
    EXPECT_EQ(report.rows_checked, 2);
    EXPECT_EQ(report.broken_count, 0);
}

TEST_P(Road_, a_refusal_leaves_nothing_but_its_code) {
    World w(GetParam());
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{10, "a", 0}));
    const auto refused = carry_out(w.road(), w.caller, PutFile{9, "b", 0});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind().code, "store.not_empty");
    w.road().flush_refusals();
    auto tx = w.database().begin_read();
    EXPECT_EQ(tx->value<std::int64_t>(sql::count_files), 1);
    EXPECT_EQ(tx->value<std::int64_t>(sql::count_refused), 1);
}

TEST_P(Road_, the_same_key_answers_the_same_and_another_order_is_refused) {
    World w(GetParam());
    const auto first = carry_out(w.road(), w.caller, PutFile{10, "a", 0}, {.key = "k1"});
    const auto again = carry_out(w.road(), w.caller, PutFile{10, "a", 0}, {.key = "k1"});
    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->file, again->file);
    const auto other = carry_out(w.road(), w.caller, PutFile{12, "a", 0}, {.key = "k1"});
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind().code, "road.key_reused");
    // A key belongs to an account.
    EXPECT_TRUE(carry_out(w.road(), w.as(2), PutFile{12, "a", 0}, {.key = "k1"}));
}

TEST_P(Road_, a_dry_run_answers_and_keeps_nothing) {
    World w(GetParam());
    const auto dry =
        carry_out(w.road(), w.caller, PutFile{10, "a", 0}, {.key = "k", .dry_run = true});
    ASSERT_TRUE(dry);
    EXPECT_EQ(dry->size, 10);
    auto tx = w.database().begin_read();
    EXPECT_EQ(tx->value<std::int64_t>(sql::count_files), 0);
    EXPECT_EQ(trail::head_of(*tx, {430408000000}).seq, 0);
}

TEST_P(Road_, an_order_over_two_pens_is_linked_in_both) {
    World w(GetParam());
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{10, "a", 430405000000}));
    auto tx = w.database().begin_read();
    const auto heads = trail::heads(*tx);
    ASSERT_EQ(heads.size(), 2U);
    EXPECT_EQ(heads[0].pen.number, 430405000000);
    EXPECT_EQ(heads[1].pen.number, 430408000000);
    EXPECT_EQ(heads[0].order, heads[1].order);
    EXPECT_EQ(trail::verify(*tx, *w.keys).broken_count, 0);
}

TEST_P(Road_, a_broken_invariant_is_our_bug_and_rolls_back) {
    World w(GetParam());
    w.use({kNoHuge});
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{10, "a", 0}));
    try {
        static_cast<void>(carry_out(w.road(), w.caller, PutFile{1'000'001, "a", 0}));
        FAIL() << "it was kept";
    } catch (const Bug& bug) {
        const std::string says = bug.what();
        EXPECT_NE(says.find("invariant no_huge_file broken by order "), says.npos) << says;
        EXPECT_NE(says.find(": file "), says.npos) << says;
        EXPECT_NE(says.find(": huge"), says.npos) << says;
    }
    auto tx = w.database().begin_read();
    EXPECT_EQ(tx->value<std::int64_t>(sql::count_files), 1);
    EXPECT_EQ(trail::head_of(*tx, {430408000000}).seq, 1);
}

// What the road leaves out it leaves out by `rests_on` alone: tools/rests_on.py must be right.
TEST_P(Road_, an_invariant_is_asked_of_orders_that_wrote_what_it_rests_on) {
    for (const auto& [rests_on, is_asked] : {std::pair{"", true},
                                             {"file", true},
                                             {"lease,file", true},
                                             {"trail", true},
                                             {"outbox", true},
                                             {"lease", false},
                                             {"lease,order_key", false}}) {
        World w(GetParam());
        static std::deque<store::StmtInfo> infos;  // a connection knows a statement by its address
        auto& info = infos.emplace_back(sql::huge_files.info);
        info.rests_on = rests_on;
        w.use({{"no_huge_file", &info, &sql::count_files.info}});
        if (is_asked)
            EXPECT_THROW(
                static_cast<void>(carry_out(w.road(), w.caller, PutFile{1'000'001, "a", 0})), Bug)
                << rests_on;
        else
            EXPECT_TRUE(carry_out(w.road(), w.caller, PutFile{1'000'001, "a", 0})) << rests_on;
    }
}

TEST_P(Road_, orders_in_parallel_make_one_chain) {
    World w(GetParam());
    auto& road = w.road();
    std::vector<std::thread> threads;
    std::atomic<int> done{0};
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < 5; ++n)
                if (carry_out(road, w.caller,
                              PutFile{100 + i * 5 + n, "p", n % 2 ? 430405000000 : 0}))
                    ++done;
        });
    for (auto& t : threads) t.join();
    EXPECT_GE(done, 1);
    w.expect_trail_whole();
    auto tx = w.database().begin_read();
    EXPECT_EQ(tx->value<std::int64_t>(sql::count_files), done);
    EXPECT_EQ(trail::head_of(*tx, {430408000000}).seq, done);
}

struct Tampering {
    const char* name;
    const char* sql;
    const char* table;
    const char* why;
};

TEST_P(Road_, tampering_behind_the_back_is_named) {
    const Tampering cases[] = {
        {"a changed cell", "UPDATE file SET size = 99 WHERE size = 11", "file",
         "trail.why.row_changed"},
        {"a deleted row", "DELETE FROM file WHERE size = 11", "file", "trail.why.row_missing"},
        {"a row added",
         "INSERT INTO file SELECT id + 1, public_id || 'x', keyed_digest, size, media_type, "
         "purpose, at_ms, order_id FROM file WHERE size = 11",
         "file", "trail.why.row_unlinked"},
    };
    for (const auto& c : cases) {
        World w(GetParam());
        for (int size = 10; size < 13; ++size)
            ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{size, "a", 0}));
        w.behind_the_back(c.sql);
        auto tx = w.database().begin_read();
        const auto report = trail::verify(*tx, *w.keys);
        ASSERT_EQ(report.broken_count, 1) << c.name;
        EXPECT_EQ(report.broken[0].table, c.table) << c.name;
        EXPECT_EQ(report.broken[0].why, c.why) << c.name;
    }
}

TEST_P(Road_, digests_that_no_order_made_are_named) {
    World w(GetParam());
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{10, "a", 0}));
    w.behind_the_back(
        "INSERT INTO trail_rows SELECT order_id + 1, table_name, part, column_count - 1, entries "
        "FROM trail_rows");
    auto tx = w.database().begin_read();
    const auto report = trail::verify(*tx, *w.keys);
    ASSERT_GE(report.broken_count, 1);
    EXPECT_EQ(report.broken[0].table, "trail_rows");
    EXPECT_EQ(report.broken[0].why, "trail.why.rows_without_link");
}

TEST_P(Road_, the_database_itself_refuses_to_change_the_trail) {
    World w(GetParam());
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{10, "a", 0}));
    EXPECT_THROW(w.behind_the_back("UPDATE trail SET staff_id = 2"), Fault);
    EXPECT_THROW(w.behind_the_back("DELETE FROM trail_rows"), Fault);
}

TEST_P(Road_, a_changed_link_is_named_even_when_the_guard_was_taken_off) {
    World w(GetParam());
    for (int size = 10; size < 13; ++size)
        ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{size, "a", 0}));
    w.behind_the_back(std::string_view(GetParam()) == "sqlite"
                          ? "DROP TRIGGER trail_no_update"
                          : "DROP TRIGGER trail_append_only ON trail");
    w.behind_the_back("UPDATE trail SET staff_id = 2 WHERE seq = 2");
    auto tx = w.database().begin_read();
    const auto report = trail::verify(*tx, *w.keys);
    ASSERT_EQ(report.broken_count, 1);
    EXPECT_EQ(report.broken[0].table, "trail");
    EXPECT_EQ(report.broken[0].key, "430408000000/2");
}

TEST_P(Road_, a_cut_tail_is_found_by_the_anchor_and_stops_orders) {
    World w(GetParam());
    for (int size = 10; size < 15; ++size)
        ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{size, "a", 0}));
    w.road().checkpoint();
    {
        auto tx = w.database().begin_read();
        EXPECT_EQ(trail::compare(*tx, *w.keys, w.road().anchor()).standing, trail::Standing::level);
    }
    if (std::string_view(GetParam()) == "sqlite") {
        w.behind_the_back("DROP TRIGGER trail_no_delete");
        w.behind_the_back("DROP TRIGGER trail_rows_no_delete");
    } else {
        w.behind_the_back("DROP TRIGGER trail_append_only ON trail");
        w.behind_the_back("DROP TRIGGER trail_rows_append_only ON trail_rows");
    }
    w.behind_the_back("DELETE FROM file WHERE size > 12");
    w.behind_the_back(
        "DELETE FROM trail_rows WHERE order_id IN (SELECT order_id FROM trail WHERE seq > 3)");
    w.behind_the_back("DELETE FROM trail WHERE seq > 3");
    w.reopen();
    {
        auto tx = w.database().begin_read();
        EXPECT_EQ(trail::verify(*tx, *w.keys).broken_count, 0);  // what verify alone cannot see
        const auto found = trail::compare(*tx, *w.keys, w.road().anchor());
        EXPECT_EQ(found.standing, trail::Standing::behind);
        EXPECT_EQ(found.ours, 3);
        EXPECT_EQ(found.anchored, 5);
    }
    EXPECT_TRUE(w.road().recovering());
    const auto refused = carry_out(w.road(), w.caller, PutFile{50, "a", 0});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind().code, "road.recovering");
}

TEST_P(Road_, a_clock_that_runs_back_stops_orders) {
    World w(GetParam());
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{10, "a", 0}));
    w.clock.advance_ms(-60'000);
    EXPECT_TRUE(carry_out(w.road(), w.caller, PutFile{11, "a", 0}));
    w.clock.advance_ms(-120'001);
    EXPECT_THROW(static_cast<void>(carry_out(w.road(), w.caller, PutFile{12, "a", 0})), Fault);
}

TEST_P(Road_, events_are_read_by_scope_and_place) {
    World w(GetParam());
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{10, "a", 0}));
    ASSERT_TRUE(carry_out(w.road(), w.caller, PutFile{11, "a", 0}));
    const auto all = events_after(w.road(), everything(), {430408000000}, 0, 10);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].kind, "road.file_put");
    EXPECT_EQ(events_after(w.road(), everything(), {430408000000}, 1, 10).size(), 1U);
    EXPECT_TRUE(
        events_after(w.road(), test::EverythingAllowed::only({430405000000}), {430408000000}, 0, 10)
            .empty());
    move_reader(w.road(), "inbox", {430408000000}, 2);
    EXPECT_EQ(place_of_reader(w.road(), "inbox", {430408000000}), 2);
}

}  // namespace
}  // namespace fenming::road

// A database put back from a backup pays nobody again (S5). On both databases, and from each into
// the other.

#include "disbursement/recovery.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "backup/dump.h"
#include "disbursement/town_for_test.h"
#include "store/migrate.h"

namespace fenming::disbursement {
namespace {

FENMING_ON_BOTH(Recovery);

struct File {
    explicit File(const std::string& path)
        : fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}
    ~File() { ::close(fd); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int fd;
};

std::vector<road::Invariant> everything_holds() {
    auto all = ledger::invariants();
    for (const auto& each : workflow::invariants()) all.push_back(each);
    for (const auto& each : disbursement::invariants()) all.push_back(each);
    return all;
}

/// A town, its offline key and its backup.
struct Kept {
    Town town;
    crypto::Sm2PrivateKey key = crypto::Sm2PrivateKey::generate();

    explicit Kept(std::string_view kind) : town(kind) {}
    [[nodiscard]] std::string path() const { return town.w.folder() + "/backup"; }
    backup::Facts back_up() {
        const File file(path());
        const crypto::Sm2PublicKey to[] = {key.public_key()};
        return backup::write(
            {town.w.database(), town.w.folder() + "/files", *town.w.keys, town.w.clock}, file.fd,
            to, {});
    }
    /// Into a world that is empty; `anchor`: the town's own is there, too.
    Result<backup::Facts> put_back(test::World& into, bool anchor, bool begin) {
        if (anchor)
            std::filesystem::copy_file(town.w.folder() + "/test.anchor",
                                       into.folder() + "/test.anchor");
        const File file(path());
        return backup::restore({into.database(), into.folder() + "/files", *into.keys, into.clock},
                               file.fd, key,
                               [&](store::Tx& tx, const backup::Facts&) -> Result<Done> {
                                   const trail::Anchor at(into.folder() + "/test.anchor");
                                   if (begin)
                                       road::begin_recovery(tx, *into.keys, at, into.clock.now());
                                   return Done{};
                               },
                               {});
    }
};

template <class O>
std::string try_in(test::World& w, std::int64_t staff, const O& order) {
    return verdict(road::carry_out(w.road(), w.as(staff), order));
}

std::string load_in(test::World& w, std::int64_t staff, const std::string& text, Date through) {
    const auto loaded = load_statement(w.road(), w.as(staff), kCity, text, "pipe", through);
    if (!loaded) return code_of(loaded.error());
    return std::to_string(loaded->paid) + " paid, " + std::to_string(loaded->failed) + " failed";
}

void close(test::World& w) {
    ASSERT_EQ(load_in(w, kAnswer, Town::closed(""), w.clock.today()), "0 paid, 0 failed");
    ASSERT_EQ(try_in(w, kApprover, CloseRecovery{kCity, "报告1"}), "ok");
    ASSERT_EQ(try_in(w, kRelease, CloseRecovery{kCity, "报告1"}), "ok");
}

TEST_P(Recovery, what_the_bank_answered_after_the_backup_is_in_no_file_again) {
    Kept kept(GetParam());
    auto& town = kept.town;
    const auto allotment = town.fund(Money::fen(1'000'000));
    const auto batch = town.import(30, 10'000).batch;
    town.approve(batch);
    town.to_voucher(batch);
    town.w.road().checkpoint();
    EXPECT_GT(kept.back_up().rows, 100);
    // What is lost: the file, and the answer to all of it but the last line.
    town.give(kRelease, MakeBankFile{batch, "pipe"});
    const auto rows = town.rows(batch);
    std::string text;
    for (std::size_t i = 0; i + 1 < rows.size(); ++i)
        text += Town::line(static_cast<int>(i) + 1, rows[i], "100.00", i == 1 ? "3055" : "0000");
    text = Town::closed(text);
    ASSERT_TRUE(import_answer(town.w.road(), town.w.as(kAnswer), text, {}));

    const auto other = GetParam() == std::string("sqlite") ? "postgres" : "sqlite";
    for (const auto* kind : {GetParam(), other}) {
        test::World w(kind);
        ASSERT_TRUE(kept.put_back(w, true, true));
        w.use(everything_holds());
        EXPECT_TRUE(w.road().recovering());
        EXPECT_EQ(try_in(w, kRelease, MakeBankFile{batch, "pipe"}), "road.recovering");
        EXPECT_EQ(try_in(w, kApprover, CloseRecovery{kCity, "报告1"}), "statements_missing");
        EXPECT_EQ(load_in(w, kAnswer, text, add_days(w.clock.today(), 1)), "day_not_yet");
        EXPECT_EQ(load_in(w, kAnswer, text, add_days(w.clock.today(), -1)), "28 paid, 1 failed");
        EXPECT_EQ(load_in(w, kAnswer, text, w.clock.today()), "loaded_before");
        EXPECT_EQ(try_in(w, kApprover, CloseRecovery{kCity, "报告1"}), "statements_missing");
        EXPECT_EQ(load_in(w, kAnswer, Town::closed(""), w.clock.today()), "0 paid, 0 failed");
        EXPECT_EQ(try_in(w, kApprover, CloseRecovery{kCity, " "}), "document_number");
        EXPECT_EQ(try_in(w, kApprover, CloseRecovery{kCity, "报告1"}), "ok");
        EXPECT_EQ(try_in(w, kApprover, CloseRecovery{kCity, "报告1"}), "same_person");
        EXPECT_TRUE(w.road().recovering());
        EXPECT_EQ(try_in(w, kRelease, CloseRecovery{kCity, "报告1"}), "ok");
        EXPECT_FALSE(w.road().recovering());
        EXPECT_EQ(try_in(w, kRelease, CloseRecovery{kCity, "报告1"}), "not_recovering");

        const auto made = road::carry_out(w.road(), w.as(kRelease), MakeBankFile{batch, "pipe"});
        ASSERT_TRUE(made) << code_of(made.error());
        EXPECT_EQ(made->lines, 1);
        EXPECT_EQ(made->known, 29);
        EXPECT_EQ(made->total, Money::fen(10'000));
        // The old answer books what it says; the new file's line is answered anew.
        ASSERT_TRUE(import_answer(w.road(), w.as(kAnswer), text, {}));
        EXPECT_EQ(ledger::test_orders::buckets(w, allotment), "1000000 710000 0 10000 280000");
        const auto last = Town::closed(Town::line(1, rows.back(), "100.00", "0000"));
        ASSERT_TRUE(import_answer(w.road(), w.as(kAnswer), last, {}));
        EXPECT_EQ(ledger::test_orders::buckets(w, allotment), "1000000 710000 0 0 290000");
        w.expect_trail_whole();
        // A start after it is an ordinary one.
        w.reopen();
        w.use(everything_holds());
        EXPECT_FALSE(w.road().recovering());
    }
}

TEST_P(Recovery, an_old_copy_put_in_place_recovers_without_a_word_too) {
    Kept kept(GetParam());
    auto& town = kept.town;
    town.fund(Money::fen(1'000'000));
    const auto batch = town.import(2, 10'000).batch;
    town.w.road().checkpoint();
    static_cast<void>(kept.back_up());
    town.pay(batch);  // checkpoints go to the anchor
    test::World w(GetParam());
    ASSERT_TRUE(kept.put_back(w, true, false));
    w.use(everything_holds());
    EXPECT_TRUE(w.road().recovering());
    const auto before = w.road().generation();
    EXPECT_EQ(try_in(w, kMaker, CheckBatch{batch, 0}), "road.recovering");
    close(w);
    EXPECT_FALSE(w.road().recovering());
    EXPECT_NE(w.road().generation(), before);
    EXPECT_EQ(try_in(w, kMaker, CheckBatch{batch, 0}), "ok");
    w.expect_trail_whole();
}

TEST_P(Recovery, without_an_anchor_the_statements_reach_to_the_day_of_the_restore) {
    Kept kept(GetParam());
    kept.town.fund(Money::fen(100'000));
    static_cast<void>(kept.back_up());
    test::World w(GetParam());
    w.clock.advance_ms(3 * 86'400'000LL);
    ASSERT_TRUE(kept.put_back(w, false, true));
    auto tx = w.database().begin_read();
    const auto standing = recovery_standing(*tx);
    ASSERT_TRUE(standing);
    EXPECT_EQ(standing->recovery.through(), w.clock.today());
    EXPECT_EQ(standing->recovery.anchored.ms, 0);
    EXPECT_FALSE(standing->loaded_through);
}

TEST_P(Recovery, a_backup_is_restored_whole_or_not_at_all) {
    Kept kept(GetParam());
    kept.town.pay([&] {
        kept.town.fund(Money::fen(100'000));
        return kept.town.import(2, 10'000).batch;
    }());
    const auto facts = kept.back_up();
    EXPECT_GT(facts.files, 0);
    const auto check = [&](const crypto::Sm2PrivateKey& key, const crypto::KeyStore* keys) {
        const File file(kept.path());
        const auto read = backup::check_whole(file.fd, key, keys);
        return read ? std::to_string(read->rows) : code_of(read.error());
    };
    EXPECT_EQ(check(kept.key, kept.town.w.keys.get()), std::to_string(facts.rows));
    EXPECT_EQ(check(kept.key, nullptr), std::to_string(facts.rows));
    EXPECT_EQ(check(crypto::Sm2PrivateKey::generate(), nullptr), "crypto.sealed_not_for_this_key");
    const crypto::TestKeyStore strangers(8);
    EXPECT_EQ(check(kept.key, &strangers), "backup.not_signed");
    const auto into_used = kept.put_back(kept.town.w, false, true);
    ASSERT_FALSE(into_used);
    EXPECT_EQ(code_of(into_used.error()), "backup.not_empty");

    // A file that is no backup, and one of a release to come.
    {
        const File file(kept.town.w.folder() + "/other");
        const auto none = backup::check_whole(file.fd, kept.key, nullptr);
        ASSERT_FALSE(none);
        EXPECT_EQ(code_of(none.error()), "backup.not_a_backup");
        const crypto::Sm2PublicKey to[] = {kept.key.public_key()};
        backup::Writer writer(file.fd, to);
        writer.put('H');
        for (const std::int64_t n : {1, 999}) writer.put(n);
        writer.put(std::string_view("generation"));
        for (int i = 0; i < 3; ++i) writer.put(std::int64_t{0});
        writer.finish();
        ::lseek(file.fd, 0, SEEK_SET);
        const auto newer = backup::check_whole(file.fd, kept.key, nullptr);
        ASSERT_FALSE(newer);
        EXPECT_EQ(code_of(newer.error()), "backup.other_release");
    }

    // Cut or changed anywhere, nothing of it is kept.
    const auto size = std::filesystem::file_size(kept.path());
    std::filesystem::resize_file(kept.path(), size - 1);
    test::World w(GetParam());
    const auto cut = kept.put_back(w, false, true);
    ASSERT_FALSE(cut);
    EXPECT_EQ(code_of(cut.error()), "backup.damaged");
    EXPECT_FALSE(store::meta(*w.database().begin_read(), "generation"));
    if (!std::filesystem::exists(w.folder() + "/files")) return;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(w.folder() + "/files"))
        EXPECT_FALSE(entry.is_regular_file()) << entry.path();
}

}  // namespace
}  // namespace fenming::disbursement

// Key stores: who may read the file, what it holds, rotation, export (S11, S12).

#include "crypto/keystore.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "crypto/random.h"

namespace fenming::crypto {
namespace {

const Instant kNow{1'795'500'000'000};

class KeyFile : public ::testing::Test {
protected:
    KeyFile()
        : folder_(std::filesystem::temp_directory_path() / ("fenming-" + random_public_id())) {
        std::filesystem::create_directory(folder_);
        path_ = folder_ / "keys";
    }
    ~KeyFile() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string text() const {
        std::ifstream file(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void put(const std::string& text) const {
        std::ofstream(path_, std::ios::binary) << text;
        ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
    }
    /// The Fault's words, or "" if the file opens.
    [[nodiscard]] std::string fault() const {
        try {
            const FileKeyStore keys(path_);
            return "";
        } catch (const Fault& fault) {
            return fault.what();
        }
    }

    std::filesystem::path folder_;
    std::string path_;
};

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

TEST_F(KeyFile, IsMadePrivateAndOpens) {
    ASSERT_TRUE(FileKeyStore::create(path_, kNow));
    struct stat facts {};
    ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0600u);
    EXPECT_EQ(fault(), "");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}),
              1);  // nothing beside
    EXPECT_TRUE(text().starts_with("fenming-keys 1\nroot/cell "));
}

TEST_F(KeyFile, IsNeverWrittenOver) {
    ASSERT_TRUE(FileKeyStore::create(path_, kNow));
    const std::string before = text();
    const auto again = FileKeyStore::create(path_, kNow);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind().code, "crypto.key_file_exists");
    EXPECT_TRUE(mentions(say(again.error(), Language::zh_cn).says, path_));
    EXPECT_TRUE(mentions(say(again.error(), Language::en).says, path_));
    EXPECT_EQ(text(), before);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(KeyFile, OthersMayNotReadIt) {
    ASSERT_TRUE(FileKeyStore::create(path_, kNow));
    for (const mode_t mode : {0640u, 0604u, 0644u, 0620u, 0601u, 0610u, 0700u, 0666u}) {
        ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
        EXPECT_TRUE(mentions(fault(), "chmod 600")) << std::oct << mode;
    }
    for (const mode_t mode : {0600u, 0400u}) {
        ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
        EXPECT_EQ(fault(), "") << std::oct << mode;
    }
}

TEST_F(KeyFile, ItsOwnerIsWhoRunsTheProgram) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
    ASSERT_TRUE(FileKeyStore::create(path_, kNow));
    ASSERT_EQ(::chown(path_.c_str(), 12345, static_cast<gid_t>(-1)), 0);
    EXPECT_TRUE(mentions(fault(), "chown"));
}

TEST_F(KeyFile, MissingFilesAndFoldersAreFaults) {
    EXPECT_TRUE(mentions(fault(), "fenming key init"));
    std::filesystem::create_directory(path_);
    EXPECT_TRUE(mentions(fault(), "is not a file"));
    EXPECT_THROW(static_cast<void>(FileKeyStore::create(folder_ / "none" / "keys", kNow)), Fault);
}

TEST_F(KeyFile, DamageIsAFaultThatNamesTheLineAndNoKey) {
    ASSERT_TRUE(FileKeyStore::create(path_, kNow));
    const std::string whole = text();
    const std::string secret = whole.substr(whole.find(' ', whole.find("root/cell ") + 20) + 1, 64);
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string changed = whole;
        changed.replace(changed.find(from), from.size(), to);
        // The check line is made right again, so that the reader looks at the lines.
        changed.erase(changed.rfind("check "));
        return changed + "check " + to_hex(sm3(bytes_of(changed))) + "\n";
    };
    const std::string line = whole.substr(15, whole.find('\n', 15) - 14);
    const std::pair<std::string, std::string> cases[] = {
        {"", "no check line"},
        {whole.substr(0, whole.size() - 1), "does not fit"},
        {whole.substr(whole.find('\n') + 1), "does not fit"},
        {whole.substr(0, 600), "no check line"},
        {whole + "\n", "does not fit"},
        {with("fenming-keys 1", "fenming-keys 2"), "not written by a release like this"},
        {with("root/cell", "root/sell"), "line 2: a kind of key"},
        {with(secret, std::string(64, '0')), "line 2: the key does not fit its id"},
        {with(secret, secret.substr(1)), "line 2: no 64 hex digits"},
        {with(secret, std::string(64, 'G')), "line 2: no 64 hex digits"},
        {with("+08:00", "+25:00"), "line 2: no moment"},
        {with(line, ""), "no key of the kind root/cell"},
        {with(line, line + line), "line 3: a key that is there twice"},
        {std::string(300'000, 'x'), "too long"},
    };
    for (const auto& [damaged, says] : cases) {
        put(damaged);
        EXPECT_TRUE(mentions(fault(), says)) << says << " / " << fault();
        EXPECT_FALSE(mentions(fault(), secret));
    }
    put(whole);
    EXPECT_EQ(fault(), "");
}

TEST_F(KeyFile, RotationKeepsTheOldKeysForReading) {
    ASSERT_TRUE(FileKeyStore::create(path_, kNow));
    const CellPlace place{"person", "name", 1};
    const FileKeyStore before(path_);
    const Bytes cell = before.seal_cell(place, "王五");
    const auto mac_before = before.mac(MacLabel::pepper).id();
    for (const std::string_view kind : kKeyKinds) {
        const auto rotated = FileKeyStore::rotate(path_, kind, kNow);
        EXPECT_EQ(rotated.has_value(), kind != "root/e2e") << kind;
        if (!rotated) {
            EXPECT_EQ(rotated.error().kind().code, "crypto.key_never_rotates");
            EXPECT_FALSE(say(rotated.error(), Language::zh_cn).mend.empty());
        }
    }
    const auto unknown = FileKeyStore::rotate(path_, "root/none", kNow);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind().code, "crypto.key_kind_unknown");
    EXPECT_TRUE(mentions(say(unknown.error(), Language::en).says, "root/none"));

    const FileKeyStore after(path_);
    EXPECT_EQ(after.open_cell(place, cell).reveal(), "王五");
    EXPECT_NE(after.cell_key(), before.cell_key());
    EXPECT_EQ(after.mac(MacLabel::pepper, mac_before).mac({}),
              before.mac(MacLabel::pepper).mac({}));
    EXPECT_NE(after.mac(MacLabel::pepper).mac({}), before.mac(MacLabel::pepper).mac({}));
    EXPECT_EQ(after.mac(MacLabel::e2e).mac({}), before.mac(MacLabel::e2e).mac({}));
    EXPECT_EQ(after.public_keys(SignPurpose::log).size(), 2u);
    const Signed old = before.sign(SignPurpose::trail, bytes_of("text"));
    EXPECT_TRUE(verify(after, SignPurpose::trail, bytes_of("text"), old));
    EXPECT_FALSE(verify(before, SignPurpose::trail, bytes_of("text"),
                        after.sign(SignPurpose::trail, bytes_of("text"))));

    const auto infos = FileKeyStore::list(path_);
    EXPECT_EQ(infos.size(), 21u);
    int current = 0;
    for (const KeyInfo& info : infos) current += info.is_current;
    EXPECT_EQ(current, 11);
    EXPECT_FALSE(infos.front().is_current);
    EXPECT_EQ(infos.back().created, kNow);
    struct stat facts {};
    ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0600u);
}

TEST_F(KeyFile, ExportsToOfflineRecipientsAndComesBack) {
    ASSERT_TRUE(FileKeyStore::create(path_, kNow));
    const Sm2PrivateKey people[] = {Sm2PrivateKey::generate(), Sm2PrivateKey::generate()};
    const Bytes exported = FileKeyStore::export_keys(
        path_, std::vector{people[0].public_key(), people[1].public_key()});
    const std::string whole = text();
    for (const Sm2PrivateKey& person : people) {
        std::filesystem::remove(path_);
        ASSERT_TRUE(FileKeyStore::import_keys(path_, exported, person));
        EXPECT_EQ(text(), whole);
        const auto again = FileKeyStore::import_keys(path_, exported, person);
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().kind().code, "crypto.key_file_exists");
    }
    std::filesystem::remove(path_);
    const auto stranger = FileKeyStore::import_keys(path_, exported, Sm2PrivateKey::generate());
    ASSERT_FALSE(stranger);
    EXPECT_EQ(stranger.error().kind().code, "crypto.sealed_not_for_this_key");
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST(KeyStore, EveryLabelIsAKeyOfItsOwn) {
    const TestKeyStore keys(1);
    std::set<Digest> macs;
    for (int label = 0; label < kMacLabels; ++label) {
        macs.insert(keys.mac(static_cast<MacLabel>(label)).mac(bytes_of("text")));
    }
    EXPECT_EQ(macs.size(), static_cast<std::size_t>(kMacLabels));
    std::set<Sm2Point> points;
    for (int purpose = 0; purpose < kSignPurposes; ++purpose) {
        points.insert(keys.public_keys(static_cast<SignPurpose>(purpose)).front().key.point());
    }
    EXPECT_EQ(points.size(), static_cast<std::size_t>(kSignPurposes));
}

TEST(KeyStore, LabelsAreHkdfOfTheirRoot) {
    KeyEntries entries = new_keys(kNow);
    const KeyRing keys(entries);
    const auto& trail = entries[2];
    ASSERT_EQ(trail.kind, "root/trail");
    EXPECT_EQ(keys.mac(MacLabel::trail).mac(bytes_of("text")),
              HmacSm3(hkdf_sm3(trail.secret.view(), "trail", 32).view()).mac(bytes_of("text")));
    EXPECT_EQ(keys.mac(MacLabel::trail).id(), key_id_for("root/trail", trail.secret.view()));
    const auto id = *canonical_id_number("11010519491231002X");
    const HmacSm3 index(hkdf_sm3(entries[1].secret.view(), "index/id_number/v1", 32).view());
    EXPECT_EQ(keys.blind_index(id), blind_index(entries[1].id, index, id));
    entries.pop_back();
    EXPECT_THROW(KeyRing{entries}, Bug);
}

TEST(KeyStore, AnUnknownVersionIsAFault) {
    const TestKeyStore keys(1);
    EXPECT_THROW(static_cast<void>(keys.mac(MacLabel::session, KeyId{1})), Fault);
    EXPECT_THROW(static_cast<void>(keys.blob_key(KeyId{1})), Fault);
}

TEST(KeyStore, SignsForOnePurpose) {
    const TestKeyStore keys(1);
    const auto text = bytes_of("fund.example.gov.cn/trail\n1\n");
    const Signed sealed = keys.sign(SignPurpose::trail, text);
    EXPECT_TRUE(verify(keys, SignPurpose::trail, text, sealed));
    EXPECT_FALSE(verify(keys, SignPurpose::webhook, text, sealed));
    EXPECT_FALSE(verify(keys, SignPurpose::trail, bytes_of("other"), sealed));
    EXPECT_TRUE(keys.log_public_key().verify(text, keys.sign_log(text)));
}

TEST(KeyStore, WrapsAKeyUnderItsName) {
    const TestKeyStore keys(1);
    const TestKeyStore rotated(1, 2);
    const Bytes key = random_bytes(32);
    const Bytes wrapped = keys.wrap("webhook/7", key);
    EXPECT_EQ(to_hex(keys.unwrap("webhook/7", wrapped).view()), to_hex(key));
    EXPECT_EQ(to_hex(rotated.unwrap("webhook/7", wrapped).view()), to_hex(key));
    EXPECT_THROW(static_cast<void>(keys.unwrap("webhook/8", wrapped)), Fault);
    EXPECT_THROW(static_cast<void>(keys.unwrap("webhook/7", {})), Fault);
    // A wrapped key is no cell, though it is made like one.
    EXPECT_THROW(static_cast<void>(keys.open_cell({"wrap", "webhook/7", 0}, wrapped)), Fault);
}

TEST(KeyStore, ServesManyThreadsAtOnce) {
    const TestKeyStore keys(1);
    std::vector<std::thread> threads;
    std::vector<int> wrong(4);
    for (std::size_t t = 0; t < wrong.size(); ++t) {
        threads.emplace_back([&, t] {
            const std::string text(t * 10, 'x');
            for (int i = 0; i < 2000; ++i) {
                const CellPlace place{"person", "name", i};
                wrong[t] += keys.open_cell(place, keys.seal_cell(place, text)).reveal() != text;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace fenming::crypto

// Verbs that bring an installation through the loss of its machine: keys, backup, restore, and the
// recovery that follows (S5, S12).

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "backup/dump.h"
#include "cli/arguments.h"
#include "cli/bar.h"
#include "cli/verbs.h"
#include "disbursement/recovery.h"
#include "road/recovery.h"

namespace fenming::cli {
namespace {

using backup::kKeysNotExported;
inline constexpr RefusalKind kNotAPrivateKey{"cli.not_a_private_key", 422};
inline constexpr RefusalKind kNotAPublicKey{"cli.not_a_public_key", 422};

struct Fd {
    explicit Fd(int f) : fd(f) {}
    ~Fd() {
        if (fd >= 0) ::close(fd);
    }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    int fd;
};

Result<std::vector<crypto::Sm2PublicKey>> public_keys(const std::vector<std::string>& paths) {
    std::vector<crypto::Sm2PublicKey> keys;
    for (const auto& path : paths) {
        const auto text = TRY(read_file(path));
        const auto key = crypto::Sm2PublicKey::from_pem(text);
        if (!key) return refuse(refusal(kNotAPublicKey).with("file", path));
        keys.push_back(*key);
    }
    return keys;
}

Result<crypto::Sm2PrivateKey> private_key(const std::string& path) {
    const auto text = TRY(secret_file(path));
    auto key = crypto::Sm2PrivateKey::from_pem(text.reveal());
    if (!key) return refuse(refusal(kNotAPrivateKey).with("file", path));
    return std::move(*key);
}

std::string mark_path(const Common& common) {
    return key_path(common) + ".exported";
}

/// What tells that these keys, and no older ones, were exported: their digest, which is no secret.
std::string digest_of_keys(const Common& common) {
    const auto text = secret_file(key_path(common));
    if (!text) return "";
    return to_hex(crypto::sm3(bytes_of(text->reveal())));
}

bool are_keys_exported(const Common& common) {
    const auto mark = read_file(mark_path(common));
    return mark && mark->starts_with(digest_of_keys(common));
}

api::Object told(const backup::Facts& facts) {
    return {{"schema", facts.schema},
            {"generation", facts.generation},
            {"made", beijing_text(facts.made)},
            {"checkpoint", facts.checkpoint},
            {"tables", facts.tables},
            {"rows", facts.rows},
            {"files", facts.files},
            {"bytes", facts.bytes}};
}

}  // namespace

int key_export(const Common& common, const std::vector<std::string>& recipients,
               const std::string& out) {
    const auto keys = public_keys(recipients);
    if (!keys) return refused(common, keys.error());
    const auto sealed = crypto::FileKeyStore::export_keys(key_path(common), *keys);
    if (const auto written = write_file(out, text_of(sealed)); !written)
        return refused(common, written.error());
    std::ofstream(mark_path(common), std::ios::trunc) << digest_of_keys(common) << "\n";
    print(common,
          api::Object{{"file", out}, {"recipients", static_cast<std::int64_t>(keys->size())}});
    return kAllDone;
}

int key_import(const Common& common, const std::string& file, const std::string& key_file) {
    const auto done = [&]() -> Result<Done> {
        const auto key = TRY(private_key(key_file));
        const auto sealed = TRY(read_file(file));
        return crypto::FileKeyStore::import_keys(key_path(common), bytes_of(sealed), key);
    }();
    if (!done) return refused(common, done.error());
    std::ofstream(mark_path(common), std::ios::trunc) << digest_of_keys(common) << "\n";
    print(common, api::Object{{"keys", key_path(common)}});
    return kAllDone;
}

int make_backup(const Common& common, const std::vector<std::string>& recipients,
                const std::string& out) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto keys = TRY(public_keys(recipients));
        if (!are_keys_exported(common)) return refuse(kKeysNotExported);
        p.road().checkpoint();
        const auto unfinished = out + ".part";
        if (std::filesystem::exists(out)) return refuse(refusal(kFileExists).with("file", out));
        std::error_code error;
        std::filesystem::remove(unfinished, error);
        const Fd file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (file.fd < 0) throw Fault("the backup cannot be written: " + unfinished);
        Bar bar(words("cli.backing_up", common.language));
        const auto facts = backup::write({p.database(), p.files_path(), p.keys(), p.clock()},
                                         file.fd, keys, bar.report());
        std::filesystem::rename(unfinished, out);
        auto answer = told(facts);
        answer.set("file", out);
        return api::Value(std::move(answer));
    });
}

namespace {

Result<backup::Facts> check_backup(const Common& common, const RestoreWanted& wanted, int fd) {
    const auto key = TRY(private_key(wanted.key));
    std::optional<crypto::FileKeyStore> keys;
    if (std::filesystem::exists(key_path(common))) keys.emplace(key_path(common));
    return backup::check_whole(fd, key, keys ? &*keys : nullptr);
}

Result<backup::Facts> restore_backup(const Common& common, const RestoreWanted& wanted, int fd) {
    const auto key = TRY(private_key(wanted.key));
    if (!std::filesystem::exists(key_path(common)))
        return refuse(refusal(kNoKeys).with("file", key_path(common)));
    const crypto::FileKeyStore keys(key_path(common));
    const SystemClock clock;
    const trail::Anchor anchor(beside(common, common.anchor, ".anchor"));
    const bool is_file = common.db.starts_with("sqlite:");
    const bool is_new = is_file && !std::filesystem::exists(common.db.substr(7));
    Bar bar(words("cli.restoring", common.language));
    auto restored = [&] {
        const auto database = store::Database::open({.url = common.db});
        return backup::restore(
            {*database, beside(common, common.files, ".files"), keys, clock}, fd, key,
            [&](store::Tx& tx, const backup::Facts&) -> Result<Done> {
                road::begin_recovery(tx, keys, anchor, clock.now());
                return Done{};
            },
            bar.report());
    }();
    std::error_code error;
    if (!restored && is_new)
        for (const auto* end : {"", "-wal", "-shm"})
            std::filesystem::remove(common.db.substr(7) + end, error);
    return restored;
}

}  // namespace

int restore(const Common& common, const RestoreWanted& wanted) {
    const auto restored = [&]() -> Result<backup::Facts> {
        const Fd file(::open(wanted.file.c_str(), O_RDONLY | O_CLOEXEC));
        if (file.fd < 0) return refuse(refusal(kNoFile).with("file", wanted.file));
        return wanted.check ? check_backup(common, wanted, file.fd)
                            : restore_backup(common, wanted, file.fd);
    }();
    if (!restored) return refused(common, restored.error());
    auto answer = told(*restored);
    answer.set("restored", !wanted.check);
    answer.set("signature", std::filesystem::exists(key_path(common)) ? "checked" : "unchecked");
    print(common, answer);
    return kAllDone;
}

int recovery_show(const Common& common) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        auto tx = p.database().begin_read();
        const auto standing = disbursement::recovery_standing(*tx);
        api::Object answer{{"recovering", p.road().recovering()}};
        if (!standing) return api::Value(std::move(answer));
        const auto& recovery = standing->recovery;
        answer.set("anchored", recovery.anchored.ms == 0 ? "" : beijing_text(recovery.anchored));
        answer.set("had", recovery.had.ms == 0 ? "" : beijing_text(recovery.had));
        answer.set("needed_through", recovery.through().text());
        answer.set("loaded_through",
                   standing->loaded_through ? standing->loaded_through->text() : "");
        answer.set("proposed", standing->proposed_by.has_value());
        return api::Value(std::move(answer));
    });
}

int recovery_statement(const Common& common, const StatementWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.person());
        const auto bytes = TRY(read_file(wanted.file));
        return api::to_value(
            TRY(disbursement::load_statement(p.road(), caller, TRY(parse_area(wanted.area)), bytes,
                                             wanted.layout, TRY(parse_date(wanted.through)))));
    });
}

int recovery_close(const Common& common, const std::string& area, const std::string& number) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        return give(p, disbursement::CloseRecovery{TRY(parse_area(area)), number});
    });
}

}  // namespace fenming::cli

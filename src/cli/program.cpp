// Putting a program together.

#include "cli/program.h"

#include <fcntl.h>
#include <pwd.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "access/demo.h"
#include "cli/token.h"
#include "crypto/random.h"
#include "road/sql.h"
#include "store/lease.h"
#include "store/migrate.h"
#include "trail/sql.h"

namespace fenming::cli {
namespace {

constexpr std::int64_t kNodeLease_ms = 12LL * 3'600'000;

/// Which files must be there, and which must not.
Result<Done> may_open(const Common& common, Need need) {
    if (!common.db.starts_with("sqlite:")) return Done{};
    const auto path = common.db.substr(7);
    const bool is_there = std::filesystem::exists(path);
    if (need == Need::fresh_demo && is_there)
        return refuse(refusal(kDatabaseExists).with("database", common.db));
    if (need == Need::existing && !is_there) return refuse(refusal(kNoDatabase).with("path", path));
    return Done{};
}

/// More ids than one order or one staging of a job mints, in places of an IdSource: 64 ms.
constexpr std::int64_t kMostIdsOfAnOrder = 1LL << 20;

/// Above every id that is stored (E38). What an order writes bears ids after the order's own; a
/// program that begins while the clock stands, or was put back, would mint them again.
std::int64_t floor_of_ids(store::Database& database) {
    auto tx = database.begin_read();
    const auto newest = std::max({tx->value<std::int64_t>(trail::sql::newest_order).value_or(0),
                                  tx->value<std::int64_t>(road::sql::newest_job).value_or(0),
                                  tx->value<std::int64_t>(road::sql::newest_refused).value_or(0)});
    return newest == 0 ? 0 : IdSource::step(newest, kMostIdsOfAnOrder);
}

}  // namespace

std::string beside(const Common& common, const std::string& given, const char* suffix) {
    if (!given.empty()) return given;
    if (common.db.starts_with("sqlite:")) return common.db.substr(7) + suffix;
    return std::string("fenming") + suffix;
}

std::string key_path(const Common& common) {
    return beside(common, common.keys, ".keys");
}

std::string host_user() {
    const auto* who = ::getpwuid(::geteuid());
    return who != nullptr ? who->pw_name : std::to_string(::geteuid());
}

Result<Done> write_file(const std::string& path, std::string_view bytes) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return refuse(refusal(kFileExists).with("file", path));
    const auto written = ::write(fd, bytes.data(), bytes.size());
    const bool kept = written == static_cast<ssize_t>(bytes.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!kept) throw Fault("the file cannot be written: " + path);
    return Done{};
}

Secret<std::string> ask_password(std::string_view prompt) {
    std::cerr << prompt << " " << std::flush;
    struct termios shown {};
    const bool is_terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
    if (is_terminal) {
        auto hidden = shown;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    }
    std::string line;
    std::getline(std::cin, line);
    if (is_terminal) ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    std::cerr << "\n";
    return Secret<std::string>(line);
}

const Clock& Program::clock() const {
    if (demo_clock_) return *demo_clock_;
    return system_clock_;
}

Result<std::unique_ptr<Program>> Program::open(const Common& common, Need need) {
    std::unique_ptr<Program> program(new Program(common));
    auto& p = *program;
    const auto key_file = key_path(common);
    TRY(may_open(common, need));
    p.database_ = store::Database::open({.url = common.db});
    bool is_empty = false;
    {
        auto tx = p.database_->begin_read();
        is_empty = store::is_empty(*tx);
    }
    if (need == Need::fresh_demo && !is_empty)
        return refuse(refusal(kDatabaseExists).with("database", common.db));
    if (!std::filesystem::exists(key_file)) {
        // Keys are made with the database they belong to, and never for one that has data already.
        if (!is_empty) return refuse(refusal(kNoKeys).with("file", key_file));
        TRY(crypto::FileKeyStore::create(key_file, p.system_clock_.now()));
        if (!common.quiet)
            std::cerr << fill(words("cli.keys_made", common.language), {{"file", key_file}},
                              common.language)
                      << "\n";
    }
    p.keys_ = std::make_unique<crypto::FileKeyStore>(key_file);
    if (need == Need::migration)
        p.migrated_ = TRY(store::migrate(*p.database_, p.system_clock_));
    else
        TRY(store::ready(*p.database_, p.system_clock_));
    {
        auto tx = p.database_->begin_write();
        if (need == Need::fresh_demo) access::mark_demo(*tx, *p.keys_);
        p.is_demo_ = TRY(access::demo_mark(*tx, *p.keys_));
        tx->commit();
    }
    if (!common.at.empty()) {
        if (!p.is_demo_) return refuse(kAtOnlyInDemo);
        p.demo_clock_ = std::make_unique<SetClock>(TRY(parse_instant(common.at)));
    } else if (need == Need::fresh_demo) {
        p.demo_clock_ = std::make_unique<SetClock>(p.system_clock_.now());
    }
    p.anchor_ = std::make_unique<trail::Anchor>(beside(common, common.anchor, ".anchor"));
    p.files_ = std::make_unique<store::FileStore>(p.files_path(), *p.keys_);
    p.holder_ = crypto::random_public_id();
    int node = -1;
    for (int n = 0; n < 256 && node < 0; ++n) {
        const auto name = "node/" + std::to_string(n);
        if (store::take_lease(*p.database_, name, p.holder_, p.system_clock_.now(),
                              kNodeLease_ms)) {
            node = n;
            p.node_lease_ = name;
        }
    }
    if (node < 0) throw Fault("256 programs work on this database already");
    p.ids_ = std::make_unique<IdSource>(node, floor_of_ids(*p.database_));
    {
        auto tx = p.database_->begin_read();
        p.access_ = std::make_unique<access::Access>(access::settings_of(*tx));
    }
    p.road_ = std::make_unique<road::Road>(road::Parts{*p.database_, p.clock(), *p.ids_, *p.keys_,
                                                       *p.access_, *p.anchor_, *p.files_,
                                                       all_invariants()});
    p.door_ = std::make_unique<access::Door>(*p.road_, p.access_->settings());
    p.jobs_ = std::make_unique<road::Jobs>(*p.road_, all_jobs());
    return program;
}

void Program::renew() {
    if (!store::take_lease(*database_, node_lease_, holder_, system_clock_.now(), kNodeLease_ms))
        throw Fault("another program took the lease " + node_lease_);
}

std::string Program::spool_path() const {
    return beside(common_, "", ".uploads");
}

std::string Program::files_path() const {
    return beside(common_, common_.files, ".files");
}

Program::~Program() {
    if (!road_) return;
    try {
        road_->flush_refusals();
        road_->checkpoint();
        store::give_back(*database_, {node_lease_, holder_, 0});
    } catch (const std::exception& broke) {
        std::cerr << broke.what() << "\n";
    }
}

Result<road::Caller> Program::caller() {
    if (!common_.as.empty()) {
        auto tx = database_->begin_read();
        return access::caller_as(*tx, *keys_, common_.as, host_user(), clock().now());
    }
    const auto token = read_token(common_.db);
    if (!token.empty()) {
        auto caller = door_->caller_of(token);
        if (caller) return caller;
    }
    return road::Caller{{}, {}, "cli", host_user(), {0}};
}

Result<road::Caller> Program::person() {
    auto caller = TRY(this->caller());
    if (!caller.account) return refuse(kSignInFirst);
    return caller;
}

Result<road::Caller> Program::step_up(const Refusal& refused) {
    const auto token = read_token(common_.db);
    const bool may_ask = ::isatty(STDIN_FILENO) != 0;
    if (token.empty() || (common_.code.empty() && !may_ask)) return refuse(Refusal(refused));
    std::optional<crypto::Digest> order;
    for (const auto& value : refused.values())
        if (value.name == "order_digest")
            order = TRY(access::read_digest(std::get<std::string>(value.value)));
    check(order.has_value(), "the refusal tells what the factor is needed for");
    // Where no factor is enrolled and none required, the password serves.
    const auto code = common_.code.empty() ? ask_password(words("cli.code", common_.language))
                                           : Secret<std::string>(common_.code);
    const auto again = TRY(door_->step_up(token, code, code.reveal(), "cli:" + host_user(), order));
    keep_token(common_.db, again.token.reveal());
    auto caller = again.caller;
    caller.host_user = host_user();
    return caller;
}

Result<std::string> read_file(const std::string& path) {
    if (path == "-") return std::string{std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream file(path, std::ios::binary);
    if (!file) return refuse(refusal(kNoFile).with("file", path));
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

Result<Secret<std::string>> secret_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return refuse(refusal(kNoFile).with("file", path));
    return Secret<std::string>(std::string{std::istreambuf_iterator<char>(file), {}});
}

Result<Secret<std::string>> secret_line(const std::string& path) {
    const auto text = TRY(read_file(path));
    return Secret<std::string>(text.substr(0, text.find_first_of("\r\n")));
}

void print(const Common& common, const api::Value& value) {
    std::cout << (common.json ? api::to_json(value) : api::to_indented_json(value)) << "\n";
}

api::Array page_of(const Common& common, api::Array rows, int limit, std::string_view key) {
    const auto most = static_cast<std::size_t>(limit);
    if (rows.size() <= most) return rows;
    rows.resize(most);
    const auto* last = rows.back().if_object()->find(key);
    const auto* text = last->if_text();
    std::cerr << fill(words("cli.there_is_more", common.language),
                      {{"after", text != nullptr ? *text : api::to_json(*last)}}, common.language)
              << "\n";
    return rows;
}

int refused(const Common& common, const Refusal& refusal) {
    const auto sentence = say(refusal, common.language);
    std::cerr << sentence.says << "\n" << sentence.mend << "\n";
    if (common.json)
        std::cout << api::to_json(api::Object{{"code", std::string(refusal.kind().code)},
                                              {"detail", sentence.says},
                                              {"mend", sentence.mend}})
                  << "\n";
    return kSomethingRefused;
}

}  // namespace fenming::cli

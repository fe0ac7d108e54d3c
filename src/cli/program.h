#pragma once
// The parts of a running program, put together: database, keys, clock, ids, access, road, jobs.

#include <memory>
#include <string>
#include <vector>

#include "access/sign_in.h"
#include "road/job.h"
#include "road/road.h"
#include "store/migrate.h"

namespace fenming::cli {

inline constexpr RefusalKind kNoKeys{"cli.no_keys", 409};
inline constexpr RefusalKind kAtOnlyInDemo{"cli.at_only_in_demo", 403};
inline constexpr RefusalKind kSignInFirst{"cli.sign_in_first", 401};
inline constexpr RefusalKind kDatabaseExists{"cli.database_exists", 409};
/// A mistyped path must not make files.
inline constexpr RefusalKind kNoDatabase{"cli.no_database", 422};
inline constexpr RefusalKind kNoFile{"cli.no_file", 422};
inline constexpr RefusalKind kFileExists{"cli.file_exists", 409};

/// What every verb takes.
struct Common {
    std::string db = "sqlite:fenming.db";
    bool quiet = false;  ///< keys that nobody will need are made without a word
    std::string keys;    ///< "" : beside a SQLite file, else fenming.keys
    std::string anchor;  ///< likewise
    std::string files;   ///< likewise, a folder
    std::string as;      ///< demo databases only (S1, E4)
    std::string at;      ///< demo databases only (E35)
    std::string code;    ///< one-time code, for an order that asks for a second factor (S18)
    bool json = false;
    Language language = Language::zh_cn;
};

enum class Need {
    existing,    ///< as ready, but a SQLite file that is not there is refused
    ready,       ///< an empty database is migrated, an older one refused (E28)
    migration,   ///< migrates whatever is there
    fresh_demo,  ///< a new database, marked demo
};

class Program {
public:
    /// Refuses what cannot be opened; a world that broke is a Fault.
    static Result<std::unique_ptr<Program>> open(const Common& common, Need need);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    store::Database& database() { return *database_; }
    road::Road& road() { return *road_; }
    access::Door& door() { return *door_; }
    road::Jobs& jobs() { return *jobs_; }
    const crypto::KeyStore& keys() { return *keys_; }
    /// The clock that a demo may set; the machine's own otherwise.
    const Clock& clock() const;
    SetClock* demo_clock() { return demo_clock_.get(); }
    [[nodiscard]] const Common& common() const { return common_; }
    [[nodiscard]] bool is_demo() const { return is_demo_; }
    [[nodiscard]] const std::vector<store::MigrationDone>& migrated() const { return migrated_; }

    /// Keeps this program's lease for another while; a server calls it now and then.
    void renew();
    /// The folder of uploads on their way in; beside a SQLite database by default.
    [[nodiscard]] std::string spool_path() const;
    [[nodiscard]] std::string files_path() const;

    /// Who gives the verb's order: `--as` on a demo, else the session of `fenming login`; without
    /// either, the console of the database's own machine, which may read, import and verify (E4).
    Result<road::Caller> caller();
    /// A person is needed: refuses the console.
    Result<road::Caller> person();
    /// The person again, with a second factor given for the order that was refused so (S18): the
    /// code of `--code`, else one asked for at the terminal. The refusal itself where neither is.
    Result<road::Caller> step_up(const Refusal& refused);

private:
    explicit Program(const Common& common) : common_(common) {}
    Common common_;
    bool is_demo_ = false;
    SystemClock system_clock_;
    std::unique_ptr<SetClock> demo_clock_;
    std::unique_ptr<crypto::KeyStore> keys_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<trail::Anchor> anchor_;
    std::unique_ptr<store::FileStore> files_;
    std::unique_ptr<IdSource> ids_;
    std::unique_ptr<access::Access> access_;
    std::unique_ptr<road::Road> road_;
    std::unique_ptr<access::Door> door_;
    std::unique_ptr<road::Jobs> jobs_;
    std::string holder_;
    std::string node_lease_;
    std::vector<store::MigrationDone> migrated_;
};

/// The invariants of every folder, in the order of src/LEVELS.
std::vector<road::Invariant> all_invariants();
/// The kinds of jobs that this program knows.
std::vector<road::JobKind> all_jobs();

/// The whole of a file, or "-" for standard input.
Result<std::string> read_file(const std::string& path);

/// The first line of a file: a password, without its line end.
Result<Secret<std::string>> secret_line(const std::string& path);

/// The whole of a file that holds keys; never standard input.
Result<Secret<std::string>> secret_file(const std::string& path);

/// What lies beside a SQLite database by default, or where the flag says it is.
std::string beside(const Common& common, const std::string& given, const char* suffix);

/// Where the key file is: as given, else beside a SQLite database, else fenming.keys.
std::string key_path(const Common& common);

/// Writes a file only its owner reads; a file that is there is not written over.
Result<Done> write_file(const std::string& path, std::string_view bytes);
/// Asks at the terminal, without showing what is typed.
Secret<std::string> ask_password(std::string_view prompt);
/// The operating system's user.
std::string host_user();

/// Exit codes (E22).
inline constexpr int kAllDone = 0;
inline constexpr int kSomethingRefused = 1;
inline constexpr int kUsage = 2;
inline constexpr int kBroke = 3;

/// Prints one JSON document on stdout, or words for people when --json was not given.
void print(const Common& common, const api::Value& value);
/// The refusal on stderr as a sentence; with --json also as a document on stdout. Returns 1.
int refused(const Common& common, const Refusal& refusal);

/// Opens the program, works, and prints the value or the refusal: `work(Program&)` answers a
/// Result<api::Value>; `code(value)` says whether all of it was done.
template <class Work, class Code>
int with_program(const Common& common, Need need, Work&& work, Code&& code) {
    auto program = Program::open(common, need);
    if (!program) return refused(common, program.error());
    const auto result = work(**program);
    if (!result) return refused(common, result.error());
    print(common, *result);
    return code(*result);
}
template <class Work, class Code>
int with_program(const Common& common, Work&& work, Code&& code) {
    return with_program(common, Need::existing, std::forward<Work>(work), std::forward<Code>(code));
}
template <class Work>
int with_program(const Common& common, Work&& work) {
    return with_program(common, Need::existing, std::forward<Work>(work),
                        [](const api::Value&) { return kAllDone; });
}

/// As many rows as were asked for; says on stderr that there are more, and how to go on. `rows` has
/// one more than the limit if so; `key` is the member by which --after goes on.
api::Array page_of(const Common& common, api::Array rows, int limit, std::string_view key = "id");

}  // namespace fenming::cli

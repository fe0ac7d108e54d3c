// Out of an archive, into nothing at all (a check) or an empty database and folder.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "backup/dump.h"
#include "backup/tables.h"
#include "base/check.h"
#include "store/migrate.h"

namespace fenming::backup {
namespace {

/// One cell as it lies in the archive; its text must outlive the row.
struct Cell {
    store::Value value;
    std::string text;
};

Cell& read_cell(Reader& from, Cell& cell, char type) {
    const char mark = from.mark();
    cell.value = {};
    if (mark == '0') return cell;
    if (mark != type) from.damaged();
    if (type == 'i') {
        cell.value = store::Value::of(from.number());
    } else {
        cell.text = from.text();
        cell.value =
            type == 't' ? store::Value::of_text(cell.text) : store::Value::of_blob(cell.text);
    }
    return cell;
}

/// The rows of one table, one after another.
class Rows final : public store::RowSource {
public:
    Rows(Reader& from, std::string kinds, std::function<void()> tell)
        : from_(from), kinds_(std::move(kinds)), cells_(kinds_.size()), tell_(std::move(tell)) {}

    bool next(std::vector<store::Value>& values) override {
        const char mark = from_.mark();
        if (mark == 'E') {
            if (from_.number() != count_) from_.damaged();
            return false;
        }
        if (mark != 'R') from_.damaged();
        values.resize(cells_.size());
        for (std::size_t i = 0; i < cells_.size(); ++i)
            values[i] = read_cell(from_, cells_[i], kinds_[i]).value;
        ++count_;
        tell_();
        return true;
    }

private:
    Reader& from_;
    std::string kinds_;
    std::vector<Cell> cells_;
    std::function<void()> tell_;
    std::int64_t count_ = 0;
};

/// Where what is read goes.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void begin(const Facts& facts) = 0;
    virtual void table(const store::TableInfo& table, const std::vector<std::string>& columns,
                       store::RowSource& rows) = 0;
    virtual void file(const std::string& name, std::int64_t size, Reader& from) = 0;
};

class Nowhere final : public Sink {
public:
    void begin(const Facts&) override {}
    void table(const store::TableInfo&, const std::vector<std::string>&,
               store::RowSource& rows) override {
        std::vector<store::Value> values;
        while (rows.next(values)) continue;
    }
    void file(const std::string&, std::int64_t size, Reader& from) override {
        from.raw(size, [](BytesView) {});
    }
};

void read_table(Reader& from, Facts& facts, Sink& to, const Progress& progress) {
    const auto name = from.text();
    const auto* table = store::find_table(name);
    if (table == nullptr || !is_kept(*table)) from.damaged();
    const auto count = from.number();
    if (count < 1 || count > static_cast<std::int64_t>(table->columns.size())) from.damaged();
    std::vector<std::string> columns;
    std::string kinds;
    for (std::int64_t i = 0; i < count; ++i) {
        columns.push_back(from.text());
        const auto it = std::ranges::find(table->columns, columns.back(), &store::ColumnInfo::name);
        if (it == table->columns.end()) from.damaged();
        kinds += it->type;
    }
    Rows rows(from, kinds, [&] {
        if (++facts.rows % 5'000 == 0 && progress) progress(facts.rows, 0);
    });
    to.table(*table, columns, rows);
    ++facts.tables;
}

Facts read_facts(Reader& from) {
    Facts facts;
    if (from.mark() != 'H' || from.number() != kFormat) throw Reader::Broken{refusal(kNotABackup)};
    facts.schema = from.number();
    facts.generation = from.text();
    facts.made = {from.number()};
    facts.checkpoint = from.number();
    facts.signed_at = {from.number()};
    const auto ours = static_cast<std::int64_t>(store::migrations().size());
    if (facts.schema < 1 || facts.schema > ours)
        throw Reader::Broken{
            refusal(kOtherRelease).with("backup", facts.schema).with("program", ours)};
    return facts;
}

Facts read_all(Reader& from, const crypto::KeyStore* keys, Sink& to, const Progress& progress) {
    auto facts = read_facts(from);
    to.begin(facts);
    for (char mark = from.mark(); mark != 'Z'; mark = from.mark()) {
        if (mark == 'T') {
            read_table(from, facts, to, progress);
        } else if (mark == 'F') {
            const auto name = from.text();
            const auto size = from.number();
            if (!is_file_name(name) || size < 0) from.damaged();
            to.file(name, size, from);
            ++facts.files;
            facts.bytes += size;
        } else {
            from.damaged();
        }
    }
    if (from.number() != facts.tables || from.number() != facts.rows ||
        from.number() != facts.files)
        from.damaged();
    const auto text = signed_text(from.digest());
    crypto::Signed sealed;
    sealed.key = {static_cast<std::uint32_t>(from.number())};
    const auto signature = from.text();
    const auto bytes = bytes_of(signature);
    sealed.signature.assign(bytes.begin(), bytes.end());
    from.expect_end();
    if (keys != nullptr && !crypto::verify(*keys, crypto::SignPurpose::backup, text, sealed))
        throw Reader::Broken{refusal(kNotSigned)};
    if (progress) progress(facts.rows, facts.rows);
    return facts;
}

/// An empty database and folder that are being filled. What it wrote goes when it was not kept.
class Filling final : public Sink {
public:
    Filling(const Source& target) : target_(target) {}
    ~Filling() override {
        std::error_code error;
        if (!is_kept_)
            for (const auto& path : files_) std::filesystem::remove(path, error);
    }
    Filling(const Filling&) = delete;
    Filling& operator=(const Filling&) = delete;

    void begin(const Facts& facts) override {
        const auto migrated = store::migrate(target_.database, target_.clock, facts.schema);
        if (!migrated) throw Reader::Broken{migrated.error()};
        tx_ = target_.database.begin_write();
        if (store::meta(*tx_, "generation"))
            throw Reader::Broken{refusal(kNotEmpty).with("database", target_.database.name())};
    }
    void table(const store::TableInfo& table, const std::vector<std::string>& columns,
               store::RowSource& rows) override {
        tx_->bulk(insert_of(table, columns), rows);
    }
    void file(const std::string& name, std::int64_t size, Reader& from) override {
        const auto folder = target_.files + "/" + name.substr(0, 2);
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        ::chmod(target_.files.c_str(), 0700);
        const auto path = folder + "/" + name;
        const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0) throw Reader::Broken{refusal(kNotEmpty).with("database", target_.files)};
        files_.push_back(path);
        bool is_good = true;
        from.raw(size, [&](BytesView part) {
            is_good = is_good &&
                      ::write(fd, part.data(), part.size()) == static_cast<ssize_t>(part.size());
        });
        is_good = is_good && ::fsync(fd) == 0;
        ::close(fd);
        if (!is_good) throw Fault("a file cannot be written: " + path);
    }
    store::Tx& tx() { return *tx_; }
    void keep() {
        tx_->commit();
        is_kept_ = true;
        tx_.reset();
    }

private:
    const Source& target_;
    std::unique_ptr<store::Tx> tx_;
    std::vector<std::string> files_;
    bool is_kept_ = false;
};

}  // namespace

Result<Facts> check_whole(int fd, const crypto::Sm2PrivateKey& recipient,
                          const crypto::KeyStore* keys) {
    try {
        Reader from(fd, recipient);
        Nowhere nowhere;
        return read_all(from, keys, nowhere, {});
    } catch (Reader::Broken& broken) {
        return refuse(std::move(broken.why));
    }
}

Result<Facts> restore(const Source& target, int fd, const crypto::Sm2PrivateKey& recipient,
                      const std::function<Result<Done>(store::Tx&, const Facts&)>& after,
                      const Progress& progress) {
    try {
        Reader from(fd, recipient);
        Filling to(target);
        const auto facts = read_all(from, &target.keys, to, progress);
        TRY(after(to.tx(), facts));
        to.keep();
        const auto migrated = store::migrate(target.database, target.clock);
        if (!migrated) return refuse(Refusal(migrated.error()));
        return facts;
    } catch (Reader::Broken& broken) {
        return refuse(std::move(broken.why));
    }
}

}  // namespace fenming::backup

// Out of a database and its files, into an archive.

#include "backup/dump.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "backup/sql.h"
#include "backup/tables.h"
#include "base/check.h"
#include "crypto/frame.h"
#include "store/migrate.h"
#include "store/schema.h"

namespace fenming::backup {
namespace {

constexpr std::int64_t kTellEvery = 5'000;

struct Newest {
    std::int64_t number = 0;
    std::int64_t at_ms = 0;
    static constexpr auto fields =
        std::make_tuple(field("number", &Newest::number), field("at_ms", &Newest::at_ms));
};

void put_cell(Writer& to, const store::Cursor& row, int column, char type) {
    if (row.is_null(column)) return to.put('0');
    to.put(type);
    if (type == 'i')
        to.put(row.integer(column));
    else if (type == 't')
        to.put(row.text(column));
    else
        to.put(row.blob(column));
}

class Dump {
public:
    Dump(Writer& to, Facts& facts, const Progress& progress)
        : to_(to), facts_(facts), progress_(progress) {}

    void table(store::Tx& tx, const store::TableInfo& table) {
        to_.put('T');
        to_.put(table.name);
        to_.put(static_cast<std::int64_t>(table.columns.size()));
        for (const auto& column : table.columns) to_.put(column.name);
        std::int64_t rows = 0;
        tx.query(select_of(table), {}, store::Fetch::streamed, [&](store::Cursor& row) {
            to_.put('R');
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                put_cell(to_, row, static_cast<int>(i), table.columns[i].type);
            ++rows;
            if (++facts_.rows % kTellEvery == 0 && progress_) progress_(facts_.rows, 0);
        });
        to_.put('E');
        to_.put(rows);
        ++facts_.tables;
    }

    void file(const std::filesystem::path& path) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) throw Fault("a file of the store cannot be read: " + path.string());
        struct stat is {};
        std::vector<std::uint8_t> part(1U << 20U);
        const bool is_known = ::fstat(fd, &is) == 0;
        to_.put('F');
        to_.put(path.filename().string());
        to_.put(static_cast<std::int64_t>(is.st_size));
        std::int64_t left = is.st_size;
        while (is_known && left > 0) {
            const auto n = ::read(fd, part.data(), part.size());
            if (n <= 0) break;
            const auto take = std::min<std::int64_t>(n, left);
            to_.raw({part.data(), static_cast<std::size_t>(take)});
            left -= take;
        }
        ::close(fd);
        if (!is_known || left > 0)
            throw Fault("a file of the store cannot be read: " + path.string());
        ++facts_.files;
        facts_.bytes += is.st_size;
    }

private:
    Writer& to_;
    Facts& facts_;
    const Progress& progress_;
};

std::vector<std::filesystem::path> files_in(const std::string& folder) {
    std::vector<std::filesystem::path> all;
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) return all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && is_file_name(entry.path().filename().string()))
            all.push_back(entry.path());
    std::ranges::sort(all);
    return all;
}

}  // namespace

void put_facts(Writer& to, const Facts& facts) {
    to.put('H');
    to.put(kFormat);
    to.put(facts.schema);
    to.put(facts.generation);
    to.put(facts.made.ms);
    to.put(facts.checkpoint);
    to.put(facts.signed_at.ms);
}

Bytes signed_text(const crypto::Digest& digest) {
    const crypto::Frame frame = [&] {
        crypto::Frame f("fenming/backup/v1");
        f.add(BytesView(digest));
        return f;
    }();
    const auto view = frame.view();
    return {view.begin(), view.end()};
}

Facts write(const Source& source, int fd, std::span<const crypto::Sm2PublicKey> recipients,
            const Progress& progress) {
    Facts facts;
    Writer to(fd, recipients);
    {
        // The database first: every file that its rows name was written before them (E41).
        auto tx = source.database.begin_read();
        facts.schema = static_cast<std::int64_t>(store::migrations().size());
        facts.generation = store::meta(*tx, "generation").value_or("");
        facts.made = source.clock.now();
        if (const auto newest = tx->one<Newest>(sql::newest_checkpoint)) {
            facts.checkpoint = newest->number;
            facts.signed_at = {newest->at_ms};
        }
        put_facts(to, facts);
        Dump dump(to, facts, progress);
        for (const auto& table : store::tables())
            if (is_kept(table)) dump.table(*tx, table);
    }
    Dump dump(to, facts, progress);
    for (const auto& path : files_in(source.files)) dump.file(path);
    to.put('Z');
    to.put(facts.tables);
    to.put(facts.rows);
    to.put(facts.files);
    const auto sealed = source.keys.sign(crypto::SignPurpose::backup, signed_text(to.digest()));
    to.put(static_cast<std::int64_t>(sealed.key.number));
    to.put(text_of(BytesView(sealed.signature)));
    to.finish();
    if (progress) progress(facts.rows, facts.rows);
    return facts;
}

}  // namespace fenming::backup

// The failing disk: a shim over SQLite's own VFS.

#include "test/simulation/disk.h"

#include <sqlite3.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace fenming::simulation {
namespace {

/// What a write that was not synced covered; `was` is shorter where the file grew.
struct Undo {
    sqlite3_int64 at = 0;
    std::string was;
    sqlite3_int64 size = 0;  ///< of the file before it
};

struct State {
    sqlite3_vfs* below = nullptr;
    DiskFault fault = DiskFault::none;
    std::int64_t quiet = 0;
    std::int64_t times = 0;
    bool has_struck = false;
    bool is_dark = false;  ///< after a power cut, until every file is closed
    int open_files = 0;
    std::uint64_t seed = 0;
    std::map<std::string, std::vector<Undo>> unsynced;
};
State& state() {
    static State it;
    return it;
}

struct File {
    sqlite3_file base{};  // first: SQLite sees this
    sqlite3_file* real = nullptr;
    std::string* path = nullptr;  ///< of a database or its log; else null
};
File& of(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return of(file).real;
}

/// SQLITE_OK, or how the operation at hand fails.
int strike(int io_error) {
    auto& it = state();
    if (it.is_dark) return io_error;
    if (it.fault == DiskFault::none) return SQLITE_OK;
    if (it.quiet-- > 0) return SQLITE_OK;
    it.has_struck = true;
    if (it.fault == DiskFault::power_cut) {
        it.is_dark = true;
        return io_error;
    }
    const bool is_full = it.fault == DiskFault::full;
    if (--it.times <= 0) it.fault = DiskFault::none;
    return is_full ? SQLITE_FULL : io_error;
}

void remember(File& file, sqlite3_int64 at, int size) {
    if (file.path == nullptr) return;
    Undo undo;
    undo.at = at;
    file.real->pMethods->xFileSize(file.real, &undo.size);
    const auto end = std::min<sqlite3_int64>(undo.size, at + size);
    if (at < end) {
        undo.was.resize(static_cast<std::size_t>(end - at));
        file.real->pMethods->xRead(file.real, undo.was.data(), static_cast<int>(end - at), at);
    }
    state().unsynced[*file.path].push_back(std::move(undo));
}

/// Puts back what was not synced: all of it, or one write here and there stays.
void lose_what_was_not_synced() {
    auto& it = state();
    Dice dice(it.seed);
    const bool stays_in_part = dice.in(1, 2);
    for (auto& [path, undos] : it.unsynced) {
        std::vector<char> room(static_cast<std::size_t>(it.below->szOsFile));
        auto* file = reinterpret_cast<sqlite3_file*>(room.data());
        const int flags = SQLITE_OPEN_READWRITE |
                          (path.ends_with("-wal") ? SQLITE_OPEN_WAL : SQLITE_OPEN_MAIN_DB);
        if (it.below->xOpen(it.below, path.c_str(), file, flags, nullptr) != SQLITE_OK) continue;
        for (auto undo = undos.rbegin(); undo != undos.rend(); ++undo) {
            if (stays_in_part && dice.in(1, 3)) continue;
            if (!undo->was.empty())
                file->pMethods->xWrite(file, undo->was.data(), static_cast<int>(undo->was.size()),
                                       undo->at);
            if (!stays_in_part) file->pMethods->xTruncate(file, undo->size);
        }
        file->pMethods->xClose(file);
    }
    it.unsynced.clear();
}

int close_file(sqlite3_file* file) {
    auto& it = of(file);
    const int code = it.real->pMethods != nullptr ? it.real->pMethods->xClose(it.real) : SQLITE_OK;
    delete it.path;
    it.path = nullptr;
    sqlite3_free(it.real);
    if (--state().open_files == 0 && state().is_dark) {
        lose_what_was_not_synced();
        state().is_dark = false;
        state().fault = DiskFault::none;
    }
    return code;
}
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    if (state().is_dark) return SQLITE_IOERR_READ;
    return real(file)->pMethods->xRead(real(file), to, size, at);
}
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    if (const int code = strike(SQLITE_IOERR_WRITE); code != SQLITE_OK) return code;
    remember(of(file), at, size);
    return real(file)->pMethods->xWrite(real(file), from, size, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (state().is_dark) return SQLITE_IOERR_TRUNCATE;
    sqlite3_int64 now = 0;
    real(file)->pMethods->xFileSize(real(file), &now);
    if (size < now) remember(of(file), size, static_cast<int>(now - size));
    return real(file)->pMethods->xTruncate(real(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
    if (const int code = strike(SQLITE_IOERR_FSYNC); code != SQLITE_OK) return code;
    if (of(file).path != nullptr) state().unsynced.erase(*of(file).path);
    // The real sync is left out: the machine stays up, and only we forget what is not synced.
    static_cast<void>(flags);
    return SQLITE_OK;
}
int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int kind) {
    return real(file)->pMethods->xLock(real(file), kind);
}
int unlock_file(sqlite3_file* file, int kind) {
    return real(file)->pMethods->xUnlock(real(file), kind);
}
int check_lock(sqlite3_file* file, int* held) {
    return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int control_file(sqlite3_file* file, int what, void* with) {
    return real(file)->pMethods->xFileControl(real(file), what, with);
}
int sector_of_file(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}
int traits_of_file(sqlite3_file* file) {
    // Nothing is promised: no safe append, no atomic write.
    static_cast<void>(file);
    return 0;
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
    if (state().is_dark) return SQLITE_IOERR_SHMMAP;
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, to);
}
int lock_shared(sqlite3_file* file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int unmap_shared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods{2,
                                  close_file,
                                  read_file,
                                  write_file,
                                  truncate_file,
                                  sync_file,
                                  size_of_file,
                                  lock_file,
                                  unlock_file,
                                  check_lock,
                                  control_file,
                                  sector_of_file,
                                  traits_of_file,
                                  map_shared,
                                  lock_shared,
                                  barrier,
                                  unmap_shared,
                                  nullptr,
                                  nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
    file->pMethods = nullptr;
    if (state().is_dark) return SQLITE_CANTOPEN;
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
        if (const int code = strike(SQLITE_CANTOPEN); code != SQLITE_OK) return code;
    auto& it = of(file);
    it.path = nullptr;
    it.real = static_cast<sqlite3_file*>(sqlite3_malloc(state().below->szOsFile));
    std::memset(it.real, 0, static_cast<std::size_t>(state().below->szOsFile));
    const int code = state().below->xOpen(state().below, name, it.real, flags, out);
    if (code != SQLITE_OK) {
        sqlite3_free(it.real);
        return code;
    }
    if (name != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0)
        it.path = new std::string(name);
    ++state().open_files;
    file->pMethods = &kMethods;
    return SQLITE_OK;
}
int delete_file(sqlite3_vfs*, const char* name, int sync) {
    if (state().is_dark) return SQLITE_IOERR_DELETE;
    state().unsynced.erase(name);
    return state().below->xDelete(state().below, name, sync);
}

}  // namespace

void Disk::install() {
    auto& it = state();
    if (it.below != nullptr) return;
    it.below = sqlite3_vfs_find(nullptr);
    static sqlite3_vfs shim = *it.below;
    shim.zName = "fenming-simulation";
    shim.szOsFile = sizeof(File);
    shim.xOpen = open_file;
    shim.xDelete = delete_file;
    shim.pNext = nullptr;
    sqlite3_vfs_register(&shim, 1);
}

void Disk::arm(DiskFault fault, std::int64_t quiet, std::int64_t times, std::uint64_t seed) {
    auto& it = state();
    it.fault = fault;
    it.quiet = quiet;
    it.times = times;
    it.seed = seed;
    it.has_struck = false;
}

bool Disk::calm() {
    auto& it = state();
    if (!it.is_dark) it.fault = DiskFault::none;
    const bool struck = it.has_struck;
    it.has_struck = false;
    return struck;
}

bool Disk::has_struck() {
    return state().has_struck;
}

}  // namespace fenming::simulation

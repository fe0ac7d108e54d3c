// The office from a seed; see README.md.
//
//     simulation [--database sqlite|postgres] [--from N] [--seeds K | --soak] [--days D] [--calm]
//                [--twice] [--counts]

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "test/simulation/disk.h"
#include "test/simulation/office.h"

namespace {

using namespace fenming;
using namespace fenming::simulation;

struct Wanted {
    std::string database = "sqlite";
    std::uint64_t from = 1;
    std::uint64_t seeds = 1;
    int days = 400;
    bool is_calm = false;   ///< without faults of disk, clock, network and process
    bool is_twice = false;  ///< each seed twice: they must be alike to the byte
    bool counts = false;    ///< what was refused and which faults were met, by name
};

struct Ran {
    bool is_clean = false;
    std::uint64_t digest = 0;
};

std::int64_t sum_of(const std::map<std::string, std::int64_t>& counts) {
    std::int64_t sum = 0;
    for (const auto& [name, count] : counts) sum += count;
    return sum;
}

Ran run(const Wanted& wanted, std::uint64_t seed) {
    Scene scene(wanted.database, seed, !wanted.is_calm);
    try {
        Office office(scene, seed);
        office.live(wanted.days);
        std::printf(
            "seed %llu: %lld orders, %lld refused by %zu codes, %lld faults, %lld batches "
            "closed, %lld lines paid, %016llx\n",
            static_cast<unsigned long long>(seed), static_cast<long long>(scene.totals.orders),
            static_cast<long long>(sum_of(scene.totals.refused)), scene.totals.refused.size(),
            static_cast<long long>(sum_of(scene.totals.faults)),
            static_cast<long long>(office.closed), static_cast<long long>(office.paid),
            static_cast<unsigned long long>(scene.digest()));
        if (wanted.counts) {
            for (const auto& [code, count] : scene.totals.refused)
                std::printf("    %6lld %s\n", static_cast<long long>(count), code.c_str());
            for (const auto& [name, count] : scene.totals.faults)
                std::printf("    %6lld fault: %s\n", static_cast<long long>(count), name.c_str());
        }
        std::fflush(stdout);
        return {true, scene.digest()};
    } catch (const Broken& broken) {
        std::printf("seed %llu, day %d, order %lld (%s): %s\n",
                    static_cast<unsigned long long>(seed), scene.day(),
                    static_cast<long long>(scene.totals.orders), scene.at().c_str(), broken.what());
        std::fflush(stdout);
        return {};
    }
}

Wanted read(int count, char** words) {
    Wanted wanted;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const char* value = i + 1 < count ? words[i + 1] : "";
        if (word == "--calm") {
            wanted.is_calm = true;
            continue;
        }
        if (word == "--counts") {
            wanted.counts = true;
            continue;
        }
        if (word == "--soak") {
            const char* seeds = std::getenv("FENMING_SEEDS");
            wanted.seeds = seeds != nullptr ? std::strtoull(seeds, nullptr, 10) : 1000;
            continue;
        }
        if (word == "--twice") {
            wanted.is_twice = true;
            continue;
        }
        ++i;
        if (word == "--database")
            wanted.database = value;
        else if (word == "--from")
            wanted.from = std::strtoull(value, nullptr, 10);
        else if (word == "--seeds")
            wanted.seeds = std::strtoull(value, nullptr, 10);
        else if (word == "--days")
            wanted.days = static_cast<int>(std::strtol(value, nullptr, 10));
        else {
            std::fprintf(stderr, "simulation does not know %s\n", word.c_str());
            std::exit(2);
        }
    }
    return wanted;
}

}  // namespace

int main(int count, char** words) {
    const auto wanted = read(count, words);
    // In memory if it can be: what fails is our own disk, not the machine's.
    if (std::getenv("TMPDIR") == nullptr && ::access("/dev/shm", W_OK) == 0)
        ::setenv("TMPDIR", "/dev/shm", 1);
    Disk::install();
    for (auto seed = wanted.from; seed < wanted.from + wanted.seeds; ++seed) {
        const auto ran = run(wanted, seed);
        if (!ran.is_clean) return 1;
        if (!wanted.is_twice) continue;
        const auto again = run(wanted, seed);
        if (again.is_clean && again.digest == ran.digest) continue;
        std::printf("seed %llu is not the same twice\n", static_cast<unsigned long long>(seed));
        return 1;
    }
    return 0;
}

#pragma once
// A disk that fails when it is told to, laid under SQLite as its default file system: one write,
// sync or open fails, once or for a while; or the power goes, and what was not synced is lost in
// part. Everything else is the machine's own file system.

#include <cstdint>

#include "test/simulation/dice.h"

namespace fenming::simulation {

enum class DiskFault { none, io, full, power_cut };

class Disk {
public:
    /// Lays the disk under SQLite; once in a program, before the first database is opened.
    static void install();
    /// After `quiet` operations that change something, `fault` strikes `times` times; a power cut
    /// lasts until every file is closed.
    static void arm(DiskFault fault, std::int64_t quiet, std::int64_t times, std::uint64_t seed);
    /// No fault any more. True if one struck since it was armed.
    static bool calm();
    /// A fault has struck, and nobody has called calm() yet.
    static bool has_struck();
};

}  // namespace fenming::simulation

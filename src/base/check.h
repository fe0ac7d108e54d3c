#pragma once
// The two kinds of "no" that are not values: Fault (the world broke) and Bug (we broke).
// A Refusal, the third kind, is a value; see base/refusal.h.

#include <stdexcept>
#include <string>

namespace fenming {

/// The world broke: disk, network, lock wait, damaged file. The road rolls back; HTTP says 503; the
/// same order may be tried again.
struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// We broke: a promise between our own functions did not hold. The road rolls back; HTTP says 500;
/// logged with its place.
struct Bug : std::logic_error {
    using std::logic_error::logic_error;
};

[[noreturn]] void bug(const char* what, const char* file = __builtin_FILE(),
                      int line = __builtin_LINE());

/// Holds, or we broke. Never compiled out, and never used on input from outside.
inline void check(bool holds, const char* what, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
    if (!holds) bug(what, file, line);
}

}  // namespace fenming

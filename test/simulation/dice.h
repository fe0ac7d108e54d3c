#pragma once
// Chance that comes from a seed alone: the same seed throws the same, on every machine.

#include <cstdint>
#include <vector>

namespace fenming::simulation {

class Dice {
public:
    /// Mixed first: neighbouring seeds would else throw the same, one throw later.
    explicit Dice(std::uint64_t seed) : state_(seed ^ 0x1234567ULL) { state_ = next() ^ next(); }

    std::uint64_t next() {  // splitmix64
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// 0 … n − 1; n above 0.
    std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
    }
    /// low … high, both included.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + below(high - low + 1);
    }
    /// True `n` times of `of`.
    bool in(std::int64_t n, std::int64_t of) { return below(of) < n; }
    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[static_cast<std::size_t>(below(static_cast<std::int64_t>(all.size())))];
    }
    template <class T>
    void shuffle(std::vector<T>& all) {
        for (std::size_t i = all.size(); i > 1; --i)
            std::swap(all[i - 1],
                      all[static_cast<std::size_t>(below(static_cast<std::int64_t>(i)))]);
    }

private:
    std::uint64_t state_;
};

}  // namespace fenming::simulation

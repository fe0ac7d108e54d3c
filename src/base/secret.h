#pragma once
// Secret<T>: personal data in memory. It cannot be logged, streamed, put into JSON or into a
// refusal; reading it is one named call, so that a search finds every place that does (S10).

#include <utility>

namespace fenming {

template <class T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_(std::move(value)) {}
    /// The clear value, for encrypting, indexing, comparing, or the masker.
    [[nodiscard]] const T& reveal() const { return value_; }

private:
    T value_{};
};

}  // namespace fenming

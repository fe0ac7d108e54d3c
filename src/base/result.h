#pragma once
// Result<T>: a value or a Refusal. TRY(x) hands a refusal on to the caller.

#include <tl/expected.hpp>

#include "base/refusal.h"

namespace fenming {

template <class T>
using Result = tl::expected<T, Refusal>;

struct Done {};  ///< the value of an order that has nothing to say but that it went well

inline tl::unexpected<Refusal> refuse(const RefusalKind& kind) {
    return tl::unexpected<Refusal>(refusal(kind));
}
inline tl::unexpected<Refusal> refuse(Refusal&& said) {
    return tl::unexpected<Refusal>(std::move(said));
}

}  // namespace fenming

// A statement expression, silent under -Wpedantic in g++ 12 and clang 14.
#define TRY(expression)                                                                  \
    __extension__({                                                                      \
        auto try_result_ = (expression);                                                 \
        if (!try_result_)                                                                \
            return ::tl::unexpected<::fenming::Refusal>(std::move(try_result_.error())); \
        std::move(*try_result_);                                                         \
    })

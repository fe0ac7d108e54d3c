#pragma once
// Words of the command line as the types of orders.

#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "api/describe.h"
#include "cli/program.h"

namespace fenming::cli {

inline constexpr RefusalKind kNotAnId{"cli.not_an_id", 422};
inline constexpr RefusalKind kNoSuchWord{"cli.no_such_word", 422};

/// Digits of an id; they reach 19.
template <class IdT>
Result<IdT> id_of(const std::string& text) {
    auto id = api::read_member<IdT>(api::Value(text), api::Spot(""));
    if (!id || !*id) return refuse(refusal(kNotAnId).with("text", text));
    return *id;
}

/// Where a list that runs backwards goes on: `text` is the last id shown, "" for the newest.
template <class IdT>
Result<IdT> before_of(const std::string& text) {
    if (text.empty()) return IdT{std::numeric_limits<std::int64_t>::max()};
    return id_of<IdT>(text);
}

/// The member of that name, or a refusal that lists those that are taken: all but `without`.
template <class E>
Result<E> word_of(const std::string& text, std::optional<E> without = std::nullopt) {
    constexpr auto names = names_of(E{});
    std::string known;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (without == static_cast<E>(i)) continue;
        if (names[i] == text) return static_cast<E>(i);
        known += (known.empty() ? "" : ", ") + std::string(names[i]);
    }
    return refuse(refusal(kNoSuchWord).with("text", text).with("known", known));
}

/// Does what needs a person. Where it asks for a second factor, the code of `--code`, or one asked
/// for at the terminal, is given for this very order, and it is done again (S18).
template <class Deed>
auto by_person(Program& program, Deed&& deed) -> decltype(deed(std::declval<road::Caller>())) {
    auto done = deed(TRY(program.person()));
    if (done || done.error().kind().code != access::kStepUpNeeded.code) return done;
    return deed(TRY(program.step_up(done.error())));
}

/// Gives an order as the person who calls; answers its receipt.
template <class Order>
Result<api::Value> give(Program& program, const Order& order) {
    return api::to_value(TRY(by_person(program, [&](const road::Caller& caller) {
        return road::carry_out(program.road(), caller, order);
    })));
}

}  // namespace fenming::cli

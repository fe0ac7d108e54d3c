#pragma once
// What the tests of this folder share: one struct with every type of member, and how a refusal is
// looked at.

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/describe.h"
#include "base/result.h"

namespace fenming::api::sample {

enum class Mark { direct, tracked, other };
constexpr std::array<std::string_view, 3> names_of(Mark) {
    return {"direct", "tracked", "other"};
}

struct Line {
    PersonId person;
    Money amount_fen;
    std::optional<std::string> note;
    static constexpr auto fields =
        std::make_tuple(field("person", &Line::person, "who receives"),
                        field("amount_fen", &Line::amount_fen), field("note", &Line::note));
    friend bool operator==(const Line&, const Line&) = default;
};

struct Whole {
    bool is_urgent = false;
    std::int64_t count = 0;
    int small = 0;
    std::string name;
    Money total_fen;
    BatchId batch;
    Date day;
    Month month;
    Period period;
    Instant at;
    Area area;
    Mark mark = Mark::direct;
    Bytes seal;
    std::vector<Line> lines;
    std::vector<std::string> tags;
    std::optional<Money> cap_fen;
    std::optional<BatchId> parent;
    std::optional<Date> until;
    std::optional<Mark> second_mark;
    std::optional<Line> first;
    static constexpr auto fields = std::make_tuple(
        field("is_urgent", &Whole::is_urgent), field("count", &Whole::count, "how many"),
        field("small", &Whole::small), field("name", &Whole::name),
        field("total_fen", &Whole::total_fen, "sum of the lines"), field("batch", &Whole::batch),
        field("day", &Whole::day), field("month", &Whole::month), field("period", &Whole::period),
        field("at", &Whole::at), field("area", &Whole::area), field("mark", &Whole::mark),
        field("seal", &Whole::seal), field("lines", &Whole::lines), field("tags", &Whole::tags),
        field("cap_fen", &Whole::cap_fen), field("parent", &Whole::parent),
        field("until", &Whole::until), field("second_mark", &Whole::second_mark),
        field("first", &Whole::first));
    friend bool operator==(const Whole&, const Whole&) = default;
};

/// Holds personal data: may be read and hashed, never written.
struct Confidential {
    Secret<std::string> id_number;
    std::optional<Secret<Date>> birthday;
    static constexpr auto fields =
        std::make_tuple(field("id_number", &Confidential::id_number, "GB 11643"),
                        field("birthday", &Confidential::birthday));
};

/// The code and place of a refusal, e.g. "api.not_a_text /name"; "accepted" for a value. Checks on
/// the way that both languages have all the values their sentences show.
template <class T>
std::string verdict(const Result<T>& result) {
    if (result) return "accepted";
    const Refusal& why = result.error();
    for (const Language language : {Language::zh_cn, Language::en}) {
        EXPECT_EQ(missing_values(why, language), std::vector<std::string>()) << why.kind().code;
        EXPECT_FALSE(say(why, language).says.empty());
        EXPECT_FALSE(say(why, language).mend.empty());
    }
    const std::string& column = why.place().column;
    return std::string(why.kind().code) + (column.empty() ? "" : " " + column);
}

}  // namespace fenming::api::sample

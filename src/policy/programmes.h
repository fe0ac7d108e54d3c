#pragma once
// Programmes of subsidies, what they must not be drawn with, and the rest of the catalogue that is
// built in: subjects, the subsidy list, the banks' return codes (P19, P21; R1.5, R2.2, R3.04,
// R3.10, R3.33).

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/persons.h"

namespace fenming::policy {

enum class Basis { person, household };
constexpr std::array<std::string_view, 2> names_of(Basis) {
    return {"person", "household"};
}
enum class Cycle { month, quarter, year, once };
constexpr std::array<std::string_view, 4> names_of(Cycle) {
    return {"month", "quarter", "year", "once"};
}
/// Where awards are decided by default (P3): in Fenming, or in a prescribed system of higher level.
enum class Decided { here, elsewhere };
constexpr std::array<std::string_view, 2> names_of(Decided) {
    return {"here", "elsewhere"};
}

/// How two benefits of one person stand to each other in one month (R1.5), from mild to strict.
enum class Relation { compatible, net, top_up, pick_higher, choose_one, exclusive };
constexpr std::array<std::string_view, 6> names_of(Relation) {
    return {"compatible", "net", "top_up", "pick_higher", "choose_one", "exclusive"};
}
/// To whom the relation applies: all, minors only, or who draws the full amount only.
enum class Applies { always, minors, full_amount };
constexpr std::array<std::string_view, 3> names_of(Applies) {
    return {"always", "minors", "full_amount"};
}

/// What a bank's code means for a line (DESIGN §9). An unclear line, pending or review, is never
/// sent again before the bank has answered (R3.34).
enum class Outcome { paid, failed, pending, review };
constexpr std::array<std::string_view, 4> names_of(Outcome) {
    return {"paid", "failed", "pending", "review"};
}

struct ProgrammeSeed {
    std::string_view code;  ///< a–z, digits, hyphens; never changes
    std::string_view name_zh;
    std::string_view name_en;
    Basis basis;
    registry::Label label;
    Cycle cycle;
    Decided decided;
    std::string_view card_item;  ///< its item of the subsidy list; "" for none
    std::string_view subjects;   ///< functional codes it may be paid from, separated by spaces
};
struct ConflictSeed {
    std::string_view a;  ///< a < b
    std::string_view b;
    Relation relation;
    Applies applies;
    std::string_view rule;
    std::string_view source;
};
struct SubjectSeed {
    std::string_view code;
    std::string_view name_zh;
    std::string_view name_en;
    std::string_view book;
    bool confirmed;  ///< looked up in a published document; else general knowledge
    std::string_view source;
};
struct ItemSeed {
    std::string_view code;
    std::string_view name_zh;
    std::string_view short_name;      ///< 四字标识 on the bank statement
    std::string_view function_class;  ///< first five digits of the functional code
    bool civil_affairs;
};
struct BankCodeSeed {
    std::string_view code;
    std::string_view meaning;
    Outcome outcome;
    std::string_view action;
};

/// What this release has built in. InstallCatalogue writes it to the store, so that it is in the
/// trail.
std::span<const ProgrammeSeed> built_in_programmes();
std::span<const ConflictSeed> built_in_conflicts();
std::span<const SubjectSeed> built_in_subjects();
std::span<const ItemSeed> built_in_items();
std::span<const BankCodeSeed> built_in_bank_codes();

/// A pair of programmes as stored, programme_a < programme_b.
struct Conflict {
    std::string programme_a;
    std::string programme_b;
    std::string relation;
    std::string applies;
    std::string rule;
    std::string source;
    static constexpr auto fields = std::make_tuple(
        field("programme_a", &Conflict::programme_a), field("programme_b", &Conflict::programme_b),
        field("relation", &Conflict::relation), field("applies", &Conflict::applies),
        field("rule", &Conflict::rule), field("source", &Conflict::source));
};

/// The conflicts known, by pair. Pure: read once, asked often.
class Conflicts {
public:
    explicit Conflicts(std::vector<Conflict> rows);
    /// All that is said of the two, in either order; a pair may have several rows, each for those
    /// it applies to. A programme and itself are exclusive: nobody draws one twice for a month.
    [[nodiscard]] std::span<const Conflict> between(std::string_view a, std::string_view b) const;
    /// The strictest of them; `compatible` where nothing is said.
    [[nodiscard]] Relation strictest(std::string_view a, std::string_view b) const;
    [[nodiscard]] const std::vector<Conflict>& all() const { return rows_; }

private:
    std::vector<Conflict> rows_;  // by pair
    std::vector<Conflict> itself_;
};

/// The built-in ones, for rules that run without a store.
const Conflicts& built_in();
/// The strictest relation of two programmes by the built-in table.
Relation conflicts(std::string_view programme_a, std::string_view programme_b);

// ---- reading ----

struct Programme {
    std::int64_t id = 0;
    std::string code;
    std::string name_zh;
    std::string name_en;
    std::string basis;
    std::string label;
    std::string cycle;
    std::string decided;
    std::string card_item;
    std::string subjects;
    Date valid_from;
    Date valid_to;
    static constexpr auto fields = std::make_tuple(
        field("id", &Programme::id), field("code", &Programme::code),
        field("name_zh", &Programme::name_zh), field("name_en", &Programme::name_en),
        field("basis", &Programme::basis), field("label", &Programme::label),
        field("cycle", &Programme::cycle), field("decided", &Programme::decided),
        field("card_item", &Programme::card_item), field("subjects", &Programme::subjects),
        field("valid_from", &Programme::valid_from), field("valid_to", &Programme::valid_to));
};
struct Subject {
    std::int64_t id = 0;
    std::string code;
    std::string name_zh;
    std::string name_en;
    std::string book;
    std::int64_t confirmed = 0;
    std::string source;
    static constexpr auto fields =
        std::make_tuple(field("id", &Subject::id), field("code", &Subject::code),
                        field("name_zh", &Subject::name_zh), field("name_en", &Subject::name_en),
                        field("book", &Subject::book), field("confirmed", &Subject::confirmed),
                        field("source", &Subject::source));
};
struct SubsidyItem {
    std::int64_t id = 0;
    std::string code;
    std::string name_zh;
    std::string short_name;
    std::string function_class;
    std::int64_t civil_affairs = 0;
    Date valid_from;
    Date valid_to;
    static constexpr auto fields = std::make_tuple(
        field("id", &SubsidyItem::id), field("code", &SubsidyItem::code),
        field("name_zh", &SubsidyItem::name_zh), field("short_name", &SubsidyItem::short_name),
        field("function_class", &SubsidyItem::function_class),
        field("civil_affairs", &SubsidyItem::civil_affairs),
        field("valid_from", &SubsidyItem::valid_from), field("valid_to", &SubsidyItem::valid_to));
};
struct BankCode {
    std::int64_t id = 0;
    std::string channel;  ///< "common" for what is built in
    std::string code;
    std::string meaning;
    std::string outcome;
    std::string action;
    static constexpr auto fields =
        std::make_tuple(field("id", &BankCode::id), field("channel", &BankCode::channel),
                        field("code", &BankCode::code), field("meaning", &BankCode::meaning),
                        field("outcome", &BankCode::outcome), field("action", &BankCode::action));
};

/// All programmes valid on the day, by code.
std::vector<Programme> programmes_on(store::Tx& tx, Date day);
std::optional<Programme> programme_on(store::Tx& tx, std::string_view code, Date day);
/// Conflicts held for true now.
Conflicts conflicts_now(store::Tx& tx);
std::vector<Subject> subjects_now(store::Tx& tx);
/// The list in force on the day; an item that is not on it is not paid (P21).
std::vector<SubsidyItem> items_on(store::Tx& tx, Date day);
std::optional<SubsidyItem> item_on(store::Tx& tx, std::string_view code, Date day);
/// Codes of a channel; those of "common" where the channel has none of its own.
std::vector<BankCode> bank_codes_of(store::Tx& tx, std::string_view channel);

}  // namespace fenming::policy

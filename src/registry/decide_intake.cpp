// What a person's values must be: pure. All that is wrong is said at once (E21).

#include <unordered_map>

#include "base/text.h"
#include "registry/intake.h"
#include "registry/validators.h"

namespace fenming::registry {
namespace {

constexpr std::size_t kMostBankCharacters = 60;

/// A refusal with the row and column where the reader saw it.
Refusal placed(const Refusal& said, std::int64_t row, std::string_view column) {
    Refusal out = said;
    return std::move(out).at(said.place().sheet, row, std::string(column));
}

constexpr int kChildUnder = 14;  // R7.10: their data is sensitive by law

class RowCheck {
public:
    RowCheck(std::int64_t row, std::vector<Refusal>& bad) : row_(row), bad_(&bad) {}

    template <class T>
    std::optional<T> take(Result<T> result, std::string_view column) {
        if (result) return std::move(*result);
        say(result.error(), column);
        return std::nullopt;
    }
    template <class Read>
    std::optional<crypto::Canonical> optional(const std::optional<Secret<std::string>>& text,
                                              Read read, std::string_view column) {
        if (!text || trim(text->reveal()).empty()) return std::nullopt;
        return take(read(text->reveal()), column);
    }
    void say(const Refusal& said, std::string_view column) {
        bad_->push_back(placed(said, row_, column));
        is_good_ = false;
    }
    [[nodiscard]] bool is_good() const { return is_good_; }

private:
    std::int64_t row_;
    std::vector<Refusal>* bad_;
    bool is_good_ = true;
};

void check_bank(RowCheck& row, const PersonInput& input) {
    if (length_in_characters(input.bank_name.value_or("")) > kMostBankCharacters ||
        length_in_characters(input.bank_code.value_or("")) > kMostBankCharacters)
        row.say(
            refusal(kBankNameLength).with("most", static_cast<std::int64_t>(kMostBankCharacters)),
            "bank_name");
}

std::optional<CheckedPerson> check_person(const PersonInput& input, Date today, RowCheck& row) {
    const IdNumberCheck number = check_id_number(input.id_number.reveal(), today);
    std::optional<crypto::Canonical> id;
    if (number.valid)
        id = row.take(crypto::canonical_id_number(number.number), "id_number");
    else
        row.say(*number.reason, "id_number");
    auto name = row.take(crypto::canonical_name(input.name.reveal()), "name");
    auto phone = row.optional(input.phone, crypto::canonical_phone, "phone");
    auto account = row.optional(input.account, crypto::canonical_account, "account");
    auto holder = row.optional(input.holder, crypto::canonical_name, "holder");
    const bool has_account = input.account && !trim(input.account->reveal()).empty();
    if (holder && !has_account) row.say(refusal(kHolderWithoutAccount), "holder");
    check_bank(row, input);
    if (!row.is_good()) return std::nullopt;

    Label label = input.label.value_or(Label::ordinary);
    if (label == Label::ordinary && age_at(number.birth, today) < kChildUnder) label = Label::child;
    const std::string written = trim(input.name.reveal());
    const std::string written_holder =
        holder && input.holder ? trim(input.holder->reveal()) : written;
    return CheckedPerson{0,
                         input.area,
                         input.id_kind.value_or(IdKind::citizen),
                         label,
                         std::move(*id),
                         std::move(*name),
                         Secret(written),
                         number.birth,
                         number.is_male ? Sex::male : Sex::female,
                         std::move(phone),
                         std::move(account),
                         std::move(holder),
                         Secret(written_holder),
                         trim(input.bank_code.value_or("")),
                         trim(input.bank_name.value_or("")),
                         input.account_kind.value_or(AccountKind::card)};
}

}  // namespace

CheckedPersons check_persons(std::span<const PersonInput> persons, Date today,
                             std::int64_t first_row) {
    CheckedPersons out;
    out.good.reserve(persons.size());
    std::unordered_map<std::string, std::int64_t> first_seen;
    first_seen.reserve(persons.size());
    for (std::size_t i = 0; i < persons.size(); ++i) {
        const std::int64_t number = first_row + static_cast<std::int64_t>(i);
        RowCheck row(number, out.bad);
        auto person = check_person(persons[i], today, row);
        if (!person) continue;
        const auto [seen, is_new] = first_seen.emplace(person->id_number.reveal(), number);
        if (!is_new) {
            row.say(refusal(kPersonTwice).with("first_row", seen->second), "id_number");
            continue;
        }
        person->ordinal = static_cast<std::int64_t>(i);
        out.good.push_back(std::move(*person));
    }
    return out;
}

Result<IntakeDecision> decide(const RegisterPersons& order, const IntakeDossier& dossier) {
    if (dossier.rows == 0) return refuse(kIntakeNotFound);
    if (dossier.rows > static_cast<std::int64_t>(kMostRows))
        return refuse(refusal(kRowCount)
                          .with("rows", dossier.rows)
                          .with("most", static_cast<std::int64_t>(kMostRows)));
    if (dossier.outside > 0)
        return refuse(refusal(kAreaOutside)
                          .with("area", dossier.outside_area.text())
                          .with("root", order.area.text()));
    if (dossier.has_unknown_area)
        return refuse(refusal(kNoSuchArea).with("area", dossier.unknown_area.text()));
    if (dossier.twice > 0) return refuse(refusal(kPersonTwice).with("first_row", std::int64_t{0}));
    return IntakeDecision{order.intake};
}

}  // namespace fenming::registry

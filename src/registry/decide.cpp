// Rules about persons, their accounts, and who looks at them: pure.

#include <map>
#include <set>

#include "base/text.h"
#include "crypto/canonical.h"
#include "registry/look_up.h"

namespace fenming::registry {
namespace {

Result<Done> check_row_count(std::size_t rows) {
    if (rows > 0 && rows <= kMostRows) return Done{};
    return refuse(refusal(kRowCount)
                      .with("rows", static_cast<std::int64_t>(rows))
                      .with("most", static_cast<std::int64_t>(kMostRows)));
}

std::string id_text(PersonId person) {
    return std::to_string(person.number);
}

Result<Done> check_fact(const StatusInput& fact, const PersonBrief& person, Date today) {
    const Span span{fact.valid_from, fact.valid_to.value_or(Date())};
    if (fact.valid_from > today || fact.valid_from < person.birth_date)
        return refuse(refusal(kDateOutOfLife)
                          .personal("date", fact.valid_from.text())
                          .with("today", today.text()));
    if (!span.is_sound())
        return refuse(
            refusal(kValidityBackwards).with("from", span.from.text()).with("to", span.to.text()));
    if (fact.kind == StatusKind::dead && fact.valid_to) return refuse(kDeathEnds);
    return Done{};
}

Refusal account_state(const AccountBrief& account, AccountState wanted) {
    return refusal(kAccountState)
        .word("state", account.state, "registry.account_state")
        .word("wanted", stored(wanted), "registry.account_state");
}

Result<Done> check_reason(const Secret<std::string>& reason, std::int64_t looked_today) {
    if (trim(reason.reveal()).empty()) return refuse(kReasonMissing);
    if (looked_today >= kLookUpsADay)
        return refuse(refusal(kTooManyLookUps).with("most", kLookUpsADay));
    return Done{};
}

template <class Order>
Result<LookUpDecision> decide_look_up(const Order& order, const LookUpDossier& dossier,
                                      std::string_view kind) {
    if (!dossier.is_whole) return refuse(kLookUpByWhat);
    TRY(check_reason(order.reason, dossier.looked_today));
    return LookUpDecision{order.area, std::string(kind), order.purpose, trim(order.reason.reveal()),
                          dossier.found};
}

}  // namespace

Result<StatusesDecision> decide(const RecordStatuses& order, const StatusesDossier& dossier) {
    TRY(check_row_count(order.facts.size()));
    std::map<PersonId, PersonBrief> persons;
    for (const PersonBrief& each : dossier.persons)
        if (order.area.contains(each.area)) persons[each.person] = each;
    std::map<std::pair<PersonId, std::string>, std::vector<Span>> known;
    for (const StatusRow& row : dossier.known) known[{row.person, row.kind}].push_back(row.span());

    StatusesDecision decision;
    for (std::size_t i = 0; i < order.facts.size(); ++i) {
        const StatusInput& fact = order.facts[i];
        const auto row = static_cast<std::int64_t>(i) + 1;
        const auto person = persons.find(fact.person);
        if (person == persons.end())
            return refuse(refusal(kPersonNotFound)
                              .with("person", id_text(fact.person))
                              .at("", row, "person"));
        if (auto checked = check_fact(fact, person->second, dossier.today); !checked)
            return refuse(std::move(checked.error()).at("", row, "valid_from"));
        const Span span{fact.valid_from, fact.valid_to.value_or(Date())};
        auto& spans = known[{fact.person, stored(fact.kind)}];
        if (std::find(spans.begin(), spans.end(), span) != spans.end()) {
            ++decision.already_known;
            continue;
        }
        for (const Span& each : spans)
            if (overlap(each, span))
                return refuse(refusal(kStatusOverlaps)
                                  .with("person", id_text(fact.person))
                                  .personal("from", each.from.text())
                                  .at("", row, "valid_from"));
        spans.push_back(span);
        decision.add.push_back({fact.person, person->second.area, fact.kind, fact.source, span});
    }
    return decision;
}

Result<EndStatusDecision> decide(const EndStatus& order, const EndStatusDossier& dossier) {
    if (!dossier.status) return refuse(kStatusClosed);
    const StatusRow& status = *dossier.status;
    if (!order.on) return EndStatusDecision{status, dossier.area, std::nullopt};
    if (!status.valid_to.is_none()) return refuse(kStatusClosed);
    if (status.kind == stored(StatusKind::dead)) return refuse(kDeathEnds);
    const Span again{status.valid_from, *order.on};
    if (!again.is_sound())
        return refuse(refusal(kValidityBackwards)
                          .with("from", again.from.text())
                          .with("to", again.to.text()));
    return EndStatusDecision{status, dossier.area, again};
}

Result<MoveDecision> decide(const MovePerson& order, const MoveDossier& dossier) {
    if (!dossier.area_known) return refuse(refusal(kNoSuchArea).with("area", order.to.text()));
    if (order.from > dossier.today || order.from < dossier.person.birth_date)
        return refuse(refusal(kDateOutOfLife)
                          .personal("date", order.from.text())
                          .with("today", dossier.today.text()));
    if (dossier.person.area == order.to)
        return refuse(refusal(kAlreadyLivesThere).with("area", order.to.text()));
    if (dossier.residences.empty()) return MoveDecision{order, std::nullopt};
    const ResidenceRow& last = dossier.residences.back();
    if (order.from <= last.valid_from)
        return refuse(refusal(kMoveOutOfOrder).personal("from", last.valid_from.text()));
    return MoveDecision{order, last};
}

Result<ChangeDecision> decide(const ChangeAccount& order, const ChangeDossier& dossier) {
    if (order.person.has_value() == order.unit.has_value()) return refuse(kOneOwner);
    for (const AccountBrief& each : dossier.accounts) {
        if (each.state == stored(AccountState::proposed)) return refuse(kChangePending);
        if (each.account_index == dossier.account_index) return refuse(kAccountUnchanged);
    }
    const bool has_custody = order.custody_note && !trim(order.custody_note->reveal()).empty();
    if (order.person && dossier.holder_index != dossier.owner_index && !has_custody)
        return refuse(kHolderDiffers);
    const auto account = TRY(crypto::canonical_account(order.account.reveal()));
    return ChangeDecision{order, account.reveal(), dossier.account_index, dossier.holder_index,
                          dossier.area};
}

Result<ConfirmDecision> decide(const ConfirmAccountChange& order, const AccountDossier& dossier) {
    if (dossier.account.state != stored(AccountState::proposed))
        return refuse(account_state(dossier.account, AccountState::proposed));
    // Who proposed it may take it back, but not confirm it.
    if (order.accept && dossier.account.changed_by == dossier.staff) return refuse(kSameStaff);
    return ConfirmDecision{dossier.account, order.accept};
}

Result<CloseDecision> decide(const CloseAccount&, const AccountDossier& dossier) {
    if (dossier.account.state != stored(AccountState::active))
        return refuse(account_state(dossier.account, AccountState::active));
    return CloseDecision{dossier.account};
}

Result<CustodyDecision> decide(const RecordCustody& order, const AccountDossier& dossier) {
    if (trim(order.note.reveal()).empty()) return refuse(kNoteEmpty);
    if (dossier.account.state != stored(AccountState::active))
        return refuse(account_state(dossier.account, AccountState::active));
    return CustodyDecision{dossier.account, trim(order.note.reveal())};
}

Result<ChecksDecision> decide(const RecordAccountChecks& order, const ChecksDossier& dossier) {
    TRY(check_row_count(order.checks.size()));
    if (order.on > dossier.today)
        return refuse(refusal(kCheckInFuture)
                          .with("date", order.on.text())
                          .with("today", dossier.today.text()));
    const auto rows = static_cast<std::int64_t>(order.checks.size());
    if (dossier.found != rows)
        return refuse(
            refusal(kAccountNotFound).with("missing", rows - dossier.found).with("rows", rows));
    return ChecksDecision{order.on, order.checks};
}

Result<LookUpDecision> decide(const LookUp& order, const LookUpDossier& dossier) {
    return decide_look_up(order, dossier, "search");
}

Result<LookUpDecision> decide(const LookUpGuarded& order, const LookUpDossier& dossier) {
    return decide_look_up(order, dossier, "search_guarded");
}

Result<LookUpDecision> decide(const Unmask& order, const UnmaskDossier& dossier) {
    TRY(check_reason(order.reason, dossier.looked_today));
    return LookUpDecision{dossier.person.area,
                          "unmask",
                          order.purpose,
                          trim(order.reason.reveal()),
                          {dossier.person.person}};
}

}  // namespace fenming::registry

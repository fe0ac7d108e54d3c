// Rules about documents, parameters and the catalogue: pure.

#include <map>

#include "base/text.h"
#include "policy/policy.h"

namespace fenming::policy {
namespace {

constexpr std::size_t kMostTitleCharacters = 200;

/// The parts of a row as one text, as the store puts them together.
std::string content(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        if (!out.empty()) out += '|';
        out += part;
    }
    return out;
}

struct Wanted {
    std::string key;
    std::string content;
};

/// What the store has and the release has not, or otherwise, is closed; what it lacks is added.
CatalogueChange compare(const std::vector<CatalogueRow>& held, const std::vector<Wanted>& wanted) {
    std::map<std::string, const CatalogueRow*> by_key;
    for (const CatalogueRow& row : held) by_key[row.key] = &row;
    CatalogueChange change;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto found = by_key.find(wanted[i].key);
        if (found == by_key.end()) {
            change.add.push_back(i);
            continue;
        }
        if (found->second->content != wanted[i].content) {
            change.close.push_back(found->second->id);
            change.add.push_back(i);
        }
        by_key.erase(found);
    }
    for (const auto& [key, row] : by_key) change.close.push_back(row->id);
    return change;
}

std::vector<Wanted> wanted_programmes() {
    std::vector<Wanted> out;
    for (const ProgrammeSeed& s : built_in_programmes())
        out.push_back({std::string(s.code),
                       content({s.name_zh, s.name_en, name_of(s.basis), name_of(s.label),
                                name_of(s.cycle), name_of(s.decided), s.card_item, s.subjects})});
    return out;
}

std::vector<Wanted> wanted_conflicts() {
    std::vector<Wanted> out;
    for (const ConflictSeed& s : built_in_conflicts())
        out.push_back({content({s.a, s.b, name_of(s.relation), name_of(s.applies)}),
                       std::string(s.rule) + '|' + std::string(s.source)});
    return out;
}

std::vector<Wanted> wanted_subjects() {
    std::vector<Wanted> out;
    for (const SubjectSeed& s : built_in_subjects())
        out.push_back({std::string(s.code),
                       content({s.name_zh, s.name_en, s.book, s.confirmed ? "1" : "0", s.source})});
    return out;
}

std::vector<Wanted> wanted_items() {
    std::vector<Wanted> out;
    for (const ItemSeed& s : built_in_items())
        out.push_back({std::string(s.code), content({s.name_zh, s.short_name, s.function_class,
                                                     s.civil_affairs ? "1" : "0"})});
    return out;
}

std::vector<Wanted> wanted_bank_codes() {
    std::vector<Wanted> out;
    for (const BankCodeSeed& s : built_in_bank_codes())
        out.push_back({std::string(s.code), content({s.meaning, name_of(s.outcome), s.action})});
    return out;
}

Result<Done> check_programme(const ParameterDefinition& definition, const SetParameter& order,
                             const ParameterDossier& dossier) {
    const bool is_named = order.programme && !order.programme->empty();
    const bool fits = is_named ? definition.by_programme != ByProgramme::never
                               : definition.by_programme != ByProgramme::must;
    if (!fits)
        return refuse(refusal(kParameterProgramme).with("name", std::string(definition.name)));
    if (is_named && !dossier.programme_known)
        return refuse(refusal(kNoSuchProgramme).with("programme", shown(*order.programme)));
    return Done{};
}

}  // namespace

Result<DocumentDecision> decide(const RegisterDocument& order, const DocumentDossier& dossier) {
    auto number = TRY(parse_document_number(order.number));
    if (dossier.is_known) return refuse(refusal(kDocumentKnown).with("number", number.canonical));
    if (!dossier.replaces_known) return refuse(kNoSuchDocument);
    const std::string title = trim(order.title);
    if (title.empty() || length_in_characters(title) > kMostTitleCharacters ||
        has_invisible(title) || trim(order.issuer).empty())
        return refuse(
            refusal(kDocumentTitle).with("most", static_cast<std::int64_t>(kMostTitleCharacters)));
    const registry::Span span{order.valid_from.value_or(order.issued_on),
                              order.valid_to.value_or(Date())};
    if (order.received_on.value_or(order.issued_on) < order.issued_on || !span.is_sound())
        return refuse(refusal(kDocumentDates).with("issued_on", order.issued_on.text()));
    return DocumentDecision{order, std::move(number)};
}

Result<ParameterDecision> decide(const SetParameter& order, const ParameterDossier& dossier) {
    const ParameterDefinition& definition = *TRY(find_definition(order.name));
    const std::string value = TRY(read_value(definition, order.value));
    if (!dossier.area_known)
        return refuse(refusal(registry::kNoSuchArea).with("area", order.area.text()));
    TRY(check_programme(definition, order, dossier));
    const registry::Span span{order.valid_from, order.valid_to.value_or(Date())};
    if (!span.is_sound())
        return refuse(
            refusal(kParameterDates).with("from", span.from.text()).with("to", span.to.text()));
    if (!dossier.document) return refuse(kNoSuchDocument);
    if (!dossier.document->span().holds_on(span.from))
        return refuse(refusal(kDocumentNotInForce)
                          .with("number", dossier.document->number)
                          .with("day", span.from.text()));

    ParameterDecision decision;
    for (const ParameterRow& row : dossier.held) {
        if (!registry::overlap(row.span(), span)) continue;
        if (row.span() == span && row.value == value && row.document == order.document)
            return refuse(refusal(kParameterUnchanged).with("name", order.name));
        decision.close.push_back(row.id);
        for (const registry::Span& left : registry::left_of(row.span(), span)) {
            ParameterRow rest = row;
            rest.valid_from = left.from;
            rest.valid_to = left.to;
            decision.add.push_back(std::move(rest));
        }
    }
    decision.add.push_back({0, order.name, order.programme.value_or(""), order.area, value,
                            span.from, span.to, order.document});
    return decision;
}

Result<CatalogueDecision> decide(const InstallCatalogue& order, const CatalogueDossier& dossier) {
    return CatalogueDecision{order.valid_from.value_or(Date()),
                             compare(dossier.programmes, wanted_programmes()),
                             compare(dossier.conflicts, wanted_conflicts()),
                             compare(dossier.subjects, wanted_subjects()),
                             compare(dossier.items, wanted_items()),
                             compare(dossier.bank_codes, wanted_bank_codes())};
}

}  // namespace fenming::policy

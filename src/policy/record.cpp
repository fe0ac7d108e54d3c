// Documents and parameters: between rows and words.

#include <charconv>
#include <limits>

#include "base/text.h"
#include "policy/policy.h"
#include "policy/sql.h"

namespace fenming::policy {

Result<Area> area_of(store::Tx&, const RegisterDocument& order) {
    return order.area;
}

Result<DocumentDossier> load(road::Desk& desk, const RegisterDocument& order) {
    DocumentDossier dossier;
    dossier.is_known = document_by_number(desk.tx, order.number).has_value();
    dossier.replaces_known = !order.replaces || document(desk.tx, *order.replaces).has_value();
    return dossier;
}

Result<DocumentReceipt> record(road::Desk& desk, const DocumentDecision& decision) {
    const RegisterDocument& order = decision.order;
    const auto id = desk.mint<DocumentId>();
    const Date received = order.received_on.value_or(Date());
    const Date from = order.valid_from.value_or(order.issued_on);
    const Date to = order.valid_to.value_or(Date());
    desk.tx.run(sql::add_document, id, decision.number.canonical, decision.number.printed,
                trim(order.title), stored(order.level), trim(order.issuer), order.issued_on,
                received.text(), from, to.text(), order.replaces.value_or(DocumentId{}),
                order.file.value_or(FileId{}), desk.order);
    desk.announce("policy.document_registered", id.number, order.area);
    return DocumentReceipt{id, decision.number.is_doubtful() ? 1 : 0};
}

Result<Area> area_of(store::Tx&, const SetParameter& order) {
    return order.area;
}

Result<ParameterDossier> load(road::Desk& desk, const SetParameter& order) {
    ParameterDossier dossier;
    const std::string programme = order.programme.value_or("");
    dossier.area_known =
        order.area == Area() || registry::area_on(desk.tx, order.area, desk.today).has_value();
    if (!programme.empty())
        dossier.programme_known = programme_on(desk.tx, programme, order.valid_from).has_value();
    dossier.document = document(desk.tx, order.document);
    dossier.held =
        desk.tx.all<ParameterRow>(sql::parameters_held, order.name, programme, order.area);
    return dossier;
}

Result<ParameterReceipt> record(road::Desk& desk, const ParameterDecision& decision) {
    for (const std::int64_t id : decision.close)
        check(desk.tx.run(sql::close_parameter, id, desk.order) == 1,
              "a parameter's row is closed once");
    ParameterReceipt receipt;
    receipt.closed = static_cast<std::int64_t>(decision.close.size());
    for (const ParameterRow& row : decision.add) {
        receipt.parameter = desk.mint<ParameterId>();  // the last one added is the new value
        desk.tx.run(sql::add_parameter, receipt.parameter, row.name, row.programme, row.area,
                    row.value, row.valid_from.text(), row.valid_to.text(), row.document,
                    desk.order);
    }
    desk.announce("policy.parameter_set", receipt.parameter.number, desk.area);
    return receipt;
}

std::int64_t ParameterValue::number() const {
    std::int64_t out = 0;
    const char* end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, out);
    check(read.ec == std::errc() && read.ptr == end, "the parameter is a number");
    return out;
}

ParameterValue parameter_at(store::Tx& tx, std::string_view name, std::string_view programme,
                            Area area, Date day, OrderId as_known) {
    const auto definition = find_definition(name);
    check(definition.has_value(), "a parameter asked for is in the table");
    std::array<Area, 5> chain{};
    for (Area& each : chain) {
        each = area;
        area = area.parent();
    }
    const std::int64_t known =
        as_known ? as_known.number : std::numeric_limits<std::int64_t>::max();
    const auto row = tx.one<ParameterRow>(sql::parameter_at, name, programme, chain[0], chain[1],
                                          chain[2], chain[3], chain[4], day, known);
    if (!row) return {std::string((*definition)->standard), 0, Area(), {}};
    return {row->value, row->id, row->area, row->document};
}

std::vector<ParameterRow> parameters_page(store::Tx& tx, std::int64_t after, int limit) {
    return tx.all<ParameterRow>(sql::parameters_page, after, limit);
}

std::vector<Document> documents_page(store::Tx& tx, DocumentId after, int limit) {
    return tx.all<Document>(sql::documents_page, after, limit);
}

std::optional<Document> document(store::Tx& tx, DocumentId id) {
    return tx.one<Document>(sql::document, id);
}

std::optional<Document> document_by_number(store::Tx& tx, std::string_view number) {
    const auto parsed = parse_document_number(number);
    if (!parsed) return std::nullopt;
    return tx.one<Document>(sql::document_by_number, parsed->canonical);
}

std::vector<road::Invariant> invariants() {
    return {
        road::invariant("parameter_overlap", sql::parameter_overlap_broken, sql::parameter_count)};
}

}  // namespace fenming::policy

#pragma once
// Rules as data: documents, parameters and the catalogue. Orders, dossiers, decisions, refusals
// (E6; P3, P19, P21). Programmes and conflicts stand in programmes.h, what may be set in
// parameters.h.

#include <optional>
#include <string>
#include <vector>

#include "api/route.h"
#include "policy/document_number.h"
#include "policy/parameters.h"
#include "policy/programmes.h"
#include "road/invariant.h"
#include "road/road.h"

namespace fenming::policy {

/// The document is registered already, whatever brackets it was typed with.
inline constexpr RefusalKind kDocumentKnown{"policy.document_known", 409};
inline constexpr RefusalKind kNoSuchDocument{"policy.no_such_document", 422};
/// Received before it was issued, or its end lies before its beginning.
inline constexpr RefusalKind kDocumentDates{"policy.document_dates", 422};
inline constexpr RefusalKind kDocumentTitle{"policy.document_title", 422};
inline constexpr RefusalKind kNoSuchProgramme{"policy.no_such_programme", 422};
/// A parameter's document is not in force on the first day of the value.
inline constexpr RefusalKind kDocumentNotInForce{"policy.document_not_in_force", 422};
inline constexpr RefusalKind kParameterDates{"policy.parameter_dates", 422};
/// It says what holds already.
inline constexpr RefusalKind kParameterUnchanged{"policy.parameter_unchanged", 409};

enum class DocumentLevel { central, province, city, county, own };
constexpr std::array<std::string_view, 5> names_of(DocumentLevel) {
    return {"central", "province", "city", "county", "own"};
}

/// Registers a document 文件 that sets rules. `area` is whose register it goes into.
struct RegisterDocument {
    Area area;
    std::string number;
    std::string title;
    DocumentLevel level = DocumentLevel::own;
    std::string issuer;
    Date issued_on;
    std::optional<Date> received_on;
    std::optional<Date> valid_from;  ///< absent: the day it was issued
    std::optional<Date> valid_to;
    std::optional<DocumentId> replaces;
    std::optional<FileId> file;
    static constexpr road::OrderType type{"policy.register_document", "policy.write"};
    static constexpr auto fields = std::make_tuple(
        field("area", &RegisterDocument::area),
        field("number", &RegisterDocument::number, "as printed, e.g. 财社〔2022〕130号"),
        field("title", &RegisterDocument::title), field("level", &RegisterDocument::level),
        field("issuer", &RegisterDocument::issuer),
        field("issued_on", &RegisterDocument::issued_on),
        field("received_on", &RegisterDocument::received_on),
        field("valid_from", &RegisterDocument::valid_from, "absent: the day it was issued"),
        field("valid_to", &RegisterDocument::valid_to, "the day on which it holds no longer"),
        field("replaces_id", &RegisterDocument::replaces),
        field("file_id", &RegisterDocument::file, "the scan"));
};
struct DocumentDossier {
    bool is_known = false;       ///< its canonical number is registered
    bool replaces_known = true;  ///< the document it replaces exists
};
struct DocumentDecision {
    RegisterDocument order;
    DocumentNumber number;
};
struct DocumentReceipt {
    DocumentId document;
    std::int64_t doubtful = 0;  ///< 1: its number had to be guessed; compare with the paper
    static constexpr auto fields =
        std::make_tuple(field("document_id", &DocumentReceipt::document),
                        field("doubtful", &DocumentReceipt::doubtful,
                              "1: the number had to be guessed; compare with the paper"));
};
Result<Area> area_of(store::Tx& tx, const RegisterDocument& order);
Result<DocumentDossier> load(road::Desk& desk, const RegisterDocument& order);
Result<DocumentDecision> decide(const RegisterDocument& order, const DocumentDossier& dossier);
Result<DocumentReceipt> record(road::Desk& desk, const DocumentDecision& decision);

struct Document {
    DocumentId id;
    std::string number;
    std::string printed_number;
    std::string title;
    std::string level;
    std::string issuer;
    Date issued_on;
    Date received_on;
    Date valid_from;
    Date valid_to;
    DocumentId replaces;
    FileId file;
    static constexpr auto fields = std::make_tuple(
        field("id", &Document::id), field("number", &Document::number),
        field("printed_number", &Document::printed_number), field("title", &Document::title),
        field("level", &Document::level), field("issuer", &Document::issuer),
        field("issued_on", &Document::issued_on), field("received_on", &Document::received_on),
        field("valid_from", &Document::valid_from), field("valid_to", &Document::valid_to),
        field("replaces_id", &Document::replaces), field("file_id", &Document::file));
    [[nodiscard]] registry::Span span() const { return {valid_from, valid_to}; }
};

/// Sets a parameter for a place and a time, by a document. What was set for the same days is cut;
/// what was known stays readable (E6).
struct SetParameter {
    Area area;
    std::string name;
    std::optional<std::string> programme;
    std::string value;
    Date valid_from;
    std::optional<Date> valid_to;
    DocumentId document;
    static constexpr road::OrderType type{"policy.set_parameter", "policy.write"};
    static constexpr auto fields = std::make_tuple(
        field("area", &SetParameter::area, "binds every place below it"),
        field("name", &SetParameter::name),
        field("programme", &SetParameter::programme, "absent: all programmes"),
        field("value", &SetParameter::value), field("valid_from", &SetParameter::valid_from),
        field("valid_to", &SetParameter::valid_to, "the day on which it holds no longer"),
        field("document_id", &SetParameter::document));
};
struct ParameterRow {
    std::int64_t id = 0;
    std::string name;
    std::string programme;
    Area area;
    std::string value;
    Date valid_from;
    Date valid_to;
    DocumentId document;
    static constexpr auto fields = std::make_tuple(
        field("id", &ParameterRow::id), field("name", &ParameterRow::name),
        field("programme", &ParameterRow::programme), field("area", &ParameterRow::area),
        field("value", &ParameterRow::value), field("valid_from", &ParameterRow::valid_from),
        field("valid_to", &ParameterRow::valid_to), field("document_id", &ParameterRow::document));
    [[nodiscard]] registry::Span span() const { return {valid_from, valid_to}; }
};
struct ParameterDossier {
    bool area_known = false;
    bool programme_known = true;
    std::optional<Document> document;
    std::vector<ParameterRow> held;  ///< of the same name, programme and area
};
struct ParameterDecision {
    std::vector<std::int64_t> close;
    std::vector<ParameterRow> add;
};
using ParameterId = Id<struct ParameterTag>;
struct ParameterReceipt {
    ParameterId parameter;
    std::int64_t closed = 0;
    static constexpr auto fields = std::make_tuple(field("parameter", &ParameterReceipt::parameter),
                                                   field("closed", &ParameterReceipt::closed));
};
Result<Area> area_of(store::Tx& tx, const SetParameter& order);
Result<ParameterDossier> load(road::Desk& desk, const SetParameter& order);
Result<ParameterDecision> decide(const SetParameter& order, const ParameterDossier& dossier);
Result<ParameterReceipt> record(road::Desk& desk, const ParameterDecision& decision);

/// Writes what this release has built in to the store; given again, or by a later release, only
/// what differs. Programmes valid from the day given, or since ever.
struct InstallCatalogue {
    Area area;
    std::optional<Date> valid_from;
    static constexpr road::OrderType type{"policy.install_catalogue", "policy.write"};
    static constexpr auto fields =
        std::make_tuple(field("area", &InstallCatalogue::area, "the whole of this installation"),
                        field("valid_from", &InstallCatalogue::valid_from));
};
/// A row of a catalogue table as it is compared: by key, then content.
struct CatalogueRow {
    std::int64_t id = 0;
    std::string key;
    std::string content;
    static constexpr auto fields =
        std::make_tuple(field("id", &CatalogueRow::id), field("key", &CatalogueRow::key),
                        field("content", &CatalogueRow::content));
};
struct CatalogueDossier {
    std::vector<CatalogueRow> programmes, conflicts, subjects, items, bank_codes;
};
/// What to close, by id, and what to add, by the seed's place in its span.
struct CatalogueChange {
    std::vector<std::int64_t> close;
    std::vector<std::size_t> add;
};
struct CatalogueDecision {
    Date valid_from;
    CatalogueChange programmes, conflicts, subjects, items, bank_codes;
};
struct CatalogueReceipt {
    std::int64_t added = 0;
    std::int64_t closed = 0;
    static constexpr auto fields = std::make_tuple(field("added", &CatalogueReceipt::added),
                                                   field("closed", &CatalogueReceipt::closed));
};
Result<Area> area_of(store::Tx& tx, const InstallCatalogue& order);
Result<CatalogueDossier> load(road::Desk& desk, const InstallCatalogue& order);
Result<CatalogueDecision> decide(const InstallCatalogue& order, const CatalogueDossier& dossier);
Result<CatalogueReceipt> record(road::Desk& desk, const CatalogueDecision& decision);

// ---- reading ----

/// What holds on a day: the most specific row, else the standard of the definition.
struct ParameterValue {
    std::string value;
    std::int64_t id = 0;  ///< the row; 0: nobody has set it
    Area area;            ///< whose row
    DocumentId document;
    /// For number, fen, ratio and days.
    [[nodiscard]] std::int64_t number() const;
    [[nodiscard]] bool is_set() const { return !value.empty(); }
};
/// Rows for the programme come before rows for all programmes; among each, the smallest place that
/// holds `area` wins, up to the country. As known at an order (0 = now; E6). An unknown name is a
/// Bug: names in code are in the table.
ParameterValue parameter_at(store::Tx& tx, std::string_view name, std::string_view programme,
                            Area area, Date day, OrderId as_known = {});

std::vector<ParameterRow> parameters_page(store::Tx& tx, std::int64_t after, int limit);
std::vector<Document> documents_page(store::Tx& tx, DocumentId after, int limit);
std::optional<Document> document(store::Tx& tx, DocumentId id);
/// By any writing of its number.
std::optional<Document> document_by_number(store::Tx& tx, std::string_view number);

/// No two rows that are held for true set the same parameter for the same place and day.
std::vector<road::Invariant> invariants();
/// Everything the outside may ask of policy. The request's context is an access::Visit.
std::vector<api::Route> routes(road::Road& road);

}  // namespace fenming::policy

#pragma once
// What the orders of this folder read and write in common.

#include <string>
#include <string_view>
#include <vector>

#include "budget/posting.h"
#include "road/order.h"

namespace fenming::budget {

/// Asks for the pens of all areas at once, so that an order over ten counties starts again once.
void need_pens(const road::Desk& desk, const std::vector<Area>& areas);

std::vector<KnownDocument> known_documents(store::Tx& tx, const std::vector<std::string>& numbers);
std::vector<Area> known_areas(store::Tx& tx, std::vector<Area> areas, Date day);
std::vector<KnownProgramme> known_programmes(store::Tx& tx, Date day);
std::vector<FileId> known_files(store::Tx& tx, std::vector<FileId> files);
std::vector<KnownUnit> known_units(road::Desk& desk, std::vector<std::int64_t> units);
/// The last closed month of each area's county, and its pen.
std::map<Area, Month> closed_months(road::Desk& desk, const std::vector<Area>& areas);
/// The document, and all its items; as the desk's scope has them.
std::optional<DocumentRow> find_document(store::Tx& tx, const Scope& scope, DocumentId id);
std::vector<ItemRow> all_items(store::Tx& tx, const Scope& scope, DocumentId id);

/// Writes a new document and its items.
void add_document(road::Desk& desk, const DocumentRow& row, const std::vector<ItemRow>& items);
/// Writes what may change of a document.
void set_document(road::Desk& desk, const DocumentRow& row);
/// Posts what post_items made; answers the lines made.
std::vector<AllotmentId> post_filed(road::Desk& desk, const Filed& filed,
                                    const std::vector<ledger::Balance>& parents);
DocumentReceipt receipt_of(const DocumentRow& row, std::vector<AllotmentId> allotments);

}  // namespace fenming::budget

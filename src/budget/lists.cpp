// Lists of documents and openings.

#include "budget/lists.h"

#include "budget/opening_lists.h"
#include "budget/sql.h"

namespace fenming::budget {

std::vector<DocumentRow> document_page(store::Tx& tx, const Scope& scope,
                                       const DocumentFilter& filter, DocumentId before, int limit) {
    return tx.all<DocumentRow>(sql::document_page, filter.state ? stored(*filter.state) : "",
                               filter.year, before, limit, scope);
}

std::vector<ItemRow> item_page(store::Tx& tx, const Scope& scope, DocumentId document,
                               std::int64_t after, int limit) {
    return tx.all<ItemRow>(sql::items_of, document, after, limit, scope);
}

std::vector<MadeLine> lines_of(store::Tx& tx, const Scope& scope, DocumentId document) {
    return tx.all<MadeLine>(sql::allotments_of_document, document, scope);
}

std::optional<OpeningRow> find_opening(store::Tx& tx, const Scope& scope, OpeningId id) {
    return tx.one<OpeningRow>(sql::opening, id, scope);
}

std::vector<OpeningRow> opening_page(store::Tx& tx, const Scope& scope, OpeningId before,
                                     int limit) {
    return tx.all<OpeningRow>(sql::opening_page, before, limit, scope);
}

std::vector<OpeningLineRow> opening_lines(store::Tx& tx, const Scope& scope, OpeningId id,
                                          std::int64_t after, int limit) {
    return tx.all<OpeningLineRow>(sql::opening_lines, id, after, limit, scope);
}

}  // namespace fenming::budget

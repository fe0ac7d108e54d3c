#pragma once
// Looking at documents. Whoever an item goes to sees the document, and of its items his own.

#include "budget/budget.h"
#include "store/database.h"

namespace fenming::budget {

struct DocumentFilter {
    std::optional<DocumentState> state;
    int year = 0;  ///< 0: all
};
/// Newest first, those before `before` (none: from the newest).
std::vector<DocumentRow> document_page(store::Tx& tx, const Scope& scope,
                                       const DocumentFilter& filter, DocumentId before, int limit);
/// By ordinal, after `after`.
std::vector<ItemRow> item_page(store::Tx& tx, const Scope& scope, DocumentId document,
                               std::int64_t after, int limit);

/// A line that a document made.
struct MadeLine {
    AllotmentId allotment;
    std::int64_t item = 0;
    Area area;
    Money initial;
    static constexpr auto fields = std::make_tuple(
        field("allotment", &MadeLine::allotment), field("item", &MadeLine::item, "its ordinal"),
        field("area", &MadeLine::area), field("initial_fen", &MadeLine::initial));
};
std::vector<MadeLine> lines_of(store::Tx& tx, const Scope& scope, DocumentId document);

}  // namespace fenming::budget

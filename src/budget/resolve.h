#pragma once
// A pending document posted item by item: one person proposes it with the issuer's answer attached,
// another confirms it (P18). The other way is the issuer's correction (register.h).

#include "budget/register.h"

namespace fenming::budget {

struct ProposeItems {
    static constexpr road::OrderType type{"budget.propose_by_item", "budget.register"};
    DocumentId document;
    FileId answer;
    static constexpr auto fields =
        std::make_tuple(field("document", &ProposeItems::document, "a pending document"),
                        field("answer", &ProposeItems::answer, "the issuer's answer, as a file"));
};

struct ConfirmItems {
    static constexpr road::OrderType type{"budget.confirm_by_item", "budget.resolve"};
    DocumentId document;
    std::optional<Date> posting_date;
    static constexpr auto fields = std::make_tuple(
        field("document", &ConfirmItems::document, "proposed by another person"),
        field("posting_date", &ConfirmItems::posting_date, "in an open month; absent: today"));
};

/// The other person does not confirm: the proposal goes back, and the document is pending again.
struct SendBackItems {
    static constexpr road::OrderType type{"budget.send_back_items", "budget.resolve"};
    DocumentId document;
    std::string reason;
    static constexpr auto fields =
        std::make_tuple(field("document", &SendBackItems::document),
                        field("reason", &SendBackItems::reason, "kept with the case, encrypted"));
};

struct PendingFacts {
    DocumentRow row;
    workflow::CaseFile work_case;
    std::vector<ItemRow> items;  ///< only to confirm
    std::vector<ledger::Balance> lines;
    std::map<Area, Month> closed;
    bool answer_known = false;  ///< only to propose
    Date today;
    StaffId staff;
};

struct ItemsRuling {
    Filed filed;
    std::vector<ledger::Balance> parents;
    CaseMove move;
};

Result<Area> area_of(store::Tx& tx, const ProposeItems& order);
Result<Area> area_of(store::Tx& tx, const ConfirmItems& order);
Result<Area> area_of(store::Tx& tx, const SendBackItems& order);
Result<PendingFacts> load(road::Desk& desk, const ProposeItems& order);
Result<PendingFacts> load(road::Desk& desk, const ConfirmItems& order);
Result<PendingFacts> load(road::Desk& desk, const SendBackItems& order);
Result<ItemsRuling> decide(const ProposeItems& order, const PendingFacts& facts);
Result<ItemsRuling> decide(const ConfirmItems& order, const PendingFacts& facts);
Result<ItemsRuling> decide(const SendBackItems& order, const PendingFacts& facts);
/// Writes the new state, and what confirming posts.
Result<DocumentReceipt> record(road::Desk& desk, const ItemsRuling& ruling);

}  // namespace fenming::budget

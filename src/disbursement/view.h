#pragma once
// Batches as screens and the command line show them.

#include <string>
#include <vector>

#include "disbursement/batch.h"
#include "disbursement/desk.h"
#include "ledger/ledger.h"
#include "road/road.h"

namespace fenming::disbursement {

struct FundingView {
    AllotmentId allotment;
    Money from;
    Money fen;
    ledger::HoldId hold;
    std::int64_t run = 0;
    static constexpr auto fields = std::make_tuple(
        field("allotment", &FundingView::allotment), field("from_fen", &FundingView::from),
        field("amount_fen", &FundingView::fen), field("hold", &FundingView::hold),
        field("run", &FundingView::run));
};
struct StateSum {
    std::string state;
    std::int64_t lines = 0;
    Money fen;
    static constexpr auto fields =
        std::make_tuple(field("state", &StateSum::state), field("lines", &StateSum::lines),
                        field("total_fen", &StateSum::fen));
};
/// Who moved the batch, and when: from the trail of its orders.
struct HistoryView {
    std::string order;  ///< the order's type
    StaffId by;
    Instant at;
    std::string name;
    static constexpr auto fields =
        std::make_tuple(field("order", &HistoryView::order), field("by", &HistoryView::by),
                        field("at", &HistoryView::at), field("name", &HistoryView::name));
};
struct FindingView {
    FindingId id;
    LineId line;
    std::string code;
    std::string severity;
    MetId other;
    Money left;
    Money asked;
    bool overridden = false;
    std::string line_state;
    std::int64_t ordinal = 0;
    static constexpr auto fields = std::make_tuple(
        field("id", &FindingView::id), field("line", &FindingView::line),
        field("code", &FindingView::code), field("severity", &FindingView::severity),
        field("other", &FindingView::other), field("left_fen", &FindingView::left),
        field("asked_fen", &FindingView::asked), field("overridden", &FindingView::overridden),
        field("line_state", &FindingView::line_state), field("ordinal", &FindingView::ordinal));
};
struct LineView {
    LineId id;
    std::int64_t ordinal = 0;
    PersonId person;
    PayeeAccountId account;
    Money fen;
    std::string reference;
    std::string state;
    LineId corrects;
    std::string sent_as;    ///< its reference in the bank's file; "" before that
    std::string bank_code;  ///< what the bank answered last; "" before that
    static constexpr auto fields = std::make_tuple(
        field("id", &LineView::id), field("ordinal", &LineView::ordinal),
        field("person", &LineView::person), field("account", &LineView::account),
        field("amount_fen", &LineView::fen), field("reference", &LineView::reference),
        field("state", &LineView::state), field("corrects", &LineView::corrects),
        field("sent_as", &LineView::sent_as, "its reference in the bank's file; empty before"),
        field("bank_code", &LineView::bank_code, "the bank's last answer; empty before"));
};
struct ExceptionView {
    ExceptionId id;
    BatchId batch;
    LineId line;
    std::int64_t row = 0;
    std::string kind;
    Money expected;
    Money answered;
    std::string code;
    std::string state;
    StaffId owner;
    Instant opened;
    static constexpr auto fields = std::make_tuple(
        field("id", &ExceptionView::id), field("batch", &ExceptionView::batch),
        field("line", &ExceptionView::line), field("row", &ExceptionView::row),
        field("kind", &ExceptionView::kind), field("expected_fen", &ExceptionView::expected),
        field("answered_fen", &ExceptionView::answered), field("code", &ExceptionView::code),
        field("state", &ExceptionView::state), field("owner", &ExceptionView::owner),
        field("opened", &ExceptionView::opened));
};
struct SetAsideView {
    SetAsideId id;
    LineId line;
    BatchId batch;
    std::string code;
    StaffId owner;
    Date due;
    std::string state;
    static constexpr auto fields =
        std::make_tuple(field("id", &SetAsideView::id), field("line", &SetAsideView::line),
                        field("batch", &SetAsideView::batch), field("code", &SetAsideView::code),
                        field("owner", &SetAsideView::owner), field("due", &SetAsideView::due),
                        field("state", &SetAsideView::state));
};
struct BatchView {
    Batch batch;
    std::vector<FundingView> funding;
    std::vector<StateSum> states;
    std::vector<HistoryView> history;
    std::vector<std::string> legal;  ///< what may be done next
};

/// What decides about the next steps, beside the state.
struct NextFacts {
    OpenFindings findings;
    std::int64_t payable = 0;     ///< lines still to go
    std::int64_t bounced = 0;     ///< lines that failed or came back
    std::int64_t aside = 0;       ///< lines set aside
    std::int64_t open_lines = 0;  ///< without an end
    std::int64_t open_exceptions = 0;
    bool is_answered = false;  ///< an answer was taken in
};
/// What may be done with a batch, as verbs of the command line: what would pass, not what its state
/// alone allows. Whether the caller may is asked when he does it.
std::vector<std::string> legal_actions(const Batch& batch, const NextFacts& facts);

Result<BatchView> view(road::Road& road, const road::Caller& caller, BatchId batch);
Result<std::vector<Batch>> batches(road::Road& road, const road::Caller& caller, Area area,
                                   std::string_view programme, std::string_view state,
                                   BatchId before, int limit);
Result<std::vector<LineView>> lines(road::Road& road, const road::Caller& caller, BatchId batch,
                                    std::int64_t after_ordinal, std::string_view state, int limit);
/// Of the newest check run.
Result<std::vector<FindingView>> findings(road::Road& road, const road::Caller& caller,
                                          BatchId batch, FindingId after, int limit);
/// `batch` 0: of the whole area.
Result<std::vector<ExceptionView>> exceptions(road::Road& road, const road::Caller& caller,
                                              BatchId batch, ExceptionId after, int limit);
Result<std::vector<SetAsideView>> set_asides(road::Road& road, const road::Caller& caller,
                                             BatchId batch, SetAsideId after, int limit);
/// The batch as `batch show` prints it (E30).
api::Value to_json(const BatchView& view);

}  // namespace fenming::disbursement

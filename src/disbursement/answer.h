#pragma once
// The bank's answer: every row is matched on reference, account, name and amount, and becomes one
// of ten outcomes (E24, R3.33–R3.35, S6, torture D). Rows that fit nothing become visible
// exceptions; the rest goes on.

#include <functional>
#include <optional>

#include "disbursement/batch.h"
#include "disbursement/desk.h"
#include "ledger/books.h"
#include "road/order.h"
#include "road/road.h"

namespace fenming::disbursement {

inline constexpr RefusalKind kAnswerOfNoBatch{"disbursement.answer_of_no_batch", 422};
/// The share of failed lines is above bank.failure_hold_bp: they wait in review, with money and
/// claims held, until another person brings the same answer with accept_failures (S6, torture C10).
inline constexpr RefusalKind kFailuresHeld{"disbursement.failures_held", 409};
/// Failures are accepted of an answer that somebody else brought before.
inline constexpr RefusalKind kNotBrought{"disbursement.not_brought", 409};
/// The closing line counts other payments as paid than the rows do.
inline constexpr RefusalKind kPaidDiffers{"disbursement.paid_differs", 422};
inline constexpr RefusalKind kNothingSent{"disbursement.nothing_sent", 409};
inline constexpr RefusalKind kExceptionNotFound{"disbursement.exception_not_found", 404};
inline constexpr RefusalKind kExceptionSettled{"disbursement.exception_settled", 409};

/// The final keys of E24. unreported: sent, and not in this or an earlier answer.
enum class Outcome {
    paid,
    failed,
    pending,
    review,
    unreported,
    unmatched,
    duplicate,
    mismatch,
    returned_late,
    name_mismatch
};
constexpr std::array<std::string_view, 10> names_of(Outcome) {
    return {"paid",      "failed",    "pending",  "review",        "unreported",
            "unmatched", "duplicate", "mismatch", "returned_late", "name_mismatch"};
}

/// A row of an answer, without what it says of persons: indexes only.
struct AnswerRow {
    std::int64_t row = 0;
    std::string reference;
    Bytes account_index;  ///< empty: the layout does not repeat the account
    Bytes holder_index;
    Money fen;
    std::string code;
    static constexpr auto fields =
        std::make_tuple(field("row", &AnswerRow::row), field("reference", &AnswerRow::reference),
                        field("account_index", &AnswerRow::account_index),
                        field("holder_index", &AnswerRow::holder_index),
                        field("amount_fen", &AnswerRow::fen), field("code", &AnswerRow::code));
};
struct PostAnswer {
    BatchId batch;
    std::string layout;
    Date day;      ///< the bank's day, kept as it is (torture D8); of an earlier year, money is
                   ///< posted on it, as long as its month is open (P5)
    Bytes digest;  ///< keyed digest of the file: the same file again changes nothing
    std::vector<AnswerRow> rows;
    bool accept_failures = false;  ///< by a second person, of an answer that was held
    static constexpr road::OrderType type{"disbursement.post_answer", "disbursement.answer", false,
                                          true};
    static constexpr auto fields =
        std::make_tuple(field("batch", &PostAnswer::batch), field("layout", &PostAnswer::layout),
                        field("day", &PostAnswer::day), field("digest", &PostAnswer::digest),
                        field("rows", &PostAnswer::rows),
                        field("accept_failures", &PostAnswer::accept_failures,
                              "by a second person, of an answer whose failures are held"));
};
/// A line that was sent, as the database knows it.
struct SentLine {
    std::string reference;
    LineId id;
    Money fen;
    Money from;
    std::string state;
    Area area;
    Bytes account_index;
    Bytes holder_index;
    static constexpr auto fields =
        std::make_tuple(field("reference", &SentLine::reference), field("id", &SentLine::id),
                        field("fen", &SentLine::fen), field("from_fen", &SentLine::from),
                        field("state", &SentLine::state), field("area", &SentLine::area),
                        field("account_index", &SentLine::account_index),
                        field("holder_index", &SentLine::holder_index));
};
struct CodeMeaning {
    std::string code;
    std::string outcome;  ///< paid, failed, pending, review
    static constexpr auto fields =
        std::make_tuple(field("code", &CodeMeaning::code), field("outcome", &CodeMeaning::outcome));
};
struct AnswerFacts {
    Batch batch;
    bool answered_before = false;  ///< this very file; accepting it is told apart from bringing it
    StaffId brought_by;            ///< who brought this file; 0: nobody
    std::int64_t hold_bp = 0;      ///< the share of failed lines, of 10000, above which they wait
    /// Of an answer that is accepted: lines that a later one reported paid, after this was brought.
    std::vector<LineId> paid_since;
    std::vector<SentLine> lines;
    std::vector<CodeMeaning> codes;
    std::vector<Draw> plan;
    std::vector<ledger::HoldId> plan_holds;  ///< beside `plan`
    std::vector<ledger::Balance> balances;
    std::vector<ledger::Hold> holds;
    std::vector<workflow::Act> acts;  ///< who did what before: he does not confirm the answer (S7)
    StaffId asking;
    Date today;
};
struct LineOutcome {
    LineId line;
    Outcome outcome = Outcome::paid;
    std::string code;
};
struct NewException {
    std::int64_t row = 0;
    LineId line;
    Area area;
    std::string kind;
    Money expected;
    Money answered;
    std::string code;
};
struct OutcomeCount {
    std::int64_t count = 0;
    Money fen;
};
struct AnswerPosted {
    Batch batch;
    PostAnswer order;
    bool answered_before = false;
    State to = State::sent;
    std::int64_t held = 0;     ///< lines of this answer that failed and wait
    std::int64_t held_of = 0;  ///< lines sent
    std::int64_t hold_bp = 0;
    std::vector<LineOutcome> outcomes;  ///< state changes only
    std::vector<NewException> exceptions;
    std::vector<ledger::Entry> entries;
    std::array<OutcomeCount, 10> counts{};
};
struct AnswerReceipt {
    std::optional<AnswerId> answer;  ///< none: the file came before and changed nothing
    BatchId batch;
    std::string state;
    std::vector<std::int64_t> counts;  ///< in the order of Outcome
    std::vector<Money> fen;
    std::optional<std::int64_t> held;  ///< failed lines that wait for a second person; none: none
    std::optional<std::int64_t> held_of;
    std::optional<std::int64_t> hold_bp;
    static constexpr auto fields = std::make_tuple(
        field("answer", &AnswerReceipt::answer), field("batch", &AnswerReceipt::batch),
        field("state", &AnswerReceipt::state), field("counts", &AnswerReceipt::counts),
        field("sums_fen", &AnswerReceipt::fen),
        field("held", &AnswerReceipt::held, "failed lines that wait for a second person"),
        field("held_of", &AnswerReceipt::held_of, "lines sent"),
        field("hold_bp", &AnswerReceipt::hold_bp, "bank.failure_hold_bp"));
};
Result<Area> area_of(store::Tx& tx, const PostAnswer& order);
Result<AnswerFacts> load(road::Desk& desk, const PostAnswer& order);
Result<AnswerPosted> decide(const PostAnswer& order, const AnswerFacts& facts);
Result<AnswerReceipt> record(road::Desk& desk, const AnswerPosted& decision);

/// An exception is settled by hand: what it was, as a word.
enum class Settlement { explained, bank_corrects, recovered, taken_over };
constexpr std::array<std::string_view, 4> names_of(Settlement) {
    return {"explained", "bank_corrects", "recovered", "taken_over"};
}
struct SettleException {
    ExceptionId exception;
    Settlement as = Settlement::explained;
    static constexpr road::OrderType type{"disbursement.settle_exception", "disbursement.answer"};
    static constexpr auto fields = std::make_tuple(field("exception", &SettleException::exception),
                                                   field("as", &SettleException::as));
};
struct ExceptionFacts {
    ExceptionId id;
    BatchId batch;
    std::string state;
    static constexpr auto fields =
        std::make_tuple(field("id", &ExceptionFacts::id), field("batch", &ExceptionFacts::batch),
                        field("state", &ExceptionFacts::state));
};
struct ExceptionSettled {
    ExceptionId id;
    BatchId batch;
    std::string as;
    static constexpr auto fields = std::make_tuple(field("exception", &ExceptionSettled::id),
                                                   field("batch", &ExceptionSettled::batch),
                                                   field("as", &ExceptionSettled::as));
};
Result<Area> area_of(store::Tx& tx, const SettleException& order);
Result<ExceptionFacts> load(road::Desk& desk, const SettleException& order);
Result<ExceptionSettled> decide(const SettleException& order, const ExceptionFacts& facts);
Result<ExceptionSettled> record(road::Desk& desk, const ExceptionSettled& decision);

struct AnswerOptions {
    std::string layout = "pipe";
    BatchId batch;  ///< 0: found by the references in the file
    Date day;       ///< none: today
    bool accept_failures = false;
};
struct AnswerReport {
    AnswerReceipt receipt;
    /// Rows that could not be read, and kFailuresHeld; the others were posted.
    std::vector<Refusal> errors;
    std::int64_t rows = 0;
};
/// Reads an answer, finds its batch, and posts it.
Result<AnswerReport> import_answer(road::Road& road, const road::Caller& caller,
                                   std::string_view bytes, const AnswerOptions& options);

}  // namespace fenming::disbursement

#pragma once
// After an old database was put back (S5): finance loads what the bank did since, and two persons
// end the recovery. A payment that a statement names, made or failed, is in no bank file again; its
// line waits for the bank's answer instead, which books it.

#include "base/secret.h"
#include "disbursement/answer.h"
#include "road/order.h"
#include "road/recovery.h"
#include "road/road.h"

namespace fenming::disbursement {

inline constexpr RefusalKind kNotRecovering{"disbursement.not_recovering", 409};
inline constexpr RefusalKind kLoadedBefore{"disbursement.loaded_before", 409};
/// A statement tells nothing of days to come.
inline constexpr RefusalKind kDayNotYet{"disbursement.day_not_yet", 422};
inline constexpr RefusalKind kStatementsMissing{"disbursement.statements_missing", 409};

/// A payment of a statement. Of the layout's codes, only those that are final count.
struct StatementRow {
    std::string reference;
    Money fen;
    std::string code;
    static constexpr auto fields = std::make_tuple(field("reference", &StatementRow::reference),
                                                   field("amount_fen", &StatementRow::fen),
                                                   field("code", &StatementRow::code));
};
struct LoadStatement {
    Area area;
    std::string layout;
    Date through;  ///< everything that the bank paid up to this day is in this or an earlier one
    Bytes digest;  ///< keyed digest of the file
    std::vector<StatementRow> rows;
    static constexpr road::OrderType type{"disbursement.load_statement", "disbursement.answer",
                                          false, false, true};
    static constexpr auto fields = std::make_tuple(
        field("area", &LoadStatement::area), field("layout", &LoadStatement::layout),
        field("through", &LoadStatement::through), field("digest", &LoadStatement::digest),
        field("rows", &LoadStatement::rows));
};
struct StatementFacts {
    std::optional<road::Recovery> recovery;
    bool loaded_before = false;
    std::vector<CodeMeaning> codes;
    Date today;
};
/// What became of a payment.
struct KnownPayment {
    std::string reference;
    std::string outcome;  ///< paid, failed
    Money fen;
};
struct StatementLoaded {
    LoadStatement order;
    std::vector<KnownPayment> known;
    std::int64_t paid = 0;
    Money paid_fen;
    Instant anchored;
};
/// Names the anchor that the old database is measured by.
struct StatementReceipt {
    std::int64_t rows = 0;
    std::int64_t paid = 0;
    std::int64_t failed = 0;
    Money paid_fen;
    Date through;
    Instant anchored;
    static constexpr auto fields = std::make_tuple(
        field("rows", &StatementReceipt::rows), field("paid", &StatementReceipt::paid),
        field("failed", &StatementReceipt::failed), field("paid_fen", &StatementReceipt::paid_fen),
        field("through", &StatementReceipt::through),
        field("anchored_ms", &StatementReceipt::anchored, "the newest checkpoint outside"));
};
Result<Area> area_of(store::Tx& tx, const LoadStatement& order);
Result<StatementFacts> load(road::Desk& desk, const LoadStatement& order);
Result<StatementLoaded> decide(const LoadStatement& order, const StatementFacts& facts);
Result<StatementReceipt> record(road::Desk& desk, const StatementLoaded& decision);

/// Given twice, by two persons: the first proposes the end, the second closes. Refused until the
/// statements reach the day of the anchor.
struct CloseRecovery {
    Area area;
    std::string number;  ///< of the report on the loss, 1 to 40 characters
    static constexpr road::OrderType type{"disbursement.close_recovery",
                                          "disbursement.reissue.confirm", true, true, true};
    static constexpr auto fields = std::make_tuple(
        field("area", &CloseRecovery::area),
        field("number", &CloseRecovery::number, "of the report on the loss, 1 to 40 characters"));
};
struct RecoveryFacts {
    std::optional<road::Recovery> recovery;
    std::optional<Date> loaded_through;
    std::optional<StaffId> proposed_by;
    std::string number;
    StaffId asking;
};
struct RecoveryAct {
    CloseRecovery order;
    road::Recovery recovery;
    bool ends = false;
};
struct RecoveryReceipt {
    std::string state;  ///< proposed, closed
    Instant anchored;
    Instant had;
    static constexpr auto fields = std::make_tuple(
        field("state", &RecoveryReceipt::state),
        field("anchored_ms", &RecoveryReceipt::anchored, "the newest checkpoint outside"),
        field("had_ms", &RecoveryReceipt::had, "the newest checkpoint of the old database"));
};
Result<Area> area_of(store::Tx& tx, const CloseRecovery& order);
Result<RecoveryFacts> load(road::Desk& desk, const CloseRecovery& order);
Result<RecoveryAct> decide(const CloseRecovery& order, const RecoveryFacts& facts);
Result<RecoveryReceipt> record(road::Desk& desk, const RecoveryAct& decision);

/// Reads a statement in a bank's layout and loads it; a file with a faulty row is refused whole.
Result<StatementReceipt> load_statement(road::Road& road, const road::Caller& caller, Area area,
                                        std::string_view bytes, const std::string& layout,
                                        Date through);

/// Where the recovery stands; nullopt when there is none.
struct RecoveryStanding {
    road::Recovery recovery;
    std::optional<Date> loaded_through;
    std::optional<StaffId> proposed_by;
};
std::optional<RecoveryStanding> recovery_standing(store::Tx& tx);

/// References of all payments that statements named, in any recovery.
std::vector<std::string> payments_by_statement(store::Tx& tx);

}  // namespace fenming::disbursement

#pragma once
// A roster becomes a draft batch. The file was read and its persons found before (roster.h); the
// order holds row ids and amounts only.

#include "disbursement/batch.h"
#include "road/order.h"

namespace fenming::disbursement {

/// One line of a roster. An amount is above zero; `reference` (明细编号) is up to 40 letters,
/// digits,
/// - or _, and never an ID number or account (S3).
struct RosterLine {
    PersonId person;
    PayeeAccountId account;
    Area area;  ///< where the person lives; outside the batch's area it counts as the batch's
    Money fen;
    std::string reference;
    static constexpr auto fields = std::make_tuple(
        field("person", &RosterLine::person), field("account", &RosterLine::account),
        field("area", &RosterLine::area), field("amount_fen", &RosterLine::fen),
        field("reference", &RosterLine::reference));
};

struct ImportBatch {
    Area area;
    std::string programme;
    Period period;
    Kind kind = Kind::regular;
    std::string cause;  ///< the decision that gives the money; "" only for regular payments (P10)
    std::vector<RosterLine> lines;  ///< 1 to 100,000
    Bytes digest;                   ///< keyed digest of the file: the same file twice is told
    static constexpr road::OrderType type{"disbursement.import_batch", "disbursement.import"};
    static constexpr auto fields = std::make_tuple(
        field("area", &ImportBatch::area), field("programme", &ImportBatch::programme),
        field("period", &ImportBatch::period), field("kind", &ImportBatch::kind),
        field("cause", &ImportBatch::cause), field("lines", &ImportBatch::lines),
        field("digest", &ImportBatch::digest));
};
struct RosterFacts {
    bool programme_known = false;
    bool on_the_list = false;  ///< its card item is in force for the period (P21)
    BatchId imported_before;
    Mode mode = Mode::treasury;
};
struct NewBatch {
    ImportBatch order;
    Mode mode = Mode::treasury;
    Money total;
};
Result<Area> area_of(store::Tx& tx, const ImportBatch& order);
Result<RosterFacts> load(road::Desk& desk, const ImportBatch& order);
Result<NewBatch> decide(const ImportBatch& order, const RosterFacts& facts);
Result<BatchReceipt> record(road::Desk& desk, const NewBatch& decision);

/// What a reference may look like.
Result<Done> may_reference(const std::string& reference);

}  // namespace fenming::disbursement

#pragma once
// Ending a line for good: the person has died, or is owed nothing any more. Without it a batch with
// a line that will never be paid could not be closed but by paying it (R3.23).

#include <vector>

#include "base/secret.h"
#include "disbursement/correction.h"
#include "road/order.h"

namespace fenming::disbursement {

inline constexpr RefusalKind kNotWaiting{"disbursement.not_waiting", 409};

enum class DropFor { died, not_entitled, paid_elsewhere, given_up, other };
constexpr std::array<std::string_view, 5> names_of(DropFor) {
    return {"died", "not_entitled", "paid_elsewhere", "given_up", "other"};
}

/// The most lines of one order; each is named, none is dropped by the way.
inline constexpr std::size_t kMostDropped = 1'000;

/// A second person ends lines that were set aside, failed or came back, and that no other batch has
/// taken up. What is not clear, sent or paid is no such line. Their money is free already; what
/// failed keeps its person's claim to the period, for whoever is to be paid nothing is paid by
/// nobody else. Only paid_elsewhere frees it, and asks for the confirmation of a re-issue (S6).
struct DropLines {
    BatchId batch;
    std::vector<LineId> lines;
    DropFor why = DropFor::other;
    Secret<std::string> reason;  ///< free text: may name people, is kept in an erasable cell
    static constexpr road::OrderType type{"disbursement.drop_lines", "disbursement.override"};
    static constexpr auto fields = std::make_tuple(
        field("batch", &DropLines::batch), field("lines", &DropLines::lines, "1 to 1000 of them"),
        field("why", &DropLines::why), field("reason", &DropLines::reason, "1 to 500 characters"));
};
struct LinesToDrop {
    Batch batch;
    std::vector<LineToCorrect> waiting;  ///< what a correction would take up, too
    std::vector<Confirmation> confirmations;
    StaffId maker;
    StaffId asking;
    Date today;
};
struct LinesDropped {
    DropLines order;
    Batch batch;
    Date today;
};
Result<Area> area_of(store::Tx& tx, const DropLines& order);
Result<LinesToDrop> load(road::Desk& desk, const DropLines& order);
Result<LinesDropped> decide(const DropLines& order, const LinesToDrop& dossier);
Result<BatchReceipt> record(road::Desk& desk, const LinesDropped& decision);

}  // namespace fenming::disbursement

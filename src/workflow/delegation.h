#pragma once
// A/B 角 (P13): somebody stands in for another on certain days. A delegation gives no right that
// the deputy does not have himself: the road asks for his own grant, and duties count for both.

#include <array>
#include <vector>

#include "base/fields.h"
#include "road/order.h"
#include "workflow/workflow.h"

namespace fenming::workflow {

enum class Absence { leave, travel, training, vacancy, other };
constexpr std::array<std::string_view, 5> names_of(Absence) {
    return {"leave", "travel", "training", "vacancy", "other"};
}

/// By the holder himself or his superior: by whoever has workflow.delegate there.
struct Delegate {
    static constexpr road::OrderType type{"workflow.delegate", "workflow.delegate"};
    Area area;
    StaffId from_staff;
    StaffId to_staff;
    Date from_day;
    Date to_day;
    Absence reason = Absence::leave;
    static constexpr auto fields = std::make_tuple(
        field("area", &Delegate::area, "where the absent one works"),
        field("from_staff", &Delegate::from_staff, "who is away"),
        field("to_staff", &Delegate::to_staff, "who stands in"),
        field("from_day", &Delegate::from_day), field("to_day", &Delegate::to_day, "counted too"),
        field("reason", &Delegate::reason));
};
struct DelegateFacts {
    bool overlaps = false;
    Date today;
};
struct DelegationMade {
    DelegationId delegation;
    static constexpr auto fields =
        std::make_tuple(field("delegation", &DelegationMade::delegation));
};
Result<Area> area_of(store::Tx& tx, const Delegate& order);
Result<DelegateFacts> load(road::Desk& desk, const Delegate& order);
Result<Delegate> decide(const Delegate& order, const DelegateFacts& facts);
Result<DelegationMade> record(road::Desk& desk, const Delegate& decision);

struct EndDelegation {
    static constexpr road::OrderType type{"workflow.end_delegation", "workflow.delegate"};
    DelegationId delegation;
    static constexpr auto fields = std::make_tuple(field("delegation", &EndDelegation::delegation));
};
struct DelegationFacts {
    bool has_ended = false;
};
struct DelegationEnding {
    DelegationId delegation;
};
Result<Area> area_of(store::Tx& tx, const EndDelegation& order);
Result<DelegationFacts> load(road::Desk& desk, const EndDelegation& order);
Result<DelegationEnding> decide(const EndDelegation& order, const DelegationFacts& facts);
Result<DelegationMade> record(road::Desk& desk, const DelegationEnding& decision);

/// A delegation as people read it.
struct DelegationView {
    DelegationId id;
    Area area;
    StaffId from_staff;
    StaffId to_staff;
    Date from_day;
    Date to_day;
    std::string reason;
    Instant ended;
    static constexpr auto fields = std::make_tuple(
        field("id", &DelegationView::id), field("area", &DelegationView::area),
        field("from_staff", &DelegationView::from_staff),
        field("to_staff", &DelegationView::to_staff), field("from_day", &DelegationView::from_day),
        field("to_day", &DelegationView::to_day), field("reason", &DelegationView::reason),
        field("ended", &DelegationView::ended, "the epoch: not ended early"));
};
/// In force or still to come on `today`; by id, after `after`.
std::vector<DelegationView> delegations(store::Tx& tx, const Scope& scope, Date today,
                                        DelegationId after, int limit);

}  // namespace fenming::workflow

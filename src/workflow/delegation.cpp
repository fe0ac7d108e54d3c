// Deputies: the two orders, and the list.

#include "workflow/delegation.h"

#include "base/check.h"
#include "base/names.h"
#include "workflow/rules.h"
#include "workflow/sql.h"

namespace fenming::workflow {
namespace {

struct Place {
    Area area;
    Instant ended;
    static constexpr auto fields =
        std::make_tuple(field("area", &Place::area), field("ended_ms", &Place::ended));
};

}  // namespace

Result<Area> area_of(store::Tx&, const Delegate& order) {
    return order.area;
}

Result<DelegateFacts> load(road::Desk& desk, const Delegate& order) {
    const auto others = desk.tx.value<std::int64_t>(sql::overlapping, order.from_staff,
                                                    order.from_day, order.to_day);
    return DelegateFacts{others.value_or(0) > 0, desk.today};
}

Result<Delegate> decide(const Delegate& order, const DelegateFacts& facts) {
    TRY(may_delegate({order.from_staff, order.to_staff, order.from_day, order.to_day},
                     facts.overlaps, facts.today));
    return order;
}

Result<DelegationMade> record(road::Desk& desk, const Delegate& decision) {
    const auto id = desk.mint<DelegationId>();
    desk.tx.run(sql::add_delegation, id, decision.area, decision.from_staff, decision.to_staff,
                decision.from_day, decision.to_day, name_of(decision.reason), 0, desk.order);
    desk.announce("workflow.delegated", id.number, decision.area);
    return DelegationMade{id};
}

Result<Area> area_of(store::Tx& tx, const EndDelegation& order) {
    const auto place = tx.one<Place>(sql::delegation_place, order.delegation);
    if (!place) return refuse(kNoDelegation);
    return place->area;
}

Result<DelegationFacts> load(road::Desk& desk, const EndDelegation& order) {
    const auto place = desk.tx.one<Place>(sql::delegation_place, order.delegation);
    return DelegationFacts{place->ended.ms != 0};
}

Result<DelegationEnding> decide(const EndDelegation& order, const DelegationFacts& facts) {
    if (facts.has_ended)
        return refuse(refusal(kDelegationEnded).with("delegation", order.delegation.number));
    return DelegationEnding{order.delegation};
}

Result<DelegationMade> record(road::Desk& desk, const DelegationEnding& decision) {
    const auto ended = desk.tx.run(sql::end_delegation, decision.delegation, desk.at, desk.order);
    check(ended == 1, "a delegation ends once");
    return DelegationMade{decision.delegation};
}

std::vector<DelegationView> delegations(store::Tx& tx, const Scope& scope, Date today,
                                        DelegationId after, int limit) {
    return tx.all<DelegationView>(sql::delegations, today, after, limit, scope);
}

}  // namespace fenming::workflow

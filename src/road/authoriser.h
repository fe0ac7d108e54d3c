#pragma once
// Who may: asked by the road before anything is read, answered by access (E3).

#include "base/scope.h"
#include "road/order.h"

namespace fenming::road {

class Authoriser : protected ScopeMaker {
public:
    virtual ~Authoriser() = default;
    /// May the caller give an order of this type in this area? The scope is the granted area that
    /// contains it. `order` is the digest of what is ordered, to which a second factor is bound
    /// (S18). Refuses with access.* kinds; denies by default.
    virtual Result<Scope> may_order(store::Tx& tx, const crypto::KeyStore& keys,
                                    const Caller& caller, const OrderType& type,
                                    const crypto::Digest& order, Area area, Instant now) const = 0;
    /// May the caller read with this permission? The scope is the granted area that contains
    /// `area`; with Area{0}, the widest one granted.
    virtual Result<Scope> may_read(store::Tx& tx, const crypto::KeyStore& keys,
                                   const Caller& caller, std::string_view permission, Area area,
                                   Instant now) const = 0;
};

}  // namespace fenming::road

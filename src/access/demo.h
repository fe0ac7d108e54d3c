#pragma once
// The mark and the fixed users of a demo database (E4), and `--as USER`, which exists only there
// (S1).

#include <string>
#include <vector>

#include "access/sign_in.h"

namespace fenming::access {

inline constexpr RefusalKind kAsOnlyInDemo{"access.as_only_in_demo", 403};
inline constexpr RefusalKind kNoSuchUser{"access.no_such_user", 422};

/// The caller that `--as LOGIN` makes, as if he had just given a second factor. Refused with
/// kAsOnlyInDemo on a database that is not marked demo, whatever the name.
Result<road::Caller> caller_as(store::Tx& tx, const crypto::KeyStore& keys, std::string_view login,
                               std::string_view host_user, Instant now);

/// A county of the demo, by whose code its own users are named: `county.430408`, `town.430408` …
struct DemoCounty {
    Area area;
    std::string name_zh;
    std::string name_en;
};
/// The mark of a demo that was not made with the keys of the database: whoever can write rows would
/// else open every desk with --as.
inline constexpr RefusalKind kDemoMarkForged{"access.demo_mark_forged", 403};

/// Marks a database that is being made as demo. The mark bears a MAC over the generation, so that
/// neither a row nor the mark of another database makes a demo of a bureau's.
void mark_demo(store::Tx& tx, const crypto::KeyStore& keys);
/// True for a marked one, false for one without a mark; refuses with kDemoMarkForged.
Result<bool> demo_mark(store::Tx& tx, const crypto::KeyStore& keys);

inline constexpr std::string_view kDemoPassword = "demo";

/// Makes town, county, review, approve, finance, release, audit, leader, section and the three
/// administrators, each with the root area, and for each county town.CODE, county.CODE,
/// review.CODE, approve.CODE and finance.CODE with that county; all by the orders of this folder.
/// Refuses where the database is not marked demo, or has accounts.
Result<Done> install_demo_users(road::Road& road, Area root, std::string root_name_zh,
                                std::string root_name_en, const std::vector<DemoCounty>& counties);

}  // namespace fenming::access

#pragma once
// A roster file becomes a batch: read, every row checked, its persons and accounts found, then one
// order (E7, E21, E29, E30; torture D9, E1, E7, E8, E11). Work of a job: nothing here holds a pen.

#include <functional>
#include <string_view>
#include <vector>

#include "api/value.h"
#include "disbursement/import.h"
#include "road/road.h"

namespace fenming::disbursement {

/// Nobody of this ID number is registered; `--register` registers whom the roster brings.
inline constexpr RefusalKind kUnknownPerson{"disbursement.unknown_person", 422};
/// The ID number is another name's in the register.
inline constexpr RefusalKind kNameDiffers{"disbursement.name_differs", 422};
/// The account is not the person's in the register; a change of account is an order of its own
/// (S6).
inline constexpr RefusalKind kAccountUnknown{"disbursement.account_unknown", 422};
/// The person has no account in the register, and the row names none.
inline constexpr RefusalKind kAccountMissing{"disbursement.account_missing", 422};
inline constexpr RefusalKind kRosterTotal{"disbursement.roster_total", 422};

struct RosterOptions {
    Area area;
    std::string programme;
    Period period;
    Kind kind = Kind::regular;
    std::string cause;
    bool register_unknown = false;  ///< registers persons the register does not know (E29)
    bool accept_good = false;       ///< posts the good rows and returns the rest (E21)
    bool dry_run = false;
    std::string key;  ///< idempotency key
};

struct RosterReport {
    BatchId batch;  ///< 0 when nothing was posted
    std::int64_t rows = 0;
    std::int64_t accepted = 0;
    std::int64_t refused = 0;
    std::int64_t registered = 0;
    Money total;                  ///< of the accepted rows
    std::vector<Refusal> errors;  ///< with sheet, row and column; at most 1,000
    std::int64_t errors_left_out = 0;
    std::vector<std::string> extra_columns;
    std::optional<Refusal> refusal;  ///< why the whole was not posted, beside the rows' errors
};

/// Columns (E29): 明细编号? 姓名 证件号码 账号? 户名? 开户行? 金额 地区代码? 备注?, in any order.
RosterReport import_roster(road::Road& road, const road::Caller& caller, std::string_view bytes,
                           const RosterOptions& options,
                           const std::function<void(std::int64_t, std::int64_t)>& progress = {});

/// All that is wrong, each told once: why the whole was not posted, then the rows' errors.
std::vector<const Refusal*> faults_of(const RosterReport& report);
/// {"batch","rows","accepted","refused","registered","total_fen","errors_left_out"}
api::Object counts_of(const RosterReport& report);
/// The counts with "errors":[…] and "warnings":[{"code","column","message"}] (E30).
api::Value to_json(const RosterReport& report, Language language);
/// A refusal as an element of "errors": sheet, row, column, value, code, message, mend.
api::Value error_json(const Refusal& refusal, Language language);

}  // namespace fenming::disbursement

#pragma once
// What the record files of this folder share: finding a batch, moving it on, its receipt.

#include <optional>

#include "disbursement/batch.h"
#include "road/order.h"
#include "workflow/cases.h"

namespace fenming::disbursement {

/// Where the batch lies; refused as not found when there is none.
Result<Area> area_of_batch(store::Tx& tx, BatchId batch);
/// The batch, if it lies in the caller's scope.
Result<Batch> find_batch(road::Desk& desk, BatchId batch);

/// Writes the batch's new state and figures, one version on, and announces it.
BatchReceipt move(road::Desk& desk, Batch batch, State to);

/// The lines still to go, and their sum.
struct Payable {
    std::int64_t lines = 0;
    Money fen;
    static constexpr auto fields =
        std::make_tuple(field("lines", &Payable::lines), field("fen", &Payable::fen));
};
Payable payable_of(store::Tx& tx, BatchId batch);

/// What still stands of the newest check.
struct OpenFindings {
    std::int64_t legal = 0;
    std::int64_t line = 0;
    std::int64_t warning = 0;
    std::string first;  ///< a code of the gravest
};
OpenFindings open_findings(store::Tx& tx, const Batch& batch);

/// What the programme's register says (P21).
struct ProgrammeFacts {
    std::vector<std::string> subjects;
    bool on_the_list = false;
};
std::optional<ProgrammeFacts> programme_facts(store::Tx& tx, std::string_view programme,
                                              const Period& period, Date today);

/// Allotments that may fund the batch today: of its programme, this year's, held by its county (or
/// by the city, for a batch of the city's).
std::vector<Candidate> funding_candidates(road::Desk& desk, const Batch& batch);
FundingRule funding_rule(road::Desk& desk, const Batch& batch);
/// The person who brought the batch in (S7).
StaffId maker_of(road::Desk& desk, const Batch& batch);

/// A batch and its lines on their way in.
struct NewLine {
    PersonId person;
    PayeeAccountId account;
    Area area;
    Money fen;
    std::string reference;
    LineId corrects;
    std::int64_t attempt = 1;
};
struct NewBatchRows {
    Batch head;  ///< area, programme, period, kind, cause, corrects, mode, total
    std::string claim_kind;
    Bytes digest;
    std::vector<NewLine> lines;
};
/// Writes a draft batch, its lines and its case.
BatchReceipt add_batch(road::Desk& desk, const NewBatchRows& rows);

/// Who did what on the batch outside its case: brought it in, passed a warning, made the bank file,
/// brought an answer. Duties are pairwise distinct between persons (S7).
std::vector<workflow::Act> duties_of(road::Desk& desk, const Batch& batch);
/// The caller may do this duty: he did no other one on the batch.
Result<Done> may_do(const std::vector<workflow::Act>& acts, std::string_view duty, StaffId staff);

/// Events of many lines at once.
struct NewEvent {
    LineId line;
    std::string event;
    std::string code;
    Date on;
};
void add_events(road::Desk& desk, BatchId batch, const std::vector<NewEvent>& events,
                AnswerId answer = {});

/// First day of the period and the day after its last; {today, today} for once-payments.
struct Days {
    Date from;
    Date end;
};
Days days_of(const Period& period, Date today);

}  // namespace fenming::disbursement

// Reading batches.

#include "disbursement/view.h"

#include "disbursement/correction.h"
#include "disbursement/sql.h"

namespace fenming::disbursement {

namespace {

std::vector<std::string> before_submission(const Batch& batch, const NextFacts& facts) {
    std::vector<std::string> verbs{"check", "set-aside"};
    const bool is_checked = batch.at() == State::checked;
    const auto& found = facts.findings;
    if (is_checked && found.warning > 0) verbs.emplace_back("override");
    if (is_checked && found.legal + found.line + found.warning == 0 && facts.payable > 0)
        verbs.emplace_back("submit");
    if (facts.aside > 0) verbs.emplace_back("drop");
    verbs.emplace_back("cancel");
    return verbs;
}

std::vector<std::string> after_sending(const Batch& batch, const NextFacts& facts) {
    std::vector<std::string> verbs{"bank return"};
    if (batch.at() == State::sent && !facts.is_answered) verbs.emplace_back("bank rejected");
    if (facts.bounced > 0) verbs.emplace_back("confirm");
    if (facts.bounced + facts.aside > 0) verbs.emplace_back("correct");
    if (batch.at() == State::closed) return verbs;
    if (facts.bounced + facts.aside > 0) verbs.emplace_back("drop");
    if (batch.at() == State::answered && facts.open_lines + facts.open_exceptions == 0)
        verbs.emplace_back("close");
    return verbs;
}

/// A batch that is not there, or not the caller's to see, has no empty list.
Result<Batch> seen_batch(store::Tx& tx, const Scope& scope, BatchId batch) {
    auto found = tx.one<Batch>(sql::batch, batch, scope);
    if (!found) return refuse(refusal(kBatchNotFound).with("batch", std::to_string(batch.number)));
    return std::move(*found);
}

NextFacts next_facts(store::Tx& tx, const Batch& batch) {
    NextFacts facts;
    facts.findings = open_findings(tx, batch);
    facts.payable = payable_of(tx, batch.id).lines;
    // The rows that a correction takes up and that may be dropped: what another batch has taken up,
    // or an open exception holds, waits no more.
    for (const auto& line : tx.all<LineToCorrect>(sql::lines_to_correct, batch.id))
        ++(line.state == name_of(LineState::set_aside) ? facts.aside : facts.bounced);
    facts.open_lines = tx.value<std::int64_t>(sql::open_lines, batch.id).value_or(0);
    facts.open_exceptions = tx.value<std::int64_t>(sql::open_exceptions, batch.id).value_or(0);
    facts.is_answered = !tx.all<AnswerBrief>(sql::answers_of, batch.id).empty();
    return facts;
}

}  // namespace

std::vector<std::string> legal_actions(const Batch& batch, const NextFacts& facts) {
    switch (batch.at()) {
        case State::draft:
        case State::checked:
            return before_submission(batch, facts);
        case State::submitted:
            return {"review", "recall"};
        case State::reviewed:
            return {"approve"};
        case State::approved:
            if (!needs_treasury(member_of<Mode>(batch.mode))) return {"bank file", "withdraw"};
            return {"plan", "withdraw"};
        case State::planned:
            return {"request", "sent-back"};
        case State::requested:
            return {"voucher", "sent-back"};
        case State::vouchered:
            return {"bank file", "sent-back"};
        case State::sent:
        case State::answered:
        case State::closed:
            return after_sending(batch, facts);
        case State::cancelled:
            return {};
    }
    bug("every state has its next steps");
}

Result<BatchView> view(road::Road& road, const road::Caller& caller, BatchId batch) {
    return road::look(road, caller, "disbursement.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<BatchView> {
                          BatchView view;
                          view.batch = TRY(seen_batch(tx, scope, batch));
                          view.funding = tx.all<FundingView>(sql::funding_of, batch);
                          view.states = tx.all<StateSum>(sql::lines_by_state, batch);
                          view.history = tx.all<HistoryView>(sql::history, batch);
                          view.legal = legal_actions(view.batch, next_facts(tx, view.batch));
                          return view;
                      });
}

Result<std::vector<Batch>> batches(road::Road& road, const road::Caller& caller, Area area,
                                   std::string_view programme, std::string_view state,
                                   BatchId before, int limit) {
    return road::look(road, caller, "disbursement.read", area,
                      [&](store::Tx& tx, const Scope& scope) -> Result<std::vector<Batch>> {
                          return tx.all<Batch>(sql::batches, before, programme, state, limit,
                                               scope);
                      });
}

Result<std::vector<LineView>> lines(road::Road& road, const road::Caller& caller, BatchId batch,
                                    std::int64_t after_ordinal, std::string_view state, int limit) {
    return road::look(road, caller, "disbursement.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<std::vector<LineView>> {
                          TRY(seen_batch(tx, scope, batch));
                          return tx.all<LineView>(sql::lines, batch, after_ordinal, state, limit,
                                                  scope);
                      });
}

Result<std::vector<FindingView>> findings(road::Road& road, const road::Caller& caller,
                                          BatchId batch, FindingId after, int limit) {
    return road::look(road, caller, "disbursement.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<std::vector<FindingView>> {
                          const auto found = TRY(seen_batch(tx, scope, batch));
                          return tx.all<FindingView>(sql::findings, batch, found.check_run, after,
                                                     limit, scope);
                      });
}

Result<std::vector<ExceptionView>> exceptions(road::Road& road, const road::Caller& caller,
                                              BatchId batch, ExceptionId after, int limit) {
    return road::look(road, caller, "disbursement.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<std::vector<ExceptionView>> {
                          if (batch) TRY(seen_batch(tx, scope, batch));
                          return tx.all<ExceptionView>(sql::exceptions, batch, after, limit, scope);
                      });
}

Result<std::vector<SetAsideView>> set_asides(road::Road& road, const road::Caller& caller,
                                             BatchId batch, SetAsideId after, int limit) {
    return road::look(road, caller, "disbursement.read", {},
                      [&](store::Tx& tx, const Scope& scope) -> Result<std::vector<SetAsideView>> {
                          if (batch) TRY(seen_batch(tx, scope, batch));
                          return tx.all<SetAsideView>(sql::set_aside_rows, batch, after, limit,
                                                      scope);
                      });
}

api::Value to_json(const BatchView& view) {
    const auto& b = view.batch;
    api::Array allotments;
    for (const auto& funding : view.funding) allotments.push_back(api::to_value(funding));
    api::Array states;
    for (const auto& state : view.states) states.push_back(api::to_value(state));
    api::Array history;
    for (const auto& step : view.history) history.push_back(api::to_value(step));
    api::Array legal;
    for (const auto& verb : view.legal) legal.emplace_back(verb);
    return api::Object{{"batch", std::to_string(b.id.number)},
                       {"state", b.state},
                       {"version", b.version},
                       {"programme", b.programme},
                       {"area", b.area.text()},
                       {"period", b.period.text},
                       {"kind", b.kind},
                       {"mode", b.mode},
                       {"lines", b.lines},
                       {"total_fen", b.total.in_fen()},
                       {"payable_lines", b.payable},
                       {"payable_fen", b.payable_fen.in_fen()},
                       {"allotments", std::move(allotments)},
                       {"line_states", std::move(states)},
                       {"history", std::move(history)},
                       {"legal", std::move(legal)}};
}

}  // namespace fenming::disbursement

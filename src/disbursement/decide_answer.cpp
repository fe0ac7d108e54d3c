// What an answer means for lines and money. Pure.

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "disbursement/answer.h"
#include "ledger/rules.h"

namespace fenming::disbursement {
namespace {

class Judge {
public:
    /// Held: what failed waits in review instead.
    Judge(const PostAnswer& order, const AnswerFacts& facts, bool is_held)
        : facts_(facts), is_held_(is_held) {
        posted_.batch = facts.batch;
        posted_.order = order;
        for (std::size_t i = 0; i < facts.lines.size(); ++i)
            by_reference_[facts.lines[i].reference] = i;
        for (const auto& code : facts.codes) meaning_[code.code] = code.outcome;
        for (const auto& line : facts.lines)
            state_[line.id.number] = member_of<LineState>(line.state);
    }

    Result<AnswerPosted> run() {
        for (const auto& row : posted_.order.rows) judge(row);
        for (const auto& line : facts_.lines)
            if (state_[line.id.number] == LineState::sent) count(Outcome::unreported, line.fen);
        TRY(move_money());
        bool open = false;
        for (const auto& [line, state] : state_)
            open = open || state == LineState::sent || state == LineState::pending ||
                   state == LineState::review;
        posted_.to = open ? State::sent : State::answered;
        if (facts_.batch.at() == State::closed) posted_.to = State::answered;
        if (posted_.held > 0) posted_.to = State::sent;
        return std::move(posted_);
    }

    /// Whether more failed than may be booked on one person's word. Counted over all answers, so
    /// that nothing is gained by bringing a file in pieces; one line alone is no run.
    [[nodiscard]] bool has_too_many_failures() const {
        if (failed_.empty() && bounced_.empty()) return false;
        std::int64_t failures = 0;
        for (const auto& [line, state] : state_)
            failures += state == LineState::failed || state == LineState::returned ? 1 : 0;
        return failures > 1 &&
               failures * 10'000 > facts_.hold_bp * static_cast<std::int64_t>(state_.size());
    }

    /// Rows that say newly that a line failed or came back.
    [[nodiscard]] std::int64_t failures() const {
        return static_cast<std::int64_t>(failed_.size() + bounced_.size());
    }

private:
    void count(Outcome outcome, Money fen) {
        auto& sum = posted_.counts[static_cast<std::size_t>(outcome)];
        ++sum.count;
        sum.fen += fen;
    }

    void except(const AnswerRow& row, Outcome kind, const SentLine* line) {
        count(kind, row.fen);
        posted_.exceptions.push_back({row.row, line ? line->id : LineId{},
                                      line ? line->area : facts_.batch.area, stored(kind),
                                      line ? line->fen : Money(), row.fen, row.code});
    }

    [[nodiscard]] Outcome outcome_of(const std::string& code) const {
        const auto it = meaning_.find(code);
        if (it == meaning_.end()) return Outcome::review;  // never guess what a bank means
        if (it->second == "paid") return Outcome::paid;
        if (it->second == "failed") return Outcome::failed;
        return it->second == "pending" ? Outcome::pending : Outcome::review;
    }

    void judge(const AnswerRow& row) {
        const auto it = by_reference_.find(row.reference);
        if (it == by_reference_.end()) return except(row, Outcome::unmatched, nullptr);
        const auto& line = facts_.lines[it->second];
        if (!seen_.insert(line.id.number).second) return except(row, Outcome::duplicate, &line);
        if ((!row.account_index.empty() && row.account_index != line.account_index) ||
            (!row.holder_index.empty() && row.holder_index != line.holder_index))
            return except(row, Outcome::name_mismatch, &line);
        if (row.fen != line.fen) return except(row, Outcome::mismatch, &line);
        settle(row, line, outcome_of(row.code));
    }

    void settle(const AnswerRow& row, const SentLine& line, Outcome outcome) {
        auto& state = state_[line.id.number];
        switch (state) {
            case LineState::sent:
            case LineState::pending:
            case LineState::review:
                break;
            case LineState::paid:
                // Money that came back after it was reported paid (退汇).
                if (outcome != Outcome::failed) return count(Outcome::duplicate, row.fen);
                // An older word, which waited to be accepted, does not undo a newer one (S6).
                if (std::ranges::find(facts_.paid_since, line.id) != facts_.paid_since.end())
                    return except(row, Outcome::review, &line);
                if (is_held_) return hold(row);
                state = LineState::returned;
                posted_.outcomes.push_back({line.id, Outcome::returned_late, row.code});
                bounced_.push_back(&line);
                return count(Outcome::returned_late, row.fen);
            default:
                if (outcome == Outcome::failed) return count(Outcome::duplicate, row.fen);
                return except(row, Outcome::review, &line);  // reported failed before, and paid now
        }
        if (is_held_ && outcome == Outcome::failed) {
            outcome = Outcome::review;
            hold(row);
        } else {
            count(outcome, row.fen);
        }
        const auto to = outcome == Outcome::paid      ? LineState::paid
                        : outcome == Outcome::failed  ? LineState::failed
                        : outcome == Outcome::pending ? LineState::pending
                                                      : LineState::review;
        if (to == state) return;
        state = to;
        posted_.outcomes.push_back({line.id, outcome, row.code});
        if (to == LineState::paid) paid_.push_back(&line);
        if (to == LineState::failed) failed_.push_back(&line);
    }

    void hold(const AnswerRow& row) {
        ++posted_.held;
        count(Outcome::review, row.fen);
    }

    /// Sums by draw of the plan.
    [[nodiscard]] std::vector<Money> by_draw(const std::vector<const SentLine*>& lines) const {
        std::vector<Money> sums(facts_.plan.size());
        for (const auto* line : lines)
            for (const auto& share : shares_of(facts_.plan, line->from, line->fen))
                for (std::size_t i = 0; i < facts_.plan.size(); ++i)
                    if (facts_.plan[i].allotment == share.allotment) sums[i] += share.fen;
        return sums;
    }

    Result<Done> move_money() {
        auto balances = facts_.balances;
        auto holds = facts_.holds;
        // What the bank did before the year ended belongs to that year, if its month is open (P5).
        const auto day = posted_.order.day;
        const bool is_of_old = !day.is_none() && day.year() < facts_.today.year();
        const ledger::Posting posting{
            is_of_old ? day : facts_.today, facts_.today, {"batch", facts_.batch.id.number}};
        const auto paid = by_draw(paid_);
        const auto failed = by_draw(failed_);
        const auto bounced = by_draw(bounced_);
        for (std::size_t i = 0; i < facts_.plan.size(); ++i) {
            if (paid[i] == Money() && failed[i] == Money() && bounced[i] == Money()) continue;
            auto* line = TRY(ledger::line_of(balances, facts_.plan[i].allotment));
            const auto hold = std::ranges::find(holds, facts_.plan_holds[i], &ledger::Hold::id);
            check(hold != holds.end(), "a funded draw has its hold");
            if (paid[i] > Money())
                posted_.entries.push_back(TRY(ledger::disburse(*line, *hold, paid[i], posting)));
            if (failed[i] > Money())
                posted_.entries.push_back(TRY(ledger::unfreeze(*line, *hold, failed[i], posting)));
            if (bounced[i] > Money()) {
                // A return of a closed year never touches that year: it is an item of its own (P5).
                auto entry = ledger::bounce(*line, &*hold, bounced[i], posting);
                if (entry)
                    posted_.entries.push_back(std::move(*entry));
                else
                    posted_.exceptions.push_back(
                        {0, {}, facts_.batch.area, "prior_year_return", {}, bounced[i], ""});
            }
        }
        return Done{};
    }

    const AnswerFacts& facts_;
    bool is_held_;
    AnswerPosted posted_;
    std::unordered_map<std::string, std::size_t> by_reference_;
    std::unordered_map<std::string, std::string> meaning_;
    std::unordered_map<std::int64_t, LineState> state_;
    std::unordered_set<std::int64_t> seen_;
    std::vector<const SentLine*> paid_;
    std::vector<const SentLine*> failed_;
    std::vector<const SentLine*> bounced_;
};

}  // namespace

Result<AnswerPosted> decide(const PostAnswer& order, const AnswerFacts& facts) {
    if (facts.lines.empty())
        return refuse(refusal(kNothingSent).with("batch", std::to_string(facts.batch.id.number)));
    TRY(expect(facts.batch, 0, {State::sent, State::answered, State::closed}));
    TRY(may_do(facts.acts, "answer", facts.asking));
    if (order.accept_failures && !facts.brought_by) return refuse(refusal(kNotBrought));
    if (order.accept_failures && facts.brought_by == facts.asking)
        return refuse(refusal(kSamePerson).word("step", "answer", "disbursement.step"));
    if (facts.answered_before) {
        AnswerPosted same;
        same.batch = facts.batch;
        same.order = order;
        same.answered_before = true;
        same.to = facts.batch.at();
        // It changes nothing, but what of it still waits for a second person is said again.
        Judge waiting(order, facts, false);
        if (waiting.run() && waiting.has_too_many_failures()) {
            same.held = waiting.failures();
            same.held_of = static_cast<std::int64_t>(facts.lines.size());
            same.hold_bp = facts.hold_bp;
        }
        return same;
    }
    // A file of which no row is of this batch is another batch's, named by mistake.
    std::unordered_set<std::string_view> ours;
    for (const auto& line : facts.lines) ours.insert(line.reference);
    const auto is_ours = [&](const AnswerRow& row) { return ours.contains(row.reference); };
    if (std::ranges::none_of(order.rows, is_ours))
        return refuse(
            refusal(kAnswerOfNoBatch).with("rows", static_cast<std::int64_t>(order.rows.size())));
    Judge judge(order, facts, false);
    auto posted = TRY(judge.run());
    if (order.accept_failures || !judge.has_too_many_failures()) return posted;
    posted = TRY(Judge(order, facts, true).run());
    posted.held_of = static_cast<std::int64_t>(facts.lines.size());
    posted.hold_bp = facts.hold_bp;
    return posted;
}

Result<ExceptionSettled> decide(const SettleException& order, const ExceptionFacts& facts) {
    if (facts.state != "open")
        return refuse(refusal(kExceptionSettled)
                          .with("exception", std::to_string(facts.id.number))
                          .word("state", facts.state, "disbursement.settlement"));
    return ExceptionSettled{facts.id, facts.batch, stored(order.as)};
}

}  // namespace fenming::disbursement

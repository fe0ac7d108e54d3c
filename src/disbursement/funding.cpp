// Which money pays a batch, and which part of it pays a line. Pure.

#include <algorithm>

#include "disbursement/batch.h"

namespace fenming::disbursement {
namespace {

int rank_of(const Candidate& c) {
    constexpr std::string_view kLevels[] = {"central", "province", "city", "county"};
    int rank = 0;
    for (const auto level : kLevels) {
        if (c.source == level) break;
        ++rank;
    }
    return rank * 2 + (c.mark == "direct" ? 0 : 1);
}

Money sum_of(const std::vector<Candidate>& candidates) {
    Money sum;
    for (const auto& c : candidates) sum += c.available;
    return sum;
}

std::vector<Draw> in_order(const std::vector<Candidate>& candidates, Money asked) {
    std::vector<Draw> plan;
    for (const auto& c : candidates) {
        if (asked == Money()) break;
        const auto take = std::min(c.available, asked);
        if (take == Money()) continue;
        plan.push_back({c.allotment, take});
        asked -= take;
    }
    return plan;
}

std::vector<Draw> in_proportion(const std::vector<Candidate>& candidates, Money asked) {
    std::vector<std::int64_t> weights;
    for (const auto& c : candidates) weights.push_back(c.available.in_fen());
    // A largest remainder may give a line one fen more than it has, when asked is nearly all.
    auto parts = allot(asked, weights);
    Money over;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i] > candidates[i].available) {
            over += parts[i] - candidates[i].available;
            parts[i] = candidates[i].available;
        }
    std::vector<Draw> plan;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto more = std::min(over, candidates[i].available - parts[i]);
        over -= more;
        if (parts[i] + more > Money()) plan.push_back({candidates[i].allotment, parts[i] + more});
    }
    return plan;
}

}  // namespace

Result<std::vector<Draw>> plan_funding(FundingRule rule, const std::vector<std::string>& subjects,
                                       std::vector<Candidate> candidates, Money asked) {
    check(asked > Money(), "a batch asks for money");
    if (rule == FundingRule::by_subject)
        std::erase_if(candidates, [&](const Candidate& c) {
            return std::ranges::find(subjects, c.subject) == subjects.end();
        });
    std::erase_if(candidates, [](const Candidate& c) { return c.available <= Money(); });
    std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
        return std::pair(rank_of(a), a.allotment) < std::pair(rank_of(b), b.allotment);
    });
    const auto left = sum_of(candidates);
    if (left < asked)
        return refuse(
            refusal(kNotEnough).with("left_fen", left.in_fen()).with("asked_fen", asked.in_fen()));
    return rule == FundingRule::by_ratio ? in_proportion(candidates, asked)
                                         : in_order(candidates, asked);
}

std::vector<Draw> shares_of(const std::vector<Draw>& plan, Money from, Money fen) {
    std::vector<Draw> shares;
    Money start;
    for (const auto& draw : plan) {
        const auto end = start + draw.fen;
        const auto low = std::max(start, from);
        const auto high = std::min(end, from + fen);
        if (low < high) shares.push_back({draw.allotment, high - low});
        start = end;
    }
    return shares;
}

}  // namespace fenming::disbursement

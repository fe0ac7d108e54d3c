// May this roster become a batch? Pure.

#include <algorithm>

#include "disbursement/import.h"

namespace fenming::disbursement {
namespace {

bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_';
}

/// The longest run of digits: 15 and more could be an ID number or an account.
std::size_t longest_number(const std::string& text) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c >= '0' && c <= '9' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

}  // namespace

Result<Done> may_reference(const std::string& reference) {
    if (reference.size() > 40 || !std::ranges::all_of(reference, is_plain) ||
        longest_number(reference) >= 15)
        return refuse(kBadReference);
    return Done{};
}

Result<NewBatch> decide(const ImportBatch& order, const RosterFacts& facts) {
    if (!facts.programme_known)
        return refuse(refusal(kUnknownProgramme).with("programme", order.programme));
    if (!facts.on_the_list)
        return refuse(refusal(kOffTheList)
                          .with("programme", order.programme)
                          .with("period", order.period.text));
    if (facts.imported_before)
        return refuse(
            refusal(kImportedBefore).with("batch", std::to_string(facts.imported_before.number)));
    if (order.kind == Kind::correction || (order.kind != Kind::regular && order.cause.empty()))
        return refuse(refusal(kNeedsCause).word("kind", stored(order.kind), "disbursement.kind"));
    if (order.cause.size() > 40 || !may_reference(order.cause)) return refuse(kBadCause);
    if (order.lines.empty()) return refuse(kNoLines);
    if (order.lines.size() > kMostLines)
        return refuse(refusal(kTooManyLines)
                          .with("lines", static_cast<std::int64_t>(order.lines.size()))
                          .with("most", static_cast<std::int64_t>(kMostLines)));
    Money total;
    std::int64_t row = 0;
    for (const auto& line : order.lines) {
        ++row;
        if (line.fen <= Money() || line.fen.in_fen() > kMaxFen)
            return refuse(refusal(kAmountNotPositive)
                              .with("line", row)
                              .with("amount_fen", line.fen.in_fen()));
        if (!may_reference(line.reference)) return refuse(refusal(kBadReference).with("line", row));
        total += line.fen;
    }
    return NewBatch{order, facts.mode, total};
}

}  // namespace fenming::disbursement

// Money comes, goes down and changes.

#include "budget/register.h"
#include "ledger/orders.h"
#include "test/simulation/office.h"

namespace fenming::simulation {
namespace {

const char* subject_of(const std::string& programme) {
    return programme == "rural-dibao"   ? "2081902"
           : programme == "urban-dibao" ? "2081901"
           : programme == "rural-tekun" ? "2082102"
                                        : "2081107";
}
constexpr const char* kProgrammes[] = {"rural-dibao", "urban-dibao", "disability-living",
                                       "rural-tekun"};
constexpr ledger::Source kSources[] = {ledger::Source::central, ledger::Source::province,
                                       ledger::Source::city, ledger::Source::county};

budget::DocumentInput paper(std::int64_t number) {
    budget::DocumentInput document;
    document.number = "云财社文" + std::to_string(number);
    document.title = "关于下达资金的通知";
    document.fund = "困难群众救助补助资金";
    document.issued_by = "云川市财政局";
    return document;
}

}  // namespace

void Office::register_money(int county, const std::string& programme, Fen fen,
                            const std::string& by) {
    auto document = paper(++papers_);
    const auto source = dice_.below(4);
    const bool is_direct = dice_.in(1, 2);
    document.source = kSources[source];
    document.mark = is_direct ? ledger::Mark::direct : ledger::Mark::none;
    document.programme = programme;
    document.subject = subject_of(programme);
    std::vector<Fen> parts{fen};
    // Sometimes in two lines, sometimes for the city itself, from where it is split down.
    if (fen > 1 && dice_.in(1, 3)) {
        parts[0] = dice_.between(1, fen - 1);
        parts.push_back(fen - parts[0]);
    }
    const Area holder = dice_.in(1, 4) ? kCity : kCounties[county];
    for (const auto part : parts) {
        budget::ItemInput item;
        item.area = holder;
        item.receiver = "县民政局";
        item.amount = Money::fen(part);
        document.items.push_back(item);
    }
    const bool is_wrong = dice_.in(1, 15);  // registered, and nothing is posted (P18)
    document.printed_total = Money::fen(is_wrong ? fen + 100'000 : fen);
    const auto done = scene_.give(by, budget::RegisterDocuments{kCity, {document}, std::nullopt});
    if (!done) return;
    const auto& receipt = done->documents.front();
    must(receipt.allotments.size() == (is_wrong ? 0 : parts.size()),
         "a document made other allotments than it has items");
    for (std::size_t i = 0; i < receipt.allotments.size(); ++i) {
        Pot pot;
        pot.id = receipt.allotments[i].number;
        pot.holder = holder.code;
        pot.programme = programme;
        pot.rank = static_cast<int>(source) * 2 + (is_direct ? 0 : 1);
        pot.year = scene_.today().year();
        model_.registered(pot, parts[i]);
    }
}

void Office::split(const std::string& by) {
    std::vector<Key> may;
    for (const auto& [id, pot] : model_.pots)
        if (pot.holder == kCity.code && pot.available > 0) may.push_back(id);
    if (may.empty()) return;
    const auto parent = model_.pots.at(dice_.one_of(may));
    auto document = paper(++papers_);
    const auto fen =
        dice_.in(1, 6) ? parent.available + dice_.below(2) : dice_.between(1, parent.available);
    const auto county = kCounties[dice_.below(2)];
    budget::ItemInput item;
    item.area = county;
    item.receiver = "县民政局";
    item.subject = subject_of(parent.programme);
    item.amount = Money::fen(fen);
    document.items.push_back(item);
    document.printed_total = item.amount;
    const auto done = scene_.give(by, budget::SplitDown{{parent.id}, document, std::nullopt});
    if (!done) return;
    must(fen <= parent.available, "more was split off than there is");
    Pot pot = parent;
    pot.id = done->documents.front().allotments.at(0).number;
    pot.parent = parent.id;
    pot.holder = county.code;
    pot.available = pot.allocated = pot.frozen = pot.disbursed = 0;
    model_.registered(pot, fen);
}

void Office::adjust(const std::string& by) {
    std::vector<Key> all;
    for (const auto& [id, pot] : model_.pots) all.push_back(id);
    const auto pot = model_.pots.at(dice_.one_of(all));
    const auto change = static_cast<budget::Change>(dice_.below(3));
    const bool is_more = change == budget::Change::added;
    const auto most = is_more ? 500'000 : pot.available;
    const auto fen = most == 0 || dice_.in(1, 8) ? most + 1 : dice_.between(1, most);
    auto document = paper(++papers_);
    budget::ItemInput item;
    item.allotment = AllotmentId{pot.id};
    item.change = change;
    item.receiver = "县民政局";
    item.amount = Money::fen(fen);
    document.items.push_back(item);
    document.printed_total = item.amount;
    if (scene_.give(by, budget::AdjustAllotments{kCity, document, std::nullopt}))
        model_.changed(pot.id, is_more, fen);
}

void Office::close_month(const std::string& by) {
    const auto today = scene_.today();
    const int now = today.year() * 12 + today.month() - 1;
    const int month = now - static_cast<int>(dice_.below(4));
    const auto where = dice_.below(3) == 0 ? kCity : kCounties[dice_.below(2)];
    const auto done = scene_.give(by, ledger::CloseMonth{where, {month / 12, month % 12 + 1}});
    if (!done) return;
    must(month < now, "a month was closed that is not over");
    must(month > closed_through_[where.code], "a month was closed twice");
    closed_through_[where.code] = month;
}

void Office::money() {
    const auto kind = dice_.below(10);
    if (kind < 5)
        return register_money(static_cast<int>(dice_.below(2)), kProgrammes[dice_.below(4)],
                              dice_.in(1, 12) ? 1 : dice_.between(10'000, 1'500'000), "finance");
    if (kind < 7) return split("finance");
    if (kind < 9) return adjust("finance");
    close_month("finance");
}

}  // namespace fenming::simulation

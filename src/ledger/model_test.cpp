// The books against a second set of books (test/support/books_model.h): random orders, every
// answer and every balance compared after every step, on both databases. A refusal leaves every
// table of the ledger as it was.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>

#include "test/support/books_model.h"
#include "test/support/books_orders.h"
#include "test/support/world.h"

namespace fenming::ledger {
namespace {

using namespace test_orders;
using test::BooksModel;
using test::World;

constexpr store::Stmt<> dump_stmt(const char* name, const char* sql) {
    return {{name, sql, sql, "", 0, "", ""}};
}
const auto kBalances = dump_stmt(
    "test.dump_balances",
    "SELECT allotment_id, available_fen, allocated_fen, frozen_fen, disbursed_fen, total_fen, "
    "version FROM allotment_balance ORDER BY allotment_id");
const auto kCounts =
    dump_stmt("test.dump_counts",
              "SELECT (SELECT count(*) FROM allotment), (SELECT count(*) FROM allotment_change), "
              "(SELECT count(*) FROM journal_entry), (SELECT count(*) FROM journal_leg), "
              "(SELECT count(*) FROM hold), (SELECT count(*) FROM closed_month), "
              "(SELECT count(*) FROM trail), (SELECT count(*) FROM trail_rows)");

using Dump = std::vector<std::vector<std::int64_t>>;

Dump dump(World& w, const store::Stmt<>& stmt) {
    Dump rows;
    auto tx = w.database().begin_read();
    tx->query(stmt.info, {}, store::Fetch::whole, [&](store::Cursor& c) {
        rows.emplace_back();
        for (int i = 0; i < c.columns(); ++i) rows.back().push_back(c.integer(i));
    });
    return rows;
}

/// One step, whatever the state: numbers are taken modulo what there is, and one beyond.
struct Step {
    int what = 0;
    int which = 0;
    int where = 0;
    std::int64_t fen = 0;
};

class Twins {
public:
    explicit Twins(World& world) : w_(world) {}

    void take(const Step& step) {
        const auto before_balances = dump(w_, kBalances);
        const auto before_counts = dump(w_, kCounts);
        const auto [said, expected] = act(step);
        RC_ASSERT(said == expected);
        if (said == "ok") {
            compare();
        } else {
            RC_ASSERT(dump(w_, kBalances) == before_balances);
            RC_ASSERT(dump(w_, kCounts) == before_counts);
        }
    }

private:
    using Answers = std::pair<std::string, std::string>;

    template <class O>
    std::string ask(const O& order, Receipt* receipt) {
        const auto result = carry_out(w_.road(), w_.caller, order);
        if (!result) return std::string(result.error().kind().code.substr(7));
        if constexpr (std::is_same_v<O, ReverseEntry>)
            deeds_.push_back(result->reversal);
        else
            *receipt = *result;
        return "ok";
    }

    [[nodiscard]] AllotmentId line(int i) const {
        return i < static_cast<int>(lines_.size()) ? lines_[static_cast<std::size_t>(i)]
                                                   : AllotmentId{1};
    }
    [[nodiscard]] HoldId hold(int i) const {
        return i < static_cast<int>(holds_.size()) ? holds_[static_cast<std::size_t>(i)]
                                                   : HoldId{1};
    }

    Answers act(const Step& step) {
        const int some_line = step.which % (static_cast<int>(lines_.size()) + 1);
        const int some_hold = step.which % (static_cast<int>(holds_.size()) + 1);
        switch (step.what) {
            case 0:
                return registers(-1, step);
            case 1:
                return registers(some_line, step);
            case 2:
                return does(Deed::add, some_line, step, model_.change(some_line, true, step.fen));
            case 3:
                return does(Deed::cut, some_line, step, model_.change(some_line, false, step.fen));
            case 4:
                return does(Deed::freeze, some_line, step, model_.freeze(some_line, step.fen));
            case 5:
                return resolves(Deed::disburse, some_hold, step,
                                model_.resolve(some_hold, "disburse", step.fen));
            case 6:
                return resolves(Deed::unfreeze, some_hold, step,
                                model_.resolve(some_hold, "unfreeze", step.fen));
            case 7:
                return resolves(Deed::expire, some_hold, step,
                                model_.resolve(some_hold, "expire", step.fen));
            case 8:
                return resolves(Deed::bounce, some_hold, step, model_.bounce(some_hold, step.fen));
            default:
                return reverses(step.which % (model_.deeds() + 1));
        }
    }

    Answers registers(int parent, const Step& step) {
        static constexpr const char* kNames[] = {"direct", "tracked", "none"};
        const auto mark = static_cast<std::size_t>(step.where) % 3;
        LineGiven given;
        given.initial = Money::fen(step.fen);
        given.mark = static_cast<Mark>(mark);
        if (parent >= 0) given.parent = line(parent);
        // Half of the parts lie in a county, so that two pens take part.
        given.area = places_.empty() || parent < 0 || parent >= static_cast<int>(places_.size())
                         ? (step.where % 2 == 0 ? kCity : kCounty)
                     : step.where % 2 == 0 ? places_[static_cast<std::size_t>(parent)]
                                           : kCounty;
        const auto expected = model_.register_line(parent, kNames[mark], step.fen);
        Receipt receipt;
        const auto said = ask(Register{{given}, {}}, &receipt);
        if (said == "ok") {
            lines_.push_back(receipt.lines.front());
            places_.push_back(given.area);
            deeds_.push_back(first_entry_of(receipt.lines.front()));
        }
        return {said, expected};
    }
    Answers does(Deed deed, int which, const Step& step, std::string expected) {
        Do order;
        order.deed = deed;
        order.line = line(which);
        order.amount = Money::fen(step.fen);
        return keep(order, std::move(expected));
    }
    Answers resolves(Deed deed, int which, const Step& step, std::string expected) {
        Do order;
        order.deed = deed;
        order.hold = hold(which);
        order.amount = Money::fen(step.fen);
        return keep(order, std::move(expected));
    }
    Answers keep(const Do& order, std::string expected) {
        Receipt receipt;
        auto said = ask(order, &receipt);
        if (said == "ok") {
            deeds_.push_back(receipt.entries.front());
            if (order.deed == Deed::freeze) holds_.push_back(receipt.holds.front());
        }
        return {std::move(said), std::move(expected)};
    }
    Answers reverses(int n) {
        const auto entry =
            n < static_cast<int>(deeds_.size()) ? deeds_[static_cast<std::size_t>(n)] : EntryId{1};
        const auto expected = model_.reverse(n);
        return {ask(ReverseEntry{entry, {}}, nullptr), expected};
    }

    EntryId first_entry_of(AllotmentId id) {
        static const store::Stmt<store::Int> stmt{
            {"test.first_entry", "SELECT MIN(entry_id) FROM journal_leg WHERE allotment_id = ?1",
             "SELECT MIN(entry_id) FROM journal_leg WHERE allotment_id = $1", "i", 1, "", ""}};
        auto tx = w_.database().begin_read();
        return *tx->value<EntryId>(stmt, id);
    }

    void compare() {
        const auto rows = dump(w_, kBalances);
        RC_ASSERT(rows.size() == model_.lines.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& l = model_.lines[i];
            const std::vector<std::int64_t> want{lines_[i].number, l.available, l.allocated,
                                                 l.frozen,         l.disbursed, l.total};
            RC_ASSERT(std::vector<std::int64_t>(rows[i].begin(), rows[i].end() - 1) == want);
        }
    }

    World& w_;
    BooksModel model_;
    std::vector<AllotmentId> lines_;
    std::vector<Area> places_;
    std::vector<HoldId> holds_;
    std::vector<EntryId> deeds_;
};

Step any_step() {
    // Small amounts beside small balances, so that about half of the orders are refused.
    return {*rc::gen::inRange(0, 10), *rc::gen::inRange(0, 40), *rc::gen::inRange(0, 6),
            *rc::gen::weightedOneOf<std::int64_t>({{1, rc::gen::inRange<std::int64_t>(-1, 2)},
                                                   {8, rc::gen::inRange<std::int64_t>(1, 60)}})};
}

void both_agree(const char* kind, int cases, int steps) {
    rc::detail::TestParams params;
    params.seed = 20261124;
    params.maxSuccess = cases;
    params.disableShrinking = true;  // each case is a database; the seed repeats it
    const auto result = rc::detail::checkTestable(
        [&] {
            World w(kind);
            w.use(invariants());
            Twins twins(w);
            twins.take({0, 0, 0, 100});
            for (int i = 0; i < steps; ++i) twins.take(any_step());
            w.expect_trail_whole();
        },
        rc::detail::TestMetadata(), params);
    std::ostringstream told;
    rc::detail::printResultMessage(result, told);
    EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << told.str();
}

FENMING_ON_BOTH(ModelTest);

TEST_P(ModelTest, agrees_with_a_second_set_of_books) {
    const bool is_sqlite = std::string(GetParam()) == "sqlite";
    both_agree(GetParam(), is_sqlite ? 12 : 3, is_sqlite ? 80 : 60);
}

}  // namespace
}  // namespace fenming::ledger

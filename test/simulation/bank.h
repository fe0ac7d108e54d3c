#pragma once
// A small bank: it gets the bytes of bank files, pays from an account of its own, and answers as
// banks do: late, in pieces, twice, wrongly. What it really paid is the truth of a seed. It reads
// bytes, and knows nothing of the product.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "test/simulation/dice.h"

namespace fenming::simulation {

/// A row that came to the bank, by its reference: the same reference is paid once (E13).
struct Payment {
    std::string reference, account, name, amount;  ///< as in the file
    std::int64_t fen = 0;
    std::string code;    ///< what the bank would say of it now
    std::string told;    ///< what it said last; empty: nothing
    int decides_on = 0;  ///< the day on which it is paid or refused
    int turns_on = -1;   ///< the day on which it comes back, or is paid after all
    bool will_pay = true;
    bool is_liar = false;  ///< says that it failed, and pays later
    bool is_paid = false;
    bool is_back = false;  ///< paid, and came back
    int paid_on = -1;
};

class Bank {
public:
    explicit Bank(std::uint64_t seed) : dice_(seed ^ 0xbadc0ffeULL) {}

    /// Takes a file in; a reference known already is not paid again. `is_refused`: the bank writes
    /// that it took nothing of it; now and then it had.
    std::vector<std::string> take(const std::string& bytes, int day, bool is_refused);
    /// What happens at the bank overnight.
    void work(int day);
    /// What it has to tell about these references; empty: nothing now. `is_plain`: everything, in
    /// order, and without a fault.
    std::string answer(const std::vector<std::string>& references, int day, bool is_plain);
    /// An answer about these was not taken in: the bank says it again when it is asked.
    void forget(const std::vector<std::string>& references);
    /// What left the bank for these references, whatever came back later (the statement's debit).
    [[nodiscard]] std::int64_t debit(const std::vector<std::string>& references) const;
    [[nodiscard]] const Payment& payment(const std::string& reference) const;
    /// Whatever waits is decided now.
    void finish(int day);

private:
    std::string row(int number, const Payment& payment, const std::string& code,
                    const std::string& amount) const;
    std::string closed(const std::vector<std::string>& rows) const;
    Dice dice_;
    Payment* find(const std::string& reference);
    [[nodiscard]] const Payment* find(const std::string& reference) const;
    std::vector<Payment> payments_;  // as they came: references differ from run to run
    std::map<std::string, std::size_t> by_reference_;
};

/// "1234.05" is 123405; −1 if it is no amount.
std::int64_t fen_of(const std::string& yuan);
std::string yuan_of(std::int64_t fen);
std::vector<std::string> cells_of(const std::string& row, char separator);

}  // namespace fenming::simulation

#pragma once
// The office of a seed: officials who act at random, mostly as they should. Whatever the product
// carried out, the model does too; then what the order touched is compared.

#include "disbursement/ids.h"
#include "test/simulation/bank.h"
#include "test/simulation/scene.h"

namespace fenming::simulation {

struct Resident {
    std::string name, id_number, number;  ///< the number of the account that the register has
    int county = 0;
    Key id = 0;  ///< learned when it is asked for, as is the first account
    Key first_account = 0;
    std::string dead_on;
    std::map<Key, std::string> numbers;  ///< of later accounts; the first account is not in it
    std::string first_number;
    Key proposed = 0;  ///< a change of account that waits for its second person
    std::string proposer;
};

class Office {
public:
    Office(Scene& scene, std::uint64_t seed);
    /// Lives through `days`, and then takes in whatever the bank still has to say.
    void live(int days);
    [[nodiscard]] const Model& model() const { return model_; }
    std::int64_t closed = 0;  ///< batches
    std::int64_t paid = 0;    ///< lines that the bank paid

private:
    // office.cpp
    void act();
    void mischief();
    void advance(Key batch);
    [[nodiscard]] Key some_batch();
    [[nodiscard]] std::string somebody();
    [[nodiscard]] std::string of_county(const char* role, const Batch& batch) const;
    [[nodiscard]] std::int64_t seen(const Batch& batch);
    void finish();

    // office_money.cpp
    void register_money(int county, const std::string& programme, Fen fen, const std::string& by);
    void split(const std::string& by);
    void adjust(const std::string& by);
    void close_month(const std::string& by);
    void money();

    // office_people.cpp
    void register_people();
    void change_account(const std::string& by);
    void confirm_account(const std::string& by);
    void close_account(const std::string& by);
    void record_death(const std::string& by);
    void move_away(const std::string& by);
    void people();
    /// Whoever is in the register by now.
    void learn();
    [[nodiscard]] Resident* resident(Key person);

    // office_roster.cpp
    void roster();
    struct Row {
        int who = 0;
        Fen fen = 0;
    };
    [[nodiscard]] Batch some_purpose(int county);
    [[nodiscard]] std::vector<Row> some_rows(const Batch& head, int county);
    [[nodiscard]] std::string csv_of(const std::vector<Row>& rows);
    std::vector<Line> lines_of(Key batch);

    // office_desk.cpp
    void check(Key batch, const std::string& by);
    void set_aside(Key batch, const std::string& by);
    void override_warnings(Key batch, const std::string& by);
    void submit(Key batch, const std::string& by);
    void recall(Key batch, const std::string& by);
    void review(Key batch, const std::string& by, bool passes);
    void approve(Key batch, const std::string& by, bool passes);
    void withdraw(Key batch, const std::string& by);
    void cancel(Key batch, const std::string& by);
    void desk(Batch& batch);

    // office_treasury.cpp
    void plan(Key batch, const std::string& by);
    void request(Key batch, const std::string& by);
    void voucher(Key batch, const std::string& by);
    void send_back(Key batch, const std::string& by);
    void release(Key batch, const std::string& by);
    void reject_file(Key batch, const std::string& by);
    void treasury(Batch& batch);

    // office_bank.cpp
    void bring_answer(Key batch, const std::string& by, const std::string& bytes, bool accepts);
    void settle(Key batch, const std::string& by);
    void confirm(Key batch, const std::string& by);
    void correct(Key batch, const std::string& by);
    void drop(Key batch, const std::string& by);
    void close(Key batch, const std::string& by);
    void aftermath(Batch& batch);
    [[nodiscard]] std::vector<std::string> references_of(const Batch& batch) const;
    void learn_exceptions(Batch& batch, std::int64_t more);

    // compare.cpp
    void compare_touched();
    void compare_all();
    void compare_claims();
    void compare_batch(const Batch& batch);
    void compare_pot(const Pot& pot);
    void compare_with_bank();

    Scene& scene_;
    Dice& dice_;
    Bank bank_;
    Model model_;
    std::vector<Resident> people_;
    std::map<Key, int> by_id_;  ///< whose id was learned
    std::set<Key> closed_accounts_;
    std::vector<std::string> rosters_;  ///< that came before, to come again
    std::map<Key, std::string> held_;   ///< answers that wait for a second person
    std::int64_t papers_ = 0;
    std::map<Key, int> closed_through_;  ///< by area: the last month, year × 12 + month − 1
};

}  // namespace fenming::simulation

#pragma once
// What must be true, kept beside the product: whole numbers, maps, and none of its functions. Every
// deed that the product carried out is done here too; one that it should have refused is Broken.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace fenming::simulation {

using Key = std::int64_t;  ///< the id of a row; 0 is none
using Fen = std::int64_t;

/// Something does not hold: the seed has found a bug.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// Holds, or the seed has found a bug.
void must(bool holds, const std::string& what);

/// An allotment.
struct Pot {
    Key id = 0;
    Key parent = 0;
    Key holder = 0;  ///< an area's code
    std::string programme;
    int rank = 0;  ///< central 0 … county 6; one more if the money is not direct
    int year = 0;
    Fen available = 0, allocated = 0, frozen = 0, disbursed = 0;
};
/// A part of an approved batch's money.
struct Draw {
    Key pot = 0;
    Fen fen = 0;
};
struct Line {
    Key id = 0;
    Key batch = 0;
    Key person = 0;
    Key account = 0;
    Fen fen = 0;
    std::string state = "ready";
    Fen from = -1;  ///< where it begins in the batch's money; −1: not approved
    Key corrects = 0;
    std::int64_t attempt = 1;
    bool is_freed = false;      ///< its claim was given up: paid elsewhere, as was confirmed
    bool was_sent = false;      ///< in a bank file that went out
    bool has_failed = false;    ///< before it was dropped
    bool is_stopped = false;    ///< something known at the last check forbids to pay it
    std::int64_t paid_by = -1;  ///< the answer that said so, counted from 0
    bool is_doubted = false;    ///< an answer's row about it was an exception
    bool is_confirmed = false;  ///< that the bank did not pay it, since it failed
    int confirmed_on = -1;      ///< the day of it
    std::string reference;      ///< the bank's
    std::string number, name;   ///< of the account, and the holder's bytes in the file
};
struct Batch {
    Key id = 0;
    Key area = 0;
    Key county = 0;
    std::string programme;
    std::string period;
    int first = 0, last = 0;  ///< months, year × 12 + month − 1; of a once-payment −1
    std::string kind;         ///< of its claims
    std::string cause;
    Key corrects = 0;
    std::string state = "draft";
    std::int64_t version = 1;
    std::vector<Key> lines;  ///< in their order
    std::vector<Draw> draws;
    std::map<Key, Fen> vouchered;
    Key maker = 0, submitter = 0, reviewer = 0, approver = 0, releaser = 0;  ///< staff
    std::set<Key> overriders, answerers;
    Fen told_paid = 0;                   ///< what its answers said was paid, once for each line
    std::map<Key, Key> open_exceptions;  ///< by id: the line, or 0
    std::map<std::string, std::int64_t> answers;  ///< bytes of those that were brought, numbered
    bool is_answered = false;  ///< any answer was taken in since the file went out
    bool is_at_bank = false;
    int day_sent = 0;
    bool was_rejected = false;  ///< a file of it, whole
};

/// A row of an answer, as the product should read it.
struct Said {
    std::string reference, account, name, code;
    Fen fen = 0;
};
/// What an answer must have done.
struct Verdict {
    bool is_known = false;  ///< the same bytes came before: nothing
    bool is_held = false;   ///< so much failed that a second person must accept it
    std::int64_t exceptions = 0;
};

class Model {
public:
    std::map<Key, Pot> pots;
    std::map<Key, Line> lines;
    std::map<Key, Batch> batches;
    std::set<Key> touched_pots;  ///< since they were last compared
    std::set<Key> touched_batches;

    void registered(const Pot& pot, Fen fen);
    /// More, or less, on a pot; its parent gives or takes.
    void changed(Key pot, bool is_more, Fen fen);

    Batch& begun(const Batch& batch, const std::vector<Line>& new_lines);
    void moved(Key batch, const std::string& to);
    /// The staff person decided on the batch, or brought it in.
    [[nodiscard]] static bool has_decided(const Batch& batch, Key staff);
    void set_aside(Key batch, const std::vector<Key>& which);
    void dropped(Key batch, const std::vector<Key>& which, bool is_paid_elsewhere);
    void reviewed(Key batch, Key staff);
    void approved(Key batch, Key staff, int year);
    /// The Treasury's return, or the approval withdrawn.
    void taken_back(Key batch, int year);
    void vouchered(Key batch, Key pot, Fen fen);
    void released(Key batch, Key staff);
    void file_rejected(Key batch);
    Verdict answered(Key batch, Key staff, const std::string& bytes, const std::vector<Said>& rows,
                     bool is_accepted, int year);
    void confirmed(Key batch, int day);
    Batch& corrected(Key batch, Key made, const std::vector<Line>& new_lines);
    void closed(Key batch);

    /// The lines that are still to go, in their order.
    [[nodiscard]] std::vector<Key> ready(const Batch& batch) const;
    [[nodiscard]] Fen payable(const Batch& batch) const;
    /// Another batch pays, or has ended, what this line did not.
    [[nodiscard]] bool is_taken_up(const Line& line) const;
    /// It stands between its person and any other payment for the period.
    [[nodiscard]] bool is_live(const Line& line) const;
    /// A live line of another batch that `line` must not be paid beside; 0 if none.
    [[nodiscard]] Key rival(const Line& line) const;
    /// Failed, returned or set aside, and nobody has taken it up.
    [[nodiscard]] std::vector<Key> waiting(const Batch& batch) const;
    [[nodiscard]] Batch& batch_of(Key id);
    [[nodiscard]] Line& line_of(Key id);
    [[nodiscard]] Pot& pot_of(Key id);

private:
    void move_money(const Batch& batch, const std::vector<Key>& which, char what, int year);
    void give(Key pot, char from, char to, Fen fen);
    struct Reading {
        Batch& batch;
        std::int64_t number = 0;  ///< of this answer
        std::int64_t older = 0;   ///< when what it says was said first
        bool is_held = false;
        std::map<char, std::vector<Key>> money;
        Verdict verdict;
    };
    void read(Reading& reading, const std::vector<Said>& rows);
    static void settle(Line& line, const std::string& outcome, Reading& reading);
    std::map<Key, std::vector<Key>> by_person_;
    std::map<Key, std::vector<Key>> followers_;  ///< lines that correct a line
};

/// What the bank's code means: paid, failed, pending or review.
std::string meaning_of(const std::string& code);
/// Months in common; a once-payment meets only itself.
bool overlap(const Batch& a, const Batch& b);
/// The two programmes exclude each other for one person and month.
bool exclude(const std::string& a, const std::string& b);

}  // namespace fenming::simulation

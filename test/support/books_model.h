#pragma once
// A second set of books, as small as can be: maps and whole numbers, no SQL, and none of the
// ledger's functions. It replays the same orders; every answer and every balance must agree.

#include <cstdint>
#include <string>
#include <vector>

namespace fenming::test {

class BooksModel {
public:
    struct Line {
        int parent = -1;
        std::string mark;
        std::int64_t available = 0, allocated = 0, frozen = 0, disbursed = 0, total = 0;
    };
    struct Hold {
        int line = 0;
        std::int64_t fen = 0, rest = 0, paid = 0;
        std::string last = "freeze";
    };
    std::vector<Line> lines;
    std::vector<Hold> holds;

    // Each answers "ok" or the refusal's code without its folder. A line or hold that does not
    // exist is asked for by an index out of range.
    std::string register_line(int parent, const std::string& mark, std::int64_t fen) {
        if (parent >= 0 && !has_line(parent)) return "no_allotment";
        if (fen <= 0) return "amount_not_positive";
        if (parent >= 0) {
            const auto& up = line(parent);
            if (up.mark != "none" && up.mark != mark) return "mark_lost";
            if (up.available < fen) return "overdrawn";
        }
        Line made;
        made.parent = parent;
        made.mark = mark;
        lines.push_back(made);
        const int id = static_cast<int>(lines.size()) - 1;
        begin();
        move(id, 'a', fen);
        if (parent >= 0) {
            move(parent, 'a', -fen);
            move(parent, 'd', fen);
        }
        return "ok";
    }

    /// up: more; else less. What a child gets or gives is its parent's.
    std::string change(int id, bool up, std::int64_t fen) {
        if (!has_line(id)) return "no_allotment";
        if (fen <= 0) return "amount_not_positive";
        const int parent = line(id).parent;
        if (!up && line(id).available < fen) return "overdrawn";
        if (up && parent >= 0 && line(parent).available < fen) return "overdrawn";
        const std::int64_t n = up ? fen : -fen;
        begin();
        move(id, 'a', n);
        if (parent >= 0) {
            move(parent, 'a', -n);
            move(parent, 'd', n);
        }
        return "ok";
    }

    std::string freeze(int id, std::int64_t fen) {
        if (!has_line(id)) return "no_allotment";
        if (fen <= 0) return "amount_not_positive";
        if (line(id).available < fen) return "overdrawn";
        begin();
        move(id, 'a', -fen);
        move(id, 'f', fen);
        Hold made;
        made.line = id;
        made.fen = fen;
        holds.push_back(made);
        touch(static_cast<int>(holds.size()) - 1, fen, 0);
        return "ok";
    }

    /// what: disburse, unfreeze or expire (which takes the whole rest).
    std::string resolve(int id, const std::string& what, std::int64_t fen) {
        if (!has_hold(id)) return "hold_not_found";
        auto& held = hold(id);
        if (what == "expire") fen = held.rest > 0 ? held.rest : 1;
        if (fen <= 0) return "amount_not_positive";
        if (held.rest == 0) {
            if (held.last == "disburse") return "hold_already_disbursed";
            if (held.last == "expire") return "hold_expired";
            return "hold_already_unfrozen";
        }
        if (held.rest < fen) return "hold_exceeded";
        begin();
        move(held.line, 'f', -fen);
        move(held.line, what == "disburse" ? 'p' : 'a', fen);
        touch(id, -fen, what == "disburse" ? fen : 0);
        held.last = what;
        return "ok";
    }

    std::string bounce(int id, std::int64_t fen) {
        if (!has_hold(id)) return "hold_not_found";
        if (fen <= 0) return "amount_not_positive";
        if (hold(id).paid < fen) return "bounce_exceeds";
        begin();
        move(hold(id).line, 'p', -fen);
        move(hold(id).line, 'a', fen);
        touch(id, 0, -fen);
        return "ok";
    }

    /// Undoes the n-th deed that was done, reversals counted too.
    std::string reverse(int n) {
        if (n < 0 || n >= static_cast<int>(deeds_.size())) return "no_entry";
        auto& deed = deeds_[static_cast<std::size_t>(n)];
        if (deed.is_reversal) return "is_reversal";
        if (deed.is_reversed) return "already_reversed";
        const auto before_lines = lines;
        const auto before_holds = holds;
        const Deed undone = deed;
        deed.is_reversed = true;
        begin();
        deeds_.back().is_reversal = true;
        for (const auto& m : undone.moves) move(m.line, m.bucket, -m.fen);
        if (undone.hold >= 0) {
            touch(undone.hold, -undone.rest, -undone.paid);
            if (undone.rest != 0) hold(undone.hold).last = "reversal";
        }
        if (is_sound()) return "ok";
        lines = before_lines;
        holds = before_holds;
        deeds_.pop_back();
        deeds_[static_cast<std::size_t>(n)].is_reversed = false;
        return "reversal_overdraws";
    }

    [[nodiscard]] int deeds() const { return static_cast<int>(deeds_.size()); }

private:
    struct Move {
        int line;
        char bucket;
        std::int64_t fen;
    };
    struct Deed {
        std::vector<Move> moves;
        int hold = -1;
        std::int64_t rest = 0, paid = 0;
        bool is_reversal = false, is_reversed = false;
    };
    std::vector<Deed> deeds_;

    [[nodiscard]] bool has_line(int i) const {
        return i >= 0 && i < static_cast<int>(lines.size());
    }
    [[nodiscard]] bool has_hold(int i) const {
        return i >= 0 && i < static_cast<int>(holds.size());
    }
    Line& line(int i) { return lines.at(static_cast<std::size_t>(i)); }
    Hold& hold(int i) { return holds.at(static_cast<std::size_t>(i)); }
    void begin() { deeds_.emplace_back(); }
    void move(int id, char bucket, std::int64_t fen) {
        auto& l = line(id);
        if (bucket == 'a') l.available += fen;
        if (bucket == 'd') l.allocated += fen;
        if (bucket == 'f') l.frozen += fen;
        if (bucket == 'p') l.disbursed += fen;
        l.total = l.available + l.allocated + l.frozen + l.disbursed;
        deeds_.back().moves.push_back({id, bucket, fen});
    }
    void touch(int id, std::int64_t rest, std::int64_t paid) {
        // A freeze makes its hold: the rest counts from nothing.
        hold(id).rest += rest;
        hold(id).paid += paid;
        deeds_.back().hold = id;
        deeds_.back().rest = rest;
        deeds_.back().paid = paid;
    }
    [[nodiscard]] bool is_sound() const {
        for (const auto& l : lines)
            if (l.available < 0 || l.allocated < 0 || l.frozen < 0 || l.disbursed < 0) return false;
        for (const auto& h : holds)
            if (h.rest < 0 || h.paid < 0) return false;
        return true;
    }
};

}  // namespace fenming::test

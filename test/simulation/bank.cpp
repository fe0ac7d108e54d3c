// The bank's counter.

#include "test/simulation/bank.h"

#include "test/simulation/model.h"

namespace fenming::simulation {

std::vector<std::string> cells_of(const std::string& row, char separator) {
    std::vector<std::string> cells(1);
    for (const char c : row) {
        if (c == separator)
            cells.emplace_back();
        else if (c != '\r')
            cells.back() += c;
    }
    return cells;
}

std::int64_t fen_of(const std::string& yuan) {
    const auto point = yuan.find('.');
    if (point == std::string::npos || point + 3 != yuan.size()) return -1;
    std::int64_t fen = 0;
    for (const char c : yuan)
        if (c != '.') fen = fen * 10 + (c - '0');
    return fen;
}

std::string yuan_of(std::int64_t fen) {
    const auto rest = std::to_string(fen % 100);
    return std::to_string(fen / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

std::vector<std::string> Bank::take(const std::string& bytes, int day, bool is_refused) {
    static const std::vector<std::string> kRefused{"3009", "3018", "3031", "3006", "3013", "0397"};
    std::vector<std::string> references;
    for (const auto& text : cells_of(bytes, '\n')) {
        const auto cells = cells_of(text, '|');
        if (cells.size() < 5) continue;  // the closing line
        must(cells.size() == 5, "a row of the bank file has five cells");
        references.push_back(cells[1]);
        auto* known = find(cells[1]);
        if (known != nullptr && known->is_paid) {  // never twice; it says so again
            known->told.clear();
            continue;
        }
        if (is_refused && dice_.in(9, 10)) continue;
        Payment payment;
        payment.reference = cells[1];
        payment.account = cells[2];
        payment.name = cells[3];
        payment.amount = cells[4];
        payment.fen = fen_of(cells[4]);
        must(payment.fen > 0, "the bank file pays " + cells[4]);
        payment.decides_on = day + static_cast<int>(dice_.below(3));
        const auto fate = dice_.below(100);
        payment.will_pay = fate < 91;
        payment.is_liar = !payment.will_pay && dice_.in(1, 8);
        if (payment.will_pay && dice_.in(1, 25))
            payment.turns_on = payment.decides_on + 1 + static_cast<int>(dice_.below(30));
        if (payment.is_liar)
            payment.turns_on = payment.decides_on + 1 + static_cast<int>(dice_.below(20));
        payment.code = dice_.in(1, 12) ? "3024" : dice_.in(1, 20) ? "9Z99" : "";
        if (is_refused) {  // it writes that it took nothing, and had paid this one
            payment.will_pay = true;
            payment.decides_on = day;
            payment.turns_on = -1;
        }
        if (known != nullptr) {
            *known = payment;
        } else {
            by_reference_[payment.reference] = payments_.size();
            payments_.push_back(payment);
        }
    }
    return references;
}

void Bank::work(int day) {
    static const std::vector<std::string> kRefused{"3009", "3018", "3031", "3006", "3013", "0397"};
    for (auto& payment : payments_) {
        if (payment.decides_on >= 0 && payment.decides_on <= day) {
            payment.decides_on = -1;
            payment.code =
                payment.will_pay ? (dice_.in(1, 10) ? "4000" : "0000") : dice_.one_of(kRefused);
            payment.is_paid = payment.will_pay;
            payment.paid_on = payment.will_pay ? day : -1;
        }
        if (payment.turns_on >= 0 && payment.turns_on <= day && payment.decides_on < 0) {
            payment.turns_on = -1;
            if (payment.is_liar) {
                payment.is_paid = true;
                payment.paid_on = day;
                payment.code = "0000";
            } else {
                payment.is_back = true;
                payment.code = "3056";
            }
        }
    }
}

void Bank::finish(int day) {
    for (auto& payment : payments_)
        if (payment.turns_on > day && !payment.is_liar) payment.turns_on = -1;
    work(day + 100);
}

std::string Bank::row(int number, const Payment& payment, const std::string& code,
                      const std::string& amount) const {
    return std::to_string(number) + "|" + payment.reference + "|" + payment.account + "|" +
           payment.name + "|" + amount + "|" + code + "|";
}

std::string Bank::closed(const std::vector<std::string>& rows) const {
    std::string bytes;
    std::int64_t total = 0;
    for (const auto& each : rows) {
        bytes += each + "\r\n";
        total += fen_of(cells_of(each, '|')[4]);
    }
    return bytes + "T|" + std::to_string(rows.size()) + "|" + yuan_of(total) + "\r\n";
}

std::string Bank::answer(const std::vector<std::string>& references, int day, bool is_plain) {
    std::vector<std::string> rows;
    std::vector<std::string> order = references;
    if (!is_plain && dice_.in(1, 3)) dice_.shuffle(order);
    const bool is_piece = !is_plain && dice_.in(1, 4);
    bool has_news = false;
    for (const auto& reference : order) {
        auto* known = find(reference);
        if (known == nullptr) continue;  // it took nothing of that file
        auto& payment = *known;
        if (payment.code.empty() || (is_piece && dice_.in(1, 2))) continue;
        const bool is_new = payment.told != payment.code;
        if (!is_new && (is_plain || dice_.in(9, 10))) continue;
        has_news = has_news || is_new;
        const int number = static_cast<int>(rows.size()) + 1;
        if (!is_plain && dice_.in(1, 60)) {  // a slip of the bank's: wrong, or under another name
            auto slip = payment;
            if (dice_.in(1, 2)) slip.name += "X";
            const auto fen = slip.name == payment.name ? payment.fen + 1 : payment.fen;
            rows.push_back(row(number, slip, payment.code, yuan_of(fen)));
            payment.told = "slip";
            continue;
        }
        rows.push_back(row(number, payment, payment.code, payment.amount));
        payment.told = payment.code;
        if (!is_plain && dice_.in(1, 80)) rows.push_back(rows.back());
    }
    if (!has_news) return "";
    if (!is_plain && dice_.in(1, 25)) {
        Payment stranger;
        stranger.reference = "QX" + std::to_string(day) + "R" + std::to_string(dice_.below(1000));
        stranger.account = "6299990000001";
        stranger.name = "NN";
        rows.push_back(row(static_cast<int>(rows.size()) + 1, stranger, "0000", "1.00"));
    }
    return closed(rows);
}

void Bank::forget(const std::vector<std::string>& references) {
    for (const auto& reference : references)
        if (auto* payment = find(reference); payment != nullptr) payment->told.clear();
}

std::int64_t Bank::debit(const std::vector<std::string>& references) const {
    std::int64_t sum = 0;
    for (const auto& reference : references)
        if (const auto* payment = find(reference); payment != nullptr && payment->is_paid)
            sum += payment->fen;
    return sum;
}

const Payment& Bank::payment(const std::string& reference) const {
    static const Payment kNever;
    const auto* known = find(reference);
    return known == nullptr ? kNever : *known;
}

const Payment* Bank::find(const std::string& reference) const {
    const auto it = by_reference_.find(reference);
    return it == by_reference_.end() ? nullptr : &payments_[it->second];
}
Payment* Bank::find(const std::string& reference) {
    const auto it = by_reference_.find(reference);
    return it == by_reference_.end() ? nullptr : &payments_[it->second];
}

}  // namespace fenming::simulation

// Rosters: good and bad and twice, by both counties for the same persons.

#include <algorithm>

#include "base/text.h"
#include "disbursement/roster.h"
#include "test/simulation/office.h"

namespace fenming::simulation {
namespace {

struct StoredLine {
    Key id = 0, person = 0, account = 0;
    Fen fen = 0;
    std::string state;
    Fen from = 0;
    Key corrects = 0;
    std::int64_t attempt = 0;
    static constexpr auto fields = std::make_tuple(
        field("id", &StoredLine::id), field("person_id", &StoredLine::person),
        field("account_id", &StoredLine::account), field("fen", &StoredLine::fen),
        field("state", &StoredLine::state), field("from_fen", &StoredLine::from),
        field("corrects_line", &StoredLine::corrects), field("attempt", &StoredLine::attempt));
};

std::string month_text(int month) {
    const auto number = std::to_string(month % 12 + 1);
    return std::to_string(month / 12) + "-" + (number.size() == 1 ? "0" : "") + number;
}

}  // namespace

/// The lines of a new batch, and whom they pay.
std::vector<Line> Office::lines_of(Key batch) {
    const auto rows =
        scene_.read([&](store::Tx& tx) { return tx.all<StoredLine>(sql::lines, batch); });
    std::vector<Line> lines;
    for (const auto& row : rows) {
        Line line;
        line.id = row.id;
        line.batch = batch;
        line.person = row.person;
        line.account = row.account;
        line.fen = row.fen;
        line.corrects = row.corrects;
        line.attempt = row.attempt;
        must(row.state == "ready" && row.from == -1, "a new line is not ready");
        lines.push_back(line);
    }
    return lines;
}

/// Whom the batch is for, without its lines: a month mostly, and what overlaps it.
Batch Office::some_purpose(int county) {
    Batch head;
    head.area = head.county = kCounties[county].code;
    const auto today = scene_.today();
    const int now = today.year() * 12 + today.month() - 1;
    const auto which = dice_.below(20);
    head.programme = which < 9    ? "rural-dibao"
                     : which < 14 ? "disability-living"
                     : which < 18 ? "urban-dibao"
                                  : "rural-tekun";
    head.first = head.last = dice_.in(3, 4) ? now : now - 1;
    head.period = month_text(head.first);
    head.kind = "regular";
    const auto span = dice_.below(12);
    if (span == 0) {
        head.first = now - now % 3;
        head.last = head.first + 2;
        head.period = std::to_string(now / 12) + "Q" + std::to_string(now % 12 / 3 + 1);
    } else if (span == 1) {
        head.first = now - 1;
        head.last = now;
        head.period = month_text(now - 1) + ".." + month_text(now);
    } else if (span == 2) {
        head.first = head.last = -1;
        head.period = "once:F" + std::to_string(now);
    }
    if (dice_.in(1, 10)) {
        head.kind = dice_.in(1, 2) ? "supplement" : "price";
        head.cause = "J" + std::to_string(dice_.below(2));
    }
    return head;
}

std::vector<Office::Row> Office::some_rows(const Batch& head, int county) {
    Fen there = 0;
    for (const auto& [id, pot] : model_.pots)
        if (pot.holder == head.county && pot.programme == head.programme &&
            pot.year == scene_.today().year())
            there += pot.available;
    const auto count = static_cast<int>(dice_.between(1, dice_.in(1, 8) ? 24 : 9));
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) {
        Row row;
        row.who = static_cast<int>(dice_.below(std::ssize(people_)));
        const auto is_theirs = people_[static_cast<std::size_t>(row.who)].county == county;
        if (!is_theirs && dice_.in(3, 4)) continue;
        const bool is_there =
            std::ranges::any_of(rows, [&](const Row& each) { return each.who == row.who; });
        if (is_there && dice_.in(14, 15)) continue;
        row.fen = dice_.in(1, 12) ? 1 : dice_.between(5'000, 60'000);
        rows.push_back(row);
    }
    if (rows.empty()) rows.push_back({static_cast<int>(dice_.below(std::ssize(people_))), 30'000});
    // To the last fen of what is there, or one more.
    Fen rest = there + dice_.below(2);
    for (std::size_t i = 1; i < rows.size(); ++i) rest -= rows[i].fen;
    if (rest > 0 && dice_.in(1, 15)) rows[0].fen = rest;
    return rows;
}

std::string Office::csv_of(const std::vector<Row>& rows) {
    std::string csv = "姓名,身份证号,银行账号,金额(元)\n";
    for (const auto& row : rows) {
        const auto& one = people_[static_cast<std::size_t>(row.who)];
        auto id = one.id_number;
        auto number = one.number;
        auto amount = yuan_of(row.fen);
        if (dice_.in(1, 60)) id[10] = static_cast<char>('0' + (id[10] - '0' + 1) % 10);
        if (dice_.in(1, 60) && one.id != 0) number = "6299990000123457";
        if (dice_.in(1, 60)) amount = "-" + amount;
        csv += one.name + "," + id + "," + number + "," + amount + "\n";
    }
    return csv;
}

void Office::roster() {
    const int county = static_cast<int>(dice_.below(2));
    auto head = some_purpose(county);
    const auto rows = some_rows(head, county);
    auto csv = csv_of(rows);
    const bool is_again = !rosters_.empty() && dice_.in(1, 25);
    if (is_again) csv = dice_.one_of(rosters_);
    disbursement::RosterOptions options;
    options.area = {head.area};
    options.programme = head.programme;
    options.period = *parse_period(head.period);
    must(options.period.text == head.period, "a period is written in two ways");
    options.kind = head.kind == "regular"      ? disbursement::Kind::regular
                   : head.kind == "supplement" ? disbursement::Kind::supplement
                                               : disbursement::Kind::price;
    options.cause = head.cause;
    options.register_unknown = dice_.in(1, 2);
    options.accept_good = dice_.in(1, 2);
    options.key = "r" + std::to_string(scene_.totals.orders);
    const auto by =
        dice_.in(1, 20) ? somebody() : std::string("town") + (county == 0 ? ".990101" : ".990102");
    scene_.note(csv);
    const auto report = scene_.bring("roster", 2, [&] {
        return disbursement::import_roster(scene_.road(), scene_.as(by), csv, options);
    });
    scene_.keep(report.refusal  ? std::string(report.refusal->kind().code)
                : !report.batch ? std::string("roster not posted")
                                : std::string());
    scene_.note(std::to_string(report.batch.number));
    if (!report.batch) return;
    must(!is_again || report.accepted > 0, "a roster that came before made an empty batch");
    head.id = report.batch.number;
    head.maker = scene_.staff_of(by);
    const auto lines = lines_of(head.id);
    must(std::ssize(lines) == report.accepted, "a roster made other lines than it says");
    learn();
    if (!is_again) {
        rosters_.push_back(csv);
        std::size_t at = 0;  // the accepted rows, in their order
        for (const auto& line : lines) {
            const auto is_his = [&](const Row& row) {
                return row.fen == line.fen &&
                       people_[static_cast<std::size_t>(row.who)].id == line.person;
            };
            while (at < rows.size() && !is_his(rows[at])) ++at;
            must(at++ < rows.size(), "a batch pays somebody whom the roster does not name");
        }
    }
    model_.begun(head, lines);
}

}  // namespace fenming::simulation

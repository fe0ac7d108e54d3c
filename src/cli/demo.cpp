// 云川市: a city of synthetic people, made by orders on the road, as officials would (E48). Nobody
// in it exists: the area codes belong to no place, and so no identity number is anybody's.

#include <fmt/format.h>

#include <iostream>
#include <map>
#include <random>
#include <utility>

#include "access/demo.h"
#include "budget/intake.h"
#include "cli/bar.h"
#include "cli/demo_city.h"
#include "cli/verbs.h"
#include "disbursement/answer.h"
#include "disbursement/bank.h"
#include "disbursement/checks.h"
#include "disbursement/correction.h"
#include "disbursement/review.h"
#include "disbursement/roster.h"
#include "disbursement/treasury.h"
#include "policy/policy.h"
#include "registry/areas.h"
#include "registry/intake.h"

namespace fenming::cli {
namespace {

using namespace disbursement;

/// Unwraps what the demo's own orders must not refuse.
template <class T>
T must(Result<T> result, std::string_view what) {
    if (!result)
        throw Bug(fmt::format("the demo's {} was refused: {}", what,
                              say(result.error(), Language::en).says));
    return std::move(*result);
}

constexpr std::int64_t kBeijing_ms = 8 * 3'600'000;
constexpr std::int64_t kTick_ms = 1'000;  // between two orders
constexpr std::int64_t kLastMonth_ms = 120'000;
constexpr std::int64_t kLastMonthTick_ms = 50;

class Maker {
public:
    Maker(Program& program, const DemoWanted& wanted)
        : p_(program),
          wanted_(wanted),
          people_(demo_people(wanted.people, wanted.seed)),
          random_(wanted.seed) {
        for (const auto& person : people_)
            groups_[{person.programme, person.town.county()}].push_back(&person);
    }

    api::Value run(Bar& bar) {
        const auto now = p_.demo_clock()->now();
        const auto today = beijing_date(now);
        // The first month begins so that the last one is under way now.
        int year = today.year();
        int month = today.month() - (wanted_.months - 1);
        while (month < 1) {
            month += 12;
            --year;
        }
        set_day(Date(std::chrono::year{year} / month / 1));
        found();
        fund(year);
        const auto steps = static_cast<std::int64_t>(wanted_.months) *
                           static_cast<std::int64_t>(kDemoProgrammes.size());
        std::int64_t step = 0;
        for (Month period{year, month}; !(Month{today.year(), today.month()} < period);
             period = period.next()) {
            if (period.year != funded_) {
                set_day(period.first_day());
                fund(period.year);
            }
            const bool last = period == Month{today.year(), today.month()};
            if (last)
                set_today(now);
            else
                set_day(add_days(period.first_day(), 9));
            for (const auto& programme : kDemoProgrammes) {
                month_of(programme, period, last);
                bar.show(++step, steps);
            }
        }
        p_.demo_clock()->set(std::max(now, p_.demo_clock()->now()));
        p_.road().checkpoint();
        return api::Object{
            {"city", "云川市"},         {"people", static_cast<std::int64_t>(people_.size())},
            {"months", wanted_.months}, {"batches", batches_},
            {"lines", lines_},          {"paid_fen", paid_.in_fen()},
            {"synthetic", true}};
    }

private:
    using Group = std::vector<const DemoPerson*>;
    /// Whom a county pays in a programme, in the order of `people_`.
    const Group& group(const DemoProgramme& programme, Area county) {
        return groups_[{programme.code, county}];
    }
    road::Caller as(const std::string& login) {
        auto tx = p_.database().begin_read();
        return must(access::caller_as(*tx, p_.keys(), login, "demo", p_.clock().now()), login);
    }
    template <class O>
    road::ReceiptOf<O> give(const road::Caller& caller, const O& order) {
        p_.demo_clock()->advance_ms(tick_ms_);
        auto fresh = caller;
        fresh.stepped_up = p_.clock().now();
        return must(road::carry_out(p_.road(), fresh, order), O::type.name);
    }
    void set_day(Date day) {
        const Instant nine{
            std::chrono::duration_cast<std::chrono::milliseconds>(day.days().time_since_epoch())
                .count() +
            3'600'000};
        if (nine > p_.demo_clock()->now() || !begun_) p_.demo_clock()->set(nine);
        begun_ = true;
    }

    /// The last month is under way now: its orders end about now and never lie in the future, or
    /// the orders that officials give next would come before them (S19).
    void set_today(Instant now) {
        const auto midnight = beijing_date(now).days().time_since_epoch();
        const auto begin =
            std::chrono::duration_cast<std::chrono::milliseconds>(midnight).count() - kBeijing_ms;
        const Instant from{std::max(begin, now.ms - kLastMonth_ms)};
        if (from > p_.demo_clock()->now()) p_.demo_clock()->set(from);
        tick_ms_ = kLastMonthTick_ms;
    }

    void found() {
        std::vector<access::DemoCounty> counties;
        for (const auto& county : demo_counties())
            counties.push_back({county.area, county.name_zh, county.name_en});
        must(access::install_demo_users(p_.road(), kDemoCity, "云川市", "Yunchuan", counties),
             "users");
        town_ = as("town");
        review_ = as("review");
        approve_ = as("approve");
        finance_ = as("finance");
        release_ = as("release");
        bank_ = as("finance");
        give(as("section"), policy::InstallCatalogue{kDemoCity, {}});
        give(as("section"), registry::ImportAreas{kDemoCity, demo_areas()});
        std::vector<registry::PersonInput> inputs;
        inputs.reserve(people_.size());
        for (const auto& person : people_) inputs.push_back(input_of(person));
        for (std::size_t at = 0; at < inputs.size(); at += 50'000) {
            const std::span<const registry::PersonInput> part(
                inputs.data() + at, std::min<std::size_t>(50'000, inputs.size() - at));
            const auto checked = registry::check_persons(part, p_.clock().today());
            check(checked.bad.empty(), "the demo's people pass every check");
            const auto intake = registry::stage_persons(
                {p_.database(), p_.keys(), p_.road().ids(), p_.clock().now()}, checked.good);
            give(town_, registry::RegisterPersons{kDemoCity, intake});
        }
    }

    /// One issuing document a programme and year: to each county what its people need, and some
    /// more.
    void fund(int year) {
        funded_ = year;
        for (const auto& programme : kDemoProgrammes) {
            Money total;
            std::string rows;
            for (const auto& county : demo_counties()) {
                const auto heads =
                    1 + static_cast<std::int64_t>(group(programme, county.area).size());
                const auto need = Money::fen(programme.fen) * heads * (wanted_.months + 3);
                total += need;
                rows += fmt::format(
                    "云财社〔{0}〕{1}号,{0},关于下达{2}资金的通知,{2}资金,云川市财政局,{3},{4},元,"
                    "TOTAL,{0}-01-01,{0}-01-01,{5},{6},central,直达\n",
                    year, programme.number, programme.name_zh, county.name_zh, to_yuan(need),
                    programme.subject, programme.code);
            }
            for (std::size_t at = 0; (at = rows.find("TOTAL", at)) != std::string::npos;)
                rows.replace(at, 5, to_yuan(total));
            budget::ImportOptions options;
            options.area = kDemoCity;
            p_.demo_clock()->advance_ms(tick_ms_);
            const auto outcome =
                budget::import_documents(p_.road(), finance_,
                                         "文号,年度,标题,资金名称,下达单位,接收单位,金额,单位,合计,"
                                         "成文日期,收文日期,功能科目,项目代码,资金来源,直达标识\n" +
                                             rows,
                                         options);
            if (!outcome.refusals.empty())
                throw Bug("the demo's document was refused: " +
                          say(outcome.refusals.front(), Language::en).says);
        }
    }

    void month_of(const DemoProgramme& programme, Month period, bool last) {
        for (const auto& county : demo_counties()) {
            const auto& persons = group(programme, county.area);
            if (persons.empty()) continue;
            std::string csv = "姓名,身份证号,银行账号,金额(元)\n";
            for (const auto* person : persons)
                csv += fmt::format("{},{},{},{}\n", person->name, person->id_number,
                                   person->account, to_yuan(Money::fen(programme.fen)));
            RosterOptions options;
            options.area = county.area;
            options.programme = programme.code;
            options.period = must(parse_period(period.text()), "period");
            p_.demo_clock()->advance_ms(tick_ms_);
            const auto report = import_roster(p_.road(), town_, csv, options);
            if (!report.batch)
                throw Bug(
                    "the demo's roster was refused: " +
                    say(report.refusal ? *report.refusal : report.errors.front(), Language::en)
                        .says);
            ++batches_;
            lines_ += report.accepted;
            // Of the last month every county stands at another step, so that each desk has its
            // work.
            pay(report.batch, county, last ? county.ordinal - 1 : 99);
        }
    }

    void pay(BatchId batch, const DemoCountyFacts& county, int steps) {
        if (steps < 1) return;
        const auto checked = give(town_, CheckBatch{batch, 0});
        if (checked.legal + checked.line > 0)
            give(town_, SetAside{batch, {}, add_days(p_.clock().today(), 14)});
        if (steps < 2) return;
        give(town_, SubmitBatch{batch, 0});
        if (steps < 3) return;
        give(review_, ReviewBatch{batch, 0, Verdict::pass, {}});
        if (steps < 4) return;
        const auto approved = give(approve_, ApproveBatch{batch, 0, Verdict::pass, {}});
        if (steps < 5) return;
        const auto today = p_.clock().today();
        give(finance_,
             PlanBatch{batch, {today.year(), today.month()}, fmt::format("划{}", batches_)});
        give(finance_, RequestBatch{batch, fmt::format("申{}", batches_)});
        if (steps < 6) return;
        give(finance_,
             RegisterVoucher{batch, fmt::format("凭{}", batches_), today, approved.total, {}});
        give(release_, MakeBankFile{batch, "pipe"});
        if (steps < 7) return;
        const auto failed = answer(batch, county, steps <= 8);
        if (failed > 0 && steps > 8) {
            give(release_,
                 ConfirmReissue{
                     batch, Basis::bank_letter, {}, Secret<std::string>("银行书面退回清单")});
            const auto correction = give(town_, MakeCorrection{batch});
            pay(correction.batch, county, 99);
        }
        if (steps > 8 || failed == 0) give(finance_, CloseBatch{batch});
    }

    /// The bank pays; one line in a hundred fails: over the day's limit, and is then paid again, or
    /// in the last month since the account was closed, and waits for a new one. Where so many
    /// failed that one person's word is not enough, the county's finance accepts them.
    std::int64_t answer(BatchId batch, const DemoCountyFacts& county, bool is_last) {
        const std::string_view code = is_last ? "3018" : "3055";
        const std::string_view why = is_last ? "已清户" : "当日通兑业务累计金额超过规定金额";
        auto caller = release_;
        caller.stepped_up = p_.clock().now();
        const auto file = must(bank_file_bytes(p_.road(), caller, batch), "bank file");
        std::string text = "\xEF\xBB\xBF";
        std::int64_t failed = 0;
        sheet::MemoryInput input(text_of(file.bytes));
        const auto read = sheet::read_bank_file(
            *sheet::built_in_layout("pipe"), sheet::Direction::send, input,
            [&](sheet::BankLine&& line) {
                const bool fails = std::uniform_int_distribution<int>(1, 100)(random_) == 1;
                failed += fails ? 1 : 0;
                if (!fails) paid_ += line.amount;
                text += fmt::format("{}|{}|{}|{}|{}|{}|{}\r\n", line.row, line.reference,
                                    line.account.reveal(), line.name.reveal(), to_yuan(line.amount),
                                    fails ? code : "0000", fails ? why : "交易成功");
            });
        const auto sent = must(read, "bank file");
        text += fmt::format("T|{}|{}\r\n", sent.lines, to_yuan(sent.total));
        p_.demo_clock()->advance_ms(tick_ms_);
        const auto posted = must(import_answer(p_.road(), bank_, text, {}), "bank answer");
        if (!posted.receipt.held) return failed;
        AnswerOptions accept;
        accept.accept_failures = true;
        p_.demo_clock()->advance_ms(tick_ms_);
        const auto login = "finance." + county.area.text().substr(0, 6);
        must(import_answer(p_.road(), as(login), text, accept), "accepted answer");
        return failed;
    }

    Program& p_;
    const DemoWanted& wanted_;
    const std::vector<DemoPerson> people_;
    std::map<std::pair<std::string_view, Area>, Group> groups_;
    std::mt19937_64 random_;
    road::Caller town_, review_, approve_, finance_, release_, bank_;
    std::int64_t tick_ms_ = kTick_ms;
    int funded_ = 0;
    bool begun_ = false;
    std::int64_t batches_ = 0;
    std::int64_t lines_ = 0;
    Money paid_;
};

}  // namespace

int demo(const Common& common, const DemoWanted& wanted) {
    auto program = Program::open(common, Need::fresh_demo);
    if (!program) return refused(common, program.error());
    if (!wanted.area.empty()) {
        const auto made = demo_of_place(**program, wanted.area);
        if (!made) return refused(common, made.error());
        print(common, *made);
        return kAllDone;
    }
    Bar bar(words("cli.making_demo", common.language));
    const auto made = Maker(**program, wanted).run(bar);
    print(common, made);
    return kAllDone;
}

}  // namespace fenming::cli

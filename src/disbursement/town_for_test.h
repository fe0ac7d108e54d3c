#pragma once
// A town with a desk for each duty, for this folder's tests: people, accounts, money, and a bank.

#include <map>

#include "base/text.h"
#include "crypto/e2e.h"
#include "disbursement/answer.h"
#include "disbursement/bank.h"
#include "disbursement/checks.h"
#include "disbursement/correction.h"
#include "disbursement/invariants.h"
#include "disbursement/review.h"
#include "disbursement/roster.h"
#include "disbursement/treasury.h"
#include "disbursement/view.h"
#include "policy/policy.h"
#include "registry/areas.h"
#include "registry/validators.h"
#include "sheet/bank_text.h"
#include "sheet/layout.h"
#include "test/support/books.h"
#include "workflow/invariants.h"

namespace fenming::disbursement {

inline constexpr std::int64_t kMaker = 11, kReviewer = 12, kApprover = 13, kFinance = 14,
                              kRelease = 15, kAnswer = 16, kSecondAnswer = 17;
inline constexpr Area kCity{990100000000};
inline constexpr Area kCounty{990101000000};
inline constexpr Area kTownArea{990101001000};
inline constexpr Area kOtherCounty{990102000000};

/// "ok", or the refusal's code without the folder, said in both languages with every value filled.
inline std::string code_of(const Refusal& no) {
    for (const auto language : {Language::zh_cn, Language::en}) {
        EXPECT_TRUE(missing_values(no, language).empty()) << no.kind().code;
        EXPECT_FALSE(say(no, language).mend.empty()) << no.kind().code;
    }
    const std::string code(no.kind().code);
    return code.starts_with("disbursement.") ? code.substr(13) : code;
}
template <class T>
std::string verdict(const Result<T>& result) {
    return result ? "ok" : code_of(result.error());
}

/// A row that was sent, as the bank saw it.
struct SentRow {
    std::string reference;
    std::string account;
    std::string name;
};

class Town {
public:
    test::World w;

    explicit Town(std::string_view kind) : w(kind) {
        auto all = ledger::invariants();
        for (const auto& each : workflow::invariants()) all.push_back(each);
        for (const auto& each : disbursement::invariants()) all.push_back(each);
        w.use(std::move(all));
        give(kMaker, policy::InstallCatalogue{kCity, {}});
        const auto place = [](Area code, const char* name) {
            registry::AreaInput input;
            input.code = code;
            input.name_zh = name;
            return input;
        };
        give(kMaker,
             registry::ImportAreas{kCity,
                                   {place(kCity, "云川市"), place(kCounty, "临川县"),
                                    place(kTownArea, "石桥镇"), place(kOtherCounty, "临江县")}});
    }

    template <class O>
    road::ReceiptOf<O> give(std::int64_t staff, const O& order) {
        auto receipt = road::carry_out(w.road(), w.as(staff), order);
        if (!receipt) {
            ADD_FAILURE() << O::type.name << " refused: " << receipt.error().kind().code << " "
                          << say(receipt.error(), Language::en).says;
            return {};
        }
        return *receipt;
    }
    /// The code of the refusal, said in both languages with every value filled in.
    template <class O>
    std::string refused(std::int64_t staff, const O& order) {
        const auto receipt = road::carry_out(w.road(), w.as(staff), order);
        if (receipt) return "carried out";
        for (const auto language : {Language::zh_cn, Language::en})
            EXPECT_TRUE(missing_values(receipt.error(), language).empty())
                << receipt.error().kind().code;
        return std::string(receipt.error().kind().code);
    }

    /// As refused(), short: "ok" or the code without the folder.
    template <class O>
    std::string try_it(std::int64_t staff, const O& order) {
        return verdict(road::carry_out(w.road(), w.as(staff), order));
    }

    [[nodiscard]] Date today() const { return w.clock.today(); }

    AllotmentId fund(Money fen, std::string_view programme = "rural-dibao", Area holder = kCounty) {
        ledger::test_orders::LineGiven line = ledger::test_orders::root(fen.in_fen());
        line.area = holder;
        line.programme = programme;
        return ledger::test_orders::registered(w, line);
    }
    std::string buckets(AllotmentId allotment) {
        return ledger::test_orders::buckets(w, allotment);
    }

    /// The csv of the first `people` of the town, each with the same amount.
    std::string roster(int people, std::int64_t fen, int from = 0) const {
        std::string csv(kHead);
        for (int i = from; i < from + people; ++i) csv += row(i, fen);
        return csv;
    }
    static constexpr std::string_view kHead = "姓名,身份证号,银行账号,金额(元)\n";
    static std::string row(int i, std::int64_t fen) {
        // Digits that end in 000 read like those that a spreadsheet spoilt (torture E11).
        const auto cell = [](const std::string& digits) {
            return (digits.ends_with("000") ? "'" : "") + digits;
        };
        return name_of(i) + "," + cell(id_of(i)) + "," + cell(account_of(i)) + "," +
               to_yuan(Money::fen(fen)) + "\n";
    }
    static std::string name_of(int i) {
        constexpr const char* kNames[] = {"王测一", "李测二", "张测三", "刘测四",
                                          "陈测五", "杨测六", "赵测七", "黄测八"};
        return kNames[i % 8];
    }
    static std::string id_of(int i) {
        auto first = "990101" + std::to_string(1950 + i / 900) + "010" + std::to_string(1 + i % 9) +
                     std::to_string(100 + i % 900);
        return first + registry::id_number_check_character(first);
    }
    static std::string account_of(int i) {
        auto first = "629999000000" + std::to_string(10000 + i);
        return first + registry::bank_card_check_digit(first);
    }

    RosterOptions options() const {
        RosterOptions wanted;
        wanted.area = kTownArea;
        wanted.programme = "rural-dibao";
        wanted.period = *parse_period("2026-11");
        wanted.register_unknown = true;
        return wanted;
    }
    RosterReport import(int people, std::int64_t fen) {
        return import(roster(people, fen), options());
    }
    RosterReport import(const std::string& csv, const RosterOptions& wanted) {
        auto report = import_roster(w.road(), w.as(kMaker), csv, wanted);
        for (const auto& error : report.errors) static_cast<void>(say(error, Language::zh_cn));
        return report;
    }

    BatchReceipt review(BatchId batch) {
        if (state_of(batch) == "draft") give(kMaker, CheckBatch{batch, 0});
        give(kMaker, SubmitBatch{batch, 0});
        return give(kReviewer, ReviewBatch{batch, 0, Verdict::pass, {}});
    }
    void approve(BatchId batch) {
        const auto total = review(batch).total;
        EXPECT_EQ(
            try_it(kApprover, ApproveBatch{batch, 0, Verdict::pass, {}, total + Money::fen(1)}),
            "other_total");
        give(kApprover, ApproveBatch{batch, 0, Verdict::pass, {}, total});
    }
    void to_voucher(BatchId batch) {
        const auto total = show(batch).batch.payable_fen;
        give(kFinance, PlanBatch{batch, {2026, 11}, "划2026-1"});
        give(kFinance, RequestBatch{batch, "申2026-1"});
        give(kFinance, RegisterVoucher{batch, "凭2026-1", today(), total, {}});
    }
    void to_sent(BatchId batch) {
        approve(batch);
        to_voucher(batch);
        give(kRelease, MakeBankFile{batch, "pipe"});
    }
    void pay(BatchId batch) {
        to_sent(batch);
        const auto posted = import_answer(w.road(), w.as(kAnswer), answer(batch, {}), {});
        EXPECT_TRUE(posted) << posted.error().kind().code;
        const auto view = show(batch);
        bool aside = false;
        for (const auto& state : view.states) aside = aside || state.state == "set_aside";
        if (aside) {
            const auto follow = give(kMaker, MakeCorrection{batch});
            static_cast<void>(follow);
        }
        give(kRelease, CloseBatch{batch});
    }

    BatchView show(BatchId batch) {
        auto found = view(w.road(), w.caller, batch);
        EXPECT_TRUE(found);
        return found ? *found : BatchView{};
    }
    std::string state_of(BatchId batch) { return show(batch).batch.state; }

    /// What the bank file holds, read back by the layout that wrote it.
    std::vector<SentRow> rows(BatchId batch) {
        const auto file = bank_file_bytes(w.road(), w.as(kRelease), batch);
        EXPECT_TRUE(file);
        std::vector<SentRow> sent;
        sheet::MemoryInput input(text_of(file->bytes));
        const auto read = sheet::read_bank_file(
            *sheet::built_in_layout("pipe"), sheet::Direction::send, input,
            [&](sheet::BankLine&& line) {
                sent.push_back({line.reference, line.account.reveal(), line.name.reveal()});
            });
        EXPECT_TRUE(read);
        return sent;
    }
    static std::string line(int number, const SentRow& row, const std::string& yuan,
                            const std::string& code) {
        return std::to_string(number) + "|" + row.reference + "|" + row.account + "|" + row.name +
               "|" + yuan + "|" + code + "|回\r\n";
    }
    /// The rows with the closing line that the bank puts below them.
    static std::string closed(const std::string& rows) {
        std::int64_t count = 0;
        Money total;
        for (const auto& row : split(rows, '\n')) {
            if (trim(row).empty()) continue;
            ++count;
            const auto cells = split(row, '|');
            if (cells.size() > 5) total += *parse_money(cells[4], MoneyUnit::yuan);
        }
        return rows + "T|" + std::to_string(count) + "|" + to_yuan(total) + "\r\n";
    }
    /// The bank's answer: every line paid, but those named by number.
    std::string answer(BatchId batch, const std::map<int, std::string>& codes) {
        std::string text;
        const auto sent = rows(batch);
        auto page = lines(w.road(), w.caller, batch, 0, "", 500);
        EXPECT_TRUE(page);
        std::vector<Money> amounts;
        for (const auto& each : *page)
            if (each.state != "set_aside") amounts.push_back(each.fen);
        for (std::size_t i = 0; i < sent.size(); ++i) {
            const auto number = static_cast<int>(i) + 1;
            const auto code = codes.find(number);
            text += line(number, sent[i], to_yuan(amounts[i]),
                         code == codes.end() ? "0000" : code->second);
        }
        return closed(text);
    }

    /// Brings an answer of which so much failed that a second person must accept it.
    Result<AnswerReport> answer_by_two(const std::string& text) {
        const auto held = import_answer(w.road(), w.as(kAnswer), text, {});
        EXPECT_TRUE(held && held->receipt.held) << verdict(held);
        AnswerOptions accept;
        accept.accept_failures = true;
        return import_answer(w.road(), w.as(kSecondAnswer), text, accept);
    }

    void expect_whole() {
        w.expect_trail_whole();
        auto tx = w.database().begin_read();
        for (const auto& each : w.road().invariants())
            tx->query(*each.broken, {store::Value::of(0)}, store::Fetch::whole,
                      [&](store::Cursor& c) {
                          ADD_FAILURE() << each.name << ": " << c.text(0) << " " << c.text(1) << " "
                                        << c.text(2);
                      });
    }
};

}  // namespace fenming::disbursement

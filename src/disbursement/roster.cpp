// Reading a roster, and finding whom it pays.

#include "disbursement/roster.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "crypto/frame.h"
#include "disbursement/sql.h"
#include "registry/intake.h"
#include "registry/probe.h"
#include "sheet/table.h"

namespace fenming::disbursement {
namespace {

const std::vector<sheet::Column>& columns() {
    static const std::vector<sheet::Column> kColumns = {
        {"reference", {"明细编号", "编号", "流水号", "reference", "no"}, false, false},
        {"name", {"姓名", "领取人", "收款人", "name"}, true, true},
        {"id_number",
         {"证件号码", "身份证号", "身份证号码", "公民身份号码", "id_number"},
         true,
         true},
        {"account",
         {"账号", "银行账号", "银行卡号", "卡号", "社保卡银行账号", "account"},
         false,
         true},
        {"holder", {"户名", "账户名", "开户人", "holder"}, false, true},
        {"bank", {"开户行", "开户银行", "银行", "bank"}, false, false},
        {"amount", {"金额", "应发", "应发金额", "补贴金额", "发放金额", "amount"}, true, false},
        {"area", {"地区代码", "区划代码", "村（居）代码", "村居代码", "area_code"}, false, false},
        {"note", {"备注", "note"}, false, true}};
    return kColumns;
}

/// A row whose person can be looked up; personal data in memory only.
struct RosterRow {
    std::int64_t number = 0;
    bool is_good = false;  ///< else it is looked up only for what else is wrong with it
    registry::PersonInput person;
    bool has_account = false;      ///< its cell is filled
    bool is_account_read = false;  ///< and no fault was found there
    Money fen;
    std::string reference;
    // Found in the register:
    PersonId id;
    Area area;
    bool name_agrees = false;
    PayeeAccountId account;     ///< the account the row names, or the person's only one
    std::int64_t accounts = 0;  ///< of the person, active
};

struct ProbedPerson {
    std::int64_t ordinal = 0;
    PersonId person;
    Area area;
    Bytes name_index;
    static constexpr auto fields = std::make_tuple(
        field("ordinal", &ProbedPerson::ordinal), field("person", &ProbedPerson::person),
        field("area", &ProbedPerson::area), field("name_index", &ProbedPerson::name_index));
};
struct ProbedAccount {
    PersonId person;
    PayeeAccountId account;
    Bytes account_index;
    static constexpr auto fields = std::make_tuple(
        field("person", &ProbedAccount::person), field("account", &ProbedAccount::account),
        field("account_index", &ProbedAccount::account_index));
};

class Importer {
public:
    Importer(road::Road& road, const road::Caller& caller, const RosterOptions& options,
             const std::function<void(std::int64_t, std::int64_t)>& progress)
        : road_(road), caller_(caller), options_(options), progress_(progress) {}

    RosterReport run(std::string_view bytes) {
        digest_ = digest_of(bytes);
        // A wrong programme, area or month is told at once, and before anybody is registered.
        report_.refusal = why_not_at_all();
        if (report_.refusal) return finish();
        read(bytes);
        if (report_.refusal) return finish();
        tell(1);
        if (options_.register_unknown && may_go_on()) register_persons();
        if (report_.refusal) return finish();
        tell(2);
        find();
        // A header alone is the wrong file, and no batch of nobody.
        if (report_.rows == 0 && problems_.is_empty()) report_.refusal = refusal(kNoLines);
        if (!may_go_on() || rows_.empty()) return finish();
        tell(kParts);
        post();
        return finish();
    }

private:
    [[nodiscard]] bool may_go_on() const { return options_.accept_good || problems_.is_empty(); }

    /// Reading, registering, finding: a third each; what is left then is the posting.
    static constexpr std::int64_t kParts = 3;
    void tell(std::int64_t parts) const {
        if (progress_ && report_.rows > 0) progress_(parts * report_.rows, kParts * report_.rows);
    }

    RosterReport finish() {
        report_.errors = problems_.kept();
        std::ranges::stable_sort(report_.errors, {},
                                 [](const Refusal& each) { return each.place().row; });
        report_.errors_left_out = problems_.left_out();
        report_.accepted = static_cast<std::int64_t>(rows_.size());
        report_.refused = report_.rows - report_.accepted;
        report_.total = {};
        for (const auto& row : rows_) report_.total += row.fen;
        return std::move(report_);
    }

    /// The column is named as the file names it.
    void note(const RosterRow& row, std::string_view key, Refusal&& refusal) {
        const auto it = places_.find(key);
        std::string column(it == places_.end() ? std::string_view() : it->second);
        if (column.empty())
            for (const auto& each : columns())
                if (each.key == key) column = each.names.front();
        problems_.add(std::move(refusal).at("", row.number, std::move(column)));
    }

    void read(std::string_view bytes) {
        sheet::MemoryInput input(bytes);
        Money printed;
        bool has_total = false;
        bool is_summed = true;  // every amount reads
        Money sum;
        const auto take = [&](sheet::Row& raw) {
            RosterRow row;
            const auto is_person = take_person(raw, row);
            const auto amount = take_payment(raw, row);
            const bool is_too_much = row.fen.in_fen() > kMaxFen - sum.in_fen();
            if (is_too_much)
                raw.note("amount", refusal(kMoneyOutOfRange)
                                       .with("text", to_yuan(sum + row.fen))
                                       .with("most_fen", kMaxFen));
            else if (row.fen > Money())
                sum += row.fen;
            is_summed = is_summed && amount && !is_too_much && row.fen >= Money();
            row.is_good = !raw.is_bad() && is_person && amount;
            if (is_person) rows_.push_back(std::move(row));
            if (progress_ && rows_.size() % 5000 == 0)
                progress_(static_cast<std::int64_t>(rows_.size()), 0);
        };
        const auto take_total = [&](sheet::Row& raw) {
            if (const auto amount = raw.money("amount", MoneyUnit::yuan)) {
                printed = *amount;
                has_total = true;
            }
        };
        auto table = sheet::read_csv_table(input, {}, columns(), take, take_total);
        report_.rows = table.rows;
        report_.extra_columns = table.header.extra();
        for (const auto& cell : table.header.cells) places_.emplace(cell.key, cell.place());
        for (const auto& problem : table.problems.kept()) problems_.add(problem);
        if (!table.is_readable && !table.problems.is_empty())
            report_.refusal = table.problems.kept().front();
        if (table.is_readable && has_total && is_summed && printed != sum)
            problems_.add(refusal(kRosterTotal)
                              .with("printed_fen", printed.in_fen())
                              .with("sum_fen", sum.in_fen()));
    }

    /// Reads who is paid, and where to; true if the person can be looked up. Every fault that the
    /// row alone shows is noted, the same ones whether new persons are registered or not.
    bool take_person(sheet::Row& raw, RosterRow& row) {
        row.number = raw.number();
        const auto name = raw.text("name", 60);
        const auto id = raw.code("id_number", 18);
        const auto account = raw.code("account", 40);
        const auto holder = raw.text("holder", 60);
        const auto bank = raw.text("bank", 60);
        const auto area = raw.area("area");
        row.has_account = raw.has("account");
        row.person.area = area && options_.area.contains(*area) ? *area : options_.area;
        if (id) row.person.id_number = Secret<std::string>(*id);
        if (name) row.person.name = Secret<std::string>(*name);
        if (account) row.person.account = Secret<std::string>(*account);
        if (holder && account) row.person.holder = Secret<std::string>(*holder);
        if (bank && account) row.person.bank_name = *bank;
        bool is_person = id && name;
        row.is_account_read = account.has_value();
        auto checked = registry::check_persons({&row.person, 1}, road_.clock().today());
        for (auto& bad : checked.bad) {
            const auto column = bad.place().column;
            // What does not read is told already.
            if ((column == "id_number" && !id) || (column == "name" && !name)) continue;
            if (column == "id_number" || column == "name") is_person = false;
            if (column == "account") row.is_account_read = false;
            raw.note(column == "bank_name" ? "bank" : column, std::move(bad));
        }
        return is_person;
    }

    /// Reads what is paid; true if the amount reads.
    static bool take_payment(sheet::Row& raw, RosterRow& row) {
        const auto amount = raw.money("amount", MoneyUnit::yuan);
        const auto reference = raw.code("reference", 40);
        if (amount && *amount <= Money())
            raw.note("amount", refusal(kAmountNotPositive)
                                   .with("line", raw.number())
                                   .with("amount_fen", amount->in_fen()));
        if (reference && !may_reference(*reference))
            raw.note("reference", refusal(kBadReference).with("line", raw.number()));
        row.fen = amount.value_or(Money());
        row.reference = reference.value_or("");
        return amount.has_value();
    }

    /// Registers whom the register does not know; rows that it does not take leave.
    void register_persons() {
        std::vector<registry::PersonInput> inputs;
        std::vector<std::size_t> row_of;  // beside `inputs`: the first row of the person
        std::unordered_set<std::string> seen;
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (rows_[i].is_good && seen.insert(rows_[i].person.id_number.reveal()).second) {
                inputs.push_back(rows_[i].person);
                row_of.push_back(i);
            }
        auto checked = registry::check_persons(inputs, road_.clock().today());
        std::unordered_set<std::string> bad_ids;
        for (auto& bad : checked.bad) {
            const auto& row = rows_[row_of[static_cast<std::size_t>(bad.place().row - 1)]];
            bad_ids.insert(row.person.id_number.reveal());
            const auto key = bad.place().column == "bank_name" ? "bank" : bad.place().column;
            note(row, key, std::move(bad));
        }
        std::erase_if(rows_, [&](const RosterRow& row) {
            return bad_ids.count(row.person.id_number.reveal()) != 0;
        });
        if (!may_go_on() || checked.good.empty() || options_.dry_run) return;
        const auto intake = registry::stage_persons(
            {road_.database(), road_.keys(), road_.ids(), road_.clock().now()}, checked.good);
        const auto taken =
            road::carry_out(road_, caller_, registry::RegisterPersons{options_.area, intake});
        if (!taken) {
            registry::drop_intake(road_.database(), intake);
            report_.refusal = taken.error();
            return;
        }
        report_.registered = taken->registered;
        is_registered_ = true;
    }

    void find() {
        std::vector<crypto::BlindIndex> ids;
        std::vector<std::size_t> asked;
        std::vector<RosterRow> kept;
        for (auto& row : rows_) {
            const auto id = crypto::canonical_id_number(row.person.id_number.reveal());
            if (!id) {
                note(row, "id_number", Refusal(id.error()));
                continue;
            }
            ids.push_back(road_.keys().blind_index(*id));
            kept.push_back(std::move(row));
        }
        rows_ = std::move(kept);
        if (rows_.empty()) return;
        // A writing transaction that is rolled back: the questions' keys are laid in and vanish.
        auto tx = road_.database().begin_write();
        const auto probe_id = road_.ids().next(road_.clock().now().ms);
        const registry::Probe probe(*tx, probe_id, ids);
        for (const auto& found : tx->all<ProbedPerson>(sql::probed_persons, probe_id)) {
            auto& row = rows_[static_cast<std::size_t>(found.ordinal)];
            row.id = found.person;
            row.area = found.area;
            const auto name = crypto::canonical_name(row.person.name.reveal());
            row.name_agrees =
                name && std::ranges::equal(road_.keys().blind_index(*name), found.name_index);
        }
        std::unordered_map<std::int64_t, std::vector<ProbedAccount>> accounts;
        for (auto& found : tx->all<ProbedAccount>(sql::probed_accounts, probe_id))
            accounts[found.person.number].push_back(std::move(found));
        std::erase_if(rows_, [&](RosterRow& row) {
            return !settle(row, accounts[row.id.number]) || !row.is_good;
        });
    }

    /// Names all that keeps a row from being paid; true if nothing does.
    bool settle(RosterRow& row, const std::vector<ProbedAccount>& accounts) {
        const auto name = shown(row.person.name.reveal());
        if (!row.id) {
            // Whom this very import was to register, had it come to that.
            if (options_.register_unknown && (!is_registered_ || !row.is_good)) return true;
            note(row, "id_number", refusal(kUnknownPerson).personal("name", name));
            return false;
        }
        if (!row.name_agrees) note(row, "name", refusal(kNameDiffers).personal("name", name));
        if (!row.has_account && accounts.size() == 1) row.account = accounts.front().account;
        if (row.is_account_read) row.account = the_one_named(row, accounts);
        if (!row.has_account && !row.account)
            note(row, "account", refusal(kAccountMissing).personal("name", name));
        if (row.is_account_read && !row.account)
            note(row, "account", refusal(kAccountUnknown).personal("name", name));
        return row.name_agrees && row.account;
    }

    /// The person's account that the row names; none if it is none of his.
    PayeeAccountId the_one_named(const RosterRow& row, const std::vector<ProbedAccount>& accounts) {
        const auto canonical = crypto::canonical_account(row.person.account->reveal());
        check(canonical.has_value(), "the account was read before");
        const auto index = road_.keys().blind_index(*canonical);
        for (const auto& account : accounts)
            if (std::ranges::equal(account.account_index, index)) return account.account;
        return {};
    }

    [[nodiscard]] Bytes digest_of(std::string_view bytes) const {
        const auto digest = road_.keys()
                                .mac(crypto::MacLabel::idempotency)
                                .mac(crypto::Frame("fenming/roster/v1").add(bytes).view());
        return {digest.begin(), digest.end()};
    }

    [[nodiscard]] ImportBatch order() const {
        return {options_.area, options_.programme, options_.period,
                options_.kind, options_.cause,     {},
                digest_};
    }

    /// What the order would be refused for whatever its rows are. The same file under the same key
    /// is answered as before, so that this is no reason here.
    [[nodiscard]] std::optional<Refusal> why_not_at_all() const {
        auto trial = road::carry_out(road_, caller_, order(), {.key = {}, .dry_run = true});
        check(!trial, "an order without rows is refused");
        const auto code = trial.error().kind().code;
        if (code == kNoLines.code || code == kImportedBefore.code) return std::nullopt;
        return std::move(trial.error());
    }

    void post() {
        auto order = this->order();
        order.lines.reserve(rows_.size());
        for (const auto& row : rows_)
            order.lines.push_back({row.id, row.account, row.area, row.fen, row.reference});
        const auto receipt =
            road::carry_out(road_, caller_, order, {options_.key, options_.dry_run});
        if (!receipt)
            report_.refusal = receipt.error();
        else if (!options_.dry_run)
            report_.batch = receipt->batch;
    }

    road::Road& road_;
    const road::Caller& caller_;
    const RosterOptions& options_;
    const std::function<void(std::int64_t, std::int64_t)>& progress_;
    Bytes digest_;  // of the file
    std::vector<RosterRow> rows_;
    std::map<std::string, std::string, std::less<>> places_;  // of the file's columns, by key
    sheet::Problems problems_{1000};
    bool is_registered_ = false;  // whoever was new
    RosterReport report_;
};

}  // namespace

RosterReport import_roster(road::Road& road, const road::Caller& caller, std::string_view bytes,
                           const RosterOptions& options,
                           const std::function<void(std::int64_t, std::int64_t)>& progress) {
    return Importer(road, caller, options, progress).run(bytes);
}

}  // namespace fenming::disbursement

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

/// A row whose cells read; personal data in memory only.
struct RosterRow {
    std::int64_t number = 0;
    registry::PersonInput person;
    bool has_account = false;
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
        read(bytes);
        if (report_.refusal) return finish();
        tell(1);
        if (options_.register_unknown && may_go_on()) register_persons();
        if (report_.refusal) return finish();
        tell(2);
        find();
        if (!may_go_on() || rows_.empty()) return finish();
        tell(kParts);
        post(bytes);
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
        Money sum;
        const auto take = [&](sheet::Row& raw) {
            RosterRow row;
            row.number = raw.number();
            const auto name = raw.text("name", 60);
            const auto id = raw.code("id_number", 18);
            const auto account = raw.code("account", 40);
            const auto holder = raw.text("holder", 60);
            const auto bank = raw.text("bank", 60);
            const auto amount = raw.money("amount", MoneyUnit::yuan);
            const auto area = raw.area("area");
            const auto reference = raw.code("reference", 40);
            if (amount && *amount <= Money())
                raw.note("amount", refusal(kAmountNotPositive)
                                       .with("line", raw.number())
                                       .with("amount_fen", amount->in_fen()));
            if (reference && !may_reference(*reference))
                raw.note("reference", refusal(kBadReference).with("line", raw.number()));
            if (raw.is_bad() || !name || !id || !amount) return;
            sum += *amount;
            row.fen = *amount;
            row.reference = reference.value_or("");
            row.person.area = area && options_.area.contains(*area) ? *area : options_.area;
            row.person.id_number = Secret<std::string>(*id);
            row.person.name = Secret<std::string>(*name);
            if (account) row.person.account = Secret<std::string>(*account);
            if (holder && account) row.person.holder = Secret<std::string>(*holder);
            if (bank && account) row.person.bank_name = *bank;
            row.has_account = account.has_value();
            rows_.push_back(std::move(row));
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
        if (table.is_readable && has_total && table.problems.is_empty() && printed != sum)
            problems_.add(refusal(kRosterTotal)
                              .with("printed_fen", printed.in_fen())
                              .with("sum_fen", sum.in_fen()));
    }

    /// Shapes and check digits of what is to be registered; bad rows leave.
    void register_persons() {
        std::vector<registry::PersonInput> inputs;
        std::vector<std::size_t> row_of;  // beside `inputs`: the first row of the person
        std::unordered_set<std::string> seen;
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (seen.insert(rows_[i].person.id_number.reveal()).second) {
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
        std::erase_if(rows_, [&](RosterRow& row) { return !settle(row, accounts[row.id.number]); });
    }

    /// Names what keeps a row from being paid; true if nothing does.
    bool settle(RosterRow& row, const std::vector<ProbedAccount>& accounts) {
        if (!row.id) {
            // Whom this very import was to register, had it come to that.
            if (options_.register_unknown && !is_registered_) return true;
            note(row, "id_number",
                 refusal(kUnknownPerson).personal("name", shown(row.person.name.reveal())));
            return false;
        }
        if (!row.name_agrees) {
            note(row, "name",
                 refusal(kNameDiffers).personal("name", shown(row.person.name.reveal())));
            return false;
        }
        if (!row.has_account) {
            if (accounts.size() == 1) {
                row.account = accounts.front().account;
                return true;
            }
            note(row, "account",
                 refusal(kAccountMissing).personal("name", shown(row.person.name.reveal())));
            return false;
        }
        const auto canonical = crypto::canonical_account(row.person.account->reveal());
        if (!canonical) {
            note(row, "account", Refusal(canonical.error()));
            return false;
        }
        const auto index = road_.keys().blind_index(*canonical);
        for (const auto& account : accounts)
            if (std::ranges::equal(account.account_index, index)) {
                row.account = account.account;
                return true;
            }
        note(row, "account",
             refusal(kAccountUnknown).personal("name", shown(row.person.name.reveal())));
        return false;
    }

    void post(std::string_view bytes) {
        const auto digest = road_.keys()
                                .mac(crypto::MacLabel::idempotency)
                                .mac(crypto::Frame("fenming/roster/v1").add(bytes).view());
        ImportBatch order{options_.area,
                          options_.programme,
                          options_.period,
                          options_.kind,
                          options_.cause,
                          {},
                          Bytes(digest.begin(), digest.end())};
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

api::Value error_json(const Refusal& refusal, Language language) {
    const auto sentence = say(refusal, language);
    std::string value;
    for (const auto& each : refusal.values())
        if (each.name == "text" && std::holds_alternative<std::string>(each.value))
            value = std::get<std::string>(each.value);
    return api::Object{{"sheet", refusal.place().sheet},
                       {"row", refusal.place().row},
                       {"column", refusal.place().column},
                       {"value", value},
                       {"code", std::string(refusal.kind().code)},
                       {"message", sentence.says},
                       {"mend", sentence.mend}};
}

api::Value to_json(const RosterReport& report, Language language) {
    api::Array errors;
    // What made the file unreadable stands among the errors already.
    const auto is_told = [&](const Refusal& why) {
        return std::ranges::any_of(report.errors, [&](const Refusal& each) {
            return each.kind().code == why.kind().code;
        });
    };
    if (report.refusal && !is_told(*report.refusal))
        errors.push_back(error_json(*report.refusal, language));
    for (const auto& error : report.errors) errors.push_back(error_json(error, language));
    api::Array warnings;
    for (const auto& column : report.extra_columns)
        warnings.push_back(api::Object{{"code", "sheet.extra_column"}, {"column", column}});
    api::Value batch;
    if (report.batch) batch = std::to_string(report.batch.number);
    return api::Object{{"batch", batch},
                       {"rows", report.rows},
                       {"accepted", report.accepted},
                       {"refused", report.refused},
                       {"registered", report.registered},
                       {"total_fen", report.total.in_fen()},
                       {"errors", std::move(errors)},
                       {"errors_left_out", report.errors_left_out},
                       {"warnings", std::move(warnings)}};
}

}  // namespace fenming::disbursement

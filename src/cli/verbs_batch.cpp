// Verbs on batches and bank files.

#include <filesystem>
#include <fstream>
#include <iostream>

#include "cli/arguments.h"
#include "cli/bar.h"
#include "cli/verbs.h"
#include "disbursement/answer.h"
#include "disbursement/bank.h"
#include "disbursement/checks.h"
#include "disbursement/correction.h"
#include "disbursement/drop.h"
#include "disbursement/jobs.h"
#include "disbursement/review.h"
#include "disbursement/roster.h"
#include "disbursement/treasury.h"
#include "disbursement/view.h"

namespace fenming::cli {
namespace {

using namespace disbursement;  // every order of the verbs below is its

inline constexpr RefusalKind kNoDebit{"cli.no_debit", 422};

Result<api::Value> check(Program& program, BatchId batch, Language language) {
    const auto caller = TRY(program.person());
    auto value = [&] {
        Bar bar(words("cli.checking", language));
        return run_check(program.road(), program.jobs(), caller, batch, bar.report());
    }();
    if (!value) return value;
    const auto found = TRY(findings(program.road(), caller, batch, {}, 500));
    api::Array blockers;
    api::Array warnings;
    for (const auto& finding : found) {
        auto row = api::to_value(finding);
        row.if_object()->set("message",
                             std::string(words("disbursement.finding." + finding.code, language)));
        row.if_object()->set("mend",
                             std::string(words("disbursement.mend." + finding.severity, language)));
        (finding.severity == "warning" ? warnings : blockers).push_back(std::move(row));
    }
    value->if_object()->set("blockers", std::move(blockers));
    value->if_object()->set("warnings", std::move(warnings));
    return value;
}

Result<api::Value> voucher(Program& program, BatchId batch, const BatchWanted& wanted) {
    RegisterVoucher order{batch,
                          wanted.number,
                          TRY(parse_date(wanted.day)),
                          TRY(parse_money(wanted.amount, MoneyUnit::yuan)),
                          {}};
    if (!wanted.allotment.empty()) order.allotment = TRY(id_of<AllotmentId>(wanted.allotment));
    return give(program, order);
}

/// The total that was shown to the caller; none if he does not say.
Result<std::optional<Money>> total_of(const BatchWanted& wanted) {
    if (wanted.amount.empty()) return std::optional<Money>();
    return std::optional(TRY(parse_money(wanted.amount, MoneyUnit::yuan)));
}

Result<api::Value> act(Program& program, const BatchWanted& wanted, Language language) {
    const auto batch = TRY(id_of<BatchId>(wanted.batch));
    const auto verdict = wanted.send_back ? Verdict::send_back : Verdict::pass;
    const Secret<std::string> comment(wanted.comment);
    const auto today = program.clock().today();
    std::optional<StaffId> deputy;
    if (!wanted.acting_for.empty()) deputy = TRY(id_of<StaffId>(wanted.acting_for));
    if (wanted.verb == "check") return check(program, batch, language);
    if (wanted.verb == "submit") return give(program, SubmitBatch{batch, 0, deputy});
    if (wanted.verb == "recall") return give(program, RecallBatch{batch, deputy});
    if (wanted.verb == "review")
        return give(program, ReviewBatch{batch, 0, verdict, comment, deputy});
    if (wanted.verb == "approve")
        return give(program,
                    ApproveBatch{batch, 0, verdict, comment, TRY(total_of(wanted)), deputy});
    if (wanted.verb == "cancel") return give(program, CancelBatch{batch});
    if (wanted.verb == "close") return give(program, CloseBatch{batch});
    if (wanted.verb == "correct") return give(program, MakeCorrection{batch});
    if (wanted.verb == "withdraw")
        return give(program, WithdrawApproval{batch, TRY(word_of<WithdrawnFor>(wanted.why))});
    if (wanted.verb == "plan") {
        const auto month = wanted.month.empty() ? Month{today.year(), today.month()}
                                                : TRY(parse_month(wanted.month));
        return give(program, PlanBatch{batch, month, wanted.number});
    }
    if (wanted.verb == "request") return give(program, RequestBatch{batch, wanted.number});
    if (wanted.verb == "voucher") return voucher(program, batch, wanted);
    if (wanted.verb == "sent-back")
        return give(program,
                    TreasurySentBack{batch, wanted.number,
                                     wanted.day.empty() ? today : TRY(parse_date(wanted.day)),
                                     TRY(word_of<SentBackFor>(wanted.reason))});
    if (wanted.verb == "set-aside") {
        SetAside order{
            batch, {}, wanted.due.empty() ? add_days(today, 14) : TRY(parse_date(wanted.due))};
        if (!wanted.line.empty()) order.lines.push_back(TRY(id_of<LineId>(wanted.line)));
        return give(program, order);
    }
    if (wanted.verb == "override")
        return give(
            program,
            OverrideWarning{batch, wanted.line.empty() ? LineId{} : TRY(id_of<LineId>(wanted.line)),
                            TRY(word_of<Check>(wanted.check)), Secret<std::string>(wanted.reason)});
    if (wanted.verb == "drop")
        return give(program, DropLines{batch,
                                       {TRY(id_of<LineId>(wanted.line))},
                                       TRY(word_of<DropFor>(wanted.why)),
                                       Secret<std::string>(wanted.reason)});
    if (wanted.verb == "confirm") {
        ConfirmReissue order{
            batch, TRY(word_of<Basis>(wanted.basis)), {}, Secret<std::string>(wanted.reason)};
        if (!wanted.amount.empty())
            order.debit = TRY(parse_money(wanted.amount, MoneyUnit::yuan));
        else if (order.basis == Basis::statement)
            return refuse(kNoDebit);
        return give(program, order);
    }
    const auto caller = TRY(program.caller());
    return to_json(TRY(view(program.road(), caller, batch)));
}

api::Object counts_of(const AnswerReceipt& receipt) {
    api::Object counts;
    constexpr auto names = names_of(Outcome{});
    for (std::size_t i = 0; i < names.size() && i < receipt.counts.size(); ++i)
        counts.set(names[i], api::Object{{"count", receipt.counts[i]},
                                         {"total_fen", receipt.fen[i].in_fen()}});
    return counts;
}

}  // namespace

int batch_import(const Common& common, const RosterWanted& wanted) {
    const auto work = [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.person());
        RosterOptions options;
        options.area = TRY(parse_area(wanted.area));
        options.programme = wanted.programme;
        options.period = TRY(parse_period(wanted.period));
        // Only `batch correct` makes a correction: it takes the lines and the batch they come from.
        options.kind = TRY(word_of<Kind>(wanted.kind, Kind::correction));
        options.cause = wanted.cause;
        options.key = wanted.key;
        options.register_unknown = wanted.register_unknown;
        options.accept_good = wanted.accept_good;
        options.dry_run = wanted.dry_run;
        const auto bytes = TRY(read_file(wanted.file));
        Bar bar(words("cli.reading", common.language));
        return run_roster(p.road(), p.jobs(), caller, bytes, options, common.language,
                          bar.report());
    };
    return with_program(common, work, [](const api::Value& report) {
        const bool is_whole =
            *report.at("/refused")->if_number() == 0 && report.at("/errors")->if_array()->empty();
        return is_whole ? kAllDone : kSomethingRefused;
    });
}

int batch_act(const Common& common, const BatchWanted& wanted) {
    return with_program(common, [&](Program& p) { return act(p, wanted, common.language); });
}

int batch_lines(const Common& common, const LinesWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto batch = TRY(id_of<BatchId>(wanted.batch));
        const auto caller = TRY(p.caller());
        if (!wanted.state.empty()) TRY(word_of<LineState>(wanted.state));
        api::Array rows;
        for (const auto& line :
             TRY(lines(p.road(), caller, batch, wanted.after, wanted.state, wanted.limit + 1)))
            rows.push_back(api::to_value(line));
        return api::Value(
            api::Object{{"lines", page_of(common, std::move(rows), wanted.limit, "ordinal")}});
    });
}

int batch_list(const Common& common, const BatchListWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.caller());
        const auto area = wanted.area.empty() ? Area{} : TRY(parse_area(wanted.area));
        const auto before = TRY(before_of<BatchId>(wanted.list.after));
        if (!wanted.state.empty()) TRY(word_of<State>(wanted.state));
        api::Array rows;
        for (const auto& batch : TRY(batches(p.road(), caller, area, wanted.programme, wanted.state,
                                             before, wanted.list.limit + 1)))
            rows.push_back(api::to_value(batch));
        return api::Value(
            api::Object{{"batches", page_of(common, std::move(rows), wanted.list.limit)}});
    });
}

int bank_file(const Common& common, const BatchWanted& wanted, const std::string& layout,
              const std::string& out) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto id = TRY(id_of<BatchId>(wanted.batch));
        auto total = TRY(total_of(wanted));
        if (!total) total = TRY(view(p.road(), TRY(p.person()), id)).batch.payable_fen;
        const auto receipt = TRY(by_person(p, [&](const road::Caller& caller) {
            return road::carry_out(p.road(), caller, MakeBankFile{id, layout, total});
        }));
        // A second factor given for the making serves for the fetching, if the total was said.
        const auto file = TRY(by_person(
            p, [&](const road::Caller& caller) { return bank_file_bytes(p.road(), caller, id); }));
        const auto path = out + "/" + file.name;
        std::error_code error;
        std::filesystem::create_directories(out, error);
        std::ofstream stream(path, std::ios::binary | std::ios::trunc);
        stream.write(reinterpret_cast<const char*>(file.bytes.data()),
                     static_cast<std::streamsize>(file.bytes.size()));
        stream.close();
        if (!stream) throw Fault("the bank file cannot be written to " + path);
        std::filesystem::permissions(
            path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
        return api::Value(
            api::Object{{"files", api::Array{api::Object{{"path", path},
                                                         {"lines", receipt.lines},
                                                         {"total_fen", receipt.total.in_fen()},
                                                         {"sm3", receipt.sm3},
                                                         {"sha256", receipt.sha256},
                                                         {"made_before", receipt.made_before}}}}});
    });
}

int bank_rejected(const Common& common, const BatchWanted& wanted) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        RegisterFileRejection order{TRY(id_of<BatchId>(wanted.batch)), wanted.number,
                                    p.clock().today(), Secret<std::string>(wanted.reason)};
        if (!wanted.day.empty()) order.day = TRY(parse_date(wanted.day));
        return give(p, order);
    });
}

int bank_exceptions(const Common& common, const std::string& batch, const ListWanted& list) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto caller = TRY(p.caller());
        const auto id = batch.empty() ? BatchId{} : TRY(id_of<BatchId>(batch));
        const auto after = list.after.empty() ? ExceptionId{} : TRY(id_of<ExceptionId>(list.after));
        api::Array rows;
        for (const auto& each : TRY(exceptions(p.road(), caller, id, after, list.limit + 1)))
            rows.push_back(api::to_value(each));
        return api::Value(
            api::Object{{"exceptions", page_of(common, std::move(rows), list.limit)}});
    });
}

int bank_settle(const Common& common, const std::string& exception, const std::string& outcome) {
    return with_program(common, [&](Program& p) -> Result<api::Value> {
        const auto id = TRY(id_of<ExceptionId>(exception));
        const auto as = TRY(word_of<Settlement>(outcome));
        return give(p, SettleException{id, as});
    });
}

int bank_return(const Common& common, const AnswerWanted& wanted) {
    auto program = Program::open(common, Need::existing);
    if (!program) return refused(common, program.error());
    auto& p = **program;
    const auto report = [&]() -> Result<AnswerReport> {
        const auto caller = TRY(p.person());
        AnswerOptions options;
        options.layout = wanted.layout;
        options.accept_failures = wanted.accept_failures;
        if (!wanted.batch.empty()) options.batch = TRY(id_of<BatchId>(wanted.batch));
        return import_answer(p.road(), caller, TRY(read_file(wanted.file)), options);
    }();
    if (!report) return refused(common, report.error());
    api::Array errors;
    for (const auto& error : report->errors) errors.push_back(error_json(error, common.language));
    print(common, api::Object{{"batch", std::to_string(report->receipt.batch.number)},
                              {"state", report->receipt.state},
                              {"rows", report->rows},
                              {"changed", report->receipt.answer.has_value()},
                              {"counts", counts_of(report->receipt)},
                              {"errors", std::move(errors)}});
    return report->errors.empty() ? kAllDone : kSomethingRefused;
}

}  // namespace fenming::cli

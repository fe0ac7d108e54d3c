// May the file be made, and what does it hold? Pure.

#include "disbursement/bank.h"
#include "sheet/layout.h"

namespace fenming::disbursement {

Result<FileMade> decide(const MakeBankFile& order, const ToSend& dossier) {
    if (dossier.made) {
        // Asking again returns the same bytes; another layout would be a second file (E13).
        if (dossier.made->layout != order.layout)
            return refuse(refusal(kOtherLayout)
                              .with("made", dossier.made->layout)
                              .with("asked", order.layout));
        TRY(is_total_shown(order.seen_fen, dossier.made->total));
        return FileMade{dossier.batch, dossier.made, order.layout, dossier.attempt, {}, {}};
    }
    const auto mode = member_of<Mode>(dossier.batch.mode);
    TRY(expect(dossier.batch, 0, {needs_treasury(mode) ? State::vouchered : State::approved}));
    TRY(may_do(dossier.acts, "release", dossier.asking));
    TRY(is_total_shown(order.seen_fen, dossier.batch.payable_fen));
    const auto* layout = sheet::built_in_layout(order.layout);
    if (layout == nullptr) return refuse(refusal(kNoSuchLayout).with("layout", order.layout));
    if (dossier.contradicted > 0)
        return refuse(refusal(kClaimedMeanwhile).with("count", dossier.contradicted));
    if (dossier.digest_now != dossier.batch.approved_digest)
        return refuse(
            refusal(kChangedAfterApproval).with("batch", std::to_string(dossier.batch.id.number)));
    FileMade made{dossier.batch, std::nullopt, order.layout, dossier.attempt, {}, {}};
    std::vector<sheet::BankLine> lines;
    lines.reserve(dossier.lines.size());
    Money known;
    for (const auto& each : dossier.lines) {
        made.sent.emplace_back(each.id, each.e2e);
        if (each.is_known) {
            ++made.known;
            known += each.line.amount;
        } else {
            lines.push_back(each.line);
        }
    }
    sheet::FileFields fields;
    fields.batch = std::to_string(dossier.batch.id.number);
    fields.part = dossier.attempt;  // a second file has a name of its own
    fields.date = dossier.today;
    auto file = sheet::write_bank_file(*layout, fields, lines);
    if (!file) {
        const auto& first = file.error().kept().front();
        auto why = refusal(kCannotBeWritten);
        for (const auto& value : first.values()) why = std::move(why).with(value);
        return refuse(std::move(why)
                          .with("lines", file.error().count())
                          .word("first", std::string(first.kind().code), "")
                          .at("", first.place().row, first.place().column));
    }
    check(file->total + known == dossier.batch.payable_fen &&
              file->count + made.known == dossier.batch.payable,
          "the bank file pays what was approved");
    made.file = std::move(*file);
    return made;
}

Result<FileRejected> decide(const RegisterFileRejection& order, const FileToReject& dossier) {
    TRY(expect(dossier.batch, 0, {State::sent}));
    check(dossier.made.has_value(), "a sent batch has its file");
    const auto number = TRY(number_of_paper(order.number, false));
    TRY(not_in_future(order.day, dossier.today));
    TRY(is_reason(order.reason));
    if (dossier.answers > 0)
        return refuse(refusal(kAnsweredAlready)
                          .with("file", dossier.made->name)
                          .with("answers", dossier.answers));
    for (const auto& act : dossier.acts)
        if (act.step == "release" && act.staff == dossier.asking)
            return refuse(refusal(kSamePerson).word("step", "release", "disbursement.step"));
    FileRejected rejected{order, dossier.batch, dossier.made->id, State::vouchered, dossier.sent};
    rejected.order.number = number;
    if (!needs_treasury(member_of<Mode>(dossier.batch.mode))) rejected.to = State::approved;
    return rejected;
}

}  // namespace fenming::disbursement

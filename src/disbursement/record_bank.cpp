// Opening accounts for the bank's eyes, and keeping the file.

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "base/text.h"
#include "crypto/e2e.h"
#include "crypto/frame.h"
#include "crypto/random.h"
#include "disbursement/bank.h"
#include "disbursement/checks.h"
#include "disbursement/correction.h"
#include "disbursement/recovery.h"
#include "disbursement/review.h"
#include "disbursement/sql.h"
#include "store/sql.h"

namespace fenming::disbursement {
namespace {

struct SealedLine {
    LineId id;
    std::int64_t ordinal = 0;
    Money fen;
    std::int64_t attempt = 1;
    Bytes stable_ref;
    std::int64_t account = 0;
    Bytes account_cell;
    Bytes holder_cell;
    std::string bank_code;
    std::string bank_name;
    static constexpr auto fields = std::make_tuple(
        field("id", &SealedLine::id), field("ordinal", &SealedLine::ordinal),
        field("fen", &SealedLine::fen), field("attempt", &SealedLine::attempt),
        field("stable_ref", &SealedLine::stable_ref), field("account", &SealedLine::account),
        field("account_cell", &SealedLine::account_cell),
        field("holder_cell", &SealedLine::holder_cell), field("bank_code", &SealedLine::bank_code),
        field("bank_name", &SealedLine::bank_name));
};

BankFileReceipt receipt_of(BatchId batch, const FileRow& row, bool made_before) {
    return {row.id,    batch,           row.name,           row.lines,
            row.total, to_hex(row.sm3), to_hex(row.sha256), made_before};
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const MakeBankFile& order) {
    return area_of_batch(tx, order.batch);
}

Result<ToSend> load(road::Desk& desk, const MakeBankFile& order) {
    ToSend dossier;
    dossier.batch = TRY(find_batch(desk, order.batch));
    dossier.today = desk.today;
    dossier.made = desk.tx.one<FileRow>(sql::bank_file_of, order.batch);
    if (dossier.made) return dossier;
    dossier.attempt += static_cast<int>(
        desk.tx.value<std::int64_t>(sql::bank_files_made, order.batch).value_or(0));
    dossier.acts = TRY(workflow::case_file(desk, dossier.batch.work_case, {})).acts;
    for (auto& duty : duties_of(desk, dossier.batch)) dossier.acts.push_back(std::move(duty));
    dossier.asking = desk.caller.staff;
    dossier.contradicted =
        static_cast<std::int64_t>(desk.tx.all<Hit>(sql::contradicted, order.batch).size());
    dossier.digest_now = digest_of_payment(desk.tx, order.batch);
    const auto kind = desk.tx.value<std::string>(sql::claim_kind, order.batch).value_or("");
    auto statements = payments_by_statement(desk.tx);
    const std::unordered_set<std::string> known(std::move_iterator(statements.begin()),
                                                std::move_iterator(statements.end()));
    const auto& batch = dossier.batch;
    for (const auto& sealed : desk.tx.all<SealedLine>(sql::lines_to_open, order.batch)) {
        OpenedLine opened;
        opened.id = sealed.id;
        crypto::EndToEnd payment;
        check(sealed.stable_ref.size() == payment.person.size(),
              "a person's reference has 32 bytes");
        std::ranges::copy(sealed.stable_ref, payment.person.begin());
        payment.programme = batch.programme;
        payment.period = batch.period.text;
        payment.kind = kind;
        payment.cause = batch.cause;
        payment.attempt = sealed.attempt;
        opened.e2e = crypto::end_to_end_id(desk.keys, payment);
        opened.is_known = known.contains(opened.e2e);
        auto& line = opened.line;
        line.row = sealed.ordinal;
        line.reference = opened.e2e;
        line.account =
            desk.keys.open_cell({"payee_account", "account", sealed.account}, sealed.account_cell);
        line.name =
            desk.keys.open_cell({"payee_account", "holder", sealed.account}, sealed.holder_cell);
        line.amount = sealed.fen;
        line.bank_code = sealed.bank_code;
        line.bank_name = sealed.bank_name;
        dossier.lines.push_back(std::move(opened));
    }
    return dossier;
}

Result<BankFileReceipt> record(road::Desk& desk, const FileMade& decision) {
    if (decision.made) return receipt_of(decision.batch.id, *decision.made, true);
    const auto bytes = bytes_of(decision.file.bytes);
    const auto stored = desk.files.put(bytes, decision.batch.county.code);
    const auto file = desk.mint<FileId>();
    desk.tx.run(store::sql::add_file, file, stored.public_id(), stored.facts.name,
                stored.facts.size, "text/plain", "bank_file", desk.at, desk.order);
    FileRow row{BankFileId{desk.mint_number()},
                decision.layout,
                1,
                decision.file.name,
                decision.file.count,
                decision.file.total,
                {},
                {},
                file};
    const auto sm3 = crypto::sm3(bytes);
    const auto sha256 = crypto::sha256(bytes);
    row.sm3.assign(sm3.begin(), sm3.end());
    row.sha256.assign(sha256.begin(), sha256.end());
    // Digest, count and total are signed, so that the transfer slip can be checked (S6).
    const auto signature =
        desk.keys.sign(crypto::SignPurpose::trail, crypto::Frame("fenming/bank-file/v1")
                                                       .add(decision.batch.id.number)
                                                       .add(BytesView(sm3))
                                                       .add(row.lines)
                                                       .add(row.total.in_fen())
                                                       .view());
    desk.tx.run(sql::add_bank_file, row.id, decision.batch.id, decision.attempt, row.layout,
                row.part, row.name, row.lines, row.total, sm3, sha256, signature.signature, file,
                desk.order);
    desk.tx.run(sql::mark_sent, decision.batch.id);
    std::vector<NewEvent> events;
    events.reserve(decision.sent.size());
    for (const auto& [line, e2e] : decision.sent) events.push_back({line, "sent", e2e, desk.today});
    add_events(desk, decision.batch.id, events);
    move(desk, decision.batch, State::sent);
    auto receipt = receipt_of(decision.batch.id, row, false);
    if (decision.known > 0) receipt.known = decision.known;
    return receipt;
}

Result<Area> area_of(store::Tx& tx, const RegisterFileRejection& order) {
    return area_of_batch(tx, order.batch);
}

Result<FileToReject> load(road::Desk& desk, const RegisterFileRejection& order) {
    FileToReject dossier;
    dossier.batch = TRY(find_batch(desk, order.batch));
    dossier.made = desk.tx.one<FileRow>(sql::bank_file_of, order.batch);
    dossier.answers =
        static_cast<std::int64_t>(desk.tx.all<AnswerBrief>(sql::answers_of, order.batch).size());
    for (const auto& each : desk.tx.all<LineStanding>(sql::sent_lines, order.batch))
        dossier.sent.push_back(each.line);
    dossier.acts = duties_of(desk, dossier.batch);
    dossier.asking = desk.caller.staff;
    dossier.today = desk.today;
    return dossier;
}

Result<BatchReceipt> record(road::Desk& desk, const FileRejected& decision) {
    const auto& order = decision.order;
    const auto id = desk.mint_number();
    const auto reason =
        desk.keys.seal_cell({"bank_file_rejection", "reason", id}, trim(order.reason.reveal()));
    desk.tx.run(sql::add_file_rejection, id, decision.file, decision.batch.id, order.number,
                order.day, desk.caller.staff, reason, crypto::random_bytes(16), desk.order);
    desk.tx.run(sql::take_back_sent, decision.batch.id);
    std::vector<NewEvent> events;
    events.reserve(decision.lines.size());
    for (const auto line : decision.lines)
        events.push_back({line, "ready", "file_rejected", order.day});
    add_events(desk, decision.batch.id, events);
    return move(desk, decision.batch, decision.to);
}

Result<BankFileBytes> bank_file_bytes(road::Road& road, const road::Caller& caller, BatchId batch) {
    auto area_tx = road.database().begin_read();
    const auto area = TRY(area_of_batch(*area_tx, batch));
    area_tx.reset();
    return road::look(
        road, caller, "disbursement.bankfile", area,
        [&](store::Tx& tx, const Scope& scope) -> Result<BankFileBytes> {
            if (!tx.one<Batch>(sql::batch, batch, scope))
                return refuse(refusal(kBatchNotFound).with("batch", std::to_string(batch.number)));
            const auto row = tx.one<FileRow>(sql::bank_file_of, batch);
            if (!row)
                return refuse(refusal(kFileNotMade).with("batch", std::to_string(batch.number)));
            const auto id = tx.value<std::string>(store::sql::file_public_id, row->file);
            check(id.has_value(), "a bank file has its file");
            TRY(road.authoriser().may_order(
                tx, road.keys(), caller, MakeBankFile::type,
                road::digest_of(road, MakeBankFile{batch, row->layout, row->total}), area,
                road.clock().now()));
            return BankFileBytes{row->name, road.files().get(*id)};
        });
}

}  // namespace fenming::disbursement

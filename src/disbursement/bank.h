#pragma once
// The file that goes to the bank: made once per batch, layout and part, from exactly what was
// approved (E13, S5, S6, R3.30).

#include <optional>

#include "base/secret.h"
#include "disbursement/batch.h"
#include "disbursement/desk.h"
#include "road/order.h"
#include "road/road.h"
#include "sheet/bank_text.h"

namespace fenming::disbursement {

inline constexpr RefusalKind kNoSuchLayout{"disbursement.no_such_layout", 422};
inline constexpr RefusalKind kFileNotMade{"disbursement.file_not_made", 404};
inline constexpr RefusalKind kOtherLayout{"disbursement.other_layout", 409};  // E13
inline constexpr RefusalKind kCannotBeWritten{"disbursement.cannot_be_written", 422};
inline constexpr RefusalKind kAnsweredAlready{"disbursement.answered_already", 409};  // E13

struct MakeBankFile {
    BatchId batch;
    std::string layout = "pipe";
    std::optional<Money> seen_fen = std::nullopt;
    static constexpr road::OrderType type{"disbursement.make_bank_file", "disbursement.bankfile",
                                          true, true};
    static constexpr auto fields = std::make_tuple(
        field("batch", &MakeBankFile::batch), field("layout", &MakeBankFile::layout, "e.g. pipe"),
        field("seen_fen", &MakeBankFile::seen_fen,
              "the total that was shown to who releases (S18); absent: not compared"));
};
/// A line to be paid, opened. Personal data in memory only.
struct OpenedLine {
    LineId id;
    std::string e2e;
    sheet::BankLine line;
    bool is_known = false;  ///< a statement loaded in a recovery names it: not sent again (S5)
};
struct FileRow {
    BankFileId id;
    std::string layout;
    std::int64_t part = 0;
    std::string name;
    std::int64_t lines = 0;
    Money total;
    Bytes sm3;
    Bytes sha256;
    FileId file;
    static constexpr auto fields = std::make_tuple(
        field("id", &FileRow::id), field("layout", &FileRow::layout), field("part", &FileRow::part),
        field("name", &FileRow::name), field("lines", &FileRow::lines),
        field("total_fen", &FileRow::total), field("sm3", &FileRow::sm3),
        field("sha256", &FileRow::sha256), field("file", &FileRow::file));
};
struct ToSend {
    Batch batch;
    std::optional<FileRow> made;    ///< of this batch already, not rejected
    int attempt = 1;                ///< of the file to be made
    Bytes digest_now;               ///< of what would be paid (S6)
    std::int64_t contradicted = 0;  ///< lines whose first payment the bank's answers contradict
    std::vector<OpenedLine> lines;
    std::vector<workflow::Act> acts;  ///< of the case and outside it: whoever made, reviewed or
                                      ///< approved does not release (S7)
    StaffId asking;
    Date today;
};
struct FileMade {
    Batch batch;
    std::optional<FileRow> made;
    std::string layout;
    int attempt = 1;
    sheet::BankFile file;
    std::vector<std::pair<LineId, std::string>> sent;  ///< line and end-to-end id
    std::int64_t known = 0;  ///< of them, lines that are not in the file (S5)
};
struct BankFileReceipt {
    BankFileId bank_file;
    BatchId batch;
    std::string name;
    std::int64_t lines = 0;
    Money total;
    std::string sm3;
    std::string sha256;
    bool made_before = false;
    std::optional<std::int64_t> known = std::nullopt;
    static constexpr auto fields = std::make_tuple(
        field("bank_file", &BankFileReceipt::bank_file), field("batch", &BankFileReceipt::batch),
        field("name", &BankFileReceipt::name), field("lines", &BankFileReceipt::lines),
        field("total_fen", &BankFileReceipt::total), field("sm3", &BankFileReceipt::sm3),
        field("sha256", &BankFileReceipt::sha256),
        field("made_before", &BankFileReceipt::made_before),
        field("known", &BankFileReceipt::known,
              "lines that the bank answered before the database was restored: not in the file"));
};
Result<Area> area_of(store::Tx& tx, const MakeBankFile& order);
Result<ToSend> load(road::Desk& desk, const MakeBankFile& order);
Result<FileMade> decide(const MakeBankFile& order, const ToSend& dossier);
Result<BankFileReceipt> record(road::Desk& desk, const FileMade& decision);

/// The bank sent the whole file back in writing: nothing of it was paid. A person who did not make
/// the file registers the letter; then a second file of the same lines may be made, which bear the
/// same end-to-end ids, so that a bank that did pay refuses them (E13, S5). Refused once any answer
/// to the file was taken in.
struct RegisterFileRejection {
    BatchId batch;
    std::string number;
    Date day;
    Secret<std::string> reason;
    static constexpr road::OrderType type{"disbursement.register_file_rejection",
                                          "disbursement.reissue.confirm", true};
    static constexpr auto fields = std::make_tuple(
        field("batch", &RegisterFileRejection::batch),
        field("number", &RegisterFileRejection::number, "of the bank's letter, 1 to 40 characters"),
        field("day", &RegisterFileRejection::day, "of the letter"),
        field("reason", &RegisterFileRejection::reason, "1 to 500 characters"));
};
struct FileToReject {
    Batch batch;
    std::optional<FileRow> made;
    std::int64_t answers = 0;
    std::vector<LineId> sent;
    std::vector<workflow::Act> acts;
    StaffId asking;
    Date today;
};
struct FileRejected {
    RegisterFileRejection order;
    Batch batch;
    BankFileId file;
    State to = State::vouchered;
    std::vector<LineId> lines;
};
Result<Area> area_of(store::Tx& tx, const RegisterFileRejection& order);
Result<FileToReject> load(road::Desk& desk, const RegisterFileRejection& order);
Result<FileRejected> decide(const RegisterFileRejection& order, const FileToReject& dossier);
Result<BatchReceipt> record(road::Desk& desk, const FileRejected& decision);

/// The bytes of the file that was made: the same at every call. Needs a second factor given for
/// MakeBankFile of this batch, layout and total: whoever made the file just now need not give it
/// again (S18).
struct BankFileBytes {
    std::string name;
    Bytes bytes;
};
Result<BankFileBytes> bank_file_bytes(road::Road& road, const road::Caller& caller, BatchId batch);

}  // namespace fenming::disbursement

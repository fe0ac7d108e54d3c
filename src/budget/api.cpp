// The routes of documents and openings: a line per order, a few per list.

#include "budget/api.h"

#include "access/visit.h"
#include "budget/desk.h"
#include "budget/intake.h"
#include "budget/lists.h"
#include "budget/opening_intake.h"
#include "budget/opening_lists.h"
#include "budget/resolve.h"
#include "registry/lists.h"

namespace fenming::budget {
namespace {

using access::order_route;
using api::Reply;
using api::Request;
using api::Route;

constexpr std::string_view kRead = "budget.read";

struct ImportBody {
    Bytes file;
    std::optional<Area> area;
    std::optional<std::string> programme;
    std::optional<AllotmentId> parent;
    std::optional<Date> posting_date;
    std::optional<bool> partial;
    std::optional<bool> accept_good;
    static constexpr auto fields = std::make_tuple(
        field("file", &ImportBody::file, "a csv in any encoding, base64"),
        field("area", &ImportBody::area, "whose the documents are; absent: by the issuer's name"),
        field("programme", &ImportBody::programme, "of items that name none"),
        field("parent", &ImportBody::parent, "the file's one document splits this line"),
        field("posting_date", &ImportBody::posting_date),
        field("partial", &ImportBody::partial, "only some items of each document are here"),
        field("accept_good", &ImportBody::accept_good,
              "documents without a fault go in, the others come back"));
};
struct OpeningBody {
    Bytes file;
    Area area;
    Date as_at;
    static constexpr auto fields =
        std::make_tuple(field("file", &OpeningBody::file, "a csv in any encoding, base64"),
                        field("area", &OpeningBody::area), field("as_at", &OpeningBody::as_at));
};
/// One thing wrong in a file.
struct FileFault {
    std::string code;
    std::int64_t row = 0;
    std::string column;
    std::string says;
    std::string mend;
    static constexpr auto fields =
        std::make_tuple(field("code", &FileFault::code), field("row", &FileFault::row),
                        field("column", &FileFault::column), field("detail", &FileFault::says),
                        field("mend", &FileFault::mend));
};
struct DocumentSummary {
    std::string document;
    std::optional<Verdict> verdict;
    std::optional<Money> printed_total;
    Money sum;
    std::optional<Money> difference;
    std::int64_t items = 0;
    std::optional<std::string> says;
    std::optional<std::string> mend;
    static constexpr auto fields = std::make_tuple(
        field("document", &DocumentSummary::document), field("verdict", &DocumentSummary::verdict),
        field("printed_total_fen", &DocumentSummary::printed_total),
        field("sum_fen", &DocumentSummary::sum),
        field("difference_fen", &DocumentSummary::difference, "sum - printed total"),
        field("items", &DocumentSummary::items),
        field("says", &DocumentSummary::says,
              "of a mismatch, which waits as pending: what differs"),
        field("mend", &DocumentSummary::mend, "of a mismatch: what to do"));
};
struct ImportReply {
    std::vector<DocumentSummary> documents;
    std::vector<DocumentReceipt> registered;
    std::vector<FileFault> faults;
    static constexpr auto fields =
        std::make_tuple(field("documents", &ImportReply::documents),
                        field("registered", &ImportReply::registered, "empty if nothing was"),
                        field("faults", &ImportReply::faults));
};
struct OpeningReply {
    std::optional<OpeningReceipt> opening;
    std::vector<FileFault> faults;
    static constexpr auto fields = std::make_tuple(field("opening", &OpeningReply::opening),
                                                   field("faults", &OpeningReply::faults));
};
struct DocumentDetail {
    DocumentRow document;
    std::vector<ItemRow> items;
    std::vector<MadeLine> lines;
    static constexpr auto fields = std::make_tuple(
        field("document", &DocumentDetail::document), field("items", &DocumentDetail::items),
        field("lines", &DocumentDetail::lines, "what it brought into the books"));
};
struct OpeningDetail {
    OpeningRow opening;
    std::vector<OpeningLineRow> lines;
    static constexpr auto fields = std::make_tuple(field("opening", &OpeningDetail::opening),
                                                   field("lines", &OpeningDetail::lines));
};
struct DocumentQuery {
    std::optional<Area> area;
    std::optional<DocumentState> state;
    std::optional<std::int64_t> year;
    static constexpr auto fields = std::make_tuple(
        field("area", &DocumentQuery::area, "12 digits; absent: all that the caller may see"),
        field("state", &DocumentQuery::state), field("year", &DocumentQuery::year));
};

std::vector<FileFault> faults_of(const std::vector<Refusal>& refusals, Language language) {
    std::vector<FileFault> faults;
    for (const auto& each : refusals) {
        auto sentence = say(each, language);
        faults.push_back({std::string(each.kind().code), each.place().row, each.place().column,
                          std::move(sentence.says), std::move(sentence.mend)});
    }
    return faults;
}

std::string text_in(const Bytes& bytes) {
    return std::string(text_of(BytesView(bytes)));
}

Reply import_file(road::Road& road, const Request& request) {
    const auto language = api::negotiate(request.accept_language);
    const auto reply = [&]() -> Result<ImportReply> {
        const auto call = TRY(access::read_call(request));
        const auto body = TRY(api::read_body<ImportBody>(request));
        ImportOptions options;
        options.dry_run = call.dry_run;
        options.key = call.key;
        options.language = language;
        options.is_partial = body.partial.value_or(false);
        options.accept_good = body.accept_good.value_or(false);
        options.area = body.area;
        options.programme = body.programme.value_or("");
        options.parent = body.parent.value_or(AllotmentId{});
        options.posting_date = body.posting_date;
        auto outcome =
            import_documents(road, access::caller_of(request), text_in(body.file), options);
        ImportReply made;
        for (const auto& each : *outcome.value.at("/documents")->if_array())
            made.documents.push_back(TRY(api::from_value<DocumentSummary>(each)));
        made.registered = std::move(outcome.registered);
        made.faults = faults_of(outcome.refusals, language);
        return made;
    }();
    const bool is_clean = reply && reply->faults.empty();
    return api::answer(request, reply, is_clean ? 200 : 422);
}

Reply import_opening(road::Road& road, const Request& request) {
    const auto language = api::negotiate(request.accept_language);
    const auto reply = [&]() -> Result<OpeningReply> {
        const auto call = TRY(access::read_call(request));
        const auto body = TRY(api::read_body<OpeningBody>(request));
        const auto outcome = opening_import(road, access::caller_of(request), text_in(body.file),
                                            {call.dry_run, body.area, body.as_at, call.key});
        return OpeningReply{outcome.opening, faults_of(outcome.refusals, language)};
    }();
    const bool is_clean = reply && reply->faults.empty();
    return api::answer(request, reply, is_clean ? 200 : 422);
}

/// A POST that takes a file: an order's route with another body.
template <class Order, class Body, class Answer>
Route file_route(road::Road& road, std::string path, std::string id, std::string summary,
                 Reply (*handler)(road::Road&, const Request&)) {
    Route route = order_route<Order>(road, std::move(path), std::move(summary));
    route.id = std::move(id);
    route.body = &api::schema_of<Body>;
    route.reply = &api::schema_of<Answer, api::Side::output>;
    route.handler = [&road, handler](Request& request) { return handler(road, request); };
    return route;
}

/// GET of one thing under {id}.
template <class Detail, class IdT, class Read>
Route detail_route(road::Road& road, std::string path, std::string id, std::string summary,
                   Read read) {
    return registry::read_route<Detail>(
        std::move(path), std::move(id), std::move(summary), std::string(kRead),
        [&road, read](Request& request) {
            const auto detail = [&]() -> Result<Detail> {
                const auto wanted = TRY(api::read_path<IdT>(request, "id"));
                return road::look(road, access::caller_of(request), kRead, {},
                                  [&](store::Tx& tx, const Scope& scope) -> Result<Detail> {
                                      return read(tx, scope, wanted);
                                  });
            }();
            return api::answer(request, detail);
        });
}

Result<DocumentDetail> document_detail(store::Tx& tx, const Scope& scope, DocumentId id) {
    const auto row = find_document(tx, scope, id);
    if (!row) return refuse(access::kNotHere);
    return DocumentDetail{*row, all_items(tx, scope, id), lines_of(tx, scope, id)};
}

Result<OpeningDetail> opening_detail(store::Tx& tx, const Scope& scope, OpeningId id) {
    const auto row = find_opening(tx, scope, id);
    if (!row) return refuse(access::kNotHere);
    return OpeningDetail{*row, opening_lines(tx, scope, id, 0, static_cast<int>(kMostItems))};
}

Route documents_route(road::Road& road) {
    constexpr std::string_view kName = "budget.list_documents";
    return registry::list_route<DocumentQuery, DocumentRow>(
        "/api/v1/budget/documents", std::string(kName), "Documents, newest first.",
        std::string(kRead), [&road, kName](Request& request) {
            return registry::list_reply<DocumentQuery, DocumentId>(
                road, request, kName, kRead,
                [](const DocumentQuery& q) {
                    return (q.area ? q.area->text() : "") + " " +
                           (q.state ? stored(*q.state) : "") + " " +
                           std::to_string(q.year.value_or(0));
                },
                [](store::Tx& tx, const Scope& scope, const DocumentQuery& q, DocumentId before,
                   int limit) {
                    const auto year = static_cast<int>(q.year.value_or(0) % 10'000);
                    return document_page(tx, scope, {q.state, year}, before, limit);
                },
                [](const DocumentRow& row) { return row.id; });
        });
}

Route openings_route(road::Road& road) {
    constexpr std::string_view kName = "budget.list_openings";
    return registry::list_route<registry::AreaQuery, OpeningRow>(
        "/api/v1/budget/openings", std::string(kName), "Openings, newest first.",
        std::string(kRead), [&road, kName](Request& request) {
            return registry::list_reply<registry::AreaQuery, OpeningId>(
                road, request, kName, kRead, registry::narrowed_by_area,
                [](store::Tx& tx, const Scope& scope, const registry::AreaQuery&, OpeningId before,
                   int limit) { return opening_page(tx, scope, before, limit); },
                [](const OpeningRow& row) { return row.id; });
        });
}

}  // namespace

std::vector<Route> routes(road::Road& road) {
    const std::string at = "/api/v1/budget/";
    return {
        file_route<RegisterDocuments, ImportBody, ImportReply>(
            road, at + "import-documents", "budget.import_documents",
            "Reads a file of documents, judges their totals and registers them.", import_file),
        order_route<RegisterDocuments>(road, at + "register-documents",
                                       "Registers documents that bring money."),
        order_route<SplitDown>(road, at + "split-down",
                               "Registers a document that gives parts of a line down."),
        order_route<AdjustAllotments>(road, at + "adjust-allotments",
                                      "Registers a document that changes lines."),
        order_route<CorrectDocument>(road, at + "correct-document",
                                     "Registers the issuer's correction of a pending document."),
        order_route<ProposeItems>(road, at + "propose-by-item",
                                  "Proposes to post a pending document item by item."),
        order_route<ConfirmItems>(road, at + "confirm-by-item",
                                  "Posts it: the second person's word."),
        order_route<SendBackItems>(road, at + "send-back-items", "Sends the proposal back."),
        file_route<ProposeOpening, OpeningBody, OpeningReply>(
            road, at + "import-opening", "budget.import_opening",
            "Reads a file of lines as found on day one and proposes them.", import_opening),
        order_route<ProposeOpening>(road, at + "propose-opening",
                                    "Proposes the lines as found on day one."),
        order_route<ConfirmOpening>(road, at + "confirm-opening",
                                    "Brings them into the books: the second person's word."),
        order_route<RevokeOpening>(road, at + "revoke-opening",
                                   "Takes an opening back as a whole."),
        order_route<SignOffOpening>(road, at + "sign-off-opening", "Makes an opening final."),
        documents_route(road),
        detail_route<DocumentDetail, DocumentId>(
            road, at + "documents/{id}", "budget.read_document", "A document, its items and lines.",
            document_detail),
        openings_route(road),
        detail_route<OpeningDetail, OpeningId>(road, at + "openings/{id}", "budget.read_opening",
                                               "An opening and its lines.", opening_detail),
    };
}

}  // namespace fenming::budget

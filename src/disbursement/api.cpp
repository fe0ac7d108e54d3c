// The routes of paying: a line per order, a few per list.

#include "disbursement/api.h"

#include "disbursement/answer.h"
#include "disbursement/bank.h"
#include "disbursement/checks.h"
#include "disbursement/correction.h"
#include "disbursement/drop.h"
#include "disbursement/jobs.h"
#include "disbursement/review.h"
#include "disbursement/roster.h"
#include "disbursement/sql.h"
#include "disbursement/treasury.h"
#include "disbursement/view.h"
#include "registry/lists.h"

namespace fenming::disbursement {
namespace {

using access::order_route;
using api::Request;
using api::Route;
using registry::list_reply;
using registry::list_route;

constexpr std::string_view kRead = "disbursement.read";

/// "" for any.
template <class E>
std::string name_or_any(const std::optional<E>& state) {
    return state ? stored(*state) : "";
}

struct BatchQuery {
    std::optional<Area> area;
    std::optional<std::string> programme;
    std::optional<State> state;
    static constexpr auto fields = std::make_tuple(
        field("area", &BatchQuery::area, "12 digits; absent: all that the caller may see"),
        field("programme", &BatchQuery::programme), field("state", &BatchQuery::state));
};
struct LineQuery {
    std::optional<Area> area;
    BatchId batch;
    std::optional<LineState> state;
    static constexpr auto fields =
        std::make_tuple(field("area", &LineQuery::area), field("batch", &LineQuery::batch),
                        field("state", &LineQuery::state));
};
struct OfBatchQuery {
    std::optional<Area> area;
    std::optional<BatchId> batch;
    static constexpr auto fields =
        std::make_tuple(field("area", &OfBatchQuery::area),
                        field("batch", &OfBatchQuery::batch, "absent: of the whole area"));
};
/// A cursor belongs to the list it was cut from, and so to the area that was asked.
template <class Query>
std::string area_of(const Query& query) {
    return query.area ? " " + query.area->text() : "";
}
struct BatchDetail {
    Batch batch;
    std::vector<FundingView> funding;
    std::vector<StateSum> states;
    std::vector<HistoryView> history;
    std::vector<std::string> legal;
    static constexpr auto fields = std::make_tuple(
        field("batch", &BatchDetail::batch), field("funding", &BatchDetail::funding),
        field("states", &BatchDetail::states), field("history", &BatchDetail::history),
        field("legal", &BatchDetail::legal, "what may be done next"));
};
struct RosterQuery {
    Area area;
    std::string programme;
    Period period;
    std::optional<Kind> kind;
    std::optional<std::string> cause;
    std::optional<bool> register_unknown;
    std::optional<bool> accept_good;
    std::optional<bool> dry_run;
    static constexpr auto fields = std::make_tuple(
        field("area", &RosterQuery::area), field("programme", &RosterQuery::programme),
        field("period", &RosterQuery::period), field("kind", &RosterQuery::kind, "absent: regular"),
        field("cause", &RosterQuery::cause, "the decision that gives the money"),
        field("register", &RosterQuery::register_unknown,
              "register persons the register does not know"),
        field("accept_good", &RosterQuery::accept_good, "post the good rows, return the rest"),
        field("dry_run", &RosterQuery::dry_run, "check everything and keep nothing (试算)"));
};
struct AnswerQuery {
    std::optional<std::string> layout;
    std::optional<BatchId> batch;
    std::optional<Date> day;
    std::optional<bool> accept_failures;
    static constexpr auto fields =
        std::make_tuple(field("layout", &AnswerQuery::layout, "absent: pipe"),
                        field("batch", &AnswerQuery::batch, "absent: found by the references"),
                        field("day", &AnswerQuery::day, "the bank's day; absent: today"),
                        field("accept_failures", &AnswerQuery::accept_failures,
                              "by a second person, of an answer whose failures are held"));
};
api::Reply show(road::Road& road, Request& request) {
    const auto reply = [&]() -> Result<BatchDetail> {
        const auto batch = TRY(api::read_path<BatchId>(request, "batch"));
        auto found = TRY(view(road, access::caller_of(request), batch));
        return BatchDetail{std::move(found.batch), std::move(found.funding),
                           std::move(found.states), std::move(found.history),
                           std::move(found.legal)};
    }();
    return api::answer(request, reply);
}

/// Nothing of a roster is read in the request: it may have a hundred thousand rows (E7).
api::Reply roster(road::Road& road, road::Jobs& jobs, Request& request) {
    const auto language = api::negotiate(request.accept_language);
    const auto job = [&]() -> Result<JobId> {
        const auto query = TRY(api::read_query<RosterQuery>(request));
        RosterOptions options{query.area,
                              query.programme,
                              query.period,
                              query.kind.value_or(Kind::regular),
                              query.cause.value_or(""),
                              query.register_unknown.value_or(false),
                              query.accept_good.value_or(false),
                              query.dry_run.value_or(false),
                              TRY(api::read_key(request))};
        return start_roster(road, jobs, access::caller_of(request), text_of(request.body), options,
                            language);
    }();
    if (!job) return api::problem(job.error(), language);
    return api::reply_job(*job);
}

api::Reply answer(road::Road& road, Request& request) {
    const auto language = api::negotiate(request.accept_language);
    const auto reply = [&]() -> Result<api::Value> {
        const auto query = TRY(api::read_query<AnswerQuery>(request));
        AnswerOptions options{query.layout.value_or("pipe"), query.batch.value_or(BatchId{}),
                              query.day.value_or(Date{}), query.accept_failures.value_or(false)};
        const auto report =
            TRY(import_answer(road, access::caller_of(request), text_of(request.body), options));
        api::Array errors;
        for (const auto& error : report.errors) errors.push_back(error_json(error, language));
        return api::Value(api::Object{{"receipt", api::to_value(report.receipt)},
                                      {"rows", report.rows},
                                      {"errors", std::move(errors)}});
    }();
    return api::answer(request, reply);
}

api::Reply file(road::Road& road, Request& request) {
    const auto found = [&]() -> Result<BankFileBytes> {
        return bank_file_bytes(road, access::caller_of(request),
                               TRY(api::read_path<BatchId>(request, "batch")));
    }();
    if (!found) return api::problem(found.error(), api::negotiate(request.accept_language));
    api::Reply reply;
    reply.status = 200;
    reply.content_type = "application/octet-stream";
    reply.headers.push_back(
        {"Content-Disposition", "attachment; filename=\"" + found->name + "\""});
    reply.body = text_of(found->bytes);
    return reply;
}

void add_orders(std::vector<Route>& routes, road::Road& road) {
    routes.push_back(order_route<ImportBatch>(
        road, "/api/v1/batches", "Makes a draft batch of lines whose persons are known."));
    routes.push_back(
        order_route<CheckBatch>(road, "/api/v1/batches/check", "Runs the checks before pay."));
    routes.push_back(
        order_route<SetAside>(road, "/api/v1/batches/set-aside", "Sets stopped lines aside."));
    routes.push_back(order_route<OverrideWarning>(road, "/api/v1/batches/override",
                                                  "Passes a warning, by a second person."));
    routes.push_back(
        order_route<SubmitBatch>(road, "/api/v1/batches/submit", "Hands a checked batch over."));
    routes.push_back(
        order_route<RecallBatch>(road, "/api/v1/batches/recall", "Takes a batch back."));
    routes.push_back(order_route<ReviewBatch>(road, "/api/v1/batches/review",
                                              "Reviews a batch, or sends it back."));
    routes.push_back(
        order_route<ApproveBatch>(road, "/api/v1/batches/approve",
                                  "Approves a batch and freezes its money, or sends it back."));
    routes.push_back(order_route<WithdrawApproval>(
        road, "/api/v1/batches/withdraw-approval",
        "Takes an approval back that neither plan nor bank file followed."));
    routes.push_back(order_route<CancelBatch>(road, "/api/v1/batches/cancel", "Cancels a draft."));
    routes.push_back(
        order_route<PlanBatch>(road, "/api/v1/batches/plan", "Registers the plan of use."));
    routes.push_back(order_route<RequestBatch>(road, "/api/v1/batches/request",
                                               "Registers the payment request."));
    routes.push_back(order_route<TreasurySentBack>(road, "/api/v1/batches/sent-back",
                                                   "Registers the Treasury's return."));
    routes.push_back(order_route<RegisterVoucher>(road, "/api/v1/batches/voucher",
                                                  "Registers the Treasury's voucher."));
    routes.push_back(
        order_route<MakeBankFile>(road, "/api/v1/batches/bank-file", "Makes the bank file, once."));
    routes.push_back(order_route<RegisterFileRejection>(
        road, "/api/v1/batches/bank-file-rejected",
        "Registers that the bank sent the whole file back; then a second may be made."));
    routes.push_back(order_route<DropLines>(road, "/api/v1/batches/drop-lines",
                                            "Ends waiting lines for good, by a second person."));
    routes.push_back(order_route<ConfirmReissue>(road, "/api/v1/batches/confirm-reissue",
                                                 "Confirms that failed lines may be paid again."));
    routes.push_back(order_route<MakeCorrection>(road, "/api/v1/batches/correct",
                                                 "Makes the correction batch."));
    routes.push_back(
        order_route<CloseBatch>(road, "/api/v1/batches/close", "Closes a batch that is done."));
    routes.push_back(order_route<SettleException>(road, "/api/v1/bank-exceptions/settle",
                                                  "Settles an exception."));
}

void add_lists(std::vector<Route>& routes, road::Road& road) {
    routes.push_back(list_route<BatchQuery, Batch>(
        "/api/v1/batches", "disbursement.list_batches", "Batches, the newest first.",
        std::string(kRead), [&road](Request& request) {
            return list_reply<BatchQuery, BatchId>(
                road, request, "disbursement.batches", kRead,
                [](const BatchQuery& q) {
                    return (q.area ? q.area->text() : "") + " " + q.programme.value_or("") + " " +
                           name_or_any(q.state);
                },
                [](store::Tx& tx, const Scope& scope, const BatchQuery& q, BatchId before,
                   int limit) {
                    return tx.all<Batch>(
                        sql::batches,
                        before ? before : BatchId{std::numeric_limits<std::int64_t>::max()},
                        q.programme.value_or(""), name_or_any(q.state), limit, scope);
                },
                [](const Batch& row) { return row.id; });
        }));
    routes.push_back(list_route<LineQuery, LineView>(
        "/api/v1/payment-lines", "disbursement.list_lines", "Lines of a batch, in order.",
        std::string(kRead), [&road](Request& request) {
            return list_reply<LineQuery, std::int64_t>(
                road, request, "disbursement.lines", kRead,
                [](const LineQuery& q) {
                    return std::to_string(q.batch.number) + " " + name_or_any(q.state) + area_of(q);
                },
                [](store::Tx& tx, const Scope& scope, const LineQuery& q, std::int64_t after,
                   int limit) {
                    return tx.all<LineView>(sql::lines, q.batch, after, name_or_any(q.state), limit,
                                            scope);
                },
                [](const LineView& row) { return row.ordinal; });
        }));
    routes.push_back(list_route<LineQuery, FindingView>(
        "/api/v1/findings", "disbursement.list_findings", "What the newest check of a batch found.",
        std::string(kRead), [&road](Request& request) {
            return list_reply<LineQuery, FindingId>(
                road, request, "disbursement.findings", kRead,
                [](const LineQuery& q) { return std::to_string(q.batch.number) + area_of(q); },
                [](store::Tx& tx, const Scope& scope, const LineQuery& q, FindingId after,
                   int limit) -> std::vector<FindingView> {
                    const auto found = tx.one<Batch>(sql::batch, q.batch, scope);
                    if (!found) return {};
                    return tx.all<FindingView>(sql::findings, q.batch, found->check_run, after,
                                               limit, scope);
                },
                [](const FindingView& row) { return row.id; });
        }));
}

void add_open_items(std::vector<Route>& routes, road::Road& road) {
    routes.push_back(list_route<OfBatchQuery, ExceptionView>(
        "/api/v1/bank-exceptions", "disbursement.list_exceptions",
        "Rows of bank answers that fit no line.", std::string(kRead), [&road](Request& request) {
            return list_reply<OfBatchQuery, ExceptionId>(
                road, request, "disbursement.exceptions", kRead,
                [](const OfBatchQuery& q) {
                    return std::to_string(q.batch.value_or(BatchId{}).number) + area_of(q);
                },
                [](store::Tx& tx, const Scope& scope, const OfBatchQuery& q, ExceptionId after,
                   int limit) {
                    return tx.all<ExceptionView>(sql::exceptions, q.batch.value_or(BatchId{}),
                                                 after, limit, scope);
                },
                [](const ExceptionView& row) { return row.id; });
        }));
    routes.push_back(list_route<OfBatchQuery, SetAsideView>(
        "/api/v1/set-aside-lines", "disbursement.list_set_aside",
        "Lines set aside, with who follows them up.", std::string(kRead),
        [&road](Request& request) {
            return list_reply<OfBatchQuery, SetAsideId>(
                road, request, "disbursement.set_aside", kRead,
                [](const OfBatchQuery& q) {
                    return std::to_string(q.batch.value_or(BatchId{}).number) + area_of(q);
                },
                [](store::Tx& tx, const Scope& scope, const OfBatchQuery& q, SetAsideId after,
                   int limit) {
                    return tx.all<SetAsideView>(sql::set_aside_rows, q.batch.value_or(BatchId{}),
                                                after, limit, scope);
                },
                [](const SetAsideView& row) { return row.id; });
        }));
}

Route raw_route(std::string path, std::string id, std::string summary, std::string_view permission,
                api::Handler handler) {
    Route route;
    route.path = std::move(path);
    route.id = std::move(id);
    route.summary = std::move(summary);
    route.permission = permission;
    route.handler = std::move(handler);
    return route;
}

/// Files in and out, as bytes.
void add_files(std::vector<Route>& routes, road::Road& road, road::Jobs& jobs) {
    auto sheet =
        raw_route("/api/v1/rosters", "disbursement.import_roster",
                  "Makes a draft batch of a roster file, as a job.", ImportBatch::type.permission,
                  [&](Request& request) { return roster(road, jobs, request); });
    sheet.is_job = true;
    sheet.method = api::Method::post;
    sheet.query = api::query_of<RosterQuery>();
    sheet.body_type = "text/csv";
    routes.push_back(std::move(sheet));
    auto back = raw_route("/api/v1/bank-answers", "disbursement.import_answer",
                          "Takes the bank's answer in.", PostAnswer::type.permission,
                          [&road](Request& request) { return answer(road, request); });
    back.method = api::Method::post;
    back.query = api::query_of<AnswerQuery>();
    back.body_type = "text/plain";
    routes.push_back(std::move(back));
    auto download = raw_route(
        "/api/v1/batches/{batch}/bank-file", "disbursement.download_bank_file",
        "The bank file that was made: the same bytes at every call.", MakeBankFile::type.permission,
        [&road](Request& request) { return file(road, request); });
    download.method = api::Method::post;  // a GET asks for no second factor
    download.is_read = true;
    download.step_up = true;
    download.reply_type = "application/octet-stream";
    routes.push_back(std::move(download));
}

}  // namespace

std::vector<Route> routes(road::Road& road, road::Jobs& jobs) {
    std::vector<Route> all;
    add_orders(all, road);
    add_lists(all, road);
    add_open_items(all, road);
    all.push_back(registry::read_route<BatchDetail>(
        "/api/v1/batches/{batch}", "disbursement.show_batch",
        "A batch with its funding, history and next steps.", std::string(kRead),
        [&road](Request& request) { return show(road, request); }));
    add_files(all, road, jobs);
    return all;
}

}  // namespace fenming::disbursement

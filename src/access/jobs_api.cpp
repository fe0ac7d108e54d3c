// The routes of long work: what runs, how far it is, its errors, and stopping it (E7). A job is its
// starter's; others see those of their area with job.read (road/job.h).

#include <limits>

#include "access/jobs_api.h"
#include "api/json.h"
#include "api/page.h"
#include "road/job.h"

namespace fenming::access {
namespace {

using api::Reply;
using api::Request;
using api::Route;

struct JobReply {
    JobId id;
    std::string kind;
    Area area;
    std::string state;
    std::int64_t done = 0;
    std::int64_t total = 0;
    AccountId account;
    Instant created;
    Instant ended;
    static constexpr auto fields = std::make_tuple(
        field("id", &JobReply::id), field("kind", &JobReply::kind), field("area", &JobReply::area),
        field("state", &JobReply::state,
              "waiting, running, cancelling, done, refused, failed or cancelled"),
        field("done", &JobReply::done), field("total", &JobReply::total, "0: not known yet"),
        field("account_id", &JobReply::account, "who started it"),
        field("created_at", &JobReply::created), field("ended_at", &JobReply::ended));
};
struct JobError {
    std::string sheet;
    std::int64_t row = 0;
    std::string column;
    std::string value;
    std::string code;
    std::string message;
    std::string mend;
    static constexpr auto fields =
        std::make_tuple(field("sheet", &JobError::sheet), field("row", &JobError::row),
                        field("column", &JobError::column), field("value", &JobError::value),
                        field("code", &JobError::code), field("message", &JobError::message),
                        field("mend", &JobError::mend));
};
struct JobErrors {
    std::vector<JobError> errors;
    std::int64_t left_out = 0;
    static constexpr auto fields =
        std::make_tuple(field("errors", &JobErrors::errors),
                        field("errors_left_out", &JobErrors::left_out, "counted, not listed"));
};

JobReply reply_of(const road::JobRow& row) {
    return {row.id,    row.kind,    row.area,    row.state, row.done,
            row.total, row.account, row.created, row.ended};
}

Reply list(road::Road& road, road::Jobs& jobs, const Request& request) {
    constexpr std::string_view kList = "access.jobs";
    const auto reply = [&]() -> Result<api::Value> {
        TRY(api::read_query<api::NoQuery>(request, api::Paging::yes));
        const auto page = TRY(api::read_page(request));
        const auto mac = cursor_mac(road.keys());
        JobId before{std::numeric_limits<std::int64_t>::max()};
        if (!page.after.empty())
            before = std::get<0>(TRY(api::decode_cursor<JobId>(mac, kList, page.after)));
        std::vector<JobReply> rows;
        for (const auto& row : TRY(jobs.list(caller_of(request), before, page.limit + 1)))
            rows.push_back(reply_of(row));
        return api::page_of(rows, page, [&](const JobReply& row) {
            return api::encode_cursor(mac, kList, row.id);
        });
    }();
    return api::answer(request, reply);
}

/// What a job answers is its kind's: any JSON.
api::Value detail_schema() {
    auto schema = api::schema_of<JobReply, api::Side::output>();
    auto* properties = schema.if_object()->find("properties");
    check(properties != nullptr, "a described struct has properties");
    properties->if_object()->set(
        "output", api::Object{{"description", "the answer of its kind; null while at work"}});
    return schema;
}

Reply show(road::Jobs& jobs, const Request& request) {
    const auto reply = [&]() -> Result<api::Value> {
        const auto id = TRY(api::read_path<JobId>(request, "job"));
        const auto row = TRY(jobs.find(caller_of(request), id));
        auto value = api::to_value(reply_of(row));
        api::Value output;
        if (!row.output.empty()) output = TRY(api::parse_json(row.output));
        value.if_object()->set("output", std::move(output));
        return value;
    }();
    return api::answer(request, reply);
}

Reply cancel(road::Jobs& jobs, const Request& request) {
    const auto done = [&]() -> Result<Done> {
        const auto id = TRY(api::read_path<JobId>(request, "job"));
        return jobs.cancel(caller_of(request), id);
    }();
    return api::answer(request, done);
}

/// The report that a job kept in the file store repeats what its starter wrote, so only he has it.
Result<JobErrors> errors_of(road::Road& road, road::Jobs& jobs, const Request& request) {
    const auto& caller = caller_of(request);
    const auto id = TRY(api::read_path<JobId>(request, "job"));
    const auto row = TRY(jobs.find(caller, id));
    if (row.account != caller.account) return refuse(kNotYourJob);
    JobErrors out;
    if (row.output.empty()) return out;
    const auto output = TRY(api::parse_json(row.output));
    const auto* file = output.if_object() ? output.if_object()->find("errors_file") : nullptr;
    if (file == nullptr || file->if_text() == nullptr || file->if_text()->empty()) return out;
    const auto bytes = road.files().get(*file->if_text());
    const auto report = TRY(api::parse_json(text_of(bytes), {.bytes = 64U << 20U}));
    const auto& members = *report.if_object();
    out.left_out = *members.find("errors_left_out")->if_number();
    for (const auto& each : *members.find("errors")->if_array())
        out.errors.push_back(TRY(api::from_value<JobError>(each)));
    return out;
}

Route route(std::string path, std::string id, std::string summary, api::Handler handler) {
    Route made;
    made.path = std::move(path);
    made.id = std::move(id);
    made.summary = std::move(summary);
    // Whoever is signed in has his own jobs; the rest is judged by job.read.
    made.permission = kSelf;
    made.handler = std::move(handler);
    return made;
}

}  // namespace

std::vector<Route> job_routes(road::Road& road, road::Jobs& jobs) {
    auto all = route("/api/v1/jobs", "access.jobs", "Lists jobs, newest first.",
                     [&](Request& request) { return list(road, jobs, request); });
    all.is_paged = true;
    all.reply = &api::schema_of<JobReply, api::Side::output>;
    auto one = route("/api/v1/jobs/{job}", "access.job", "A job: how far it is, and its answer.",
                     [&](Request& request) { return show(jobs, request); });
    one.reply = &detail_schema;
    auto errors = route(
        "/api/v1/jobs/{job}/errors", "access.job_errors",
        "What was wrong, in full sentences, for the one who started the job.",
        [&](Request& request) { return api::answer(request, errors_of(road, jobs, request)); });
    errors.reply = &api::schema_of<JobErrors, api::Side::output>;
    auto stop =
        route("/api/v1/jobs/{job}/cancel", "access.cancel_job", "Cancels a job that has not ended.",
              [&](Request& request) { return cancel(jobs, request); });
    stop.method = api::Method::post;
    // Asks for no Idempotency-Key: what is cancelled stays so.
    stop.is_read = true;
    return {std::move(all), std::move(one), std::move(errors), std::move(stop)};
}

}  // namespace fenming::access

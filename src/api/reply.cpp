// Replies and problems.

#include "api/reply.h"

#include "api/router.h"

namespace fenming::api {

namespace {

constexpr int kTooManyRequests = 429;
constexpr int kServiceUnavailable = 503;

/// The name of a status, as a problem's title. Statuses without words of their own share one.
std::string_view title(int status, Language language) {
    switch (status) {
        case 400:
            return words("api.title_400", language);
        case 401:
            return words("api.title_401", language);
        case 403:
            return words("api.title_403", language);
        case 404:
            return words("api.title_404", language);
        case 405:
            return words("api.title_405", language);
        case 409:
            return words("api.title_409", language);
        case 410:
            return words("api.title_410", language);
        case 412:
            return words("api.title_412", language);
        case 413:
            return words("api.title_413", language);
        case 414:
            return words("api.title_414", language);
        case 415:
            return words("api.title_415", language);
        case 422:
            return words("api.title_422", language);
        case 423:
            return words("api.title_423", language);
        case 428:
            return words("api.title_428", language);
        case 429:
            return words("api.title_429", language);
        case 500:
            return words("api.title_500", language);
        case 503:
            return words("api.title_503", language);
        default:
            return words("api.title_other", language);
    }
}

Object place_object(const RefusalPlace& place) {
    Object at;
    if (!place.sheet.empty()) at.append("sheet", place.sheet);
    if (place.row != 0) at.append("row", place.row);
    if (!place.column.empty()) at.append("column", place.column);
    return at;
}

Value json_of(const std::variant<std::int64_t, std::string>& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    const auto number = std::get<std::int64_t>(value);
    if (number > kMaxFen || number < -kMaxFen) return std::to_string(number);
    return number;
}

/// Writes the values under names that none of the problem's own members has.
void add_values(Object& body, const std::vector<RefusalValue>& values) {
    for (const RefusalValue& each : values) {
        const bool is_taken = each.name == "at" || body.find(each.name) != nullptr;
        body.set(is_taken ? each.name + "_value" : each.name, json_of(each.value));
    }
}

}  // namespace

Reply reply_json(int status, const Value& value) {
    return {status, {}, "application/json", to_json(value)};
}

Reply reply_nothing() {
    return {204, {}, "", ""};
}

Reply reply_job(JobId job) {
    const std::string id = std::to_string(job.number);
    Reply reply = reply_json(202, Object{{"job", id}});
    reply.headers.push_back({"Location", "/api/v1/jobs/" + id});
    return reply;
}

Reply problem(const Refusal& why, Language language) {
    const RefusalKind& kind = why.kind();
    const Sentence sentence = say(why, language);
    Object body{{"type", "/docs/refusals#" + std::string(kind.code)},
                {"title", title(kind.http_status, language)},
                {"status", kind.http_status},
                {"code", kind.code},
                {"detail", sentence.says},
                {"mend", sentence.mend}};
    Object at = place_object(why.place());
    if (!at.empty()) body.append("at", std::move(at));
    add_values(body, why.values());

    Reply reply{kind.http_status, {}, "application/problem+json", to_json(body)};
    reply.headers.push_back({"Content-Language", std::string(language_tag(language))});
    if (kind.http_status == kTooManyRequests || kind.http_status == kServiceUnavailable)
        reply.headers.push_back({"Retry-After", std::to_string(kRetryAfter.count())});
    const Value* allow = body.find("allow");
    if (kind.code == kMethodNotAllowed.code && allow != nullptr)
        reply.headers.push_back({"Allow", *allow->if_text()});
    return reply;
}

Reply problem(const Fault&, Language language) {
    return problem(refusal(kFault), language);
}

Reply problem(const Bug&, Language language, std::string_view request_id) {
    return problem(refusal(kBug).with("request", std::string(request_id)), language);
}

}  // namespace fenming::api

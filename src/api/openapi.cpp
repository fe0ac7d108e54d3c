// Routes → OpenAPI. Sorted by path and method, so that a diff shows what changed.

#include "api/openapi.h"

#include <algorithm>
#include <set>

namespace fenming::api {

namespace {

Value ref(std::string_view to) {
    return Object{{"$ref", "#/components/" + std::string(to)}};
}

Value content(std::string_view type, Value schema) {
    Object media;
    if (!schema.is_null()) media.set("schema", std::move(schema));
    return Object{{std::string(type), std::move(media)}};
}

std::string folder_of(const Route& route) {
    return route.id.substr(0, route.id.find('.'));
}

Value text_schema() {
    return Object{{"type", "string"}};
}

Value parameters(const Route& route) {
    Array list;
    for (std::string& name : path_names(route.path))
        list.push_back(Object{{"name", std::move(name)},
                              {"in", "path"},
                              {"required", true},
                              {"schema", text_schema()}});
    for (const Parameter& each : route.query) {
        Object parameter{{"name", each.name}, {"in", "query"}};
        if (!each.doc.empty()) parameter.set("description", each.doc);
        parameter.set("required", each.is_required);
        parameter.set("schema", each.schema);
        list.push_back(std::move(parameter));
    }
    if (route.is_paged) {
        list.push_back(ref("parameters/limit"));
        list.push_back(ref("parameters/after"));
    }
    if (mutates(route)) list.push_back(ref("parameters/idempotency_key"));
    if (route.needs_version) list.push_back(ref("parameters/if_match"));
    list.push_back(ref("parameters/accept_language"));
    return list;
}

Value page_schema(Value row) {
    const Value next = Object{{"type", Array{"string", "null"}},
                              {"description", "the cursor of the next page, or null"}};
    return Object{
        {"type", "object"},
        {"properties",
         Object{{"items", Object{{"type", "array"}, {"items", std::move(row)}}}, {"next", next}}},
        {"required", Array{"items", "next"}}};
}

Value job_response() {
    const Value schema = Object{{"type", "object"},
                                {"properties", Object{{"job", text_schema()}}},
                                {"required", Array{"job"}}};
    const Value location =
        Object{{"description", "where the job's progress is"}, {"schema", text_schema()}};
    return Object{{"description", "Taken on as a job."},
                  {"headers", Object{{"Location", location}}},
                  {"content", content("application/json", schema)}};
}

Value responses(const Route& route) {
    Object out;
    if (route.is_job) {
        out.set("202", job_response());
    } else if (route.reply == nullptr && route.reply_type == "application/json") {
        out.set("204", Object{{"description", "Done."}});
    } else {
        Value schema = route.reply == nullptr ? Value() : route.reply();
        if (route.is_paged) schema = page_schema(std::move(schema));
        out.set("200", Object{{"description", "Done."},
                              {"content", content(route.reply_type, std::move(schema))}});
    }
    out.set("default", ref("responses/problem"));
    return out;
}

Value operation(const Route& route) {
    Object out{
        {"operationId", route.id}, {"summary", route.summary}, {"tags", Array{folder_of(route)}}};
    if (route.permission.empty()) {
        out.set("x-public-because", route.public_because);
    } else {
        out.set("x-permission", route.permission);
        out.set("security", Array{Object{{"token", Array{}}}, Object{{"cookie", Array{}}}});
    }
    if (route.step_up) out.set("x-step-up", true);
    if (route.is_read) out.set("x-reads-only", true);
    out.set("parameters", parameters(route));
    const bool has_body = route.body != nullptr || route.body_type != "application/json";
    if (has_body) {
        Value schema = route.body == nullptr ? Value() : route.body();
        out.set("requestBody", Object{{"required", true},
                                      {"content", content(route.body_type, std::move(schema))}});
    }
    out.set("responses", responses(route));
    return out;
}

Value problem_schema() {
    const Value whole = Object{{"type", "integer"}};
    const Value at =
        Object{{"type", "object"},
               {"description", "where in the input, as far as known"},
               {"properties",
                Object{{"sheet", text_schema()}, {"row", whole}, {"column", text_schema()}}}};
    const auto text = [](std::string_view doc) {
        return Object{{"type", "string"}, {"description", doc}};
    };
    return Object{
        {"type", "object"},
        {"description", "RFC 9457; the values of the refusal stand beside these, e.g. left_fen"},
        {"properties", Object{{"type", text("where the refusal is explained")},
                              {"title", text("the status in words")},
                              {"status", whole},
                              {"code", text("folder.refusal, the same in every language")},
                              {"detail", text("what is wrong, where, and by which rule")},
                              {"mend", text("what to do")},
                              {"at", at}}},
        {"required", Array{"type", "title", "status", "code", "detail", "mend"}}};
}

Value parameter(std::string_view name, std::string_view in, std::string_view doc, bool is_required,
                Value schema) {
    return Object{{"name", name},
                  {"in", in},
                  {"description", doc},
                  {"required", is_required},
                  {"schema", std::move(schema)}};
}

Value components() {
    const Value limit =
        Object{{"type", "integer"}, {"minimum", 1}, {"maximum", 500}, {"default", 50}};
    const Value key = Object{{"type", "string"}, {"minLength", 1}, {"maxLength", 128}};
    const Value tag = Object{{"type", "string"}, {"pattern", "^\"[0-9]+\"$"}};
    const Value problem =
        Object{{"description", "Refused, or not possible now; says what to do."},
               {"content", content("application/problem+json", ref("schemas/problem"))}};
    return Object{
        {"schemas", Object{{"problem", problem_schema()}}},
        {"responses", Object{{"problem", problem}}},
        {"securitySchemes",
         Object{{"token", Object{{"type", "http"},
                                 {"scheme", "bearer"},
                                 {"description", "`token` of POST /api/v1/session, for programs"}}},
                {"cookie", Object{{"type", "apiKey"},
                                  {"in", "cookie"},
                                  {"name", "__Host-fenming"},
                                  {"description", "set by the same, for browsers"}}}}},
        {"parameters",
         Object{{"limit", parameter("limit", "query", "rows a page", false, limit)},
                {"after",
                 parameter("after", "query", "`next` of the page before", false, text_schema())},
                {"idempotency_key",
                 parameter("Idempotency-Key", "header",
                           "the same order sent twice under one key is done once", true, key)},
                {"if_match",
                 parameter("If-Match", "header", "the version seen, e.g. \"17\"", true, tag)},
                {"accept_language", parameter("Accept-Language", "header", "zh-CN (default) or en",
                                              false, text_schema())}}}};
}

std::string lower(std::string_view method) {
    std::string out(method);
    for (char& c : out) c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace

Value openapi(std::span<const Route> routes, std::string_view version) {
    std::vector<const Route*> sorted;
    std::set<std::string> folders;
    for (const Route& each : routes) {
        sorted.push_back(&each);
        folders.insert(folder_of(each));
    }
    std::sort(sorted.begin(), sorted.end(), [](const Route* a, const Route* b) {
        return std::tie(a->path, a->method) < std::tie(b->path, b->method);
    });

    Array tags;
    for (const std::string& folder : folders) tags.push_back(Object{{"name", folder}});
    Object paths;
    for (const Route* each : sorted) {
        Value* path = paths.find(each->path);
        if (path == nullptr) path = &paths.append(each->path, Object());
        path->if_object()->append(lower(name_of(each->method)), operation(*each));
    }
    return Object{{"openapi", "3.1.0"},
                  {"info", Object{{"title", "Fenming 分明"}, {"version", version}}},
                  {"tags", std::move(tags)},
                  {"paths", std::move(paths)},
                  {"components", components()}};
}

}  // namespace fenming::api

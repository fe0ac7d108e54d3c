// Pieces of JSON Schema (draft 2020-12, as OpenAPI 3.1 has it).

#include "api/schema.h"

#include "base/check.h"

namespace fenming::api::schema_detail {

Value whole_number(std::int64_t least, std::int64_t greatest) {
    if (greatest == std::numeric_limits<std::int64_t>::max())
        return Object{{"type", "integer"}, {"format", "int64"}};
    return Object{{"type", "integer"}, {"minimum", least}, {"maximum", greatest}};
}

Value amount() {
    Value schema = whole_number(-kMaxFen, kMaxFen);
    schema.if_object()->set("format", "fen");
    return schema;
}

Value text(std::string_view format) {
    return Object{{"type", "string"}, {"format", format}};
}

Value text_like(std::string_view pattern, Side side) {
    const bool may_be_none = side == Side::output;
    std::string whole = may_be_none ? "^(" : "^";
    whole.append(pattern).append(may_be_none ? ")?$" : "$");
    return Object{{"type", "string"}, {"pattern", whole}};
}

Value choice(std::span<const std::string_view> names) {
    Array list;
    for (const std::string_view name : names) list.push_back(name);
    return Object{{"type", "string"}, {"enum", list}};
}

Value list_of(Value item) {
    return Object{{"type", "array"}, {"items", std::move(item)}};
}

Value nullable(Value schema) {
    Object& object = *schema.if_object();
    object.set("type", Array{*object.find("type"), "null"});
    if (Value* choices = object.find("enum")) choices->if_array()->push_back({});
    return schema;
}

Value write_only(Value schema) {
    schema.if_object()->set("writeOnly", true);
    return schema;
}

Value object(Side side) {
    Object schema{{"type", "object"}, {"properties", Object()}, {"required", Array()}};
    if (side == Side::input) schema.set("additionalProperties", false);
    return schema;
}

void add_property(Value& object, std::string_view name, std::string_view doc, Value schema,
                  bool is_required) {
    if (!doc.empty()) schema.if_object()->set("description", doc);
    Object& whole = *object.if_object();
    whole.find("properties")->if_object()->set(name, std::move(schema));
    if (is_required) whole.find("required")->if_array()->push_back(name);
}

}  // namespace fenming::api::schema_detail

// Routes: what makes one sound, and a tree of path segments to find it by.

#include "api/router.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace fenming::api {

namespace {

bool is_braced(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_spelled(std::string_view segment) {
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    return !segment.empty() && std::all_of(segment.begin(), segment.end(), is_plain);
}

std::vector<std::string> segments_of(std::string_view path) {
    check(path.size() > 1 && path.front() == '/', "a route's path begins with a slash");
    return split(path.substr(1), '/');
}

bool is_dotted(std::string_view id) {
    const std::size_t dot = id.find('.');
    return dot != std::string_view::npos && member_detail::is_snake_case(id.substr(0, dot)) &&
           member_detail::is_snake_case(id.substr(dot + 1));
}

/// capability.action, or capability.noun.action where a capability has several nouns.
bool is_permission(std::string_view name) {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos || !member_detail::is_snake_case(name.substr(0, dot)))
        return false;
    const std::string_view rest = name.substr(dot + 1);
    return member_detail::is_snake_case(rest) || is_dotted(rest);
}

void check_route(const Route& route) {
    check(is_dotted(route.id), "a route's id is folder.verb_thing");
    check(!route.summary.empty(), "a route has a summary");
    check(route.handler != nullptr, "a route has a handler");
    // Deny by default: nobody forgets to say who may (SECURITY).
    check(route.permission.empty() != route.public_because.empty(),
          "a route has a permission, or a reason to be public");
    check(route.permission.empty() || is_permission(route.permission),
          "a permission is capability.action");
    check(route.method != Method::get || (route.body == nullptr && !route.step_up),
          "a GET takes no body and changes nothing");
    check(!route.is_read || route.method == Method::post, "only a POST need say that it reads");
    std::set<std::string> names;
    for (const std::string& segment : segments_of(route.path)) {
        if (!is_braced(segment)) {
            check(is_spelled(segment), "a path has small letters, digits and . - _");
            continue;
        }
        const std::string name = segment.substr(1, segment.size() - 2);
        check(member_detail::is_snake_case(name), "a name in braces is snake_case");
        check(names.insert(name).second, "a path gives a name once");
    }
}

}  // namespace

std::optional<Method> parse_method(std::string_view text) {
    constexpr auto kNames = names_of(Method{});
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == text) return static_cast<Method>(i);
    return std::nullopt;
}

bool mutates(const Route& route) {
    return route.method != Method::get && !route.is_read;
}

std::vector<std::string> path_names(std::string_view path) {
    std::vector<std::string> names;
    for (const std::string& segment : segments_of(path))
        if (is_braced(segment)) names.push_back(segment.substr(1, segment.size() - 2));
    return names;
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)), nodes_(1) {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        check_route(routes_[i]);
        check(ids.insert(routes_[i].id).second, "a route's id stands once");
        add(static_cast<int>(i));
    }
}

void Router::add(int route) {
    const Route& added = routes_[static_cast<std::size_t>(route)];
    int node = 0;
    for (const std::string& segment : segments_of(added.path))
        node = child(node, segment, is_braced(segment));
    Node& end = nodes_[static_cast<std::size_t>(node)];
    int& place = end.routes[static_cast<std::size_t>(added.method)];
    check(place == kNone, "one route answers a method and path");
    place = route;
}

int Router::child(int node, std::string_view segment, bool braced) {
    const int added = static_cast<int>(nodes_.size());
    Node& parent = nodes_[static_cast<std::size_t>(node)];
    if (braced) {
        if (parent.braced != kNone) return parent.braced;
        parent.braced = added;
    } else {
        const auto [at, is_new] = parent.spelled.emplace(segment, added);
        if (!is_new) return at->second;
    }
    nodes_.emplace_back();
    return added;
}

/// The node where the segments end, or kNone; `values` receives what stood for braces.
int Router::find(const std::vector<std::string>& segments, std::vector<std::string>& values) const {
    int node = 0;
    for (const std::string& segment : segments) {
        const Node& here = nodes_[static_cast<std::size_t>(node)];
        if (const auto spelled = here.spelled.find(segment); spelled != here.spelled.end()) {
            node = spelled->second;
        } else if (here.braced != kNone && !segment.empty()) {
            values.push_back(segment);
            node = here.braced;
        } else {
            return kNone;
        }
    }
    return node;
}

Result<Match> Router::match(Method method, std::string_view path) const {
    std::vector<std::string> values;
    const int node = find(TRY(split_path(path)), values);
    std::string allowed;
    if (node != kNone) {
        const auto& at = nodes_[static_cast<std::size_t>(node)].routes;
        const int found = at[static_cast<std::size_t>(method)];
        if (found != kNone) {
            Match match{&routes_[static_cast<std::size_t>(found)], {}};
            const auto names = path_names(match.route->path);
            for (std::size_t i = 0; i < names.size(); ++i)
                match.path_values.push_back({names[i], std::move(values[i])});
            return match;
        }
        for (std::size_t i = 0; i < at.size(); ++i)
            if (at[i] != kNone)
                allowed.append(allowed.empty() ? "" : ", ").append(names_of(method)[i]);
    }
    if (allowed.empty()) return refuse(refusal(kNoSuchPath).personal("path", shown(path)));
    return refuse(refusal(kMethodNotAllowed)
                      .with("method", stored(method))
                      .with("allow", std::move(allowed)));
}

}  // namespace fenming::api

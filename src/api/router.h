#pragma once
// From a method and a path to the route that answers, in as many steps as the path has segments.

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "base/result.h"

namespace fenming::api {

inline constexpr RefusalKind kNoSuchPath{"api.no_such_path", 404};
/// The path exists for other methods; the reply names them in Allow.
inline constexpr RefusalKind kMethodNotAllowed{"api.method_not_allowed", 405};

struct Match {
    const Route* route;
    std::vector<NamedText> path_values;
};

class Router {
public:
    /// Ill-made routes are Bugs, found at start: an id or a method and path given twice, no
    /// handler, no permission and no reason to be public (or both), a path with anything but small
    /// letters, digits and . - _ outside its braces, a GET that takes a body.
    explicit Router(std::vector<Route> routes);

    /// `path` as sent, without query. A segment that a route spells out wins over one in braces,
    /// and there is no way back: "/a/new" never reaches "/a/{a}/x". The route lives as long as the
    /// router.
    [[nodiscard]] Result<Match> match(Method method, std::string_view path) const;

    [[nodiscard]] std::span<const Route> routes() const { return routes_; }

private:
    static constexpr int kNone = -1;
    struct Node {
        std::map<std::string, int, std::less<>> spelled = {};  // segment → node
        int braced = kNone;                                    // node of any other segment
        std::array<int, names_of(Method{}).size()> routes = {kNone, kNone, kNone, kNone, kNone};
    };

    void add(int route);
    [[nodiscard]] int child(int node, std::string_view segment, bool is_braced);
    [[nodiscard]] int find(const std::vector<std::string>& segments,
                           std::vector<std::string>& values) const;

    std::vector<Route> routes_;
    std::vector<Node> nodes_;
};

}  // namespace fenming::api

#pragma once
// Statements whose answers none of the others waits for. On the road a transaction pays for each
// round trip to PostgreSQL, so what can go together does.

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "store/database.h"

namespace fenming::store {

/// Filled in order, then handed to Tx::together(). Keeps its own copies of texts and bytes.
class Bundle {
public:
    struct Part {
        const StmtInfo* stmt = nullptr;  ///< must outlive the bundle
        std::vector<Value> values;
        Fetch fetch = Fetch::whole;
        std::function<void(Cursor&)> row;  ///< empty: a change, whose count nobody asks for
    };

    /// A change.
    template <class... P>
    void run(const Stmt<P...>& stmt, const std::type_identity_t<P>&... args) {
        add({&stmt.info, detail::values_of<P...>(args...), Fetch::whole, {}});
    }
    /// A query; `row` runs no statement of its own.
    void ask(const StmtInfo& stmt, std::vector<Value> values, Fetch fetch,
             std::function<void(Cursor&)> row) {
        add({&stmt, std::move(values), fetch, std::move(row)});
    }
    /// Whether one of its statements writes this table.
    [[nodiscard]] bool writes(std::string_view table) const;
    [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

    Bundle() = default;
    Bundle(const Bundle&) = delete;  // its values point into it
    Bundle& operator=(const Bundle&) = delete;

private:
    void add(Part part);
    std::vector<Part> parts_;
    std::deque<std::string> kept_;
};

}  // namespace fenming::store

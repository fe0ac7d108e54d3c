// The ways things go, as data. A changed way is a new version beside the old.

#include "workflow/workflow.h"

namespace fenming::workflow {

const Step* Template::step(std::string_view wanted) const {
    for (const auto& each : steps)
        if (each.name == wanted) return &each;
    return nullptr;
}

const std::vector<Template>& templates() {
    static const std::vector<Template> kTemplates{
        // A payment batch: 经办 → 复核 → 审批 (P13).
        {"batch",
         1,
         {{"submit", "draft", "disbursement.submit", {}, "review", {}, true},
          {"review",
           "submitted",
           "disbursement.review",
           {DayKind::working, 3},
           "approve",
           {"submit"},
           true},
          {"approve",
           "reviewed",
           "disbursement.approve",
           {DayKind::working, 3},
           "",
           {"review", "submit"},
           true}},
         "approved"},
        // A pending document posted item by item by two persons (P18).
        {"document",
         1,
         {{"propose", "pending", "budget.register", {}, "confirm", {}, true},
          {"confirm", "proposed", "budget.resolve", {DayKind::working, 3}, "", {"propose"}, true}},
         "posted_by_item"},
    };
    return kTemplates;
}

const Template* find_template(std::string_view name, int version) {
    const Template* found = nullptr;
    for (const auto& each : templates()) {
        if (each.name != name || (version != 0 && each.version != version)) continue;
        if (found == nullptr || each.version > found->version) found = &each;
    }
    return found;
}

}  // namespace fenming::workflow

// The first page, made of the same reads as the API.

#include "server/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access/demo.h"
#include "api/negotiate.h"
#include "disbursement/view.h"
#include "ledger/progress.h"
#include "policy/programmes.h"
#include "registry/areas.h"
#include "report/execution.h"
#include "server/page_files.h"

namespace fenming::server {
namespace {

using disbursement::State;

constexpr std::string_view kDemoReader = "audit";
constexpr int kBatchesLooked = 200;
constexpr std::size_t kBatchesShown = 8;
/// The way of a batch as the page draws it, and the orders that bring it there.
struct Step {
    State state;
    std::string_view order;
};
constexpr std::array<Step, 10> kWay{{{State::draft, "disbursement.import_batch"},
                                     {State::checked, "disbursement.check_batch"},
                                     {State::submitted, "disbursement.submit_batch"},
                                     {State::reviewed, "disbursement.review_batch"},
                                     {State::approved, "disbursement.approve_batch"},
                                     {State::planned, "disbursement.plan_batch"},
                                     {State::requested, "disbursement.request_batch"},
                                     {State::vouchered, "disbursement.register_voucher"},
                                     {State::sent, "disbursement.make_bank_file"},
                                     {State::answered, "disbursement.post_answer"}}};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

/// "1,234,567.80"
std::string grouped(Money amount) {
    std::string text = to_yuan(amount);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    for (std::size_t at = text.find('.'); at > first + 3;) text.insert(at -= 3, ",");
    return text;
}

/// A rate of 1/10000 as "12.34%".
std::string percent(std::int64_t basis_points) {
    const auto size = std::abs(basis_points);
    return fmt::format("{}{}.{:02}%", basis_points < 0 ? "-" : "", size / 100, size % 100);
}

/// "11-24 09:07"
std::string minute(Instant at) {
    const auto text = beijing_text(at);
    return text.substr(5, 5) + " " + text.substr(11, 5);
}

struct Fund {
    std::string name;
    report::ExecutionGroup sums;
};

/// Everything the page shows, read in a few snapshots.
struct Shown {
    report::Execution execution;
    std::vector<Fund> funds;
    std::vector<disbursement::Batch> batches;
    std::optional<disbursement::BatchView> on_its_way;
    std::vector<policy::Programme> programmes;
    std::map<Area, std::string> areas;  ///< names of those of the batches shown
};

bool is_guarded(const policy::Programme& programme) {
    return programme.label == "child" || programme.label == "protected";
}

void add(report::ExecutionGroup& to, const report::ExecutionGroup& more) {
    to.whole += more.whole;
    to.available += more.available;
    to.frozen += more.frozen;
    to.disbursed += more.disbursed;
    to.part += more.part;
}

/// How near a batch is to the bank: what is under way comes before what is done or not begun.
int rank(const disbursement::Batch& batch) {
    const auto state = batch.at();
    if (state > State::checked && state <= State::sent) return 100 + static_cast<int>(state);
    return state == State::answered ? 50 : state == State::cancelled ? -1 : 0;
}

class Page {
public:
    Page(road::Road& road, Language language, bool is_stranger, std::string_view version)
        : road_(road), language_(language), is_stranger_(is_stranger), version_(version) {}

    std::string of(const std::optional<road::Caller>& reader, bool is_demo) {
        std::string body;
        if (is_demo) body += "<p class=\"note\">" + word("demo_note") + "</p>";
        if (reader) {
            if (auto shown = read(*reader))
                body += funds(*shown) + way(*shown) + recent(*shown);
            else
                body += "<p class=\"note\">" + escaped(say(shown.error(), language_).says) + "</p>";
        }
        if (is_stranger_) body += sign_in();
        return head() + body + foot();
    }

private:
    std::string word(std::string_view key) const {
        return escaped(words("server.page." + std::string(key), language_));
    }
    std::string state_word(std::string_view state) const {
        return word("state_" + std::string(state));
    }

    Result<Shown> read(const road::Caller& caller) {
        Shown shown;
        const auto today = road_.clock().today();
        report::ExecutionQuery query;
        query.year = today.year();
        query.grouping = report::Grouping::programme;
        TRY(road::look(road_, caller, "report.read", {},
                       [&](store::Tx& tx, const Scope& scope) -> Result<Done> {
                           shown.execution = report::execution(tx, scope, query, today);
                           shown.programmes = policy::programmes_on(tx, today);
                           return Done{};
                       }));
        name_funds(shown);
        auto found = disbursement::batches(road_, caller, {}, "", "",
                                           BatchId{std::numeric_limits<std::int64_t>::max()},
                                           kBatchesLooked);
        if (!found) return shown;  // who may not see batches sees none
        std::erase_if(*found, [&](const disbursement::Batch& batch) {
            const auto* programme = find(shown, batch.programme);
            return programme == nullptr || is_guarded(*programme);
        });
        shown.batches = std::move(*found);
        std::ranges::stable_sort(shown.batches, std::greater<>(), rank);
        if (shown.batches.size() > kBatchesShown) shown.batches.resize(kBatchesShown);
        name_areas(shown);
        if (!shown.batches.empty() && rank(shown.batches.front()) > 0)
            shown.on_its_way = TRY(disbursement::view(road_, caller, shown.batches.front().id));
        return shown;
    }

    void name_areas(Shown& shown) {
        auto tx = road_.database().begin_read();
        for (const auto& batch : shown.batches) {
            const auto area = registry::area_on(*tx, batch.area, road_.clock().today());
            if (!area) continue;
            const bool is_en = language_ == Language::en && !area->name_en.empty();
            shown.areas[batch.area] = is_en ? area->name_en : area->name_zh;
        }
    }
    static std::string area_of(const Shown& shown, Area area) {
        const auto name = shown.areas.find(area);
        return name == shown.areas.end() ? area.text() : escaped(name->second);
    }

    static const policy::Programme* find(const Shown& shown, std::string_view code) {
        const auto at = std::ranges::find(shown.programmes, code, &policy::Programme::code);
        return at == shown.programmes.end() ? nullptr : &*at;
    }
    std::string name_of(const Shown& shown, std::string_view code) const {
        const auto* programme = find(shown, code);
        if (programme == nullptr) return std::string(code);
        return language_ == Language::en ? programme->name_en : programme->name_zh;
    }

    /// A programme for children or other guarded people is never named alone (S17): their sums
    /// stand together in one line, which all of them make up.
    void name_funds(Shown& shown) const {
        Fund guarded{std::string(words("server.page.guarded", language_)), {}};
        bool has_guarded = false;
        for (const auto& group : shown.execution.groups) {
            const auto* programme = find(shown, group.key);
            if (programme != nullptr && is_guarded(*programme)) {
                add(guarded.sums, group);
                has_guarded = true;
            } else {
                shown.funds.push_back({name_of(shown, group.key), group});
            }
        }
        std::ranges::sort(shown.funds, [](const Fund& a, const Fund& b) {
            return std::pair(-a.sums.whole.in_fen(), a.name) <
                   std::pair(-b.sums.whole.in_fen(), b.name);
        });
        if (!has_guarded) return;
        guarded.sums.basis_points = ledger::basis_points(guarded.sums.part, guarded.sums.whole);
        shown.funds.push_back(std::move(guarded));
    }

    std::string head() const {
        const bool is_en = language_ == Language::en;
        return fmt::format(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
            "<title>{}</title><link rel=\"stylesheet\" href=\"/assets/first.css\">"
            "<script src=\"/assets/first.js\" defer></script></head><body>"
            "<header><h1>{}</h1><nav><a href=\"/?lang={}\" lang=\"{}\">{}</a>{}</nav></header>"
            "<main>",
            is_en ? "en" : "zh-CN", word("title"), word("title"), is_en ? "zh-CN" : "en",
            is_en ? "zh-CN" : "en", is_en ? "中文" : "English",
            is_stranger_ ? "<a href=\"#sign-in\">" + word("sign_in") + "</a>"
                         : "<button type=\"button\" id=\"out\">" + word("sign_out") + "</button>");
    }
    std::string foot() const {
        return fmt::format("</main><footer>{} {}</footer></body></html>\n", word("footer"),
                           escaped(version_));
    }

    std::string sign_in() const {
        return fmt::format(
            "<section id=\"sign-in\"><h2>{0}</h2><form id=\"in\"><label>{1}<input name=\"login\" "
            "required "
            "autocomplete=\"username\"></label><label>{2}<input name=\"password\" type=\"password\""
            " required autocomplete=\"current-password\"></label><label>{3}<input name=\"code\" "
            "inputmode=\"numeric\" autocomplete=\"one-time-code\"></label><button>{0}</button>"
            "<p id=\"said\" role=\"alert\"></p></form></section>",
            word("sign_in"), word("login"), word("password"), word("code"));
    }

    std::string tile(std::string_view key, std::string_view figure, std::string_view more) const {
        return fmt::format("<div class=\"tile\"><dt>{}</dt><dd>{}</dd><p>{}</p></div>", word(key),
                           figure, more);
    }

    static std::string bar(const report::ExecutionGroup& sums, std::int64_t time,
                           std::string_view label) {
        // In thousandths of the bar; a money's part of the whole is in 1/10000.
        const auto width = [&](Money part) { return ledger::basis_points(part, sums.whole) / 10; };
        const auto paid = width(sums.disbursed);
        const auto frozen = width(sums.frozen);
        return fmt::format(
            "<svg viewBox=\"0 0 1000 40\" preserveAspectRatio=\"none\" role=\"img\" "
            "aria-label=\"{}\"><rect class=\"free\" width=\"1000\" height=\"40\"/><rect "
            "class=\"paid\" width=\"{}\" height=\"40\"/><rect class=\"frozen\" x=\"{}\" "
            "width=\"{}\" height=\"40\"/><rect class=\"time\" x=\"{}\" width=\"3\" height=\"40\"/>"
            "</svg>",
            label, paid, paid, frozen, std::min<std::int64_t>(time / 10, 997));
    }

    std::string funds(const Shown& shown) const {
        const auto& total = shown.execution.total;
        const auto time = shown.execution.time_basis_points;
        std::string out = fmt::format(
            "<section><h2>{} {}</h2><dl class=\"tiles\">{}{}{}{}</dl>", shown.execution.year,
            word("funds"), tile("whole", grouped(total.whole), word("yuan")),
            tile("disbursed", grouped(total.disbursed),
                 fmt::format("{} {} · {} {}", word("rate"), percent(total.basis_points),
                             word("time"), percent(time))),
            tile("frozen", grouped(total.frozen), word("frozen_means")),
            tile("available", grouped(total.available), word("available_means")));
        out += fmt::format(
            "<p class=\"key\"><i class=\"paid\"></i>{} <i class=\"frozen\"></i>{} <i "
            "class=\"free\"></i>{} <i class=\"time\"></i>{}</p><div class=\"scroll\" tabindex=\"0\""
            " role=\"region\" aria-label=\"{}\"><table><thead><tr><th>{}</th><th "
            "class=\"picture\">{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead>"
            "<tbody>",
            word("disbursed"), word("frozen"), word("available"), word("time"),
            fmt::format("{} {}", shown.execution.year, word("funds")),
            word("programme"), word("use"), word("whole"), word("disbursed"), word("available"),
            word("rate"));
        for (const auto& fund : shown.funds) {
            const auto label =
                fmt::format("{} {}", escaped(fund.name), percent(fund.sums.basis_points));
            out += fmt::format(
                "<tr><th scope=\"row\">{}</th><td class=\"picture\">{}</td><td>{}</td><td>{}</td>"
                "<td>{}</td><td>{}</td></tr>",
                escaped(fund.name), bar(fund.sums, time, label), grouped(fund.sums.whole),
                grouped(fund.sums.disbursed), grouped(fund.sums.available),
                percent(fund.sums.basis_points));
        }
        if (shown.funds.empty()) out += "<tr><td colspan=\"6\">" + word("no_funds") + "</td></tr>";
        return out + "</tbody></table></div></section>";
    }

    std::string way(const Shown& shown) const {
        if (!shown.on_its_way) return "";
        const auto& batch = shown.on_its_way->batch;
        std::string out = fmt::format(
            "<section><h2>{}</h2><p>{} · {} · {} · {} {} · <strong>{} {}</strong></p><ol "
            "class=\"way\">",
            word("on_its_way"), escaped(name_of(shown, batch.programme)),
            area_of(shown, batch.area), escaped(batch.period.text), batch.lines, word("lines"),
            grouped(batch.total), word("yuan"));
        const bool is_short =
            !disbursement::needs_treasury(member_of<disbursement::Mode>(batch.mode));
        for (const auto& step : kWay) {
            if (is_short && step.state >= State::planned && step.state <= State::vouchered)
                continue;
            out += one_step(*shown.on_its_way, step);
        }
        return out + "</ol></section>";
    }

    std::string one_step(const disbursement::BatchView& view, const Step& step) const {
        const auto now = view.batch.at();
        const bool is_done = step.state <= now;
        const auto name = state_word(fenming::name_of(step.state));
        std::string when = word("to_come");
        for (const auto& act : view.history)
            if (is_done && act.order == step.order)
                when = minute(act.at) + (act.name.empty() ? "" : "<br>" + escaped(act.name));
        if (is_done && when == word("to_come")) when = word("done");
        return fmt::format("<li class=\"{}\"{}><b>{}</b><span>{}</span></li>",
                           step.state == now ? "now"
                           : is_done         ? "done"
                                             : "ahead",
                           step.state == now ? " aria-current=\"step\"" : "", name, when);
    }

    std::string recent(const Shown& shown) const {
        if (shown.batches.empty()) return "";
        std::string out = fmt::format(
            "<section><h2>{}</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            "aria-label=\"{}\"><table><thead><tr><th>{}</th><th class=\"code\">{}</th><th "
            "class=\"code\">{}</th><th>{}</th><th class=\"code\">{}</th></tr></thead><tbody>",
            word("batches"), word("batches"), word("programme"), word("area"), word("period"),
            word("total"), word("state"));
        for (const auto& batch : shown.batches) {
            out += fmt::format(
                "<tr><th scope=\"row\">{}</th><td class=\"code\">{}</td><td class=\"code\">{}</td>"
                "<td>{}</td><td class=\"code\">{}</td></tr>",
                escaped(name_of(shown, batch.programme)), area_of(shown, batch.area),
                escaped(batch.period.text), grouped(batch.total), state_word(batch.state));
        }
        return out + "</tbody></table></div></section>";
    }

    road::Road& road_;
    Language language_;
    bool is_stranger_;
    std::string_view version_;
};

Language language_of(const api::Request& request) {
    for (const auto& each : request.query)
        if (each.name == "lang") return each.text == "en" ? Language::en : Language::zh_cn;
    return api::negotiate(request.accept_language);
}

}  // namespace

Pages pages(road::Road& road, bool is_demo, std::string version) {
    return [&road, is_demo, version = std::move(version)](
               const api::Request& request, std::string_view path,
               const std::optional<road::Caller>& caller) -> std::optional<api::Reply> {
        if (path == "/assets/first.css")
            return api::Reply{200, {}, "text/css", std::string(kStyle)};
        if (path == "/assets/first.js")
            return api::Reply{200, {}, "text/javascript", std::string(kScript)};
        if (path != "/") return std::nullopt;
        auto reader = caller;
        if (!reader && is_demo) {
            auto tx = road.database().begin_read();
            auto known = access::caller_as(*tx, road.keys(), std::string(kDemoReader), "page",
                                           road.clock().now());
            if (known) reader = std::move(*known);
        }
        const auto language = language_of(request);
        Page page(road, language, !caller.has_value(), version);
        return api::Reply{200,
                          {{"Content-Language", std::string(api::language_tag(language))}},
                          "text/html; charset=utf-8",
                          page.of(reader, is_demo)};
    };
}

}  // namespace fenming::server

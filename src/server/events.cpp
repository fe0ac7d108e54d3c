// Reading on in the outbox for each open stream.

#include "server/events.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/value.h"
#include "road/events.h"
#include "trail/trail.h"

namespace fenming::server {
namespace {

/// Whose events there are; those of a folder are for who may read the folder.
constexpr std::array<std::string_view, 6> kFolders{"access", "budget",   "disbursement",
                                                   "ledger", "registry", "workflow"};
constexpr int kMostAtOnce = 500;

std::string_view folder_of(std::string_view kind) {
    return kind.substr(0, kind.find('.'));
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

std::string as_sent(const road::EventRow& event, const Reached& reached) {
    return "id: " + text_of(reached) + "\nevent: " + event.kind + "\ndata: " +
           api::to_json(api::Object{{"kind", event.kind},
                                    {"subject", std::to_string(event.subject)},
                                    {"area", event.area.text()},
                                    {"at", beijing_text(event.at)}}) +
           "\n\n";
}

}  // namespace

std::string text_of(const Reached& reached) {
    std::string text;
    for (const auto& [pen, seq] : reached)
        text += (text.empty() ? "" : ".") + std::to_string(pen) + "-" + std::to_string(seq);
    return text;
}

Result<Reached> parse_reached(std::string_view text) {
    Reached reached;
    const auto no = [] { return fenming::refuse(kBadEventId); };
    if (text.size() > 64'000) return no();
    while (!text.empty()) {
        const auto dot = text.find('.');
        const auto part = text.substr(0, dot);
        const auto dash = part.find('-');
        if (dash == std::string_view::npos) return no();
        const auto pen = number(part.substr(0, dash));
        const auto seq = number(part.substr(dash + 1));
        if (!pen || !seq || !reached.emplace(*pen, *seq).second) return no();
        if (dot == std::string_view::npos) break;
        text.remove_prefix(dot + 1);
        if (text.empty()) return no();
    }
    return reached;
}

class EventStream final : public Stream {
public:
    EventStream(Events& events, road::Caller caller, std::string token, Reached reached)
        : events_(events),
          caller_(std::move(caller)),
          token_(std::move(token)),
          reached_(std::move(reached)) {}

    bool is_due() const override { return seen_ != events_.round_.load(); }

    std::optional<std::string> next() override {
        try {
            return read_on();
        } catch (const std::exception& what) {
            events_.log_.broke(events_.road_.clock().now(), "", "fault", what.what());
            return std::nullopt;  // the browser comes again with its Last-Event-ID
        }
    }

private:
    std::optional<std::string> read_on() {
        // A session that ended, a lock or a lost role end the stream (S18).
        if (!events_.door_.is_live(token_)) return std::nullopt;
        const auto round = events_.round_.load();
        std::vector<road::EventRow> found;
        bool has_more = false;
        Reached ahead = reached_;
        for (const auto& [pen, head] : events_.heads()) {
            const auto from = reached_[pen];
            if (head <= from) continue;
            auto of_pen = readable(pen, from);
            // Of a long way only whole links that every folder's reading has come past.
            const auto to = of_pen.size() >= kMostAtOnce ? of_pen[kMostAtOnce - 1].seq - 1 : head;
            std::erase_if(of_pen, [&](const road::EventRow& each) { return each.seq > to; });
            has_more = has_more || to < head;
            ahead[pen] = to;
            found.insert(found.end(), of_pen.begin(), of_pen.end());
        }
        std::string text;
        for (const auto& event : found) {
            reached_[event.pen] = event.seq;
            text += as_sent(event, reached_);
        }
        reached_ = ahead;
        if (!has_more) seen_ = round;
        return text;
    }

    /// The pen's events after `from` that the visitor may read, in order.
    std::vector<road::EventRow> readable(std::int64_t pen, std::int64_t from) {
        std::vector<road::EventRow> found;
        for (const auto folder : kFolders) {
            const auto part = road::look(
                events_.road_, caller_, std::string(folder) + ".read", {},
                [&](store::Tx&, const Scope& scope) -> Result<std::vector<road::EventRow>> {
                    return road::events_after(events_.road_, scope, {pen}, from, kMostAtOnce);
                });
            if (!part) continue;  // not his to read
            for (const auto& event : *part)
                if (folder_of(event.kind) == folder) found.push_back(event);
        }
        std::ranges::sort(found, [](const road::EventRow& a, const road::EventRow& b) {
            return std::pair(a.seq, a.ordinal) < std::pair(b.seq, b.ordinal);
        });
        return found;
    }

    Events& events_;
    road::Caller caller_;
    std::string token_;
    Reached reached_;
    std::int64_t seen_ = -1;
};

void Events::look() {
    Reached now;
    {
        auto tx = road_.database().begin_read();
        for (const auto& head : trail::heads(*tx)) now[head.pen.number] = head.seq;
    }
    const std::scoped_lock lock(mutex_);
    if (now == heads_) return;
    heads_ = std::move(now);
    ++round_;
}

Reached Events::heads() const {
    const std::scoped_lock lock(mutex_);
    return heads_;
}

Result<std::unique_ptr<Stream>> Events::open(const road::Caller& caller, const std::string& token,
                                             std::string_view last_event_id) {
    auto reached = TRY(parse_reached(last_event_id));
    if (last_event_id.empty()) {
        look();
        reached = heads();
    }
    return std::unique_ptr<Stream>(
        std::make_unique<EventStream>(*this, caller, token, std::move(reached)));
}

}  // namespace fenming::server

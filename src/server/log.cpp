// Lines of the log.

#include "server/log.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "base/text.h"

namespace fenming::server {

struct Log::Sink {
    spdlog::logger logger;
};

Log::Log(std::ostream& out)
    : sink_(new Sink{
          spdlog::logger("fenming", std::make_shared<spdlog::sinks::ostream_sink_mt>(out, true))}) {
    sink_->logger.set_pattern("%v");
}

Log::~Log() = default;

void Log::request(Instant at, const RequestLine& line) {
    write(api::Object{{"at", beijing_text(at)},
                      {"event", "request"},
                      {"request", line.request},
                      {"route", line.route},
                      {"method", line.method},
                      {"status", line.status},
                      {"micros", line.micros},
                      {"bytes_in", line.bytes_in},
                      {"bytes_out", line.bytes_out},
                      {"account", std::to_string(line.account.number)},
                      {"source", line.source}});
}

void Log::broke(Instant at, std::string_view request, std::string_view kind,
                std::string_view what) {
    write(api::Object{{"at", beijing_text(at)},
                      {"event", "broke"},
                      {"request", request},
                      {"kind", kind},
                      {"what", what}});
}

void Log::event(Instant at, std::string_view what, const api::Object& more) {
    api::Object line{{"at", beijing_text(at)}, {"event", what}};
    for (const auto& [name, value] : more.members()) line.append(name, value);
    write(line);
}

void Log::write(const api::Object& line) {
    // Handed over as a value, so that a brace in a text is no placeholder.
    sink_->logger.info("{}", api::to_json(line));
}

}  // namespace fenming::server

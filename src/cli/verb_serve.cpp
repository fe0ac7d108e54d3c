// serve: the program as a server.

#include <fstream>
#include <iostream>

#include "cli/routes.h"
#include "cli/verbs.h"
#include "server/server.h"

namespace fenming::cli {

int serve(const Common& common, const ServeWanted& wanted) {
    auto program = Program::open(common, wanted.migrate ? Need::migration : Need::ready);
    if (!program) return refused(common, program.error());
    auto& p = **program;
    std::ofstream log_file;
    if (!wanted.log.empty()) {
        log_file.open(wanted.log, std::ios::app);
        if (!log_file) return refused(common, refusal(kNoFile).with("file", wanted.log));
    }
    server::Wanted places{wanted.listen, wanted.metrics, wanted.proxies, wanted.demo_public};
    auto server = server::Server::open({.road = p.road(),
                                        .door = p.door(),
                                        .jobs = p.jobs(),
                                        .routes = all_routes(p),
                                        .is_demo = p.is_demo(),
                                        .version = FENMING_VERSION,
                                        .spool = p.spool_path(),
                                        .log = wanted.log.empty() ? std::cerr : log_file,
                                        .renew = [&p] { p.renew(); }},
                                       places);
    if (!server) return refused(common, server.error());
    const auto address = wanted.listen.substr(0, wanted.listen.rfind(':'));
    print(common,
          api::Object{{"url", "http://" + address + ":" + std::to_string((*server)->port())},
                      {"metrics_port", std::int64_t{(*server)->metrics_port()}}});
    std::cout << std::flush;
    (*server)->run();
    return kAllDone;
}

}  // namespace fenming::cli

#pragma once
// The server: listeners, the threads that work requests and jobs, what is done once in a while.

#include <memory>
#include <ostream>

#include "road/job.h"
#include "server/front.h"

namespace fenming::server {

/// What a server is made of; all outlive it.
struct Parts {
    road::Road& road;
    access::Door& door;
    road::Jobs& jobs;
    std::vector<api::Route> routes;  ///< of every folder, add_routes() included
    bool is_demo = false;
    std::string version;
    std::string spool;  ///< the folder of uploads on their way in
    std::ostream& log;
    std::function<void()> renew;  ///< called every 10 minutes: leases of the program
    Limits limits = {};
    int threads = 8;
    int job_threads = 1;
};

class Server {
public:
    /// Listens. Refuses what admit() refuses, and places that are taken.
    static Result<std::unique_ptr<Server>> open(Parts parts, const Wanted& wanted);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::uint16_t metrics_port() const;  ///< 0: nowhere
    /// Serves until stop(), SIGTERM or SIGINT; ends requests under way and what jobs are at.
    void run();
    /// From any thread.
    void stop();

private:
    struct Inside;
    explicit Server(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace fenming::server

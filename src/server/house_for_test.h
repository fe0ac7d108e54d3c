#pragma once
// A served demo bureau, and a visitor who writes to its socket byte by byte.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <thread>

#include "access/access.h"
#include "access/api.h"
#include "access/demo.h"
#include "api/json.h"
#include "policy/policy.h"
#include "server/api.h"
#include "server/server.h"
#include "store/migrate.h"
#include "test/support/world.h"

namespace fenming::server::test {

inline constexpr Area kCity{990100000000};

/// A socket to the server; reads until the reply is whole, or the server closes.
class Visitor {
public:
    explicit Visitor(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            throw std::runtime_error("no connection");
    }
    ~Visitor() { ::close(socket_); }
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;

    void say(std::string_view text) {
        while (!text.empty()) {
            const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;  // the server has closed: its reply tells why
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// Until `end` stands in what was heard, or nothing more comes.
    std::string hear_until(std::string_view end) {
        while (heard_.find(end) == std::string::npos && hear_more()) {
        }
        return heard_;
    }
    /// One whole reply.
    std::string hear() {
        hear_until("\r\n\r\n");
        const auto head = heard_.find("\r\n\r\n");
        if (head == std::string::npos) return std::exchange(heard_, "");
        const auto length = heard_.find("Content-Length: ");
        std::size_t size = head + 4;
        if (length != std::string::npos && length < head && !bare)
            size += std::stoul(heard_.substr(length + 16));
        while (heard_.size() < size && hear_more()) {
        }
        const auto reply = heard_.substr(0, size);
        heard_.erase(0, size);
        return reply;
    }
    std::string ask(std::string_view text) {
        say(text);
        return hear();
    }
    bool is_closed() { return heard_.empty() && !hear_more(); }
    bool bare = false;  ///< replies to HEAD

private:
    bool hear_more() {
        char piece[4096];
        const auto size = ::recv(socket_, piece, sizeof piece, 0);
        if (size <= 0) return false;
        heard_.append(piece, static_cast<std::size_t>(size));
        return true;
    }
    int socket_;
    std::string heard_;
};

inline int status_of(const std::string& reply) {
    return reply.size() > 12 ? std::stoi(reply.substr(9, 3)) : 0;
}
inline std::string body_of(const std::string& reply) {
    const auto head = reply.find("\r\n\r\n");
    return head == std::string::npos ? "" : reply.substr(head + 4);
}
inline std::string member(const std::string& reply, std::string_view pointer) {
    const auto value = api::parse_json(body_of(reply));
    if (!value || value->at(pointer) == nullptr) return "(none)";
    const auto* text = value->at(pointer)->if_text();
    return text != nullptr ? *text : "(no text)";
}
/// The cookie that a reply sets, as a request sends it.
inline std::string cookie_of(const std::string& reply) {
    const auto at = reply.find("Set-Cookie: ");
    if (at == std::string::npos) return "";
    return "Cookie: " + reply.substr(at + 12, reply.find(';', at) - at - 12) + "\r\n";
}

/// A demo bureau that is served.
struct House {
    explicit House(const char* kind, Limits limits = {}) : world(kind) {
        {
            auto tx = world.database().begin_write();
            store::set_meta(*tx, "demo", "1");
            tx->commit();
            auto read = world.database().begin_read();
            access = std::make_unique<access::Access>(access::settings_of(*read));
        }
        world.use(*access);
        auto& road = world.road();
        door = std::make_unique<access::Door>(road, access->settings());
        jobs = std::make_unique<road::Jobs>(road, std::vector<road::JobKind>{});
        const auto users = access::install_demo_users(road, kCity, "云川市", "Yunchuan", {});
        if (!users) throw std::runtime_error("no users");
        std::vector<api::Route> routes = access::routes(road);
        for (auto& route : policy::routes(road)) routes.push_back(std::move(route));
        routes.push_back(echo());
        routes.push_back(breaks());
        routes.push_back(sleeps());
        add_routes(routes, road, "9.9.9");
        auto opened = Server::open({.road = road,
                                    .door = *door,
                                    .jobs = *jobs,
                                    .routes = std::move(routes),
                                    .is_demo = true,
                                    .version = "9.9.9",
                                    .spool = world.folder() + "/uploads",
                                    .log = log,
                                    .renew = [] {},
                                    .limits = limits},
                                   {"127.0.0.1:0", "127.0.0.1:0", {}, false});
        if (!opened) throw std::runtime_error(say(opened.error(), Language::en).says);
        server = std::move(*opened);
        host = "Host: 127.0.0.1:" + std::to_string(server->port()) + "\r\n";
        thread = std::thread([this] { server->run(); });
    }
    ~House() {
        if (server) server->stop();
        thread.join();
    }
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    /// Answers the size of what was uploaded and its last byte.
    static api::Route echo() {
        return {.method = api::Method::post,
                .path = "/api/v1/echo",
                .id = "test.echo",
                .summary = "Answers a size.",
                .public_because = "a test",
                .is_read = true,
                .body_type = "text/csv",
                .handler = [](api::Request& request) {
                    return api::reply_json(
                        200, api::Object{{"size", static_cast<std::int64_t>(request.body.size())},
                                         {"last", std::int64_t{request.body.back()}}});
                }};
    }
    static api::Route breaks() {
        return {.path = "/api/v1/breaks",
                .id = "test.breaks",
                .summary = "Breaks.",
                .public_because = "a test",
                .handler = [](api::Request& request) -> api::Reply {
                    if (request.query.empty()) throw Bug("we broke");
                    throw Fault("the disk broke");
                }};
    }
    static api::Route sleeps() {
        return {.path = "/api/v1/sleeps",
                .id = "test.sleeps",
                .summary = "Sleeps.",
                .public_because = "a test",
                .handler = [](api::Request&) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(400));
                    return api::reply_json(200, api::Object{{"slept", true}});
                }};
    }

    std::string get(const std::string& path, const std::string& headers = "") {
        return Visitor(server->port())
            .ask("GET " + path + " HTTP/1.1\r\n" + host + headers + "\r\n");
    }
    std::string post(const std::string& path, const std::string& body,
                     const std::string& headers = "",
                     const std::string& type = "application/json") {
        return Visitor(server->port())
            .ask("POST " + path + " HTTP/1.1\r\n" + host + headers + "Content-Type: " + type +
                 "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    std::string sign_in(const std::string& headers = "Sec-Fetch-Site: same-origin\r\n") {
        return post("/api/v1/session", R"({"login":"leader","password":"demo"})", headers);
    }

    fenming::test::World world;
    std::unique_ptr<access::Access> access;
    std::unique_ptr<access::Door> door;
    std::unique_ptr<road::Jobs> jobs;
    std::ostringstream log;
    std::unique_ptr<Server> server;
    std::string host;
    std::thread thread;
};

}  // namespace fenming::server::test

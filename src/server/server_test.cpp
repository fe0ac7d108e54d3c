// Goal: what a browser, a program and an attacker get over a real socket, on both databases.
// Method: the server in a thread; requests written byte by byte to its port.

#include "server/events.h"
#include "server/house_for_test.h"
#include "server/wire.h"

namespace fenming::server::test {
namespace {

FENMING_ON_BOTH(Served);

TEST_P(Served, HealthDescriptionAndPage) {
    House house(GetParam());
    EXPECT_EQ(member(house.get("/healthz"), "/status"), "ok");
    EXPECT_EQ(member(house.get("/api/openapi.json"), "/info/version"), "9.9.9");
    const auto page = house.get("/", "Accept-Language: en\r\n");
    EXPECT_EQ(status_of(page), 200);
    EXPECT_NE(page.find("made up"), std::string::npos);
    EXPECT_NE(page.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
    EXPECT_NE(house.get("/?lang=zh-CN").find("演示城市"), std::string::npos);
    EXPECT_EQ(status_of(house.get("/assets/first.css")), 200);
    EXPECT_EQ(status_of(house.get("/assets/first.js")), 200);
    EXPECT_EQ(status_of(house.get("/assets/none.js")), 404);
    EXPECT_EQ(member(house.get("/nothing"), "/code"), "api.no_such_path");
}

TEST_P(Served, ABrowserSignsInWorksAndSignsOut) {
    House house(GetParam());
    EXPECT_EQ(member(house.get("/api/v1/me"), "/code"), "access.not_signed_in");
    const auto in = house.sign_in();
    ASSERT_EQ(status_of(in), 200) << in;
    EXPECT_EQ(member(in, "/token"), "(no text)");  // a script cannot read it
    EXPECT_NE(in.find("__Host-fenming="), std::string::npos);
    EXPECT_NE(in.find("Secure; HttpOnly; SameSite=Strict"), std::string::npos);
    const auto cookie = cookie_of(in);
    EXPECT_EQ(member(house.get("/api/v1/me", cookie), "/login"), "leader");
    EXPECT_NE(house.get("/", cookie).find("id=\"out\""), std::string::npos);
    // The same cookie sent by another site's page, or by a form without any sign of where.
    const auto out = "DELETE /api/v1/session HTTP/1.1\r\n" + house.host + cookie;
    for (const auto* site : {"Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
                             "Origin: https://evil.example\r\n", ""})
        EXPECT_EQ(member(Visitor(house.server->port()).ask(out + site + "\r\n"), "/code"),
                  "server.cross_site")
            << site;
    const auto gone =
        Visitor(house.server->port()).ask(out + "Sec-Fetch-Site: same-origin\r\n\r\n");
    EXPECT_EQ(status_of(gone), 204);
    EXPECT_NE(gone.find("Max-Age=0"), std::string::npos);
    const auto late = house.get("/api/v1/me", cookie);
    EXPECT_EQ(status_of(late), 401);
    EXPECT_NE(late.find("Max-Age=0"), std::string::npos);
}

TEST_P(Served, AProgramSignsInWithAToken) {
    House house(GetParam());
    const auto in = house.sign_in("");
    const auto token = member(in, "/token");
    ASSERT_EQ(token.size(), 64U);
    EXPECT_EQ(in.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(member(house.get("/api/v1/me", "Authorization: Bearer " + token + "\r\n"), "/login"),
              "leader");
    EXPECT_EQ(house.log.str().find(token), std::string::npos);
    EXPECT_EQ(house.log.str().find("leader"), std::string::npos);
}

TEST_P(Served, ANameThatIsNotThisMachineIsRefused) {
    House house(GetParam());
    const auto reply =
        Visitor(house.server->port()).ask("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    EXPECT_EQ(member(reply, "/code"), "server.unknown_host");
    EXPECT_EQ(status_of(reply), 421);
}

TEST_P(Served, WhatIsTooLargeOrNoHttpIsRefused) {
    House house(GetParam());
    Visitor large(house.server->port());
    EXPECT_EQ(member(large.ask("POST /api/v1/session HTTP/1.1\r\n" + house.host +
                               "Content-Length: 1048577\r\n\r\n"),
                     "/code"),
              "server.body_too_large");
    EXPECT_TRUE(large.is_closed());
    // Chunks do not say beforehand how much comes.
    Visitor chunks(house.server->port());
    chunks.say("POST /api/v1/session HTTP/1.1\r\n" + house.host +
               "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20; ++i) chunks.say("10000\r\n" + std::string(0x10000, 'x') + "\r\n");
    EXPECT_EQ(member(chunks.hear(), "/code"), "server.body_too_large");
    EXPECT_EQ(
        member(house.get("/healthz", "X-Long: " + std::string(17'000, 'x') + "\r\n"), "/code"),
        "server.header_too_large");
    EXPECT_EQ(member(Visitor(house.server->port()).ask("HELLO\r\n\r\n"), "/code"),
              "server.malformed");
    EXPECT_EQ(
        member(Visitor(house.server->port()).ask("TRACE / HTTP/1.1\r\n" + house.host + "\r\n"),
               "/code"),
        "server.method_unknown");
}

TEST_P(Served, AFileGoesThroughTheSpoolAndLeavesNothing) {
    House house(GetParam());
    std::string file(5U << 20U, 'a');
    file.back() = 'z';
    const auto reply = house.post("/api/v1/echo", file, "Expect: 100-continue\r\n", "text/csv");
    EXPECT_EQ(status_of(reply), 100);  // the first of the two
    const auto again = house.post("/api/v1/echo", file, "", "text/csv");
    EXPECT_EQ(body_of(again), R"({"size":5242880,"last":122})");
    EXPECT_TRUE(std::filesystem::is_empty(house.world.folder() + "/uploads"));
}

TEST_P(Served, ConnectionsAreKeptAndHeadHasNoBody) {
    House house(GetParam());
    Visitor visitor(house.server->port());
    const auto head = "GET /healthz HTTP/1.1\r\n" + house.host + "\r\n";
    EXPECT_EQ(member(visitor.ask(head + head), "/status"), "ok");  // two at once
    EXPECT_EQ(member(visitor.hear(), "/status"), "ok");
    visitor.bare = true;
    const auto bare = visitor.ask("HEAD /healthz HTTP/1.1\r\n" + house.host + "\r\n");
    EXPECT_NE(bare.find("Content-Length: 15"), std::string::npos);
    EXPECT_EQ(body_of(bare), "");
    visitor.bare = false;
    EXPECT_EQ(member(visitor.ask(head), "/status"), "ok");
}

TEST_P(Served, WhatBreaksIsToldAndLoggedWithoutItsWords) {
    House house(GetParam());
    const auto bug = house.get("/api/v1/breaks");
    EXPECT_EQ(member(bug, "/code"), "api.bug");
    EXPECT_EQ(bug.find("we broke"), std::string::npos);
    const auto fault = house.get("/api/v1/breaks?disk=1");
    EXPECT_EQ(member(fault, "/code"), "api.fault");
    EXPECT_NE(fault.find("Retry-After"), std::string::npos);
    EXPECT_NE(house.log.str().find("the disk broke"), std::string::npos);
}

TEST_P(Served, SlowAndManyAreToldSo) {
    Limits limits;
    limits.request_ms = 100;
    House slow(GetParam(), limits);
    EXPECT_EQ(member(slow.get("/api/v1/sleeps"), "/code"), "server.too_slow");
    Limits few;
    few.waiting = 1;
    House busy(GetParam(), few);
    std::vector<std::thread> visitors;
    std::atomic<int> refused = 0;
    std::atomic<int> served = 0;
    for (int i = 0; i < 16; ++i)
        visitors.emplace_back([&] {
            const auto reply = busy.get("/api/v1/sleeps");
            if (member(reply, "/code") == "server.busy") ++refused;
            if (status_of(reply) == 200) ++served;
        });
    for (auto& visitor : visitors) visitor.join();
    EXPECT_GT(refused, 0);
    EXPECT_GT(served, 0);
    EXPECT_EQ(refused + served, 16);
}

TEST_P(Served, AStopDoesNotWaitForEver) {
    Limits limits;
    limits.stop_ms = 20;
    std::string heard = "nothing yet";
    {
        House house(GetParam(), limits);
        std::thread visitor([&] { heard = house.get("/api/v1/sleeps"); });
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        house.server->stop();
        house.thread.join();
        house.thread = std::thread([] {});
        house.server.reset();  // the visitor's connection goes with the wire
        visitor.join();
    }
    EXPECT_EQ(heard, "");
}

TEST_P(Served, EventsReachWhoMayReadThemAndResume) {
    House house(GetParam());
    const auto cookie = cookie_of(house.sign_in());
    EXPECT_EQ(member(house.get("/api/v1/events"), "/code"), "access.not_signed_in");
    EXPECT_EQ(member(house.get("/api/v1/events", cookie + "Last-Event-ID: what\r\n"), "/code"),
              "server.bad_event_id");
    Visitor reader(house.server->port());
    reader.say("GET /api/v1/events HTTP/1.1\r\n" + house.host + cookie +
               "Last-Event-ID: 0-0\r\n\r\n");
    const auto heard = reader.hear_until("event: access.");
    EXPECT_NE(heard.find("text/event-stream"), std::string::npos);
    EXPECT_NE(heard.find("event: access."), std::string::npos) << heard;
    EXPECT_NE(heard.find("id: 0-"), std::string::npos);
    // The session's end is the stream's end.
    const auto out = "DELETE /api/v1/session HTTP/1.1\r\n" + house.host + cookie +
                     "Sec-Fetch-Site: same-origin\r\n\r\n";
    EXPECT_EQ(status_of(Visitor(house.server->port()).ask(out)), 204);
    reader.hear_until("never sent");
    EXPECT_TRUE(reader.hear_until("never sent").find("never sent") == std::string::npos);
}

TEST_P(Served, MetricsSayNothingOfAreas) {
    House house(GetParam());
    house.get("/healthz");
    house.get("/990101000000");
    Visitor watcher(house.server->metrics_port());
    const auto text = watcher.ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(text.find(R"(fenming_http_requests_total{route="server.health",status="200"} 1)"),
              std::string::npos)
        << text;
    EXPECT_EQ(text.find("9901"), std::string::npos);
    EXPECT_EQ(status_of(watcher.ask("GET /else HTTP/1.1\r\nHost: x\r\n\r\n")), 404);
    EXPECT_EQ(status_of(house.get("/metrics")), 404);
}

TEST_P(Served, ATakenPlaceIsRefused) {
    House house(GetParam());
    auto second =
        Server::open({.road = house.world.road(),
                      .door = *house.door,
                      .jobs = *house.jobs,
                      .routes = access::routes(house.world.road()),
                      .is_demo = true,
                      .version = "",
                      .spool = house.world.folder() + "/uploads2",
                      .log = house.log,
                      .renew = [] {}},
                     {"127.0.0.1:" + std::to_string(house.server->port()), "", {}, false});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind().code, kCannotListen.code);
}

TEST(Reached, IsReadAsWritten) {
    for (const auto* text : {"", "0-5", "0-5.990101000000-12"}) {
        const auto reached = parse_reached(text);
        ASSERT_TRUE(reached) << text;
        EXPECT_EQ(text_of(*reached), text);
    }
    for (const auto* text : {"0", "0-", "-5", "0-5.", "0-5.0-6", "x-1", "0-5-6", "0--5"})
        EXPECT_FALSE(parse_reached(text)) << text;
}

}  // namespace
}  // namespace fenming::server::test

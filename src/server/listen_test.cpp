// Goal: nothing leaves the machine unguarded by mistake, and no visitor names his own address.

#include "server/listen.h"

#include <gtest/gtest.h>

namespace fenming::server {
namespace {

TEST(Listen, PlacesAreNumericAndHavePorts) {
    struct Row {
        const char* text;
        const char* address;  // "" when refused
        int port;
    };
    for (const auto& row : {
             Row{"127.0.0.1:8080", "127.0.0.1", 8080},
             Row{"localhost:0", "127.0.0.1", 0},
             Row{"[::1]:443", "::1", 443},
             Row{"[0:0::1]:443", "::1", 443},
             Row{"0.0.0.0:65535", "0.0.0.0", 65535},
             Row{"::1:443", "", 0},
             Row{"[127.0.0.1]:80", "", 0},
             Row{"127.0.0.1", "", 0},
             Row{"127.0.0.1:", "", 0},
             Row{"127.0.0.1:65536", "", 0},
             Row{"127.0.0.1:80x", "", 0},
             Row{"127.0.0.1:-1", "", 0},
             Row{"example.org:80", "", 0},
             Row{"", "", 0},
         }) {
        const auto place = parse_place(row.text);
        ASSERT_EQ(place.has_value(), *row.address != '\0') << row.text;
        if (!place) {
            EXPECT_EQ(place.error().kind().code, kBadPlace.code);
            continue;
        }
        EXPECT_EQ(place->address, row.address);
        EXPECT_EQ(place->port, row.port);
    }
}

TEST(Listen, WhatMustNotStartIsRefused) {
    struct Row {
        Wanted wanted;
        bool is_demo;
        std::string_view code;  // "" when admitted
    };
    for (const auto& row : std::vector<Row>{
             {{"127.0.0.1:8080", "127.0.0.1:9180", {}, false}, true, ""},
             {{"127.5.5.5:8080", "", {}, false}, false, ""},
             {{"[::1]:8080", "[::1]:9180", {}, false}, false, ""},
             {{"10.0.0.5:8080", "", {}, false}, false, kNoTls.code},
             {{"0.0.0.0:8080", "", {"10.0.0.2"}, false}, false, ""},
             {{"0.0.0.0:8080", "", {"proxy.example"}, false}, false, kBadProxy.code},
             {{"0.0.0.0:8080", "", {"10.0.0.2"}, false}, true, kDemoStaysHome.code},
             {{"0.0.0.0:8080", "", {"10.0.0.2"}, true}, true, ""},
             {{"0.0.0.0:8080", "", {}, true}, true, kNoTls.code},
             {{"127.0.0.1:8080", "10.0.0.5:9180", {}, false}, false, kMetricsStayHome.code},
             {{"nowhere", "", {}, false}, false, kBadPlace.code},
         }) {
        const auto places = admit(row.wanted, row.is_demo);
        const std::string_view code = places ? "" : places.error().kind().code;
        EXPECT_EQ(code, row.code) << row.wanted.listen << " " << row.wanted.metrics;
    }
}

TEST(Listen, OnlyNamedProxiesAreBelieved) {
    const std::vector<std::string> proxies{"10.0.0.2", "10.0.0.3"};
    struct Row {
        const char* peer;
        const char* forwarded;
        const char* source;
    };
    for (const auto& row : {
             Row{"192.168.1.9", "", "192.168.1.9"},
             Row{"192.168.1.9", "1.2.3.4", "192.168.1.9"},  // a visitor's own word
             Row{"10.0.0.2", "192.168.1.9", "192.168.1.9"},
             Row{"10.0.0.2", "6.6.6.6, 192.168.1.9", "192.168.1.9"},
             Row{"10.0.0.2", "192.168.1.9, 10.0.0.3", "192.168.1.9"},
             Row{"10.0.0.2", "192.168.1.9, nonsense", "10.0.0.2"},
             Row{"10.0.0.2", "", "10.0.0.2"},
             Row{"10.0.0.2", "10.0.0.3,10.0.0.2", "10.0.0.2"},
             Row{"10.0.0.2", "2001:DB8::0:7", "2001:db8::7"},
         })
        EXPECT_EQ(source_of(row.peer, row.forwarded, proxies), row.source)
            << row.peer << " " << row.forwarded;
}

}  // namespace
}  // namespace fenming::server

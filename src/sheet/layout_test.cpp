// Descriptions of layouts: what cannot be used is refused with its line.

#include "sheet/layout.h"

#include "sheet/expect_test.h"

namespace fenming::sheet {
namespace {

// clang-format off
TEST(Layout, IsRefusedWhereItCannotBeUsed) {
    const std::string head = "layout x\nseparator |\n";
    const std::string detail = "detail\naccount text\nname text\namount yuan\n";
    struct Case { const char* what; std::string text; const char* refused; const char* line; };
    const Case cases[] = {
        {"good",                   head + "send\n" + detail,                          "ok", ""},
        {"nothing",                "",                                                "sheet.layout_incomplete", "1"},
        {"no name",                "separator |\nsend\n" + detail,                    "sheet.layout_incomplete", "7"},
        {"no direction",           head,                                              "sheet.layout_incomplete", "3"},
        {"unknown word",           head + "colour red\n",                             "sheet.layout_word", "3"},
        {"unknown word alone",     head + "colour\n",                                 "sheet.layout_word", "3"},
        {"one word too many",      "layout x y\n",                                    "sheet.layout_word", "1"},
        {"mark takes no word",     "layout x\nmark utf8\n",                           "sheet.layout_word", "2"},
        {"unknown encoding",       "layout x\nencoding latin1\n",                     "sheet.not_an_encoding", "(none)"},
        {"two separators",         "layout x\nseparator ||\n",                        "sheet.layout_word", "2"},
        {"line end",               "layout x\nline_end cr\n",                         "sheet.layout_word", "2"},
        {"a direction twice",      head + "send\n" + detail + "send\n",               "sheet.layout_word", "8"},
        {"UTF-16 has no widths",   "layout x\nencoding utf-16le\nsend\n",             "sheet.layout_word", "3"},
        {"GB18030 has no mark",    "layout x\nseparator |\nmark\nsend\n" + detail,      "sheet.layout_word", "4"},
        {"column before a line",   head + "send\namount yuan\n",                      "sheet.layout_word", "4"},
        {"detail first",           head + "send\ndetail first\n",                     "sheet.layout_word", "4"},
        {"a field alone",          head + "send\ndetail\namount\n",                   "sheet.layout_word", "5"},
        {"unknown type",           head + "send\ndetail\namount euro\n",              "sheet.layout_word", "5"},
        {"date without form",      head + "send\ndetail\ndate date\n",                "sheet.layout_word", "5"},
        {"date, unknown form",     head + "send\ndetail\ndate date ddmmyy\n",         "sheet.layout_word", "5"},
        {"unknown option",         head + "send\ndetail\nname text wide 3\n",         "sheet.layout_word", "5"},
        {"option alone",           head + "send\ndetail\nname text pad\n",            "sheet.layout_word", "5"},
        {"pad of two",             head + "send\ndetail\nname text pad ab\n",         "sheet.layout_word", "5"},
        {"width of nothing",       "layout x\nsend\ndetail\nname text width 0\n",     "sheet.layout_word", "4"},
        {"no width",               "layout x\nsend\ndetail\nname text\n",             "sheet.layout_width", "4"},
        {"width and separator",    head + "send\ndetail\nname text width 3\n",        "sheet.layout_width", "5"},
        {"unknown field",          head + "send\ndetail\ncolour text\n",              "sheet.layout_field", "5"},
        {"a code is not sent",     head + "send\ndetail\ncode text\n",                "sheet.layout_field", "5"},
        {"a total in a detail",    head + "send\ndetail\ntotal yuan\n",               "sheet.layout_field", "5"},
        {"a name in a trailer",    head + "send\ntrailer\nname text\n",               "sheet.layout_field", "5"},
        {"field twice",            head + "send\ndetail\nname text\nname text\n",     "sheet.layout_field_twice", "6"},
        {"amount as text",         head + "send\ndetail\namount text\n",              "sheet.layout_type", "5"},
        {"name as fen",            head + "send\ndetail\nname fen\n",                 "sheet.layout_type", "5"},
        {"count as yuan",          head + "send\ntrailer\ncount yuan\n",              "sheet.layout_type", "5"},
        {"date as text",           head + "send\ntrailer\ndate text\n",               "sheet.layout_type", "5"},
        {"no detail",              head + "send\ntrailer\ncount whole\n",             "sheet.layout_incomplete", "6"},
        {"two details",            head + "send\n" + detail + detail,                 "sheet.layout_incomplete", "12"},
        {"no account",             head + "send\ndetail\nname text\namount yuan\n",   "sheet.layout_incomplete", "7"},
        {"answer without a code",  head + "answer\ndetail\nreference text\namount yuan\n", "sheet.layout_incomplete", "7"},
    };
    for (const Case& each : cases) {
        const auto layout = parse_layout(each.text);
        EXPECT_EQ(told(layout), each.refused) << each.what;
        EXPECT_EQ(layout ? "" : value_of(layout.error(), "line"), each.line) << each.what;
    }
    EXPECT_EQ(built_in_layout("unknown"), nullptr);
}
// clang-format on

}  // namespace
}  // namespace fenming::sheet

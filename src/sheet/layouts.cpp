// The layouts that come with this release. Others are described by the bureau (R3.30).

#include <array>

#include "base/check.h"
#include "sheet/layout.h"

namespace fenming::sheet {
namespace {

/// The common one: GB18030, | between columns, a last line of totals. The answer repeats what was
/// sent, with code and message; a list of failures alone begins with FAIL.
constexpr std::string_view kPipe = R"(
layout pipe
encoding gb18030
separator |
send {batch}_{part}.txt
detail
  sequence   whole
  reference  text
  account    text
  name       text
  amount     yuan
trailer
  = T
  count      whole
  total      yuan
answer
detail
  sequence   whole
  reference  text
  account    text
  name       text
  amount     yuan
  code       text
  message    text optional
header
  = FAIL
  count      whole
  total      yuan
trailer
  = T
  count      whole
  total      yuan
  paid_count whole
  paid_total yuan
)";

/// For banks and desks that work with spreadsheets.
constexpr std::string_view kCsv = R"(
layout csv
encoding utf-8
mark
separator ,
quotes
send {batch}_{part}.csv
header
  = 序号
  = 明细编号
  = 户名
  = 账号
  = 金额
detail
  sequence   whole
  reference  text
  name       text
  account    text
  amount     yuan_short
answer
header
  = 序号
  = 明细编号
  = 户名
  = 账号
  = 金额
  = 返回码
  = 返回信息
detail
  sequence   whole
  reference  text
  name       text
  account    text
  amount     yuan_short
  code       text
  message    text optional
)";

/// Widths in bytes of GB18030, amounts in fen.
constexpr std::string_view kFixedFen = R"(
layout fixed_fen
encoding gb18030
send {batch}_{part}.dat
detail
  reference  text  width 24
  account    text  width 20
  name       text  width 20
  amount     fen   width 12
answer
detail
  reference  text  width 24
  account    text  width 20
  name       text  width 20
  amount     fen   width 12
  code       text  width 4
)";

const std::vector<Layout>& layouts() {
    static const std::vector<Layout> known = [] {
        std::vector<Layout> read;
        for (const std::string_view text : {kPipe, kCsv, kFixedFen}) {
            auto layout = parse_layout(text);
            check(layout.has_value(), "a built-in layout can be read");
            read.push_back(std::move(*layout));
        }
        return read;
    }();
    return known;
}

}  // namespace

const Layout* built_in_layout(std::string_view name) {
    for (const Layout& layout : layouts())
        if (layout.name == name) return &layout;
    return nullptr;
}

std::vector<std::string_view> built_in_layout_names() {
    std::vector<std::string_view> names;
    for (const Layout& layout : layouts()) names.push_back(layout.name);
    return names;
}

}  // namespace fenming::sheet

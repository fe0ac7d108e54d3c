#pragma once
// What the tests of this folder share: refusals as short text, and the data they read.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "base/result.h"
#include "sheet/rows.h"

namespace fenming::sheet {

/// "sheet.cell_empty @3 B 姓名": code, row and column. Proves that both languages can say it.
inline std::string told(const Refusal& refusal) {
    for (const Language language : {Language::zh_cn, Language::en}) {
        EXPECT_TRUE(missing_values(refusal, language).empty()) << refusal.kind().code;
        EXPECT_FALSE(say(refusal, language).says.empty());
    }
    std::string text(refusal.kind().code);
    if (refusal.place().row > 0) text += " @" + std::to_string(refusal.place().row);
    if (!refusal.place().column.empty()) text += " " + refusal.place().column;
    return text;
}

template <class T>
std::string told(const Result<T>& result) {
    return result ? "ok" : told(result.error());
}

inline std::string told(const Problems& problems) {
    std::string text;
    for (const Refusal& problem : problems.kept()) text += told(problem) + "\n";
    return text;
}

inline std::string value_of(const Refusal& refusal, std::string_view name) {
    for (const RefusalValue& value : refusal.values()) {
        if (value.name != name) continue;
        const auto* number = std::get_if<std::int64_t>(&value.value);
        return number != nullptr ? std::to_string(*number) : std::get<std::string>(value.value);
    }
    return "(none)";
}

inline std::string data_path(std::string_view name) {
    std::string path = SOURCE_DIR;
    path += "/test/data/";
    path += name;
    return path;
}

/// The bytes of a file of the test data.
inline std::string test_data(const std::string& name) {
    const std::string path = data_path(name);
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << "no test data at " << path;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

}  // namespace fenming::sheet

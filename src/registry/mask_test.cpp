// What a mask shows.

#include "registry/mask.h"

#include <gtest/gtest.h>

namespace fenming::registry {
namespace {

TEST(Mask, Name) {
    struct Case {
        const char* name;
        const char* masked;
    };
    // clang-format off
    const Case cases[] = {
        {"",              ""},
        {"张",            "*"},
        {"张三",          "张*"},
        {"王小明",        "王**"},
        {"欧阳娜娜",      "欧**"},
        {"阿卜杜拉·买买提", "阿**"},
        {"𠮷田",          "𠮷*"},   // outside the basic plane: four bytes
        {"O'Neill",       "O**"},
    };
    // clang-format on
    for (const Case& c : cases) EXPECT_EQ(mask_name(c.name), c.masked) << c.name;
}

TEST(Mask, Numbers) {
    struct Case {
        const char* value;
        const char* id_form;
        const char* account_form;
        const char* phone_form;
    };
    // clang-format off
    const Case cases[] = {
        //                     ID                    account     telephone
        {"430408199001010012", "430408********0012", "****0012", "430****0012"},
        {"430408900101001",    "430408*****1001",    "****1001", "430****1001"},
        {"13812345678",        "******************", "****5678", "138****5678"},
        {"12345678",           "******************", "****5678", "****"},
        {"1234567",            "******************", "****",     "****"},
        {"",                   "******************", "****",     "****"},
    };
    // clang-format on
    for (const Case& c : cases) {
        EXPECT_EQ(mask_id(c.value, View::form), c.id_form) << c.value;
        EXPECT_EQ(mask_account(c.value, View::form), c.account_form) << c.value;
        EXPECT_EQ(mask_phone(c.value, View::form), c.phone_form) << c.value;
    }
}

TEST(Mask, WebShowsNoDigit) {
    for (const char* value :
         {"430408199001010012", "430408900101001", "6222021234567890128", "1"}) {
        EXPECT_EQ(mask_id(value, View::web), "******************");
        EXPECT_EQ(mask_account(value, View::web), "****");
        EXPECT_EQ(mask_phone(value, View::web), "****");
    }
}

}  // namespace
}  // namespace fenming::registry

// Names that survive a restore (S5).

#include "crypto/e2e.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/check.h"

namespace fenming::crypto {
namespace {

EndToEnd payment(const KeyStore& keys) {
    return {person_reference(keys, *canonical_id_number("440524188001010014")),
            "child-benefit",
            "2026-03",
            "regular",
            "award:1",
            1};
}

TEST(EndToEnd, Is32CharactersThatABankTakes) {
    const TestKeyStore keys(1);
    const std::string id = end_to_end_id(keys, payment(keys));
    EXPECT_EQ(id.size(), 32u);
    EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), id.npos);
}

TEST(EndToEnd, IsTheSameAfterARestoreAndAfterARotation) {
    const TestKeyStore before(1);
    const TestKeyStore restored(1);
    const TestKeyStore rotated(1, 3);
    EXPECT_EQ(end_to_end_id(before, payment(before)), end_to_end_id(restored, payment(restored)));
    EXPECT_EQ(end_to_end_id(before, payment(before)), end_to_end_id(rotated, payment(rotated)));
    // And for the number as an older card has it.
    EXPECT_EQ(person_reference(before, *canonical_id_number("150102880730303")),
              person_reference(before, *canonical_id_number("150102198807303035")));
}

TEST(EndToEnd, EveryFieldCounts) {
    const TestKeyStore keys(1);
    const TestKeyStore others(2);
    std::set<std::string> ids{end_to_end_id(keys, payment(keys)),
                              end_to_end_id(others, payment(others))};
    EndToEnd changed = payment(keys);
    changed.person = person_reference(keys, *canonical_id_number("11010519491231002X"));
    ids.insert(end_to_end_id(keys, changed));
    changed = payment(keys);
    changed.programme = "child-benefit2";
    ids.insert(end_to_end_id(keys, changed));
    changed.programme = "child-benefit";
    changed.period = "2026-04";
    ids.insert(end_to_end_id(keys, changed));
    changed = payment(keys);
    changed.kind = "correction";
    ids.insert(end_to_end_id(keys, changed));
    changed = payment(keys);
    changed.cause = "award:2";
    ids.insert(end_to_end_id(keys, changed));
    changed = payment(keys);
    changed.attempt = 2;
    ids.insert(end_to_end_id(keys, changed));
    EXPECT_EQ(ids.size(), 8u);
}

TEST(EndToEnd, BordersBetweenFieldsCount) {
    const TestKeyStore keys(1);
    EndToEnd a = payment(keys);
    a.kind = "regular";
    a.cause = "x";
    EndToEnd b = a;
    b.kind = "regularx";
    b.cause = "";
    EXPECT_NE(end_to_end_id(keys, a), end_to_end_id(keys, b));
    a.attempt = 0;
    EXPECT_THROW(end_to_end_id(keys, a), Bug);
}

}  // namespace
}  // namespace fenming::crypto

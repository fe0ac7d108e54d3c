// Signed notes: another implementation's notes open, and no bent one does (SECURITY B3, B5).

#include "crypto/note.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/check.h"
#include "crypto/keystore.h"

namespace fenming::crypto {
namespace {

// The worked example of the signed-note specification.
const std::string kExample =
    "This is an example message.\n"
    "\n"
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
const std::string kExampleKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

// A checkpoint that another program signed with Ed25519 and with SM2.
const std::string kDual =
    "disclosure.example.gov.cn/special-funds\n"
    "600\n"
    "3U/+vwJHda84oCRH6DEFKe6ClHSHJmIlE96B0dHIKd0=\n"
    "\n"
    "— disclosure.example.gov.cn/special-funds "
    "sLKDQGHqYu/ZfRuP633GQD7WvkzkwWaS7vhxxyxKuZTeECOc+v+B7zd"
    "70wxLn4aOvPVqrJLI4vAe70l9qTx56Z8WDgU=\n"
    "— disclosure.example.gov.cn/special-funds "
    "6DKHATBEAiAOzCgPkw50lBfy/myzhb48Bw4woTDbr5ZEXJ0/m7mL7AI"
    "gfb4HVFRhSxyQQviuD+G2lU9ndlgNEOKHRdDe2W1kmoc=\n";
const std::string kDualEd25519 =
    "disclosure.example.gov.cn/special-funds+b0b28340+AS0/hgdLbHilpbkO5dbNtshKPVgLqrk/SuSuIYgdzIYZ";
const std::string kDualSm2 =
    "disclosure.example.gov.cn/special-funds+e8328701+/"
    "3NtMi13aXRoLXNtMy92MQR6VjFlZeDiX1E2jNn0Lyzk+cb"
    "DBg7dxIzJK0QTkvEcLXHKvUbKHauBxxvJMqDzpraoxys2BJ8H2wrHdCqFwF/q";

NoteVerifier verifier(const std::string& vkey) {
    return *NoteVerifier::from_vkey(vkey);
}

/// "" if the note opens, else the refusal's code; its sentence is made in both languages.
std::string refusal_of(const std::string& message, const std::vector<NoteVerifier>& known) {
    const auto note = open_note(message, known);
    if (note) return "";
    for (const Language language : {Language::zh_cn, Language::en}) {
        EXPECT_EQ(say(note.error(), language).says.find('{'), std::string::npos);
    }
    return std::string(note.error().kind().code);
}

TEST(Note, OpensTheSpecificationsExample) {
    const auto note = open_note(kExample, std::vector{verifier(kExampleKey)});
    ASSERT_TRUE(note);
    EXPECT_EQ(note->text, "This is an example message.\n");
    ASSERT_EQ(note->verified.size(), 1u);
    EXPECT_EQ(note->verified[0].id.text(), "530d903a");
}

TEST(Note, OpensACheckpointSignedTwice) {
    const auto both = open_note(kDual, std::vector{verifier(kDualEd25519), verifier(kDualSm2)});
    ASSERT_TRUE(both);
    EXPECT_EQ(both->verified.size(), 2u);
    const auto one = open_note(kDual, std::vector{verifier(kDualEd25519)});
    ASSERT_TRUE(one);
    EXPECT_EQ(one->verified.size(), 1u);
    EXPECT_EQ(one->unverified.size(), 1u);
    EXPECT_TRUE(verifier(kDualSm2).is_sm2());
    EXPECT_FALSE(verifier(kDualEd25519).is_sm2());
}

TEST(Note, VerifierKeysAreWrittenAsTheyWereRead) {
    for (const std::string& vkey : {kExampleKey, kDualEd25519, kDualSm2}) {
        EXPECT_EQ(verifier(vkey).vkey(), vkey);
    }
}

TEST(Note, MalformedVerifierKeysAreRefused) {
    std::string off_curve = kDualSm2;
    off_curve[off_curve.size() - 5] = 'A';
    const std::vector<std::string> bad = {
        "",
        "+",
        "example.com/foo",
        "example.com/foo+530d903a",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fou+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+",
        off_curve,
        std::string(2000, 'a') + "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    };
    for (const std::string& vkey : bad) {
        const auto read = NoteVerifier::from_vkey(vkey);
        ASSERT_FALSE(read) << vkey;
        EXPECT_EQ(read.error().kind().code, "crypto.verifier_key_malformed") << vkey;
    }
}

TEST(Note, MalformedNotesAreRefused) {
    const std::string text = "text\n";
    const std::string line = kExample.substr(kExample.find("—"));
    // clang-format off
    const std::vector<std::string> bad = {
        "",
        "\n",
        "\n\n",
        text,
        text + "\n",
        text + line,                                     // no empty line
        text + "\n" + line.substr(0, line.size() - 1),   // no last line end
        text + "\n" + line + "more\n",
        text + "\n- example.com/foo " + line.substr(line.rfind(' ') + 1),
        text + "\n— example.com/foo\n",
        text + "\n—  " + line.substr(line.rfind(' ') + 1),
        text + "\n— example.com/foo  " + line.substr(line.rfind(' ') + 1),
        text + "\n— example+foo " + line.substr(line.rfind(' ') + 1),
        text + "\n— example\u3000foo " + line.substr(line.rfind(' ') + 1),
        text + "\n— example.com/foo Uw2QOg==\n",         // an id and no signature
        text + "\n— example.com/foo Uw2QOl==\n",
        text + "\n— example.com/foo !!!!\n",
        "te\txt\n\n" + line,
        "te\rxt\n\n" + line,
        "te\xfft\n\n" + line,
        std::string("te\0t\n\n", 6) + line,
        std::string(kLongestNote, 'a') + "\n\n" + line,
    };
    // clang-format on
    for (const std::string& message : bad) {
        EXPECT_EQ(refusal_of(message, {verifier(kExampleKey)}), "crypto.note_malformed")
            << message.substr(0, 200);
    }
}

TEST(Note, AKnownKeysFalseLineRefusesTheNote) {
    std::string changed = kExample;
    changed[0] = 't';
    EXPECT_EQ(refusal_of(changed, {verifier(kExampleKey)}), "crypto.note_signature_false");
    // A good line before or after the false one does not help.
    const std::string line = kExample.substr(kExample.find("—"));
    std::string false_line = line;
    false_line[line.size() - 10] = line[line.size() - 10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal_of(kExample + false_line, {verifier(kExampleKey)}),
              "crypto.note_signature_false");
    // The SM2 line false, the Ed25519 line good.
    std::string sm2_false = kDual;
    sm2_false[kDual.size() - 10] = sm2_false[kDual.size() - 10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal_of(sm2_false, {verifier(kDualEd25519), verifier(kDualSm2)}),
              "crypto.note_signature_false");
    EXPECT_EQ(refusal_of(sm2_false, {verifier(kDualEd25519)}), "");
}

TEST(Note, SomeKnownKeyMustHaveSigned) {
    EXPECT_EQ(refusal_of(kExample, {}), "crypto.note_unsigned");
    EXPECT_EQ(refusal_of(kExample, {verifier(kDualSm2)}), "crypto.note_unsigned");
}

TEST(Note, ARequiredKeyMustHaveSigned) {
    // A verifier that demands 国密 refuses a note from which the SM2 line was taken (B3).
    const std::string without_sm2 = kDual.substr(0, kDual.rfind("—"));
    NoteVerifier required = verifier(kDualSm2);
    required.require();
    EXPECT_EQ(refusal_of(kDual, {verifier(kDualEd25519), required}), "");
    EXPECT_EQ(refusal_of(without_sm2, {verifier(kDualEd25519), verifier(kDualSm2)}), "");
    EXPECT_EQ(refusal_of(without_sm2, {verifier(kDualEd25519), required}),
              "crypto.note_signature_missing");
}

TEST(Note, TakesSixteenSignaturesAndMore) {
    const TestKeyStore keys(1);
    std::vector<NoteSigner> signers;
    signers.reserve(64);
    for (int i = 0; i < 64; ++i) {
        signers.push_back(ed25519_note_signer(keys, "witness-" + std::to_string(i)));
    }
    const std::string message = sign_note("text\n", signers);
    const auto note = open_note(message, std::vector{signers[63].verifier});
    ASSERT_TRUE(note);
    EXPECT_EQ(note->verified.size(), 1u);
    EXPECT_EQ(note->unverified.size(), 63u);
    EXPECT_EQ(refusal_of(message + message.substr(message.rfind("—")), {signers[0].verifier}),
              "crypto.note_malformed");  // 65
}

TEST(Note, OpensWhatItSigned) {
    const TestKeyStore keys(1);
    const std::string name = "fund.example.gov.cn/trail";
    const std::vector<NoteSigner> signers{sm2_note_signer(keys, SignPurpose::trail, name),
                                          ed25519_note_signer(keys, name)};
    // A text may hold empty lines, and lines that look like signatures.
    for (const std::string text : {"\n", "a\n\n", "a\n\nb\n", "一\n\n— fund x=\n"}) {
        const std::string message = sign_note(text, signers);
        const auto note = open_note(message, std::vector{signers[0].verifier, signers[1].verifier});
        ASSERT_TRUE(note) << message;
        EXPECT_EQ(note->text, text);
        EXPECT_EQ(note->verified.size(), 2u);
    }
    EXPECT_THROW(sign_note("no line end", signers), Bug);
    EXPECT_THROW(sign_note("tab\t\n", signers), Bug);
    EXPECT_THROW(sign_note("text\n", {}), Bug);
    EXPECT_THROW(sm2_note_signer(keys, SignPurpose::trail, "two words"), Bug);
}

TEST(Note, PurposesHaveKeysOfTheirOwn) {
    const TestKeyStore keys(1);
    const auto trail = sm2_note_signer(keys, SignPurpose::trail, "name");
    const auto log = sm2_note_signer(keys, SignPurpose::log, "name");
    EXPECT_NE(trail.verifier.id(), log.verifier.id());
    const std::string message = sign_note("text\n", std::vector{trail});
    EXPECT_EQ(refusal_of(message, {log.verifier}), "crypto.note_unsigned");
}

}  // namespace
}  // namespace fenming::crypto

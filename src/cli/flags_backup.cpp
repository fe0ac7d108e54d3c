// The flags of backup, restore and recovery.

#include "cli/flags.h"

namespace fenming::cli {

void add_backup(CLI::App& app, Chosen& chosen, CLI::App& key) {
    auto& common = chosen.common;
    static std::string sealed;
    static std::string opened_by;
    auto* import = verb(key, chosen, "import", "Opens exported keys and writes the key file.",
                        [&] { return key_import(common, sealed, opened_by); });
    needs(import, "FILE", sealed, "what key export made");
    needs(import, "--key", opened_by, "a recipient's private key in PEM");

    static std::vector<std::string> recipients;
    static std::string out;
    auto* make = verb(app, chosen, "backup", "Writes everything but the keys into one sealed file.",
                      [&] { return make_backup(common, recipients, out); });
    needs(make, "--to", recipients, "SM2 public keys in PEM");
    needs(make, "--out", out, "the backup");

    static RestoreWanted wanted;
    auto* back = verb(app, chosen, "restore", "Fills an empty database from a backup.",
                      [&] { return restore(common, wanted); });
    needs(back, "FILE", wanted.file, "the backup");
    needs(back, "--key", wanted.key, "a recipient's private key in PEM");
    back->add_flag("--check", wanted.check, "read and check all of it, write nothing");

    auto* recovery = group(app, "recovery", "What follows a restore.");
    verb(*recovery, chosen, "show", "Tells whether the database recovers, and what is missing.",
         [&] { return recovery_show(common); });
    static StatementWanted statement;
    auto* load = verb(*recovery, chosen, "statement", "Loads what the bank paid.",
                      [&] { return recovery_statement(common, statement); });
    needs(load, "FILE", statement.file, "the bank's statement, or - for standard input");
    load->add_option("--layout", statement.layout, "the bank's layout")->capture_default_str();
    needs(load, "--area", statement.area, "the root of the area tree");
    needs(load, "--through", statement.through, "the last day that it tells of");
    static std::string area;
    static std::string number;
    auto* close =
        verb(*recovery, chosen, "close", "Proposes the end, then, by another person, ends.",
             [&] { return recovery_close(common, area, number); });
    needs(close, "--area", area, "the root of the area tree");
    needs(close, "--number", number, "of the report on the loss");
}

}  // namespace fenming::cli

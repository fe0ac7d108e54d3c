#pragma once
// What the files that know the flags share. Brings CLI11 with it.

#include <CLI/CLI.hpp>

#include "cli/verbs.h"

namespace fenming::cli {

/// What the parser fills, and which verb was chosen.
struct Chosen {
    Common common;
    std::function<int()> verb;
};

inline void add_common(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    app.add_option("--db", common.db, "the database: sqlite:PATH or postgresql://…")
        ->capture_default_str();
    app.add_option("--keys", common.keys, "the key file; beside a SQLite database by default");
    app.add_option("--anchor", common.anchor, "the checkpoints outside the database");
    app.add_option("--files", common.files, "the folder of encrypted files");
    app.add_option("--as", common.as, "act as this user; demo databases only");
    app.add_option("--at", common.at, "the time to act at; demo databases only");
    app.add_option("--code", common.code, "the one-time code, where one is asked for");
    app.add_flag("--json", common.json, "one JSON document on stdout");
    app.add_option_function<std::string>(
           "--lang",
           [&common](const std::string& text) {
               common.language = text == "en" ? Language::en : Language::zh_cn;
           },
           "zh-CN or en")
        ->check(CLI::IsMember({"zh-CN", "en"}));
}

inline CLI::App* verb(CLI::App& parent, Chosen& chosen, const char* name, const char* help,
                      std::function<int()> run) {
    auto* sub = parent.add_subcommand(name, help);
    sub->fallthrough();
    sub->footer(
        "Every verb takes --db, --as, --json, --lang and the other flags of fenming --help.");
    sub->callback([&chosen, run = std::move(run)] { chosen.verb = run; });
    return sub;
}

inline CLI::App* group(CLI::App& parent, const char* name, const char* help) {
    auto* sub = parent.add_subcommand(name, help);
    sub->fallthrough();
    sub->require_subcommand(1);
    return sub;
}

/// A flag or word that must be given.
template <class T>
void needs(CLI::App* sub, const char* name, T& value, const char* help) {
    sub->add_option(name, value, help)->required();
}

inline void add_id(CLI::App* sub, std::string& id, const char* help) {
    needs(sub, "ID", id, help);
}

inline void add_limit(CLI::App* sub, int& limit) {
    sub->add_option("--limit", limit, "at most so many")
        ->capture_default_str()
        ->check(CLI::Range(1, 500));
}

/// The flags of a list; `after` says what the last row shown is named by.
inline void add_list(CLI::App* sub, ListWanted& list, const char* after) {
    add_limit(sub, list.limit);
    sub->add_option("--after", list.after, after);
}

/// The verbs on the installation: serve, demo, migrate, verify, keys, jobs.
void add_installation(CLI::App& app, Chosen& chosen);
/// key import, backup, restore, recovery.
void add_backup(CLI::App& app, Chosen& chosen, CLI::App& key);
/// job list, show, cancel.
void add_jobs(CLI::App& app, Chosen& chosen);
/// user add, grant, confirm, list.
void add_users(CLI::App& user, Chosen& chosen);
/// param and trail.
void add_rules(CLI::App& app, Chosen& chosen);

}  // namespace fenming::cli

#pragma once
// The verbs of the command line: each is one or a few orders, prints its JSON, and answers with an
// exit code (E22, E28–E34). docs/cli.md fixes flags and forms.

#include <string>
#include <vector>

#include "cli/program.h"

namespace fenming::cli {

// ---- the installation ----
struct DemoWanted {
    std::int64_t people = 6000;
    int months = 3;
    std::uint64_t seed = 20'261'124;
};
int demo(const Common& common, const DemoWanted& wanted);
int migrate(const Common& common);
int key_init(const Common& common);
int key_list(const Common& common);
int key_export(const Common& common, const std::vector<std::string>& recipients,
               const std::string& out);
int verify(const Common& common);
int openapi(const Common& common);
int job_list(const Common& common);
int job_show(const Common& common, const std::string& id);

// ---- people who work here ----
struct LoginWanted {
    std::string user;
    std::string password_file;
    std::string code;
};
int login(const Common& common, const LoginWanted& wanted);
int logout(const Common& common);
/// The first two administrators; afterwards people are added by them, in two.
struct FoundersWanted {
    std::string area;
    std::string login;
    std::string name;
    std::string password_file;
    std::string second_login;
    std::string second_name;
    std::string second_password_file;
};
int user_found(const Common& common, const FoundersWanted& wanted);

// ---- values ----
int validate(const Common& common, const std::string& kind);

// ---- money ----
struct DocumentsWanted {
    std::string file;
    std::string area;
    std::string programme;
    bool dry_run = false;
    bool partial = false;
    bool accept_good = false;
};
int import_documents(const Common& common, const DocumentsWanted& wanted);
struct OpeningWanted {
    std::string file;
    std::string area;
    std::string as_at;
    bool dry_run = false;
};
int import_opening(const Common& common, const OpeningWanted& wanted);
int export_journal(const Common& common, const std::string& format, const std::string& area);

// ---- batches ----
struct RosterWanted {
    std::string file;
    std::string programme;
    std::string area;
    std::string period;
    std::string kind = "regular";
    std::string cause;
    std::string key;
    bool register_unknown = false;
    bool accept_good = false;
    bool dry_run = false;
};
int batch_import(const Common& common, const RosterWanted& wanted);
struct BatchWanted {
    std::string batch;
    std::string verb;  ///< check, submit, review, …
    std::string comment;
    std::string line;
    std::string check;
    std::string due;
    std::string number;
    std::string month;
    std::string day;
    std::string amount;  ///< yuan
    std::string allotment;
    std::string reason;
    std::string basis;
    bool send_back = false;
};
int batch_act(const Common& common, const BatchWanted& wanted);
struct BatchListWanted {
    std::string area;
    std::string programme;
    std::string state;
    int limit = 50;
};
int batch_list(const Common& common, const BatchListWanted& wanted);
int bank_file(const Common& common, const std::string& batch, const std::string& layout,
              const std::string& out);
int bank_exceptions(const Common& common, const std::string& batch);
int bank_settle(const Common& common, const std::string& exception, const std::string& outcome);
int bank_return(const Common& common, const std::string& file, const std::string& layout,
                const std::string& batch);

}  // namespace fenming::cli

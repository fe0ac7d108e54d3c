#pragma once
// The verbs of the command line: each is one or a few orders, prints its JSON, and answers with an
// exit code (E22, E28–E34). docs/cli.md fixes flags and forms.

#include <string>
#include <utility>
#include <vector>

#include "cli/program.h"

namespace fenming::cli {

/// How much of a list, and after which of its rows.
struct ListWanted {
    int limit = 50;
    std::string after;
};

// ---- the installation ----
struct DemoWanted {
    std::int64_t people = 6000;
    int months = 3;
    std::uint64_t seed = 20'261'124;
    std::string area;  ///< a real city without people, instead of 云川市
};
int demo(const Common& common, const DemoWanted& wanted);
/// Users, catalogue and counties of a real city, in a database marked demo.
Result<api::Value> demo_of_place(Program& program, const std::string& area);
int migrate(const Common& common);
int key_init(const Common& common);
int key_list(const Common& common);
int key_export(const Common& common, const std::vector<std::string>& recipients,
               const std::string& out);
int key_import(const Common& common, const std::string& file, const std::string& key_file);
int make_backup(const Common& common, const std::vector<std::string>& recipients,
                const std::string& out);

struct RestoreWanted {
    std::string file;
    std::string key;
    bool check = false;
};
int restore(const Common& common, const RestoreWanted& wanted);

int recovery_show(const Common& common);
struct StatementWanted {
    std::string file;
    std::string layout = "pipe";
    std::string area;
    std::string through;
};
int recovery_statement(const Common& common, const StatementWanted& wanted);
int recovery_close(const Common& common, const std::string& area, const std::string& number);

int verify(const Common& common);
int openapi(const Common& common);
struct ServeWanted {
    std::string listen = "127.0.0.1:8080";
    std::string metrics;
    std::vector<std::string> proxies;
    std::string log;
    bool demo_public = false;
    bool migrate = false;
};
/// Prints {"url","metrics_port"} and serves until a signal.
int serve(const Common& common, const ServeWanted& wanted);
int job_list(const Common& common, const ListWanted& list);
int job_show(const Common& common, const std::string& id);
int job_cancel(const Common& common, const std::string& id);

// ---- people who work here ----
struct LoginWanted {
    std::string user;
    std::string password_file;
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
/// Proposes an account, proposes a role of an account, confirms what another proposed of it.
struct UserWanted {
    std::string login;
    std::string name;
    std::string office;
    std::string password_file;
    std::string role;
    std::string area;
};
int user_add(const Common& common, const UserWanted& wanted);
int user_grant(const Common& common, const UserWanted& wanted);
int user_confirm(const Common& common, const std::string& login);
int user_list(const Common& common, const ListWanted& list);

// ---- rules and the record ----
struct ParamListWanted {
    std::string name;
    std::string programme;
    std::string area;
    std::string on;
    ListWanted list;
};
int param_list(const Common& common, const ParamListWanted& wanted);
struct ParamWanted {
    std::string name;
    std::string value;
    std::string programme;
    std::string area;
    std::string from;
    std::string to;
    std::string document;
};
int param_set(const Common& common, const ParamWanted& wanted);
struct TrailWanted {
    std::string pen;
    std::int64_t from = 1;
    int limit = 50;
};
int trail_show(const Common& common, const TrailWanted& wanted);

// ---- values ----
int validate(const Common& common, const std::string& kind);

// ---- money ----
struct DocumentsWanted {
    std::string file;
    std::string area;
    std::string programme;
    std::string parent;
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
/// `verb`: confirm, sign-off or show; `treasury` in yuan, to confirm.
int opening_act(const Common& common, const std::string& verb, const std::string& id,
                const std::string& treasury);
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
    std::string acting_for;
    std::string allotment;
    std::string reason;
    std::string basis;
    std::string why;
    bool send_back = false;
};
int batch_act(const Common& common, const BatchWanted& wanted);
/// The verbs of batch_act, and what --help says of each.
inline constexpr std::pair<const char*, const char*> kBatchVerbs[] = {
    {"check", "Runs the checks before pay."},
    {"submit", "Hands the batch over."},
    {"recall", "Takes it back."},
    {"review", "Reviews it, or sends it back."},
    {"approve", "Approves it and freezes the money, or sends it back."},
    {"cancel", "Cancels a draft."},
    {"plan", "Registers the plan of use."},
    {"request", "Registers the payment request."},
    {"voucher", "Registers the Treasury's voucher."},
    {"withdraw", "Takes an approval back that nothing followed yet."},
    {"sent-back", "Registers the Treasury's return."},
    {"set-aside", "Sets stopped lines aside."},
    {"override", "Passes a warning, by a second person."},
    {"confirm", "Confirms that failed lines may be paid again."},
    {"correct", "Makes the correction batch."},
    {"drop", "Ends a waiting line for good, by a second person."},
    {"close", "Closes a batch that is done."},
    {"show", "Shows a batch."}};
struct BatchListWanted {
    std::string area;
    std::string programme;
    std::string state;
    ListWanted list;
};
int batch_list(const Common& common, const BatchListWanted& wanted);
struct LinesWanted {
    std::string batch;
    std::string state;
    std::int64_t after = 0;  ///< place in the batch, from 1
    int limit = 50;
};
/// Lines by ids, amounts and states: nothing of a person.
int batch_lines(const Common& common, const LinesWanted& wanted);
/// The bank sent the whole file back in writing.
int bank_rejected(const Common& common, const BatchWanted& wanted);
int bank_file(const Common& common, const BatchWanted& wanted, const std::string& layout,
              const std::string& out);
int bank_exceptions(const Common& common, const std::string& batch, const ListWanted& list);
int bank_settle(const Common& common, const std::string& exception, const std::string& outcome);
struct AnswerWanted {
    std::string file;
    std::string layout = "pipe";
    std::string batch;
    bool accept_failures = false;
};
int bank_return(const Common& common, const AnswerWanted& wanted);

}  // namespace fenming::cli

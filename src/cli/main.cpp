// fenming: one binary, many verbs. docs/cli.md says what each does; a test compares the two.

#include <sys/stat.h>

#include <iostream>

#include "cli/flags.h"

namespace {

using namespace fenming;
using namespace fenming::cli;

void add_people(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    static LoginWanted login_wanted;
    auto* in =
        verb(app, chosen, "login", "Signs in; the session is kept for this user of this machine.",
             [&] { return login(common, login_wanted); });
    needs(in, "USER", login_wanted.user, "the sign-in name");
    in->add_option("--password-file", login_wanted.password_file, "read the password from a file");
    verb(app, chosen, "logout", "Ends the session.", [&] { return logout(common); });

    auto* user = group(app, "user", "People who work here.");
    static FoundersWanted founders;
    auto* found =
        verb(*user, chosen, "found", "Makes the first two administrators of a new database.",
             [&] { return user_found(common, founders); });
    needs(found, "--area", founders.area, "the root of the area tree");
    needs(found, "--login", founders.login, "sign-in name of the first");
    needs(found, "--name", founders.name, "his name");
    needs(found, "--password-file", founders.password_file, "his first password");
    needs(found, "--second", founders.second_login, "sign-in name of the second");
    needs(found, "--second-name", founders.second_name, "his name");
    needs(found, "--second-password-file", founders.second_password_file, "his first password");
    add_users(*user, chosen);
}

void add_money(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    static DocumentsWanted documents;
    auto* import = group(app, "import", "Takes files in.");
    auto* docs = verb(*import, chosen, "documents", "Registers issuing documents from csv.",
                      [&] { return import_documents(common, documents); });
    needs(docs, "FILE", documents.file, "a csv file, or - for standard input");
    docs->add_option("--area", documents.area, "whose the documents are; by the issuer by default");
    docs->add_option("--programme", documents.programme, "for rows that name none");
    docs->add_option("--parent", documents.parent, "the file's one document splits this line");
    docs->add_flag("--dry-run", documents.dry_run, "check everything, keep nothing");
    docs->add_flag("--partial", documents.partial, "the file shows a part of each document only");
    docs->add_flag("--accept-good", documents.accept_good, "post the good ones, return the rest");

    static OpeningWanted opening;
    auto* openings = group(app, "opening", "Opening entries at a cut-over date.");
    auto* open_import = verb(*openings, chosen, "import", "Proposes opening entries from csv.",
                             [&] { return import_opening(common, opening); });
    needs(open_import, "FILE", opening.file, "a csv file, or - for standard input");
    needs(open_import, "--area", opening.area, "the lines lie in it");
    needs(open_import, "--as-at", opening.as_at, "the cut-over date");
    open_import->add_flag("--dry-run", opening.dry_run, "check everything, keep nothing");
    static std::string opening_id;
    static std::string treasury;
    const auto act = [&](const char* name, const char* help) {
        auto* sub = verb(*openings, chosen, name, help, [&common, name] {
            return opening_act(common, name, opening_id, treasury);
        });
        add_id(sub, opening_id, "the opening's number");
        return sub;
    };
    act("confirm", "Confirms an opening that another person proposed.")
        ->add_option("--treasury", treasury, "in yuan: what all lines leave, as printed")
        ->required();
    act("sign-off", "Signs an opening off; it can be revoked no more.");
    act("show", "Shows an opening with its lines.");

    static std::string format = "hledger";
    static std::string export_area;
    auto* out = group(app, "export", "Gives data out.");
    auto* journal = verb(*out, chosen, "journal", "The journal for ledger or hledger.",
                         [&] { return export_journal(common, format, export_area); });
    journal->add_option("--format", format, "ledger or hledger")->capture_default_str();
    journal->add_option("--area", export_area, "area code");

    static std::string kind;
    verb(app, chosen, "validate", "Checks numbers, one a line from standard input.",
         [&] { return validate(common, kind); })
        ->add_option("KIND", kind, "id-number, credit-code, bank-card or phone")
        ->required();
}

void add_roster(CLI::App& batch, Chosen& chosen) {
    auto& common = chosen.common;
    static RosterWanted roster;
    auto* import = verb(batch, chosen, "import", "Makes a draft batch of a roster.",
                        [&] { return batch_import(common, roster); });
    needs(import, "FILE", roster.file, "a csv file, or - for standard input");
    needs(import, "--programme", roster.programme, "the programme's code");
    needs(import, "--area", roster.area, "area code");
    import
        ->add_option("--period", roster.period,
                     "YYYY-MM, YYYYQn, YYYY, YYYY-MM..YYYY-MM or once:NAME")
        ->required();
    import->add_option("--kind", roster.kind, "regular, supplement, price or festival")
        ->capture_default_str();
    import->add_option("--cause", roster.cause, "the decision that gives the money");
    import->add_option("--key", roster.key, "request key: the same twice has one effect");
    import->add_flag("--register", roster.register_unknown,
                     "register persons the register does not know");
    import->add_flag("--accept-good", roster.accept_good, "post the good rows, return the rest");
    import->add_flag("--dry-run", roster.dry_run, "check everything, keep nothing");
}

/// The flags of a verb on one batch.
void add_batch_options(CLI::App* sub, const std::string& name, BatchWanted& wanted) {
    add_id(sub, wanted.batch, "the batch's number");
    if (name == "review" || name == "approve") {
        sub->add_flag("--send-back", wanted.send_back, "send it back instead");
        sub->add_option("--comment", wanted.comment, "needed to send back");
    }
    if (name == "submit" || name == "recall" || name == "review" || name == "approve")
        sub->add_option("--acting-for", wanted.acting_for, "number of the person you stand in for");
    if (name == "withdraw")
        needs(sub, "--why", wanted.why, "lines_wrong, money_wrong, twice or other");
    if (name == "approve")
        sub->add_option("--amount", wanted.amount, "the total that you were shown, in yuan");
    if (name == "set-aside")
        sub->add_option("--line", wanted.line, "one line; every stopped one by default");
    if (name == "override")
        sub->add_option("--line", wanted.line, "one line; every one with the finding by default");
    if (name == "drop") {
        needs(sub, "--line", wanted.line, "the line");
        needs(sub, "--why", wanted.why,
              "died, not_entitled, paid_elsewhere (a failed line: once confirmed), given_up or "
              "other");
    }
    if (name == "set-aside") sub->add_option("--due", wanted.due, "until when you follow it up");
    if (name == "override") needs(sub, "--check", wanted.check, "the finding's code");
    if (name == "override" || name == "confirm" || name == "sent-back" || name == "drop")
        needs(sub, "--reason", wanted.reason,
              name == "sent-back"
                  ? "documents_missing, plan_missing, amount_differs, account_wrong, "
                    "subject_wrong or other"
                  : "why");
    if (name == "plan") sub->add_option("--month", wanted.month, "YYYY-MM; this month by default");
    if (name == "plan" || name == "sent-back")
        sub->add_option("--number", wanted.number, "of the document");
    if (name == "request" || name == "voucher")
        needs(sub, "--number", wanted.number, "of the document");
    if (name == "voucher") {
        needs(sub, "--day", wanted.day, "of the voucher");
        needs(sub, "--amount", wanted.amount, "in yuan");
        sub->add_option("--allotment", wanted.allotment, "which allotment; all by default");
    }
    if (name == "sent-back") sub->add_option("--day", wanted.day, "of the return");
    if (name == "confirm") {
        needs(sub, "--basis", wanted.basis, "statement or bank_letter");
        sub->add_option("--amount", wanted.amount,
                        "with statement: what it was debited for the file, in yuan");
    }
}

void add_batch_verbs(CLI::App& batch, Chosen& chosen) {
    auto& common = chosen.common;
    static BatchWanted wanted;
    for (const auto& [name, help] : kBatchVerbs) {
        const std::string verb_name = name;
        auto* sub = verb(batch, chosen, name, help, [&common, verb_name] {
            wanted.verb = verb_name;
            return batch_act(common, wanted);
        });
        add_batch_options(sub, verb_name, wanted);
    }
    static LinesWanted of_batch;
    auto* lines_verb = verb(batch, chosen, "lines", "Lists the lines of a batch, in order.",
                            [&] { return batch_lines(common, of_batch); });
    add_id(lines_verb, of_batch.batch, "the batch's number");
    lines_verb->add_option("--state", of_batch.state, "only lines in this state");
    add_limit(lines_verb, of_batch.limit);
    lines_verb->add_option("--after", of_batch.after, "go on after this ordinal");
    static BatchListWanted list;
    auto* list_verb = verb(batch, chosen, "list", "Lists batches, the newest first.",
                           [&] { return batch_list(common, list); });
    list_verb->add_option("--area", list.area, "area code");
    list_verb->add_option("--programme", list.programme, "the programme's code");
    list_verb->add_option("--state", list.state, "only batches in this state");
    add_list(list_verb, list.list, "go on after this batch");
}

void add_batches(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    auto* batch = group(app, "batch", "Payment batches.");
    add_roster(*batch, chosen);
    add_batch_verbs(*batch, chosen);

    auto* bank = group(app, "bank", "Files to and from the bank.");
    static BatchWanted wanted;
    static std::string layout = "pipe";
    static std::string out = ".";
    auto* file = verb(*bank, chosen, "file", "Makes the bank file of a batch, once.",
                      [&] { return bank_file(common, wanted, layout, out); });
    needs(file, "BATCH", wanted.batch, "the batch's number");
    file->add_option("--amount", wanted.amount, "the total that you were shown, in yuan");
    file->add_option("--layout", layout, "the bank's layout")->capture_default_str();
    file->add_option("--out", out, "the folder to write to")->capture_default_str();
    static BatchWanted rejected;
    auto* reject = verb(*bank, chosen, "rejected", "Registers that the bank sent the file back.",
                        [&] { return bank_rejected(common, rejected); });
    needs(reject, "BATCH", rejected.batch, "the batch's number");
    needs(reject, "--number", rejected.number, "of the bank's letter");
    reject->add_option("--day", rejected.day, "of the letter; today by default");
    needs(reject, "--reason", rejected.reason, "why");
    static std::string exceptions_of;
    static ListWanted exception_list;
    auto* exceptions =
        verb(*bank, chosen, "exceptions", "Lists what the bank's answers left to be cleared.",
             [&] { return bank_exceptions(common, exceptions_of, exception_list); });
    add_list(exceptions, exception_list, "go on after this exception");
    exceptions->add_option("--batch", exceptions_of, "of one batch; of your whole area by default");
    static std::string settled;
    static std::string outcome;
    auto* settle = verb(*bank, chosen, "settle", "Settles an exception.",
                        [&] { return bank_settle(common, settled, outcome); });
    add_id(settle, settled, "the exception's number");
    needs(settle, "--outcome", outcome, "explained, bank_corrects, recovered or taken_over");
    static AnswerWanted answered;
    auto* answer = verb(*bank, chosen, "return", "Takes the bank's answer in.",
                        [&] { return bank_return(common, answered); });
    needs(answer, "FILE", answered.file, "the answer, or - for standard input");
    answer->add_option("--layout", answered.layout, "the bank's layout")->capture_default_str();
    answer->add_option("--batch", answered.batch,
                       "the batch's number; found by the references by default");
    answer->add_flag("--accept-failures", answered.accept_failures,
                     "as a second person: book failures that are held");
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Fenming 分明: special funds of a civil-affairs bureau, every fen followed",
                 "fenming");
    app.set_version_flag("--version", FENMING_VERSION);
    app.require_subcommand(1);
    Chosen chosen;
    add_common(app, chosen);
    add_installation(app, chosen);
    add_jobs(app, chosen);
    add_people(app, chosen);
    add_rules(app, chosen);
    add_money(app, chosen);
    add_batches(app, chosen);
    // Database, keys, files and backups are nobody else's to read.
    ::umask(077);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error, std::cout, std::cerr);
        if (code != 0 && argc > 1 && argv[1][0] != '-' &&
            app.get_subcommands([&](CLI::App* each) { return each->get_name() == argv[1]; })
                .empty())
            std::cerr << fill(words("cli.no_such_verb", chosen.common.language),
                              {{"verb", std::string(argv[1])}}, chosen.common.language)
                      << "\n";
        return code == 0 ? kAllDone : kUsage;
    }
    try {
        return chosen.verb();
    } catch (const std::exception& broke) {
        std::cerr << broke.what() << "\n";
        return kBroke;
    }
}

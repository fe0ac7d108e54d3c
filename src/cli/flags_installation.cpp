// The flags of the verbs on the installation.

#include "cli/flags.h"

namespace fenming::cli {

namespace {

void add_serve(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    static ServeWanted wanted;
    auto* sub = verb(app, chosen, "serve", "Serves the API and the first page until a signal.",
                     [&] { return serve(common, wanted); });
    sub->add_option("--listen", wanted.listen, "address and port")->capture_default_str();
    sub->add_option("--metrics", wanted.metrics, "address and port of /metrics; this machine only");
    sub->add_option("--behind-proxy", wanted.proxies, "the TLS proxy in front, by address");
    sub->add_option("--log", wanted.log, "append the log to this file instead of stderr");
    sub->add_flag("--demo-public", wanted.demo_public, "let a demo listen to a network");
    sub->add_flag("--migrate", wanted.migrate, "bring the database to this release first");
}

}  // namespace

void add_jobs(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    auto* job = group(app, "job", "Long work.");
    static ListWanted jobs;
    add_list(verb(*job, chosen, "list", "Lists jobs, the newest first.",
                  [&] { return job_list(common, jobs); }),
             jobs, "go on after this job");
    static std::string id;
    add_id(verb(*job, chosen, "show", "Shows a job.", [&] { return job_show(common, id); }), id,
           "the job's number");
    add_id(verb(*job, chosen, "cancel", "Cancels a job that has not ended.",
                [&] { return job_cancel(common, id); }),
           id, "the job's number");
}

void add_installation(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    add_serve(app, chosen);
    static DemoWanted demo_wanted;
    auto* demo_verb =
        verb(app, chosen, "demo", "Makes a demo city of synthetic people by orders on the road.",
             [&] { return demo(common, demo_wanted); });
    demo_verb->add_option("--people", demo_wanted.people, "how many people")
        ->capture_default_str()
        ->check(CLI::Range(100, 1'000'000));
    demo_verb->add_option("--months", demo_wanted.months, "how many months")
        ->capture_default_str()
        ->check(CLI::Range(1, 24));
    demo_verb->add_option("--area", demo_wanted.area,
                          "a real city by its code, without people and money");
    demo_verb->add_option("--seed", demo_wanted.seed, "the same seed makes the same city")
        ->capture_default_str();

    verb(app, chosen, "migrate", "Brings the database to this release.",
         [&] { return migrate(common); });
    verb(app, chosen, "verify",
         "Recomputes books, rows, links and sign-in rows, and names what is broken.",
         [&] { return cli::verify(common); });
    verb(app, chosen, "openapi", "Prints the OpenAPI description of all routes.",
         [&] { return cli::openapi(common); });

    auto* key = group(app, "key", "Keys outside the database.");
    verb(*key, chosen, "init", "Makes a new key file.", [&] { return key_init(common); });
    verb(*key, chosen, "list", "Lists the keys, without the keys.",
         [&] { return key_list(common); });
    static std::vector<std::string> recipients;
    static std::string key_out;
    auto* export_verb = verb(*key, chosen, "export", "Seals the key file to offline recipients.",
                             [&] { return key_export(common, recipients, key_out); });
    needs(export_verb, "--to", recipients, "SM2 public keys in PEM");
    needs(export_verb, "--out", key_out, "the sealed file");
    add_backup(app, chosen, *key);
}

void add_users(CLI::App& user, Chosen& chosen) {
    auto& common = chosen.common;
    static UserWanted wanted;
    const auto on_user = [&](const char* name, const char* help, std::function<int()> run) {
        auto* sub = verb(user, chosen, name, help, std::move(run));
        needs(sub, "USER", wanted.login, "the sign-in name");
        return sub;
    };
    auto* add = on_user("add", "Proposes an account for a new person.",
                        [&] { return user_add(common, wanted); });
    needs(add, "--name", wanted.name, "the person's name");
    needs(add, "--office", wanted.office, "code of his office");
    needs(add, "--password-file", wanted.password_file, "his first password");
    auto* grant = on_user("grant", "Proposes a role of an account.",
                          [&] { return user_grant(common, wanted); });
    needs(grant, "--role", wanted.role, "the role");
    needs(grant, "--area", wanted.area, "where he has it");
    on_user("confirm", "Confirms what another person proposed of an account.",
            [&] { return user_confirm(common, wanted.login); });
    static ListWanted list;
    add_list(verb(user, chosen, "list", "Lists accounts.", [&] { return user_list(common, list); }),
             list, "go on after this account's number");
}

void add_rules(CLI::App& app, Chosen& chosen) {
    auto& common = chosen.common;
    auto* param = group(app, "param", "What the law leaves to a place.");
    static ParamListWanted wanted;
    auto* list = verb(*param, chosen, "list", "Lists what holds at a place on a day.",
                      [&] { return param_list(common, wanted); });
    list->add_option("--name", wanted.name, "one parameter");
    list->add_option("--programme", wanted.programme, "for this programme");
    list->add_option("--area", wanted.area, "at this place; the country by default");
    list->add_option("--on", wanted.on, "on this day; today by default");
    add_list(list, wanted.list, "go on after this name");
    static ParamWanted given;
    auto* set = verb(*param, chosen, "set", "Sets a parameter, by a document.",
                     [&] { return param_set(common, given); });
    needs(set, "NAME", given.name, "the parameter");
    needs(set, "VALUE", given.value, "its value");
    set->add_option("--programme", given.programme, "for this programme; all by default");
    needs(set, "--area", given.area, "binds every place below it");
    needs(set, "--from", given.from, "the first day");
    set->add_option("--to", given.to, "the day on which it holds no longer");
    needs(set, "--document", given.document, "number of the document that says so");
    auto* record = group(app, "trail", "The record of all orders.");
    static TrailWanted trail;
    auto* show = verb(*record, chosen, "show", "Shows links of the trail, in order.",
                      [&] { return trail_show(common, trail); });
    show->add_option("--pen", trail.pen, "of this county; all by default");
    show->add_option("--from", trail.from, "from this link of the pen on")
        ->capture_default_str()
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 53));
    add_limit(show, trail.limit);
}

}  // namespace fenming::cli

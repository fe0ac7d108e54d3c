#!/usr/bin/env python3
"""Makes the built-in catalogue of policy out of published tables.

    tools/catalogue.py DOMAIN ITEMS OUT

DOMAIN holds programme-conflicts.csv, function-codes.csv and bank-return-codes.csv; ITEMS is the
published list of subsidies with the columns code, item_name, short_name, prefix5, civil_affairs.
Writes catalogue_conflicts, catalogue_subjects, catalogue_items and catalogue_bank_codes.cpp to OUT,
which are committed. The names of programmes in the conflict table are mapped to codes below; a name
without a code is a fault, so that no pair is lost in silence.
"""

import csv
import pathlib
import sys

# Name in the table → codes. What is no programme of ours has a code too: a fact about it may come
# from elsewhere.
DIBAO = ["urban-dibao", "rural-dibao"]
TEKUN = ["urban-tekun", "rural-tekun"]
CODES = {
    "城市低保": ["urban-dibao"], "农村低保": ["rural-dibao"], "低保": DIBAO, "低保金": DIBAO,
    "特困": TEKUN, "特困供养": TEKUN, "特困金": TEKUN, "特困供养(未成年)": TEKUN,
    "孤儿": ["orphan"], "孤儿基本生活费": ["orphan"], "事无基本生活费": ["unattended-child"],
    "事实无人抚养儿童补贴": ["unattended-child"], "事无补贴": ["unattended-child"],
    "事无补贴(全额)": ["unattended-child"],
    "困难残疾人生活补贴": ["disability-living"], "重度残疾人护理补贴": ["disability-nursing"],
    "残疾人两项补贴": ["disability-living", "disability-nursing"],
    "两项补贴": ["disability-living", "disability-nursing"],
    "高龄津贴": ["old-age"], "临时救助": ["temporary-aid"], "养老服务消费补贴": ["elder-service"],
    "殡葬惠民": ["funeral"],
    "低保边缘家庭": ["near-dibao"], "边缘": ["near-dibao"], "刚性支出困难家庭": ["rigid-expense"],
    "工伤护理费(生活护理费)": ["work-injury-nursing"],
    "老年人护理补贴": ["elder-nursing"], "因公致残": ["duty-disability-nursing"],
    "离休护理": ["veteran-cadre-nursing"], "长护险": ["care-insurance"],
    "集中照护补助": ["central-care"], "居家提升行动": ["home-upgrade"],
    "政策性丧葬费": ["statutory-funeral"], "丧葬补助金": ["statutory-funeral"],
}
# A pair about a person's state, not about two benefits: person_status of registry holds these.
NOT_PAIRS = {"任何补贴"}
RELATIONS = {"exclusive": "exclusive", "exclusive (same person)": "exclusive",
             "choose one": "choose_one", "top-up": "top_up", "pick higher": "pick_higher",
             "net": "net", "compatible": "compatible"}
# The source gives three outcomes; its "unclear" is either a line still on its way, which the bank
# will settle (pending), or one that a person must ask about (review). Neither is ever sent again.
PENDING = {"3024", "3028", "3044", "3053", "3054", "3059"}
OUTCOMES = {"success": "paid", "failed": "failed"}
ACTIONS = {"post": "post", "query bank before any resend": "query",
           "get new/valid account, resend": "new_account",
           "verify holder name, correct, resend": "holder_name",
           "operator review, then resend or refund": "look"}


def rows_of(path):
    """The rows of a CSV file as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def text(value):
    """A C++ string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def codes_of(name):
    """Codes of a name, or of the names between slashes."""
    found = []
    for part in name.split("/"):
        if part not in CODES:
            sys.exit(f"catalogue: no code for {part!r}")
        found += CODES[part]
    return list(dict.fromkeys(found))


def applies(row):
    """To whom a row applies."""
    names = row["programme_a"] + row["programme_b"]
    if "未成年" in names:
        return "minors"
    return "full_amount" if "全额" in names else "always"


def conflicts(domain):
    """One line a pair of codes, the smaller first."""
    lines, seen = [], set()
    for row in rows_of(domain / "programme-conflicts.csv"):
        if row["programme_a"] in NOT_PAIRS:
            continue
        relation = RELATIONS[row["relation"]]
        for one in codes_of(row["programme_a"]):
            for other in codes_of(row["programme_b"]):
                first, second = sorted((one, other))
                key = (first, second, relation, applies(row))
                if key in seen:
                    continue
                seen.add(key)
                lines.append((key, f"{{{text(first)}, {text(second)}, Relation::{relation}, "
                                   f"Applies::{applies(row)},\n     {text(row['rule'])},\n"
                                   f"     {text(row['source'])}}}"))
    return [line for _, line in sorted(lines)]


def subjects(domain):
    """One line a subject, by code."""
    lines = []
    for row in sorted(rows_of(domain / "function-codes.csv"), key=lambda each: each["code"]):
        confirmed = "true" if row["confirmed"].startswith("yes") else "false"
        lines.append(f"{{{text(row['code'])}, {text(row['name_zh'])}, {text(row['name_en'])},\n"
                     f"     {text(row['budget_book'])}, {confirmed}, {text(row['source'])}}}")
    return lines


def items(path):
    """One line an item of the list, by code."""
    lines = []
    for row in sorted(rows_of(path), key=lambda each: each["code"]):
        ours = "true" if row["civil_affairs"] == "yes" else "false"
        lines.append(f"{{{text(row['code'])}, {text(row['item_name'])}, {text(row['short_name'])}, "
                     f"{text(row['prefix5'])}, {ours}}}")
    return lines


def bank_codes(domain):
    """One line a code, by code."""
    lines = []
    for row in sorted(rows_of(domain / "bank-return-codes.csv"), key=lambda each: each["code"]):
        outcome = OUTCOMES.get(row["outcome_suggested"])
        if outcome is None:
            outcome = "pending" if row["code"] in PENDING else "review"
        lines.append(f"{{{text(row['code'])}, {text(row['meaning'])}, Outcome::{outcome}, "
                     f"{text(ACTIONS[row['action_suggested']])}}}")
    return lines


def write(path, what, seed, function, lines):
    """One generated file."""
    body = ",\n    ".join(lines)
    path.write_text(f"// {what} Generated by tools/catalogue.py. Do not edit.\n\n"
                    '#include "policy/programmes.h"\n\n'
                    "namespace fenming::policy {\nnamespace {\n\n// clang-format off\n"
                    f"constexpr {seed} kRows[] = {{\n    {body},\n}};\n// clang-format on\n\n"
                    "}  // namespace\n\n"
                    f"std::span<const {seed}> {function}() {{ return kRows; }}\n\n"
                    "}  // namespace fenming::policy\n", encoding="utf-8")


def main(arguments):
    """See the top of the file."""
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    domain, listed, out = (pathlib.Path(each) for each in arguments)
    write(out / "catalogue_conflicts.cpp", "Pairs of benefits (R1.5).", "ConflictSeed",
          "built_in_conflicts", conflicts(domain))
    write(out / "catalogue_subjects.cpp", "Functional and economic subjects (R2.2).",
          "SubjectSeed", "built_in_subjects", subjects(domain))
    write(out / "catalogue_items.cpp", "The published list of subsidies (P21).", "ItemSeed",
          "built_in_items", items(listed))
    write(out / "catalogue_bank_codes.cpp", "Return codes of two payment channels (R3.33).",
          "BankCodeSeed", "built_in_bank_codes", bank_codes(domain))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

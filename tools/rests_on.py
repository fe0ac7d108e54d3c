"""Which tables an invariant rests on, proven from its text, for tools/sqlgen.py.

An invariant takes :order_id and answers the rows that offend. If each of its answers is made of a
row that bears the order's id, an order that wrote none of the tables such rows lie in cannot have
an answer, and the road need not ask. What is not proven here rests on nothing and is always asked.

The two shapes that are understood, with ANDs alone on the outermost level of every WHERE:

    SELECT … FROM t a [JOIN …] WHERE a.order_id >= :order_id AND a.order_id <= CASE …
    SELECT … FROM (SELECT … WHERE :order_id = 0 UNION SELECT … WHERE order_id = :order_id) JOIN …
"""
import re

ORDER = ":order_id"
# The upper end of the range that is one order, or everything for 0.
UPPER_END = f"<= CASE WHEN {ORDER} = 0 THEN 9223372036854775807 ELSE {ORDER} END"
# Words that make answers of no row, or keep rows for which the condition does not hold.
UNKNOWN = re.compile(r"\b(UNION|EXCEPT|INTERSECT|RIGHT|FULL|GROUP|HAVING|WITH|OVER|WINDOW|VALUES"
                     r"|COUNT|SUM|MIN|MAX|AVG|TOTAL|STRING_AGG|GROUP_CONCAT)\b", re.I)


def outermost(text):
    """The text without what stands in parentheses: `f()` for `f(a, b)`."""
    kept, depth = [], 0
    for char in text:
        depth -= char == ")"
        if depth == 0:
            kept.append(char)
        depth += char == "("
    return "".join(kept)


def inner_tables(joined):
    """{alias: table} of a FROM's tables, but for those that a LEFT JOIN may lack."""
    found, optional = {}, False
    for part in re.split(r"\bJOIN\b", joined):
        named = re.match(r"\s*([a-z_0-9]+)(?: (?:AS )?([a-z_0-9]+))?(?=\s*$| ON\b| LEFT\b)", part)
        if named and not optional:
            found[named.group(2) or named.group(1)] = named.group(1)
        optional = re.search(r"\bLEFT\s*$", part) is not None
    return found


def of_select(select):
    """The table a SELECT rests on; "" if it answers for no order; None if it is not known."""
    text = outermost(select)
    shape = re.fullmatch(r"SELECT .+? FROM (.+?) WHERE (.+?)(?: ORDER BY .+)?", text)
    if UNKNOWN.search(text) or not shape:
        return None
    tables, conditions = inner_tables(shape.group(1)), shape.group(2)
    conditions = re.sub(rf"((?:\b[a-z_0-9]+\.)?\border_id) >= {ORDER} AND \1 "
                        + re.escape(UPPER_END), rf"\1 = {ORDER}", conditions)
    if re.search(r"\b(OR|CASE|BETWEEN)\b", conditions):  # their ANDs are not ours
        return None
    for condition in (part.strip() for part in re.split(r"\bAND\b", conditions)):
        if condition == f"{ORDER} = 0":
            return ""  # no order has the id 0
        bears = re.fullmatch(rf"(?:([a-z_0-9]+)\.)?order_id = {ORDER}", condition)
        if bears and (bears.group(1) or len(tables) == 1):
            alias = bears.group(1) or next(iter(tables))
            if alias in tables:
                return tables[alias]
    return None


def arms_of(union):
    """The SELECTs of a UNION."""
    arms, depth = [[]], 0
    for word in re.split(r"(\bUNION(?: ALL)?\b|[()])", union):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if depth == 0 and word.startswith("UNION"):
            arms.append([])
        else:
            arms[-1].append(word)
    return ["".join(arm).strip() for arm in arms]


def rests_on(code):
    """The tables, sorted, of a statement without strings and comments; none if it is not proven."""
    text = re.sub(r"\s+", " ", code).strip().rstrip(";")
    text = text.replace(f"CAST({ORDER} AS BIGINT)", ORDER)
    arms = [text]
    if re.match(r"SELECT .+? FROM \(\) ", outermost(text)):
        if UNKNOWN.search(outermost(text)):
            return []
        # Whatever the outer condition is, each answer has its row of the sub-select.
        begin = next(m.end() for m in re.finditer(r" FROM \(", text)
                     if text[:m.end()].count("(") == text[:m.end()].count(")") + 1)
        depth, end = 1, begin
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        arms = arms_of(text[begin:end - 1])
    found = [of_select(arm) for arm in arms]
    return [] if None in found else sorted({table for table in found if table})

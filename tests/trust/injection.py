"""Every text field of a roster filled with every payload: what the files then hold of formulas and links."""

from __future__ import annotations

import csv
import html
import io
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from hrbook import batch
from hrbook.options import Options
from hrbook.sample.tables import Table
from tests.excel.test_injection import PAYLOADS
from tests.trust.channels import unpack
from tests.trust.figures import Figure, table
from tests.trust.smallest import ID, STAFF, smallest, write_roster

# What an answer is read from stays as it is; everything else is only a text.
KEPT = {
    ID,
    "生年月日",
    "採用年月日",
    "現職層開始日",
    "退職年月日",
    "発令日",
    "終了日",
    "修了日",
    "開始日",
    "年度",
    "自己評価",
    "上司評価",
}
KEPT |= {
    "有効期限",
    "登録日",
    "承認日",
    "取得日",
    "部",
    "所属コード",
    "採用区分",
    "任用区分",
    "職種",
    "職名",
    "在職状況",
    "能力",
    "規則",
}
MARKS = re.compile(r"1\+1|cmd\||SUM\(A1\)|example\.invalid|etc/passwd|other\.xlsx|quoted")
FORMULA = re.compile(rb"<(?:f|formula\d?|definedName)[ >][^<]*")
LITERAL = re.compile(r'"(?:[^"]|"")*"')  # a name within a jump of ours is a text, closed by quotes
LINK = re.compile(rb"<hyperlink [^>]*>|<Relationship [^>]*>")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def filled(turn: int) -> tuple[Table, ...]:
    """The smallest city with payloads in its texts; another `turn` brings other payloads to each field."""
    made = []
    for place, one in enumerate(smallest(7)):
        if one.columns[0] != ID:
            made.append(one)
            continue
        free = [n for n, heading in enumerate(one.columns) if heading not in KEPT]
        rows = []
        for number, row in enumerate(one.rows):
            new = list(row)
            for n in free:
                new[n] = PAYLOADS[(place + n + number + turn) % len(PAYLOADS)]
            rows.append(tuple(new))
        made.append(Table(one.name, one.note, one.columns, tuple(rows)))
    return tuple(made)


def born(run: Path) -> Counter[str]:
    """Formulas and links that hold something of a payload, and ledger fields that a spreadsheet would calculate."""
    found: Counter[str] = Counter()
    for path in sorted(run.rglob("*.xlsx")):
        if path.parent.name == "inputs":
            continue
        for name, data in unpack(path.read_bytes()).items():
            formulas = [LITERAL.sub("", html.unescape(text.decode("utf-8"))) for text in FORMULA.findall(data)]
            found["formula"] += sum(bool(MARKS.search(text)) for text in formulas)
            found["link"] += sum(bool(MARKS.search(text.decode("utf-8"))) for text in LINK.findall(data))
            found["link"] += name.endswith(".rels") and data.count(b"External")
    for row in csv.reader(io.StringIO((run / "ledger.csv").read_text("utf-8-sig"), newline="")):
        found["ledger"] += sum(field.startswith(DANGEROUS) for field in row)
    return found


def injected(turns: int = len(PAYLOADS)) -> Figure:
    """Build once a turn and count."""
    total: Counter[str] = Counter()
    fields = 0
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(turns):
            tables = filled(turn)
            fields = sum(h not in KEPT for t in tables if t.columns[0] == ID and (t.rows or t.name == STAFF) for h in t.columns)
            roster = write_roster(Path(folder) / str(turn) / "roster.xlsx", tables)
            outcome = batch.build(Options(roster, out=Path(folder) / str(turn) / "out", clock_year=2026))
            total += born(outcome.folder)
    said = f"{len(PAYLOADS)} payloads, {fields} text fields, {turns} cities: {sum(total.values())} formulas or links born"
    return Figure("injection", said, not total)


if __name__ == "__main__":
    figure = injected(int(sys.argv[1]) if len(sys.argv) > 1 else len(PAYLOADS))
    print(table([figure]))
    sys.exit(not figure.holds)

"""Two ledgers compared row by row: what is said does not depend on how they are read, and neither is held."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from hrbook.compare.ledgers import ledgers_apart

HEAD = "staff_id,rule_id,status\r\n"


def write(path, rows):
    path.write_text("\ufeff" + HEAD + "".join(f"{person},{rule},{status}\r\n" for (person, rule), status in rows), newline="")
    return path


def told(made, stands):
    """What must be said, from both ledgers whole."""
    one, other = dict(made), dict(stands)
    said = {("row", " ".join(key), "status", one[key], other[key]) for key in one.keys() & other if one[key] != other[key]}
    said |= {("row_missing", " ".join(key), "", "", "") for key in one.keys() - other}
    said |= {("row_added", " ".join(key), "", "", "") for key in other.keys() - one}
    if not said and made != stands:
        said.add(("order", "", "", "", ""))
    return said


KEYS = st.tuples(st.sampled_from(["1001", "1002", "1003"]), st.sampled_from(["a", "b", "c"]))
LEDGERS = st.dictionaries(KEYS, st.sampled_from(["open", "done"])).flatmap(lambda rows: st.permutations(list(rows.items())))


@given(made=LEDGERS, stands=LEDGERS)
def test_every_row_that_differs_is_told_once(tmp_path_factory, made, stands):
    folder = tmp_path_factory.mktemp("ledgers")
    found = list(ledgers_apart("ledger.csv", write(folder / "made", made), write(folder / "stands", stands)))
    said = [(d.kind, d.sheet, d.place, d.recorded, d.found) for d in found]
    assert set(said) == told(made, stands)
    assert len(said) == len(set(said))


def test_a_long_ledger_with_a_row_too_many_is_not_held(tmp_path):
    rows = [((f"{person:06}", "rule" * 20), "open") for person in range(20_000)]
    made, stands = write(tmp_path / "made", rows), write(tmp_path / "stands", [(("9", "new"), "open"), *rows])
    tracemalloc.start()
    found = list(ledgers_apart("ledger.csv", made, stands))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(d.kind, d.sheet) for d in found] == [("row_added", "9 new")]
    assert most < made.stat().st_size / 4

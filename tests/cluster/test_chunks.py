"""What travels to a worker, and what a worker does with it."""

import pickle
import pickletools
from dataclasses import dataclass

import pytest

from hrbook import resources
from hrbook.cluster.alike import difference, facts
from hrbook.cluster.chunk import chunks, make, packed
from hrbook.core.fault import Fault


@dataclass(frozen=True)
class Small:
    """A part that says which look it would be written in."""

    rows: int
    path: str = "a.csv"

    def make(self):
        return resources.read_bytes("styles.toml")[:8]


def numbered(*rows):
    return list(enumerate(map(Small, rows)))


@pytest.fixture(autouse=True)
def templates():
    yield
    resources.use_folder(None)


def test_every_part_travels_once_and_in_order():
    parts = numbered(90, 80, 40, 30, 9, 8, 7, 1, 1, 1)
    for threads in (1, 2, 5, 1000):
        groups = list(chunks(parts, threads))
        assert [one for group in groups for one in group] == parts
        assert len(groups) >= min(len(parts), threads)
    assert list(chunks([], 3)) == []


def test_a_parcel_is_a_call_that_pickle_makes():
    """The scheduler passes it on as bytes; whoever opens it makes the files."""
    group = numbered(3, 4)
    expected = resources.read_bytes("styles.toml")[:8]
    assert pickle.loads(packed(group, ())) == [(0, expected), (1, expected)]


def test_the_templates_of_the_working_folder_come_along_and_go_again():
    group = numbered(1)
    usual = resources.read_bytes("styles.toml")[:8]
    assert pickle.loads(packed(group, (("styles.toml", "folder", b"# ours: blue"),))) == [(0, b"# ours: ")]
    assert pickle.loads(packed(group, ())) == [(0, usual)]


def test_a_machine_that_differs_opens_nothing():
    with pytest.raises(Fault) as fault:
        make({**facts(), "zlib": "0.1"}, b"not even looked at")
    assert fault.value.key == "cluster_worker_differs" and fault.value.facts["name"] == "zlib"


def test_the_first_difference_is_told():
    own = facts()
    assert difference(own, dict(own)) is None
    assert difference(own, {**own, "hrbook": "0"}) == ("hrbook", own["hrbook"], "0")
    assert difference(own, {}) == ("hrbook", own["hrbook"], "")
    assert all(own.values()), own


def test_a_fault_of_a_worker_arrives_whole():
    fault = pickle.loads(pickle.dumps(Fault("text_too_long", usage=True, file="a", limit=3)))
    assert (fault.key, fault.usage, fault.facts) == ("text_too_long", True, {"file": "a", "limit": 3})


def test_nothing_but_the_call_stands_outside_the_body():
    """What the scheduler can read of a parcel without opening it: versions and digests, no person."""
    said = [value for _, value, _ in pickletools.genops(packed(numbered(1), ())) if isinstance(value, str)]
    assert set(said) <= {"hrbook.cluster.chunk", "make", *facts(), *facts().values()}

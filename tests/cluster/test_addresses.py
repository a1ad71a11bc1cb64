"""What is said before a cluster is looked for: addresses, and the extra that is not there."""

import sys

import pytest
from click.testing import CliRunner

from hrbook.cli import main
from hrbook.cluster.door import address_of
from hrbook.core.fault import Fault


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("cluster.example.jp:8786", "tcp://cluster.example.jp:8786"),
        ("tls://cluster.example.jp:8786", "tls://cluster.example.jp:8786"),
        ("tcp://[::1]:8786", "tcp://[::1]:8786"),
    ],
)
def test_an_address_in_full(text, address):
    assert address_of(text) == address


@pytest.mark.parametrize(
    "text", ["", "host", "http://host:8786", "inproc://a:1", "host:0", "host:65536", "host:port", "tcp://user@host:1", "a b:1"]
)
def test_what_is_no_address_is_wrong_use(text):
    with pytest.raises(Fault) as fault:
        address_of(text)
    assert fault.value.usage and fault.value.key == "cluster_address"


def test_the_command_ends_with_two_for_no_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["build", "--cluster", "host", "--lang", "en"])
    assert done.exit_code == 2 and "is no address" in done.output and done.output.count("\n") == 1


def test_the_extra_is_named_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = CliRunner().invoke(main, ["build", "--cluster", "host:8786", "--lang", "en"])
    assert done.exit_code == 3 and "hrbook[cluster]" in done.output and done.output.count("\n") == 1

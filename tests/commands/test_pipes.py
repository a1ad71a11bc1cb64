"""Commands whose output goes into a pipe that is closed before its end, as `| head` does."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("words", [("policy", "show", "tachikawa-3"), ("--help",)])
def test_a_reader_that_has_seen_enough_is_no_error(words):
    with subprocess.Popen([sys.executable, "-m", "hrbook", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        told = process.stderr.read().decode()
    assert "Traceback" not in told and "BrokenPipe" not in told

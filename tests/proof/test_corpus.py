"""Hostile and valid workbooks of peers' test suites: each ends in a roster or in one paragraph, never in a crash."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.proof

READ = """
import sys, resource
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from hrbook.core.fault import Fault
from hrbook.ingest.policy import load_policy
from hrbook.ingest.roster import load_roster
policy, _ = load_policy("tachikawa-3")
for name in sys.stdin.read().split("\\n"):
    try:
        load_roster(Path(name), policy)
        print("roster", name)
    except Fault as fault:
        print("fault", fault.key, name)
    sys.stdout.flush()
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""
PART = 25


def parts(folder):
    names = sorted(str(p) for p in folder.iterdir())
    return [names[i : i + PART] for i in range(0, len(names), PART)]


@pytest.mark.parametrize("kind", ["hostile", "valid"])
def test_every_file_ends_well(shared, kind):
    files = 0
    for names in parts(shared / "corpus" / kind):
        done = subprocess.run([sys.executable, "-c", READ], input="\n".join(names), capture_output=True, text=True, timeout=240)
        *lines, peak = done.stdout.splitlines()
        assert done.returncode == 0, (names[len(lines)], done.stderr[-600:])
        assert len(lines) == len(names)
        assert int(peak.split()[1]) <= 512, f"a file took {peak} MiB"
        files += len(lines)
        if kind == "valid":
            for line in lines:
                assert line.split()[1] in ("sheet_missing", "sheet_missing_near") or line.startswith("roster"), line
    assert files >= 40

"""A disk that becomes full while a run is written: a limit on the size of files (RLIMIT_FSIZE), and a tmpfs with too little
room. Each time one paragraph is said, the run before stands untouched, nothing is left, and with room the run completes."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.trust.figures import Figure, table
from tests.trust.kills import Bench, litter

SHARES = 12  # fillings that are tried
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]  # a mount of one's own, without being root


def limits(bench: Bench, times: int = SHARES) -> Figure:
    """Files may not grow beyond shares of the largest one."""
    wrong: list[str] = []
    largest = max(path.stat().st_size for path in (bench.out.parent / "whole1").rglob("*") if path.is_file())
    for number in range(times):
        most = largest * number // times
        bench.complete(0)
        said = bench.ended(lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)))
        wrong += [f"{most} bytes: {line}" for line in _after(bench, said) + bench.complete(1)]
    return _figure("a limit on files", times, wrong)


def full(folder: Path, times: int = SHARES) -> Figure:
    """The output folder on a tmpfs in which the new run finds no room, some room, and nearly enough."""
    done = subprocess.run(
        [*UNSHARE, sys.executable, "-m", "tests.trust.disk", str(folder), str(times)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return Figure("a full disk", f"cannot be tried here: {done.stderr.strip()[-200:]}", False)
    return Figure(*json.loads(done.stdout))


def _full(folder: Path, times: int) -> Figure:
    """Within the namespace that `full` opens."""
    bench = Bench(folder)
    room = sum(-(-path.stat().st_size // 4096) * 4096 for path in (folder / "whole1").rglob("*") if path.is_file())
    bench.out.mkdir()
    wrong: list[str] = []
    for number in range(times):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(bench.out)], check=True)
        bench.complete(0)
        used = shutil.disk_usage(bench.out).used
        most = used + room * number // times // 4096 * 4096
        _resize(bench.out, most)
        said = bench.ended(lambda: None)
        found = _after(bench, said)
        _resize(bench.out, 64 * 2**20)
        wrong += [f"{most} bytes: {line}" for line in found + bench.complete(1)]
        subprocess.run(["umount", str(bench.out)], check=True)
    return _figure("a full disk", times, wrong)


def _resize(place: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", "tmpfs", str(place)], check=True)


def _after(bench: Bench, said: str) -> list[str]:
    """What is wrong after a build that found no room."""
    wrong = [] if said == "fault" else [said]
    return wrong + bench.stands(0) + litter(bench.out)


def _figure(name: str, times: int, wrong: list[str]) -> Figure:
    for line in wrong:
        print(f"{name}: {line}", file=sys.stderr)
    return Figure(name, f"{times} fillings, {len(wrong)} published, partial or left behind", not wrong)


def main() -> list[Figure]:
    """Both campaigns, each in a place of its own."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        return [limits(Bench(Path(one))), full(Path(other))]


if __name__ == "__main__":
    if len(sys.argv) > 2:  # within the namespace
        figure = _full(Path(sys.argv[1]), int(sys.argv[2]))
        print(json.dumps([figure.name, figure.said, figure.holds]))
    else:
        print(table(main()))

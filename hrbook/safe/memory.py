"""Limits of memory and processor time, where the platform has them, and a look at what a process uses elsewhere."""

from __future__ import annotations

import sys
from typing import Any

EXHAUSTED = 86  # exit code of a child that ran out of memory


def has_limits() -> bool:
    """Whether `limit` holds on this platform. macOS knows the call but does not keep to it; Windows has none."""
    return sys.platform.startswith(("linux", "freebsd"))


def limit(memory_bytes: int, seconds: int) -> None:
    """Bind this process to so much address space and processor time, for good; nothing where there are no limits."""
    if not has_limits():
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no copy of people's data on the disk after a crash


def used_by(pid: int) -> int:
    """Bytes that process `pid` holds in memory; 0 where it is gone."""
    if sys.platform == "win32":
        return _windows(pid)
    import subprocess

    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(told.stdout.strip() or 0) * 1024


def _windows(pid: int) -> int:
    """The working set, asked from the kernel; not tried by us."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("peak", "now", "pp", "p", "pn", "n", "file", "peak_file")),
        ]

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x1010, False, pid)
    if not handle:
        return 0
    counters = Counters(cb=ctypes.sizeof(Counters))
    kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    kernel.CloseHandle(handle)
    return int(counters.now)

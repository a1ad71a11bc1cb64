"""What the system must do for a run to be put in place: write durably, sync, exchange two folders in one step."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.safe.owner import open_by

LONG, SHORT, BELOW = "\\\\?\\", 259, 150  # the mark of long paths, the longest without it, room for stage and file names
PRIVATE = stat.S_IRUSR | stat.S_IWUSR
_HERE, _EXCHANGE = -100, 2  # Linux: AT_FDCWD and RENAME_EXCHANGE; macOS: RENAME_SWAP is 2 too
_NOT_OFFERED = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


def unwritable(path: Path, error: OSError) -> Fault:
    """The fault for a place that cannot be written; `found` is the system's own word. It names whoever has the workbook, or
    one in the folder, open."""
    owner = open_by(path)
    if owner is not None:
        return Fault("output_open" if owner else "output_open_unnamed", file=str(path), owner=owner)
    return Fault("output_unwritable", file=str(path), found=error.strerror or str(error))


def roomy(path: Path, windows: bool = os.name == "nt") -> Path:
    """The same place in the form in which Windows takes more than 260 characters, where what is written below it may need
    that; elsewhere the path itself."""
    return Path(extended(os.path.abspath(path))) if windows else path  # noqa: PTH100 - the form allows no ".."


def extended(text: str) -> str:
    """An absolute path of Windows in its long form where it leaves less than BELOW characters for what stands below it."""
    if len(text) + BELOW <= SHORT or text.startswith(LONG):
        return text
    return f"{LONG}UNC\\{text[2:]}" if text.startswith("\\\\") else f"{LONG}{text}"


@dataclass(frozen=True, slots=True)
class Streamed:
    """A file that is too large to be held whole: whoever made it has written it where it will stand."""

    sha256: str
    size: int


def stream_new(path: Path, pieces: Iterable[bytes]) -> Streamed:
    """Write a file that is not there yet piece by piece, and sync it. Raises Fault where the disk refuses."""
    digest, size = hashlib.sha256(), 0
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(path, error) from error
    return Streamed(digest.hexdigest(), size)


def digest_of(path: Path) -> str:
    """SHA-256 of a file of any size. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_new(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that is not there yet, and sync it. Raises OSError; never follows a link that somebody put there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE if private else 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call. Raises OSError."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, so that neither name is ever without one. False where the system or the
    file system cannot (Windows, some network drives). Raises OSError where it refuses."""
    call = _exchange_call()
    if call is None or call(os.fsencode(one), os.fsencode(other)) == 0:
        return call is not None
    number = ctypes.get_errno()
    if number in _NOT_OFFERED:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    """The system's call as a function of two paths; None where there is none."""
    if os.name == "nt":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return (lambda a, b: library.renamex_np(a, b, _EXCHANGE)) if hasattr(library, "renamex_np") else None
    return (lambda a, b: library.renameat2(_HERE, a, _HERE, b, _EXCHANGE)) if hasattr(library, "renameat2") else None

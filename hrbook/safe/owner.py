"""Who has a workbook open: the small files that Excel and LibreOffice keep beside it."""

from __future__ import annotations

from pathlib import Path

EXCEL, LIBRE = "~$", ".~lock."
NARROW, WIDE = 54, 55  # bytes of the name in the system's code page, and where its UTF-16 form begins
MOST = 4096  # bytes of such a file that are looked at
SHORTENED = 6  # letters of a name from which Excel leaves its first two away for the mark


def open_by(path: Path) -> str | None:
    """The name of whoever has the workbook at `path` open, or one in the folder `path`; "" where the file does not tell the
    name, None where nobody seems to."""
    try:
        if path.is_dir():
            locks = sorted((*path.rglob(f"{EXCEL}*"), *path.rglob(f"{LIBRE}*#")))
        else:
            names = [f"{EXCEL}{path.name}", f"{LIBRE}{path.name}#"]
            if len(path.stem) > SHORTENED:
                names.append(f"{EXCEL}{path.name[2:]}")
            locks = [lock for name in names if (lock := path.with_name(name)).is_file()]
        return _name(locks[0]) if locks else None
    except OSError:
        return None


def _name(lock: Path) -> str:
    """The name in a lock file; "" where it cannot be read: Excel may hold it to itself."""
    try:
        with lock.open("rb") as file:
            data = file.read(MOST)
    except OSError:
        return ""
    return _excel(data) if lock.name.startswith(EXCEL) else _libre(data)


def _excel(data: bytes) -> str:
    """One byte of length and the name in a code page, then two bytes of length and the name in UTF-16."""
    if len(data) > WIDE + 2:
        length = int.from_bytes(data[WIDE : WIDE + 2], "little")
        text = data[WIDE + 2 : WIDE + 2 + 2 * length].decode("utf-16-le", "replace")
        if 0 < length <= NARROW:
            return _clean(text)
    length = data[0] if data else 0
    return _clean(data[1 : 1 + min(length, NARROW)].decode("cp932", "replace"))


def _libre(data: bytes) -> str:
    """Fields divided by commas: the name of the person, that of the system's account, the machine, the time."""
    fields = data.decode("utf-8", "replace").split(",")
    return _clean(next((field for field in fields[:2] if field.strip()), ""))


def _clean(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and char != "\ufffd").strip()

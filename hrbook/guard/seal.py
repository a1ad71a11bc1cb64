"""Encryption of finished books with a password each: agile AES-256, as Excel asks for it. Door of msoffcrypto-tool (the
extra [secure]); without passwords nothing of it is loaded."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from hrbook.core.fault import Fault


def seal(data: bytes, password: str, before: Path | None = None) -> bytes:
    """The workbook encrypted. Where the file `before` opens with the same password and holds the same workbook, its bytes:
    every encryption draws new random salts, and an equal run must stay equal. Raises Fault without the extra."""
    reader = _library()
    if before is not None:
        try:
            known = before.read_bytes()
            if unseal(known, password) == data:
                return known
        except (OSError, Fault):
            pass  # nothing there to keep
    sealed = io.BytesIO()
    reader(io.BytesIO(data)).encrypt(password, sealed)
    return sealed.getvalue()


def unseal(data: bytes, password: str) -> bytes:
    """The workbook within, to the byte. Raises Fault where the password is wrong, the bytes were changed or are plain."""
    reader = _library()
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    plain = io.BytesIO()
    try:
        book = reader(io.BytesIO(data))
        book.load_key(password=password, verify_password=True)
        book.decrypt(plain, verify_integrity=True)
    except (InvalidKeyError, DecryptionError, FileFormatError, OSError, ValueError) as error:
        raise Fault("book_not_opened", found=type(error).__name__) from error
    return plain.getvalue()


def _library() -> Any:
    try:
        from msoffcrypto.format.ooxml import OOXMLFile
    except ImportError as error:
        raise Fault("extra_missing", extra="secure", found="msoffcrypto-tool") from error
    return OOXMLFile

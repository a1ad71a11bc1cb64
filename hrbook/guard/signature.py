"""A signature under a manifest (Ed25519): who has the public key can tell that the record is the one that was signed.

The private key is a secret: its file must be readable by its owner alone, it may be protected by a passphrase, and
neither is ever printed. Needs the package `cryptography` (pip install hrbook[sign]); this is its only door."""

from __future__ import annotations

import base64
import binascii
import os
import stat
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from hrbook.core.fault import Fault

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SIGNATURE = "manifest.sig"  # beside manifest.json: the signature of its bytes in base64, one line
PUBLIC = ".pub"


def new_key(path: Path, passphrase: str) -> Path:
    """Write a new private key (0600, PEM) and its public key beside it, whose path is returned. Never over a file."""
    key_class = _ed25519().Ed25519PrivateKey
    from cryptography.hazmat.primitives import serialization as forms

    key = key_class.generate()
    shut = forms.BestAvailableEncryption(passphrase.encode()) if passphrase else forms.NoEncryption()
    private = key.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, shut)
    public = key.public_key().public_bytes(forms.Encoding.PEM, forms.PublicFormat.SubjectPublicKeyInfo)
    other = path.with_name(path.name + PUBLIC)
    for target, data, mode in ((path, private, 0o600), (other, public, 0o644)):
        try:
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
                file.write(data)
        except FileExistsError:
            raise Fault("key_exists", usage=True, file=str(target)) from None
        except OSError as error:
            raise Fault("output_unwritable", file=str(target), found=error.strerror or "") from error
    return other


def sign(data: bytes, key: Path, passphrase: str) -> bytes:
    """The signature file for `data`. Raises Fault where the key cannot be used."""
    return base64.b64encode(_private(key, passphrase).sign(data)) + b"\n"


def holds(data: bytes, signature: bytes, public_key: Path) -> bool:
    """Whether `signature` is that of the key's owner under exactly these bytes."""
    kind = _ed25519().Ed25519PublicKey
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_bytes(public_key))
    except ValueError as error:
        raise Fault("key_unreadable", file=str(public_key)) from error
    if not isinstance(key, kind):
        raise Fault("key_unreadable", file=str(public_key))
    try:
        key.verify(base64.b64decode(signature.strip(), validate=True), data)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def is_protected(key: Path) -> bool:
    """Whether a private key asks for a passphrase."""
    return b"ENCRYPTED" in _bytes(key)


def _private(path: Path, passphrase: str) -> Ed25519PrivateKey:
    kind = _ed25519().Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    data = _bytes(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Fault("key_open", file=str(path))
    try:
        key = load_pem_private_key(data, passphrase.encode() if passphrase else None)
    except (ValueError, TypeError):  # the error's own text might say something of the key
        raise Fault("key_unreadable", file=str(path)) from None
    if not isinstance(key, kind):
        raise Fault("key_unreadable", file=str(path))
    return cast("Ed25519PrivateKey", key)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fault("key_missing", usage=True, file=str(path)) from error


def _ed25519() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise Fault("needs_cryptography", usage=True) from error
    return ed25519

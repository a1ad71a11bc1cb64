"""What the standard library raises for a zip package that cannot be read to its end."""

from __future__ import annotations

import zipfile
import zlib

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
"""RuntimeError is zipfile's word for a part under a password and, in a kind of its own, for a compression that it does not
know: damage or hostility in a file from outside."""

"""What the standard library raises for a zip package that cannot be read to its end."""

from __future__ import annotations

import zipfile
import zlib

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
"""NotImplementedError is zipfile's own word for a compression that it does not know, RuntimeError for a part under a
password: damage or hostility in a file from outside, never something that we left undone."""

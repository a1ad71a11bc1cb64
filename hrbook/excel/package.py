"""The package of a workbook, and its parts beside the sheets, the same byte for byte as the library writes them: what many
books have in common (fonts, fills, borders, formats of cells) it writes once a process, and plain texts need none of its
care.

Like bulk.py and rows.py, this module touches the inside of xlsxwriter: `Workbook._get_packager`; `_create_package`,
`_filename`, `filenames`, `_write_styles_file`, `_write_shared_strings_file` of the packager; `_write_font`, `_write_fill`,
`_write_border`, `_write_xf` of the styles; `_write_sst_strings`, `_write_si` of the shared texts. tests/excel/test_bulk.py
compares the parts of many books."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Hashable
from typing import IO, Any

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.styles import Styles

LEVEL = 3  # of deflate: half the time of the usual 6, about a seventh more bytes
TEXTS = 8192  # texts that are written before they are packed
PIECES = 16_384  # as many pieces of styles are kept from workbook to workbook
_ODD = re.compile("[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff]")  # what the library writes in another way than it stands, or may

_pieces: dict[Hashable, str] = {}


class Workbook(xlsxwriter.Workbook):  # type: ignore[misc]  # xlsxwriter tells its types to nobody
    """An xlsxwriter workbook that `finish` turns into bytes. With `plain` the library writes all parts."""

    def __init__(self, options: dict[str, Any], *, plain: bool) -> None:
        super().__init__(io.BytesIO(), options | {"in_memory": True})
        self._plain = plain
        self._archive: zipfile.ZipFile | None = None

    def finish(self) -> bytes:
        """Close the workbook; its package."""
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as self._archive:
            self.close()
        return package.getvalue()

    def _get_packager(self) -> Any:
        assert self._archive is not None  # asked for when `finish` closes the workbook
        return (_Plain if self._plain else _Fast)(self._archive)


def _info(name: str) -> zipfile.ZipInfo:
    """A part without a time of its own."""
    return zipfile.ZipInfo(name, zipfile.ZipInfo("").date_time)


class _Part(io.StringIO):
    """A part that is being written: what it has so far goes into the archive whenever it is flushed, so that no part need be
    held as a whole. A StringIO, because the library opens anything else as a file; `write` is a list's `append`, because it
    writes in very small pieces."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        super().__init__()
        self._archive = archive
        self._info = _info(name)
        self._pieces: list[str] = []
        self._stream: IO[bytes] | None = None
        self.write = self._pieces.append  # type: ignore[assignment, method-assign]

    def flush(self) -> None:
        """Pack what has been written."""
        if self._stream is None:
            self._info.compress_type = zipfile.ZIP_DEFLATED
            self._info._compresslevel = LEVEL  # type: ignore[attr-defined]  # open() has no other way to be told
            self._stream = self._archive.open(self._info, "w")
        self._stream.write("".join(self._pieces).encode("utf-8"))
        self._pieces.clear()

    def end(self) -> None:
        """Pack the rest; nothing is written afterwards."""
        if self._stream is None:
            self._archive.writestr(self._info, "".join(self._pieces).encode("utf-8"), zipfile.ZIP_DEFLATED, LEVEL)
            self._pieces.clear()
        else:
            self.flush()
            self._stream.close()


class _Plain(Packager):  # type: ignore[misc]
    """Puts each part into the archive when the next one begins, and leaves the library none to pack."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        super().__init__()
        self._archive = archive
        self._part: _Part | None = None

    def _filename(self, xml_filename: str) -> _Part:
        self._end()
        self._part = _Part(self._archive, xml_filename)
        return self._part

    def _create_package(self) -> list[Any]:
        super()._create_package()
        self._end()
        return []

    def _end(self) -> None:
        """Pack the part that was written last, and pictures, which the library has ready."""
        if self._part is not None:
            self._part.end()
            self._part = None
        for file, name, _ in self.filenames:
            self._archive.writestr(_info(name), file.getvalue(), zipfile.ZIP_DEFLATED, LEVEL)
        self.filenames.clear()


class _Fast(_Plain):
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            part = _Texts()
            part.string_table = self.workbook.str_table
            part._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            part._assemble_xml_file()

    def _write_styles_file(self) -> None:
        book, part = self.workbook, _Styles()
        counts = book.font_count, book.num_formats, book.border_count, book.fill_count
        part._set_style_properties(
            [book.xf_formats, book.palette, *counts, book.custom_colors, book.dxf_formats, book.has_comments]
        )
        part._set_xml_writer(self._filename("xl/styles.xml"))
        part._assemble_xml_file()


class _Texts(SharedStrings):  # type: ignore[misc]
    def _write_sst_strings(self) -> None:
        write = self.fh.write
        for number, text in enumerate(self.string_table.string_array, 1):
            if _ODD.search(text) or text[:1].isspace() or text[-1:].isspace():
                self._write_si(text)
            else:
                write(f"<si><t>{text}</t></si>")
            if number % TEXTS == 0:
                self.fh.flush()


class _Styles(Styles):  # type: ignore[misc]
    """Formats with an `origin` (given in rows.py) are alike in everything but their numbers where that is the same."""

    fh: Any

    def _write_font(self, form: Any, dxf: bool = False) -> None:
        self._once(form, ("font", dxf), lambda: Styles._write_font(self, form, dxf))

    def _write_fill(self, form: Any, dxf: bool = False) -> None:
        self._once(form, ("fill", dxf), lambda: Styles._write_fill(self, form, dxf))

    def _write_border(self, form: Any, dxf: bool = False) -> None:
        self._once(form, ("border", dxf), lambda: Styles._write_border(self, form, dxf))

    def _write_xf(self, form: Any, kind: Any) -> None:
        numbers = form.font_index, form.fill_index, form.border_index, form.num_format_index
        self._once(form, ("xf", kind.value, *numbers), lambda: Styles._write_xf(self, form, kind))

    def _once(self, form: Any, what: tuple[object, ...], write: Callable[[], None]) -> None:
        """Let the library write a piece, unless it has done so before."""
        origin = vars(form).get("origin")
        if origin is None:
            write()
            return
        key = (origin, what)
        piece = _pieces.get(key)
        if piece is None:
            part, self.fh = self.fh, io.StringIO()
            write()
            piece = self.fh.getvalue()
            self.fh = part
            if len(_pieces) >= PIECES:
                _pieces.clear()
            _pieces[key] = piece
        self.fh.write(piece)

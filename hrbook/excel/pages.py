"""Print set-up, and headers and footers whose text cannot be taken for codes."""

from __future__ import annotations

from typing import Any

from hrbook.excel.clean import GETA, clean_text, utf16_units
from hrbook.sheets.book import Page
from hrbook.styles import Styles

LIMIT = 255  # UTF-16 units of a whole header or footer, codes included
AMPERSAND = "\uff06"  # full width, where the library would take even a doubled "&" for a picture
EDGE = 0.3  # inches from the edge of the paper to the header


def set_up(sheet: Any, page: Page, styles: Styles) -> None:
    """Apply the print set-up of a sheet to an xlsxwriter worksheet."""
    sheet.set_paper(page.paper)
    if page.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(page.fit_width, page.fit_height)
    left, right, top, bottom = page.margins
    sheet.set_margins(left=left, right=right, top=top, bottom=bottom)
    if page.centre:
        sheet.center_horizontally()
    if page.repeat_rows is not None:
        sheet.repeat_rows(*page.repeat_rows)
    if page.repeat_cols is not None:
        sheet.repeat_columns(*page.repeat_cols)
    if page.row_breaks:
        sheet.set_h_pagebreaks(list(page.row_breaks))
    if page.area is not None:
        sheet.print_area(*page.area)
    if any(page.header):
        sheet.set_header(band(page.header, styles), {"margin": EDGE})
    if any(page.footer):
        sheet.set_footer(band(page.footer, styles), {"margin": EDGE})


def band(texts: tuple[str, str, str], styles: Styles) -> str:
    """Left, centre and right text as one header string with a small font; {page} and {pages} become codes.
    Texts that are too long together are shortened from the longest, never cut inside a code."""
    fonts = styles.fonts
    font = f'&{fonts.header_size:g}&"{fonts.normal},Regular"&K{styles.colour("sub")}'
    parts = [clean_text(text).replace("\n", " ") for text in texts]
    while True:
        found = "".join(f"&{place}{font}{_coded(text)}" for place, text in zip("LCR", parts, strict=True) if text)
        if utf16_units(found) <= LIMIT:
            return found
        longest = max(range(3), key=lambda index: len(parts[index]))
        parts[longest] = parts[longest].removesuffix("\u2026")[:-1] + "\u2026"


def _coded(text: str) -> str:
    escaped = text.replace("&G", AMPERSAND + "G").replace("&[", AMPERSAND + "[").replace("&", "&&")
    return escaped.replace("{pages}", "&N").replace("{page}", "&P").replace(GETA, " ")

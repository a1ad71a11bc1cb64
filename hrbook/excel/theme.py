"""The theme: chart text without a Japanese font of its own, and whatever HR adds later, follow our font and colours."""

from __future__ import annotations

import re
from io import StringIO
from xml.sax.saxutils import quoteattr

from xlsxwriter.theme import THEME_XML_2007

from hrbook.styles import Styles

ACCENTS = ("navy2", "blue", "orange", "alarm", "sky", "grey")
_LATIN = re.compile(r'<a:latin typeface="[^"]*"/><a:ea typeface=""/>')
_JAPANESE = re.compile(r'(<a:font script="Jpan" typeface=)"[^"]*"/>')


def theme(styles: Styles) -> StringIO:
    """XML of the library's theme with the Normal font for headings, body and Japanese, and the palette as accents."""
    font = quoteattr(styles.fonts.normal)
    xml = _LATIN.sub(lambda _: f"<a:latin typeface={font}/><a:ea typeface={font}/>", THEME_XML_2007)
    xml = _JAPANESE.sub(lambda match: f"{match[1]}{font}/>", xml)
    for number, name in enumerate(ACCENTS, start=1):
        colour = f'<a:accent{number}><a:srgbClr val="{styles.colour(name)}"/></a:accent{number}>'
        xml = re.sub(rf"<a:accent{number}>.*?</a:accent{number}>", colour, xml)
    return StringIO(xml)

"""The city's own mark on the title bands."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from struct import error as StructError
from typing import Any

from xlsxwriter.exceptions import UndefinedImageSize, UnsupportedImageFormat
from xlsxwriter.image import Image

from hrbook.core.fault import Fault
from hrbook.resources import read_bytes
from hrbook.sheets.book import Logo
from hrbook.styles import FILE, Styles
from hrbook.textfit import column_px

MARGIN = 8  # pixels around the mark
DOTS = 96.0  # an inch on screen: what the library measures in
POINT = 4 / 3  # pixels


def load_logo(styles: Styles) -> Image | None:
    """The picture that styles.toml names, from templates/; None where it names none. Raises Fault for what is no picture."""
    if not styles.logo:
        return None
    try:
        return Image(io.BytesIO(read_bytes(styles.logo)))
    except (UnsupportedImageFormat, UndefinedImageSize, ValueError, IndexError, StructError) as error:
        raise Fault("style_wrong", file=FILE, look="logo", property="file", found=styles.logo) from error


def put_logo(target: Any, logo: Logo, columns: Sequence[float], heights: Mapping[int, float], styles: Styles) -> None:
    """Draw the mark on an xlsxwriter worksheet at the right end of its box, as large as fits. Widths of all columns are
    in characters, heights of the box's rows in points."""
    image = load_logo(styles)
    if image is None:
        return
    width = sum(column_px(columns[col]) for col in range(logo.col, logo.last_col + 1))
    height = sum(heights[row] * POINT for row in range(logo.row, logo.last_row + 1))
    own_width, own_height = image.width * DOTS / image.x_dpi, image.height * DOTS / image.y_dpi
    scale = min((width - 2 * MARGIN) / own_width, (height - 2 * MARGIN) / own_height)
    place = {
        "image_data": io.BytesIO(read_bytes(styles.logo)),
        "x_offset": width - MARGIN - own_width * scale,
        "y_offset": (height - own_height * scale) / 2,
        "x_scale": scale,
        "y_scale": scale,
        "description": logo.alt,
    }
    target.insert_image(logo.row, logo.col, styles.logo, place)

"""From a sheet to what is written: texts wrapped to the width of their cells, and the row heights left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hrbook import textfit
from hrbook.sheets.book import Block, Cell, Formula, Run, Sheet
from hrbook.styles import STACKED, Look, Styles

DEFAULT_WIDTH = 8.43  # characters of a column that the sheet does not name
DEFAULT_SIZE = 10.0
STACK_LINE = 1.3  # height of an upright letter per point of font size


@dataclass(frozen=True, slots=True)
class Laid:
    """Cells and blocks with their line ends set, and a height in points for every row that holds a cell or was given one."""

    cells: tuple[Cell, ...]
    heights: Mapping[int, float]
    blocks: tuple[Block, ...] = ()


def lay_out(sheet: Sheet, styles: Styles) -> Laid:
    """Wrap the cells whose look has `wrap`, then fit the rows without a height. Raises Fault for an unknown look, ValueError
    for a block of more than plain cells, or over rows without a height."""
    pixels = [textfit.column_px(width) for width in sheet.columns]
    heights = dict(sheet.heights)
    needed: dict[int, float] = {}
    plain: dict[float, float] = {}  # height of one line by font size
    tall: list[tuple[Cell, float]] = []
    cells: list[Cell] = []
    looks: dict[str, Look] = {}
    widths: dict[tuple[int, int], int] = {}
    for cell in sheet.cells:
        look = looks.get(cell.look) or looks.setdefault(cell.look, styles.look(cell.look))
        if not look.wrap and cell.rows == 1 and cell.row in heights:
            cells.append(cell)  # most cells of a form: nothing to wrap, nothing to fit
            continue
        as_given = cell
        if look.wrap and not look.rotation and cell.link is None:
            place = (cell.col, cell.cols)
            width = widths.get(place) or widths.setdefault(place, _width(cell, pixels))
            cell = _wrapped(cell, look, width)
        cells.append(as_given if look.unlocked else cell)  # what people edit is read back: no line ends of ours in it
        if cell.rows > 1:
            tall.append((cell, _need(cell, look, styles)))
        elif cell.row not in heights:
            if cell.runs or look.rotation or (isinstance(cell.value, str) and "\n" in cell.value):
                need = _need(cell, look, styles)
            else:
                size = DEFAULT_SIZE if cell.value is None or cell.value == "" else look.size
                need = plain.get(size) or plain.setdefault(size, textfit.row_height(1, size))
            if need > needed.get(cell.row, 0.0):
                needed[cell.row] = need
    heights |= needed
    for cell, need in tall:
        _stretch(cell, need, heights, sheet.heights)
    blocks = tuple(_block(block, sheet.heights, pixels, styles) for block in sheet.blocks)
    return Laid(tuple(cells), dict(sorted(heights.items())), blocks)


def _block(block: Block, heights: Mapping[int, float], pixels: list[int], styles: Styles) -> Block:
    """A block with its line ends set."""
    rows = {cell.row for cell in block.cells}
    odd = any(c.rows > 1 or c.link or c.runs or c.note or isinstance(c.value, Formula) for c in block.cells)
    if odd or not all(top + row in heights for top in block.tops for row in rows):
        raise ValueError(f"more than plain cells in a block, or rows without a height: {block}")
    looks = [styles.look(cell.look) for cell in block.cells]
    cells = zip(block.cells, looks, strict=True)
    return replace(block, cells=tuple(_wrapped(c, look, _width(c, pixels)) if _wraps(look) else c for c, look in cells))


def _wraps(look: Look) -> bool:
    """Whether texts under a look get line ends; what people edit is read back, so it gets none of ours."""
    return look.wrap and not look.rotation and not look.unlocked


def _width(cell: Cell, pixels: list[int]) -> int:
    last = cell.col + cell.cols
    spare = max(0, last - max(cell.col, len(pixels)))
    return sum(pixels[cell.col : last]) + spare * textfit.column_px(DEFAULT_WIDTH)


def _wrapped(cell: Cell, look: Look, px: int) -> Cell:
    text = "".join(run.text for run in cell.runs) if cell.runs else cell.value
    if not isinstance(text, str) or not text:
        return cell
    spans = textfit.spans(text, textfit.usable_px(px, look.indent), look.size, look.bold)
    if len(spans) == 1:
        return cell
    if cell.runs:
        return cell._replace(runs=_cut(cell.runs, spans))
    return cell._replace(value="\n".join(text[start:end] for start, end in spans))


def _cut(runs: tuple[Run, ...], spans: tuple[textfit.Span, ...]) -> tuple[Run, ...]:
    """The runs of a text with its line ends: the span of every line is cut out of the runs that it covers."""
    found: list[Run] = []
    for number, (start, end) in enumerate(spans):
        place = 0
        pieces: list[Run] = []
        for run in runs:
            text = run.text[max(0, start - place) : max(0, end - place)]
            if text:
                pieces.append(Run(text, run.look))
            place += len(run.text)
        if number:
            pieces = [replace(pieces[0], text="\n" + pieces[0].text), *pieces[1:]] if pieces else [Run("\n")]
        found.extend(pieces)
    return tuple(found)


def _need(cell: Cell, look: Look, styles: Styles) -> float:
    """Points that the text of a cell asks for; an empty cell asks for one line of ordinary text."""
    value = cell.value.value if isinstance(cell.value, Formula) else cell.value
    text = "".join(run.text for run in cell.runs) if cell.runs else value
    if text is None or text == "":
        return textfit.row_height(1, DEFAULT_SIZE)
    size = max([look.size, *(styles.look(f"{cell.look} {run.look}").size for run in cell.runs)])
    if look.rotation == STACKED:
        letters = max(len(line) for line in str(text).split("\n"))
        return min(textfit.MAX_HEIGHT, letters * size * STACK_LINE + 2 * textfit.AIR)
    if look.rotation:
        return min(textfit.MAX_HEIGHT, textfit.text_px(str(text), size, look.bold) * 0.75 + 2 * textfit.AIR)
    return textfit.row_height(str(text).count("\n") + 1, size)


def _stretch(cell: Cell, need: float, heights: dict[int, float], given: Mapping[int, float]) -> None:
    """Let the last open row of a cell that spans rows take what the others leave; every row gets some height."""
    rows = range(cell.row, cell.row + cell.rows)
    for row in rows:
        heights.setdefault(row, textfit.row_height(1, DEFAULT_SIZE))
    short = need - sum(heights[row] for row in rows)
    open_rows = [row for row in rows if row not in given]
    if short > 0 and open_rows:
        heights[open_rows[-1]] = min(textfit.MAX_HEIGHT, heights[open_rows[-1]] + short)

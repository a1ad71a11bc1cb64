"""Cell styles of a workbook with more of them: every style of a marked cell again, with a fill that shows the severity."""

from __future__ import annotations

import re

from hrbook.excel.marked.parts import Parts
from hrbook.excel.marked.xml import prefix_of

FILLS = {"error": "FFFADBC9", "warning": "FFFDECC8", "note": "FFD6E8F5", "head": "FF17375E"}  # house palette
FONT = "BIZ UD\u30b4\u30b7\u30c3\u30af"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
XF = r"<(?:\w+:)?xf\b[^>]*?/>|<(?:\w+:)?xf\b.*?</(?:\w+:)?xf>"
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="{space}"><fonts count="1"><font><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


class StyleBook:
    """The styles part. `marked` and `front` give numbers of cell styles, adding those that are not there yet."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        target = next((r["Target"] for r in parts.relations(parts.main) if r.get("Type", "").endswith("/styles")), "")
        found = parts.find(target) if target else None
        if found is None:
            found = parts.free("xl/stylesHr{n}.xml")
            parts.put(found, EMPTY.format(space=parts.space), KIND)
            parts.relate(parts.main, "styles", found)
        self._part, self._text = found, parts.text(found)
        if self._children("cellXfs") is None or self._children("fills") is None or self._children("fonts") is None:
            self._text = EMPTY.format(space=parts.space)
        self._prefix = prefix_of(self._text, "styleSheet")
        self._styles = re.findall(XF, self._children("cellXfs") or "", re.DOTALL)
        self._fills: dict[str, int] = {}
        self._made: dict[tuple[int, str], int] = {}
        self._front: dict[str, int] = {}

    def marked(self, style: int, severity: str) -> int:
        """The number of the style `style` with the fill of a severity."""
        if (style, severity) not in self._made:
            base = self._styles[style] if style < len(self._styles) else self._styles[0]
            head = re.match(r"<[^>]*?(?=/?>)", base)
            if head is None:
                raise ValueError(base)
            start = re.sub(r'\s(?:fillId|applyFill)="[^"]*"', "", head.group())
            self._made[style, severity] = self._add(f'{start} fillId="{self._fill(severity)}" applyFill="1"{base[head.end() :]}')
        return self._made[style, severity]

    def front(self, look: str) -> int:
        """The style of a cell of the findings sheet: text, title, head, error, warning or note."""
        if look not in self._front:
            font = self._font(look)
            fill = self._fill(look) if look in FILLS else 0
            p = self._prefix
            wrap = "" if look == "title" else f'<{p}alignment vertical="top" wrapText="1"/>'
            self._front[look] = self._add(
                f'<{p}xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" '
                f'applyFont="1" applyFill="1" applyAlignment="1">{wrap}</{p}xf>'
            )
        return self._front[look]

    def save(self) -> None:
        """Write the part back."""
        self._parts.put(self._part, self._replace("cellXfs", "".join(self._styles), len(self._styles)))

    def _add(self, xf: str) -> int:
        self._styles.append(xf)
        return len(self._styles) - 1

    def _fill(self, severity: str) -> int:
        if severity not in self._fills:
            p = self._prefix
            fill = (
                f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{FILLS[severity]}"/>'
                f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            )
            self._fills[severity] = self._grow("fills", "fill", fill)
        return self._fills[severity]

    def _font(self, look: str) -> int:
        if look not in ("title", "head"):
            return 0
        p, size, colour = self._prefix, 14 if look == "title" else 11, "FFFFFFFF" if look == "head" else "FF17375E"
        look = f'<{p}b/><{p}sz val="{size}"/><{p}color rgb="{colour}"/><{p}name val="{FONT}"/>'
        font = f"<{p}font>{look}</{p}font>"
        return self._grow("fonts", "font", font)

    def _grow(self, group: str, name: str, element: str) -> int:
        inside = self._children(group) or ""
        count = len(re.findall(rf"<(?:\w+:)?{name}\b", inside))
        self._text = self._replace(group, inside + element, count + 1)
        return count

    def _children(self, group: str) -> str | None:
        match = re.search(rf"<(?:\w+:)?{group}\b[^>/]*>(.*?)</(?:\w+:)?{group}>", self._text, re.DOTALL)
        return match.group(1) if match else None

    def _replace(self, group: str, inside: str, count: int) -> str:
        match = re.search(rf"(<(?:\w+:)?{group}\b)([^>/]*)>(.*?)(</(?:\w+:)?{group}>)", self._text, re.DOTALL)
        if match is None:
            raise ValueError(group)
        kept = re.sub(r'\scount="\d+"', "", match.group(2))
        new = f'{match.group(1)}{kept} count="{count}">{inside}{match.group(4)}'
        return self._text[: match.start()] + new + self._text[match.end() :]

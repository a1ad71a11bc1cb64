"""Ways in which a text can stand in a workbook without being seen, each planted into a finished department book."""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
from collections.abc import Callable

Parts = dict[str, bytes]
Plant = Callable[[Parts, str], "Parts | bytes"]
SHEET, WORKBOOK, SHARED, STYLES = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
DRAWING, CHART, TABLE = "xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "xl/tables/table1.xml"


def unpack(data: bytes) -> Parts:
    """Every part of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Parts, comment: bytes = b"", extra: bytes = b"", part_comment: bytes = b"") -> bytes:
    """A package of these parts; comments and extra fields where they are given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if number == 1:
                info.extra, info.comment = extra, part_comment
            archive.writestr(info, data)
        archive.comment = comment
    return buffer.getvalue()


def into(part: str, before: str, xml: str) -> Plant:
    """Plant `xml`, with {} for the text, before the first `before` of a part."""

    def plant(parts: Parts, text: str) -> Parts:
        there = parts[part].decode()
        assert before in there, (part, before)
        return {**parts, part: there.replace(before, xml.replace("{}", html.escape(text)) + before, 1).encode()}

    return plant


def instead(part: str, pattern: str, xml: str) -> Plant:
    """Plant `xml` in the place of the first match of a pattern."""

    def plant(parts: Parts, text: str) -> Parts:
        new, count = re.subn(pattern, lambda _: xml.replace("{}", html.escape(text)), parts[part].decode(), count=1)
        assert count, (part, pattern)
        return {**parts, part: new.encode()}

    return plant


def added(name: str, content: Callable[[str], bytes]) -> Plant:
    """Plant a part of its own."""
    return lambda parts, text: {**parts, name: content(text)}


def row(cell: str, attributes: str = "") -> Plant:
    """Plant a cell in a row of its own at the end of a sheet."""
    return into(SHEET, "</sheetData>", f'<row r="9000"{attributes}>{cell}</row>')


def inline(text: str) -> str:
    """A cell with its text within."""
    return f'<c r="A9000" t="inlineStr"><is><t>{text}</t></is></c>'


def halves(text: str) -> tuple[str, str]:
    """A text in two."""
    return text[: len(text) // 2], text[len(text) // 2 :]


def split_formula(parts: Parts, text: str) -> Parts:
    """Two literals that a formula joins."""
    one, two = halves(html.escape(text))
    cell = f'<c r="A9000" t="str"><f>&quot;{one}&quot;&amp;&quot;{two}&quot;</f><v></v></c>'
    return row(cell)(parts, text)


def rich_runs(parts: Parts, text: str) -> Parts:
    """A text in two runs of different looks."""
    one, two = halves(text)
    runs = f"<si><r><t>{html.escape(one)}</t></r><r><rPr><b/></rPr><t>{html.escape(two)}</t></r></si>"
    return into(SHARED, "</sst>", runs)(parts, text)


def wide(text: str) -> str:
    """ASCII in full width, kana in half width (which Unicode folds back)."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def entities(text: str) -> str:
    """Every letter as a number."""
    return "".join(f"&#x{ord(c):X};" for c in text)


def encoded(text: str) -> str:
    return base64.b64encode(("record:" + text + ":end").encode()).decode()


def nested(text: str) -> bytes:
    return pack({"note.xml": f"<n>{html.escape(text)}</n>".encode(), "b.txt": b"-"})


def comments(author: str, text: str) -> Callable[[str], bytes]:
    xml = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>%s</author></authors>'
        '<commentList><comment ref="A1" authorId="0"><text><r><t>%s</t></r></text></comment></commentList></comments>'
    )
    return lambda canary: (xml % (author.replace("{}", html.escape(canary)), text.replace("{}", html.escape(canary)))).encode()


TEXT_BOX = "<xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
CONDITION = (
    '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="9"><formula>A1="{}"</formula></cfRule>'
    "</conditionalFormatting>"
)
LIST = (
    '<dataValidations count="1"><dataValidation type="list" sqref="A1"{prompt}>'
    '<formula1>"{list}"</formula1></dataValidation></dataValidations>'
)

CHANNELS: dict[str, Plant] = {
    "cell": row(inline("{}")),
    "hidden row": row(inline("{}"), ' hidden="1"'),
    "hidden sheet": added(
        "xl/worksheets/sheet99.xml", lambda t: f"<worksheet><is><t>{html.escape(t)}</t></is></worksheet>".encode()
    ),
    "comment": added("xl/comments1.xml", comments("-", "{}")),
    "comment author": added("xl/comments1.xml", comments("{}", "-")),
    "defined name": into(WORKBOOK, "</definedNames>", '<definedName name="x">"{}"</definedName>'),
    "list": into(SHEET, "<mergeCells", LIST.replace("{prompt}", "").replace("{list}", "{}")),
    "list prompt": into(SHEET, "<mergeCells", LIST.replace("{prompt}", ' prompt="{}"').replace("{list}", "-")),
    "header": instead(SHEET, "(?<=<oddHeader>)&amp;L", "&amp;L&amp;8&amp;K57636F{}"),
    "link target": into("xl/worksheets/_rels/sheet1.xml.rels", "</Relationships>", '<Relationship Id="r9" Target="mailto:{}"/>'),
    "link tip": into(SHEET, "<pageMargins", '<hyperlinks><hyperlink ref="A1" tooltip="{}"/></hyperlinks>'),
    "number format": into(STYLES, "</numFmts>", '<numFmt numFmtId="299" formatCode="&quot;{}&quot;0"/>'),
    "condition": into(SHEET, "<printOptions", CONDITION),
    "split formula": split_formula,
    "cached value": row('<c r="A9000" t="str"><f>A1</f><v>{}</v></c>'),
    "rich runs": rich_runs,
    "table column": instead(TABLE, '(?<=<tableColumn id="1" )name="', 'totalsRowLabel="{}" name="'),
    "sheet name": into(WORKBOOK, "</sheets>", '<sheet name="{}" sheetId="99" r:id="rId99"/>'),
    "text box": into(DRAWING, "</xdr:wsDr>", TEXT_BOX),
    "alt text": instead(DRAWING, '(?<=<xdr:cNvPr )id="2"', 'title="{}" id="2"'),
    "chart name": instead(DRAWING, '(?<=<xdr:cNvPr )id="2" name="', 'id="2" name="{} '),
    "core property": into("docProps/core.xml", "</cp:coreProperties>", "<cp:keywords>{}</cp:keywords>"),
    "custom property": into("docProps/custom.xml", "</Properties>", "<property><vt:lpwstr>{}</vt:lpwstr></property>"),
    "zip comment": lambda parts, text: pack(parts, comment=text.encode()),
    "extra part": added("xl/customXml/item1.xml", lambda t: f"<x>{html.escape(t)}</x>".encode()),
    "printer settings": added("xl/printerSettings/printerSettings1.bin", lambda t: b"\x01\x00\x03" + t.encode("utf-16-le")),
    "unused shared text": into(SHARED, "</sst>", "<si><t>{}</t></si>"),
    "numeric entities": lambda parts, text: into(SHARED, "</sst>", f"<si><t>{entities(text)}</t></si>")(parts, ""),
    "XML comment": into(SHEET, "</sheetData>", "<!-- {} -->"),
    "base64": lambda parts, text: into("docProps/app.xml", "</Properties>", f"<Company>{encoded(text)}</Company>")(parts, ""),
    "nested package": added("xl/media/image1.png", nested),
    "full width": lambda parts, text: into(SHARED, "</sst>", "<si><t>{}</t></si>")(parts, wide(text)),
    "trailing bytes": lambda parts, text: pack(parts) + text.encode(),
    "extra field": lambda parts, text: pack(parts, extra=b"\xfe\xca" + len(text.encode()).to_bytes(2, "little") + text.encode()),
}

FURTHER: dict[str, Plant] = {
    "leading bytes": lambda parts, text: text.encode() + pack(parts),
    "part comment": lambda parts, text: pack(parts, part_comment=text.encode()),
    "part name": lambda parts, text: {**parts, f"xl/{text}.xml": b"<x/>"},
    "UTF-16 part": added(
        "xl/worksheets/sheet98.xml", lambda t: f"<?xml version='1.0' encoding='UTF-16'?><x>{html.escape(t)}</x>".encode("utf-16")
    ),
    "escaped letters": lambda parts, text: into(SHARED, "</sst>", "<si><t>{}</t></si>")(
        parts, "".join(f"_x{ord(c):04X}_" for c in text)
    ),
    "percent signs": lambda parts, text: instead(
        "xl/worksheets/_rels/sheet1.xml.rels",
        "</Relationships>",
        f'<Relationship Id="r9" Target="#{"".join(f"%{b:02X}" for b in text.encode())}"/></Relationships>',
    )(parts, ""),
    "processing instruction": into(SHEET, "</sheetData>", "<?note {}?>"),
    "CDATA": into(SHARED, "</sst>", "<si><t><![CDATA[{}]]></t></si>"),
    "twice escaped": lambda parts, text: into(SHARED, "</sst>", "<si><t>{}</t></si>")(parts, html.escape(entities(text))),
    "CONCATENATE": lambda parts, text: row(
        f'<c r="A9000"><f>CONCATENATE(&quot;{halves(text)[0]}&quot;,&quot;{halves(text)[1]}&quot;)</f><v>0</v></c>'
    )(parts, ""),
    "format with backslashes": lambda parts, text: into(
        STYLES, "</numFmts>", f'<numFmt numFmtId="299" formatCode="{"".join(chr(92) + c for c in text)}"/>'
    )(parts, ""),
    "header in parts": lambda parts, text: instead(
        SHEET, "(?<=<oddHeader>)&amp;L", f"&amp;L{halves(text)[0]}&amp;B{halves(text)[1]}"
    )(parts, ""),
    "Shift JIS": added("xl/activeX/activeX1.bin", lambda t: b"\x00\x01" + t.encode("cp932", "replace")),
    "package in a package": added("xl/embeddings/Microsoft_Excel_Sheet.xlsx", lambda t: pack({"deep.zip": nested(t)})),
    "chart cache": into(CHART, "</c:chartSpace>", "<c:cat><c:strCache><c:pt><c:v>{}</c:v></c:pt></c:strCache></c:cat>"),
    "calculated column": instead(TABLE, "</table>", "<calculatedColumnFormula>&quot;{}&quot;</calculatedColumnFormula></table>"),
}


def planted(data: bytes, plant: Plant, text: str) -> bytes:
    """A copy of a book with the text in one channel."""
    done = plant(unpack(data), text)
    return done if isinstance(done, bytes) else pack(done)

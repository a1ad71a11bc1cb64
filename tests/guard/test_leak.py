"""What the guard takes for a leak, on small packages made by hand."""

from __future__ import annotations

import pytest

from hrbook.core.roster import Employee, Employment, Post, Qualification
from hrbook.core.source import RowRef, SheetSource
from hrbook.guard.found import Kind, Leak
from hrbook.guard.leak import Guard, foreign, opened
from hrbook.guard.package import Damaged, open_package
from hrbook.guard.people import own_texts, person_of
from hrbook.guard.spelling import closed, names_of, spaced
from hrbook.guard.texts import raw_texts, readings, texts_of
from tests.trust.channels import pack

SHEET, SHARED, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


def employee(number: str, name: str, kana: str = "", *texts: str) -> Employee:
    source = SheetSource("roster.xlsx", "", "s", {}, {})
    ref = RowRef(source, 2, (number, name, kana, *texts))
    return Employee(number, name, kana, None, None, "", Employment.REGULAR, "", "", None, None, Post(), None, (), None, None, ref)


OWN = employee("10001", "小林　一郎", "コバヤシ　イチロウ", "鷲塚　凪沙さんの係を希望（77777）")
BOSS = employee("10002", "課 長助")
OUT = (
    employee("77123", "鷲塚　凪沙", "ワシヅカ　ナギサ", "w.nagisa@city.example.jp"),
    employee("00123", "林　一", "ハヤシ　イチ"),
    employee("2026", "林", "ハヤシ"),
    employee("職・91234", "SMITH JOHN", "スミス ジョン"),
    employee("AB-12345", "森　林", "モリ　リン"),
    employee("46113", "小林　一郎", "コバヤシ　イチロウ"),
    employee("654321", "長　田", ""),
    employee("700001", "研　課", ""),
    employee("700002", "郎　太", "オサ　ダヨ"),
    employee("700003", "中　小", ""),
)
PUBLIC = ("森林整備課", "2026", "研修", "e-mail: info@city.example.jp")


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard([person_of(e) for e in (OWN, BOSS, *OUT)], PUBLIC)


def book(shared: str = "", sheet: str = "", styles: str = "", **more: bytes) -> bytes:
    items = "".join(f"<si><t>{text}</t></si>" for text in shared.split("|")) if shared else ""
    parts = {
        SHARED: f"<sst>{items}</sst>".encode(),
        SHEET: f"<worksheet><sheetData>{sheet}</sheetData></worksheet>".encode(),
        STYLES: f"<styleSheet>{styles}</styleSheet>".encode(),
    }
    return pack({**parts, **more})


def found(guard: Guard, data: bytes, declared: tuple[str, ...] = ()) -> list[tuple[Kind, str]]:
    return [(leak.kind, leak.staff_id) for leak in guard.check(opened(data), (OWN, BOSS), declared)]


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        ("", []),
        ("小林　一郎", []),  # a namesake within
        ("10001", []),
        ("鷲塚　凪沙", [(Kind.NAME, "77123")]),
        ("担当は鷲塚凪沙です", [(Kind.NAME, "77123")]),
        ("凪沙・鷲塚", [(Kind.NAME, "77123")]),
        ("わしづか なぎさ", [(Kind.READING, "77123")]),
        ("ﾜｼﾂﾞｶ ﾅｷﾞｻ", [(Kind.READING, "77123")]),
        ("W.Nagisa@City.Example.JP", [(Kind.MAIL, "77123")]),
        ("someone@else.example.jp", [(Kind.MAIL, "")]),
        ("info@city.example.jp", [(Kind.MAIL, "")]),
        ("77123", [(Kind.NUMBER, "77123")]),
        ("７７１２３番", [(Kind.NUMBER, "77123")]),
        ("177123", []),
        ("77123a", []),
        ("鷲塚　凪沙さんの係を希望（77777）", []),  # what the book's own people have written
        ("希望：鷲塚 凪沙さんの係を希望（77777）", []),
        ("鷲塚　凪沙さんの係を希望（77777）鷲塚凪沙", [(Kind.NAME, "77123")]),
        ("00123", [(Kind.NUMBER, "00123")]),
        ("林一", [(Kind.NAME, "00123")]),
        ("主任 林　一", [(Kind.NAME, "00123")]),
        ("林", [(Kind.NAME, "2026")]),  # one letter: as a whole value only
        ("林道", []),
        ("2026", []),  # also a public text
        ("森林整備課", []),
        ("森林", [(Kind.NAME, "AB-12345")]),  # also a word of the city: as a whole value only
        ("森林の研修", []),
        ("smith,  john", [(Kind.NAME, "職・91234")]),
        ("blacksmithjohn", []),
        ("職91234", [(Kind.NUMBER, "職・91234")]),
        ("AB-12345", [(Kind.NUMBER, "AB-12345")]),
        ("xAB-12345", []),
        ("課　長助　田中", []),  # arises where an own name meets the next word
        ("鷲塚　　　凪沙", [(Kind.NAME, "77123")]),
        ("大鷲塚　　凪沙", []),  # two words that meet across a wide gap
        ("鷲塚　　凪沙丸　鷲塚　凪沙", [(Kind.NAME, "77123")]),
        ("課　長助　長田", [(Kind.NAME, "654321")]),
        ("森林整備課　研修", []),  # two public words that meet
        ("森林整備課　研", [(Kind.NAME, "700001")]),
        ("森林保全課　研修", [(Kind.NAME, "700001")]),
        ("課　研", [(Kind.NAME, "700001")]),
        ("係は課　研です", [(Kind.NAME, "700001")]),
        ("あ 研　　課", [(Kind.NAME, "700001")]),  # a name by itself, for all that a word stands before it
        ("オサダヨ様", [(Kind.READING, "700002")]),  # four letters are searched for within a text
        ("小林一郎太", []),  # an own name ends in the place
        ("次郎太", [(Kind.NAME, "700002")]),
        ("中小林一郎", []),  # an own name begins in the place
        ("中小林三郎", [(Kind.NAME, "700003")]),
        ("w.nagisa@city.example.jp.xlsx", [(Kind.MAIL, "77123")]),  # a file's name goes on behind the address
        ("小林一郎・鷲塚凪沙", [(Kind.NAME, "77123")]),  # an own name before the place excuses nothing
        ("鷲塚凪沙・小林一郎", [(Kind.NAME, "77123")]),
        ("森林整備課　研修　案内", []),  # public words that meet, whatever stands beyond the next gap
        ("来春　森林整備課　研修", []),
        ("鷲鷲塚凪沙", [(Kind.NAME, "77123")]),  # the name's first letter stands twice
        ("大鷲塚　　凪沙　鷲", []),  # and once more, alone, at the end
    ],
)
def test_texts(guard: Guard, text: str, leaks: list[tuple[Kind, str]]) -> None:
    assert found(guard, book(shared=text)) == leaks


def test_declared_texts_may_stand(guard: Guard) -> None:
    assert found(guard, book(shared="承認 鷲塚 凪沙"), ("鷲塚凪沙",)) == []
    assert found(guard, book(shared="承認 鷲塚 凪沙 77123"), ("鷲塚凪沙",)) == [(Kind.NUMBER, "77123")]


DATE = (
    '<numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;d&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/>'
    '<xf numFmtId="13"/><xf numFmtId="22"/><xf numFmtId="23"/><xf numFmtId="26"/><xf numFmtId="27"/><xf numFmtId="36"/>'
    '<xf numFmtId="37"/><xf numFmtId="44"/><xf numFmtId="45"/><xf numFmtId="47"/><xf numFmtId="48"/><xf numFmtId="49"/>'
    '<xf numFmtId="50"/><xf numFmtId="58"/><xf numFmtId="59"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("cell", "leaks"),
    [
        ('<c r="A1"><v>46113</v></c>', True),
        ('<c r="A1" s="0"><v>46113</v></c>', True),
        ('<c r="A1" s="1"><v>46113</v></c>', False),  # a day
        ('<c r="A1" s="2"><v>46113</v></c>', False),
        ('<c r="A1" t="s"><v>46113</v></c>', False),  # the place of a shared text
        ('<c r="A1" s="1"><v>46113</v></c><c r="A2"><v>46113</v></c>', True),
        ('<c r="A1"><f>A2</f><v>46113.0</v></c>', True),
        ('<c r="A1"><v>461130</v></c>', False),
        ('<c r="A1"><v>10001</v></c>', False),  # of the book's own people
        ('<row r="46113"><c r="A46113"/></row>', False),
    ],
)
def test_typed_numbers(guard: Guard, cell: str, leaks: bool) -> None:
    assert found(guard, book(sheet=cell, styles=DATE)) == ([(Kind.NUMBER, "46113")] if leaks else [])


@pytest.mark.parametrize("style", range(3, 17 + 1))
def test_the_built_in_formats_of_days(guard: Guard, style: int) -> None:
    """ECMA-376 part 1, 18.8.30: 14-22 and 45-47 are days and times; 27-36 and 50-58 are days of East Asian editions."""
    days = {4, 7, 8, 11, 12, 15, 16}  # places of 22, 27, 36, 45, 47, 50 and 58
    leaks = found(guard, book(sheet=f'<c r="A1" s="{style}"><v>46113</v></c>', styles=DATE))
    assert leaks == ([] if style in days else [(Kind.NUMBER, "46113")])


@pytest.mark.parametrize(
    ("xml", "leaks"),
    [
        ('<hyperlink display="77123"/>', True),
        ('<brk id="77123" max="77123"/>', False),  # sizes, colours and places are no numbers of people
        ('<tabColor rgb="FF654321"/><sz val="77123"/>', False),
        ('<hyperlink ref="A77123:B77123"/>', False),
        ("<f>SUM(A77123:$A$77123)</f>", False),
        ("<f>77123+1</f>", True),
        ('<f>"77"&amp;"123"</f>', True),
        ('<f>"a"&amp;77&amp;"123"</f>', False),
        ("<oddHeader>&amp;L&amp;K57636F77123&amp;C</oddHeader>", True),
        ("<oddHeader>&amp;L鷲塚&amp;B凪沙</oddHeader>", True),
        ("<x><![CDATA[鷲塚凪沙]]></x>", True),
        ("<is><t>鷲塚</t><t>凪沙</t></is>", True),
        ("<a>鷲塚</a><b>凪沙</b>", False),  # two cells are two texts
        ("<p><t>鷲塚</t><rich><t>凪</t></rich><t>沙</t></p>", True),
        ("<rowOff>77123</rowOff>", False),
        ("<note>77123</note>", True),
        ("鷲塚<i/>凪沙", False),
    ],
)
def test_markup(guard: Guard, xml: str, leaks: bool) -> None:
    kinds = {kind for kind, _ in found(guard, book(sheet=xml))}
    assert bool(kinds) is leaks and kinds <= {Kind.NAME, Kind.NUMBER}


@pytest.mark.parametrize("spoiled", ["<open>", "<!DOCTYPE x><x/>", "&none;", "\x01"])
def test_what_cannot_be_searched_is_held_back(guard: Guard, spoiled: str) -> None:
    assert found(guard, book(sheet=spoiled)) == [(Kind.DAMAGED, "")]
    assert guard.check(opened(b"PK nothing"), (OWN,)) == (Leak("", Kind.DAMAGED),)


def test_shared_texts_that_are_no_text_are_held_back(guard: Guard) -> None:
    broken = pack({SHARED: b"<sst><si><t>\xff\xfe</t></si></sst>"})
    assert guard.check(opened(broken), (OWN,)) == (Leak(SHARED, Kind.DAMAGED),)


def test_shared_texts_are_utf_8_whatever_they_declare(guard: Guard) -> None:
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?><sst><si><t>鷲塚凪沙</t></si></sst>'
    assert found(guard, pack({SHARED: declared.encode()})) == [(Kind.NAME, "77123")]


def test_rows_of_what_is_no_sheet_are_read_as_they_stand(guard: Guard) -> None:
    table = '<table><row name="鷲塚凪沙"></row></table>'
    assert found(guard, pack({"xl/tables/table1.xml": table.encode()})) == [(Kind.NAME, "77123")]


def test_books_for_all_are_checked_for_foreign_parts_only(guard: Guard) -> None:
    named = book(shared="鷲塚　凪沙|77123", sheet='<c r="A1"><v>46113</v></c>')
    assert guard.check(opened(named), None) == ()
    more = pack({SHARED: b"<sst/>", "xl/vbaProject.bin": b"macro", "xl/_rels/workbook.xml.rels": b'<r TargetMode="External"/>'})
    assert [leak.part for leak in guard.check(opened(more), None)] == ["xl/_rels/workbook.xml.rels", "xl/vbaProject.bin"]
    assert guard.check(opened(book(sheet="<open>")), None) == (Leak(SHEET, Kind.DAMAGED),)
    inner = pack({SHARED: b"<sst><si><t>External</t></si></sst>", "_rels/.rels": b'<r Target="xl/workbook.xml"/>'})
    assert guard.check(opened(inner), None) == ()  # the word is no link, and a link within is none to the outside
    package = opened(pack({SHARED: b"<sst/>"}, comment=b"x"))
    assert package is not None and list(foreign(package)) == [Leak("zip comment", Kind.FOREIGN)]


def test_a_guard_travels_without_what_it_learnt(guard: Guard) -> None:
    import pickle

    assert found(guard, book(shared="鷲塚　凪沙")) and guard._known
    other = pickle.loads(pickle.dumps(guard))
    assert not other._known and found(other, book(shared="鷲塚　凪沙")) == [(Kind.NAME, "77123")]


def test_memory_is_bounded(guard: Guard, monkeypatch) -> None:
    monkeypatch.setattr("hrbook.guard.leak.REMEMBERED", 2)
    other = Guard([person_of(OUT[0])], ())
    for text in ("a", "b", "c", "鷲塚凪沙", "d"):
        other.check(opened(book(shared=text)), ())
        assert len(other._known) <= 2


def test_whose_rows_say_what() -> None:
    ref = RowRef(OWN.ref.source, 9, ("x@y.example.jp", 3, None))
    person = employee("1", "甲　乙", "コウ　オツ")
    with_more = Employee(
        **{
            **{name: getattr(person, name) for name in Employee.__dataclass_fields__},
            "qualifications": (Qualification("q", None, "", ref),),
        }
    )
    assert person_of(with_more).mails == ("x@y.example.jp",)
    assert "x@y.example.jp" in own_texts((with_more,)) and "甲　乙" in own_texts((with_more,))


def test_spellings() -> None:
    assert spaced("ﾊﾝｶｸ　Ａｂ") == "ハンカク ab"
    assert closed(spaced("髙橋　邉")) == closed(spaced("高橋辺")) == "高橋辺"
    assert names_of("鷲塚　凪沙") == ("鷲塚凪沙", "凪沙鷲塚")
    assert names_of("鷲塚") == ("鷲塚",) and names_of(" ") == ()
    assert closed(spaced("葛\U000e0100城\ufe00")) == "葛城"


def test_packages() -> None:
    data = pack({"a": b"1", "b": b"2"}, comment=b"c", extra=b"\xfe\xca\x01\x00x", part_comment=b"p")
    package = open_package(b"before" + data + b"after")
    assert tuple(package.parts) == (("a", b"1"), ("b", b"2"))
    rest = [text for _, text in package.beside]
    assert b"before" in rest and b"c" in rest and b"p" in rest and b"after" in b"".join(rest)
    assert rest.count(b"\xfe\xca\x01\x00x") == 2  # it stands before the part and in the directory
    assert open_package(pack({"a": b"1"})).beside == ()
    commented = pack({"a": b"1", "b": b"2"}, extra=b"\xfe\xca\x01\x00x", part_comment=b"note")
    assert [text for where, text in open_package(commented).beside if where == "zip"] == []
    for broken in (b"", b"PK\x03\x04", data[:-30], data.replace(b"3\x04\x00", b"4\x04\x00", 1)):
        with pytest.raises(Damaged):
            open_package(broken)
    twice = pack({"a": b"1", "A": b"2"})
    with pytest.raises(Damaged, match="twice"):
        open_package(twice)


def test_readings_of_a_text() -> None:
    assert "a<b" in readings("a&amp;lt;b")
    assert "AB" in readings("_x0041_B")
    assert "山" in readings("%E5%B1%B1")
    assert "ab" in readings("\\a\\b")
    assert any("鷲塚凪沙" in text for text in readings("6bey5aGa5Yeq5rKZ"))
    assert list(readings("plain")) == ["plain"]


def test_bytes_that_are_no_xml() -> None:
    for encoding in ("utf-8", "cp932", "utf-16-le", "utf-16-be"):
        for shift in (b"", b"\x07"):
            assert any("鷲塚" in text for text in raw_texts(shift + "鷲塚".encode(encoding))), (encoding, shift)
    assert any("鷲塚" in text for text in raw_texts(pack({"bad.xml": "<x>鷲塚".encode()})))
    assert any("鷲塚" in text for text in raw_texts(b"PK\x03\x04" + "鷲塚".encode()))
    assert "xl/x.xml" in texts_of("xl/x.xml", b"<x/>")


LONG = "よく相談して、" * 9 + "鷲塚　凪沙さんの係を希望します。" + "理由は面談で話しました。" * 5


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        (LONG, []),
        ("希望：" + LONG[:80] + "…", []),  # a sheet that shows the beginning of what somebody wrote
        ("希望：" + LONG[:80], [(Kind.NAME, "77123")]),
        ("希望：" + LONG[1:80] + "…", [(Kind.NAME, "77123")]),
        (LONG[:80] + "…鷲塚凪沙", [(Kind.NAME, "77123")]),
        ("鷲塚凪沙…", [(Kind.NAME, "77123")]),
        ("鷲塚凪沙と…", []),  # one letter beyond the name tells that it is the text, and not the name
        (LONG[: LONG.index("さん")] + "…", []),  # cut right behind the name
        (LONG[: LONG.index("沙")] + "…", []),  # cut within the name: nobody is named
        ("鷲塚凪沙" + LONG[:20] + "…", [(Kind.NAME, "77123")]),  # the name stands before what was cut
        ("希望：" + LONG[:80] + "…　資格：簿記（R2）", []),  # something else follows
        ("希望：" + LONG[:80] + "…　資格：" + LONG[:70] + "…　学び：簿記", []),  # cut twice
        (LONG[:80] + "…" + LONG[:75] + "…", []),
        ("…" + LONG[:80] + "…", []),
        ("鷲塚…凪沙と話した…", []),  # the writer's own text holds such signs
        ("鷲塚…凪沙…", [(Kind.NAME, "77123")]),
        ("希望：" + LONG[:80] + "…　鷲塚凪沙…　資格：簿記", [(Kind.NAME, "77123")]),
        ("希望：" + LONG[:80] + "…　資格：鷲塚凪沙", [(Kind.NAME, "77123")]),
    ],
)
def test_a_text_that_was_cut(guard: Guard, text: str, leaks: list[tuple[Kind, str]]) -> None:
    writer = employee("10001", "小林　一郎", "コバヤシ　イチロウ", LONG, "鷲塚凪沙と話した", "鷲塚…凪沙と話した…")
    found_ = guard.check(opened(book(shared=text)), (writer, BOSS))
    assert [(leak.kind, leak.staff_id) for leak in found_] == leaks


def test_a_beginning_without_the_name_excuses_no_name() -> None:
    """The reader's own text begins with the last letter of somebody's name; the sheet shows the name, cut in that place."""
    guard = Guard([person_of(OUT[0])], ())
    writer = employee("10001", "小林　一郎", "", "沙の多い浜辺を鷲塚凪沙と歩いた")
    leaks = guard.check(opened(book(shared="鷲塚凪沙の多い浜…")), (writer,))
    assert [leak.staff_id for leak in leaks] == ["77123"]


@pytest.mark.parametrize("name", ["小林　一郎太", "大　小林一郎"])
def test_a_name_that_holds_an_own_one_is_no_namesake(name: str) -> None:
    guard = Guard([person_of(one) for one in (OWN, employee("88001", name))], ())
    assert found(guard, book(shared=name)) == [(Kind.NAME, "88001")]


def test_numbers_too_short_to_be_told_from_a_count() -> None:
    """Three letters are not searched for, four match as a whole value; the numbers behind them are searched as ever."""
    guard = Guard([person_of(employee(number, "")) for number in ("123", "1234", "77123")], ())
    assert found(guard, book(shared="123")) == []
    assert found(guard, book(shared="1234")) == [(Kind.NUMBER, "1234")]
    assert found(guard, book(shared="1234人")) == []
    assert found(guard, book(shared="77123人")) == [(Kind.NUMBER, "77123")]


def test_a_city_of_which_nobody_has_a_latin_name() -> None:
    guard = Guard([person_of(employee("1", "鷲塚　凪沙"))], ())
    assert found(guard, book(shared="LEE ANN|担当 鷲塚凪沙")) == [(Kind.NAME, "1")]


def test_a_name_that_is_written_with_a_sign() -> None:
    guard = Guard([person_of(employee("1", "鷲塚（旧姓梟町）　凪沙"))], ())
    assert found(guard, book(shared="担当は鷲塚（旧姓梟町）凪沙です")) == [(Kind.NAME, "1")]
    assert found(guard, book(shared="担当は鷲塚、旧姓梟町、凪沙です")) == []


def test_a_department_of_four_letters_meets_the_next_word() -> None:
    """Two public words meet in the letters of a name: neither of them names the person."""
    guard = Guard([person_of(employee("1", "部　長"))], ("消防本部", "長寿課"))
    assert found(guard, book(shared="消防本部　長寿課")) == []
    assert found(guard, book(shared="消防本部　部長")) == [(Kind.NAME, "1")]


def test_bytes_beside_the_parts_are_searched_too(guard: Guard) -> None:
    data = pack({SHARED: b"<sst/>"}, comment="鷲塚凪沙".encode())
    assert found(guard, data) == [(Kind.FOREIGN, ""), (Kind.NAME, "77123")]

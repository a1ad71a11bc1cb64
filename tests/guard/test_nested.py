"""Packages within packages, as a workbook may carry one: how deep the guard looks, and how a name could be hidden there."""

from __future__ import annotations

import pytest

from hrbook.guard.texts import raw_texts, texts_of
from tests.trust.channels import pack

WRAPPED = {
    "as a part": lambda inner: pack({"inner.zip": inner}),
    "as a part that calls itself XML": lambda inner: pack({"inner.xml": inner}),
    "before the first part": lambda inner: inner + pack({"note.txt": b"nothing here"}),
}


def buried(how: str, depth: int) -> bytes:
    """A package that holds a name in a part and in its comment, within `depth` - 1 others."""
    data = pack({"deep.xml": "<x>鷲塚</x>".encode()}, comment="凪沙".encode())
    for _ in range(depth - 1):
        data = WRAPPED[how](data)
    return data


@pytest.mark.parametrize("how", WRAPPED)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_three_packages_deep_are_searched(how: str, depth: int) -> None:
    data = buried(how, depth)
    for texts in (list(raw_texts(data)), list(texts_of("xl/embeddings/object1.bin", data))):
        assert any("鷲塚" in text for text in texts) and any("凪沙" in text for text in texts)


@pytest.mark.parametrize("how", ["as a part", "as a part that calls itself XML"])
def test_a_fourth_is_not_unpacked(how: str) -> None:
    """A bomb of packages ends somewhere; a package in a book is foreign to it and withholds the book anyway."""
    data = buried(how, 4)
    for texts in (raw_texts(data), texts_of("xl/embeddings/object1.bin", data)):
        assert not any("鷲塚" in text for text in texts)


def test_what_stands_before_a_package_counts_as_one_level() -> None:
    data = pack({"deep.xml": "<x>鷲塚</x>".encode()})
    for _ in range(3):
        data = pack({"inner.zip": data}) + pack({"note.txt": b"nothing here"})
    assert not any("鷲塚" in text for text in raw_texts(data))

"""New values in an old TOML text: what is equal keeps its bytes, what changed is written in place."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hrbook.core.fault import Fault
from hrbook.ingest.shape import Loc
from hrbook.ingest.toml_scan import Element, Places, Span, scan
from hrbook.ingest.toml_spell import key_of, written

WIDE = 100  # characters from which a list of tables takes a line for each
Key = Callable[[Loc, Any], Any]  # (place of the list, entry) -> what makes an entry the same one
Edit = tuple[int, int, str]


def edited(text: str, wanted: Mapping[str, Any], same: Key, blocks: Sequence[Loc] = ()) -> str:
    """`text` with the values of `wanted`. `same` tells which entries of two lists are one; `blocks` are the lists that are
    written as [[...]] where the text has none of them yet. Comments stay with what they stand beside.

    Raises Fault (policy_unwritten) where the result would not read as `wanted`."""
    old = tomllib.loads(text.lstrip("\ufeff"))
    if old == wanted and _ordered(old, wanted):
        return text
    new = _Editor(text, same, blocks).document(old, wanted)
    if tomllib.loads(new.lstrip("\ufeff")) != wanted:
        raise Fault("policy_unwritten")
    return new


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) for part in value)


def _ordered(old: Any, new: Any) -> bool:
    """Whether equal values have their keys in one order too, where keys are entries of a table of tables."""
    if isinstance(old, Mapping) and all(isinstance(part, Mapping) for part in old.values()):
        return list(old) == list(new)
    return not isinstance(old, Mapping) or all(_ordered(part, new[key]) for key, part in old.items())


class _Editor:
    def __init__(self, text: str, same: Key, blocks: Sequence[Loc]) -> None:
        self.text = text
        self.same = same
        self.listed = frozenset(blocks)
        self.places: Places = scan(text)
        self.end = "\r\n" if "\r\n" in text else "\n"

    def document(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
        return self._applied(Span(0, len(self.text)), self._table((), old, new))

    def _applied(self, span: Span, edits: Sequence[Edit]) -> str:
        """A piece of the text with edits that lie inside it, none of them over another."""
        out, at = [], span.start
        for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
            out += [self.text[at:start], text]
            at = end
        return "".join([*out, self.text[at : span.end]])

    # one value ------------------------------------------------------------------------------------------------

    def _edits(self, loc: Loc, old: Any, new: Any) -> list[Edit]:
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            return self._braces(loc, old, new) if loc in self.places.braces else self._table(loc, old, new)
        if old == new and type(old) is type(new):
            return []
        if loc in self.places.arrays and isinstance(new, list):
            if (_tables(old) or not old) and (_tables(new) or not new) and (old or new):
                return self._array(loc, old, new)
        elif _tables(old) and isinstance(new, list) and loc not in self.places.values:
            return self._listed(loc, old, new)
        span = self.places.values[loc]
        return [(span.start, span.end, self._written(new))]

    def _written(self, value: Any) -> str:
        plain = written(value)
        if not _tables(value) or len(plain) <= WIDE:
            return plain
        return f"[{self.end}" + "".join(f"  {written(part)},{self.end}" for part in value) + "]"

    # tables ---------------------------------------------------------------------------------------------------

    def _table(self, loc: Loc, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Edit]:
        edits: list[Edit] = []
        shared = [key for key in old if key in new]
        moved = shared != [key for key in new if key in old] and all(isinstance(part, Mapping) for part in new.values())
        if moved and all((*loc, key) in self.places.pairs for key in old):
            return self._reordered(loc, old, new)
        gone = [key for key in old if key not in new]
        for key in shared:
            edits += self._edits((*loc, key), old[key], new[key])
        for key in gone:
            edits += self._dropped((*loc, key), old[key])
        added = [key for key in new if key not in old]
        if added:
            edits += self._added(loc, new, added)
        return edits

    def _reordered(self, loc: Loc, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Edit]:
        """A table of tables in another order: its lines change places."""
        slots = [self.places.pairs[(*loc, key)] for key in old]
        lines = []
        for key, value in new.items():
            place = self.places.pairs.get((*loc, key))
            if key in old and place is not None:
                lines.append(self._applied(place, self._edits((*loc, key), old[key], value)))
            else:
                lines.append(f"{key_of(key)} = {self._written(value)}{self.end}")
        return self._slotted(slots, lines)

    def _slotted(self, slots: Sequence[Span], texts: Sequence[str], gap: str = "") -> list[Edit]:
        """Texts in the places of others: further ones follow the last place, places left over are emptied."""
        extra = gap.join(texts[len(slots) :])
        filled = [*texts[: len(slots)], *[""] * (len(slots) - len(texts))]
        if extra and filled:
            filled[-1] += gap + extra
        return [
            (slot.start, self._past_blank(slot) if not text and gap else slot.end, text)
            for slot, text in zip(slots, filled, strict=True)
        ]

    def _past_blank(self, span: Span) -> int:
        """The end of a block with the empty line after it."""
        return span.end + len(self.end) if self.text.startswith(self.end, span.end) else span.end

    def _dropped(self, loc: Loc, old: Any) -> list[Edit]:
        if _tables(old) and loc not in self.places.values:
            return self._slotted([self.places.blocks[(*loc, n)] for n in range(len(old))], [], self.end)
        pair = self.places.pairs.get(loc)
        if pair is None:  # a table with a header of its own, and those below it
            spans = [span for place, span in self.places.blocks.items() if place[: len(loc)] == loc]
            inner = [self.places.pairs[place] for place in self.places.pairs if place[: len(loc)] == loc and not spans]
            return [(span.start, self._past_blank(span), "") for span in spans] + [(p.start, p.end, "") for p in inner]
        return [(pair.start, pair.end, "")]

    def _braces(self, loc: Loc, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Edit]:
        """A table in braces: one pair may go, or some may come; anything more, and it is written anew."""
        gone, added = [key for key in old if key not in new], [key for key in new if key not in old]
        shared = [key for key in old if key in new]
        if (gone and added) or len(gone) > 1 or not shared or any((*loc, key) not in self.places.pairs for key in old):
            span = self.places.values[loc]
            return [(span.start, span.end, written(new))] if old != new else []
        edits = [edit for key in shared for edit in self._edits((*loc, key), old[key], new[key])]
        if gone:
            edits.append(self._out_of_braces(loc, self.places.pairs[(*loc, gone[0])]))
        if added:
            at = max(self.places.pairs[(*loc, key)].end for key in old)
            edits.append((at, at, "".join(f", {key_of(key)} = {written(new[key])}" for key in added)))
        return edits

    def _out_of_braces(self, loc: Loc, pair: Span) -> Edit:
        """A pair without the comma that parts it from the next one, else from the one before."""
        others = [span for place, span in self.places.pairs.items() if place[:-1] == loc]
        after = min((span.start for span in others if span.start > pair.start), default=None)
        if after is not None:
            return (pair.start, after, "")
        before = max((span.end for span in others if span.end < pair.start), default=pair.start)
        return (before, pair.end, "")

    def _added(self, loc: Loc, new: Mapping[str, Any], added: Sequence[str]) -> list[Edit]:
        pairs, blocks = [], []
        for key in added:
            value, place = new[key], (*loc, key)
            if place in self.listed and _tables(value):
                blocks += [self._block(place, entry) for entry in value]
            elif isinstance(value, Mapping) and not loc:
                blocks += self._section(place, value)
            else:
                pairs.append(f"{key_of(key)} = {self._written(value)}{self.end}")
        edits: list[Edit] = []
        if pairs:
            at, lead = self._end_of_pairs(loc)
            gap = self.end if not loc and at == self.places.head().end and self.places.order else ""
            edits.append((at, at, lead + "".join(pairs) + gap))
        if blocks:
            at = self._end_of(loc)
            lead = "" if at == 0 or self.text[:at].endswith("\n") else self.end
            edits.append((at, at, lead + "".join(f"{self.end}{block}" for block in blocks)))
        return edits

    def _section(self, loc: Loc, value: Mapping[str, Any]) -> list[str]:
        """A table of its own with the lists of blocks in it."""
        plain = {key: part for key, part in value.items() if not ((*loc, key) in self.listed and _tables(part))}
        inner = {key: part for key, part in plain.items() if isinstance(part, Mapping) and loc == ("rotation",)}
        lines = [f"{key_of(key)} = {self._written(part)}{self.end}" for key, part in plain.items() if key not in inner]
        texts = [f"[{'.'.join(key_of(str(part)) for part in loc)}]{self.end}" + "".join(lines)] if lines or not inner else []
        for key, part in inner.items():
            texts += self._section((*loc, key), part)
        for key, part in value.items():
            if key not in plain:
                texts += [self._block((*loc, key), entry) for entry in part]
        return texts

    def _block(self, loc: Loc, entry: Mapping[str, Any]) -> str:
        head = ".".join(key_of(str(part)) for part in loc if isinstance(part, str))
        return f"[[{head}]]{self.end}" + "".join(
            f"{key_of(key)} = {self._written(value)}{self.end}" for key, value in entry.items()
        )

    def _end_of_pairs(self, loc: Loc) -> tuple[int, str]:
        """Where a new pair of a table goes, and what must stand before it there."""
        own = [span.end for place, span in self.places.pairs.items() if place[: len(loc)] == loc and not self._deeper(place, loc)]
        if own:
            at = max(own)
            return at, "" if self.text[:at].endswith("\n") else self.end
        if loc in self.places.blocks:
            at = self.places.blocks[loc].end
            return at, "" if self.text[:at].endswith("\n") else self.end
        if not loc:  # below the words at the top of the file
            at = self.places.head().end
            return at, "" if not at or self.text[:at].endswith("\n") else self.end
        at = len(self.text)  # a table that only its sub-tables have named so far
        lead = "" if self.text.endswith("\n") or not self.text else self.end
        return at, f"{lead}{self.end}[{'.'.join(key_of(str(part)) for part in loc)}]{self.end}"

    def _deeper(self, place: Loc, loc: Loc) -> bool:
        """Whether a pair belongs to a table with a header of its own below `loc`, or to braces."""
        return any(place[:n] in self.places.blocks or place[:n] in self.places.values for n in range(len(loc) + 1, len(place)))

    def _end_of(self, loc: Loc) -> int:
        """The end of a table with everything below it; of the whole text for the top."""
        ends = [span.end for place, span in self.places.blocks.items() if loc and place[: len(loc)] == loc]
        return max(ends, default=len(self.text))

    # lists ----------------------------------------------------------------------------------------------------

    def _matched(self, loc: Loc, old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
        """For each new entry the old one that it is, each used once."""
        known: dict[str, list[int]] = {}
        for index, entry in enumerate(old):
            known.setdefault(repr(self.same(loc, entry)), []).append(index)
        found: list[int | None] = []
        for entry in new:
            left = known.get(repr(self.same(loc, entry)), [])
            found.append(left.pop(0) if left else None)
        return found

    def _piece(self, loc: Loc, span: Span, old: Any, new: Any) -> str:
        return self._applied(span, self._edits(loc, old, new))

    def _array(self, loc: Loc, old: Sequence[Any], new: Sequence[Any]) -> list[Edit]:
        """A list of tables in brackets: entries keep their lines and comments."""
        elements, matched = self.places.arrays[loc], self._matched(loc, old, new)
        span = self.places.values[loc]
        if matched == list(range(len(old))):
            return [(e.value.start, e.value.end, self._piece((*loc, n), e.value, old[n], new[n])) for n, e in enumerate(elements)]
        if not elements:
            return [(span.start, span.end, self._written(list(new)))]
        lines = "\n" in span.of(self.text)
        parts = []
        for entry, index in zip(new, matched, strict=True):
            if index is None:
                parts.append((f"{self.end}  " if lines else "", written(entry), ""))
            else:
                e: Element = elements[index]
                piece = self._piece((*loc, index), e.value, old[index], entry)
                parts.append((e.lead.of(self.text) if lines else "", piece, e.tail.of(self.text)))
        if not lines:
            return [(span.start, span.end, "[" + ", ".join(part[1] for part in parts) + "]")]
        close = self.text[elements[-1].tail.end : span.end]
        close = close if "\n" in close else f"{self.end}]"
        return [(span.start, span.end, "[" + "".join(f"{a}{b},{c}" for a, b, c in parts) + close)]

    def _listed(self, loc: Loc, old: Sequence[Any], new: Sequence[Any]) -> list[Edit]:
        """A list of blocks: each keeps its lines and the comments right above it."""
        matched = self._matched(loc, old, new)
        slots = [self._whole((*loc, n)) for n in range(len(old))]
        texts = []
        for entry, index in zip(new, matched, strict=True):
            if index is None:
                texts.append(self._block(loc, entry))
            else:
                text = self._applied(slots[index], self._table((*loc, index), old[index], entry))
                texts.append(text if text.endswith("\n") else text + self.end)
        if matched == list(range(len(old))):
            return [(slot.start, slot.end, text.removesuffix(self.end) if not slot.of(self.text).endswith("\n") else text)
                    for slot, text in zip(slots, texts, strict=True)]  # fmt: skip
        return self._slotted(slots, texts, self.end)

    def _whole(self, loc: Loc) -> Span:
        """A block with the blocks below it."""
        spans = [span for place, span in self.places.blocks.items() if place[: len(loc)] == loc]
        return Span(min(s.start for s in spans), max(s.end for s in spans))

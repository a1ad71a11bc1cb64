"""Titles -> ranks by table: the policy's titles and those of the settings; never by resemblance (spec 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hrbook.core.policy import Policy
from hrbook.core.roster import Post
from hrbook.ingest.natures import BRACKET
from hrbook.ingest.vocabulary import Vocabulary, key


class TitleTable:
    """Ranks of titles. Every method is a pure question; answers are kept, since rosters repeat their titles."""

    def __init__(self, policy: Policy, titles: Mapping[str, str], words: Vocabulary, units: Iterable[str] = ()) -> None:
        """`titles` are the settings' (title -> rank id), before the policy's; `units` all names of the organisation."""
        self._table = {key(entry.title): entry.rank for entry in policy.titles}
        self._table |= {key(title): rank for title, rank in titles.items()}
        self._by_length = sorted(self._table, key=lambda title: (-len(title), title))
        self._ranks = policy.rank_ids
        self._names = {rank.id: rank.name for rank in policy.ranks}
        self._acting = words.acting
        self._joiner = words.orders.joiner
        self._second_words = words.orders.second_post
        self._units = frozenset(key(unit) for unit in units if unit)
        self._answers: dict[tuple[str, Post], tuple[str | None, bool]] = {}

    def rank(self, title: str, post: Post) -> tuple[str | None, bool]:
        """The rank id of `title` held in `post`, and whether the table holds the title just so.

        None where the table does not tell: an unknown title is never given a rank."""
        if not self._ranks:
            return None, True  # the policy has no ranks, so no title needs one
        plain = key(title)
        exact = self._table.get(plain)
        if exact is not None:
            return exact, True
        known = self._answers.get((title, post))
        if known is None:
            known = self._answers[title, post] = (self._derived(plain, self._unit_names(post)), False)
        return known

    def name(self, rank: str | None) -> str | None:
        """The policy's word for a rank, for people; None for None."""
        return None if rank is None else self._names[rank]

    def _unit_names(self, post: Post) -> frozenset[str]:
        """The person's own unit under the names by which a title may call it."""
        bureau, department, section = key(post.bureau), key(post.department), key(post.section)
        joined = (bureau, department, section, bureau + department, department + section, bureau + department + section)
        return self._units | frozenset(name for name in joined if name)

    def _derived(self, plain: str, units: frozenset[str]) -> str | None:
        inside = [match.group(1) for match in BRACKET.finditer(plain)]
        if any(not self._ignored(text, units) for text in inside):
            return None
        text = BRACKET.sub("\n", plain).strip("\n")
        text = text.partition("\n")[0]
        if self._joiner in text[1:]:
            text = text[: text.index(self._joiner, 1)]
        return self._without_unit(text, units)

    def _ignored(self, bracket: str, units: frozenset[str]) -> bool:
        """A bracket that names a unit or a second post says nothing of the rank."""
        if not bracket or bracket in units or self._joiner in bracket:
            return True
        return any(word in bracket for word in self._second_words)

    def _without_unit(self, text: str, units: frozenset[str]) -> str | None:
        if text in self._table:
            return self._table[text]
        if text.endswith(self._acting):
            held = self._without_unit(text.removesuffix(self._acting), units)
            place = self._ranks.index(held) if held in self._ranks else 0
            return self._ranks[place - 1] if place else None
        for title in self._by_length:
            if text.endswith(title):
                prefix = text[: -len(title)]
                # The last sign of a unit's name may be the first of the title: one character stands for both.
                if prefix in units or prefix + title[0] in units:
                    return self._table[title]
        return None

"""Door of the editions: a series of policies ("tachikawa") and a fiscal year -> the edition that holds in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from hrbook import resources
from hrbook.core.editions import clashes, edition_of, in_order, since
from hrbook.core.fault import Fault
from hrbook.core.policy import Policy
from hrbook.ingest.policy import SUFFIX, PolicySource, PolicyText, load_policy, read_policy

SERIES = re.compile(rb'^series[ \t]*=[ \t]*"([^"]*)"', re.MULTILINE)


def load_edition(name_or_path: str, year: Callable[[], int]) -> tuple[Policy, PolicySource]:
    """The policy that is named, or of a series the edition for the year that `year` tells; it is asked only where there is
    a choice. Raises Fault: those of load_policy, policy_no_edition, policy_clash."""
    chosen = edition_name(name_or_path, year)
    return load_policy(chosen)


def read_edition(name_or_path: str, year: Callable[[], int]) -> PolicyText:
    """The same, not yet judged to be a policy."""
    return read_policy(edition_name(name_or_path, year))


def edition_name(name_or_path: str, year: Callable[[], int]) -> str:
    """The name of the edition; whatever is no series stays as it is."""
    if f"{name_or_path}{SUFFIX}" in resources.names("policy", SUFFIX):
        return name_or_path
    names = series_of(name_or_path)
    if len(names) < 2:
        return names[0] if names else name_or_path
    files = {edition.id: (edition, name) for name in names for edition in [read_policy(name).policy()]}
    editions = in_order([edition for edition, _ in files.values()])
    known = ", ".join(f"{edition.id} {since(edition).isoformat() if edition.effective_from else '-'}" for edition in editions)
    for one, other in clashes(editions):
        raise Fault("policy_clash", found=name_or_path, one=one.id, other=other.id)
    wanted = year()
    found = edition_of(editions, wanted)
    if found is None:
        raise Fault("policy_no_edition", found=name_or_path, year=wanted, known=known)
    return files[found.id][1]


def series_of(series: str) -> list[str]:
    """Names of the policies of a series. Their files are only looked into: no run has used them yet. A finished run that
    brought its own policies is not offered later ones."""
    names = resources.stood_in("policy") or list(resources.names("policy", SUFFIX))
    found = []
    for name in names:
        said = SERIES.search(resources.peek(f"policy/{name}"))
        if said is not None and said.group(1).decode("utf-8", "replace") == series:
            found.append(name.removesuffix(SUFFIX))
    return found

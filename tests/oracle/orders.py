"""Which orders count, in which sequence, and who may be judged at all."""

from collections.abc import Callable
from datetime import date
from typing import Any

from .dates import age_on, day

Person = dict[str, Any]
World = dict[str, Any]
Order = dict[str, Any]
SECOND_POST = ("兼務", "併任", "事務取扱")
POST = ("org_code", "bureau", "department", "section")


def text(value: Any) -> str:
    return str(value) if value else ""


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the answers of a pure function of (person, world, ...) for the length of one judgement."""

    def ask(person: Person, world: World, *more: Any) -> Any:
        memo = person.get("memo")
        if memo is None:
            return function(person, world, *more)
        key = (function.__name__, *more)
        if key not in memo:
            memo[key] = function(person, world, *more)
        return memo[key]

    return ask


def is_second_post(order: Order) -> bool:
    return any(word in text(order.get(field)) for word in SECOND_POST for field in ("kind", "remark", "title"))


def has_post(order: Order) -> bool:
    return any(order.get(field) for field in POST)


def same_post(a: Order, b: Order) -> bool:
    """Two posts agree: by code where both have one, else in every name that both give (at least one)."""
    if a.get("org_code") and b.get("org_code"):
        return bool(a["org_code"] == b["org_code"])
    shared = [k for k in POST[1:] if a.get(k) and b.get(k)]
    lowest_a = [k for k in POST[1:] if a.get(k)][-1:]
    lowest_b = [k for k in POST[1:] if b.get(k)][-1:]
    reaches = lowest_a == lowest_b or "department" in shared
    return bool(shared) and reaches and all(a[k] == b[k] for k in shared)


@remembered
def primary_orders(person: Person, world: World) -> list[Order]:
    """Orders to the primary post up to the as-of date, in their sequence, which the rows of a file never set.

    On one date: what agrees with the roster's title and post comes last; else the receiving authority's row (転任)
    after the others and the sending one's (出向) before them, then the fuller post, then the texts.
    """

    def key(order: Order) -> tuple[Any, ...]:
        post, title = same_post(order, person), bool(order.get("title")) and order["title"] == person["title"]
        kind = text(order.get("kind"))
        filled = sum(1 for k in POST if order.get(k))
        words = tuple(text(order.get(k)) for k in (*POST, "title", "kind", "remark"))
        return (
            day(order["date"]),
            post and title,
            post,
            title,
            "転任" in kind,
            "出向" not in kind,
            filled,
            words,
            text(order.get("end")),
        )

    dated = [o for o in person["orders"] if (d := day(o["date"])) is not None and d <= world["as_of"]]
    return sorted((o for o in dated if not is_second_post(o)), key=key)


def undated_orders(person: Person) -> list[Order]:
    return [o for o in person["orders"] if day(o["date"]) is None and not is_second_post(o) and has_post(o)]


@remembered
def service_start(person: Person, world: World) -> date | None:
    """The hire from which service years count; for re-appointed staff their first regular hire, if it can be seen."""
    hired = day(person["hired"])
    if person["employment"] != "reappointed":
        return hired
    first = [
        d
        for o in person["orders"]
        if (d := day(o["date"])) is not None
        and d <= world["as_of"]
        and "採用" in text(o.get("kind"))
        and "再" not in text(o.get("kind"))
    ]
    if first:
        return min(first)
    again = any("再任用" in text(o.get("kind")) and day(o["date"]) == hired for o in person["orders"])
    birth = day(person["birth"])
    if hired is None or again or "再任用" in text(person["hire_route"]) or birth is None:
        return None
    return hired if age_on(birth, hired) < world["step_down"]["age"] else None


def is_judged(person: Person, world: World) -> bool:
    """On the staff on the as-of date, as far as readable dates tell."""
    hired, left = day(person["hired"]), day(person["left"])
    return not (hired is not None and hired > world["as_of"]) and not (left is not None and left < world["as_of"])

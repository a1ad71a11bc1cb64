"""Editions side by side: the fiscal year chooses; what cannot be chosen is said."""

from datetime import date
from pathlib import Path

import pytest

from hrbook import judging, resources
from hrbook.core.fault import Fault
from hrbook.excel.plain import write_tables
from hrbook.ingest.editions import edition_name, load_edition, series_of
from hrbook.options import Options
from hrbook.sample import build_city

TEXT = resources.read_bytes("policy/tachikawa-3.toml").decode()


@pytest.fixture
def folder(tmp_path: Path):
    made = tmp_path / "templates"
    (made / "policy").mkdir(parents=True)
    resources.use_folder(made)
    yield made / "policy"
    resources.use_folder(None)


def edition(folder: Path, name: str, since: str) -> None:
    text = TEXT.replace('id = "tachikawa-3"', f'id = "{name}"').replace('edition = "第3次"', f'edition = "{name}"')
    line = f"\neffective_from = {since}\n" if since else "\n"
    (folder / f"{name}.toml").write_text(text.replace("\n# 施行日は", f"{line}# 施行日は"), encoding="utf-8")


def chosen(year: int, name: str = "tachikawa") -> str:
    return load_edition(name, lambda: year)[0].id


def test_the_fiscal_year_chooses(folder: Path) -> None:
    edition(folder, "tachikawa-4", "2028-04-01")
    edition(folder, "tachikawa-5", "2033-10-01")
    assert [chosen(year) for year in (2020, 2027, 2028, 2033, 2034)] == [
        "tachikawa-3", "tachikawa-3", "tachikawa-4", "tachikawa-4", "tachikawa-5",
    ]  # fmt: skip
    assert series_of("tachikawa") == ["tachikawa-3", "tachikawa-4", "tachikawa-5"]
    assert chosen(2040, "tachikawa-3") == "tachikawa-3"  # named outright


def test_a_year_before_every_edition_and_two_of_one_day(folder: Path) -> None:
    edition(folder, "tachikawa-3", "2024-04-01")
    edition(folder, "tachikawa-4", "2028-04-01")
    with pytest.raises(Fault) as caught:
        chosen(2023)
    assert (caught.value.key, caught.value.facts["year"]) == ("policy_no_edition", 2023)
    assert "tachikawa-4 2028-04-01" in str(caught.value.facts["known"])
    edition(folder, "tachikawa-4", "2024-04-01")
    with pytest.raises(Fault) as caught:
        chosen(2026)
    assert caught.value.key == "policy_clash"


def test_the_year_is_asked_only_where_there_is_a_choice() -> None:
    def never() -> int:
        raise AssertionError

    assert edition_name("tachikawa", never) == "tachikawa-3"
    assert edition_name("no-such-series", never) == "no-such-series"


def test_the_settings_year_chooses_the_edition_of_a_run(folder: Path, tmp_path: Path) -> None:
    """The as-of date stands in the settings, which are read before the policy is known."""
    edition(folder, "tachikawa-4", "2026-04-01")
    city = build_city(60, 5, data=resources.load_toml("sample.toml"))
    (tmp_path / "roster.xlsx").write_bytes(write_tables(city.roster, "t", "t"))
    (tmp_path / "settings.xlsx").write_bytes(write_tables(city.settings, "t", "t"))
    options = Options(roster=tmp_path / "roster.xlsx", clock_year=2001)
    loaded = judging.load(options)
    assert (loaded.reading.year, loaded.reading.policy.id) == (2026, "tachikawa-4")
    earlier = judging.load(Options(roster=tmp_path / "roster.xlsx", as_of=date(2025, 5, 1), clock_year=2001))
    assert earlier.reading.policy.id == "tachikawa-3"
    assert "policy/tachikawa-4.toml" not in resources.used() or loaded is not None

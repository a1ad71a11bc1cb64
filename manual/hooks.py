"""Hooks of mkdocs: the generated pages join the written ones, and pictures get a page with all of them."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from hrbook.words import load_labels
from manual.reference import made

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = {
    "CHANGELOG.md": "development/changelog.md",
    "SECURITY.md": "development/security-policy.md",
    "CONTRIBUTING.md": "development/contributing.md",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made here to the files of the site."""
    pages = {**made(), "pictures.md": gallery()}
    for name, place in ELSEWHERE.items():
        pages[place] = (ROOT / name).read_text(encoding="utf-8")
    for place, text in pages.items():
        files.append(File.generated(config, place, content=text))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Links to files beside docs/ lead to their pages of the site."""
    return markdown.replace("(../SECURITY.md)", "(development/security-policy.md)").replace("](docs/", "](../")


def gallery() -> str:
    """All sheets in pictures, as `make gallery` drew them."""
    labels = load_labels("ja")
    lines = [f"# {labels('manual.page.pictures')}", "", labels("manual.pictures_told"), ""]
    for path in sorted((ROOT / "docs" / "pictures").glob("*.png")):
        size, _, number = path.stem.partition("-")
        place = int(number) if number.isdecimal() else number  # a book whose pictures are named by sheet
        lines += [f"## {labels(f'manual.size.{size}')} {place}", "", f"![{path.stem}](pictures/{path.name})", ""]
    return "\n".join(lines)

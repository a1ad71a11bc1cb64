"""`python packaging/notices.py`: the licences of everything that is installed with hrbook, as docs/notices.md.

Reads requirements.lock and the metadata of the environment that runs it; ends with 1 where a package is not installed."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "notices.md"
HEAD = """# 使っているもの

hrbook は MIT ライセンスです。一緒に入るものと、そのライセンスの一覧です。
`requirements.lock` から作りました（`make notices` で作り直せます）。
ライセンスの全文は、それぞれの配布物の中にあります。

| 名前 | 版 | ライセンス | 出どころ |
|---|---|---|---|
"""
# Packages that the locks name for other systems than the one on which this runs.
ELSEWHERE = {
    "colorama": ("BSD-3-Clause", "https://github.com/tartley/colorama"),
    "tzdata": ("Apache-2.0", "https://github.com/python/tzdata"),
}


def licence(found: metadata.PackageMetadata) -> str:
    """The licence in a few words: the expression, else the classifiers, else the first line of the free text."""
    listed = [value for key, value in found.items() if key == "Classifier" and value.startswith("License ::")]
    words = [text.rpartition(" :: ")[2] for text in listed if text != "License :: OSI Approved"]
    free = (found.get("License") or "").strip().splitlines()
    return found.get("License-Expression") or ", ".join(words) or (free[0][:60] if free else "")


def home(found: metadata.PackageMetadata) -> str:
    """Where a package comes from, as it says itself."""
    urls = [value.partition(",")[2].strip() for key, value in found.items() if key == "Project-URL"]
    named = [url for url in urls if "github.com" in url or "gitlab" in url]
    return found.get("Home-page") or next(iter([*named, *urls]), "")


def main() -> int:
    """Write the page; 0 where every package of the lock is told with its licence."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    rows: list[str] = []
    missing: list[str] = []
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.M):
        try:
            found = metadata.metadata(name)
            said, place = licence(found), home(found)
        except metadata.PackageNotFoundError:
            said, place = ELSEWHERE.get(name, ("", ""))
        if not said:
            missing.append(name)
        rows.append(f"| {name} | {version} | {said} | {place} |")
    if missing:
        sys.stderr.write(f"no licence known for: {', '.join(missing)}\n")
        return 1
    TARGET.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

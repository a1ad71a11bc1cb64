"""`python packaging/build_folder.py`: the one-folder build (PyInstaller), for machines without Python, in dist/hrbook.

Needs an environment with requirements.lock, the wheel of hrbook and pyinstaller. A folder and not one file: it starts
faster, nothing is unpacked into a temporary place, and scanners of viruses look at it as at any program. Commands, sheets
and checks are found by being there, so all modules of hrbook are named; templates and the model of budoux are data."""

from __future__ import annotations

import sys
from pathlib import Path

ENTRY = """
import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()
    from hrbook.safe.child import MARK

    if sys.argv[1:2] == [MARK]:
        from hrbook.safe.inside import main

        main(*sys.argv[2:6])
    else:
        from hrbook.cli import run

        run()
"""
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Build; PyInstaller writes below build/ and dist/ of the repository, or below the folder that is given."""
    from PyInstaller.__main__ import run

    import hrbook

    if Path(hrbook.__file__).resolve().is_relative_to(ROOT):
        sys.exit("install the wheel (pip install --no-deps dist/hrbook-*.whl): a work tree installed as editable cannot be built")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    entry = target / "build" / "entry" / "start_hrbook.py"  # alone: the folder beside it is searched for modules
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(ENTRY, encoding="utf-8")
    run(
        [
            str(entry),
            "--name=hrbook",
            "--onedir",
            "--console",
            "--noconfirm",
            "--log-level=WARN",
            f"--distpath={target / 'dist'}",
            f"--workpath={target / 'build'}",
            f"--specpath={target / 'build'}",
            "--collect-submodules=hrbook",
            "--collect-data=hrbook.templates",
            "--collect-data=hrbook",
            "--collect-data=budoux",
            "--exclude-module=pytest",
        ]
    )


if __name__ == "__main__":
    main()

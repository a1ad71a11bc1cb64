"""What a setting is called and what it is for, in the language of a book, from the data dictionary of the settings."""

from __future__ import annotations

from hrbook.resources import load_toml
from hrbook.words import Labels


def setting_words(labels: Labels) -> dict[str, tuple[str, str]]:
    """Name and reason of every setting by its key."""
    tail = "" if labels.language == "ja" else f"_{labels.language}"
    entries = load_toml("settings.toml")["setting"]
    return {str(entry["key"]): (str(entry[f"name{tail}"]), str(entry[f"why{tail}"])) for entry in entries}

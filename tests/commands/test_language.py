"""No message of any command is in the wrong language: help, errors, click's own words, on every kind of console."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import click.shell_completion
import pytest
from click.testing import CliRunner

from hrbook.cli import main
from hrbook.commands._house import about, meaning
from hrbook.commands._language import asked, speak
from hrbook.commands._progress import bar_line
from hrbook.commands._shared import Talk
from hrbook.commands._terminal import lines, width
from hrbook.resources import load_toml
from hrbook.words import load_labels

JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
TYPED = ("課", "部")  # values that people type, the same in both languages
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")  # three words in a row are a sentence


def walk(command=main, path=()):
    """Every command with the words that lead to it."""
    yield path
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            yield from walk(command.get_command(ctx, name), (*path, name))


PATHS = list(walk())
LEAVES = [path for path in PATHS if not any(other[: len(path)] == path for other in PATHS if len(other) > len(path))]


def called(*words, language, **more):
    return CliRunner().invoke(
        main, [*words, "--help"] if not more.pop("bare", False) else list(words), env={"HRBOOK_LANG": language, **more}
    )


def in_japanese(text, path=()):
    """No English sentence; the names of commands are the same everywhere."""
    return not ENGLISH.search(text.replace(" ".join(("main", *path)), ""))


def in_english(text):
    for word in TYPED:
        text = text.replace(word, "")
    return not JAPANESE.search(text)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "hrbook")
def test_help(path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    english, japanese = called(*path, language="en"), called(*path, language="ja")
    assert english.exit_code == japanese.exit_code == 0, english.output + japanese.output
    assert in_english(english.output), english.output
    assert in_japanese(japanese.output, path), japanese.output
    for line in (*english.output.splitlines(), *japanese.output.splitlines()):
        assert width(line) <= 80, line


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "hrbook")
def test_every_command_option_and_argument_has_its_words(path):
    command = main
    for name in path:
        command = command.get_command(click.Context(command), name)
    for language in ("ja", "en"):
        speak(language)
        assert about(path), f"[help.{'.'.join(path)}] about is missing in templates/labels/help.toml"
        for param in command.params:
            assert meaning(path, param.name), f"[help.{'.'.join(path)}] {param.name} is missing in templates/labels/help.toml"


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
@pytest.mark.parametrize("wrong", [["--nonsense"], ["--lang", "fr"], ["a", "b", "c", "d", "e", "--year", "x"]])
def test_wrong_use(path, wrong):
    for language, right in (("en", in_english), ("ja", lambda text: in_japanese(text, path) and JAPANESE.search(text))):
        said = called(*path, *wrong, language=language, bare=True)
        assert said.exit_code == 2, said.output
        for line in filter(str.strip, said.output.splitlines()):
            assert right(line), line


def test_words_for_nothing_that_is_not_there():
    """Help for a command or an option that is gone is no help."""

    def entries(table, path=()):
        for name, value in table.items():
            if set(value) == {"ja", "en"}:
                yield (*path, name)
            else:
                yield from entries(value, (*path, name))

    params = {(*path, "about") for path in PATHS}
    everywhere = set()
    for path in PATHS:
        command = main
        for name in path:
            command = command.get_command(click.Context(command), name)
        params |= {(*path, param.name) for param in command.params}
        everywhere |= {("shared", param.name) for param in command.params}
    assert set(entries(load_toml("labels/help.toml")["help"])) <= params | everywhere


def test_every_sentence_of_the_library_is_known():
    known = {entry["en"] for entry in load_toml("labels/click.toml")["click"].values()}
    found = set()
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                texts = node.args[: 1 if node.func.id == "_" else 2]
                found |= {text.value for text in texts if isinstance(text, ast.Constant)}
    assert len(found) > 50
    assert found <= known, sorted(found - known)


def test_a_fault_is_said_in_the_language_that_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (["check", "none.xlsx"], ["build", "none.xlsx"], ["verify", "none"], ["explain", "1", "none.xlsx"]):
        english = CliRunner().invoke(main, ["--lang", "en", *words])
        japanese = CliRunner().invoke(main, [*words, "--lang", "ja"])
        assert english.exit_code == japanese.exit_code == 3
        assert in_english(english.output), english.output
        assert JAPANESE.search(japanese.output)


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ([], {}, "ja"),
        (["--lang", "en", "check"], {}, "en"),
        (["check", "--lang=en"], {}, "en"),
        (["check", "--lang", "ja"], {"HRBOOK_LANG": "en"}, "ja"),
        (["check"], {"HRBOOK_LANG": "en"}, "en"),
        (["check"], {"HRBOOK_LANG": "nonsense"}, "ja"),
        (["check", "--lang"], {}, "ja"),
        (["check", "--", "--lang", "en"], {}, "ja"),
    ],
)
def test_which_language_is_spoken(words, environment, language):
    assert asked(words, environment) == language


CONSOLE = """
import sys, click
from hrbook.cli import main, run
paths = %r
for path in paths:
    sys.argv = ["hrbook", *path, "--help"]
    try:
        run()
    except SystemExit as done:
        assert done.code == 0, (path, done.code)
"""


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_no_console_makes_it_crash(encoding, tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "HRBOOK_LANG": "ja"}
    done = subprocess.run([sys.executable, "-c", CONSOLE % (PATHS,)], capture_output=True, env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode(encoding, "replace")
    name = "\U00020bb7\u91ce\u5bb6.xlsx"  # a character that cp932 does not have
    done = subprocess.run([sys.executable, "-m", "hrbook", "check", name], capture_output=True, env=environment, cwd=tmp_path)
    assert done.returncode == 3
    assert b"U00020bb7" in done.stderr or name.encode() in done.stderr


def test_no_color():
    @click.command()
    def warn():
        Talk(load_labels("ja"), quiet=False, verbose=False).warn("look")

    assert "\x1b[" in CliRunner().invoke(warn, color=True).output
    assert "\x1b[" not in CliRunner().invoke(warn, color=True, env={"NO_COLOR": "1"}).output


@pytest.mark.parametrize("shell", sorted(click.shell_completion._available_shells))
def test_completion(shell):
    found = click.shell_completion.get_completion_class(shell)(main, {}, "hrbook", "_HRBOOK_COMPLETE")
    assert "_HRBOOK_COMPLETE" in found.source()
    assert "build" in [item.value for item in found.get_completions([], "bu")]
    assert "--settings" in [item.value for item in found.get_completions(["build"], "--set")]


def test_lines_count_full_width_and_end_where_they_may():
    text = "職員名簿（Excel）から、根拠の付いた判定と「部署別」の帳票を作ります。see https://example.invalid/x now."
    for room in range(12, 60):
        found = lines(text, room)
        assert "".join(found).replace(" ", "") == text.replace(" ", "")
        assert all(line[0] not in "、。）」" and line[-1] not in "（「" for line in found)
        assert all(width(line) <= room or re.search(r"[!-~]{8,}", line) or len(line) < 6 for line in found), (room, found)
    assert width("e\u0301") == 1 and width("漢字") == 4


def test_the_time_that_remains():
    talk = Talk(load_labels("ja"), quiet=False, verbose=False)
    assert bar_line(talk, "書いています", 25, 100, 30.0) == "書いています [#####---------------] 25% 残り約 1:30"
    assert bar_line(talk, "書いています", 100, 100, 30.0).endswith("100%")
    assert "残り" not in bar_line(talk, "書いています", 1, 100, 0.5)

"""templates/survey.toml, parsed at the door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrbook import resources
from hrbook.core.fault import Fault
from hrbook.core.survey import Question, Survey, Topic
from hrbook.sheets.care import NAME, SCALE, load_care

MOST = 60  # questions: more are no survey that people answer
STATIONS = 3  # a cycle has at least as many


def load_survey(language: str) -> Survey:
    """The survey in force. Raises Fault where the file does not say what is needed."""
    data = resources.load_toml(NAME)
    try:
        return _survey(data, language)
    except (KeyError, TypeError, AttributeError) as error:
        raise _wrong(str(error)) from error


def _survey(data: Mapping[str, Any], language: str) -> Survey:
    care = load_care()
    choices = {c["value"]: str(c[language]) for c in data["choices"]}
    if tuple(sorted(choices)) != SCALE:
        raise _wrong("choices")
    topics = tuple(
        Topic(t["id"], t["name"][language], t["gist"][language], t["clause"], t["cycle"] is True) for t in data["topics"]
    )
    questions = tuple(Question(q["id"], q["topic"], q["text"][language]) for q in data["questions"])
    ids = [*(t.id for t in topics), *(q.id for q in questions)]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise _wrong(f"id = {twice[0]}")
    for one in ids:
        if not (one.isascii() and one.replace("_", "").isalnum()):
            raise _wrong(f"id = {one}")
    if {q.topic for q in questions} != {t.id for t in topics} or len(questions) > MOST:
        raise _wrong("topics")
    if sum(1 for t in topics if t.cycle) not in (0, *range(STATIONS, len(topics) + 1)):
        raise _wrong("cycle")
    return Survey(topics, questions, dict(sorted(choices.items(), reverse=True)), care)


def _wrong(found: str) -> Fault:
    return Fault("survey_questions", file=f"templates/{NAME}", found=found)

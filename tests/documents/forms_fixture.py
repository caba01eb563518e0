"""The three sample forms of resources/forms as values on paper."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.paths import resources
from desktop.records.papers import FormPaper, FormQuestion, QuestionSort


def sample(name: str, *, code: int, version: int = 1) -> FormPaper:
    """Return resources/forms/<name>.json as form `code`."""
    text = json.loads(Path(resources(), "forms", f"{name}.json").read_text(encoding="utf-8"))
    questions = tuple(
        FormQuestion(
            key=entry["key"],
            sort=QuestionSort(entry["sort"]),
            text=entry["text"],
            options=tuple(entry.get("options", ())),
            lines=entry.get("lines", 3),
            required=entry.get("required", False),
        )
        for entry in text["questions"]
    )
    return FormPaper(
        code=code,
        version=version,
        title=text["title"],
        sort=text["sort"],
        intro=text["intro"],
        questions=questions,
        footer=text["footer"],
        named=text.get("named", False),
    )


def questionnaire() -> FormPaper:
    """调查问卷: 12 questions of all sorts."""
    return sample("questionnaire", code=1)


def satisfaction() -> FormPaper:
    """组织工作满意度测评表: 8 questions of five steps."""
    return sample("satisfaction", code=2)


def good_ideas() -> FormPaper:
    """金点子征集表: named, mostly written answers."""
    return sample("good_ideas", code=3)

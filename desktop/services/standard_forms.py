"""The three forms every office starts with: 调查问卷, 满意度测评表, 金点子征集表 (庐江, 长丰)."""

from __future__ import annotations

import json

from desktop import paths
from desktop.records.forms import Form
from desktop.records.questions import dump, from_dict


def standard_forms() -> list[Form]:
    """Return the forms in resources/forms, not yet saved, in the order of a hall: survey, rating, ideas."""
    made = []
    for name in ("questionnaire", "satisfaction", "good_ideas"):
        told = json.loads((paths.resources() / "forms" / f"{name}.json").read_text(encoding="utf-8"))
        questions = [from_dict(value, place) for place, value in enumerate(told["questions"], 1)]
        made.append(
            Form(
                title=told["title"],
                sort=told["sort"],
                intro=told["intro"],
                footer=told.get("footer", ""),
                named=bool(told.get("named")),
                questions=dump(questions),
            )
        )
    return made

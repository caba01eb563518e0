"""How a diary shows in a row: its columns, its state as a mark; and what it said before it was corrected."""

from __future__ import annotations

from desktop.records import routine_rows
from desktop.records.base import Record, parts_of, show
from desktop.records.diaries import Diary, DiaryCorrection, DiaryState
from desktop.records.listing import field_of
from desktop.ui.hanging_tab import Row
from desktop.ui.labels import Tone
from desktop.ui.marks import Mark
from desktop.ui.pages.simple_page import columns_told
from desktop.ui.tables import Column

SHOWN = ("written_on", "title", "author", "state", "visits", "publications")
TONES = {DiaryState.DRAFT: Tone.WARN, DiaryState.FINAL: Tone.PRESUMED, DiaryState.PUBLISHED: Tone.DONE}


def _state_marks(text: str) -> list[Mark]:
    return [Mark(text, TONES.get(DiaryState(text), Tone.PLAIN))] if text else []


def _counted(table: str, rows: list[Record]) -> dict[bytes, str]:
    return {key: str(count) for key, count in routine_rows.hanging(rows, table, "diary_id").items()}


def columns() -> tuple[Column, ...]:
    """Return the columns of the list: those of a diary, how many visits it tells of, how often it was published."""
    own = columns_told(
        Diary,
        ("author",),
        {"state": 68},
        written_on={"width": 108},
        title={"width": 130, "show": lambda diary: diary.caption(), "grows": True},
        state={"marks": _state_marks},
        text={"sort": ""},
    )
    visits = Column(
        "visits", "走访", str, width=48, right=True, batch=lambda rows: _counted("diary_visit", rows)
    )
    times = Column(
        "publications", "篇次", str, width=48, right=True, batch=lambda rows: _counted("publication", rows)
    )
    return (*own, visits, times)


def corrections(diary: Record) -> list[Row]:
    rows = reversed(parts_of(DiaryCorrection, "diary", diary))
    kinds = [field_of(DiaryCorrection, name) for name in ("corrected_on", "reason", "old_title")]
    return [(row, tuple(show(row, kind) for kind in kinds)) for row in rows]

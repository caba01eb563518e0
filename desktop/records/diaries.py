"""民情日记: what staff wrote of their visits, and where it was published: 篇 are diaries, 篇次 publications."""

from __future__ import annotations

from enum import StrEnum

from desktop.records.base import Record
from desktop.records.kinds import Choice, Day, Link, Listed, Prose, Text
from desktop.records.staff import Staff
from desktop.records.visits import Visit


class DiaryState(StrEnum):
    """草稿 → 定稿 → 刊载."""

    DRAFT = "草稿"
    FINAL = "定稿"
    PUBLISHED = "刊载"


class Diary(Record):
    """民情日记: one piece by one author."""

    kind = "diary"
    label = "民情日记"
    text_columns = ("title", "text")

    author = Link("作者", Staff, required=True, backref="diaries")
    written_on = Day("日期", required=True, index=True)
    title = Text("标题", limit=60)
    text = Prose("正文", required=True)
    weather = Text("天气", limit=20)
    state = Choice("状态", DiaryState, default=DiaryState.DRAFT, stepped=True)

    def caption(self) -> str:
        return self.title or " ".join(self.text.split())[:20]

    def told_apart(self) -> str:
        return f"{self.written_on} {self.caption()}"

    def texts(self) -> list[str]:
        return [*super().texts(), self.author.full_name]

    def likenesses(self) -> list[tuple[str, ...]]:
        return [("作者、日期和标题相同", self.author.id.hex(), str(self.written_on), self.caption())]


class DiaryVisit(Record):
    """日记所记的走访: a visit that a diary tells of."""

    kind = "diary-visit"
    label = "日记所记的走访"

    diary = Link("民情日记", Diary, required=True, backref="visits", on_delete="CASCADE")
    visit = Link("走访", Visit, required=True, backref="diaries", on_delete="CASCADE")

    def caption(self) -> str:
        return self.visit.caption()

    def likenesses(self) -> list[tuple[str, ...]]:
        return [("日记和走访相同", self.diary.id.hex(), self.visit.id.hex())]


DiaryVisit.add_index(
    DiaryVisit.index(
        DiaryVisit.diary,
        DiaryVisit.visit,
        unique=True,
        name="diary_visit_once",
        where=DiaryVisit.deleted_at.is_null(),
    )
)


class DiaryCorrection(Record):
    """日记更正: what a finished diary said before it was corrected, and why it was."""

    kind = "diary-correction"
    label = "日记更正"

    diary = Link("民情日记", Diary, required=True, backref="corrections", on_delete="CASCADE", stepped=True)
    corrected_on = Day("更正日期", required=True, stepped=True)
    reason = Text("更正理由", required=True, limit=200, stepped=True)
    old_title = Text("原标题", limit=60, stepped=True)
    old_text = Prose("原文", stepped=True)

    def caption(self) -> str:
        return f"{self.corrected_on} {self.reason}"


class Publication(Record):
    """刊载: one publication of a diary, by medium and level."""

    kind = "publication"
    label = "刊载"

    diary = Link("民情日记", Diary, required=True, backref="publications")
    medium = Listed("刊物或平台", terms="刊载平台", required=True, limit=40)
    level = Listed("层级", terms="层级", limit=20)
    on = Day("刊载日期", required=True)
    note = Text("备注", limit=100)

    def caption(self) -> str:
        return f"{self.level}{self.medium}"

    def likenesses(self) -> list[tuple[str, ...]]:
        told = (self.diary.id.hex(), self.medium, self.level, str(self.on))
        return [("日记、刊物、层级和日期相同", *told)]

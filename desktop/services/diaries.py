"""民情日记: drafts are edited, finished ones only corrected with the old text kept; linked to visits, published."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import parts_of, reading
from desktop.records.diaries import Diary, DiaryCorrection, DiaryState, DiaryVisit, Publication
from desktop.records.visits import Visit, VisitState
from desktop.services.changes import Changes
from desktop.services.steps import check_step, day_told

STEPS = {
    "finish": (),
    "reopen": (),
    "correct": ("title", "text", "reason"),
    "publish": ("medium", "level", "on"),
}
FIXED = ("author", "written_on", "title", "text")
"""What a finished diary says: only a correction changes it."""


class Diaries:
    """Verbs on diaries and what hangs on them."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def save(self, diary: Diary, visits: Sequence[Visit] = ()) -> None:
        """Check and keep a diary, with the visits that it is to tell of, in one change.

        Raises UserError for a day to come, and for a finished diary whose words are changed.
        """
        if faults := diary.faults():
            raise faults[0]
        self._refuse_future(diary)
        with reading():
            kept = Diary.get_or_none(Diary.id == diary.id)
        if kept is not None:
            self._refuse_rewriting(kept, diary)
        links = [DiaryVisit(diary=diary, visit=visit) for visit in visits]
        for link in links:
            self._refuse_visit(link)
        verb = "新建" if kept is None else "修改"
        with self._changes.change(f"{verb}民情日记“{diary.caption()}”", Diary, DiaryVisit):
            storing.write(diary, is_new=kept is None)
            for link in links:
                storing.write(link, is_new=True)

    @staticmethod
    def _refuse_future(diary: Diary) -> None:
        if diary.written_on and diary.written_on > datetime.date.today():
            raise UserError(f"日期 {diary.written_on} 还没有到，请核对", field="written_on")

    @staticmethod
    def _refuse_rewriting(kept: Diary, diary: Diary) -> None:
        if kept.state == DiaryState.DRAFT:
            return
        for field in FIXED:
            if getattr(kept, field) != getattr(diary, field):
                label = getattr(Diary, field).label
                raise UserError(
                    f"这篇日记已{kept.state}，{label}不能直接改；要改标题、正文请用“更正”，原文会留着",
                    field=field,
                )

    def save_visit(self, link: DiaryVisit) -> None:
        """Check and keep that a diary tells of a visit; raises UserError where it can't, or does already."""
        if faults := link.faults():
            raise faults[0]
        self._refuse_visit(link)
        with reading():
            is_new = not DiaryVisit.select().where(DiaryVisit.id == link.id).exists()
            same = (DiaryVisit.diary == link.diary) & (DiaryVisit.visit == link.visit)
            others = same & (DiaryVisit.id != link.id) & DiaryVisit.deleted_at.is_null()
            twice = DiaryVisit.select().where(others).exists()
        if twice:
            raise UserError(f"这篇日记已经记了“{link.visit.caption()}”这次走访", field="visit")
        with self._changes.change(f"日记“{link.diary.caption()}”记走访“{link.visit.caption()}”", DiaryVisit):
            storing.write(link, is_new=is_new)

    @staticmethod
    def _refuse_visit(link: DiaryVisit) -> None:
        visit, diary = link.visit, link.diary
        if visit.state in (VisitState.PLANNED, VisitState.CANCELLED):
            raise UserError(f"“{visit.caption()}”的走访是“{visit.state}”，去过以后再写进日记", field="visit")
        if visit.visited_on and diary.written_on and visit.visited_on > diary.written_on:
            raise UserError(
                f"日记日期 {diary.written_on} 早于走访日期 {visit.visited_on}，请核对", field="written_on"
            )

    def save_publication(self, publication: Publication) -> None:
        """Check and keep where a diary was published; from then on it is 刊载."""
        if faults := publication.faults():
            raise faults[0]
        diary, on = publication.diary, publication.on
        if on and on > datetime.date.today():
            raise UserError(f"刊载日期 {on} 还没有到，请核对", field="on")
        if on and diary.written_on and on < diary.written_on:
            raise UserError(f"刊载日期 {on} 早于日记日期 {diary.written_on}，请核对", field="on")
        with reading():
            is_new = not Publication.select().where(Publication.id == publication.id).exists()
        told = f"刊载日记“{diary.caption()}”" if is_new else f"修改日记“{diary.caption()}”的刊载"
        with self._changes.change(told, Diary, Publication):
            storing.write(publication, is_new=is_new)
            self._settle(diary, DiaryState.PUBLISHED)

    def settle(self, diary: Diary) -> None:
        """Let a diary be 刊载 while it has publications, and 定稿 again when the last was taken off."""
        if parts_of(Publication, "diary", diary):
            self._settle(diary, DiaryState.PUBLISHED)
        elif diary.state == DiaryState.PUBLISHED:
            self._settle(diary, DiaryState.FINAL)

    def _settle(self, diary: Diary, state: DiaryState) -> None:
        if diary.state != state:
            diary.state = state
            with self._changes.change(f"{state}日记“{diary.caption()}”", Diary):
                storing.write(diary, is_new=False)

    def do(self, diary: Diary, verb: str, values: Mapping[str, str]) -> None:
        """Take a step: finish, reopen, correct (reason; title, text), publish (medium, level, on) any number of times."""
        check_step(diary, verb, values, STEPS)
        match verb:
            case "publish":
                medium = Publication.medium.parse(values.get("medium", ""))
                level = Publication.level.parse(values.get("level", ""))
                self.save_publication(
                    Publication(diary=diary, medium=medium, level=level, on=day_told(values))
                )
            case "correct":
                self._correct(diary, values)
            case "finish":
                self._step(diary, DiaryState.DRAFT, DiaryState.FINAL, "定稿")
            case _:
                self._step(diary, DiaryState.FINAL, DiaryState.DRAFT, "改回草稿")

    def _step(self, diary: Diary, of: DiaryState, to: DiaryState, words: str) -> None:
        if diary.state != of:
            raise UserError(f"“{diary.caption()}”现在是“{diary.state}”，不能{words}", field="state")
        diary.state = to
        with self._changes.change(f"{words}日记“{diary.caption()}”", Diary):
            storing.write(diary, is_new=False)

    def _correct(self, diary: Diary, values: Mapping[str, str]) -> None:
        """Change the words of a finished diary; what it said before is kept with the reason."""
        if diary.state == DiaryState.DRAFT:
            raise UserError(f"“{diary.caption()}”还是草稿，直接修改就行", field="state")
        made = DiaryCorrection(diary=diary, corrected_on=datetime.date.today())
        made.reason = DiaryCorrection.reason.parse(values.get("reason", ""))
        made.old_title, made.old_text = diary.title, diary.text
        if faults := made.faults():
            raise faults[0]
        title = Diary.title.parse(values["title"]) if "title" in values else diary.title
        text = Diary.text.parse(values["text"]) if "text" in values else diary.text
        if (title, text) == (diary.title, diary.text):
            raise UserError("标题和正文都没有改动，没有什么可更正的", field="text")
        called = diary.caption()
        diary.title, diary.text = title, text
        if faults := diary.faults():
            raise faults[0]
        with self._changes.change(f"更正日记“{called}”", Diary, DiaryCorrection):
            storing.write(diary, is_new=False)
            storing.write(made, is_new=True)

    @staticmethod
    def of_visits(visits: Sequence[bytes]) -> list[Diary]:
        """Return the diaries that tell of any of some visits, each once, the earliest first."""
        with reading():
            told = DiaryVisit.select(DiaryVisit.diary).where(
                DiaryVisit.visit.in_(visits) & DiaryVisit.deleted_at.is_null()  # pyright: ignore
            )
            live = Diary.id.in_(told) & Diary.deleted_at.is_null()  # pyright: ignore
            return list(Diary.select().where(live).order_by(Diary.written_on, Diary.id))

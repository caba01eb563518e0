"""The steps of a diary over its form: 定稿, 改回草稿, 更正, 刊载."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.errors import TroubleError, UserError
from desktop.records.diaries import Diary, DiaryCorrection, DiaryState, Publication
from desktop.ui.record_step_dialog import RecordStepDialog, asked
from desktop.ui.step_line import Step, StepLine

if TYPE_CHECKING:
    from desktop.ui.pages.diaries import DiariesPage

FINISH = "定稿以后标题和正文不再直接改；要改用“更正”，原文会留着。"
PUBLISH = "登记这篇日记刊载在哪里；同一篇可以登记几次，算 1 篇、几篇次。"
CORRECT = "改标题或正文并写明理由；改之前的原文留在“更正”里。"
REOPEN = "改回草稿以后可以接着改；已刊载的不能改回。"


class DiarySteps:
    """Offers the steps that fit the state of the diary shown."""

    def __init__(self, page: DiariesPage) -> None:
        self._page, self._frame = page, page.frame
        self.line = StepLine()

    def show_diary(self, diary: Diary | None) -> None:
        """Offer the steps of a diary; none of one that isn't kept yet."""
        if diary is None or self._frame.read_only:
            self.line.show_steps([])
            return
        publish = Step("publish", "刊载…", PUBLISH, partial(self._ask, diary, self._publish))
        correct = Step("correct", "更正…", CORRECT, partial(self._ask, diary, self._correct))
        match diary.state:
            case DiaryState.DRAFT:
                finish = Step("finish", "定稿", FINISH, partial(self._take, diary, "finish", "已定稿"))
                self.line.show_steps([finish, publish])
            case DiaryState.FINAL:
                back = Step("reopen", "改回草稿", REOPEN, partial(self._take, diary, "reopen", "已改回草稿"))
                self.line.show_steps([publish, correct, back])
            case _:
                self.line.show_steps([publish._replace(words="再登记刊载…"), correct])

    def _settled(self) -> bool:
        """Keep what is being edited before a step is taken; False where it is refused."""
        return not self._page.form.dirty or self._page.save_record()

    def _take(self, diary: Diary, verb: str, words: str) -> None:
        if not self._settled():
            return
        try:
            books = self._frame.desk.books
            books.do(books.get(Diary, diary.id), verb, {})
        except (UserError, TroubleError) as error:
            self._frame.tell(error)
            return
        self._frame.toast(f"“{diary.caption()}”{words}", undo=True)

    def _ask(self, diary: Diary, ask: Callable[[Diary], None]) -> None:
        if self._settled():
            ask(self._frame.desk.books.get(Diary, diary.id))

    def _publish(self, diary: Diary) -> None:
        kinds = [
            asked(Publication.medium, "medium", "刊物或平台"),
            asked(Publication.level, "level", "层级", required=False),
            asked(Publication.on, "on", "刊载日期"),
        ]
        self._open(diary, "publish", "刊载", PUBLISH, kinds)

    def _correct(self, diary: Diary) -> None:
        kinds = [
            asked(Diary.title, "title", "标题", required=False),
            asked(Diary.text, "text", "正文"),
            asked(DiaryCorrection.reason, "reason", "更正理由"),
        ]
        dialog = self._open(diary, "correct", "更正", CORRECT, kinds)
        for field in ("title", "text"):
            dialog.rows[field].editor.load(getattr(diary, field))
        dialog.fit(640, 480)

    def _open(
        self, diary: Diary, verb: str, words: str, follows: str, kinds: list[object]
    ) -> RecordStepDialog:
        told = f"“{diary.caption()}”已登记{words}"
        taken = partial(self._frame.toast, told, undo=True)
        dialog = RecordStepDialog(
            self._frame, self._page.window(), f"{words}：{diary.caption()}", f"diary-{verb}", diary, verb, words,
            follows, kinds, taken,
        )  # fmt: skip
        dialog.open()
        return dialog

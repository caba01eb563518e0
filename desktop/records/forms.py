"""表单: questionnaires and what comes of them: 发放 and 收回, counted in 份."""

from __future__ import annotations

from enum import StrEnum

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.kinds import Choice, Day, Flag, Link, Prose, Text, Whole
from desktop.records.open_days import OpenDay
from desktop.records.papers import FormPaper
from desktop.records.questions import Answers, Questions, load

LAST_SERIAL = 36**4 - 1


class FormSort(StrEnum):
    """表单类别."""

    SURVEY = "调查问卷"
    RATING = "满意度测评表"
    IDEAS = "金点子征集表"
    OPINION = "征求意见表"
    SCORES = "评分表"


class Form(Record):
    """表单: the definition that both the paper and the entry screen are made from."""

    kind = "form"
    label = "表单"

    title = Text("标题", required=True, limit=40)
    sort = Choice("类别", FormSort, required=True, default=FormSort.SURVEY)
    intro = Prose("卷首语", limit=600)
    questions = Questions("题目", required=True)
    footer = Text("落款", limit=60)
    named = Flag("记名", hint="记名表单印姓名和单位两栏；不记名表单不留任何能找到本人的痕迹")
    version = Whole("版次", default=1, least=1, most=35, stepped=True)
    code = Whole("表单代号", least=1, most=46_655, stepped=True)
    issued = Flag("已发放")

    def caption(self) -> str:
        return self.title

    def paper(self) -> FormPaper:
        """Return the form as it is printed."""
        return FormPaper(
            code=self.code or 1,
            version=self.version or 1,
            title=self.title,
            sort=self.sort,
            intro=self.intro,
            questions=load(self.questions),
            footer=self.footer,
            named=self.named,
        )


class FormEdition(Record):
    """One printed edition of a form: frozen at its first issue, because paper in the hall never changes."""

    kind = "form-edition"
    label = "表单版次"

    form = Link("表单", Form, required=True, backref="editions")
    version = Whole("版次", required=True)
    content = Prose("内容", limit=200_000)
    layout = Prose("版面", limit=2_000_000)
    layout_hash = Text("空白页校验值", limit=64)

    class Meta:
        indexes = ((("form", "version"), True),)


class FormIssue(Record):
    """发放: serials first to last of one edition, for one open day."""

    kind = "form-issue"
    label = "表单发放"

    form = Link("表单", Form, required=True, backref="issues")
    version = Whole("版次", stepped=True)
    open_day = Link("开放日", OpenDay, backref="form_issues")
    first = Whole("起号", least=1, most=LAST_SERIAL)
    last = Whole("止号", least=1, most=LAST_SERIAL)
    named = Flag("记名")
    issued_on = Day("发放日期")
    note = Text("备注", limit=200)

    def caption(self) -> str:
        return f"{self.first}—{self.last} 号"

    def faults_across(self) -> list[UserError]:
        if self.first and self.last and self.last < self.first:
            return [UserError(f"止号 {self.last} 小于起号 {self.first}", field="last")]
        return []


class ReturnState(StrEnum):
    """有效 or 无效 (with its reason)."""

    VALID = "有效"
    INVALID = "无效"


class FormReturn(Record):
    """收回: one sheet that came back. An anonymous one has no path to a person."""

    kind = "form-return"
    label = "表单收回"

    issue = Link("发放", FormIssue, required=True, backref="returns")
    serial = Whole("编号", required=True, least=1, most=LAST_SERIAL)
    state = Choice("状态", ReturnState, default=ReturnState.VALID)
    invalid_because = Text("无效原因", limit=100)
    answers = Answers("答案")

    class Meta:
        indexes = ((("issue", "serial"), True),)

    def caption(self) -> str:
        return f"{self.serial} 号"

    def faults_across(self) -> list[UserError]:
        if self.state == ReturnState.INVALID and not self.invalid_because:
            return [UserError("无效的表单要写明无效原因", field="invalid_because")]
        return []

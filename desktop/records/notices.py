"""公告: how the public hears of an open day, by which medium and when (肥东: television, radio, paper)."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.kinds import Day, Link, Listed, Prose, Text
from desktop.records.open_days import OpenDay

NOTICE_FIELDS = (
    "主题",
    "日期",
    "星期",
    "时间",
    "地点",
    "名额",
    "带队领导",
    "参观点",
    "单位名称",
    "联系人",
    "答复时限",
)
"""The {字段} that a notice may use."""
NOTICE_BODY = """为广泛听取各界群众对组织工作的意见建议，主动接受社会监督，\
我部定于{日期}（{星期}）{时间}在{地点}举办“{主题}”组织部开放日活动。现将有关事项公告如下：
一、活动内容
参观组织工作展板和有关科室，听取组织工作情况介绍，与部领导和科室负责人面对面交流，提出意见建议。
二、参加办法
欢迎各界党员群众报名，请说明姓名、单位和电话。
三、意见办理
对活动中收集的意见建议，我部将逐件登记交办，在{答复时限}内答复。
特此公告。"""


class Notice(Record):
    """公告: the text, the medium it goes out by, and the day; a day may have several."""

    kind = "notice"
    label = "公告"

    open_day = Link("开放日", OpenDay, required=True, backref="notices", on_delete="CASCADE")
    medium = Listed("发布渠道", terms="发布渠道", limit=20, hint="如“电视”“报纸”“门户网站”“公开栏”")
    published_on = Day("发布日期", hint="也是公告落款的日期；空着就用倒排的公告日")
    title = Text("标题", required=True, limit=60, default="公告")
    body = Prose("正文", required=True, limit=5000, default=NOTICE_BODY)
    note = Text("备注", limit=200, hint="如版面、播出时间、网址；不印")

    def caption(self) -> str:
        return f"{self.medium}{self.title}"

    def faults_across(self) -> list[UserError]:
        from desktop.records.template import unknown  # not loaded at every start

        return [
            UserError(f"{label}{fault.message.removeprefix('模板')}", field=field)
            for field, label, text in (("title", "标题", self.title), ("body", "正文", self.body))
            for fault in unknown(text, NOTICE_FIELDS)[:1]
        ]

"""The office itself and the people and words it works with: 单位设置, 工作人员, 词条."""

from __future__ import annotations

from enum import StrEnum

from desktop.records.base import Record
from desktop.records.kinds import Choice, Flag, Listed, Name, Prose, Text, Whole
from desktop.records.papers import Head


class Role(StrEnum):
    """What a staff member is held to (宜秀: 班子成员 ≥ 40 户, others ≥ 15 户)."""

    LEADER = "班子成员"
    OTHER = "其他"


class NameOrder(StrEnum):
    """How 姓氏笔画 order treats the given names of one surname; practice differs."""

    SHORT_FIRST = "单名在前"
    BY_STROKES = "姓名笔画"


class Office(Record):
    """单位设置: the one row that says who this office is; it travels with the file."""

    kind = "office"
    label = "本单位"

    name = Text("单位名称", required=True, limit=60)
    letterhead = Text("红头文字", limit=40, hint="印在信头，如“中共肥西县委组织部”")
    signature = Text("落款", limit=60)
    head = Choice("信头样式", Head, default=Head.RED)
    contact = Text("联系人及电话", limit=80)
    address = Text("单位地址", limit=80, hint="印在信封的寄信人处")
    postcode = Text("单位邮编", limit=6)
    reply_days = Whole("答复时限（工作日）", default=7, least=1, most=365)
    letters_before = Whole("邀请函提前（天）", default=15, least=0, most=365)
    notice_before = Whole("公告提前（天）", default=7, least=0, most=365)
    number_mark = Text("编号代字", default="邀", limit=10, hint="编号写作“邀〔2026〕1号”")
    name_order = Choice("姓氏笔画排序", NameOrder, default=NameOrder.SHORT_FIRST)
    own_fonts = Flag("只用自带字体", hint="各台电脑印出来完全一样")

    def caption(self) -> str:
        return self.name


class Staff(Record):
    """工作人员 of the office: who handles, leads, visits."""

    kind = "staff"
    label = "工作人员"
    spelled_by = "full_name"

    full_name = Name("姓名", required=True, index=True)
    section = Listed("科室", terms="科室", limit=40)
    role = Choice("职务类别", Role, default=Role.OTHER)
    phone = Text("办公电话", limit=40)
    note = Prose("备注")

    def caption(self) -> str:
        return self.full_name

    def told_apart(self) -> str:
        return f"{self.full_name}（{self.section}）" if self.section else self.full_name


class Unit(Record):
    """单位: where representatives come from; first use extends the list."""

    kind = "unit"
    label = "单位"

    name = Text("单位全称", required=True, limit=100, index=True)
    short_name = Text("简称", limit=40)
    position = Whole("排序", least=0, most=9999)

    def caption(self) -> str:
        return self.name


class Term(Record):
    """词条: a word of an editable list, such as a 政治面貌 or a 科室."""

    kind = "term"
    label = "词条"

    list_name = Text("所属列表", required=True, limit=20)
    word = Text("词条", required=True, limit=100)
    position = Whole("排序", least=0, most=9999)

    class Meta:
        indexes = ((("list_name", "word"), True),)

    def caption(self) -> str:
        return self.word

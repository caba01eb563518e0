"""The letters that the benchmark of letters prints: one form, any number of people."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.records.letters import Letter, LetterForm, ProgrammeRow
from desktop.records.papers import Head

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑于𬱖"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英建国志文㛃燚玥𠅤"
SORTS = ("县党代表", "人大代表、基层党员", "两新组织书记", "群众代表")
BODY = (
    "为深入学习贯彻党的二十大精神，进一步推进组织工作公开透明，增强组织部门的亲和力、公信力和满意度，我部定于"
    "2026年9月29日（星期二）上午9:00在县委组织部（上派镇巢湖路1号）举办“走进组织部·倾听您心声”主题开放日活动。\n"
    "{姓名}{称谓}，诚邀您作为{身份}拨冗出席，深入了解我县干部选拔任用、基层党建、人才工作等情况，并对组织工作"
    "提出宝贵意见和建议。\n"
    "请于9月22日前将回执反馈至县委组织部办公室。"
)
PROGRAMME = (
    ("9:00—9:20", "签到，领取活动手册", "县委组织部一楼大厅"),
    ("9:20—10:00", "部长致辞，介绍组织工作情况", "三楼会议室"),
    ("10:00—11:00", "参观干部档案室、党员教育中心、12380举报受理中心，听取各科室负责人讲解", "各科室"),
    ("11:00—11:40", "座谈交流，现场答复意见建议", "三楼会议室"),
    ("11:40", "填写《组织工作满意度测评表》", "三楼会议室"),
)
SLIP = "姓　　名：{姓名}　　单位：上派镇人民社区居委会\n是否参加：□ 参加　　□ 不参加　　□ 由他人代替\n签　　名：＿＿＿＿＿＿"
SIGNATURE, DATE, CONTACT = "中共肥西县委组织部", "2026年9月14日", "（联系人：王晓燕，电话：0551-68841234）"

FORM = LetterForm(
    head=Head.RED,
    letterhead=SIGNATURE,
    title="邀请函",
    salutation="尊敬的{姓名}{称谓}：",
    body=BODY,
    signature=SIGNATURE,
    date=DATE,
    programme=tuple(ProgrammeRow(*row) for row in PROGRAMME),
    contact=CONTACT,
    slip=SLIP,
)


def people(count: int) -> Iterator[dict[str, str]]:
    """Yield `count` people with names that differ."""
    for place in range(count):
        name = SURNAMES[place % 22] + GIVEN[place // 22 % 32] + (GIVEN[place // 7 % 32] if place % 3 else "")
        yield {
            "name": name,
            "call": "同志" if place % 4 else "代表",
            "sort": SORTS[place % 4],
            "number": f"FX-2026-{place + 1:05d}",
            "code": f"OD1-FX20260001-{place + 1:05d}-7K",
        }


def letters(count: int) -> list[Letter]:
    """Return the letters to these people."""
    return [
        Letter(
            each["number"],
            each["name"],
            {"姓名": each["name"], "称谓": each["call"], "身份": each["sort"]},
            each["code"],
        )
        for each in people(count)
    ]

"""The letter that the tests of this folder print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from desktop.records.letters import Letter, LetterForm, ProgrammeRow
from desktop.records.papers import Head

MM = 72 / 25.4
NAMES = ("于𬱖", "王㛃", "李𠅤", "张𠮷", "欧阳重庆", "阿依古丽·买买提", "李明", "陈燚", "曾国强")
BODY = (
    "为深入学习贯彻党的二十大精神，进一步推进组织工作公开透明，我部定于2026年9月29日（星期二）上午9:00在县委"
    "组织部（上派镇巢湖路1号）举办“走进组织部·倾听您心声”主题开放日活动。\n"
    "诚邀您作为{身份}拨冗出席，深入了解我县干部选拔任用、基层党建、人才工作等情况，并对组织工作提出宝贵意见和"
    "建议。\n请于9月22日前将回执反馈至县委组织部办公室。"
)
PROGRAMME = (
    ProgrammeRow("9:00—9:20", "签到，领取活动手册", "县委组织部一楼大厅"),
    ProgrammeRow("9:20—10:00", "部长致辞，介绍组织工作情况", "三楼会议室"),
    ProgrammeRow("10:00—11:00", "参观干部档案室、党员教育中心，听取各科室负责人讲解", "各科室"),
)
FORM = LetterForm(
    head=Head.RED,
    letterhead="中共肥西县委组织部",
    title="邀请函",
    salutation="尊敬的{姓名}{称谓}：",
    body=BODY,
    signature="中共肥西县委组织部",
    date="2026年9月14日",
    contact="联系人：王晓燕，电话：0551-68841234",
    slip="姓名：{姓名}\n是否参加：□ 参加　□ 不参加",
)


def letter(place: int = 0, **fields: str) -> Letter:
    name = fields.get("姓名", NAMES[place % len(NAMES)])
    values = {"姓名": name, "称谓": "同志", "身份": "县党代表", **fields}
    return Letter(f"FX-2026-{place + 1:04d}", name, values, f"OD1-FX20260001-{place + 1:04d}-7K")


def letters(count: int) -> list[Letter]:
    return [letter(place) for place in range(count)]


@dataclass(frozen=True, slots=True)
class Mark:
    """A character on a page with its box of ink in mm from the paper's left and top edges."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def marks(path: Path, page: int = 0) -> list[Mark]:
    """Return the characters of a page in reading order, blanks left out."""
    document = pypdfium2.PdfDocument(path)
    text = document[page].get_textpage()
    height = document[page].get_height()
    found = []
    whole = text.get_text_range()
    place = 0
    for character in whole:
        if not character.isspace():
            left, bottom, right, top = text.get_charbox(place)
            found.append(Mark(character, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        place += 2 if ord(character) > 0xFFFF else 1
    document.close()
    return found


def texts(path: Path) -> list[str]:
    """Return the text of each page without its line breaks."""
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range().replace("\r\n", "").replace("\n", "") for page in document]
    document.close()
    return found
